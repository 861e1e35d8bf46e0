package markup

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/feeds/content"
)

// cases returns the strings that a function of attrs.go reports.
func cases(t *testing.T, function string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "attrs.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == function {
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, _ := strconv.Unquote(lit.Value)
					out = append(out, s)
				}
				return true
			})
		}
	}
	return out
}

// TestTheLoaderDrawsWhatAViewMayHold holds the loader's lists equal to the closed set, but for what only a running program can serve.
func TestTheLoaderDrawsWhatAViewMayHold(t *testing.T) {
	script, err := os.ReadFile("../../web/js/tree.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ list, function, program string }{
		{"tags", "known", "dialog fieldset form iframe input label legend option select"},
		{"names", "allowed", "accept allowfullscreen aria-controls aria-live autocapitalize autocomplete autoplay checked data-action data-index data-key disabled for inputmode name placeholder sandbox selected spellcheck step"},
	} {
		_, after, _ := strings.Cut(string(script), "const "+c.list+` = new Set("`)
		written, _, _ := strings.Cut(after, `"`)
		got := strings.Fields(written)
		served := strings.Fields(c.program)
		want := slices.DeleteFunc(cases(t, c.function), func(s string) bool { return slices.Contains(served, s) })
		slices.Sort(got)
		slices.Sort(want)
		for _, s := range want {
			if !slices.Contains(got, s) {
				t.Errorf("%s of web/js/tree.js lack %q", c.list, s)
			}
		}
		for _, s := range got {
			if !slices.Contains(want, s) {
				t.Errorf("%s of web/js/tree.js name %q, which no view holds", c.list, s)
			}
		}
	}
}

// TestElementsOnOtherPagesDrawWhatATextMayHold holds the lists of the element for other pages to every kind of a text's nodes.
func TestElementsOnOtherPagesDrawWhatATextMayHold(t *testing.T) {
	script, err := os.ReadFile("../../web/embed/tree.js")
	if err != nil {
		t.Fatal(err)
	}
	list := func(name string) []string {
		_, after, _ := strings.Cut(string(script), "const "+name+` = set("`)
		written, _, _ := strings.Cut(after, `"`)
		return strings.Fields(written)
	}
	tags, names := list("tags"), list("names")
	const text = `<h1>a</h1><p>b<br><i>c</i><b>d</b><s>e</s><u>f</u><code>g</code><sub>h</sub><sup>i</sup><ruby>j<rt>k</ruby><a href="https://x.example/">l</a></p><hr>` +
		`<blockquote>m</blockquote><pre>n</pre><ol reversed type=a start=9><li value=7>o</ol><ul><li>p</ul><dl><dt>q<dd>r</dl><details><summary>s</summary>t</details>` +
		`<table><caption>u</caption><tr><th align=right>v<th colspan=2>w<tr><th rowspan=2>x<td>y<td>z</table>`
	var look func(Node)
	look = func(n Node) {
		if n.Tag != "" && !slices.Contains(tags, n.Tag) {
			t.Errorf("tags lack %q", n.Tag)
		}
		for _, a := range n.Attrs {
			if !slices.Contains(names, a.Name) {
				t.Errorf("names lack %q, of %s", a.Name, n.Tag)
			}
		}
		for _, c := range n.Children {
			look(c)
		}
	}
	for _, n := range Doc(static(t), content.ParseHTML(text, content.Options{}), 1) {
		look(n)
	}
}
