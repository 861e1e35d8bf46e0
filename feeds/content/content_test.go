package content

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func options() Options {
	return Options{
		Emoji:    []CustomEmoji{{Shortcode: "lamp", URL: "https://a.example/lamp.gif", Static: "https://a.example/lamp.png"}, {Shortcode: "bad", URL: "javascript:alert(1)"}},
		Mentions: []MentionRef{{URL: "https://a.example/@ada", Handle: "ada@a.example"}},
		Tags:     []string{"tea"}, BaseURL: "https://a.example/@bob",
	}
}

// sketch writes a tree on one line: p(…), em(…), "text".
func sketch(nodes []Node) string {
	names := map[Kind]string{
		Break: "br", Emphasis: "em", Strong: "strong", Strike: "del", Underline: "u", Code: "code", Link: "a", Mention: "mention", Hashtag: "tag", Emoji: "emoji", Ruby: "ruby", Sub: "sub", Sup: "sup",
		Invisible: "inv", Ellipsis: "ell", Paragraph: "p", Heading: "h", CodeBlock: "pre", Quote: "quote", List: "ul", ListItem: "li", Rule: "hr",
	}
	var parts []string
	for _, n := range nodes {
		if n.Kind == Text {
			parts = append(parts, `"`+n.Text+`"`)
			continue
		}
		var in []string
		for _, s := range []string{n.Name, n.Href, n.Text} {
			if s != "" {
				in = append(in, s)
			}
		}
		if kids := sketch(n.Children); kids != "" {
			in = append(in, kids)
		}
		parts = append(parts, names[n.Kind]+"("+strings.Join(in, " ")+")")
	}
	return strings.Join(parts, " ")
}

func TestParseHTMLReadsWhatServersSend(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"paragraphs and breaks":      {"<p>One<br>two</p><p>three</p>", `p("One" br() "two") p("three")`},
		"white space collapses":      {"<p>  a \n  b <b> c </b> d  </p>\n <p> </p>", `p("a b " strong("c ") "d")`},
		"marks":                      {"<p><em>a</em><i>b</i><b>c</b><strong>d</strong><del>e</del><s>f</s><u>g</u><sub>h</sub><sup>i</sup></p>", `p(em("a") em("b") strong("c") strong("d") del("e") del("f") u("g") sub("h") sup("i"))`},
		"a shortened address":        {`<p><a href="https://b.example/very/long" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">b.example/very</span><span class="invisible">/long</span></a></p>`, `p(a(https://b.example/very/long inv("https://") ell("b.example/very") inv("/long")))`},
		"a mention":                  {`<p><span class="h-card" translate="no"><a href="https://a.example/@ada" class="u-url mention">@<span>ada</span></a></span> hi</p>`, `p(mention(ada@a.example https://a.example/@ada "@ada") " hi")`},
		"a mention nobody declared":  {`<p><a href="https://c.example/@cy" class="u-url mention">@cy</a> <a href="https://c.example/users/cy" class="mention">@cy</a> <a href="https://c.example/x" class="mention">@cy@D.example</a> <a href="https://c.example/x" class="mention">@cy</a></p>`, `p(mention(cy@c.example https://c.example/@cy "@cy") " " mention(cy@c.example https://c.example/users/cy "@cy") " " mention(cy@d.example https://c.example/x "@cy@D.example") " " mention(https://c.example/x "@cy"))`},
		"hashtags":                   {`<p><a href="https://a.example/tags/tea" class="mention hashtag" rel="tag">#<span>Tea</span></a> <a href="https://b.example/x">#tea</a> <a href="https://b.example/x">#other</a></p>`, `p(tag(Tea https://a.example/tags/tea "#Tea") " " tag(tea https://b.example/x "#tea") " " a(https://b.example/x "#other"))`},
		"custom emoji":               {`<p>:lamp::lamp: x:lamp:y :unknown: :bad: <code>:lamp:</code></p>`, `p(emoji(lamp https://a.example/lamp.gif) emoji(lamp https://a.example/lamp.gif) " x" emoji(lamp https://a.example/lamp.gif) "y :unknown: :bad: " code(:lamp:))`},
		"an emoji picture":           {`<p><img class="emoji" src="https://evil.example/x.png" alt=":lamp:"> <img src="https://evil.example/beacon" alt="words"></p>`, `p(emoji(lamp https://a.example/lamp.gif) " words")`},
		"ruby":                       {`<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>`, `p(ruby(kan "漢") ruby(ji "字"))`},
		"code":                       {"<pre><code class=\"language-go\">a\n  b\n</code></pre><p><code>x  y</code></p>", "pre(go a\n  b) p(code(x y))"},
		"a quotation":                {"<blockquote><p>a</p>b</blockquote>", `quote(p("a") p("b"))`},
		"lists":                      {"<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li> stray</ul>", `ul(li(p("a")) li(p("b") ul(li(p("c")))) li(p("stray")))`},
		"headings and rules":         {"<h1>a</h1><hr><h6>b</h6>", `h("a") hr() h("b")`},
		"text alone":                 {"just text &amp; more", `p("just text & more")`},
		"line ends of plain servers": {"one\ntwo", `p("one" br() "two")`},
		"blocks within lines":        {"<b>a<p>b</p></b>", `p(strong("a" br() "b"))`},
		"a table is its text":        {"<table><tr><td>a</td><td>b</td></tr></table>", `p("a") p("b")`},
		"relative links":             {`<a href="/x">y</a>`, `p(a(https://a.example/x "y"))`},
		"mail":                       {`<a href="mailto:a@b.example">m</a>`, `p(a(mailto:a@b.example "m"))`},
		"unknown elements":           {"<p><font>a</font> <blink>b</blink> <x-y>c</x-y></p>", `p("a b c")`},
		"what nobody reads":          {"<p>a<script>b</script><style>c</style><iframe>d</iframe><svg><text>e</text></svg><template>f</template>g</p>", `p("ag")`},
		"nothing":                    {"<p></p><p> <br> </p><ul><li></li></ul>", ``},
	} {
		t.Run(name, func(t *testing.T) {
			doc := ParseHTML(c.src, options())
			if got := sketch(doc.Blocks); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
			check(t, c.src, doc)
		})
	}
}

