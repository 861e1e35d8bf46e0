package state_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// names are the options of the address box.
func names(d *statetest.Driver) string {
	var all []string
	for _, o := range d.Box.Options {
		all = append(all, o.Name)
	}
	return strings.Join(all, ", ")
}

// box runs a test at the start page: somebody is followed, somebody was read before, and the servers of the list count how often they are asked.
func box(t *testing.T, f func(t *testing.T, d *statetest.Driver, asked func() int)) {
	t.Helper()
	var servers map[string]*findable
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		servers = findables(d)
		a := feedstest.Author("teapot", "x.example")
		a.Host = "x.example"
		if err := d.Store.SaveAuthor(t.Context(), a); err != nil {
			t.Error(err)
		}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/t/x.example/teatime", follows.Hashtag, feedstest.Epoch())
			f.Tag = "teatime"
			data.Add(f)
		})
		f(t, d, func() int {
			n := len(d.Network.Asked())
			for _, s := range servers {
				n += int(s.asked.Load())
			}
			return n
		})
	})
}

func TestTheBoxSuggestsWhatIsFollowedReadAndListedAndAsksNobody(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		for n := range "teatime" {
			d.Do(browser.BoxChange{Text: "teatime"[:n+1]})
		}
		d.Do(browser.BoxChange{Text: "tea"})
		d.Pass(time.Minute)
		if got := names(d); got != "#teatime, teapot, a.example, Search here: tea, Ask a.example for more" || asked() != 0 {
			t.Errorf("%s; %d questions", got, asked())
		}
	})
}

func TestArrowsEnterAndEscapeChooseASuggestion(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		d.Do(browser.BoxChange{Text: "tea"})
		for _, step := range []struct {
			key    string
			active int
		}{{"ArrowDown", 0}, {"ArrowDown", 1}, {"ArrowUp", 0}, {"ArrowUp", 4}, {"ArrowDown", 0}, {"ArrowDown", 1}} {
			if d.Do(browser.BoxChange{Text: "tea", Key: step.key}); d.Box.Active != step.active {
				t.Fatalf("after %s: %d, want %d", step.key, d.Box.Active, step.active)
			}
		}
		d.Do(browser.BoxChange{Text: "tea", Key: "Escape"})
		if len(d.Box.Options) > 0 || d.Box.Active >= 0 {
			t.Fatalf("%+v", d.Box)
		}
		d.Do(browser.BoxChange{Text: "tea", Key: "ArrowDown"}, browser.BoxChange{Text: "tea", Key: "ArrowDown"}, browser.BoxChange{Text: "tea", Key: "ArrowDown"}, browser.BoxChange{Text: "tea", Key: "Enter"})
		if got := d.Window.Fragment(); got != "#/@teapot@x.example" {
			t.Errorf("%s", got)
		}
	})
}

func TestEnterWithoutAChoiceOpensTheText(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		d.Do(browser.BoxChange{Text: "tea"}, browser.BoxChange{Text: "tea", Key: "Enter"})
		d.Pass(time.Second)
		if got := d.Window.Fragment(); got != "#/find?q=tea" || len(d.Box.Options) > 0 {
			t.Errorf("%s, %v", got, d.Box.Options)
		}
	})
}

func TestATapOnASuggestionOpensItsView(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		d.Do(browser.BoxChange{Text: "tea"}, browser.Click{Action: "choose-option", Index: 9}, browser.Click{Action: "choose-option", Index: 2})
		if got := d.Window.Fragment(); got != "#/i/a.example" {
			t.Errorf("%s", got)
		}
	})
}

func TestAServerIsAskedOnlyOnceThatIsChosenAndThenAfterAPause(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		d.Do(browser.BoxChange{Text: "tea"}, browser.Click{Action: "choose-option", Index: 4})
		if got := names(d); asked() != 1 || got != "#teatime, teapot, a.example, tea, #tea, Search here: tea" {
			t.Fatalf("%s; %d questions", got, asked())
		}
		for _, text := range []string{"teap", "teapo", "teapot"} {
			d.Do(browser.BoxChange{Text: text})
			d.Pass(200 * time.Millisecond)
		}
		if asked() != 1 {
			t.Errorf("%d questions while letters were typed", asked())
		}
		d.Pass(time.Second)
		if asked() != 2 {
			t.Errorf("%d questions after a pause", asked())
		}
		for _, text := range []string{"https://a.example/@ada/1", "a.example", "@ada@a.example", "t", "...", strings.Repeat("a", 10_000)} {
			d.Do(browser.BoxChange{Text: text})
			d.Pass(time.Minute)
		}
		d.Do(browser.BoxChange{Text: "teapot"}, browser.BoxChange{Key: "Tab"})
		d.Pass(time.Minute)
		if asked() != 2 {
			t.Errorf("%d questions for what is no name, or was left", asked())
		}
		d.Visit("#/settings")
		d.Visit("#/")
		d.Do(browser.BoxChange{Text: "tea"})
		if strings.Contains(names(d), "Ask") {
			t.Errorf("what was chosen is forgotten: %s", names(d))
		}
	})
}

func TestAServerThatCanNotBeAskedIsSaidAndOfferedAgain(t *testing.T) {
	var servers map[string]*findable
	statetest.Run(t, statetest.Options{Site: findSite, Before: func(d *statetest.Driver) {
		servers = findables(d)
		servers["a.example"].err = &feeds.Error{Kind: feeds.NeedsLogin, Host: "a.example"}
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.BoxChange{Text: "tea"})
		last := len(d.Box.Options) - 1
		d.Do(browser.Click{Action: "choose-option", Index: last})
		if !strings.HasSuffix(names(d), "Ask a.example for more") || d.Note == "" {
			t.Errorf("%s; %q", names(d), d.Note)
		}
	})
}

func TestAnythingMayBeTypedIntoTheBox(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		for _, text := range []string{"", "   ", "@", "#", "🐈", "قطط", "e\u0301\u0301", "\u202etea", "a\x00b", "\xff", strings.Repeat("tea ", 9_000)} {
			d.Do(browser.BoxChange{Text: text}, browser.BoxChange{Text: text, Key: "ArrowUp"}, browser.BoxChange{Text: text, Key: "ArrowDown"})
			if len(d.Box.Options) > 0 && (d.Box.Active < 0 || d.Box.Active >= len(d.Box.Options)) {
				t.Errorf("%.20q: %d of %d", text, d.Box.Active, len(d.Box.Options))
			}
		}
		d.Pass(time.Minute)
		if asked() != 0 {
			t.Errorf("%d questions", asked())
		}
	})
}

func TestWhatIsStoredComesTooLateForAListThatWasClosed(t *testing.T) {
	box(t, func(t *testing.T, d *statetest.Driver, asked func() int) {
		d.Window.Send(browser.BoxChange{Text: "tea"})
		d.Window.Send(browser.BoxChange{Text: "tea", Key: "Escape"})
		d.Pass(time.Second)
		if got := names(d); got != "" {
			t.Errorf("%s", got)
		}
		d.Do(browser.BoxChange{Text: "tea"})
		d.Visit("#/settings")
		if got := names(d); got != "" {
			t.Errorf("in another view: %s", got)
		}
	})
}
