package state_test

import (
	"slices"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const blockedSite = `{"title":"Vitrine","blocked":["bad.example","@ada@a.example","https://a.example/@bob/12"],"servers":[{"host":"bad.example"},{"host":"a.example"},{"host":"c.example","feed":"https://bad.example/feed"}]}`

func TestTheViewOfWhatIsBlockedAsksNobody(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: blockedSite}, func(t *testing.T, d *statetest.Driver) {
		for hash, what := range map[string]string{
			"#/i/bad.example": "bad.example", "#/i/bad.example/about": "bad.example", "#/t/bad.example/tea": "bad.example", "#/p/bad.example/1": "bad.example",
			"#/@x@bad.example": "bad.example", "#/!x@bad.example": "bad.example", "#/@cy@c.example?via=bad.example": "bad.example",
			"#/@Ada@a.example": "@Ada@a.example", "#/@ada@a.example/media": "@ada@a.example", "#/p/a.example/12": "", "#/f/https:%2F%2Fbad.example%2Ffeed": "",
			"#/open?u=https%3A%2F%2Fbad.example%2Fnobody%2Fknows%2Fthis": "",
		} {
			d.Visit(hash)
			m := shown[*state.BlockedModel](t, d)
			if d.Shown().Hash != hash || m.What != what || !m.Ready() || m.Host() != "" || len(m.Posts()) != 0 || m.Rows() != 0 {
				t.Errorf("%s shows %+v", hash, m)
			}
			d.Click("again")
			d.Do(browser.NearEnd{})
		}
		if asked := d.Network.Asked(); asked != "" {
			t.Errorf("asked %s", asked)
		}
	})
}

func TestBlockedServersAreNotSuggested(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: blockedSite}, func(t *testing.T, d *statetest.Driver) {
		if s := d.Site.Servers; len(s) != 1 || s[0].Host != "a.example" {
			t.Errorf("%+v", s)
		}
	})
}

func TestAViewThatTurnsOutToBeOfSomethingBlockedIsTakenOff(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: blockedSite}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("c.example", 3)
		s.OnProfile = func(user, domain string) (*feeds.Author, error) {
			a := *feedstest.Author(user, domain)
			a.URL = "https://bad.example/@eve"
			return &a, nil
		}
		d.Visit("#/@eve@c.example")
		if m := shown[*state.BlockedModel](t, d); m.What != "@eve@c.example" {
			t.Errorf("%+v", m)
		}
		s.OnPost = func(string) (*feeds.Post, error) {
			p := feedstest.Post("c.example", "1", 1)
			p.Author = feedstest.Author("ada", "a.example")
			return p, nil
		}
		s.OnContext = func(string) (above, below []*feeds.Post, err error) { return nil, nil, nil }
		d.Visit("#/p/c.example/1")
		shown[*state.BlockedModel](t, d)
	})
}

func TestBlockedPostsAreLeftOutOfListsAndThreads(t *testing.T) {
	statetest.Run(t, statetest.Options{Site: blockedSite}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("c.example", 0)
		bad := feedstest.Post("c.example", "2", 2)
		bad.Author = feedstest.Author("ada", "a.example")
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) {
			return feedstest.Page("", bad, feedstest.Post("c.example", "1", 1)), nil
		}
		d.Visit("#/t/c.example/tea")
		if posts := d.Shown().Model.Posts(); len(posts) != 1 || posts[0].Key == bad.Key {
			t.Errorf("%v", posts)
		}
		s.OnPost = func(string) (*feeds.Post, error) { return feedstest.Post("c.example", "1", 1), nil }
		s.OnContext = func(string) (above, below []*feeds.Post, err error) { return nil, []*feeds.Post{bad}, nil }
		d.Visit("#/p/c.example/1")
		if posts := d.Shown().Model.Posts(); slices.ContainsFunc(posts, func(p *feeds.Post) bool { return p.Key == bad.Key }) {
			t.Errorf("%v", posts)
		}
	})
}

func TestTheRealPartsAreJoinedWithoutAskingAnybody(t *testing.T) {
	w := browsertest.New("#/")
	d := state.RealParts(w, browser.Config{Base: "/", Site: []byte(blockedSite)})
	if d.Browser == nil || d.Clock == nil || d.Store == nil || d.Upkeep == nil || d.StoreFailure == nil || d.Fetcher == nil || d.Hosts == nil || d.Resolver == nil || d.Shelf == nil || d.Site.Title != "Vitrine" {
		t.Errorf("%+v", d)
	}
	if _, err := d.Resolver.Resolve(t.Context(), "a.example"); err != nil {
		t.Error(err)
	}
}