func TestParseHTMLFindsTheParagraphThatStandsForAQuote(t *testing.T) {
	for _, src := range []string{
		`<p>a</p><p class="quote-inline">RE: <a href="https://b.example/1">b</a></p>`,
		`<p>a<span class="quote-inline"><br><br>RE: <a href="https://b.example/1">b</a></span></p>`,
	} {
		doc := ParseHTML(src, options())
		if doc.QuoteFallback == nil || *doc.QuoteFallback != 1 || len(doc.Blocks) != 2 {
			t.Errorf("%s: %s, fallback %v", src, sketch(doc.Blocks), doc.QuoteFallback)
		}
		check(t, src, doc)
	}
}

func TestParseHTMLKeepsNothingThatRuns(t *testing.T) {
	for _, src := range []string{
		`<a href="javascript:alert(1)">x</a>`, `<a href="JaVa&#09;script:alert(1)">x</a>`, `<a href=" &#1; javascript:alert(1)">x</a>`, `<a href="data:text/html,x">x</a>`, `<a href="vbscript:x">x</a>`,
		`<a href="//user:pw@evil.example">x</a>`, `<a href="https:\\evil.example">x</a>`, `<img src=x onerror=alert(1)>x`, `<svg onload=alert(1)>x</svg>x`, `<math><mi xlink:href="javascript:alert(1)">x</mi></math>x`,
		`<p onclick=alert(1)>x`, `<iframe src="javascript:alert(1)"></iframe>x`, `<form action="javascript:alert(1)"><button>x</button></form>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">x`,
		`<svg></p><style><a title="</style><img src=x onerror=alert(1)>">x`, `<a href="https://a.example" style="background:url(javascript:x)">x</a>`, `<base href="javascript:alert(1)//"><a href="x">x</a>`, "<a href=\"java\x00script:alert(1)\">x</a>",
		`<<script>script>alert(1)</script>x`, `<!--><script>alert(1)</script>-->x`, `<textarea><img src=x onerror=alert(1)></textarea>x`, `<a href='https://a.example/"onmouseover="alert(1)'>x</a>`,
	} {
		doc := ParseHTML(src, options())
		check(t, src, doc)
		out := strings.ToLower(HTML(doc))
		for _, bad := range []string{"<script", "<svg", "<iframe", "<img", "onerror=", "onclick=", "onload=", "style=", `href="javascript`, `href="data`, `href="vbscript`, `" onmouseover`} {
			if strings.Contains(out, bad) && !strings.Contains(out, "&lt;") {
				t.Errorf("%s\nleaves %s", src, out)
			}
		}
	}
}

