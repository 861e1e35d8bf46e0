package content_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vitrine/feeds/content"
)

// hostile texts are shaped after what has got through sanitisers. The want is all that may be left of their text.
func hostile() []parseCase {
	return []parseCase{
		{"a script's address", `<a href="javascript:alert(1)">x</a>`, `p("x")`},
		{"in capitals", `<a href="JaVaScRiPt:alert(1)">x</a>`, `p("x")`},
		{"with a tab", "<a href=\"java\tscript:alert(1)\">x</a>", `p("x")`},
		{"with an escaped line end", `<a href="java&#10;script&colon;alert(1)">x</a>`, `p("x")`},
		{"behind controls", `<a href=" &#1; &#x0b;javascript:alert(1)">x</a>`, `p("x")`},
		{"with a null", "<a href=\"java\x00script:alert(1)\">x</a>", `p("x")`},
		{"data", `<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>`, `p("x")`},
		{"vbscript", `<a href="vbscript:msgbox(1)">x</a>`, `p("x")`},
		{"blob, file, intent", `<a href="blob:https://a.example/1">x</a><a href="file:///etc/passwd">y</a><a href="intent://a#Intent;end">z</a>`, `p("xyz")`},
		{"view-source", `<a href="view-source:javascript:alert(1)">x</a>`, `p("x")`},
		{"a user name that looks like a host", `<a href="https://bank.example@evil.example/">x</a>`, `p("x")`},
		{"a backslash before a user name", `<a href="https://evil.example\@bank.example/">x</a>`, `p(a(https://evil.example/@bank.example/ "x"))`},
		{"bidi controls in a path", "<a href=\"https://evil.example/\u202Egpj.exe\">x</a>", `p(a(https://evil.example/%E2%80%AEgpj.exe "x"))`},
		{"bidi controls in a host", "<a href=\"https://evil\u202E.example/\">x</a>", `p("x")`},
		{"a base", `<base href="javascript:alert(1)//"><a href="x">x</a>`, `p(a(https://a.example/x "x"))`},
		{"handlers", `<p onclick=alert(1) style="position:fixed">x<img src=x onerror=alert(1)></p><body onload=alert(1)>y`, `p("x") p("y")`},
		{"svg", `<svg onload=alert(1)><text>t</text><script>alert(1)</script></svg>x`, `p("x")`},
		{"svg in math", `<math><mtext><svg><style><img src=x onerror=alert(1)></style></svg></mtext></math>x`, `p("x")`},
		{"closed svg", `<svg onload="alert(1)"/>x`, `p("x")`},
		{"script", `a<script>alert(1)</script>b<SCRIPT SRC=//evil.example></SCRIPT >c`, `p("abc")`},
		{"a script in a script", `<scr<script>ipt>alert(1)</scr</script>ipt>x`, `p("ipt>alert(1)ipt>x")`},
		{"a doubled bracket", `<<script>alert(1)</script>x`, `p("<x")`},
		{"an unclosed script", `x<script>alert(1)`, `p("x")`},
		{"an unclosed tag", `x<img src=x onerror=alert(1)//`, `p("x")`},
		{"an unclosed attribute", `x<a href="https://a.example`, `p("x")`},
		{"style and template", `<style>@import url(//evil.example)</style><template><script>alert(1)</script>t</template>x`, `p("x")`},
		{"a title in noscript", `<noscript><p title="</noscript><img src=x onerror=alert(1)>">x`, `p("">x")`},
		{"a title in style", `<svg></p><style><a title="</style><img src=x onerror=alert(1)>"></a></svg>x`, `p("x")`},
		{"mutation by form and table", `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)></style></mtext></math></form>x`, `p("x")`},
		{"mutation by comment", `<!--><script>alert(1)</script>-->x<!--!> --><img src=x onerror=alert(1)>-->y`, `p("-->x-->y")`},
		{"a comment that doesn't end", `x<!-- <script>alert(1)</script>`, `p("x")`},
		{"cdata", `<![CDATA[><img src=x onerror=alert(1)>]]>x`, `p("]]>x")`},
		{"a processing instruction", `<?xml version="1.0"?><?php system("id") ?>x`, `p("x")`},
		{"textarea", `<textarea><img src=x onerror=alert(1)></textarea>x`, `p("<img src=x onerror=alert(1)>") p("x")`},
		{"xmp and plaintext", `<xmp><script>alert(1)</script></xmp><plaintext><script>alert(2)`, `p("<script>alert(1)</script><script>alert(2)")`},
		{"frames and objects", `<iframe srcdoc="<script>alert(1)</script>">f</iframe><object data="javascript:alert(1)">o</object><embed src="//evil.example/x.swf">x`, `p("o") p(a(https://evil.example/x.swf "evil.example")) p("x")`},
		{"forms", `<form action="javascript:alert(1)"><input type=password value=v><button formaction="javascript:alert(1)">x</button><form>y</form></form>`, `p("x") p("y")`},
		{"a quote in an address", `<a href='https://a.example/"onmouseover="alert(1)'>x</a>`, `p(a(https://a.example/%22onmouseover=%22alert(1) "x"))`},
		{"a quote in a language", `<pre><code class='language-"onclick=alert(1)'>x</code></pre>`, `pre(x)`},
		{"markup in alternative text", `<img alt="<script>alert(1)</script>">`, `p("<script>alert(1)</script>")`},
		{"escaped markup", `&lt;script&gt;alert(1)&lt;/script&gt;`, `p("<script>alert(1)</script>")`},
		{"controls in text", "a\x00b\x01c&#8;d\x7fe", `p("abcde")`},
		{"bidi controls in text stay", "a\u202Eb", "p(\"a\u202Eb\")"},
		{"what is no UTF-8", "a\xff\xfeb", "p(\"a\uFFFDb\")"},
	}
}

