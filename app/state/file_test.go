package state_test

import (
	"archive/zip"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/document"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func save(d *statetest.Driver, f document.Format) {
	d.Do(browser.Click{Action: "export", Format: string(f)})
	d.Pass(time.Minute)
}

func TestPostsAreSavedAsAFileOfEachFormat(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		copied(d)
		d.Visit("#/p/a.example/71")
		m := shown[*state.ThreadModel](t, d)
		name := ""
		for _, f := range document.Formats() {
			d.Click("save-file")
			if d.FileMenu == nil || d.FileMenu.Loaded != 2 || d.FileMenu.More {
				t.Fatalf("%+v", d.FileMenu)
			}
			name = document.Name(d.FileMenu.Title, f)
			save(d, f)
			text := d.Window.Downloaded(name)
			if menu := d.FileMenu; !menu.Over || menu.Err != nil || menu.Report.Posts != 2 || menu.Report.Bytes != int64(len(text)) {
				t.Errorf("%s: %+v", f, menu)
			}
			for _, p := range m.Posts() {
				if !strings.Contains(text, p.URL) {
					t.Errorf("%s doesn't lead to %s", f, p.URL)
				}
			}
			if f == document.EPUB || f == document.Markdown {
				if _, err := zip.NewReader(strings.NewReader(text), int64(len(text))); err != nil {
					t.Errorf("%s: %v", f, err)
				}
			}
			d.Do(browser.DialogClosed{Dialog: state.FileDialog})
			if d.FileMenu != nil {
				t.Error("the dialog is still there")
			}
		}
	})
}

func TestOlderPostsAreLoadedForAFile(t *testing.T) {
	for much, want := range map[string]int{"": 10, "50": 50, "100": 65, "1d": 0} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			d.Host("a.example", 65)
			d.Visit("#/i/a.example")
			d.Click("save-file")
			d.Do(browser.SettingChange{Name: "file-much", Value: much})
			save(d, document.JSONFeed)
			menu := d.FileMenu
			if want == 0 { // all that was written in the last day
				want = menu.Report.Posts
			}
			if menu.Err != nil || menu.Older != nil || menu.Report.Posts != want {
				t.Errorf("%q: %+v", much, menu)
			}
		})
	}
}

func TestWhereOlderPostsFailTheOthersAreSaved(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, line := d.Host("a.example", 65)
		d.Visit("#/i/a.example")
		line.Err = &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
		d.Click("save-file")
		d.Do(browser.SettingChange{Name: "file-much", Value: "500"})
		save(d, document.HTML)
		if menu := d.FileMenu; menu.Err != nil || menu.Older == nil || menu.Older.Kind != feeds.ServerError || menu.Report.Posts != 10 {
			t.Errorf("%+v", menu)
		}
	})
}

func TestAFileThatIsntWrittenLeavesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(d *statetest.Driver)
		kind    feeds.Kind
		over    bool
	}{
		"no place is chosen": {func(d *statetest.Driver) { d.Window.NoFile = browser.ErrNotChosen }, "", false},
		"no file":            {func(d *statetest.Driver) { d.Window.NoFile = errors.New("no") }, feeds.Internal, true},
		"a full disk":        {func(d *statetest.Driver) { d.Window.Full = true }, feeds.Internal, true},
	} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			copied(d)
			d.Visit("#/p/a.example/71")
			d.Click("save-file")
			c.prepare(d)
			save(d, document.HTML)
			menu := d.FileMenu
			if menu.Running || menu.Over != c.over || (menu.Err != nil) != c.over || menu.Err != nil && menu.Err.Kind != c.kind {
				t.Errorf("%s: %+v", name, menu)
			}
			if d.Window.Downloaded(document.Name(menu.Title, document.HTML)) != "" {
				t.Errorf("%s: half a file is there", name)
			}
		})
	}
}

// silent is a network without answers.
type silent struct{ *feedstest.Network }

func (silent) Fetch(ctx context.Context, _ feeds.Request) (*feeds.Response, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (silent) Budget(string) (feeds.Budget, bool) { return feeds.Budget{}, false }

func TestClosingTheDialogEndsTheFile(t *testing.T) {
	statetest.Run(t, statetest.Options{Fetcher: silent{}}, func(t *testing.T, d *statetest.Driver) {
		_, _, reply := copied(d)
		reply.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://files.example/1.png", Alt: "x"}} // which never comes
		d.Visit("#/p/a.example/71")
		d.Click("save-file")
		menu := d.FileMenu
		save(d, document.HTML)
		if !menu.Running || menu.Reading {
			t.Fatalf("%+v", menu)
		}
		d.Do(browser.DialogClosed{Dialog: state.FileDialog})
		d.Pass(time.Second)
		if name := document.Name(menu.Title, document.HTML); d.Window.Downloaded(name) != "" || !strings.Contains(d.Window.Calls(), "abort "+name) {
			t.Errorf("a file is there: %s", d.Window.Calls())
		}
		if d.Note != d.Words.T("carry.cancelled") {
			t.Errorf("it says %q", d.Note)
		}
	})
}

func TestWhatAuthorsDontWantArchivedIsInNoFile(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		a, _ := d.Host("a.example", 0)
		p := feedstest.Post("a.example", "71", 0)
		by := *p.Author
		by.Wishes.NoArchive = true
		shy := *p
		shy.Author = &by
		a.OnPost = func(string) (*feeds.Post, error) { return &shy, nil }
		a.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, nil, nil }
		d.Visit("#/p/a.example/71")
		d.Click("save-file")
		save(d, document.EPUB)
		if menu := d.FileMenu; !menu.Empty || menu.Report.LeftOut != 1 || d.Window.Downloaded(document.Name(menu.Title, document.EPUB)) != "" {
			t.Errorf("%+v", menu)
		}
	})
}
