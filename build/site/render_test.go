package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image/png"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/webp"
	"golang.org/x/net/html"

	"vitrine/app/route"
	"vitrine/build/config"
	"vitrine/feeds/software"
	"vitrine/web"
)

func options(base string) Options {
	return Options{
		Web: web.Files, Base: base, Config: config.Default(),
		Program: Program{Wasm: []byte("\x00asm"), Exec: []byte("globalThis.Go = class {};\n"), Notices: []byte("licences\n")},
	}
}

func render(t *testing.T, o Options) Files {
	t.Helper()
	files, err := Render(o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// pages are the HTML files of a site.
func pages(files Files) map[string]string {
	html := map[string]string{}
	for name, data := range files {
		if strings.HasSuffix(name, ".html") {
			html[name] = string(data)
		}
	}
	return html
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	a, b := render(t, options("/reader/")), render(t, options("/reader/"))
	if len(a) != len(b) {
		t.Fatalf("%d files, then %d", len(a), len(b))
	}
	for name, data := range a {
		if !bytes.Equal(data, b[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestEveryFileThatPagesNameIsThere(t *testing.T) {
	local := regexp.MustCompile(`(?:href|src|data-(?:program|exec|draw|later|site|hosts|worker|icons))="(/?[^"#]*)`)
	quoted := regexp.MustCompile(`"(/[^"#<> ]+)"`)
	for _, base := range []string{"/", "/reader/", "/a/b/"} {
		files := render(t, options(base))
		named := map[string]string{}
		for page, html := range pages(files) {
			for _, m := range local.FindAllStringSubmatch(html, -1) {
				named[m[1]] = page
			}
			html = inlineParts.ReplaceAllString(html, "<i$1>")
			for _, m := range quoted.FindAllStringSubmatch(strings.ReplaceAll(html, "&#34;", `"`), -1) { // the loader's list of sentences
				named[m[1]] = page
			}
		}
		for _, m := range quoted.FindAllStringSubmatch(string(files["manifest.webmanifest"]), -1) {
			name, _, _ := strings.Cut(m[1], "?")
			named[name] = "manifest"
		}
		if len(named) < 15 {
			t.Fatalf("%s: only %d files are named", base, len(named))
		}
		for url, page := range named {
			url, _, _ = strings.Cut(url, "?")
			name, ok := strings.CutPrefix(url, base)
			if name == "" {
				name = "index.html"
			}
			if !ok || files[name] == nil {
				t.Errorf("%s: %s names %s", base, page, url)
			}
		}
	}
}

// inlineParts finds what stands in the shell itself.
var inlineParts = regexp.MustCompile(`(?s)<(?:script|style)((?: data-[^>]*)?)>.*?</(?:script|style)>`)

func TestThePolicyNamesWhatTheShellContains(t *testing.T) {
	for _, base := range []string{"/", "/reader/", "/a/b/"} {
		for _, development := range []bool{false, true} {
			o := options(base)
			if development {
				o.Loopback, o.NoWorker, o.Scripts = true, true, map[string][]byte{"reload.js": []byte("1\n")}
			}
			doc, err := html.Parse(bytes.NewReader(render(t, o)["index.html"]))
			if err != nil {
				t.Fatal(err)
			}
			var policy string
			inline := map[string][]string{}
			for n := range doc.Descendants() {
				attrs := map[string]string{}
				for _, a := range n.Attr {
					attrs[a.Key] = a.Val
				}
				if attrs["http-equiv"] == "Content-Security-Policy" {
					policy = attrs["content"]
				}
				_, foreign := attrs["src"]
				if (n.Data == "script" || n.Data == "style") && n.Type == html.ElementNode && !foreign {
					if policy == "" {
						t.Errorf("%s: a %s comes before the policy", base, n.Data)
					}
					inline[n.Data] = append(inline[n.Data], n.FirstChild.Data)
				}
			}
			for _, part := range []string{"script", "style"} {
				if len(inline[part]) != 1 || len(inline[part][0]) < 1000 {
					t.Fatalf("%s: %d of %s stand in the shell: %.80q", base, len(inline[part]), part, inline[part])
				}
				sum := sha256.Sum256([]byte(inline[part][0]))
				hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
				sources := regexp.MustCompile(part + "-src ([^;]*);").FindStringSubmatch(policy)
				if sources == nil || !strings.HasSuffix(sources[1], " "+hash) || strings.Count(sources[1], "sha256") != 1 {
					t.Errorf("%s: the policy of %ss is %q, not %s", base, part, sources, hash)
				}
			}
		}
	}
}

func TestNothingEndsWhatStandsInTheShell(t *testing.T) {
	for _, bad := range []string{"a</Script>", "</STYLE", "<!--", "<script", "a\r\n"} {
		if mayStandInline([]byte("good"), []byte(bad)) == nil {
			t.Errorf("%q may stand there", bad)
		}
	}
}

func TestPagesKeepThePolicy(t *testing.T) {
	inline := regexp.MustCompile(`<style|<script(?:>| [^>]*>[^<])|\son[a-z]+="| style="|javascript:|unsafe-inline`)
	for name, html := range pages(render(t, options("/"))) {
		styles := 2 // first screens', and the rest
		if name == "index.html" {
			html, styles = inlineParts.ReplaceAllString(html, "<i$1>"), 0
			html = regexp.MustCompile(`(?s)<template.*?</template>`).ReplaceAllString(html, "") // shown in place of the main that waits
		}
		if m := inline.FindString(html); m != "" {
			t.Errorf("%s has %q", name, m)
		}
		policy := strings.Index(html, `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; `)
		if policy < 0 || policy > strings.Index(html, "<script") {
			t.Errorf("%s: the policy is missing or too late", name)
		}
		if strings.Contains(html, "localhost") {
			t.Errorf("%s lets servers on the reader's machine be asked", name)
		}
		for _, c := range []struct {
			part string
			n    int
		}{{"<main", 1}, {"<h1", 1}, {"<title>", 1}, {`name="viewport"`, 1}, {`content="no-referrer"`, 1}, {`rel="stylesheet"`, styles}, {`rel="manifest"`, 1}} {
			if got := strings.Count(html, c.part); got != c.n {
				t.Errorf("%s has %d %s", name, got, c.part)
			}
		}
		if strings.Contains(html, "user-scalable") || strings.Contains(html, "maximum-scale") {
			t.Errorf("%s forbids zooming", name)
		}
		for _, page := range pageNames() {
			if !strings.Contains(html, `href="/`+page+".") {
				t.Errorf("%s does not link %s", name, page)
			}
		}
	}
}

func TestAppPolicyIsTheDocumentedOne(t *testing.T) {
	const want = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; " +
		"style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' https: data: blob:; media-src https: blob:; " +
		"connect-src 'self' https:; frame-src 'self' https:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
		"require-trusted-types-for 'script'; trusted-types vitrine"
	if got := AppPolicy(false, []byte("abc"), nil); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	local := AppPolicy(true, nil, nil)
	if got := strings.Count(local, " http://localhost:* http://127.0.0.1:* http://*.localhost:*"); got != 4 {
		t.Errorf("loopback is in %d directives: %s", got, local)
	}
}

func TestTheShellWaitsWithoutAView(t *testing.T) {
	html := inlineParts.ReplaceAllString(string(render(t, options("/"))["index.html"]), "")
	if strings.Contains(html, "data-view") || strings.Contains(html, "data-front") {
		t.Error("the placeholders say that they are a view")
	}
	body := html[strings.Index(html, "<body>")+len("<body>"):]
	if !strings.HasPrefix(strings.TrimSpace(body), `<div id="app">`) {
		t.Error("go-app's place is not the first element of the body")
	}
	for _, part := range []string{`<div id="front" hidden></div>`, `<div id="trouble" hidden `, "<noscript>", `aria-busy="true"`} {
		if !strings.Contains(html, part) {
			t.Errorf("the shell has no %s", part)
		}
	}
}

// The loader replaces the text of what has data-words: a script among them would be refused by Trusted Types.
func TestWhatTheLoaderTranslatesIsTextAlone(t *testing.T) {
	html := string(render(t, options("/"))["index.html"])
	textAlone := regexp.MustCompile(`<(?:span|p|a|h1|label|button) [^>]*data-words="[^"]+">[^<]+</`)
	if got, want := len(textAlone.FindAllString(html, -1)), strings.Count(html, "data-words="); got != want || want < 5 {
		t.Errorf("%d of %d elements hold text alone", got, want)
	}
}

func TestWhatTheOwnerWritesStaysText(t *testing.T) {
	o := options("/")
	o.Config.Title = `Büro "<b>&`
	o.Config.Contact = `Ada <script>alert(1)</script> ada@example.org, https://example.org/x`
	files := render(t, o)
	for name, html := range pages(files) {
		if strings.Contains(html, "<b>") || strings.Contains(html, "<script>") {
			t.Errorf("%s took HTML from the configuration", name)
		}
	}
	imprint := string(files["imprint.html"])
	for _, link := range []string{`href="mailto:ada@example.org"`, `href="https://example.org/x"`} {
		if !strings.Contains(imprint, link) {
			t.Errorf("the imprint has no %s", link)
		}
	}
}

func TestLanguages(t *testing.T) {
	files := render(t, options("/"))
	if !strings.Contains(string(files["about.html"]), `<html lang="en"`) || !strings.Contains(string(files["about.de.html"]), `<html lang="de"`) {
		t.Error("the English pages are not the site's, or there are no German ones")
	}
	if !strings.Contains(string(files["about.html"]), `hreflang="de"`) || !strings.Contains(string(files["about.de.html"]), `href="/about.html"`) {
		t.Error("the languages don't link each other")
	}
	o := options("/")
	o.Config.Languages = []string{"de", "en"}
	files = render(t, o)
	for name, lang := range map[string]string{"index.html": "de", "about.html": "de", "about.en.html": "en", "404.html": "de"} {
		if !strings.Contains(string(files[name]), `<html lang="`+lang+`"`) {
			t.Errorf("%s is not in %s", name, lang)
		}
	}
	o.Config.Languages = []string{"tlh"}
	if !strings.Contains(string(render(t, o)["index.html"]), `<html lang="en"`) {
		t.Error("a site in a language without sentences is not in English")
	}
}

func TestAMissingSentenceEndsTheBuild(t *testing.T) {
	o := options("/")
	o.Web = web.Files
	r := &renderer{Options: o, files: Files{}, locales: map[string]*locale{}}
	if err := r.localeFiles(); err != nil {
		t.Fatal(err)
	}
	f := frame{words: r.locales["de"].Words}
	if _, err := f.T("no.such.key"); err == nil {
		t.Error("a key without a sentence is drawn")
	}
	if got, err := f.T("nav.settings"); err != nil || got != "Einstellungen" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestServersWorthALook(t *testing.T) {
	r := &renderer{Options: options("/"), files: Files{}, locales: map[string]*locale{}}
	if err := r.localeFiles(); err != nil {
		t.Fatal(err)
	}
	servers, err := r.servers()
	if err != nil {
		t.Fatal(err)
	}
	if len(servers) < 100 {
		t.Errorf("%d servers", len(servers))
	}
	for _, s := range servers {
		if _, known := software.NameOf(s.Software); s.TextDe == "" || len(s.Languages) == 0 || !known {
			t.Errorf("%s lacks its German sentence, languages or software", s.Host)
		}
		for lang, l := range r.locales {
			if _, err := sentence(l.Words, "topic."+s.Topic); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
		}
	}
}

func TestTheProgramsDescriptionNamesTheSite(t *testing.T) {
	o := options("/reader/")
	o.Config.Servers = []config.Server{{Host: "a.example", Topic: "x", Text: "one"}}
	o.Demo = []Server{{Host: "d.localhost:8081", Topic: "demo", Text: "demo"}}
	for name, data := range render(t, o) {
		if !strings.HasPrefix(name, "assets/site.") {
			continue
		}
		var got about
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if !got.Demo || len(got.Servers) != 2 || got.Servers[0].Host != "d.localhost:8081" || got.Servers[1].Host != "a.example" {
			t.Errorf("%+v", got)
		}
		if len(got.Speaks) < 12 || !slices.Contains(got.Speaks, speech{"fr", "français"}) {
			t.Errorf("%+v", got.Speaks)
		}
		if len(got.Pages) != 4 || got.Pages[0].Href != "/reader/about.html" || got.Pages[0].Hrefs["de"] != "/reader/about.de.html" {
			t.Errorf("%+v", got.Pages)
		}
	}
}

func TestManifest(t *testing.T) {
	files := render(t, options("/reader/"))
	var m struct {
		ID, Scope, Name string
		StartURL        string `json:"start_url"`
		Icons           []struct{ Src, Sizes, Type, Purpose string }
		Share           struct {
			Action, Method, Enctype string
			Params                  struct {
				Text  string
				Files []struct {
					Name   string
					Accept []string
				}
			}
		} `json:"share_target"`
		Protocols   []struct{ Protocol, URL string } `json:"protocol_handlers"`
		Screenshots []struct {
			Src, Sizes, Type string
			Form             string `json:"form_factor"`
		}
		Shortcuts []struct {
			Name, URL string
			Icons     []struct{ Src, Sizes string }
		}
		Openers []struct {
			Action string
			Accept map[string][]string
		} `json:"file_handlers"`
	}
	if err := json.Unmarshal(files["manifest.webmanifest"], &m); err != nil {
		t.Fatal(err)
	}
	if m.Scope != "/reader/" || m.StartURL != "/reader/" || m.ID != "/reader/" || m.Name != "Vitrine" {
		t.Errorf("%+v", m)
	}
	if m.Share.Action != "/reader/" || m.Share.Method != "POST" || m.Share.Enctype != "multipart/form-data" || m.Share.Params.Text != "text" || len(m.Share.Params.Files) != 1 ||
		m.Share.Params.Files[0].Name != "files" || !slices.Contains(m.Share.Params.Files[0].Accept, ".opml") {
		t.Errorf("what is shared goes to %+v", m.Share)
	}
	for i, scheme := range []string{"web+ap", "web+activitypub"} {
		if len(m.Protocols) != 2 || m.Protocols[i].Protocol != scheme || m.Protocols[i].URL != "/reader/?u=%s" {
			t.Errorf("links of %s go to %+v", scheme, m.Protocols)
		}
	}
	if len(m.Openers) != 1 || m.Openers[0].Action != "/reader/" || !slices.Equal(slices.Sorted(maps.Keys(m.Openers[0].Accept)), []string{"application/gzip", "application/json", "application/zip", "text/csv", "text/x-opml"}) {
		t.Errorf("files are opened by %+v", m.Openers)
	}
	var views []route.View
	for _, s := range m.Shortcuts {
		r, err := route.Parse(strings.TrimPrefix(s.URL, "/reader/"))
		views = append(views, r.View)
		if err != nil || s.Name == "" || len(s.Icons) != 1 || s.Icons[0].Sizes != "96x96" || files[strings.TrimPrefix(s.Icons[0].Src, "/reader/")] == nil {
			t.Errorf("the shortcut %+v leads to %v, %v", s, r, err)
		}
	}
	if !slices.Equal(views, []route.View{route.Home, route.Saved, route.Search}) {
		t.Errorf("shortcuts lead to %v", views)
	}
	for i, form := range []string{"narrow", "wide"} {
		s := m.Screenshots[i]
		c, err := webp.DecodeConfig(bytes.NewReader(files[strings.TrimPrefix(s.Src, "/reader/")]))
		if err != nil || s.Form != form || s.Sizes != fmt.Sprintf("%dx%d", c.Width, c.Height) || s.Type != "image/webp" || form == "narrow" != (c.Width < c.Height) {
			t.Errorf("the picture %+v is %d x %d, %v", s, c.Width, c.Height, err)
		}
	}
	sizes := map[string]int{"192x192": 192, "512x512": 512}
	for _, i := range m.Icons {
		if i.Type != "image/png" {
			continue
		}
		img, err := png.Decode(bytes.NewReader(files[strings.TrimPrefix(i.Src, "/reader/")]))
		if err != nil {
			t.Fatalf("%s: %v", i.Src, err)
		}
		if img.Bounds().Dx() != sizes[i.Sizes] {
			t.Errorf("%s is %v wide", i.Src, img.Bounds().Dx())
		}
		_, _, _, corner := img.At(0, 0).RGBA()
		if full := i.Purpose == "maskable"; full != (corner == 0xffff) {
			t.Errorf("%s (%s): the corner's alpha is %x", i.Src, i.Purpose, corner)
		}
	}
}

func TestABaseHasSlashesAround(t *testing.T) {
	for _, base := range []string{"", "reader/", "/reader"} {
		o := options(base)
		if _, err := Render(o); err == nil {
			t.Errorf("%q is taken", base)
		}
	}
}

// configured is the configuration of the program and the loader.
func configured(t *testing.T, files Files) (site map[string]json.RawMessage, shell string) {
	t.Helper()
	for name, data := range files {
		if strings.HasPrefix(name, "assets/site.") {
			if err := json.Unmarshal(data, &site); err != nil {
				t.Fatal(err)
			}
		}
	}
	return site, string(files["index.html"])
}

func TestProgramAndLoaderKnowWhatIsBlocked(t *testing.T) {
	o := options("/")
	o.Config.Blocked = []string{"bad.example", "@Ada@a.example", "*.worse.example"}
	site, shell := configured(t, render(t, o))
	if got := string(site["blocked"]); got != `["bad.example","@Ada@a.example","*.worse.example"]` {
		t.Errorf("the program: %s", got)
	}
	if !strings.Contains(shell, ` data-blocked="*.worse.example @ada@a.example bad.example"`) {
		t.Error("the loader's configuration lacks them")
	}
	if site, shell = configured(t, render(t, options("/"))); site["blocked"] != nil || strings.Contains(shell, "data-blocked") {
		t.Error("a site that blocks nothing says so")
	}
	o.Config.Blocked = []string{"nothing"}
	if _, err := Render(o); err == nil {
		t.Error("what can't be read is not blocked")
	}
}

func TestTheProgramsDescriptionNamesTheFeeds(t *testing.T) {
	o := options("/")
	o.Config.Feeds = []config.Feed{{Name: "town", Title: "Town", Language: "de", Addresses: []string{"@town@social.example"}}, {Name: "port", Language: "en"}}
	r := &renderer{Options: o, files: Files{}, locales: map[string]*locale{}}
	if err := r.localeFiles(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.aboutFile(); err != nil {
		t.Fatal(err)
	}
	site, _ := configured(t, r.files)
	if got := string(site["feeds"]); got != `[{"name":"town","title":"Town","language":"de","addresses":["@town@social.example"]},{"name":"port","title":"port","language":"en","addresses":null}]` {
		t.Errorf("%s", got)
	}
}
