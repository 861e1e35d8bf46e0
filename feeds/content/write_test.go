package content_test

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func TestHTMLIsCanonical(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`<p>a &amp; <i>b</i><br>c</p>`: `<p>a &amp; <em>b</em><br/>c</p>`,
		`<a href="https://b.example/?a&b"><span class="invisible">https://</span>b</a>`: `<p><a href="https://b.example/?a&amp;b" rel="nofollow noopener noreferrer"><span class="invisible">https://</span>b</a></p>`,
		`<a href="https://a.example/@ada">@ada</a>`:                                     `<p><a href="https://a.example/@ada" class="u-url mention" rel="nofollow noopener noreferrer">@ada</a></p>`,
		`<a href="https://a.example/tags/tea">#tea</a>`:                                 `<p><a href="https://a.example/tags/tea" class="mention hashtag" rel="tag nofollow noopener noreferrer">#tea</a></p>`,
		`:lamp:`: `<p><img class="emoji" src="https://a.example/lamp.gif" alt=":lamp:" title=":lamp:" width="20" height="20"/></p>`,
		"<pre class=\"language-go\">\n\n a\n</pre>":            `<pre><code class="language-go"> a</code></pre>`,
		`<ol start=4 reversed type=i><li>a<li value=7>b</ol>`:  `<ol start="4" reversed="" type="i"><li>a</li><li value="7">b</li></ol>`,
		`a<b> b<i> c</i></b>`:                                  `<p>a<strong> b<em> c</em></strong></p>`,
		`<dl><dt>a<dd>b<dd><p>c<p>d</dl><dt>e`:                 `<dl><dt>a</dt><dd>b</dd><dd><p>c</p><p>d</p></dd></dl><p>e</p>`,
		"<code> a  b\n  c </code>":                             `<p><code> a  b c </code></p>`,
		`<ol start=1 type=1><li>a</ol>`:                        `<ol><li>a</li></ol>`,
		`<ul><li><p>a</p><li>b<ol><li>c</ol><li><p>d<p>e</ul>`: `<ul><li>a</li><li>b<ol><li>c</li></ol></li><li><p>d</p><p>e</p></li></ul>`,
		`<ruby>a<rt>b</ruby>`:                                  `<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>`,
		`a<span class="quote-inline">RE: b</span>`:             `<p>a</p><p class="quote-inline">RE: b</p>`,
		`<blockquote>a</blockquote><hr><h6>b</h6>`:             `<blockquote><p>a</p></blockquote><hr/><h6>b</h6>`,
		"<a href='https://x.example/a\"b'>a</a>":               `<p><a href="https://x.example/a%22b" rel="nofollow noopener noreferrer">a</a></p>`,
	} {
		if got := content.HTML(content.ParseHTML(src, options())); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`<p>Hello <a href="https://a.example">there</a></p>`: "Hello there",
		`<p>a<br>b</p><p>c</p>`:                              "a\nb\n\nc",
		`<a href="https://a.example/long/path"><span class="invisible">https://</span><span class="ellipsis">a.example/long</span><span class="invisible">/path</span></a>`: "a.example/long…",
		`<blockquote><p>a</p><p>b<br>c</p></blockquote>`:                                                                              "> a\n>\n> b\n> c",
		`<blockquote>a<blockquote>b</blockquote></blockquote>`:                                                                        "> a\n>\n> > b",
		`10<sup>6</sup> H<sub>2</sub>O 1<sup>st</sup> x<sup>n</sup> 10<sup>−3</sup> 2<sup>a+1</sup> 10<sup>6,5</sup> a<sub>1 2</sub>`: "10⁶ H₂O 1st xⁿ 10⁻³ 2^(a+1) 10^6,5 a_(1 2)",
		`He said <q>she said <q>no</q></q>.`:                                                                                          "He said “she said ‘no’”.",
		`<ul><li><input type=checkbox checked> a<li><input type="checkbox" disabled> b<li><input value=c></ul>`:                       "• ☑ a\n• ☐ b",
		`<dl><dt>a<dt>b<dd>c<dd><p>d<p>e<dt>f<div><dd>g</div></dl>`:                                                                   "a\nb\n  c\n  d\n  e\nf\n  g",
		"<p>a <code>b  c</code></p><pre>\td\n\te</pre>":                                                                               "a b  c\n\n\td\n\te",
		`<ul><li>a<li>b<ol><li>c<li>d<br>e</ol></ul>`:                                                                                 "• a\n• b\n  1. c\n  2. d\n     e",
		`<ol start="4"><li>a<li value=" +7x">b<li>c</ol>`:                                                                             "4. a\n7. b\n8. c",
		`<ol reversed><li>a<li>b</ol>`:                                                                                                "2. a\n1. b",
		`<ol start=0><li>a<li value=-1>b</ol>`:                                                                                        "0. a\n-1. b",
		`<ol reversed start=9><li>a<li>b</ol>`:                                                                                        "9. a\n8. b",
		`<ol><li>a<li><li>b<li></ol>`:                                                                                                 "1. a\n2.\n3. b",
		`<ol reversed><li>a<li>b<li></ol>`:                                                                                            "3. a\n2. b",
		`<ol type=a start=26><li>x<li>y</ol>`:                                                                                         "z. x\naa. y",
		`<ol type=I start=4><li>x<li value=4000>y</ol>`:                                                                               "IV. x\n4000. y",
		`<ul><li value=7>a</ul>`:                                                                                                      "• a",
		"<pre>a\n  b</pre><hr><h2>c</h2>":                                                                                             "a\n  b\n\n———\n\nc",
		`:lamp: <code>x</code> <ruby>漢<rt>kan</rt></ruby>`:                                                                            ":lamp: x 漢 (kan)",
		``: "",
	} {
		if got := content.PlainText(content.ParseHTML(src, options())); got != want {
			t.Errorf("%s\n got %q\nwant %q", src, got, want)
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		src  string
		max  int
		want string
	}{
		{"<p>One two</p><p>three</p>", 80, "One two three"},
		{"<p>One two</p><p>three</p>", 13, "One two three"},
		{"<p>One two</p><p>three</p>", 12, "One two…"},
		{"<p>One two</p><p>three</p>", 7, "One two…"},
		{"<p>One two</p><p>three</p>", 6, "One tw…"},
		{"<p>Incomprehensibilities</p>", 6, "Incomp…"},
		{"日本語の文章には空白がありません", 6, "日本語の文章…"},
		{"日本語 の文章には空白がありません", 8, "日本語 の文章に…"},
		{"ab👩\u200d💻cd", 4, "ab…"},
		{"abe\u0301cd", 3, "ab…"},
		{"👍🏽👍🏽", 3, "👍🏽…"},
		{`<p class="quote-inline">RE: https://b.example/1</p><p>Look</p>`, 80, "Look"},
		{`<p class="quote-inline">RE: https://b.example/1</p>`, 80, "RE: https://b.example/1"},
		{"<p>Two</p><details><summary>The end</summary><p>They live</p></details><ul><li>x <span class=spoiler>y</span></li></ul>", 80, "Two The end • x"},
		{"<span class=spoiler>y</span>", 80, ""},
		{"<p>One</p>", 0, "…"},
		{"", 0, ""},
		{"", 80, ""},
	} {
		if got := content.Title(content.ParseHTML(c.src, content.Options{}), c.max); got != c.want {
			t.Errorf("Title(%q, %d) = %q, want %q", c.src, c.max, got, c.want)
		}
	}
	long := content.ParseHTML(strings.Repeat("<p>word</p>", 5000), content.Options{})
	if got := content.Title(long, 9); got != "word word…" {
		t.Errorf("%q", got)
	}
}

