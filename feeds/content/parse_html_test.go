package content_test

import (
	"testing"

	"vitrine/feeds/content"
)

type parseCase struct{ name, src, want string }

func runHTML(t *testing.T, cases []parseCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc := content.ParseHTML(c.src, options())
			if got := sketch(doc.Blocks); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
			}
			check(t, c.src, doc)
		})
	}
}

func TestParseHTMLReadsWhatServersSend(t *testing.T) {
	t.Parallel()
	runHTML(t, []parseCase{
		{"Mastodon: paragraphs and breaks", "<p>One<br />two</p><p>three</p>", `p("One" br "two") p("three")`},
		{"Mastodon: a shortened address",
			`<p><a href="https://b.example/very/long" rel="nofollow noopener" translate="no" target="_blank"><span class="invisible">https://</span><span class="ellipsis">b.example/very</span><span class="invisible">/long</span></a></p>`,
			`p(a(https://b.example/very/long inv("https://") ell("b.example/very") inv("/long")))`},
		{"Mastodon: a mention",
			`<p><span class="h-card" translate="no"><a href="https://a.example/@ada" class="u-url mention">@<span>ada</span></a></span> hi</p>`,
			`p(mention(ada@a.example https://a.example/@ada "@ada") " hi")`},
		{"Mastodon: a hashtag keeps its display form",
			`<p><a href="https://a.example/tags/tea" class="mention hashtag" rel="tag">#<span>TeaTime</span></a></p>`,
			`p(tag(TeaTime https://a.example/tags/tea "#TeaTime"))`},
		{"Mastodon: marks",
			`<p><em>a</em><i>b</i><b>c</b><strong>d</strong><del>e</del><s>f</s><u>g</u><sub>h</sub><sup>i</sup><code>j</code></p>`,
			`p(em("a") em("b") strong("c") strong("d") del("e") del("f") u("g") sub("h") sup("i") code(j))`},
		{"Mastodon: a formula",
			`<p>so <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math>.</p>`, `p("so " code(math x^2) ".")`},
		{"Mastodon: a formula without TeX", `<p><math><mi>a</mi><mo>=</mo><mi>b</mi></math></p>`, `p(code(math a=b))`},
		{"Mastodon: ruby", `<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>です</p>`, `p(ruby(kan "漢") ruby(ji "字") "です")`},
		{"Mastodon: poems in lists", "<ol><li>one</li><li>two<ul><li>deep</li></ul></li></ol>", `ol(li(p("one")) li(p("two") ul(li(p("deep")))))`},
		{"Pleroma: a mention by user id",
			`<span class="h-card"><a class="u-url mention" data-user="9abc" href="https://c.example/users/cy" rel="ugc">@<span>cy</span></a></span> yes<br/>no`,
			`p(mention(cy@c.example https://c.example/users/cy "@cy") " yes" br "no")`},
		{"Pleroma: a hashtag", `<a class="hashtag" data-tag="tea" href="https://c.example/tag/tea" rel="tag ugc">#tea</a>`, `p(tag(tea https://c.example/tag/tea "#tea"))`},
		{"Pleroma: recipients", `<span class="recipients-inline"><span class="h-card"><a class="u-url mention" href="https://c.example/@cy">@cy</a></span> </span>hi`,
			`p(mention(cy@c.example https://c.example/@cy "@cy") " hi")`},
		{"Akkoma: MFM spans", `<span class="mfm-spin" data-mfm-speed="1s">round</span> and <center>middle</center>`, `p("round and") p("middle")`},
		{"GoToSocial: code", "<p>Run:</p><pre><code class=\"language-go\">a\n\n  b &lt; c\n</code></pre>", "p(\"Run:\") pre(go a\n\n  b < c)"},
		{"GoToSocial: text of an old bio", "one\ntwo", `p("one" br "two")`},
		{"Bridgy Fed: line ends", "<p>Tags:\n<a class=\"hashtag\" href=\"https://b.example/search?q=%23a\">#a</a>\n\n<a class=\"mention\" href=\"https://b.example/profile/cy.b.example\">@cy.b.example</a></p>",
			`p("Tags:" br tag(a https://b.example/search?q=%23a "#a") br br mention(https://b.example/profile/cy.b.example "@cy.b.example"))`},
		{"Misskey: by way of ActivityPub", `<p><span>Hello<br>there </span><a href="https://m.example/@ma" class="u-url mention">@ma@m.example</a><span><br><br></span><a href="https://m.example/tags/tea" rel="tag">#tea</a></p>`,
			`p("Hello" br "there " mention(ma@m.example https://m.example/@ma "@ma@m.example") br br tag(tea https://m.example/tags/tea "#tea"))`},
		{"Friendica: signs before links", `<div>@<a href="https://f.example/profile/fay" class="u-url mention"><span class="fn nickname mention">fay</span></a> and #<a href="https://f.example/search?tag=Oolong" rel="tag">Oolong</a></div>`,
			`p("@" mention(https://f.example/profile/fay "fay") " and #" tag(Oolong https://f.example/search?tag=Oolong "Oolong"))`},
		{"Friendica: a full handle", `<a href="https://f.example/profile/fay" class="mention">@fay@f.example</a>`, `p(mention(fay@f.example https://f.example/profile/fay "@fay@f.example"))`},
		{"Friendica: a share", "<h2>Title</h2>\n<div class=\"shared-wrapper\">\n  <blockquote class=\"shared_content\"><p>Quoted</p>\n<img src=\"https://f.example/photo/1\" alt=\"a bridge\"></blockquote>\n</div>",
			`h2("Title") quote(p("Quoted") p("a bridge"))`},
		{"Lemmy: rendered Markdown", "<p>First line\nsame line</p>\n<ul>\n<li>a</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n<blockquote>\n<p>q</p>\n</blockquote>\n<hr />\n",
			`p("First line same line") ul(li(p("a")) li(p("b"))) quote(p("q")) hr`},
		{"Mbin: a tag without class", `<p>test</p>` + "\n" + `<p><a href="https://k.example/tag/tea">#tea</a></p>` + "\n", `p("test") p(tag(tea https://k.example/tag/tea "#tea"))`},
		{"PeerTube: a description", "<p>See <a href=\"https://v.example/w/1\" target=\"_blank\" rel=\"noopener noreferrer\">https://v.example/w/1</a></p>", `p("See " a(https://v.example/w/1 "https://v.example/w/1"))`},
		{"WordPress: blocks", "<!-- wp:paragraph -->\n<p class=\"has-drop-cap\">Once\nupon</p>\n<!-- /wp:paragraph -->\n<figure class=\"wp-block-image\"><img src=\"https://w.example/1.jpg\" alt=\"A hill\"/><figcaption>Near home</figcaption></figure>",
			`p("Once upon") p("A hill") p("Near home")`},
		{"WordPress: a category is no hashtag", `<p><a href="https://w.example/c/long-reads" rel="category tag">Long reads</a></p>`, `p(a(https://w.example/c/long-reads "Long reads"))`},
		{"Ghost: a table", "<table>\n <thead><tr><th>Name</th><th>Cups</th></tr></thead>\n <tbody><tr><td>Ada</td><td>3</td></tr><tr><td></td><td>4</td></tr></tbody></table><p>after</p>",
			`table(tr(th(p("Name")) th(p("Cups"))) tr(td(p("Ada")) td(p("3"))) tr(td td(p("4")))) p("after")`},
		{"newsletters: a table for layout", "<table><tr><td><p>one</p></td><td><p>two</p></td></tr></table>", `p("one") p("two")`},
		{"PHP: nl2br", "one<br />\ntwo<br />\nthree", `p("one" br "two" br "three")`},
	})
}

