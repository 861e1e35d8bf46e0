package page

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestAServerOfTheStartShowsItsFactsAndItsNewestPost(t *testing.T) {
	site := `{"servers":[{"host":"a.example","topic":"general","languages":["fr"],"software":"mastodon","text":"A"},{"host":"z.example","topic":"x","feed":"https://z.example/feed","text":"Z"}]}`
	with(t, statetest.Options{Site: site}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("a.example", 3)
		s.OnDescribe = func() (*feeds.Instance, error) {
			return &feeds.Instance{Host: "a.example", Domain: "a.example", Software: "mastodon", Version: "4.5.2", Title: "<i>A", Active: 1234, Access: feeds.Access{Local: feeds.Open}, Fetched: time.Now()}, nil
		}
		out := written(t, view(d.App))
		wants(t, "before", out, `href="#/i/a.example"`, "(French) · Mastodon", `data-action="look" data-key="a.example" aria-expanded="false"`)
		if strings.Contains(out, "data-part=\"look\"") || strings.Contains(out, `data-key="z.example"`) {
			t.Error(out)
		}
		d.Do(browser.Click{Action: "look", Post: "a.example"})
		out = written(t, view(d.App))
		wants(t, "after", out, `aria-expanded="true"`, `data-part="look"`, "&lt;i&gt;A", "Mastodon 4.5.2", "active this month", "Posts from this server", "data-asof", "<article", "post 3")
		if strings.Contains(out, "post 2") || strings.Contains(out, "may have changed") {
			t.Error(out)
		}
		d.Do(browser.Click{Action: "look", Post: "a.example"})
		s.OnDescribe = func() (*feeds.Instance, error) { return nil, &feeds.Error{Kind: feeds.Timeout, Host: "a.example"} }
		list.Err = &feeds.Error{Kind: feeds.Timeout, Host: "a.example"}
		if err := d.Store.SaveInstance(t.Context(), &feeds.Instance{Host: "b.example", Domain: "b.example", Software: "mastodon", Fetched: feedstest.Epoch().AddDate(-20, 0, 0)}); err != nil {
			t.Fatal(err)
		}
		d.Do(browser.Click{Action: "look", Post: "a.example"})
		wants(t, "stored", written(t, view(d.App)), "post 3", "Mastodon 4.5.2")
	})
}

func TestAListOfServersSaysHowLargeTheyAreAndWhatGuestsMaySeeThere(t *testing.T) {
	c := on(t, route.Route{View: route.Start})
	for _, x := range []struct {
		server state.SiteServer
		want   string
	}{
		{state.SiteServer{Host: "a.example"}, ""},
		{state.SiteServer{Host: "a.example", Active: 1200, Guests: "part", Seen: c.Now.Format(time.DateOnly)}, " · 1,200 people active this month · partly public"},
		{state.SiteServer{Host: "a.example", Guests: "all", Seen: c.Now.AddDate(-1, 0, 0).Format(time.DateOnly)}, " · public (as of " + c.Words.MonthYear(c.Now.AddDate(-1, 0, 0)) + ")"},
		{state.SiteServer{Host: "a.example", Guests: "all", Seen: "yesterday"}, ""},
	} {
		if got := c.lastSeen(x.server); got != x.want {
			t.Errorf("%+v: %q, want %q", x.server, got, x.want)
		}
	}
}
