package embedding_test

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"vitrine/build/embedding"
	"vitrine/web"
)

// The budgets, in bytes.
const (
	elementBudget = 5_000 // after brotli -q 11
	heightBudget  = 1_000 // as it is: servers don't compress what is so small
)

func makeAssets(t *testing.T) *embedding.Assets {
	t.Helper()
	k, err := embedding.Make(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 11)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestScriptsStayWithinTheirBudgets(t *testing.T) {
	k := makeAssets(t)
	element, height := compressed(t, k.Element.Stable.Data), len(k.Height.Stable.Data)
	t.Logf("embed.js: %d bytes, %d after brotli; embed-height.js: %d; embed.css: %d, %d after brotli", len(k.Element.Stable.Data), element, height,
		len(k.Style.Stable.Data), compressed(t, k.Style.Stable.Data))
	if element > elementBudget {
		t.Errorf("embed.js has %d bytes after brotli, its budget is %d", element, elementBudget)
	}
	if height > heightBudget {
		t.Errorf("embed-height.js has %d bytes, its budget is %d", height, heightBudget)
	}
}

func TestAssetsHaveBothNamesAndTheirIntegrity(t *testing.T) {
	k := makeAssets(t)
	files := k.Files()
	if len(files) != 6 {
		t.Errorf("%d files", len(files))
	}
	for want, p := range map[string]embedding.Asset{"embed.js": k.Element, "embed-height.js": k.Height, "embed.css": k.Style} {
		stem, ext, _ := strings.Cut(want, ".")
		if p.Stable.Name != want || !regexp.MustCompile(`^`+stem+`\.[0-9a-f]{12}\.`+ext+`$`).MatchString(p.Hashed.Name) {
			t.Errorf("%s is called %q and %q", want, p.Stable.Name, p.Hashed.Name)
		}
		for _, f := range []embedding.File{p.Stable, p.Hashed} {
			sum := sha512.Sum384(f.Data)
			if f.Integrity != "sha384-"+base64.StdEncoding.EncodeToString(sum[:]) {
				t.Errorf("%s: integrity %q", f.Name, f.Integrity)
			}
			if len(f.Data) == 0 || !bytes.Equal(files[f.Name], f.Data) {
				t.Errorf("%s has not its bytes", f.Name)
			}
		}
		if !bytes.Equal(p.Stable.Data, p.Hashed.Data) {
			t.Errorf("%s and %s differ", p.Stable.Name, p.Hashed.Name)
		}
	}
}

// The content of a hashed name never changes: the same source must give the same name, and a change only the changed file another one.
func TestSameSourceGivesTheSameNames(t *testing.T) {
	first, again := makeAssets(t), makeAssets(t)
	if first.Element.Hashed.Name != again.Element.Hashed.Name {
		t.Error("the same source gave two names")
	}
	other := source(t)
	other["embed.js"] = &fstest.MapFile{Data: append(bytes.Clone(other["embed.js"].Data), "console.log(1)"...)}
	k, err := embedding.Make(other)
	if err != nil {
		t.Fatal(err)
	}
	if k.Element.Hashed.Name == first.Element.Hashed.Name || k.Style.Hashed.Name != first.Style.Hashed.Name {
		t.Error("a change changes other names than its own")
	}
}

func TestMistakesAreReportedWithFileAndLine(t *testing.T) {
	missing := source(t)
	delete(missing, "css/embed.css")
	broken := source(t)
	broken["embed.js"] = &fstest.MapFile{Data: []byte("let a = 1;\nlet = = 2;")}
	for want, web := range map[string]fs.FS{"embed.css": missing, "embed.js, line 2": broken} {
		if _, err := embedding.Make(web); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, not %q", err, want)
		}
	}
}

// The scripts work below a strict policy only if they have no way of making code or markup of strings.
func TestScriptsDontMakeCodeOrMarkupOfStrings(t *testing.T) {
	k := makeAssets(t)
	for _, f := range []embedding.File{k.Element.Stable, k.Height.Stable} {
		for _, word := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser", "eval(", "Function(", "document.write", "import(", "cookie", "localStorage"} {
			if bytes.Contains(f.Data, []byte(word)) {
				t.Errorf("%s has %s", f.Name, word)
			}
		}
	}
}

// source returns the source files of the assets.
func source(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	modules, err := fs.Glob(web.Files, "embed/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(modules, "js/closed.js", "embed.js", "embed-height.js", "css/embed.css") {
		data, err := fs.ReadFile(web.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}