func TestParseHTMLCollapsesWhiteSpace(t *testing.T) {
	t.Parallel()
	runHTML(t, []parseCase{
		{"between words and marks", "<div><p>  a \n  b <b> c </b> d  </p>\n <p> </p></div>", `p("a b " strong("c ") "d")`},
		{"no-break spaces stay", "<p>a&nbsp; b</p>", `p("a` + "\u00a0" + ` b")`},
		{"around breaks", "<p> a <br> <b> b </b><br></p>", `p("a" br strong("b"))`},
		{"leading and trailing breaks", "<br><p><br>a<br><br></p><br>", `p("a")`},
		{"empty paragraphs", "<p></p><p>&nbsp;</p><p><br></p><p><b> </b></p><p>a</p><p>\u3000</p>", `p("a")`},
		{"an indented source", "<p>\n    one\n    <b>two</b>\n    three\n</p>", `p("one " strong("two") " three")`},
		{"nothing", "", ``},
		{"only empties", "<p></p><ul><li></li></ul><blockquote> </blockquote><pre>\n\n</pre><h1></h1>", ``},
		{"code blocks keep theirs", "<pre>\n\n  a\tb\n\n  c  \n\n</pre>", "pre(  a\tb\n\n  c)"},
		{"inline code keeps it", "<p><code> x  y </code>z</p>", `p(code( x  y ) "z")`},
	})
}

