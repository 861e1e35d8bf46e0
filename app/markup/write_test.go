package markup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// all draws every sample and piece in every language and without the app.
func all(t testing.TB) map[string]Node {
	out := map[string]Node{}
	for name, d := range map[string]*Drawing{"en": drawing(t, "en"), "de": drawing(t, "de"), "static": static(t)} {
		for _, s := range samples() {
			own := *d
			if s.draw != nil {
				s.draw(&own)
			}
			out[name+"/"+s.name] = Article(&own, s.row())
		}
		for piece, nodes := range pieces(d) {
			for i, n := range nodes {
				out[fmt.Sprintf("%s/%s/%d", name, piece, i)] = n
			}
		}
	}
	return out
}

func TestHTMLParsesBackToTheSameTree(t *testing.T) {
	for name, n := range all(t) {
		var b strings.Builder
		if err := HTML(&b, n); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		parsed, err := html.ParseFragment(strings.NewReader(b.String()), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
		if err != nil || len(parsed) != 1 {
			t.Errorf("%s: %d nodes, %v", name, len(parsed), err)
			continue
		}
		if got, want := shape(fromHTML(parsed[0])), shape(n); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func fromHTML(h *html.Node) Node {
	if h.Type == html.TextNode {
		return Text(h.Data)
	}
	n := Node{Tag: h.Data}
	for _, a := range h.Attr {
		n.Attrs = append(n.Attrs, Attr{a.Key, a.Val})
	}
	for c := h.FirstChild; c != nil; c = c.NextSibling {
		n.Children = append(n.Children, fromHTML(c))
	}
	return n
}

func TestJSONReadsBackToTheSameTree(t *testing.T) {
	for name, n := range all(t) {
		data, err := JSON(n)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Errorf("%s: %v in %s", name, err, data)
			continue
		}
		if got, want := shape(fromJSON(t, v)), shape(n); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

// fromJSON reads a tree as the loader does.
func fromJSON(t *testing.T, v any) Node {
	t.Helper()
	if s, ok := v.(string); ok {
		return Text(s)
	}
	list := v.([]any)
	n := Node{Tag: list[0].(string)}
	if attrs, ok := list[1].(map[string]any); ok {
		for name, value := range attrs {
			n.Attrs = append(n.Attrs, Attr{name, value.(string)})
		}
	}
	for _, c := range list[2:] {
		n.Children = append(n.Children, fromJSON(t, c))
	}
	return n
}

// shape writes a tree for comparison: attributes sorted by name, texts that touch united, as parsers unite them.
func shape(n Node) string {
	var b strings.Builder
	writeShape(&b, n, "")
	return b.String()
}

func writeShape(b *strings.Builder, n Node, indent string) {
	attrs := slices.Clone(n.Attrs)
	slices.SortFunc(attrs, func(a, b Attr) int { return strings.Compare(a.Name, b.Name) })
	fmt.Fprintf(b, "%s%s %q\n", indent, n.Tag, attrs)
	text := ""
	flush := func() {
		if text != "" {
			fmt.Fprintf(b, "%s  %q\n", indent, text)
		}
		text = ""
	}
	for _, c := range n.Children {
		if c.Tag == "" {
			text += c.Text
			continue
		}
		flush()
		writeShape(b, c, indent+"  ")
	}
	flush()
}

func TestJSONIsCompact(t *testing.T) {
	got, err := JSON(El("p", At("class", "quiet"), Text("a \"b\""), El("br", nil), El("b", nil, Text("c"))))
	if want := `["p",{"class":"quiet"},"a \"b\"",["br",0],["b",0,"c"]]`; err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}

func TestWritersRefuseWhatIsOutsideTheClosedSet(t *testing.T) {
	for name, n := range map[string]Node{
		"an element":             El("script", nil, Text("alert(1)")),
		"an element within":      El("p", nil, El("object", nil)),
		"a handler":              El("p", At("onclick", "alert(1)")),
		"a style":                El("p", At("style", "color: red")),
		"the same thing twice":   El("p", At("class", "a", "class", "b")),
		"children of a br":       El("br", nil, Text("x")),
		"a script's address":     El("a", At("href", "javascript:alert(1)")),
		"a hidden one":           El("a", At("href", "java\tscript:alert(1)")),
		"one after a space":      El("a", At("href", " javascript:alert(1)")),
		"data as a picture":      El("img", At("src", "data:image/svg+xml,<svg onload=alert(1)>", "alt", "")),
		"a file as a poster":     El("video", At("poster", "file:///etc/passwd")),
		"a name that breaks out": El("p", At(`x" onload="y`, "")),
	} {
		if err := HTML(io.Discard, n); err == nil {
			t.Errorf("%s was written as HTML", name)
		}
		if data, err := JSON(n); err == nil {
			t.Errorf("%s was written as %s", name, data)
		}
	}
}

func TestTextIsEscapedAndNothingElse(t *testing.T) {
	var b strings.Builder
	n := El("p", At("title", `a "b" & <c>`+"\r\x00"), Text(`a "b" & <c> é`+"\u202e\r\x00"))
	if err := HTML(&b, n); err != nil {
		t.Fatal(err)
	}
	if want := `<p title="a &#34;b&#34; &amp; &lt;c&gt;&#13;">a "b" &amp; &lt;c&gt; é` + "\u202e" + `&#13;</p>`; b.String() != want {
		t.Errorf("%s, want %s", b.String(), want)
	}
}

func TestAWriterThatFailsIsReported(t *testing.T) {
	full := errors.New("disk full")
	if err := HTML(failing{full}, Text("x")); !errors.Is(err, full) {
		t.Errorf("err = %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestSafeURLKeepsWhatABrowserMayFollow(t *testing.T) {
	for raw, want := range map[string]string{
		"https://a.example/?q=1#x": "https://a.example/?q=1#x", "HTTP://a.example": "HTTP://a.example", "mailto:a@b.example": "mailto:a@b.example",
		"#/@a@b.example": "#/@a@b.example", "media/a.webp": "media/a.webp", "../icons.svg#x": "../icons.svg#x", "?q=a:b": "?q=a:b", "/a:b": "/a:b", "": "",
		"javascript:alert(1)": "", "JavaScript:alert(1)": "", "java\nscript:x": "", "\x01javascript:x": "", "vbscript:x": "", "data:text/html,x": "", "blob:https://a.example/1": "",
		":x": "", "ftp://a.example": "",
	} {
		if got := SafeURL(raw); got != want {
			t.Errorf("SafeURL(%q) = %q, want %q", raw, got, want)
		}
	}
}

func FuzzWriters(f *testing.F) {
	f.Add("p", "title", "x", "y")
	f.Add("a", "href", "java\tscript:alert(1)", "</a><script>")
	f.Add("img", "src", "https://a.example/\"onerror=", "")
	f.Fuzz(func(t *testing.T, tag, name, value, text string) {
		var b strings.Builder
		n := Node{Tag: tag, Attrs: []Attr{{name, value}}, Children: []Node{{Text: text}}}
		if HTML(&b, El("div", nil, n)) != nil {
			return
		}
		parsed, err := html.ParseFragment(strings.NewReader(b.String()), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range parsed {
			walkHTML(h, func(h *html.Node) {
				if h.Type == html.ElementNode && !known(h.Data) && !implied(h.Data) {
					t.Fatalf("%q holds <%s>", b.String(), h.Data)
				}
				for _, a := range h.Attr {
					if !allowed(a.Key) {
						t.Fatalf("%q holds %s=", b.String(), a.Key)
					}
				}
			})
		}
	})
}

// implied reports elements that a parser adds by itself.
func implied(tag string) bool {
	return tag == "tbody" || tag == "html" || tag == "head" || tag == "body"
}

func walkHTML(h *html.Node, f func(*html.Node)) {
	f(h)
	for c := h.FirstChild; c != nil; c = c.NextSibling {
		walkHTML(c, f)
	}
}
