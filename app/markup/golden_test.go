package markup

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the goldens")

// golden compares a tree with testdata/NAME.golden.html, each block on a line of its own so that a change is easy to see.
func golden(t *testing.T, name string, nodes ...Node) {
	t.Helper()
	var b strings.Builder
	for _, n := range nodes {
		if err := HTML(&b, n); err != nil {
			t.Fatal(err)
		}
		b.WriteByte('\n')
	}
	got := apart(b.String())
	path := filepath.Join("testdata", name+".golden.html")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; -update writes it. It is\n%s", path, got)
	}
}

// apart breaks lines before blocks. It is for reading only.
func apart(s string) string {
	for _, tag := range []string{"header", "div", "footer", "p", "ul", "li", "a class", "details", "figure", "blockquote", "button", "h2", "section", "dl", "/article", "/div", "/section"} {
		s = strings.ReplaceAll(s, "<"+tag, "\n<"+tag)
	}
	return strings.TrimLeft(s, "\n")
}

func TestArticlesAreDrawnAsTheLookHasThem(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			d := drawing(t, "en")
			if s.draw != nil {
				s.draw(d)
			}
			golden(t, s.name, Article(d, s.row()))
		})
	}
}

func TestStaticPagesHaveDatesAndNothingToClick(t *testing.T) {
	for _, s := range samples() {
		switch s.name {
		case "picture", "boosted-card", "warning", "poll", "quote", "video", "long":
			t.Run(s.name, func(t *testing.T) {
				n := Article(static(t), s.row())
				golden(t, "static-"+s.name, n)
				walk(n, func(n Node) {
					if n.Tag == "button" || value(n, "data-action") != "" {
						t.Errorf("%v can be clicked and nobody listens", n)
					}
					if href := value(n, "href"); n.Tag == "a" && (strings.HasPrefix(href, "#") || value(n, "rel") == "") {
						t.Errorf("a link to %q on a page without the app", href)
					}
				})
			})
		}
	}
}

func TestGermanIsSpokenThroughout(t *testing.T) {
	d := drawing(t, "de")
	for _, s := range samples() {
		switch s.name {
		case "boosted-card", "warning", "poll", "gallery", "focused", "community", "rich-text", "deep-reply":
			golden(t, "de-"+s.name, Article(d, s.row()))
		}
	}
}

func value(n Node, name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

func has(n Node, name string) bool {
	for _, a := range n.Attrs {
		if a.Name == name {
			return true
		}
	}
	return false
}

func walk(n Node, f func(Node)) {
	f(n)
	for _, c := range n.Children {
		walk(c, f)
	}
}

// find returns the elements that match.
func find(n Node, match func(Node) bool) []Node {
	var out []Node
	walk(n, func(n Node) {
		if n.Tag != "" && match(n) {
			out = append(out, n)
		}
	})
	return out
}

func textOf(n Node) string {
	var b strings.Builder
	walk(n, func(n Node) { b.WriteString(n.Text) })
	return b.String()
}

func TestPiecesOfPages(t *testing.T) {
	d := drawing(t, "en")
	for name, n := range pieces(d) {
		t.Run(name, func(t *testing.T) { golden(t, name, n...) })
	}
}
