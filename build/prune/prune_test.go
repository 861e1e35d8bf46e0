package prune

import (
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/build/prune/entity"
)

func TestProgramIsBuiltWithoutServerPackages(t *testing.T) {
	workspace, err := Prepare(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := PrepareStandard(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("go", "list", "-overlay="+overlay, "-deps", "vitrine/app")
	list.Env = append(list.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK="+workspace)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		switch pkg {
		case "encoding/json", "net/http", "text/template", "html/template", "crypto/tls", "crypto/aes", "crypto/rand", "database/sql/driver", "net", "regexp", "html", "internal/bisect",
			"github.com/yuin/goldmark", "github.com/yuin/goldmark/renderer", "github.com/yuin/goldmark/renderer/html":
			t.Errorf("the program still holds %s", pkg)
		}
	}
}

func TestOtherReleasesAreRefused(t *testing.T) {
	for _, c := range copies() {
		source, err := moduleFolder(t.Context(), c.module)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.files(source); err != nil {
			t.Error(err)
		}
		for name, change := range map[string]func(*moduleCopy){
			"a file":        func(c *moduleCopy) { c.edits[c.packages[0]+"/other.go"] = leaveOut },
			"an import":     func(c *moduleCopy) { c.imports["example.org/other"] = "example.org/stub" },
			"a package":     func(c *moduleCopy) { c.packages = append(c.packages, "other") },
			"a declaration": func(c *moduleCopy) { c.edits[firstEdit(c)] = keep("other") },
		} {
			other := c
			other.edits, other.imports = maps.Clone(c.edits), map[string]string{}
			maps.Copy(other.imports, c.imports)
			change(&other)
			if _, err := other.files(source); err == nil || !strings.Contains(err.Error(), "adapt build/prune") {
				t.Errorf("%s that isn't in %s: %v", name, c.module, err)
			}
		}
	}
}

func TestTheTableOfEntitiesHasThoseOfTheMaps(t *testing.T) {
	source, err := moduleFolder(t.Context(), "golang.org/x/net")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(source, "html", "entity.go"))
	if err != nil {
		t.Fatal(err)
	}
	written, err := entityTable(text)
	if err != nil {
		t.Fatal(err)
	}
	_, quoted, _ := strings.Cut(string(written), "const entities = ")
	table, err := strconv.Unquote(strings.TrimSpace(quoted))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, m := range regexp.MustCompile(`(?m)^\t"([A-Za-z0-9]+;?)": `).FindAllStringSubmatch(string(text), -1) {
		count++
		got := entity.Find(table, m[1])
		want := html.UnescapeString("&" + m[1])
		switch m[1] { // package html lacks these
		case "nLt;":
			want = "\u226a\u20d2"
		case "nGt;":
			want = "\u226b\u20d2"
		}
		if got != want {
			t.Errorf("%s: %q, not %q", m[1], got, want)
		}
	}
	if count < 2000 || strings.Count(table, string(entity.End)) != count {
		t.Errorf("%d names, %d in the table", count, strings.Count(table, string(entity.End)))
	}
	if got := entity.Find(table, "notanentity;"); got != "" {
		t.Errorf("%q", got)
	}
}

func TestOtherMapsOfEntitiesAreRefused(t *testing.T) {
	for _, text := range []string{"", "package html", "package html\nvar entity = map[string]rune{}", "package html\nfunc f() {}", "package html\nvar entity = map[string]rune{a: 'b'}"} {
		if _, err := entityTable([]byte(text)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func firstEdit(c *moduleCopy) string { return slices.Sorted(maps.Keys(c.edits))[0] }

func TestKeepLeavesOutWhatIsNotUsed(t *testing.T) {
	got, err := keep("A")([]byte(`package p

import (
	"html"
	"fmt"
	other "io"
	"os"
)

func A(r other.Reader) { b().c() }

func b() (t typed) { return t }

type typed struct{ b int }

func (typed) c() { os.Exit(0) }

var d = fmt.Sprint(x.A)
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"func A", "func b", "type typed", "func (typed) c", `other "io"`, `"os"`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%s isn't in\n%s", want, got)
		}
	}
	if strings.Contains(string(got), "fmt") {
		t.Errorf("more than is used is in\n%s", got)
	}
}
