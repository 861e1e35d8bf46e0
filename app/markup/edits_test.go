package markup

import (
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestWhatAnEditChangedIsMarkedWordByWord(t *testing.T) {
	for name, c := range map[string]struct{ was, is, want string }{
		"a word":          {"one two three", "one 2 three", "one -two +2 three"},
		"a word more":     {"one three", "one two three", "one +two three"},
		"the end":         {"one two", "one", "-one two+one"},
		"nothing":         {"one\n\ntwo", "one\n\ntwo", "one\n\ntwo"},
		"all":             {"one", "two", "-one+two"},
		"from nothing":    {"", "one", "+one"},
		"two places":      {"a b c d e", "a x c y e", "a -b +x c -d +y e"},
		"without spaces":  {"日本の朝", "日本語の朝", "日本+語の朝"},
		"Thai":            {"กขค", "กขง", "กข-ค+ง"},
		"Thai with marks": {"กที่", "กที้", "ก-ที่+ที้"},
		"Latin in Han":    {"日本go朝", "日本Go朝", "日本-go+Go朝"},
	} {
		var got strings.Builder
		for _, n := range changes(c.was, c.is) {
			switch n.Tag {
			case "ins":
				got.WriteString("+" + n.Children[0].Text)
			case "del":
				got.WriteString("-" + n.Children[0].Text)
			default:
				got.WriteString(n.Text)
			}
		}
		if got.String() != c.want {
			t.Errorf("%s: %q, want %q", name, got.String(), c.want)
		}
	}
}

func TestATextOfAnyLengthIsCompared(t *testing.T) {
	was, is := strings.Repeat("a ", 20000), strings.Repeat("b ", 20000)
	if got := changes(was, is); len(got) != 4 {
		t.Errorf("%d parts", len(got))
	}
}

func TestTheVersionsOfAPostStandNewestFirst(t *testing.T) {
	version := func(text string, minutes int) *feeds.Post {
		p := feedstest.Post("a.example", "1", minutes)
		p.Body = content.ParsePlain(text, content.Options{})
		return p
	}
	first, second, third := version("one", 1), version("two", 2), version("two", 3)
	third.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.png"}}
	d := drawing(t, "en")
	nodes := Edits(d, []*feeds.Post{first, second, third})
	var b strings.Builder
	for _, n := range nodes {
		if err := HTML(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	html := b.String()
	media, change, published := strings.Index(html, d.Words.T("edits.rest")), strings.Index(html, "<ins>two</ins>"), strings.Index(html, "Published")
	if len(nodes) != 3 || media < 0 || change < media || published < change || strings.Count(html, d.Words.T("edits.rest")) != 1 {
		t.Error(html)
	}
}
