package syndicate_test

import (
	"bytes"
	"strings"
	"testing"

	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

func TestFeedsSayWhoAnswersWhomAndWhatIsMissing(t *testing.T) {
	t.Parallel()
	by := func(p *feeds.Post, who string) *feeds.Post {
		p.Author = feedstest.Author(who, "a.example")
		return p
	}
	focus := feedstest.Reply("a.example", "20", "19", 20)
	tree := reader.BuildTree(focus, []*feeds.Post{by(feedstest.Post("a.example", "1", 1), "bob")}, []*feeds.Post{
		feedstest.Reply("a.example", "21", "20", 21),
		by(feedstest.Reply("a.example", "22", "20", 22), "bob"), by(feedstest.Reply("a.example", "23", "21", 23), "cy"), by(feedstest.Reply("a.example", "24", "23", 24), "bob"),
		by(feedstest.Reply("a.example", "26", "25", 26), "eve"),
	})
	f := &syndicate.Feed{Title: "A conversation", Home: "https://a.example/@ada/20", Thread: tree, Words: sentences(t), HideCounts: true}
	for _, p := range tree.Posts() {
		f.Items = append(f.Items, reader.Item{Post: p})
	}
	var out bytes.Buffer
	if err := syndicate.Text(&out, f); err != nil {
		t.Fatal(err)
	}
	var js bytes.Buffer
	if err := syndicate.JSONFeed(&js, f); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<p>replied to part 1/2: “post 20”</p>", "<p>Part 2/2</p>", "<p>replied to a post that is missing here</p>"} {
		if !strings.Contains(js.String(), want) {
			t.Errorf("%q is missing in %s", want, js.String())
		}
	}
	const rule = "──────────────────────────────────────────────────────────────"
	want := `A conversation
https://a.example/@ada/20

` + rule + `──────────
bob (@bob@a.example), Sunday 22 November 2026, 12:01 UTC

post 1

https://a.example/@ada/1

` + rule + `──────────
[A post is missing here: a.example does not have it or does not show it.]

` + rule + `──────────
ada (@ada@a.example), Sunday 22 November 2026, 12:20 UTC
replied to a post that is missing here

post 20

https://a.example/@ada/20

` + rule + `──────────
ada (@ada@a.example), Sunday 22 November 2026, 12:21 UTC
Part 2/2

post 21

https://a.example/@ada/21

  ` + rule + `────────
  bob (@bob@a.example), Sunday 22 November 2026, 12:22 UTC
  replied to part 1/2: “post 20”

  post 22

  https://a.example/@ada/22

  ` + rule + `────────
  cy (@cy@a.example), Sunday 22 November 2026, 12:23 UTC
  replied to part 2/2: “post 21”

  post 23

  https://a.example/@ada/23

    ` + rule + `──────
    bob (@bob@a.example), Sunday 22 November 2026, 12:24 UTC
    replied to @cy@a.example: “post 23”

    post 24

    https://a.example/@ada/24

  ` + rule + `────────
  [A reply is missing here: a.example does not have it or does not show it.]

    ` + rule + `──────
    eve (@eve@a.example), Sunday 22 November 2026, 12:26 UTC
    replied to a post that is missing here

    post 26

    https://a.example/@ada/26
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
