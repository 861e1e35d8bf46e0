package content_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds/content"
)

func TestParseMarkdownReadsWhatForumsAndVideoServersSend(t *testing.T) {
	t.Parallel()
	o := options()
	o.BaseURL, o.Scripts = "https://a.example/", true
	for _, c := range []parseCase{
		{"paragraphs and line ends", "one\ntwo\n\nthree  \nfour", `p("one two") p("three" br "four")`},
		{"marks", "*a* **b** ***c*** `d` ~~e~~ x^2^ H~2~O", `p(em("a") " " strong("b") " " em(strong("c")) " " code(d) " " del("e") " x" sup("2") " H" sub("2") "O")`},
		{"headings and rules", "# A\n\nB\n---\n\n---", `h1("A") h2("B") hr`},
		{"lists", "- a\n- b\n  1. c\n\n2) d", `ul(li(p("a")) li(p("b") ol(li(p("c"))))) ol(2 li(p("d")))`},
		{"lists that begin elsewhere", "4. four\n5. five\n\n0) none", `ol(4 li(p("four")) li(p("five"))) ol(0 li(p("none")))`},
		{"code", "```go\na\n\n  b < c\n```\n\n    d", "pre(go a\n\n  b < c) pre(d)"},
		{"quotes", "> a\n> > b\n\nc", `quote(p("a") quote(p("b"))) p("c")`},
		{"links", "[a](https://b.example/x \"t\") <https://c.example> <m@b.example> [r][1]\n\n[1]: /here", `p(a(https://b.example/x "a") " " a(https://c.example "https://c.example") " " a(mailto:m@b.example "m@b.example") " " a(https://a.example/here "r"))`},
		{"no other schemes", "[a](javascript:alert(1)) [b](data:text/html,x)", `p("a b")`},
		{"bare addresses", "See https://b.example/x_y_z. And **https://c.example**", `p("See " a(https://b.example/x_y_z "https://b.example/x_y_z") ". And " strong(a(https://c.example "https://c.example")))`},
		{"mentions", "@ada@b.example, !tea@forum.example. a@b.example", `p(mention(ada@b.example https://b.example/@ada "@ada@b.example") ", " mention(!tea@forum.example https://forum.example/c/tea "!tea@forum.example") ". a@b.example")`},
		{"a spoiler", "::: spoiler The end\nThey **live**.\n\n- a\n:::\nafter", `fold(The end p("They " strong("live") ".") ul(li(p("a")))) p("after")`},
		{"a spoiler that never ends", "::: spoiler\na", `fold(p("a"))`},
		{"details", "<details><summary>More <b>here</b></summary>\n\n*a*\n\n</details>\n\nb", `fold(More here p(em("a"))) p("b")`},
		{"a table", "| a | b |\n|---|---|\n| c | **d** |", `table(tr(th(p("a")) th(p("b"))) tr(td(p("c")) td(p(strong("d")))))`},
		{"HTML in it", "a <b>b *c*</b> <script>d</script>\n\n<div onclick=x>e</div>", `p("a " strong("b " em("c")) " d") p("e")`},
		{"pictures are links", "![a cat](https://b.example/cat.jpg) ![](https://b.example/x/dog.png?s=1)", `p(a(https://b.example/cat.jpg "a cat") " " a(https://b.example/x/dog.png?s=1 "dog.png"))`},
		{"an emoji of the server's", "![lamp](https://evil.example/x.png \"emoji lamp\")", `p(emoji(lamp https://a.example/lamp.gif))`},
		{"entities and escapes", `&amp; &lt;b&gt; \*a\* &#65; &nbsp;x`, "p(\"& <b> *a* A \u00a0x\")"},
		{"shortcodes", ":lamp: `:lamp:`", `p(emoji(lamp https://a.example/lamp.gif) " " code(:lamp:))`},
		{"marks end at white space", "2^10 and 2^20, 10~20 and 30~40 ~~a~ b~~", `p("2^10 and 2^20, 10~20 and 30~40 " del("a~ b"))`},
		{"escaped white space in marks", "^two\\ words^ a~b\\~c~ ^*x*^ ^^ ~~", `p(sup("two words") " a" sub("b~c") " " sup("*x*") " ^^ ~~")`},
		{"footnotes", "Dear.[^1] Rare.[^note] Again.[^1]\n\n[^1]: Prices\n[^note]: A longer note, with **words**.\n\n    And more.\n\nEnd", `p("Dear." sup("[1]") " Rare." sup("[2]") " Again." sup("[1]")) p("End") hr ol(li(p("Prices")) li(p("A longer note, with " strong("words") ".") p("And more.")))`},
		{"a footnote that is an address", "As said.[^1]\n[^1]: http://prices.example/cheese", `p("As said." sup("[1]")) hr ol(li(p(a(http://prices.example/cheese "http://prices.example/cheese"))))`},
		{"footnotes of one name", "a[^x]\n\n[^x]: One\n\n[^x]: Two", `p("a" sup("[1]")) hr ol(li(p("One") p("Two")))`},
		{"footnotes that nothing asks for", "a[^b] [^c](https://c.example)\n\n[^d]: One", `p("a[^b] " a(https://c.example "^c")) hr ol(li(p("One")))`},
		{"footnotes in footnotes and quotes", "> a[^1]\n>\n> [^1]: b[^2]\n\n[^2]: c", `quote(p("a" sup("[1]"))) hr ol(li(p("b" sup("[2]"))) li(p("c")))`},
		{"footnotes in place", "a^[b *c* [d]] e", `p("a" sup("[1]") " e") hr ol(li(p("b *c* [d]")))`},
		{"angle brackets that are no elements", "a < b, <3, List<String>, Vec<Option<u8>>, <your name>, Array<object>, use <title> and <T>. <?php x ?>", `p("a < b, <3, List<String>, Vec<Option<u8>>, <your name>, Array<object>, use <title> and <T>. <?php x ?>")`},
		{"a block of what is no element", "<T>\nx\n</T>\n\nz<b>y</b> <B>x</B>", `p("<T> x </T>") p("z" strong("y") " " strong("x"))`},
		{"task boxes", "- [ ] a\n- [x] **b**\n- [X]\tc\n- [y] d\n- [ ]e\n- f [ ] g\n\n1. [ ] [h](https://b.example)\n\n[ ] i",
			`ul(li(p("☐ a")) li(p("☑ " strong("b"))) li(p("☑ c")) li(p("[y] d")) li(p("[ ]e")) li(p("f [ ] g"))) ol(li(p("☐ " a(https://b.example "h")))) p("[ ] i")`},
		{"no spoilers within a text", "a ||b|| c >!d!<", `p("a ||b|| c >!d!<")`},
		{"nothing", " \n\n", ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := content.ParseMarkdown(c.src, o)
			if got := sketch(doc.Blocks); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.src, got, c.want)
			}
			check(t, c.src, doc)
		})
	}
	o.Lines, o.Scripts = true, false
	if got, want := sketch(content.ParseMarkdown("x^2^ H~2~O ~~e~~", o).Blocks), `p("x^2^ H~2~O " del("e"))`; got != want {
		t.Errorf("without sub and sup: %s, want %s", got, want)
	}
	if got, want := sketch(content.ParseMarkdown("a\nb", o).Blocks), `p("a" br "b")`; got != want {
		t.Errorf("lines: %s, want %s", got, want)
	}
}

