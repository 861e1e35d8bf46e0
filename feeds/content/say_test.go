package content_test

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func TestWordsAreSaidInTheirPlacesAndNamesStay(t *testing.T) {
	for src, want := range map[string]string{
		`<p>Hallo <b>du</b>, <a href="https://a.example/x">mein Freund</a>!</p>`:                                                `p("HALLO " strong("DU") ", " a(https://a.example/x "MEIN FREUND") "!")`,
		`<p>a<br> b <code>c</code> 12</p><pre>d</pre>`:                                                                          `p("A" br "B " code(c) " 12") pre(d)`,
		`<ul><li>a<ul><li>b</ul></ul><table><caption>k</caption><tr><th>c<th>d<tr><td>e<td>f</table><dl><dt>g<dd>h</dl>`:        `ul(li(p("A") ul(li(p("B"))))) table(caption("K") tr(th(p("C")) th(p("D"))) tr(td(p("E")) td(p("F")))) dl(dt("G") dd(p("H")))`,
		`<p><a class="mention" href="https://a.example/@bo">@bo</a> <a class="hashtag" href="https://a.example/t">#tea</a></p>`: `p(mention(bo@a.example https://a.example/@bo "@bo") " " tag(tea https://a.example/t "#tea"))`,
	} {
		doc := content.ParseHTML(src, content.Options{})
		before := sketch(doc.Blocks)
		if got := sketch(content.Say(doc, strings.ToUpper).Blocks); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
		if sketch(doc.Blocks) != before {
			t.Errorf("the text itself was changed: %s", sketch(doc.Blocks))
		}
	}
	address := content.ParseHTML(`<p><a href="https://a.example/long/way"><span class="invisible">https://</span><span class="ellipsis">a.example/lo</span><span class="invisible">ng/way</span></a> <a href="https://b.example/x">b.example/x</a></p>`, content.Options{})
	if got := sketch(content.Say(address, strings.ToUpper).Blocks); got != sketch(address.Blocks) {
		t.Errorf("an address was changed: %s", got)
	}
	if got := content.SayLine(" Ferne :lamp: Lampe", []content.CustomEmoji{{Shortcode: "lamp", URL: "https://a.example/l.png"}}, strings.ToUpper); got != "FERNE :lamp: LAMPE" {
		t.Error(got)
	}
}
