package state_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/settings"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/saved"
	"vitrine/feeds/software"
)

const settingsKey = "vitrine:/:settings"

// stored are the settings in the reader's own database.
func stored(t *testing.T, d *statetest.Driver) settings.Settings {
	t.Helper()
	s, err := settings.Load(t.Context(), d.Shelf)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASettingTakesEffectAtOnceAndForGood(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/settings"}, func(t *testing.T, d *statetest.Driver) {
		drawing := d.Drawing("a.example")
		if d.Drawing("a.example") != drawing {
			t.Error("each row would be drawn again")
		}
		d.Do(browser.SettingChange{Name: "theme", Value: "dark"}, browser.SettingChange{Name: "cw", On: true}, browser.SettingChange{Name: "size", Value: "125"})
		want := settings.Settings{Theme: "dark", OpenWarnings: true, TextSize: 125}
		if d.Settings != want || stored(t, d) != want || d.Window.Look() != "dark 125 false" {
			t.Errorf("%+v, stored %+v, look %s", d.Settings, stored(t, d), d.Window.Look())
		}
		if got := d.Window.LocalItem(settingsKey); got != string(settings.Encode(want)) {
			t.Errorf("the loader finds %s", got)
		}
		if d.Drawing("a.example") == drawing || !d.Drawing("a.example").Settings.OpenWarnings {
			t.Error("the setting doesn't reach the rows")
		}
		d.Window.Calls()
	})
}

func TestAnotherLanguageIsSpokenAtOnce(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/settings"}, func(t *testing.T, d *statetest.Driver) {
		german, err := words.Load([]byte(`{"lang":"de","months":["","","","","","","","","","","",""],"monthsShort":["","","","","","","","","","","",""],"weekdays":["","","","","","",""],"languages":{},"number":{"decimal":","},"nav.settings":"Einstellungen"}`))
		if err != nil {
			t.Fatal(err)
		}
		d.Window.Set(func(w *windowOf) { w.Tables = map[string]string{"de": german.Table(), "sv": "cut off"} })
		drawing := d.Drawing("a.example")
		d.Do(browser.SettingChange{Name: "lang", Value: "de"})
		if d.Words.Lang() != "de" || d.Words.T("nav.settings") != "Einstellungen" || d.Drawing("a.example") == drawing || d.Drawing("a.example").Words != d.Words || stored(t, d).Language != "de" {
			t.Errorf("%s, %s, %+v", d.Words.Lang(), d.Words.T("nav.settings"), stored(t, d))
		}
		for _, language := range []string{"ar", "sv"} { // whose words can't be had, or aren't words
			d.Note = ""
			d.Do(browser.SettingChange{Name: "lang", Value: language})
			if d.Words.Lang() != "de" || d.Note != d.Words.T("note.language") || d.Settings.Language != language {
				t.Errorf("%s: %s, %q, %+v", language, d.Words.Lang(), d.Note, d.Settings)
			}
		}
	})
}

func TestSettingsComeFromLocalStorageElseFromTheReadersDatabase(t *testing.T) {
	dark, light := settings.Settings{Theme: "dark"}, settings.Settings{Theme: "light", Language: "de"}
	store := func(d *statetest.Driver) {
		if err := settings.Save(context.Background(), d.Shelf, light); err != nil {
			panic(err)
		}
	}
	statetest.Run(t, statetest.Options{Before: func(d *statetest.Driver) {
		store(d)
		d.Window.SetLocalItem(settingsKey, string(settings.Encode(dark)))
	}}, func(t *testing.T, d *statetest.Driver) {
		if d.Settings != dark {
			t.Errorf("%+v", d.Settings)
		}
	})
	statetest.Run(t, statetest.Options{Before: store}, func(t *testing.T, d *statetest.Driver) {
		if calls := d.Window.Calls(); d.Settings != light || d.Window.LocalItem(settingsKey) == "" || d.Window.Look() != "light 0 false" || calls != "hand over\nspeak de" && calls != "speak de\nhand over" {
			t.Errorf("%+v, %q", d.Settings, calls)
		}
	})
}

func TestSettingsThatCannotBeStoredAreSaidToBeLost(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/settings"}, func(t *testing.T, d *statetest.Driver) {
		d.Shelf.Err = &feeds.Error{Kind: feeds.Storage}
		d.Do(browser.SettingChange{Name: "theme", Value: "dark"})
		if d.Note != "" {
			t.Errorf("local storage has them, and yet: %s", d.Note)
		}
		d.Window.Set(func(w *windowOf) { w.Denied = true })
		d.Do(browser.SettingChange{Name: "theme", Value: "light"})
		if d.Note == "" || d.Settings.Theme != "light" {
			t.Errorf("%q, %+v", d.Note, d.Settings)
		}
	})
}