func TestParseHTMLMendsNesting(t *testing.T) {
	t.Parallel()
	runHTML(t, []parseCase{
		{"text at the top", "just text &amp; more<p>p</p>tail", `p("just text & more") p("p") p("tail")`},
		{"a paragraph in a mark", "<b>a<p>b</p>c</b>d", `p(strong("a")) p(strong("b")) p(strong("c") "d")`},
		{"a link around paragraphs", `<a href="https://x.example/"><p>b</p><p>c</p></a>`, `p(a(https://x.example/ "b")) p(a(https://x.example/ "c"))`},
		{"a quote in a paragraph", "<p>one<blockquote>two</blockquote>three</p>", `p("one") quote(p("two")) p("three")`},
		{"crossed marks", "<p><b>a<i>b</b>c</i>d</p>", `p(strong("a" em("b")) em("c") "d")`},
		{"a mark that never ends", "<p><b>a</p><p>b</p>", `p(strong("a")) p("b")`},
		{"a link in a link", `<a href="https://x.example/1">a<a href="https://x.example/2">b</a>c</a>`, `p(a(https://x.example/1 "a") a(https://x.example/2 "b") "c")`},
		{"a mark in its like", "<b>a<strong>b</strong></b><sub>c<sub>d</sub></sub>", `p(strong("ab") sub("c" sub("d")))`},
		{"a link in code", `<code>a :lamp: <a href="https://x.example/">b</a></code>`, `p(code(a :lamp: ) a(https://x.example/ code(b)))`},
		{"a block in a heading", "<h2>a<div>b</div><ul><li>c</li></ul></h2>", `h2("a") h2("b") ul(li(p("c")))`},
		{"headings that don't end", "<h1>a<h2>b<p>c", `h1("a") h2("b") h2("c")`},
		{"items that don't end", "<ul><li>a<li>b</ul>", `ul(li(p("a")) li(p("b")))`},
		{"a list in a list", "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", `ul(li(p("a") ul(li(p("b")))) li(p("c")))`},
		{"text in a list", "<ul> a <li>b</li> c </ul>", `ul(li(p("a")) li(p("b") p("c")))`},
		{"an item without a list", "<li>a</li><li>b</li>", `p("a") p("b")`},
		{"end tags alone", "a</b></p>b</div></ul></blockquote>", `p("a") p("b")`},
		{"blocks in code", "<pre><div>a</div><div>b</div>c<br>d</pre>e", "pre(a\nb\nc\nd) p(\"e\")"},
		{"a code block that doesn't end", "<blockquote><pre>a</blockquote>b", "quote(pre(a)) p(\"b\")"},
		{"ruby without annotation", "<ruby>a</ruby><ruby><rt>b</rt></ruby>c", `p("ac")`},
		{"ruby with marks", "<ruby><b>a</b><rt>x <i>y</i><br>z</ruby>b", `p(ruby(x y z strong("a")) "b")`},
		{"unknown elements", "<p><font>a</font> <blink>b</blink> <x-y>c</x-y></p>", `p("a b c")`},
		{"descriptions", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", `dl(dt("a") dd(p("b")) dt("c") dd(p("d")))`},
	})
}

func TestParseHTMLReadsLinks(t *testing.T) {
	t.Parallel()
	runHTML(t, []parseCase{
		{"relative", `<a href="/x">y</a>`, `p(a(https://a.example/x "y"))`},
		{"mail", `<a href="mailto:a@b.example">m</a>`, `p(a(mailto:a@b.example "m"))`},
		{"without text", `a<a href="https://x.example/"> </a>b<a href="https://x.example/"></a>`, `p("a b")`},
		{"with hidden text only", `<a href="https://x.example/"><span class="invisible">https://x.example</span></a>`, `p(a(https://x.example/ "https://x.example"))`},
		{"hidden text elsewhere is shown", `<p>a <span class="invisible">b</span> <span class="ellipsis">c</span></p>`, `p("a b c")`},
		{"without safe address", `<a href="ftp://x.example/"><b>a</b></a> <a name="b">b</a>`, `p(strong("a") " b")`},
		{"a listed mention without class", `<a href="HTTPS://A.example/@ada">Ada</a>`, `p(mention(ada@a.example https://a.example/@ada "Ada"))`},
		{"a mention's host is not its page's", `<a href="https://web.d.example/@dora" class="mention">@dora</a>`, `p(mention(dora@d.example https://web.d.example/@dora "@dora"))`},
		{"a mention that names its host", `<a href="https://c.example/@cy" class="mention">@cy@Chat.example</a>`, `p(mention(cy@chat.example https://c.example/@cy "@cy@Chat.example"))`},
		{"a mention of a copy", `<a href="https://c.example/@cy@d.example" class="mention">@cy</a>`, `p(mention(cy@d.example https://c.example/@cy@d.example "@cy"))`},
		{"a mention of somebody else", `<a href="https://evil.example/@eve" class="mention">@ada@a.example</a>`, `p(mention(https://evil.example/@eve "@ada@a.example"))`},
		{"a mention on a port", `<a href="http://localhost:8081/users/cy" class="mention">@cy</a>`, `p(mention(cy@localhost:8081 http://localhost:8081/users/cy "@cy"))`},
		{"a listed tag", `<a href="https://b.example/x">#Tea</a> <a href="https://b.example/x">#other</a> <a href="https://b.example/x">tea</a>`,
			`p(tag(Tea https://b.example/x "#Tea") " " a(https://b.example/x "#other") " " a(https://b.example/x "tea"))`},
		{"a tag with a wide sign", `<a href="https://b.example/x" rel="tag">＃お茶</a>`, `p(tag(お茶 https://b.example/x "＃お茶"))`},
		{"a tag that is none", `<a href="https://b.example/x" class="hashtag">#</a>`, `p(a(https://b.example/x "#"))`},
	})
}

func TestParseHTMLReadsCustomEmoji(t *testing.T) {
	t.Parallel()
	const lamp = `emoji(lamp https://a.example/lamp.gif)`
	runHTML(t, []parseCase{
		{"touching each other and words", ":lamp::lamp: x:lamp:y", `p(` + lamp + ` ` + lamp + ` " x" ` + lamp + ` "y")`},
		{"sharing a colon", ":lamp:lamp:", `p(` + lamp + ` "lamp:")`},
		{"other signs in the name", "a :cat-2@b:", `p("a " emoji(cat-2@b https://a.example/cat.png))`},
		{"unknown, unsafe and half ones", ":unknown: :bad: :mail: :lamp 12:30", `p(":unknown: :bad: :mail: :lamp 12:30")`},
		{"over the bounds of tokens", ":la<!-- -->mp:", `p(` + lamp + `)`},
		{"not in code", "<code>:lamp:</code><pre>:lamp:</pre>", `p(code(:lamp:)) pre(:lamp:)`},
		{"not in a link's address", `<a href="https://x.example/:lamp:/">https://x.example/:lamp:/</a>`, `p(a(https://x.example/:lamp:/ "https://x.example/:lamp:/"))`},
		{"in a link's words", `<a href="https://x.example/">the :lamp:</a>`, `p(a(https://x.example/ "the " ` + lamp + `))`},
		{"as a picture", `<img class="emoji" src="https://evil.example/beacon.png" alt=":lamp:">`, `p(` + lamp + `)`},
		{"as a picture with a title", `<img class="custom-emoji" src="https://evil.example/beacon.png" title="lamp">`, `p(` + lamp + `)`},
		{"as an unknown picture", `<img class="emoji" src="https://evil.example/beacon.png" alt=":x:">`, `p(":x:")`},
		{"as a picture in code", `<code>a<img class="emoji" alt=":lamp:" src="x"></code>`, `p(code(a:lamp:))`},
		{"a picture of Unicode's", `good<img class="emoji" alt="🍵" src="https://evil.example/1f375.svg">`, `p("good🍵")`},
		{"a picture that is no emoji", `a<img alt="lamp" src="https://evil.example/1.png">b`, `p("a lamp b")`},
	})
}

func TestParseHTMLFindsTheParagraphThatStandsForAQuote(t *testing.T) {
	t.Parallel()
	const re = `RE: <a href="https://b.example/1">b.example/1</a>`
	for _, c := range []struct {
		name, src string
		blocks    int
		at        int // -1 for none
	}{
		{"Mastodon", `<p class="quote-inline">` + re + `</p><p>a</p>`, 2, 0},
		{"Pleroma", `<p>a<span class="quote-inline"><br/><br/>` + re + `</span></p>`, 2, 1},
		{"Misskey", `<p><span>a</span><span class="quote-inline"><br><br>` + re + `</span></p>`, 2, 1},
		{"Truth Social", `<p>a</p><p><span class="quote-inline"><br/>` + re + `</span></p>`, 2, 1},
		{"text after it", `a<span class="quote-inline">` + re + `</span> b`, 3, 1},
		{"the first of two", `<p>a</p><p class="quote-inline">1</p><p class="quote-inline">2</p>`, 3, 1},
		{"not in a quotation", `<blockquote><p class="quote-inline">` + re + `</p></blockquote>`, 1, -1},
		{"not an empty one", `<p>a</p><p class="quote-inline"></p>`, 1, -1},
		{"not a heading", `<h1><span class="quote-inline">` + re + `</span></h1>`, 1, -1},
		{"not by its words", `<p>` + re + `</p>`, 1, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := content.ParseHTML(c.src, options())
			at := -1
			if doc.QuoteFallback != nil {
				at = *doc.QuoteFallback
			}
			if len(doc.Blocks) != c.blocks || at != c.at {
				t.Errorf("%s: %s, at %d; want %d blocks, at %d", c.src, sketch(doc.Blocks), at, c.blocks, c.at)
			}
			check(t, c.src, doc)
		})
	}
}

func TestAPlaceInTheTextIsOneOfItsPage(t *testing.T) {
	for _, c := range []struct{ base, href, want string }{
		{"https://blog.example/a-page", "#fn:1", "https://blog.example/a-page#fn:1"},
		{"https://blog.example/a-page#top", " #fn:1", "https://blog.example/a-page#fn:1"},
		{"https://blog.example/", "#fn:1", ""}, // a server's base, not the page of the text
		{"", "#fn:1", ""},
		{"https://blog.example/a-page", "#", ""},
	} {
		doc := content.ParseHTML(`<p><a href="`+c.href+`">1</a></p>`, content.Options{BaseURL: c.base})
		got := ""
		if n := doc.Blocks[0].Children[0]; n.Kind == content.Link {
			got = n.Href
		}
		if got != c.want {
			t.Errorf("%q on %q: %q, want %q", c.href, c.base, got, c.want)
		}
	}
}
