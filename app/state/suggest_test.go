package state_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// boosting is a server whose people have moved, and boosted posts by others since the times that are named.
func boosting(d *statetest.Driver, ago map[string][]time.Duration) *statetest.Server {
	s, _ := d.Host("a.example", 0)
	page := &feeds.Page{}
	own := feedstest.Post("a.example", "own", 1)
	own.Author.User, own.Author.Moved = "ada", feedstest.Author("ada", "new.example")
	own.Published = time.Now()
	page.Posts, page.Entries = append(page.Posts, own), append(page.Entries, feeds.Entry{Key: own.Key, At: own.Published})
	for name, times := range ago {
		for i, t := range times {
			p := feedstest.Post("b.example", fmt.Sprint(name, i), i)
			p.Author = feedstest.Author(name, "b.example")
			page.Posts = append(page.Posts, p)
			page.Entries = append(page.Entries, feeds.Entry{Key: p.Key, At: time.Now().Add(-t), BoostedBy: feedstest.Author("ada", "a.example")})
		}
	}
	s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return page, nil }
	return s
}

func TestWhomTheFollowedOnesBoostedThisWeekIsSuggestedByName(t *testing.T) {
	const day = 24 * time.Hour
	ago := map[string][]time.Duration{"zoe": {day, 2 * day, 3 * day}, "bob": {day}, "cat": {day}, "old": {8 * day, 9 * day}}
	for i := range 10 {
		ago[fmt.Sprint("m", i)] = []time.Duration{day, 2 * day}
	}
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		boosting(d, ago)
		d.Visit("#/following")
		if m := following(t, d); len(m.Suggested) != 0 {
			t.Errorf("%+v", m.Suggested)
		}
		d.Follow(t, func(data *follows.Data) {
			for _, handle := range []string{"ada@a.example", "m0@b.example"} {
				f := follows.New(follows.Address("#/@"+handle), follows.Profile, time.Now())
				f.Handle = handle
				data.Add(f)
			}
		})
		d.Visit("#/home")
		d.Visit("#/following")
		d.Visit("#/")
		d.Back()
		m := following(t, d)
		said := ""
		for _, s := range m.Suggested {
			said += fmt.Sprint(s.Author.User, s.Boosts, " ")
		}
		if said != "bob1 cat1 m12 m22 m32 m42 m52 m62 m72 m82 m92 zoe3 " { // not m0, who is followed
			t.Errorf("suggested are %s", said)
		}
		d.Do(browser.Click{Action: "follow-author", Post: "#/@zoe@b.example"})
		if f, ok := d.Follows.Find("#/@zoe@b.example"); !ok || f.Host != "b.example" || len(m.Suggested) != 12 {
			t.Errorf("%s, %+v", followed(d), f)
		}
		d.Do(browser.Click{Action: "follow-author", Post: "#/@zoe@b.example"}, browser.Click{Action: "follow-author", Post: "#/@nobody@b.example"})
		if followed(d) != "#/@ada@a.example #/@m0@b.example" {
			t.Errorf("%s", followed(d))
		}
	})
}

func TestTheStartSuggestsAFewOnceSomethingIsFollowedAndAsksNobody(t *testing.T) {
	const day = 24 * time.Hour
	ago := map[string][]time.Duration{}
	for i := range 9 {
		ago[fmt.Sprint("m", i)] = slices.Repeat([]time.Duration{day}, i+1)
	}
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s := boosting(d, ago)
		d.Visit("#/")
		if m := shown[*state.StartModel](t, d); len(m.Suggested) != 0 {
			t.Errorf("%+v", m.Suggested)
		}
		follow(d, "#/@ada@a.example")
		d.Visit("#/home")
		known := s.OnPosts
		asked := 0
		s.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) { asked++; return known(c) }
		d.Visit("#/")
		m := shown[*state.StartModel](t, d)
		said := ""
		for _, s := range m.Suggested {
			said += s.Author.User + " "
		}
		if said != "m5 m6 m7 m8 " || asked != 0 {
			t.Errorf("suggested are %s, %d requests", said, asked)
		}
		d.Do(browser.Click{Action: "follow-author", Post: "#/@m7@b.example"})
		if followed(d) != "#/@ada@a.example #/@m7@b.example" || len(m.Suggested) != 4 {
			t.Errorf("%s", followed(d))
		}
	})
}

func TestWhoHasMovedIsKnownFromTheirPosts(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		boosting(d, nil)
		follow(d, "#/@ada@a.example")
		d.Visit("#/home")
		d.Visit("#/following")
		if l := following(t, d).Known("#/@ada@a.example"); l.Moved != "#/@ada@new.example" || l.MovedName != "ada@new.example" || l.LastPost.IsZero() {
			t.Fatalf("%+v", l)
		}
		d.Do(browser.Click{Action: "take-move", Key: "#/@ada@a.example"})
		if followed(d) != "#/@ada@new.example" {
			t.Errorf("%s", followed(d))
		}
		d.Click("undo")
		if followed(d) != "#/@ada@a.example" {
			t.Errorf("taken back it is %s", followed(d))
		}
	})
}
