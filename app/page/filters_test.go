package page

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

func TestAllFiltersStandInOnePlaceWithWhatTheyTookAwayToday(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		now := time.Now()
		d.Follow(t, func(data *follows.Data) {
			followed("a.example")(data)
			ada := follows.New("#/@ada@a.example", follows.Profile, now)
			ada.Handle, ada.Host = "ada@a.example", "a.example"
			data.Add(ada)
			data.ChangeFilter(follows.ListScope(data.MakeList("Town")), func(f *follows.Filter) { f.Languages = []string{"de", "pt-BR"} })
			data.ChangeFilter("#/i/a.example", func(f *follows.Filter) { f.NoBoosts, f.Warnings = true, follows.WarningsOpen })
			data.Filter.Rules = []follows.Rule{
				{Cause: follows.OfWord, Text: "2"}, {Cause: follows.OfTag, Text: "tea", Fold: true, Until: now.Add(48 * time.Hour)}, {Cause: follows.OfWord, Text: "old", Until: now.Add(-time.Hour)},
				{Cause: follows.OfPerson, Text: "bo@b.example"}, {Cause: follows.OfServer, Text: "c.example:8080"}, {Cause: follows.OfThread, Text: "https://a.example/1"},
			}
		})
		d.Visit("#/home")
		wants(t, "home", written(t, view(d.App)), "1 post hidden today", `data-action="show-hidden" data-count="1"`, `data-action="filter-edit"`)
		d.Visit("#/following")
		out := written(t, view(d.App))
		wants(t, "filters", out, `data-part="filters"`, "Filters for all lists", "“2”", "hidden · 1 post today", "#tea", "only the reason is shown · until ", "ended ", "@bo@b.example", "muted person", "c.example:8080", "muted server",
			`href="#/open?u=https%3A%2F%2Fa.example%2F1"`, "muted conversation", "Unmute", "Only in German", "Only in Brazilian Portuguese", "No boosts", "Town", "Replies to others are hidden for 1 person that you follow. 0 posts today")
		if strings.Count(out, `data-part="filter"`) != 10 {
			t.Errorf("%d lines in %s", strings.Count(out, `data-part="filter"`), out)
		}
		d.Do(browser.Click{Action: "filter-edit", Key: "#/i/a.example"})
		wants(t, "the editor", outer(t, filterMenu(d.App)), "Filters for a.example", `name="filter-boosts"`, `name="filter-language"`, `<option value="open" selected="">Open</option>`, `data-action="filter-add"`, `type="date"`)
		if form := outer(t, filterMenu(d.App)); strings.Index(form, `type="submit"`) < strings.Index(form, `type="date"`) {
			t.Error("it is added before its last day can be chosen")
		}
		d.Do(browser.Submit{Form: "filter-add", Text: "cup"})
		wants(t, "the editor", outer(t, filterMenu(d.App)), "“cup”", `id="filter-text-1"`)
		wants(t, "the way back", outer(t, undoNote(d.App)), `data-action="undo"`, "Changed the filters for a.example.")
	})
}

func TestAPostsMenuMutesAndUnmutes(t *testing.T) {
	with(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) { d.Host("a.example", 3) }}, func(t *testing.T, d *statetest.Driver) {
		p := d.Shown().Model.Posts()[0]
		d.Do(browser.Click{Action: "more", Post: p.Key})
		wants(t, "the menu", outer(t, menu(d.App)), "Mute @ada@a.example", "Mute a.example", "Mute this conversation", `data-action="mute-server" data-key="`+string(p.Key)+`" aria-pressed="false"`)
		d.Do(browser.Click{Action: "mute-person", Post: p.Key}, browser.DialogClosed{Dialog: "menu"})
		out := written(t, view(d.App))
		wants(t, "the list", out, "3 posts hidden today")
		if strings.Contains(out, "shows no posts") || strings.Contains(out, "<article") {
			t.Error(out)
		}
		d.Click("show-hidden")
		wants(t, "the list with what is hidden", written(t, view(d.App)), "Filtered: ada@a.example", "Hidden posts are shown")
		d.Do(browser.Click{Action: "more", Post: p.Key})
		wants(t, "the menu", outer(t, menu(d.App)), "Unmute @ada@a.example", `aria-pressed="true"`)
	})
}

func TestAnAnswerDoesNotSayWhatAFilterTakesAway(t *testing.T) {
	with(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 1)
		first, answer := feedstest.Post("a.example", "1", 1), feedstest.Post("a.example", "2", 2)
		first.Title, first.Author = "The secret", feedstest.Author("eve", "b.example")
		answer.ReplyTo = &feeds.ReplyTo{ID: "1", Key: first.Key}
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", answer, first), nil }
		d.Host("b.example", 1)
		d.Follow(t, followed("a.example", "b.example"))
		d.Visit("#/home")
		wants(t, "home", written(t, view(d.App)), "The secret")
		d.Follow(t, func(data *follows.Data) {
			data.Filter.Put(follows.Rule{Cause: follows.OfPerson, Text: "eve@b.example"})
		})
		if out := written(t, view(d.App)); strings.Contains(out, "The secret") {
			t.Error(out)
		}
	})
}

func TestWarningsStandAsTheFilterSays(t *testing.T) {
	with(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) {
		s, _ := d.Host("a.example", 1)
		p := feedstest.Post("a.example", "1", 1)
		p.Warning = "Food"
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", p), nil }
	}}, func(t *testing.T, d *statetest.Driver) {
		open := func() bool { return strings.Contains(written(t, view(d.App)), `data-part="cw" open=""`) }
		if open() {
			t.Error("open")
		}
		d.Follow(t, func(data *follows.Data) { data.Filter.Warnings = follows.WarningsOpen })
		if !open() {
			t.Error("shut")
		}
		d.Do(browser.Toggle{Post: d.Shown().Model.Posts()[0].Key, Part: "cw"})
		if open() {
			t.Error("what a reader shuts stays shut")
		}
		if m, ok := d.Shown().Model.(*state.ServerModel); !ok || m.Feed.Revealed {
			t.Errorf("%+v", m)
		}
	})
}