func TestSpoilersWithinATextAreFolded(t *testing.T) {
	t.Parallel()
	o := options()
	o.Spoilers = true
	for _, c := range []parseCase{
		{"one", "In the end ||they **live**|| happily", `p("In the end") fold(p("they " strong("live"))) p("happily")`},
		{"with spaces, over lines", "|| a\nb || c", `fold(p("a b")) p("c")`},
		{"two", "||a||||b||", `fold(p("a")) fold(p("b"))`},
		{"one that never ends", "a || b", `p("a || b")`},
		{"in code", "`||a||` b", `p(code(||a||) " b")`},
		{"in a list", "- ||a||\n- b", `ul(li(fold(p("a"))) li(p("b")))`},
		{"as on Reddit", ">! a !< b >!c!<\n\n> d >!e!<", `fold(p("a")) p("b") fold(p("c")) quote(p("d") fold(p("e")))`},
		{"as on Reddit in code", "```\n>!a!<\n```\n`>!b!<` >! c", "pre(>!a!<) p(code(>!b!<) \" >! c\")"},
		{"an element", "a <tg-spoiler>b</tg-spoiler> c", `p("a") fold(p("b")) p("c")`},
	} {
		if got := sketch(content.ParseMarkdown(c.src, o).Blocks); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
	runHTML(t, []parseCase{
		{"an element", `<p>In the end <tg-spoiler>they <b>live</b></tg-spoiler> happily</p><p>x</p>`, `p("In the end") fold(p("they " strong("live"))) p("happily") p("x")`},
		{"a span", `<p>a <span class="spoiler">b <span>c</span></span> d</p>`, `p("a") fold(p("b c")) p("d")`},
		{"a block", `a<div class="spoiler"><p>b</p><p>c</p></div>d`, `p("a") fold(p("b") p("c")) p("d")`},
	})
}

func TestNamesOfForumsAreMentions(t *testing.T) {
	t.Parallel()
	mention := func(name, page, label string) string {
		return "mention(" + name + " " + page + ` "` + label + `")`
	}
	for _, c := range []struct {
		src         string
		home, names bool
		want        string
	}{
		{"/c/tea@forum.example, /m/tea@forum.example. (/u/ada@forum.example)", false, false,
			mention("!tea@forum.example", "https://forum.example/c/tea", "/c/tea@forum.example") + ` ", " ` + mention("!tea@forum.example", "https://forum.example/c/tea", "/m/tea@forum.example") +
				` ". (" ` + mention("ada@forum.example", "https://forum.example/@ada", "/u/ada@forum.example") + ` ")"`},
		{"/c/tea @ada !tea m/tea", false, false, `"/c/tea @ada !tea m/tea"`},
		{"/c/tea c/cups, u/ada @ada !tea", true, false, mention("!tea@a.example", "https://a.example/c/tea", "/c/tea") + ` " " ` + mention("!cups@a.example", "https://a.example/c/cups", "c/cups") +
			` ", " ` + mention("ada@a.example", "https://a.example/u/ada", "u/ada") + ` " @ada !tea"`},
		{"@ada, !tea. m/tea", true, true, mention("ada@a.example", "https://a.example/u/ada", "@ada") + ` ", " ` + mention("!tea@a.example", "https://a.example/m/tea", "!tea") + ` ". " ` + mention("!tea@a.example", "https://a.example/m/tea", "m/tea")},
		{"and/or c/o /u/local/bin 5 m/sec x/c/tea m@b !no! `@ada` https://b.example/c/tea wow!", true, true,
			`"and/or c/o /u/local/bin 5 m/sec x/c/tea m@b " ` + mention("!no@a.example", "https://a.example/m/no", "!no") + ` "! " code(@ada) " " a(https://b.example/c/tea "https://b.example/c/tea") " wow!"`},
		{"[@ada](/u/ada) a", true, true, `a(https://a.example/u/ada "@ada") " a"`},
	} {
		o := options()
		o.BaseURL, o.Names = "https://a.example/", c.names
		if c.home {
			o.Home = "a.example"
		}
		if got, want := sketch(content.ParseMarkdown(c.src, o).Blocks), "p("+c.want+")"; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.src, got, want)
		}
	}
}

