package content_test

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func TestParsePlain(t *testing.T) {
	t.Parallel()
	const lamp = `emoji(lamp https://a.example/lamp.gif)`
	for _, c := range []parseCase{
		{"paragraphs and line ends", "a\nb\r\n \n\n c  d\r", `p("a" br "b") p("c d")`},
		{"no markup", "<b>no</b> &amp; *no* :lamp:", `p("<b>no</b> &amp; *no* " ` + lamp + `)`},
		{"addresses in a sentence", "See https://a.example/x_(y), (http://b.example). Or https://c.example?", `p("See " a(https://a.example/x_(y) "https://a.example/x_(y)") ", (" a(http://b.example "http://b.example") "). Or " a(https://c.example "https://c.example") "?")`},
		{"an address in brackets", "[https://a.example/[1]] <https://b.example/>", `p("[" a(https://a.example/[1] "https://a.example/[1]") "] <" a(https://b.example/ "https://b.example/") ">")`},
		{"an address in quotes", `"https://a.example/" „https://b.example/“ 「https://c.example/」。`, `p("\"" a(https://a.example/ "https://a.example/") "\" „" a(https://b.example/ "https://b.example/") "“ 「" a(https://c.example/ "https://c.example/") "」。")`},
		{"an address after other letters", "xhttps://a.example 見https://b.example/", `p("xhttps://a.example 見" a(https://b.example/ "https://b.example/"))`},
		{"in capitals", "HTTPS://A.example/X", `p(a(https://a.example/X "HTTPS://A.example/X"))`},
		{"no addresses", "http:// https://. :// ftp://a.example javascript://a.example/ https://u@a.example/", `p("http:// https://. :// ftp://a.example javascript://a.example/ https://u@a.example/")`},
		{"no emoji in an address", "https://a.example/:lamp:/", `p(a(https://a.example/:lamp:/ "https://a.example/:lamp:/"))`},
		{"a listed mention", "https://a.example/@ada", `p(mention(ada@a.example https://a.example/@ada "https://a.example/@ada"))`},
		{"controls", "a\x00b\x1bc", `p("abc")`},
		{"nothing", " \n\t\n", ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := content.ParsePlain(c.src, options())
			if got := sketch(doc.Blocks); got != strings.ReplaceAll(c.want, `\"`, `"`) {
				t.Errorf("%q\n got %s\nwant %s", c.src, got, c.want)
			}
			check(t, c.src, doc)
		})
	}
}

func TestParsePlainIsBounded(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"lines":      strings.Repeat("a\n", 200000),
		"paragraphs": strings.Repeat("a\n\n", 150000),
		"addresses":  strings.Repeat("http://a.example ", 30000),
		"schemes":    strings.Repeat("http://", 70000),
		"brackets":   "http://a.example/" + strings.Repeat("(", 200000) + strings.Repeat(")", 200000),
		"words":      strings.Repeat("word ", 300000),
	} {
		t.Run(name, func(t *testing.T) { check(t, name, content.ParsePlain(src, options())) })
	}
}

func TestInlineIsOneLineOfTextWithEmoji(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		" Ada :lamp:\n <b>L.</b> ": `"Ada " emoji(lamp https://a.example/lamp.gif) " <b>L.</b>"`,
		":lamp:":                   `emoji(lamp https://a.example/lamp.gif)`,
		"https://a.example &amp;":  `"https://a.example &amp;"`,
		"a\x00\u202Eb":             "\"a\u202Eb\"",
		" \n":                      "",
	} {
		if got := sketch(content.Inline(src, options().Emoji)); got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
	if n := len(content.Inline(strings.Repeat(":lamp:", 100000), options().Emoji)); n > content.MaxNodes {
		t.Errorf("%d nodes", n)
	}
}
