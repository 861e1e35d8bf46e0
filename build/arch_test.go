package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/build/site"
)

// pkg is a package as `go list` prints it.
type pkg struct {
	ImportPath string
	Dir        string
	Doc        string
	Standard   bool
	Module     *struct{ Main bool }
	Imports    []string
	GoFiles    []string
}

func (p pkg) ours() bool { return p.Module != nil && p.Module.Main }

// relative is a package's path below the module.
func (p pkg) relative() string { return strings.TrimPrefix(p.ImportPath, "vitrine/") }

// list returns the packages of the module for native programs or for browsers.
func list(t *testing.T, browser bool) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Dir,Doc,Standard,Module,Imports,GoFiles", "vitrine/...")
	if browser {
		cmd.Args = append(cmd.Args[:len(cmd.Args)-1], "vitrine/app/...", "vitrine/feeds/...")
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	}
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ours() {
			all = append(all, p)
		}
	}
	if len(all) < 10 {
		t.Fatalf("go list knows only %d packages", len(all))
	}
	return all
}

// rule says who may not import what. A package stands for those below it too; "feeds/content/*" for those below it only.
type rule struct {
	from   []string // packages it holds for; "" is all
	except []string
	forbid []string // what they may not import; ours without the module's name
	only   bool     // it holds for what goes into the program alone
	why    string
}