func TestOwnDataAreExportedAndImported(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/settings"}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.SettingChange{Name: "theme", Value: "dark"})
		d.Click("export")
		file := d.Window.Downloaded("vitrine.json")
		d.Do(browser.SettingChange{Name: "theme", Value: "light"})
		d.Do(browser.FileChosen{Data: []byte(file)})
		if d.Settings.Theme != "dark" || d.Note != d.Words.T("own.imported") || stored(t, d).Theme != "dark" {
			t.Errorf("%+v, %q", d.Settings, d.Note)
		}
		for text, note := range map[string]string{"": "own.unreadable", "{}": "own.unreadable", `{"vitrine":99}`: "own.newer"} {
			d.Do(browser.FileChosen{Data: []byte(text)})
			if d.Settings.Theme != "dark" || d.Note != d.Words.T(note) {
				t.Errorf("%s: %+v, %q", text, d.Settings, d.Note)
			}
		}
	})
}

// What was saved in years makes a large file, whose list of follows is small.
func TestALargeFileOfOwnDataIsImported(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/settings", Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		p, err := jsontext.Marshal(&saved.Post{Version: 1, Post: feedstest.Post("a.example", "1", 1), At: d.Clock().Now(), Note: "years"})
		if err != nil {
			t.Fatal(err)
		}
		file := `{"vitrine":1,"follows":[{"address":"@ada@a.example"}],"settings":{"theme":"dark"},"saved":[` + string(p) + `,"` + strings.Repeat("x", 6<<20) + `"]}`
		d.Do(browser.FileChosen{Data: []byte(file)})
		if d.Settings.Theme != "dark" || len(d.Follows.Follows) != 1 || d.SavedCount() != 1 || d.Note != d.Words.N("saved.unreadable", 1) {
			t.Errorf("%+v, %+v, %d saved, %q", d.Settings, d.Follows.Follows, d.SavedCount(), d.Note)
		}
		d.Do(browser.FileChosen{TooLarge: true})
		if d.Note != d.Words.T("own.large", d.Words.Bytes(browser.MaxFile)) {
			t.Errorf("%q", d.Note)
		}
	})
}

func TestWhatIsStoredIsCountedAndCleared(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 5)
		d.Host("b.example", 3)
		d.Visit("#/t/a.example/tea")
		d.Visit("#/t/b.example/tea")
		d.Window.Set(func(w *windowOf) {
			w.Used, w.Quota, w.Program, w.Media = 100, 1000, 50, browser.Media{Count: 2, Bytes: 20}
		})
		d.Visit("#/settings")
		m := shown[*state.SettingsModel](t, d)
		if s := m.Stored; !s.Known || s.Posts().Posts != 8 || len(s.Hosts) != 2 || s.Used != 100 || s.Quota != 1000 || s.Program != 50 || s.Media.Count != 2 || s.Lasting {
			t.Errorf("%+v", s)
		}
		d.Window.Calls()
		d.Click("lasting")
		if !m.Stored.Lasting {
			t.Error("the promise isn't shown")
		}
		d.Do(browser.Click{Action: "forget", Host: "a.example"})
		if calls := d.Window.Calls(); m.Stored.Posts().Posts != 3 || calls != `clear the fronts of "a.example"` || d.Note != d.Words.T("store.cleared") {
			t.Errorf("%+v, %q, %q", m.Stored, calls, d.Note)
		}
		d.Window.Set(func(w *windowOf) { w.Denied = true })
		d.Click("forget")
		if m.Stored.Posts().Posts != 3 || d.Window.Calls() != "confirm" {
			t.Error("everything was cleared against the answer")
		}
		d.Window.Set(func(w *windowOf) { w.Denied = false })
		d.Click("forget")
		if calls := d.Window.Calls(); m.Stored.Posts().Posts != 0 || m.Stored.Media.Count != 0 || !strings.Contains(calls, "forget media") {
			t.Errorf("%+v, %q", m.Stored, calls)
		}
	})
}

func TestRoomIsMadeOnceAWhileAfterTheStart(t *testing.T) {
	statetest.Run(t, statetest.Options{Before: func(d *statetest.Driver) {
		d.Window.SetLocalItem(settingsKey, `{"keepDays":7}`)
		old := feedstest.Post("a.example", "1", 1)
		old.Sightings[0].At = time.Now().AddDate(0, 0, -30)
		if err := d.Store.SavePosts(context.Background(), []*feeds.Post{old}); err != nil {
			panic(err)
		}
	}}, func(t *testing.T, d *statetest.Driver) {
		there := func() bool {
			p, err := d.Store.PostAt(t.Context(), "a.example", "1")
			return p != nil && err == nil
		}
		d.Pass(29 * time.Second)
		if !there() {
			t.Error("room is made while the program starts")
		}
		d.Pass(time.Second)
		if there() {
			t.Error("a post that is older than may be kept is still stored")
		}
	})
}

