package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

func followed(hosts ...string) func(*follows.Data) {
	return func(d *follows.Data) {
		for _, host := range hosts {
			f := follows.New(follows.Address("#/i/"+host), follows.Server, feedstest.Epoch())
			f.Host = host
			d.Add(f)
		}
	}
}

func TestHomeSaysWhatToDoWhileNothingIsFollowed(t *testing.T) {
	with(t, statetest.Options{Site: `{"lists":[{"name":"Tea","text":"All about it","addresses":["@ada@a.example","#tea@a.example"]}]}`}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/home")
		wants(t, "nothing", written(t, view(d.App)), "You follow nothing yet", `href="#/"`, "Tea", "<bdi>All about it</bdi> · 2 sources", `href="#/following?add=`)
		d.Visit("#/")
		wants(t, "the start", written(t, view(d.App)), "Lists to start with", "<bdi>All about it</bdi> · 2 sources", `href="#/following?add=`)
		d.Visit("#/home/none")
		out := written(t, view(d.App))
		wants(t, "no list", out, "<h1>There is no such list</h1>", "It may have been deleted.", `href="#/home"`)
		if strings.Contains(out, "Everything you follow") {
			t.Error("it is said to show everything")
		}
	})
}

func TestHomeShowsItsSourcesAndWhereEachPostIsFrom(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		_, b := d.Host("b.example", 2)
		b.Err = &feeds.Error{Kind: feeds.ServerError, Host: "b.example"}
		d.Follow(t, followed("a.example", "b.example"))
		d.Visit("#/home")
		out := written(t, view(d.App))
		wants(t, "home", out, "2 sources, newest first", `data-action="refresh"`, `data-source="#/i/a.example"`, `data-source="#/i/b.example" data-kind="ServerError"`,
			`data-from="#/i/a.example"`, "post 3", "data-asof=")
		d.Do(browser.Click{Action: "source", Post: "#/i/b.example"})
		wants(t, "the one that fails", written(t, view(d.App)), `data-part="source"`, `data-action="retry-source" data-key="#/i/b.example"`, `data-action="unfollow"`, `aria-expanded="true"`)
		b.Err = nil
		d.Do(browser.Click{Action: "retry-source", Post: "#/i/b.example"})
		d.Pass(time.Second)
		wants(t, "it answers", written(t, view(d.App)), `data-from="#/i/b.example"`)
	})
}

func TestHomeLeadsToItsLists(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Follow(t, followed("a.example"))
		d.Visit("#/home")
		if out := written(t, view(d.App)); strings.Contains(out, `class="tabs"`) {
			t.Error("without lists there is a row of them")
		}
		d.Follow(t, func(data *follows.Data) {
			data.Lists = []follows.List{{ID: "tea", Name: "Tea"}, {ID: "ferry", Name: "Ferry"}}
		})
		wants(t, "everything", written(t, view(d.App)), `<a href="#/home" aria-current="page"><bdi>Home</bdi></a>`, `<a href="#/home/tea"><bdi>Tea</bdi></a>`)
		d.Visit("#/home/ferry")
		wants(t, "a list", written(t, view(d.App)), `<a href="#/home"><bdi>Home</bdi></a>`, `<a href="#/home/ferry" aria-current="page"><bdi>Ferry</bdi></a>`, "0 sources, newest first")
	})
}

func TestHomeBlamesNoSourceForTheNetwork(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		_, b := d.Host("b.example", 2)
		_, c := d.Host("c.example", 2)
		d.Follow(t, followed("a.example", "b.example", "c.example"))
		d.Visit("#/home")
		b.Err, c.Err = &feeds.Error{Kind: feeds.Offline}, &feeds.Error{Kind: feeds.Unreachable}
		for _, known := range []bool{false, true} {
			d.Do(browser.NetworkChange{Online: !known}, browser.Click{Action: "refresh"})
			d.Pass(time.Second)
			out := written(t, view(d.App))
			wants(t, "offline", out, "You are offline")
			if n := strings.Count(out, "You are offline"); n != 1 || strings.Contains(out, "No posts from") {
				t.Errorf("it is said %d times, or that sources fail: %s", n, out)
			}
			if bad := strings.Count(out, `class="chip bad"`); bad != 1 && !known || bad != 0 && known {
				t.Errorf("%d sources are marked", bad)
			}
		}
	})
}

func TestHomeFoldsWithTheReasonAndCountsWhatItHides(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Follow(t, followed("a.example"))
		d.Follow(t, func(data *follows.Data) {
			data.Filter.Rules = []follows.Rule{{Cause: follows.OfWord, Text: "2", Fold: true}, {Cause: follows.OfWord, Text: "1"}}
		})
		d.Visit("#/home")
		wants(t, "filtered", written(t, view(d.App)), "Filtered: “2”", `data-part="fold"`, "1 post hidden today", `data-action="show-hidden" data-count="1"`)
		d.Click("show-hidden")
		wants(t, "revealed", written(t, view(d.App)), "Filtered: “1”", "Hidden posts are shown, with the reason.")
	})
}

