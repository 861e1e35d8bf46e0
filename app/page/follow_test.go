package page

import (
	"strings"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

func TestTheMenuOfAPostFollowsItsAuthorBesideTheOneButtonOfTheHead(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Visit("#/t/a.example/tea")
		key := feedstest.Post("a.example", "3", 3).Key
		for _, pressed := range []string{"false", "true"} {
			d.Do(browser.Click{Action: "more", Post: key})
			wants(t, "the menu", outer(t, menu(d.App)), `data-action="follow-author" aria-pressed="`+pressed+`" data-key="`+string(key)+`"`)
			if n := strings.Count(written(t, view(d.App)), `data-action="follow"`); n != 1 {
				t.Errorf("%d buttons follow what is shown", n)
			}
			d.Do(browser.Click{Action: "follow-author", Post: key})
		}
	})
}

func TestTheOptionsOfAHashtagHaveItsServersAndFurtherHashtags(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/t/a.example/tea", follows.Hashtag, feedstest.Epoch())
			f.Host, f.Tag, f.Hosts, f.Tags = "a.example", "tea", []string{"b.example"}, follows.Tags{Any: []string{"mate", "chai"}, None: []string{"ad"}}
			data.Add(f)
		})
		d.Visit("#/following")
		wants(t, "the row", written(t, view(d.App)), "a.example, b.example", "or #mate #chai", "without #ad")
		d.Do(browser.Click{Action: "follow-options", Key: "#/t/a.example/tea"})
		wants(t, "the menu", outer(t, followMenu(d.App)), `data-action="follow-tags" data-key="hosts"`, `value="b.example"`, `value="mate chai"`, `value="ad"`)
		d.Do(browser.Submit{Form: "follow-tags", Key: "hosts", Text: "<b>"})
		wants(t, "what can't be", outer(t, followMenu(d.App)), `role="alert"`, "“&lt;b&gt;” is not the name of a server.")
	})
}

func TestWhoIsSuggestedHasAButtonAndStaysOncePressed(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) {
			data.Add(follows.New("#/@ada@a.example", follows.Profile, feedstest.Epoch()))
		})
		d.Visit("#/following")
		if out := written(t, view(d.App)); strings.Contains(out, "suggestions") {
			t.Errorf("%s", out)
		}
		m := d.Shown().Model.(*state.FollowingModel)
		f := follows.New("#/@zoe@b.example", follows.Profile, feedstest.Epoch())
		f.Handle, f.Host = "zoe@b.example", "b.example"
		m.Suggested = []state.Suggestion{{Author: feedstest.Author("zoe", "b.example"), Follow: f, Boosts: 3}}
		for _, pressed := range []string{"false", "true"} {
			wants(t, "the suggestion", written(t, view(d.App)), `data-part="suggestions"`, "boosted 3 times", `href="#/@zoe@b.example"`,
				`data-action="follow-author" data-key="#/@zoe@b.example" aria-pressed="`+pressed+`"`)
			d.Do(browser.Click{Action: "follow-author", Post: "#/@zoe@b.example"})
		}
	})
}

func TestTheStartHasTheListsToStartWithAndWhoIsSuggestedOnceSomethingIsFollowed(t *testing.T) {
	with(t, statetest.Options{Site: `{"lists":[{"name":"Harbour","addresses":["@ada@a.example"]},{"name":"Coast","addresses":["@ada@a.example","@bob@a.example"]}]}`}, func(t *testing.T, d *statetest.Driver) {
		d.Visit("#/")
		if out := written(t, view(d.App)); !strings.Contains(out, "Harbour") || !strings.Contains(out, "Lists to start with") || strings.Contains(out, "suggestions") {
			t.Errorf("%s", out)
		}
		d.Follow(t, func(data *follows.Data) {
			data.Add(follows.New("#/@ada@a.example", follows.Profile, feedstest.Epoch()))
		})
		f := follows.New("#/@zoe@b.example", follows.Profile, feedstest.Epoch())
		f.Handle, f.Host = "zoe@b.example", "b.example"
		d.Shown().Model.(*state.StartModel).Suggested = []state.Suggestion{{Author: feedstest.Author("zoe", "b.example"), Follow: f, Boosts: 3}}
		out := written(t, view(d.App))
		wants(t, "the start", out, "Lists to start with", "Coast", `data-part="suggestions"`, `data-action="follow-author" data-key="#/@zoe@b.example" aria-pressed="false"`)
		if strings.Contains(out, "Harbour") {
			t.Error("a list is offered of which all is followed")
		}
	})
}

func TestHandlesRunFromLeftToRightInEveryLanguage(t *testing.T) {
	with(t, statetest.Options{Language: "ar"}, func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/@ada@a.example:8081", follows.Profile, feedstest.Epoch())
			f.Handle, f.Title = "ada@a.example:8081", "Ada"
			room := follows.New("#/!tea@b.example", follows.Community, feedstest.Epoch())
			room.Handle, room.Title = "tea@b.example", "Tea"
			data.Add(f, room)
		})
		d.Visit("#/following")
		wants(t, "the rows", written(t, view(d.App)), `<bdi dir="ltr">@ada@a.example:8081</bdi>`, `<bdi dir="ltr">!tea@b.example</bdi>`)
	})
	c := canvas{App: openApp(t, "ar", "#/")}
	c.Drawing = c.App.Drawing("")
	wants(t, "a group", outer(t, c.groupHead(&state.Group{Name: "Ada", Href: "#/@ada@a.example", Under: "@ada@a.example", Posts: 3})), `<bdi dir="ltr">@ada@a.example</bdi> · `)
	wants(t, "an option", outer(t, c.options(&state.Box{Options: []state.Option{{Name: "Ada", Handle: "ada@a.example", Under: "x"}}})), `<bdi dir="ltr">ada@a.example</bdi> · x`)
}
