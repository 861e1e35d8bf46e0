package state_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/markup"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

type windowOf = browsertest.Window

// pictured opens a list whose one post has three pictures, and returns the post.
func pictured(d *statetest.Driver) *feeds.Post {
	s, _ := d.Host("a.example", 0)
	p := feedstest.Post("a.example", "1", 1)
	for _, name := range []string{"1", "2", "3"} {
		p.Media = append(p.Media, feeds.Media{Kind: feeds.Image, URL: "https://a.example/" + name + ".jpg", Alt: name})
	}
	s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", p), nil }
	d.Visit("#/t/a.example/tea")
	d.Window.Calls()
	return p
}

func TestClicksThatMeanNothingDoNothing(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Window.Calls()
		for _, action := range []string{"", "more", "view", "copy", "slide", "older", "show-new", "fill", "again", "lasting", "forget", "export", "nothing"} {
			d.Do(browser.Click{Action: action, Post: "unknown", Index: 99})
		}
		d.Do(browser.SettingChange{Name: "theme", Value: "dark"}, browser.FileChosen{}, browser.Submit{Form: "other", Text: "x"}, browser.Submit{Form: "embed", Text: "x"},
			browser.PostClick{Link: "https://elsewhere.example/"}, browser.SlideChange{Index: 1}, browser.DialogClosed{Dialog: "help"}, browser.Toggle{Post: "k", Part: "other", Open: true})
		if calls := d.Window.Calls(); d.Menu != nil || d.Viewer != nil || calls != "" || d.Note != "" || d.Shown().Hash != "#/" || d.Opened("k") != (markup.Opened{}) {
			t.Errorf("%q, note %q", calls, d.Note)
		}
	})
}

func TestButtonsOfThePageDoWhatTheySay(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		for _, c := range []struct {
			click browser.Click
			want  string
		}{
			{browser.Click{Action: "skip"}, "focus main"},
			{browser.Click{Action: "heading", Text: "h1"}, "bring #h1"},
			{browser.Click{Action: "help"}, "open help"},
			{browser.Click{Action: "close", Dialog: "help"}, "close help"},
			{browser.Click{Action: "chapter", Post: "k", Second: 90}, "player k 0: from 90"},
			{browser.Click{Action: "stream", Post: "k", Index: 2}, "player k 2: start 0"},
			{browser.Click{Action: "speed", Post: "k", Index: 2, Second: 150}, "player k 2: speed 150"},
			{browser.Click{Action: "float", Post: "k", Index: 2}, "player k 2: float 0"},
			{browser.Click{Action: "share", Text: "#/settings"}, "share #/settings"},
			{browser.Click{Action: "update"}, "update"},
		} {
			d.Window.Calls()
			d.Do(c.click)
			if got := d.Window.Calls(); got != c.want {
				t.Errorf("%+v: %q, want %q", c.click, got, c.want)
			}
		}
	})
}

func TestWhatWasCopiedIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Click{Action: "share", Text: "x"})
		if d.Note != "" {
			t.Errorf("after sharing: %q", d.Note)
		}
		d.Do(browser.Click{Action: "clip", Text: "<script>"})
		if d.Window.Copied() != "<script>" || d.Note != d.Words.T("note.copied") {
			t.Errorf("%q, %q", d.Window.Copied(), d.Note)
		}
		d.Visit("#/settings")
		if d.Note != "" {
			t.Error("the note stays in the next view")
		}
		d.Do(browser.Click{Action: "clip", Text: "<script>"})
		if d.Pass(11 * time.Second); d.Note != "" {
			t.Errorf("%q stays", d.Note)
		}
		d.Window.Set(func(w *windowOf) { w.Denied = true })
		d.Do(browser.Click{Action: "clip", Text: "y"})
		if d.Window.Copied() != "<script>" || d.Note != d.Words.T("note.uncopied") {
			t.Errorf("where it isn't allowed: %q, %q", d.Window.Copied(), d.Note)
		}
	})
}

