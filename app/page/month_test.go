package page

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAMonthIsOfferedAndWhatItShowsIsSaid(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		at := feedstest.Post("a.example", "may", 0)
		at.Published = time.Date(2024, 5, 20, 12, 0, 0, 0, time.UTC)
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", at), nil }
		d.Visit("#/@ada@a.example?via=a.example")
		out := written(t, view(d.App))
		wants(t, "the button", out, `data-action="months" aria-expanded="false"`)
		if strings.Contains(out, `type="month"`) {
			t.Error("a month is offered before it is asked for")
		}
		d.Click("months")
		wants(t, "the choice", written(t, view(d.App)), `data-action="months" aria-expanded="true"`, `<label for="month">Jump to a month</label>`, `type="month"`, `value="2000-01"`)
		d.Do(browser.Submit{Form: "months", Text: "soon"})
		wants(t, "a mistake", written(t, view(d.App)), `role="alert"`, "Please enter a month as 2024-05.")
		for hash, said := range map[string]string{
			"#/@ada@a.example?month=2024-05": "Posts from the end of May 2024 backwards.",
			"#/@ada@a.example?month=2024-08": "There are no posts from August 2024. The next older one is of 20 May 2024.",
			"#/@ada@a.example?month=2024-01": "No posts up to the end of January 2024.",
		} {
			d.Visit(hash)
			out := written(t, view(d.App))
			wants(t, hash, out, `data-part="month"`, said, `href="#/@ada@a.example">Newest posts`, `href="#/@ada@a.example/about"`)
		}
		d.Visit("#/@ada@a.example?tag=tea")
		wants(t, "a hashtag", written(t, view(d.App)), "Only posts with #tea.", `href="#/@ada@a.example">All posts`)
	})
}

func TestAJumpSaysHowFarItIs(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		asked, answer := 0, make(chan struct{})
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) {
			if asked++; asked == 3 {
				<-answer
			}
			return feedstest.Page(feeds.Cursor(strings.Repeat("x", asked)), feedstest.Post("a.example", strings.Repeat("1", asked), 0)), nil
		}
		d.Visit("#/@ada@a.example?month=2024-05")
		d.Pass(time.Second)
		wants(t, "on the way", written(t, view(d.App)), `<h1>Loading…</h1>`, `role="status">Looking for posts from May 2024. Requests so far: 2`, `aria-busy="true"`)
		close(answer)
		d.Pass(0)
		wants(t, "at its end", written(t, view(d.App)), "20 requests reach back to 22 November 2026 only.")
	})
}
