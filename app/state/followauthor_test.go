package state_test

import (
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

func TestTheAuthorOfAnyPostIsFollowedFromThereAndNoLonger(t *testing.T) {
	for name, c := range map[string]struct {
		author         *feeds.Author
		origin         bool
		address        follows.Address
		kind           follows.Kind
		host, id, feed string
	}{
		"read at home":                   {&feeds.Author{Host: "a.example", ID: "7", User: "bo", Domain: "a.example"}, true, "#/@bo@a.example", follows.Profile, "a.example", "7", ""},
		"read at home under a name":      {&feeds.Author{Host: "a.example", ID: "7", User: "bo", Domain: "bo.example"}, true, "#/@bo@bo.example", follows.Profile, "a.example", "7", ""},
		"read elsewhere":                 {&feeds.Author{Host: "a.example", ID: "7", User: "bo", Domain: "b.example"}, false, "#/@bo@b.example", follows.Profile, "b.example", "", ""},
		"a community":                    {&feeds.Author{Host: "a.example", ID: "c:7", User: "tea", Domain: "a.example", Group: true, Community: true}, true, "#/!tea@a.example", follows.Community, "a.example", "c:7", ""},
		"who publishes a web feed":       {&feeds.Author{Host: "a.example", ID: "https://a.example/feed", User: "a.example", Domain: "a.example"}, false, "#/f/https:%2F%2Fa.example%2Ffeed", follows.WebFeed, "a.example", "", "https://a.example/feed"},
		"whose document is their own id": {&feeds.Author{Host: "a.example", ID: "https://a.example/bo", URI: "https://a.example/bo", User: "bo", Domain: "a.example"}, true, "#/@bo@a.example", follows.Profile, "a.example", "https://a.example/bo", ""},
	} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			s, _ := d.Host("a.example", 1)
			p := feedstest.Post("a.example", "1", 1)
			p.Author = c.author
			p.Sightings[0].Origin = c.origin
			s.OnPost = func(string) (*feeds.Post, error) { return p, nil }
			s.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, nil, nil }
			d.Visit("#/p/a.example/1")
			press := browser.Click{Action: "follow-author", Post: p.Key}
			d.Do(browser.Click{Action: "more", Post: p.Key}, press)
			f, ok := d.Follows.Find(c.address)
			if !ok || f.Kind != c.kind || f.Host != c.host || f.ID != c.id || c.feed != "" && f.URL != c.feed || d.Menu == nil || d.LastUndo == nil {
				t.Errorf("%s: %s, %+v", name, followed(d), f)
			}
			if own, ok := d.FollowOfPost(p); !ok || own.Address != c.address {
				t.Errorf("%s: %+v", name, own)
			}
			d.Do(press)
			if followed(d) != "" {
				t.Errorf("%s is still followed: %s", name, followed(d))
			}
			d.Do(browser.Click{Action: "follow-author", Post: "https://nobody.example/1"})
		})
	}
}