func TestWhatCannotBePlayedIsKeptByMedium(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Click{Action: "plain", Post: "k", Index: 1}, browser.Click{Action: "lost", Post: "k", Index: 2}, browser.Click{Action: "lost", Post: "k", Index: -1},
			browser.Click{Action: "lost", Post: "k", Index: 400})
		o := d.Opened("k")
		for i := range 4 {
			if o.Plain.Has(i) != (i == 1) || o.Lost.Has(i) != (i == 2) {
				t.Errorf("%d: %+v", i, o)
			}
		}
	})
}

func TestWhatIsOpenIsKeptByPost(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Toggle{Post: "k", Part: "cw", Open: true}, browser.Toggle{Post: "k", Part: "veil"}, browser.Click{Action: "alt", Post: "k", Index: 1},
			browser.Click{Action: "whole", Post: "k"}, browser.Click{Action: "player", Post: "k"}, browser.Click{Action: "load", Post: "k"})
		if got := d.Opened("k"); got != (markup.Opened{Warning: markup.Open, Veil: markup.Shut, Alt: 2, Whole: true, Player: true, Media: true}) {
			t.Errorf("%+v", got)
		}
		d.Do(browser.Click{Action: "alt", Post: "k", Index: 1}, browser.Click{Action: "whole", Post: "k"})
		if d.Opened("k").Alt != 0 || d.Opened("k").Whole || d.Opened("other") != (markup.Opened{}) {
			t.Errorf("%+v", d.Opened("k"))
		}
	})
}

func TestTheMenuIsThatOfAPost(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := pictured(d)
		d.Do(browser.Click{Action: "more", Post: p.Key})
		if d.Menu == nil || d.Menu.Post.Key != p.Key || d.Window.Calls() != "open menu" {
			t.Fatalf("%+v", d.Menu)
		}
		d.Do(browser.Click{Action: "copy", Post: p.Key})
		if calls := d.Window.Calls(); calls != "close menu" || d.Menu != nil || d.Window.Copied() != p.URL || d.Note != d.Words.T("note.copied") {
			t.Errorf("%q, %+v", calls, d.Menu)
		}
		d.Do(browser.Click{Action: "more", Post: p.Key}, browser.Click{Action: "share-post", Post: p.Key})
		if calls := d.Window.Calls(); !strings.HasSuffix(calls, "close menu\nshare "+p.URL) || d.Menu != nil {
			t.Errorf("%q, %+v", calls, d.Menu)
		}
	})
}

func TestAKeyAsksForWhatIsNew(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		asked := 0
		s, _ := d.Host("a.example", 1)
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) {
			asked++
			return feedstest.Page("", feedstest.Post("a.example", "1", 1)), nil
		}
		d.Visit("#/t/a.example/tea")
		before := asked
		d.Do(browser.KeyDown{Key: "r"})
		d.Pass(0)
		if asked != before+1 {
			t.Errorf("asked %d times, then %d", before, asked)
		}
	})
}

func TestTheViewerIsSteppedThrough(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := pictured(d)
		at := func(index int, calls string) {
			t.Helper()
			if got := d.Window.Calls(); d.Viewer == nil || d.Viewer.Index != index || got != calls {
				t.Errorf("%+v, %q; want %d, %q", d.Viewer, got, index, calls)
			}
		}
		d.Do(browser.Click{Action: "view", Post: p.Key, Index: 3}, browser.Click{Action: "view", Post: p.Key, Index: -1})
		if d.Viewer != nil {
			t.Fatal("a picture that isn't there is shown")
		}
		d.Do(browser.Click{Action: "view", Post: p.Key, Index: 1})
		at(1, "open viewer\nslide #viewer .slides to 1")
		d.Do(browser.Click{Action: "slide", Index: 2})
		at(2, "slide #viewer .slides to 2")
		d.Do(browser.Click{Action: "slide", Index: 3}, browser.KeyDown{Key: "j"})
		at(2, "")
		d.Do(browser.KeyDown{Key: "ArrowLeft"})
		at(1, "slide #viewer .slides to 1")
		d.Do(browser.KeyDown{Key: "ArrowRight"}, browser.KeyDown{Key: "k"}, browser.KeyDown{Key: "?"})
		at(1, "slide #viewer .slides to 2\nslide #viewer .slides to 1")
		d.Do(browser.SlideChange{Index: 0}, browser.SlideChange{Index: 9}, browser.SlideChange{Index: -1})
		at(0, "")
		d.Do(browser.Click{Action: "close", Dialog: "viewer"})
		if d.Viewer != nil {
			t.Error("the viewer is still there")
		}
	})
}

