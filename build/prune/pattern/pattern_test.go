package pattern

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// expressions are those of goldmark's source.
func expressions(t testing.TB) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, folder := range []string{"parser", "extension", "util", "text"} {
		names, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		values := map[string]ast.Expr{}
		var calls []ast.Expr
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ValueSpec:
					if len(n.Values) == 1 {
						values[n.Names[0].Name] = n.Values[0]
					}
				case *ast.CallExpr:
					if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "MustCompile" {
						calls = append(calls, n.Args[0])
					}
				}
				return true
			})
		}
		for _, c := range calls {
			found = append(found, constant(t, c, values))
		}
	}
	if len(found) < 15 {
		t.Fatalf("goldmark has %d expressions", len(found))
	}
	return found
}

func constant(t testing.TB, e ast.Expr, values map[string]ast.Expr) string {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		if err != nil {
			t.Fatal(err)
		}
		return s
	case *ast.BinaryExpr:
		return constant(t, e.X, values) + constant(t, e.Y, values)
	case *ast.Ident:
		return constant(t, values[e.Name], values)
	}
	t.Fatalf("%T in an expression", e)
	return ""
}

var texts = []string{
	"", "a", "<", "<a>", "<a href=\"x\" b='y' c=z d>text</a>", "</a >", "</a\n>", "<a\nb=c\n/>", "<a b=\"\n\" c>", "<A-1 x:y.z-_=1/>", "<a b = c>", "<a b=`>",
	"<script>", "  <SCRIPT x>y</script>\n", "<pre>\r\n", "<textarea/>", "x</STYLE>y", "   <!-- x", "<?php", "<!DOCTYPE html>\n", "<![CDATA[x", "    <?",
	"<div>\n", "</div>\n", "< / div x\n", "<h1 class=a>b\n", "<x y=z>  \n", "</x  >\r\n", "<x y=z>a\n", ":--", " :-: \n", "--:", "----", " - ", ":", "[x] y", "[ ]", "[X]\t\n",
	"www.example.org", "www.a.b/c?d=e&f#g", "www.", "http://example.org:80/a(b)", "https://a.b", "ftp://x.yz?q", "http://\u00e9.org", "example.org", "a-b.c-d.e", "-a.b", "a..b",
	strings.Repeat("a", 70) + ".b", strings.Repeat("a.", 40), "<a " + strings.Repeat("b ", 300) + ">", "\xff<a>", "<a b=\"\xff\">", "<\u017fcript>", "<a \u2028b>",
}

func TestGoldmarksExpressionsMatchAsInPackageRegexp(t *testing.T) {
	for _, source := range expressions(t) {
		for _, text := range texts {
			same(t, MustCompile(source), regexp.MustCompile(source), text)
		}
	}
}

func same(t *testing.T, got *Regexp, want *regexp.Regexp, text string) {
	t.Helper()
	a, b := got.FindSubmatchIndex([]byte(text)), want.FindSubmatchIndex([]byte(text))
	if !slices.Equal(a, b) {
		t.Errorf("%q in %q is at %v, not at %v", want, text, a, b)
	}
	if c := got.FindReaderSubmatchIndex(strings.NewReader(text)); !slices.Equal(c, b) {
		t.Errorf("%q in the reader of %q is at %v, not at %v", want, text, c, b)
	}
	if got.Match([]byte(text)) != want.MatchString(text) {
		t.Errorf("%q doesn't match %q", want, text)
	}
}

func TestMatchesAsPackageRegexp(t *testing.T) {
	for _, source := range []string{
		`^(a|ab)(c|bcd)(d*)`, `^(a*)+b`, `^(?:a?){3}b`, `^a{2,4}?b`, `^(?:(a)|b)*c`, `^[^a-c\s]+$`, `^a*?b??c`, `^()x?`, `^[]a]+`, `^[a-]+`, `^(a|b|)(c|d)?$`, `^(?i)[k-mQ]x`,
	} {
		for _, text := range append(texts, "abcd", "aab", "aaaab", "aaab", "bac", "bbc", "]a]", "a-", "Kx", "qX", "cd", "ad", "d", "x") {
			same(t, MustCompile(source), regexp.MustCompile(source), text)
		}
	}
}

func TestUnknownSyntaxPanics(t *testing.T) {
	for _, source := range []string{`a`, `^\b`, `^\pL`, `^(a`, `^a)`, `^[a`, `^a{x}`, `^a{1`, `^\`, `^\x4`, `^\xff`, "^\u00e9"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was taken", source)
				}
			}()
			MustCompile(source).Match(nil)
		}()
	}
}

func FuzzExpressions(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	var ours []*Regexp
	var theirs []*regexp.Regexp
	for _, source := range expressions(f) {
		ours, theirs = append(ours, MustCompile(source)), append(theirs, regexp.MustCompile(source))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for i := range ours {
			same(t, ours[i], theirs[i], text)
		}
	})
}