func TestParseHTMLIsBounded(t *testing.T) {
	for name, src := range map[string]string{
		"deep":  strings.Repeat("<blockquote>", 400) + "x",
		"many":  strings.Repeat("<b>a</b>", 20000),
		"lists": strings.Repeat("<ul><li>", 300) + "x",
		"long":  strings.Repeat("word ", 300000),
		"marks": strings.Repeat("<b><i>", 250) + "x",
		"abyss": strings.Repeat("<div>", 5000) + "x",
	} {
		t.Run(name, func(t *testing.T) {
			doc := ParseHTML(src, options())
			check(t, name, doc)
			if len(doc.Blocks) == 0 {
				t.Error("nothing is left")
			}
		})
	}
}

// check holds what is true of every Doc: it is bounded, its addresses are safe, it is regular, and it survives HTML and JSON.
func check(t *testing.T, src string, d Doc) {
	t.Helper()
	count := 0
	var walk func([]Node, int, bool)
	walk = func(nodes []Node, depth int, block bool) {
		for _, n := range nodes {
			count++
			if n.Kind >= Paragraph != block {
				t.Errorf("%q: kind %d stands where it must not", src, n.Kind)
			}
			if n.Kind != Text && depth > MaxDepth+2 {
				t.Errorf("%q: depth %d", src, depth)
			}
			for _, u := range []string{n.Href, n.Static} {
				if safe, ok := SafeURL(u, ""); u != "" && (!ok || safe != u) {
					t.Errorf("%q: address %q", src, u)
				}
			}
			walk(n.Children, depth+1, n.Kind == Quote || n.Kind == List || n.Kind == ListItem)
		}
	}
	walk(d.Blocks, 1, true)
	if count > MaxNodes {
		t.Errorf("%q: %d nodes", src, count)
	}
	if again := ParseHTML(HTML(d), options()); len(HTML(d)) <= MaxSource && !reflect.DeepEqual(again, d) {
		t.Errorf("%q\n is   %s\n then %s\n html %s", src, sketch(d.Blocks), sketch(again.Blocks), HTML(d))
	}
	data, err := json.Marshal(d)
	var back Doc
	if err != nil || json.Unmarshal(data, &back) != nil || !reflect.DeepEqual(back, d) {
		t.Errorf("%q doesn't survive JSON: %v", src, err)
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, s := range []string{"<p>a<br>b</p>", `<a href="https://a.example/@ada" class="mention">@ada</a>`, "<ul><li>a<ol><li>b</ol></ul>", "<ruby>a<rt>b</ruby>", "<pre><code>\n x</code></pre>", `<p class="quote-inline">RE: x</p>`, "a :lamp: b\nc", "<b><p>x</b>y", "<h1><h2>x", "<table><tr><p>x", "<blockquote>a<hr>b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) { check(t, src, ParseHTML(src, options())) })
}

func FuzzParsePlain(f *testing.F) {
	for _, s := range []string{"a\nb\n\nc", "see https://a.example/x_(y), or http://b.example.", ":lamp:", "xhttps://a.example"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		d := ParsePlain(src, options())
		for _, b := range d.Blocks {
			if b.Kind != Paragraph || len(b.Children) == 0 {
				t.Errorf("%q: %s", src, sketch(d.Blocks))
			}
		}
	})
}

func FuzzSafeURL(f *testing.F) {
	for _, s := range []string{"https://a.example/x?y#z", "//b.example", "javascript:alert(1)", "mailto:a@b", "java\tscript:x", "https://[::1]:80/", "HTTP://A.EXAMPLE"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		s, ok := SafeURL(raw, "https://base.example/x")
		if !ok {
			return
		}
		if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "mailto:") {
			t.Errorf("%q -> %q", raw, s)
		}
		if again, ok := SafeURL(s, ""); !ok || again != s {
			t.Errorf("%q -> %q -> %q, %v", raw, s, again, ok)
		}
	})
}