func TestParseMFMReadsWhatMisskeySends(t *testing.T) {
	t.Parallel()
	o := options()
	o.BaseURL = "https://m.example/"
	for _, c := range []parseCase{
		{"lines", "a\nb\n\nc", `p("a" br "b") p("c")`},
		{"marks", "**a** *b* ***c*** __d__ _e_ ~~f~~ <b>g</b> <i>h</i> <s>i</s>", `p(strong("a") " " em("b") " " strong(em("c")) " " strong("d") " " em("e") " " del("f") " " strong("g") " " em("h") " " del("i"))`},
		{"no marks in words", "snake_case_name 2*3*4", `p("snake_case_name 2*3*4")`},
		{"small and center", "<small>a</small> <center>b\nc</center>", `p("a b" br "c")`},
		{"functions keep what is in them", "$[spin.speed=1s **a** $[x2 b]] $[tada c]", `p(strong("a") " b c")`},
		{"what is hidden", "In the end $[blur they **live** $[blur (all)]] happily", `p("In the end") fold(p("they " strong("live")) fold(p("(all)"))) p("happily")`},
		{"ruby", "$[ruby 漢字 kanji]です", `p(ruby(kanji "漢字") "です")`},
		{"a moment", "$[unixtime 1701356400]", `p("2023-11-30 15:00 UTC")`},
		{"code and formulas", "`a*b*` \\(x^2\\)\n```js\nlet a;\n```\nb", `p(code(a*b*) " " code(math x^2)) pre(js let a;) p("b")`},
		{"a quote", "> a\n>> b\nc", `quote(p("a") quote(p("b"))) p("c")`},
		{"mentions", "@ada @bo@b.example mail@c.example", `p(mention(ada@m.example https://m.example/@ada "@ada") " " mention(bo@b.example https://b.example/@bo "@bo@b.example") " mail@c.example")`},
		{"hashtags", "#tea #日本語、 #1 x#y", `p(tag(tea https://m.example/tags/tea "#tea") " " tag(日本語、 https://m.example/tags/%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%80%81 "#日本語、") " #1 x#y")`},
		{"links", "[a](https://b.example/) ?[b](https://c.example/) <https://d.example/> https://e.example/x", `p(a(https://b.example/ "a") " " a(https://c.example/ "b") " " a(https://d.example/ "https://d.example/") " " a(https://e.example/x "https://e.example/x"))`},
		{"no other schemes", "[a](javascript:1)", `p("a")`},
		{"addresses in angle brackets", "[the plan](<https://b.example/plan>) [x](<https://b.example/a_(b)>)", `p(a(https://b.example/plan "the plan") " " a(https://b.example/a_(b) "x"))`},
		{"addresses with brackets", "([x](https://b.example/a_(b))) [y](https://b.example/c_(d)", `p("(" a(https://b.example/a_(b) "x") ") " a(https://b.example/c_(d "y"))`},
		{"labels with marks but no links", "[**a** @bo #c https://d.example](https://b.example/)", `p(a(https://b.example/ strong("a") " @bo #c https://d.example"))`},
		{"plain", "<plain>**a** @b</plain>", `p("**a** @b")`},
		{"plain lines", "a <plain>\n> **b**\n```\n</plain> c", "p(\"a > **b**\" br \"``` c\")"},
		{"a function's lines are no blocks", "$[x2 a\n> b]\n> c", `p("a" br "> b") quote(p("c"))`},
		{"unknown functions as they are written", "costs $[about 5 **coins**] $[foo.bar=1 x] $[über x]", `p("costs $[about 5 " strong("coins") "] $[foo x] $[über x]")`},
		{"ruby with groups and marks", "$[ruby $[group harbour town] Hafenstadt] $[ruby **a** b] $[ruby a] $[ruby $[ruby c d] e]", `p(ruby(Hafenstadt "harbour town") " " ruby(b strong("a")) " a " ruby(e "c"))`},
		{"names end before their punctuation", "@bo- @bo. @-bo @bo-@b.example @bo@b.example.", `p(mention(bo@m.example https://m.example/@bo "@bo") "- " mention(bo@m.example https://m.example/@bo "@bo") ". @-bo @bo-@b.example " mention(bo@b.example https://b.example/@bo "@bo@b.example") ".")`},
		{"searches", "a\nrain in spain [Search]\nb 検索\nno research", `p("a") p(a(https://www.google.com/search?q=rain+in+spain "rain in spain [Search]")) p(a(https://www.google.com/search?q=b "b 検索")) p("no research")`},
		{"no HTML", "<script>a</script> &amp;", `p("<script>a</script> &amp;")`},
		{"emoji", ":lamp: :other:", `p(emoji(lamp https://a.example/lamp.gif) " :other:")`},
		{"what isn't closed", "**a `b $[spin c [d](", `p("**a ` + "`" + `b $[spin c [d](")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := content.ParseMFM(c.src, o)
			if got := sketch(doc.Blocks); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.src, got, c.want)
			}
			check(t, c.src, doc)
		})
	}
}

func TestShortcodesInPlainAndInCodeAreNoEmoji(t *testing.T) {
	t.Parallel()
	const lamp = "emoji(lamp https://a.example/lamp.gif)"
	for _, c := range []parseCase{
		{"plain", "<plain>:lamp:</plain> :lamp:", `p(":lamp: " ` + lamp + `)`},
		{"half in plain", "<plain>a:lamp</plain>: :<plain>lamp:</plain>", `p("a:lamp: :lamp:")`},
		{"in marks", "<b><plain>x :lamp: y</plain></b>:lamp:", `p(strong("x :lamp: y") ` + lamp + `)`},
		{"code and formulas", "`:lamp:` \\(:lamp:\\)\n```\n:lamp:\n```", `p(code(:lamp:) " " code(math :lamp:)) pre(:lamp:)`},
	} {
		if got := sketch(content.ParseMFM(c.src, options()).Blocks); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := sketch(content.ParseMarkdown("`:lamp:` :lamp:\n\n    :lamp:", options()).Blocks); got != `p(code(:lamp:) " " `+lamp+`) pre(:lamp:)` {
		t.Errorf("Markdown: %s", got)
	}
}

func TestMarkdownAndMFMAreBounded(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"quotes":    strings.Repeat(">", 60000) + strings.Repeat("a\n", 30000),
		"lists":     strings.Repeat("- ", 60000) + strings.Repeat("\na", 30000),
		"numbers":   strings.Repeat("1. ", 40000),
		"stars":     strings.Repeat("*a ", 40000),
		"pairs":     strings.Repeat("**a*", 30000),
		"brackets":  strings.Repeat("[", 120000),
		"links":     strings.Repeat("[a](", 30000),
		"functions": strings.Repeat("$[x ", 30000) + strings.Repeat("]", 30000),
		"tildes":    strings.Repeat("~a^", 40000),
		"spoilers":  strings.Repeat("::: spoiler a\n", 8000),
		"handles":   strings.Repeat("@a@b.example ", 10000),
		"tables":    strings.Repeat("|a", 2000) + "\n" + strings.Repeat("|-", 2000) + "\n" + strings.Repeat("|b|\n", 20000),
		"elements":  strings.Repeat("<b>", 40000),
		"backticks": strings.Repeat("`a``b", 20000),
		"entities":  strings.Repeat("&#x41;", 20000),
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			check(t, name, content.ParseMarkdown(src, options()))
			markdown := time.Since(begin)
			check(t, name, content.ParseMFM(src, options()))
			t.Logf("%v, %v", markdown, time.Since(begin)-markdown)
		})
	}
}