// The loader asks in Mastodon's words, and a browser logs each refusal.
func TestTheLoaderAsksAHostThatDidNotUnderstandItNoSecondTime(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		h, ctx := state.NewHostMemory(d.Store, d.Window, "/"), t.Context()
		h.Keep(ctx, "blog.example", infoOf(""))                                               // nothing is known of it
		h.Keep(ctx, "new.example", infoOf("brand-new"))                                       // nor of this one, which
		h.Keep(ctx, "new.example", software.Nodeinfo{Software: "brand-new", Documents: true}) // is read by its documents then
		if got := d.Window.LocalItem("vitrine:/:others"); got != "blog.example new.example" {
			t.Errorf("the loader finds %q", got)
		}
		if info, known := h.Recall(ctx, "blog.example"); known {
			t.Errorf("a host that said nothing is %+v", info)
		}
		if info, known := h.Recall(ctx, "new.example"); !known || info.Software != "brand-new" || !info.Documents {
			t.Errorf("%+v, %v", info, known)
		}
		h.Answered(ctx, "blog.example")
		h.Keep(ctx, "new.example", infoOf("mastodon"))
		if got := d.Window.LocalItem("vitrine:/:others"); got != "" {
			t.Errorf("after they answered it finds %q", got)
		}
		if got := d.Window.LocalItem("vitrine:/:speak"); got != "blog.example new.example" {
			t.Errorf("as those that answer it finds %q", got)
		}
		d.Visit("#/settings")
		d.Do(browser.Click{Action: "forget", Host: "new.example"})
		if got := d.Window.LocalItem("vitrine:/:speak"); got != "blog.example" {
			t.Errorf("after one was forgotten it finds %q", got)
		}
	})
}

func TestHostsThatSpeakAnotherAPIAreNotedForTheLoader(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		h := state.NewHostMemory(d.Store, d.Window, "/")
		if _, known := h.Recall(t.Context(), "film.example"); known {
			t.Error("a host is known that nobody asked")
		}
		h.Keep(t.Context(), "film.example", infoOf("peertube"))
		h.Keep(t.Context(), "film.example", infoOf("peertube"))
		h.Keep(t.Context(), "a.example", infoOf("mastodon"))
		if got := d.Window.LocalItem("vitrine:/:others"); got != "film.example" {
			t.Errorf("the loader finds %q", got)
		}
		if info, known := h.Recall(t.Context(), "film.example"); !known || info.Software != "peertube" {
			t.Errorf("%+v, %v", info, known)
		}
		d.Visit("#/settings")
		d.Do(browser.Click{Action: "forget", Host: "film.example"})
		if got := d.Window.LocalItem("vitrine:/:others"); got != "" {
			t.Errorf("the loader still finds %q", got)
		}
		for range 3 {
			for i := range 90 {
				h.Keep(t.Context(), string(rune('a'+i%26))+string(rune('a'+i/26))+time.Now().Format("05")+".example", infoOf("lemmy"))
			}
			d.Pass(time.Second)
		}
		if n := len(strings.Fields(d.Window.LocalItem("vitrine:/:others"))); n != 200 {
			t.Errorf("the loader finds %d hosts", n)
		}
	})
}

func TestTheBackgroundRefreshIsOfferedWhereTheBrowserHasIt(t *testing.T) {
	settingsOf := func(t *testing.T, d *statetest.Driver) *state.SettingsModel {
		t.Helper()
		d.Visit("#/settings")
		return shown[*state.SettingsModel](t, d)
	}
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		if m := settingsOf(t, d); m.MaySync || m.Syncs {
			t.Errorf("where there is none: %v, %v", m.MaySync, m.Syncs)
		}
	})
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Window.Syncs = new(bool)
		m := settingsOf(t, d)
		if !m.MaySync || m.Syncs {
			t.Errorf("at first: %v, %v", m.MaySync, m.Syncs)
		}
		d.Do(browser.SettingChange{Name: "sync", On: true})
		if !m.Syncs || !*d.Window.Syncs || d.Note != "" {
			t.Errorf("turned on: %v, %q", m.Syncs, d.Note)
		}
		d.Do(browser.SettingChange{Name: "sync"})
		if m.Syncs || *d.Window.Syncs {
			t.Error("it can't be turned off")
		}
		d.Window.Refuses = true
		d.Do(browser.SettingChange{Name: "sync", On: true})
		if m.Syncs || d.Note == "" {
			t.Errorf("refused: %v, %q", m.Syncs, d.Note)
		}
	})
}
