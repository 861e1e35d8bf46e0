package markup

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

// drawnText is what a text of HTML looks like where its post stands.
func drawnText(t *testing.T, src string, kind PlaceKind) string {
	t.Helper()
	d := drawing(t, "en")
	p := post(marta(), "77", "en", 5, content.ParseHTML(src, content.Options{}))
	row := inFeed(p)
	row.Place.Kind = kind
	var b strings.Builder
	if err := HTML(&b, Article(d, row)); err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(b.String(), `<div class="body">`)
	body, _, _ := strings.Cut(after, "</footer>")
	return body
}

// hashtags are links to so many hashtags, t1 and so on.
func hashtags(from, to int) string {
	var all []string
	for i := from; i <= to; i++ {
		name := "t" + string(rune('a'+i-1))
		all = append(all, `<a href="https://a.example/tags/`+name+`" class="mention hashtag" rel="tag">#<span>`+name+`</span></a>`)
	}
	return strings.Join(all, " ")
}

func TestManyHashtagsAtTheEndAreOneLine(t *testing.T) {
	for name, c := range map[string]struct {
		src, before string
		folded      int
	}{
		"in a paragraph of their own":     {"<p>Dusk.</p><p>" + hashtags(1, 7) + "</p>", `<p dir="auto">Dusk.</p>`, 7},
		"in lines of their own":           {"<p>Dusk.<br>" + hashtags(1, 4) + "<br>" + hashtags(5, 7) + "</p>", `<p dir="auto">Dusk.</p>`, 7},
		"in several paragraphs":           {"<p>Dusk.</p><p>" + hashtags(1, 4) + "</p><p>" + hashtags(5, 7) + "</p>", `<p dir="auto">Dusk.</p>`, 7},
		"behind words":                    {"<p>Dusk in " + hashtags(1, 8) + "</p>", `#ta</a></p>`, 7},
		"behind words, and further lines": {"<p>Dusk in " + hashtags(1, 1) + "<br>" + hashtags(2, 8) + "</p>", `#ta</a></p>`, 7},
		"nothing else":                    {"<p>" + hashtags(1, 7) + "</p>", `dir="auto"><details`, 7},
		"few":                             {"<p>Dusk.</p><p>" + hashtags(1, 4) + "</p>", `#td</a></p></div>`, 0},
		"in the middle":                   {"<p>Dusk.</p><p>" + hashtags(1, 7) + "</p><p>Dawn.</p>", `<p dir="auto">Dawn.</p></div>`, 0},
		"in a sentence":                   {"<p>" + hashtags(1, 7) + " at dusk</p>", ` at dusk</p></div>`, 0},
		"none":                            {"<p>Dusk.</p>", `<p dir="auto">Dusk.</p></div>`, 0},
	} {
		for _, kind := range []PlaceKind{InFeed, Focused, Reply} {
			got := drawnText(t, c.src, kind)
			if !strings.Contains(got, c.before) {
				t.Errorf("%s: no %s in\n%s", name, c.before, got)
			}
			_, fold, _ := strings.Cut(got, `<details class="fold tags"><summary>`)
			if n := strings.Count(fold, "<a href=\"#/t/"); n != c.folded {
				t.Errorf("%s: %d hashtags are folded, want %d, in\n%s", name, n, c.folded, got)
			}
			if c.folded > 0 && !strings.Contains(fold, " and 4 more hashtags</summary>") {
				t.Errorf("%s: the line doesn't say how many follow:\n%s", name, fold)
			}
		}
	}
}

func TestAPileOfHashtagsDoesNotFoldItsText(t *testing.T) {
	got := drawnText(t, "<p>Dusk.</p>"+strings.Repeat("<p>"+hashtags(1, 20)+"</p>", 30), InFeed)
	if strings.Contains(got, "folded") || strings.Count(got, "<a href=\"#/t/") != 600 {
		t.Error(got)
	}
}

func TestALongArticleBeginsWithItsContents(t *testing.T) {
	article := func(headings, paragraphs int) string {
		return strings.Repeat("<h2>Part <b>one</b></h2><p>"+strings.Repeat("word ", 100)+"</p><h3>Below</h3>"+strings.Repeat("<p>"+strings.Repeat("word ", 40)+"</p>", paragraphs), headings)
	}
	got := drawnText(t, article(3, 4), Focused)
	for _, want := range []string{`<nav aria-label="Contents"><details class="fold contents" open`, `data-action="heading" data-part="h`, ">Part one</button>", `<li class="s1">`, ` tabindex="-1">Part <strong>`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if n := strings.Count(got, `data-action="heading"`); n != 6 {
		t.Errorf("%d entries, want 6", n)
	}
	if got := drawnText(t, article(20, 4), Focused); strings.Contains(got, `contents" open`) {
		t.Error("many headings stand between a title and its text")
	}
	for name, got := range map[string]string{
		"short": drawnText(t, article(2, 0), Focused), "in a list": drawnText(t, article(3, 4), InFeed), "without headings": drawnText(t, strings.Repeat("<p>a</p>", 90), Focused),
	} {
		if strings.Contains(got, "Contents") || strings.Contains(got, "tabindex=\"-1\"") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestCodeNamesItsLanguage(t *testing.T) {
	if got := drawnText(t, `<pre><code class="language-go">a &lt; b</code></pre>`, InFeed); !strings.Contains(got, `<pre dir="ltr" title="go"><code class="language-go">a &lt; b</code></pre>`) {
		t.Error(got)
	}
}

func TestANameThatTurnsTheDirectionTurnsOnlyItself(t *testing.T) {
	d := drawing(t, "en")
	p := post(author("eve", "a.example", "\u202egnp.exe\u2066", ""), "78", "en", 5, text("Dusk."))
	row := inFeed(p)
	row.Entry.BoostedBy = author("mallory", "a.example", "\u202eyrollam", "")
	var b strings.Builder
	if err := HTML(&b, Article(d, row)); err != nil {
		t.Fatal(err)
	}
	for rest := b.String(); ; {
		before, after, found := strings.Cut(rest, "\u202e")
		if !found {
			break
		}
		if !strings.HasSuffix(before, "<bdi>") {
			t.Errorf("behind %q", before)
		}
		rest = after
	}
}

func TestAFormulaIsItsLaTeXUntilAScriptDrawsIt(t *testing.T) {
	got := drawnText(t, `<p>so <math><msup><mi>x</mi><mn>2</mn></msup></math></p><math display="block"><mi>y</mi></math>`, InFeed)
	if !strings.Contains(got, `so <code class="math">x^2</code></p><p class="formula" dir="ltr"><code class="math block">y</code></p>`) {
		t.Error(got)
	}
}
