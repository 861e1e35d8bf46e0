package main

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"vitrine/feeds/feedstest"
)

// pages returns the Markdown that people read in the repository, by path below the module, without what stands in blocks of code.
func pages(t *testing.T) map[string]string {
	t.Helper()
	root := feedstest.ModuleRoot(t)
	names := []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"}
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			name, _ := filepath.Rel(root, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.ToSlash(name)] = string(text)
	}
	return all
}

// prose is Markdown without its blocks of code.
func prose(markdown string) string {
	var kept []string
	code := false
	for line := range strings.Lines(markdown) {
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if !code {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// anchors are the fragments that lead to a page's headings, as GitHub and other forges make them.
func anchors(markdown string) []string {
	var all []string
	for line := range strings.Lines(prose(markdown)) {
		text, heading := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if !heading || !strings.HasPrefix(line, "#") {
			continue
		}
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, strings.TrimSpace(text)))
	}
	return all
}

func TestDocLinksLeadToWhatIsThere(t *testing.T) {
	root, all := feedstest.ModuleRoot(t), pages(t)
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	code := regexp.MustCompile("`[^`\n]*`")
	checked := 0
	for name, text := range all {
		for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(prose(text), ""), -1) {
			to, err := url.Parse(m[1])
			if err != nil {
				t.Errorf("%s: %s: %v", name, m[1], err)
				continue
			}
			if to.IsAbs() {
				continue
			}
			checked++
			target := name
			if to.Path != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(name), to.Path))
			}
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s links to %s, which isn't there", name, m[1])
				continue
			}
			if to.Fragment != "" && !slices.Contains(anchors(all[target]), to.Fragment) {
				t.Errorf("%s links to %s, which has no such heading", name, m[1])
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d links were found: the test sees nothing", checked)
	}
}

func TestDocMakeTargetsExist(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(feedstest.ModuleRoot(t), "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)")
	checked := 0
	for name, text := range pages(t) {
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			checked++
			if !strings.Contains("\n"+string(makefile), "\n"+m[1]+":") {
				t.Errorf("%s names `make %s`, which the Makefile doesn't have", name, m[1])
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d targets were found: the test sees nothing", checked)
	}
}

// A newcomer finds every package in the table, but for the internal ones of a neighbour.
func TestDocTableOfPackagesIsComplete(t *testing.T) {
	architecture := pages(t)["docs/architecture.md"]
	row := regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` \\| \\S")
	_, table, found := strings.Cut(architecture, "\n## The table of packages\n")
	table, _, _ = strings.Cut(table, "\n## ")
	if !found {
		t.Fatal("docs/architecture.md has no table of packages")
	}
	in := map[string]bool{}
	for _, m := range row.FindAllStringSubmatch(table, -1) {
		if in[m[1]] {
			t.Errorf("%s has two rows", m[1])
		}
		in[m[1]] = true
		if _, err := os.Stat(filepath.Join(feedstest.ModuleRoot(t), m[1])); err != nil {
			t.Errorf("the table names %s, which isn't there", m[1])
		}
	}
	for _, browser := range []bool{false, true} {
		for _, p := range list(t, browser) {
			if name := p.relative(); !in[name] && !strings.Contains(name, "/internal/") {
				t.Errorf("%s has no row in the table of docs/architecture.md", name)
			}
		}
	}
}

func TestDocsNameTestsThatThereAre(t *testing.T) {
	text := pages(t)["docs/offline.md"]
	names := regexp.MustCompile("`(Test[A-Z][A-Za-z0-9]+)`").FindAllStringSubmatch(text, -1)
	there := map[string]bool{}
	err := filepath.WalkDir(feedstest.ModuleRoot(t), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(code), -1) {
			there[m[1]] = true
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatal(len(names), err)
	}
	for _, n := range names {
		if !there[n[1]] {
			t.Errorf("docs/offline.md names %s, which there isn't", n[1])
		}
	}
}
