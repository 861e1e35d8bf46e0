package state_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// tagged makes posts with hashtags, the newest first.
func tagged(host string, all ...string) (posts []*feeds.Post) {
	for i, names := range all {
		p := feedstest.Post(host, fmt.Sprint(len(all)-i), len(all)-i)
		for _, name := range strings.Fields(names) {
			p.Tags = append(p.Tags, feeds.Tag{Name: name})
		}
		posts = append(posts, p)
	}
	return posts
}

func besideIn(m *state.TagModel) (all string) {
	for _, t := range m.Beside {
		all += fmt.Sprintf("%s %d;", t.Name, t.Posts)
	}
	return all
}

func TestTheHashtagsThatStandOftenBesideOneAreCounted(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 0)
		many := ""
		for i := range 50 {
			many += fmt.Sprintf("m%02d ", i)
		}
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
			if c != "" {
				return feedstest.Page("", tagged("a.example", "tea", "Tea milk milk")[1:]...), nil
			}
			posts := tagged("a.example", "tea Sugar milk", "TEA sugar Milk once", "sugar", many, many, "tea")
			for i, p := range posts {
				posts[i] = feedstest.Post("a.example", fmt.Sprint(20-i), 20-i)
				posts[i].Tags = p.Tags
			}
			return feedstest.Page("x", posts...), nil
		}
		d.Visit("#/t/a.example/tea")
		m := shown[*state.TagModel](t, d)
		if got, want := besideIn(m), "Sugar 3;m00 2;m01 2;m02 2;m03 2;m04 2;m05 2;m06 2;"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		d.Do(browser.NearEnd{})
		if got, want := besideIn(m), "milk 3;Sugar 3;m00 2;m01 2;m02 2;m03 2;m04 2;m05 2;"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

func TestTheWeekOfAHashtagIsAskedForOnceWhereTheServerIsKnownToTellIt(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 3)
		s.Week = make([]feeds.DayUse, 9)
		s.Can.TagHistory = false
		d.Visit("#/t/a.example/tea")
		if m := shown[*state.TagModel](t, d); s.WeekAsked != 0 || m.Week != nil {
			t.Errorf("asked %d times", s.WeekAsked)
		}
		s.Can.TagHistory = true
		d.Visit("#/t/a.example/milk")
		d.Do(browser.Click{Action: "again"})
		if m := shown[*state.TagModel](t, d); s.WeekAsked != 1 || len(m.Week) != 7 {
			t.Errorf("asked %d times: %v", s.WeekAsked, m.Week)
		}
		list.Err = &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}
		d.Visit("#/t/a.example/sugar")
		s.ExtrasErr = &feeds.Error{Kind: feeds.BadData, Host: "a.example"}
		list.Err = nil
		d.Visit("#/t/a.example/water")
		if m := shown[*state.TagModel](t, d); s.WeekAsked != 2 || m.Week != nil || m.Feed.Snapshot.Err != nil {
			t.Errorf("asked %d times: %v", s.WeekAsked, m.Week)
		}
	})
}