func rules() []rule {
	return []rule{
		{from: []string{"feeds"}, forbid: []string{"app", "build", "web", "github.com/maxence-charriere/go-app"},
			why: "the domain knows nothing of how it is shown or built"},
		{from: []string{"app"}, forbid: []string{"build", "web"},
			why: "the program fetches what the build made; what it embedded would be downloaded twice"},
		{from: []string{"build"}, except: []string{"build/e2e"}, forbid: []string{"app/page", "app/ui", "app/state", "app/browser"},
			why: "pages made by the build are drawn from app/markup, not by the program's components"},
		{from: []string{"app/markup", "app/words", "app/settings", "app/syndicate", "app/document"}, except: []string{"app/syndicate/spec"}, forbid: []string{"github.com/maxence-charriere/go-app", "app/page", "app/ui", "app/state", "app/browser", "app/route"},
			why: "the build draws with them too"},
		{from: []string{"app/route", "app/browser"}, forbid: []string{"app/page", "app/ui", "app/state"},
			why: "imports go down only: page -> state, ui -> route, browser, markup -> words"},
		{from: []string{"app/state"}, forbid: []string{"app/page", "app/ui"}, why: "imports go down only"},
		{from: []string{"app/ui"}, forbid: []string{"app/page", "app/state"}, why: "imports go down only"},
		{from: []string{"app/page", "app/ui"}, forbid: []string{"feeds/cache", "feeds/fetch", "feeds/software", "feeds/mastodon"},
			why: "views ask app/state, which alone joins the parts of the engine"},
		{from: []string{"feeds/content", "feeds/address", "feeds/jsontext"}, except: []string{"feeds/content/*", "feeds/address/*"}, forbid: []string{"feeds", "app"},
			why: "they are grammars, pure and alone"},
		{from: adapters(), forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "an adapter never imports another one, and is handed a Fetcher"},
		{from: []string{"feeds/apiclient", "feeds/forum"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "adapters stand on it"},
		{from: []string{"feeds/parts"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "it names what a post consists of, wherever that came from"},
		{from: []string{"feeds/follows"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "what is followed is kept without asking anybody"},
		{from: []string{"feeds/saved"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "what is saved is kept without asking anybody"},
		{from: []string{"feeds/conversation"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "who is asked next is planned without asking anybody"},
		{from: []string{"feeds/search"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "it is handed records, and where the posts are"},
		{from: []string{"feeds/offline"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/software"),
			why: "what is taken offline is read by the engine, and kept by what it is handed"},
		{from: []string{"feeds/find"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/reader", "feeds/software"),
			why: "it is handed a resolver and a store"},
		{from: []string{"feeds/reader"}, forbid: append(adapters(), "feeds/fetch", "feeds/cache", "feeds/software"),
			why: "the engine is handed a Store and a Resolver"},
		{from: []string{"feeds/cache", "feeds/fetch"}, except: []string{"feeds/cache/internal/keeper"}, forbid: append(adapters(), "feeds/reader", "feeds/software", "feeds/content"),
			why: "they store and fetch without knowing who speaks"},
		{from: []string{""}, except: []string{"feeds/fetch", "feeds/cache", "app/browser", "feeds/feedstest"}, forbid: []string{"syscall/js"},
			why: "everything else compiles and is tested natively"},
		{from: []string{""}, except: []string{"feeds/content", "feeds/syndication", "build/e2e"}, forbid: []string{"golang.org/x/net/html", "github.com/microcosm-cc/bluemonday"},
			why: "foreign HTML is parsed in one place, into a closed tree"},
		{from: []string{""}, except: []string{"feeds/content", "build/site"}, forbid: []string{"github.com/yuin/goldmark"},
			why: "foreign Markdown is parsed in one place; build/site reads our own pages"},
		{from: []string{"app", "feeds"}, only: true, forbid: []string{"net/http", "html/template", "text/template", "net", "os/exec", "crypto/tls"},
			why: "they cost the reader a megabyte of download and do nothing in a browser"},
		{from: []string{"feeds"}, except: []string{"feeds/fetch", "feeds/feedstest"}, forbid: []string{"net/http"},
			why: "who wants an answer asks a Fetcher: it keeps the pace, the size and the time"},
		{from: []string{"app", "feeds", "build"}, except: []string{"build/e2e", "feeds/feedstest", "app/browser/browsertest", "app/state/statetest"}, forbid: []string{"testing", "feeds/feedstest", "app/browser/browsertest", "app/state/statetest", "app/syndicate/spec", "github.com/chromedp/chromedp"},
			why: "fakes and test tools are for tests"},
	}
}

// adapters are the packages that speak one API each.
func adapters() []string {
	return []string{"feeds/mastodon", "feeds/misskey", "feeds/lemmy", "feeds/mbin", "feeds/peertube", "feeds/syndication", "feeds/activitypub"}
}

// within reports that a package is one of a list or below one.
func within(name string, list []string) bool {
	return slices.ContainsFunc(list, func(top string) bool {
		top, below := strings.CutSuffix(top, "/*")
		return top == "" || name == top && !below || strings.HasPrefix(name, top+"/")
	})
}

// imports reports that a package is forbidden. feeds and net are meant alone, without what is below them.
func imports(forbidden []string, name string) bool {
	return slices.ContainsFunc(forbidden, func(f string) bool {
		if f == "feeds" || f == "net" {
			return name == f
		}
		return name == f || strings.HasPrefix(name, f+"/")
	})
}

func TestRulesOfImports(t *testing.T) {
	for _, browser := range []bool{false, true} {
		for _, p := range list(t, browser) {
			for _, r := range rules() {
				if r.only && !browser || !within(p.relative(), r.from) || within(p.relative(), r.except) {
					continue
				}
				for _, i := range p.Imports {
					name := strings.TrimPrefix(i, "vitrine/")
					if imports(r.forbid, name) && !sameAdapter(p.relative(), name) {
						t.Errorf("%s imports %s (in browsers: %v): %s", p.relative(), name, browser, r.why)
					}
				}
			}
		}
	}
}

// sameAdapter lets an adapter have packages below it.
func sameAdapter(from, to string) bool {
	return slices.ContainsFunc(adapters(), func(a string) bool { return within(from, []string{a}) && within(to, []string{a}) })
}

// A rule that applies to no package checks nothing.
func TestRulesNameWhatIsThere(t *testing.T) {
	there := map[string]bool{}
	for _, browser := range []bool{false, true} {
		for _, p := range list(t, browser) {
			there[p.relative()] = true
		}
	}
	for _, r := range rules() {
		found := slices.ContainsFunc(r.from, func(f string) bool { return f == "" || there[f] || there[f+"/markup"] || f == "build" })
		if !found {
			t.Errorf("no package is held by: %s", r.why)
		}
	}
}

func TestRuleEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, browser := range []bool{false, true} {
		for _, p := range list(t, browser) {
			if p.Doc == "" || strings.HasPrefix(p.Doc, "Copyright") {
				t.Errorf("%s has no package comment", p.ImportPath)
			}
		}
	}
}

// Foreign content is drawn from our own tree: nothing hands go-app a string of HTML.
func TestRuleNobodyUsesRaw(t *testing.T) {
	for _, p := range list(t, true) {
		if !slices.ContainsFunc(p.Imports, func(i string) bool { return strings.HasPrefix(i, "github.com/maxence-charriere/go-app") }) {
			continue
		}
		for _, name := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte("app.Raw(")) {
				t.Errorf("%s uses app.Raw", path.Join(p.ImportPath, name))
			}
		}
	}
}

// go-app imports net/http itself, so that what counts is what the linker kept. Each build has its own temporary folder.
func TestRuleNoServerInTheProgram(t *testing.T) {
	p, err := site.Compile(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, why := range map[string]string{
		"net/http.(*Client)":    "feeds/fetch asks the browser",
		"net/http.(*Server)":    "nothing is served in a browser",
		"net/http.(*Transport)": "feeds/fetch asks the browser",
		"github.com/maxence-charriere/go-app/v9/pkg/app.(*Handler)": "it is go-app's server",
		"text/template.(*Template)":                                 "app/markup draws",
		"html/template.(*Template)":                                 "app/markup draws",
		"crypto/tls.(*Conn)":                                        "the browser encrypts",
	} {
		if bytes.Contains(p.Wasm, []byte(name)) {
			t.Errorf("the program contains %s: %s", name, why)
		}
	}
	again, err := site.Compile(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(p.Wasm, again.Wasm) {
		t.Error("the same source gave two different programs")
	}
	if !bytes.Contains(p.Wasm, []byte("github.com/maxence-charriere/go-app/v9/pkg/app.(*engine)")) {
		t.Error("function names are not found in the program: this test sees nothing")
	}
	if !bytes.Contains(p.Notices, []byte("github.com/maxence-charriere/go-app/v9 v9.8.0")) {
		t.Error("the licence of go-app is not among the notices")
	}
}