func TestSpacesThatMeanSomethingStay(t *testing.T) {
	t.Parallel()
	o := content.Options{Spaces: true}
	for _, c := range []struct {
		doc        content.Doc
		text, html string
	}{
		{content.ParseHTML("<p>|‾‾|<br />|  |<br />   |_|</p>", o), "|‾‾|\n|  |\n   |_|", "<p>|‾‾|<br/>|\u00a0 |<br/>\u00a0\u00a0\u00a0|_|</p>"},
		{content.ParseHTML("<p>  a   b \tc  <br>d</p> <p>e</p>", o), "  a   b \tc\nd\n\ne", "<p>\u00a0\u00a0a\u00a0\u00a0 b\u00a0 \u00a0\u00a0 c<br/>d</p><p>e</p>"},
		{content.ParseHTML("<p>left&nbsp;&nbsp;mid   right\n one</p>", o), "left\u00a0\u00a0mid   right\n one", "<p>left\u00a0\u00a0mid\u00a0\u00a0 right<br/>\u00a0one</p>"},
		{content.ParseHTML("<div>\n  <p>a   b\n    c</p>\n</div>", o), "a b c", "<p>a b c</p>"},
		{content.ParseHTML("<p>a   b</p>", content.Options{}), "a b", "<p>a b</p>"},
		{content.ParseHTML("<p>x  <code>a   b\tc</code>  y</p>", content.Options{}), "x a   b\tc y", "<p>x <code>a   b\tc</code> y</p>"},
		{content.ParseMarkdown("x `a   b` y", content.Options{}), "x a   b y", "<p>x <code>a   b</code> y</p>"},
		{content.ParsePlain("a\n  b   c", o), "a\n  b   c", "<p>a<br/>\u00a0\u00a0b\u00a0\u00a0 c</p>"},
		{content.ParsePlain("a\n  b   c", content.Options{}), "a\nb c", "<p>a<br/>b c</p>"},
		{content.ParseMFM("a\n  **b**   c", content.Options{}), "a\n  b   c", "<p>a<br/>\u00a0\u00a0<strong>b</strong>\u00a0\u00a0 c</p>"},
	} {
		if got := content.PlainText(c.doc); got != c.text {
			t.Errorf("got %q\nwant %q", got, c.text)
		}
		if got := content.HTML(c.doc); got != c.html {
			t.Errorf("got %q\nwant %q", got, c.html)
		}
		if got := content.Title(c.doc, 80); strings.Contains(got, "  ") {
			t.Errorf("a title with a run of spaces: %q", got)
		}
	}
}