func TestArrowKeysFollowTheDirectionOfTheScript(t *testing.T) {
	for language, want := range map[string]int{"en": 2, "ar": 0} {
		statetest.Run(t, statetest.Options{Language: language}, func(t *testing.T, d *statetest.Driver) {
			p := pictured(d)
			d.Do(browser.Click{Action: "view", Post: p.Key, Index: 1}, browser.KeyDown{Key: "ArrowRight"})
			if d.Viewer == nil || d.Viewer.Index != want {
				t.Errorf("%s: %+v", language, d.Viewer)
			}
		})
	}
}

func TestKeysMoveThroughTheList(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		pictured(d)
		d.Do(browser.KeyDown{Key: "j"}, browser.KeyDown{Key: "PageUp"}, browser.KeyDown{Key: "?"}, browser.KeyDown{Key: "o"}, browser.KeyDown{Key: "x"})
		if calls := d.Window.Calls(); calls != "step focus by 1\nstep focus by -1\nopen help" {
			t.Errorf("%q", calls)
		}
		d.Window.Set(func(w *windowOf) { w.Link = "#/settings" })
		d.Do(browser.KeyDown{Key: "Enter"})
		if d.Shown().Hash != "#/settings" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
		d.Do(browser.KeyDown{Key: "b"})
		if d.Shown().Hash != "#/t/a.example/tea" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
		d.Window.Calls()
		d.Do(browser.KeyDown{Key: "/"})
		if calls := d.Window.Calls(); d.Shown().Hash != "#/" || !strings.Contains(calls, "focus #u") {
			t.Errorf("%s, %q", d.Shown().Hash, calls)
		}
		d.Do(browser.KeyDown{Key: "/"})
		if calls := d.Window.Calls(); calls != "focus #u" {
			t.Errorf("%q", calls)
		}
	})
}

func TestTheTextOfAPostOpensItsThread(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.PostClick{Link: "#/settings"})
		if d.Shown().Hash != "#/settings" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
		d.Click("back")
		if d.Shown().Hash != "#/" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}

func TestANewVersionAndAFailingStoreAreSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.UpdateReady{})
		if !d.NewVersion {
			t.Error("the new version isn't offered")
		}
		d.StoreFailure <- &feeds.Error{Kind: feeds.Storage}
		d.Pass(0)
		if d.StoreNotice == nil || d.StoreErr == nil {
			t.Fatal("the failure isn't said")
		}
		d.Click("noted")
		if d.StoreNotice != nil || d.StoreErr == nil {
			t.Error("it stays on the screen, or is forgotten")
		}
	})
}

func TestBackClosesWhatIsOpenAndNothingElse(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p := pictured(d)
		d.Do(browser.Click{Action: "view", Post: p.Key, Index: 1})
		d.Back()
		if d.Viewer != nil || d.Shown().Hash != "#/t/a.example/tea" {
			t.Errorf("%+v on %s", d.Viewer, d.Shown().Hash)
		}
		d.Do(browser.Click{Action: "more", Post: p.Key})
		d.Visit("#/settings")
		if d.Menu != nil {
			t.Error("the menu outlives its view")
		}
	})
}

// The address box of the start is reached from a dialog too: the start takes the dialog's place in the history.
func TestKeysLeaveADialog(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		pictured(d)
		d.Do(browser.KeyDown{Key: "?"}, browser.KeyDown{Key: "b"})
		if d.Shown().Hash != "#/t/a.example/tea" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
		d.Do(browser.KeyDown{Key: "?"}, browser.KeyDown{Key: "/"})
		d.Back()
		if d.Shown().Hash != "#/t/a.example/tea" {
			t.Errorf("%s is shown", d.Shown().Hash)
		}
	})
}
