package prune

import (
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestProgramIsBuiltWithoutServerPackages(t *testing.T) {
	workspace, err := Prepare(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("go", "list", "-deps", "vitrine/app")
	list.Env = append(list.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK="+workspace)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		switch pkg {
		case "net/http", "text/template", "html/template", "crypto/tls", "crypto/aes", "crypto/rand", "database/sql/driver", "net", "regexp",
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
			other.edits, other.imports = maps.Clone(c.edits), maps.Clone(c.imports)
			change(&other)
			if _, err := other.files(source); err == nil || !strings.Contains(err.Error(), "adapt build/prune") {
				t.Errorf("%s that isn't in %s: %v", name, c.module, err)
			}
		}
	}
}

func firstEdit(c *moduleCopy) string { return slices.Sorted(maps.Keys(c.edits))[0] }

func TestKeepLeavesOutWhatIsNotUsed(t *testing.T) {
	got, err := keep("A")([]byte(`package p

import (
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
