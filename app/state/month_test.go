package state_test

import (
	"fmt"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// monthly are posts of somebody who writes one in the middle of each month, but in July, in pages of two.
func monthly(asked *int) func(c feeds.Cursor) (*feeds.Page, error) {
	return func(c feeds.Cursor) (*feeds.Page, error) {
		*asked++
		from := 0
		_, _ = fmt.Sscan(string(c), &from)
		var posts []*feeds.Post
		for i := from; i < from+2; i++ {
			p := feedstest.Post("a.example", fmt.Sprint(1000-i), 0)
			if p.Published = time.Date(2026, time.Month(11-i), 15, 12, 0, 0, 0, time.UTC); p.Published.Month() != time.July {
				posts = append(posts, p)
			}
		}
		if from >= 48 {
			return feedstest.Page("", posts...), nil
		}
		return feedstest.Page(feeds.Cursor(fmt.Sprint(from+2)), posts...), nil
	}
}

func TestAMonthIsChosenJumpedToReadOnFromAndLeft(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 0)
		asked := 0
		s.OnPosts = monthly(&asked)
		s.OnProfile = func(user, domain string) (*feeds.Author, error) {
			a := feedstest.Author(user, domain)
			a.Joined = time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)
			return a, nil
		}
		d.Visit("#/@ada@a.example")
		m := shown[*state.ProfileModel](t, d)
		d.Click("months")
		if now := time.Now().UTC().Format("2006-01"); !m.Choosing || m.Month() != now { // of the bubble
			t.Fatalf("offered: %s", m.Month())
		}
		const to = "#/@ada@a.example?month=2026-05"
		for _, typed := range []string{"", "May", "2026-13", "0000-05"} {
			if d.Do(browser.Submit{Form: "months", Text: typed}); !m.Wrong || d.Shown().Hash == to {
				t.Errorf("%q is taken for a month", typed)
			}
		}
		d.Do(browser.Submit{Form: "months", Text: "2026-05"})
		m = shown[*state.ProfileModel](t, d)
		if d.Shown().Hash != to || m.Rows() == 0 || m.Feed.Snapshot.Items[0].Entry.At.Month() != time.May || m.Asked == 0 || m.PinnedSet != true {
			t.Fatalf("%s: %d posts, %d requests", d.Shown().Hash, m.Rows(), m.Asked)
		}
		if d.Click("months"); m.Month() != "2026-05" {
			t.Errorf("from there %s is offered", m.Month())
		}
		if d.Click("months"); m.Choosing {
			t.Error("the choice isn't closed")
		}
		rows := m.Rows()
		d.Do(browser.NearEnd{})
		d.Do(browser.NearEnd{})
		d.Do(browser.NearEnd{})
		if m.Rows() <= rows {
			t.Errorf("%d posts after reading on", m.Rows())
		}
		d.Visit("#/@ada@a.example")
		before := asked
		d.Back()
		if d.Shown().Hash != to || shown[*state.ProfileModel](t, d).Rows() <= rows || asked != before {
			t.Errorf("back at %s, %d requests more", d.Shown().Hash, asked-before)
		}
		d.Click("refresh")
		d.Visit("#/@ada@a.example/media?month=2026-07")
		if at := shown[*state.ProfileModel](t, d).Feed.Snapshot.Items[0].Entry.At; at.Month() != time.June {
			t.Errorf("a month without posts begins at %v", at)
		}
		d.Visit("#/@ada@a.example?month=2010-01")
		if m := shown[*state.ProfileModel](t, d); m.Rows() == 0 || m.Feed.Snapshot.Items[0].Entry.At.Before(m.MonthEnd()) {
			t.Errorf("too far: %d posts", m.Rows())
		}
	})
}

func TestPostsWithOneTagOfAnAuthorAreAList(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 3)
		s.Can.Pinned = true
		s.PinnedPosts = []*feeds.Post{feedstest.Post("a.example", "99", 1)}
		s.OnTagged = func(tag string) (*feeds.Page, error) {
			return feedstest.Page("", feedstest.Post("a.example", tag, 1)), nil
		}
		d.Visit("#/@ada@a.example?tag=tea")
		if m := shown[*state.ProfileModel](t, d); m.Rows() != 1 || len(m.Posts()) != 1 || m.Others != nil {
			t.Errorf("%d posts", len(m.Posts()))
		}
	})
}
