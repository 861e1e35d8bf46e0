package markup

import (
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestACardNamesWhoWroteWhatItLeadsTo(t *testing.T) {
	for name, c := range map[string]struct {
		card      feeds.Card
		has, lack string
	}{
		"by name":          {feeds.Card{AuthorName: "Ada <b>"}, "By Ada &lt;b", "card-author"},
		"in the fediverse": {feeds.Card{AuthorName: "Ada", AuthorHandle: "ada@a.example"}, `><bdi>Ada</bdi></a></p>`, "By Ada"},
		"hostile address":  {feeds.Card{URL: "javascript:alert(1)", Image: "data:text/html,x"}, `class="card`, "javascript:alert(1)\""},
	} {
		p := feedstest.Post("a.example", "1", 0)
		if c.card.URL == "" {
			c.card.URL = "https://news.example/1"
		}
		c.card.Title = "news"
		p.Card = &c.card
		var b strings.Builder
		if err := HTML(&b, Article(drawing(t, "en"), Row{Post: p})); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, c.has) || strings.Contains(got, c.lack) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