func TestHomeShowsHowFarARefreshIsAndStopsIt(t *testing.T) {
	with(t, statetest.Options{Jobs: true, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		var hosts []string
		wait := make(chan struct{})
		for i := range 16 { // those that wait leave a place for the others
			hosts = append(hosts, fmt.Sprintf("h%d.example", i))
			server, list := d.Host(hosts[i], 2)
			server.OnPosts = func(c feeds.Cursor) (*feeds.Page, error) {
				if i > 4 {
					<-wait
				}
				return list.Page(c)
			}
		}
		d.Follow(t, followed(hosts...))
		d.Visit("#/home")
		d.Pass(2 * time.Second)
		out := written(t, view(d.App))
		wants(t, "while it runs", out, `data-action="stop"`, `value="5" max="16"`, "5 of 16 updated", "post 2")
		if age := out[strings.Index(out, "data-asof="):]; !strings.Contains(age[:strings.Index(age, "</p>")], "<progress") {
			t.Errorf("it doesn't stand in the place of what says how old the list is: %s", age)
		}
		if n := strings.Count(out, "<progress"); n != 1 {
			t.Errorf("%d bars", n)
		}
		if n := strings.Count(out, `aria-busy="true" aria-expanded`); n != 11 {
			t.Errorf("%d sources are asked", n)
		}
		d.Click("stop")
		d.Pass(time.Second)
		out = written(t, view(d.App))
		wants(t, "stopped", out, `data-action="refresh"`, "post 2")
		if strings.Contains(out, "<progress") || strings.Contains(out, `aria-busy="true" aria-expanded`) {
			t.Error("it still runs")
		}
		close(wait)
		d.Pass(time.Second)
	})
}

func TestACatchUpIsChosenLoadedAndGrouped(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		_, b := d.Host("b.example", 2)
		b.Err = &feeds.Error{Kind: feeds.ServerError, Host: "b.example"}
		d.Follow(t, followed("a.example", "b.example"))
		d.Visit("#/home")
		wants(t, "home", written(t, view(d.App)), `data-action="catch-up" aria-expanded="false"`)
		d.Click("catch-up")
		wants(t, "the choices", written(t, view(d.App)), `aria-expanded="true"`, "Since when?", "Yesterday evening", "3 days ago", "A week ago", `href="#/home?since=1999-12-31T18%3A00%3A00Z"`,
			`<form class="named" data-action="catch-up"`, `type="date"`)
		d.Visit("#/home?since=2026-11-22T12:00:00Z")
		wants(t, "the catch-up", written(t, view(d.App)), "<h1>Catch up</h1>", "Home, since 22 Nov 2026, 12:00", "Not loaded back to then: b.example", `data-action="refresh"`,
			`data-action="group" data-key="" aria-pressed="true"`, `data-action="group" data-key="author" aria-pressed="false"`, `data-from="#/i/a.example"`, "Oldest first")
		b.Err = nil
		d.Click("refresh")
		d.Do(browser.Click{Action: "group", Post: "source"})
		out := written(t, view(d.App))
		wants(t, "by source", out, `data-key="source" aria-pressed="true"`, `<h2><a href="#/i/a.example"><bdi>a.example</bdi></a></h2>`, `data-part="summary">3 posts<`, "All posts are loaded")
		d.Do(browser.Click{Action: "group", Post: "link"})
		wants(t, "by link", written(t, view(d.App)), "5 posts share no link.")
		d.Visit("#/home?since=2026-11-23T12:00:00Z")
		wants(t, "nothing", written(t, view(d.App)), "No posts since then")
	})
}

func TestTheSourceThatFailsOffersACopyAndItsWebFeed(t *testing.T) {
	with(t, statetest.Options{Site: `{"servers":[{"host":"known.example"}]}`}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.WebFeeds = statetest.WebFeed{}
		_, a := d.Host("a.example", 2)
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/@ada@a.example", follows.Profile, feedstest.Epoch())
			f.Handle, f.Host, f.ID, f.Software = "ada@a.example", "a.example", "1", "mastodon"
			data.Add(f)
		})
		d.Visit("#/home")
		d.Do(browser.Click{Action: "source", Post: "#/@ada@a.example"})
		if out := written(t, view(d.App)); strings.Contains(out, "?via=") || strings.Contains(out, "follow-feed") {
			t.Errorf("a source that answers offers something else: %s", out)
		}
		d.Do(browser.Click{Action: "source", Post: "#/@ada@a.example"})
		a.Err = &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		d.Do(browser.Click{Action: "refresh"}, browser.Click{Action: "source", Post: "#/@ada@a.example"})
		wants(t, "the panel", written(t, view(d.App)), `data-part="source"`, `href="#/@ada@a.example?via=known.example"`, "Read the copy on known.example",
			`data-action="follow-feed" data-key="#/@ada@a.example"`, "Follow its web feed instead")
		d.Do(browser.Click{Action: "follow-feed", Post: "#/@ada@a.example"})
		wants(t, "the web feed", outer(t, undoNote(d.App)), "You follow the web feed of")
	})
}