func TestSafeURL(t *testing.T) {
	for raw, want := range map[string]string{
		"https://A.example/X": "https://a.example/X", " https://a.example/ ": "https://a.example/", "/x": "https://base.example/x", "x": "https://base.example/d/x", "//b.example/x": "https://b.example/x",
		"mailto:a@b.example": "mailto:a@b.example", "http://a.localhost:8081/x": "http://a.localhost:8081/x", "https://a.example/a b": "https://a.example/a%20b", "https://bücher.example/": "https://b%C3%BCcher.example/",
		"javascript:alert(1)": "", "java\nscript:alert(1)": "", "data:text/html,x": "", "ftp://a.example": "", "https://u:p@a.example": "", "https://": "", "": "", "mailto:": "", "https:\\\\a.example": "", "blob:https://a.example/1": "",
		"https://a.example/" + strings.Repeat("x", MaxURL): "",
	} {
		got, ok := SafeURL(raw, "https://base.example/d/")
		if strings.Contains(raw, "ü") {
			if !ok {
				t.Errorf("%q is refused", raw)
			}
			continue
		}
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", raw, got, ok, want)
		}
	}
}

func TestParsePlain(t *testing.T) {
	for src, want := range map[string]string{
		"a\nb\n\nc": `p("a" br() "b") p("c")`,
		"see https://a.example/x_(y), (http://b.example).": `p("see " a(https://a.example/x_(y) "https://a.example/x_(y)") ", (" a(http://b.example "http://b.example") ").")`,
		"<b>no</b> :lamp:":   `p("<b>no</b> " emoji(lamp https://a.example/lamp.gif))`,
		"xhttps://a.example": `p("xhttps://a.example")`,
		"":                   ``,
	} {
		if got := sketch(ParsePlain(src, options()).Blocks); got != want {
			t.Errorf("%q\n got %s\nwant %s", src, got, want)
		}
	}
}

func TestPlainTextAndTitle(t *testing.T) {
	doc := ParseHTML(`<p>One <a href="https://a.example/long/path"><span class="invisible">https://</span><span class="ellipsis">a.example/long</span><span class="invisible">/path</span></a></p><blockquote><p>a</p><p>b</p></blockquote><ol><li>x</li><li>y</li></ol><pre>c  d</pre>`, options())
	want := "One a.example/long…\n\n> a\n> \n> b\n\n1. x\n2. y\n\nc  d"
	if got := PlainText(doc); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for max, want := range map[int]string{3: "One…", 100: "One a.example/long… > a > > b 1. x 2. y c d", 2: "On…"} {
		if got := Title(doc, max); got != want {
			t.Errorf("Title %d = %q, want %q", max, got, want)
		}
	}
}

func BenchmarkParseHTML(b *testing.B) {
	src := `<p><span class="h-card"><a href="https://a.example/@ada" class="u-url mention">@<span>ada</span></a></span> A post of the usual length, with :lamp: and a link: <a href="https://b.example/x"><span class="invisible">https://</span><span>b.example/x</span></a></p><p>It has two paragraphs and <a href="https://a.example/tags/tea" class="mention hashtag" rel="tag">#<span>tea</span></a>.</p>`
	o := options()
	for b.Loop() {
		for range 40 {
			ParseHTML(src, o)
		}
	}
}
