package state

import (
	"os"
	"testing"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/feeds"
)

func start(t *testing.T) *App {
	t.Helper()
	data, err := os.ReadFile("../../web/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	now := func(f func()) { f() }
	a, err := New(browser.Config{Base: "/", Words: data, Site: []byte("no JSON")}, Stage{Later: now, Drawn: now})
	if err != nil {
		t.Fatal(err)
	}
	a.Start()
	return a
}

func TestASiteWithoutItsListStillOpens(t *testing.T) {
	a := start(t)
	if a.Site.Title != "Vitrine" || a.Shown() == nil || a.Shown().Hash != "#/" {
		t.Errorf("site %+v, shown %+v", a.Site, a.Shown())
	}
}

func TestSettingsTakeOnlyWhatTheyKnow(t *testing.T) {
	a := start(t)
	for _, e := range []browser.Event{
		{Name: "theme", Value: "dark"}, {Name: "size", Value: "125"}, {Name: "face", Value: "serif"}, {Name: "cw", Checked: true}, {Name: "nsfw", Checked: true},
		{Name: "autoplay", Checked: true}, {Name: "saver", Checked: true}, {Name: "counts"}, {Name: "boosts"},
	} {
		e.Type, e.Action = browser.Change, "set"
		a.Handle(e)
	}
	want := feeds.Settings{Theme: "dark", TextSize: 125, Serif: true, OpenWarnings: true, ShowSensitive: true, Autoplay: true, DataSaver: true, HideCounts: true, HideBoosts: true}
	if a.Settings != want {
		t.Errorf("%+v", a.Settings)
	}
	for _, e := range []browser.Event{{Name: "theme", Value: "pink"}, {Name: "size", Value: "9000"}, {Name: "size", Value: "x"}, {Name: "lang", Value: "tlh"}} {
		e.Type, e.Action = browser.Change, "set"
		a.Handle(e)
	}
	if a.Settings.Theme != "" || a.Settings.TextSize != 0 || a.Settings.Language != "" {
		t.Errorf("%+v", a.Settings)
	}
}

func TestADrawingIsTheSameUntilSomethingChanges(t *testing.T) {
	a := start(t)
	d := a.Drawing("a.example")
	if a.Drawing("a.example") != d {
		t.Error("each row would be drawn again")
	}
	a.Handle(browser.Event{Type: browser.Change, Action: "set", Name: "cw", Checked: true})
	if a.Drawing("a.example") == d {
		t.Error("a setting doesn't reach the rows")
	}
}

func TestWhatIsOpenIsKeptByPost(t *testing.T) {
	a := start(t)
	a.Handle(browser.Event{Type: browser.Toggle, Action: "toggle", Part: "cw", Key: "k", Checked: true})
	a.Handle(browser.Event{Type: browser.Toggle, Action: "toggle", Part: "veil", Key: "k"})
	a.Handle(browser.Event{Type: browser.Press, Action: "alt", Key: "k", Index: 1})
	a.Handle(browser.Event{Type: browser.Press, Action: "whole", Key: "k"})
	if got := a.Opened("k"); got != (markup.Opened{Warning: markup.Open, Veil: markup.Shut, Alt: 2, Whole: true}) {
		t.Errorf("%+v", got)
	}
	a.Handle(browser.Event{Type: browser.Press, Action: "alt", Key: "k", Index: 1})
	if a.Opened("k").Alt != 0 || a.Opened("other") != (markup.Opened{}) {
		t.Errorf("%+v", a.Opened("k"))
	}
}

func TestChunksFoldAndUnfoldWithoutTouchingWhatIsDrawn(t *testing.T) {
	a := start(t)
	leave := browser.Event{Type: browser.Chunk, Name: "feed:2", Index: 900}
	a.Handle(leave)
	folded := a.Shown().Heights("feed")
	if len(folded) != 3 || folded[2] != 900 || folded[0] != 0 {
		t.Fatalf("%v", folded)
	}
	a.Handle(browser.Event{Type: browser.Chunk, Name: "feed:2", Checked: true, Index: 900})
	if folded[2] != 900 || a.Shown().Heights("feed")[2] != 0 {
		t.Errorf("%v, then %v", folded, a.Shown().Heights("feed"))
	}
	for _, name := range []string{"", "feed", "feed:x", "feed:-1"} {
		a.Handle(browser.Event{Type: browser.Chunk, Name: name, Index: 1})
	}
	if len(a.Shown().Heights("feed")) != 3 {
		t.Error("nonsense was noted")
	}
}

func TestPressesThatMeanNothingDoNothing(t *testing.T) {
	a := start(t)
	for _, action := range []string{"", "more", "view", "copy", "slide", "zoom", "older", "new", "gap", "again", "nothing"} {
		a.Handle(browser.Event{Type: browser.Press, Action: action, Key: "unknown", Index: 99})
	}
	if a.Menu != nil || a.Viewer != nil {
		t.Error("something was opened")
	}
}