func TestParseHTMLLeavesNothingThatRuns(t *testing.T) {
	t.Parallel()
	runHTML(t, hostile())
	for _, c := range hostile() {
		t.Run("written again: "+c.name, func(t *testing.T) { checkHTML(t, content.HTML(content.ParseHTML(c.src, options()))) })
	}
}

// checkHTML parses what we wrote as a browser does, and looks for anything that isn't ours.
func checkHTML(t *testing.T, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	elements := map[string]bool{}
	for _, name := range strings.Fields("html head body p br em strong del u code a ruby rp rt sub sup span img h1 h2 h3 h4 h5 h6 pre blockquote ul ol li hr") {
		elements[name] = true
	}
	attributes := map[string]bool{"href": true, "src": true, "class": true, "rel": true, "alt": true, "title": true, "width": true, "height": true}
	for n := range root.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && (!elements[n.Data] || n.Namespace != "") {
			t.Errorf("%s has a %q", page, n.Data)
		}
		for _, a := range n.Attr {
			if !attributes[a.Key] {
				t.Errorf("%s has an attribute %s", page, a.Key)
			}
			if _, ok := content.SafeURL(a.Val, ""); !ok && (a.Key == "href" || a.Key == "src") {
				t.Errorf("%s has the address %q", page, a.Val)
			}
		}
	}
}

func TestHTMLChecksAddressesOfAStoredDoc(t *testing.T) {
	t.Parallel()
	text := []content.Node{{Text: "x"}}
	doc := content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{
		{Kind: content.Link, Href: "javascript:alert(1)", Children: text},
		{Kind: content.Emoji, Name: "e", Href: "data:image/png,x"},
		{Kind: content.Kind(200), Children: text},
	}}}}
	if got, want := content.HTML(doc), `<p>x:e:<span>x</span></p>`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestParseHTMLIsBounded(t *testing.T) {
	t.Parallel()
	marks := strings.Repeat("<b><i><u><s><sub><sup><code><a href=https://a.example/>", 20)
	for name, c := range map[string]struct {
		src string
		cut bool
	}{
		"deep quotes":           {strings.Repeat("<blockquote>", 5000) + "x", false},
		"deep lists":            {strings.Repeat("<ul><li>", 5000) + "x", false},
		"deep lists, no items":  {strings.Repeat("<ul>", 5000) + "x", false},
		"lists and quotes":      {strings.Repeat("<ul><blockquote>", 5000) + "x", false},
		"deep divisions":        {strings.Repeat("<div>", 50000) + "x", false},
		"deep marks":            {strings.Repeat("<b><i><sub>", 20000) + "x", false},
		"many marks":            {strings.Repeat("<b>a</b>", 60000), true},
		"many paragraphs":       {strings.Repeat("<p>a", 100000), true},
		"marks over paragraphs": {marks + strings.Repeat("<p>x", 100000), true},
		"links over links":      {strings.Repeat("<a href=https://a.example/><b>x", 15000), false},
		"many breaks":           {"x" + strings.Repeat(" <br>", 80000), true},
		"many rules":            {strings.Repeat("<hr>", 80000), true},
		"many code blocks":      {strings.Repeat("<pre>x</pre>", 40000), true},
		"many items":            {"<ul>" + strings.Repeat("<li>x", 100000), true},
		"many emoji":            {strings.Repeat(":lamp:", 80000), true},
		"many colons":           {strings.Repeat(":a", 250000), false},
		"torn text":             {strings.Repeat("a<!---->", 60000), true},
		"end tags":              {strings.Repeat("<b>", 70000) + strings.Repeat("</i>", 70000) + "x", false},
		"much text":             {strings.Repeat("word ", 300000), true},
		"a long word":           {strings.Repeat("ä", 300000), true},
		"tables in tables":      {strings.Repeat("<table><tr><td>x", 30000), true},
		"attributes":            {"<p " + strings.Repeat("a ", 200000) + ">x", false},
		"classes":               {`<p class="` + strings.Repeat("a ", 200000) + `quote-inline">x`, false},
		"one enormous mark":     {"x<b>" + strings.Repeat("a<br>", 60000) + "</b>", true},
		"ruby":                  {"<ruby>" + strings.Repeat("a<rt>b</rt>", 40000), true},
		"a long code block":     {"<pre>" + strings.Repeat("a\n", 200000), false},
	} {
		t.Run(name, func(t *testing.T) {
			doc := content.ParseHTML(c.src, options())
			check(t, name, doc)
			if len(doc.Blocks) == 0 {
				t.Error("nothing is left")
			}
			if cut := strings.HasSuffix(content.PlainText(doc), "…"); cut != c.cut {
				t.Errorf("ends with …: %v", cut)
			}
		})
	}
}
