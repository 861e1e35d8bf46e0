package state_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

func TestATextFromOutsideOpensWhatItNames(t *testing.T) {
	for text, want := range map[string]string{
		" @ada@a.example\n":                              "#/@ada@a.example",
		"https://a.example/@ada":                         "#/@ada@a.example",
		"web+ap://a.example/@ada":                        "#/@ada@a.example",
		"Read this: https://a.example/@ada (it is good)": "#/@ada@a.example",
		"hello":                        "",
		"javascript:alert(1)":          "",
		strings.Repeat("word ", 1<<20): "",
		"<script>" + strings.Repeat("<", 10000) + "</script>": "",
		"": "",
	} {
		statetest.Run(t, statetest.Options{Hash: "#/settings"}, func(t *testing.T, d *statetest.Driver) {
			d.Do(browser.Brought{Text: text})
			d.Pass(time.Second)
			got, note := d.Window.Fragment(), d.Note
			if want == "" && (got != "#/settings" || note != d.Words.T("brought.nothing")) || want != "" && got != want {
				t.Errorf("%.40q opens %s, and %q is said", text, got, note)
			}
		})
	}
}

func TestAFileFromOutsideIsShownBeforeItIsTaken(t *testing.T) {
	const list = "@ada@a.example\n@eve@a.example\n"
	for _, hash := range []string{"#/settings", "#/following", "#/"} {
		statetest.Run(t, statetest.Options{Hash: hash, Before: startList}, func(t *testing.T, d *statetest.Driver) {
			d.Do(browser.Brought{Name: "People.CSV", File: &browser.FileChosen{Data: []byte(list), More: true}})
			d.Pass(time.Second)
			m := following(t, d)
			if in := m.Import; in == nil || len(in.New) != 1 || in.Known != 1 || !in.First || len(d.Follows.Follows) != 3 {
				t.Fatalf("%s: %+v, %d are followed", hash, in, len(d.Follows.Follows))
			}
			d.Click("confirm")
			if len(d.Follows.Follows) != 4 {
				t.Errorf("%s: %d are followed", hash, len(d.Follows.Follows))
			}
		})
	}
}

func TestATextWithSeveralAddressesIsShownAsAFileOfThemIs(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Brought{Text: "@ada@a.example\n@eve@a.example"})
		d.Pass(time.Second)
		if in := following(t, d).Import; in == nil || len(in.New) != 2 || in.First {
			t.Errorf("%+v", in)
		}
	})
}

func TestASharedFileThatThereWasNoRoomForIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following"}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Brought{Lost: true})
		if d.Note != d.Words.T("problem.Storage.title") {
			t.Errorf("%q", d.Note)
		}
	})
}

func TestAFileFromOutsideThatCannotBeOpenedIsSaidToBeThat(t *testing.T) {
	for _, c := range []struct {
		name string
		file browser.FileChosen
		kind feeds.Kind // "" for a note
	}{
		{"film.mp4", browser.FileChosen{TooLarge: true}, ""},
		{"folder", browser.FileChosen{}, ""},
		{"list.csv.exe", browser.FileChosen{Data: []byte("@ada@a.example")}, ""},
		{"list.opml", browser.FileChosen{TooLarge: true}, feeds.TooLarge},
		{"gone.csv", browser.FileChosen{}, feeds.BadData},
		{"noise.json", browser.FileChosen{Data: []byte{0, 1, 2, 0xff}}, feeds.BadData},
		{"page.json", browser.FileChosen{Data: []byte(`{"x":1}`)}, feeds.BadData},
	} {
		statetest.Run(t, statetest.Options{Hash: "#/settings"}, func(t *testing.T, d *statetest.Driver) {
			before := d.Settings
			d.Do(browser.Brought{Name: c.name, File: &c.file})
			d.Pass(time.Second)
			if d.Settings != before {
				t.Errorf("%s: the settings are %+v", c.name, d.Settings)
			}
			if c.kind == "" {
				if d.Window.Fragment() != "#/settings" || d.Note != d.Words.T("brought.kind", "JSON Feed") {
					t.Errorf("%s: %s, %q", c.name, d.Window.Fragment(), d.Note)
				}
				return
			}
			if m := following(t, d); m.ImportErr == nil || m.ImportErr.Kind != c.kind {
				t.Errorf("%s: %v", c.name, m.ImportErr)
			}
		})
	}
}

func TestAnArchiveOrAJSONFeedFromOutsideIsLookedThrough(t *testing.T) {
	feed := `{"version":"https://jsonfeed.org/version/1.1","title":"Saved","items":[{"id":"https://a.example/users/ada/statuses/7","url":"https://a.example/@ada/7","content_text":"Tea"}]}`
	for _, at := range []string{"#/settings", "#/saved"} {
		for _, name := range []string{"saved.json", "saved"} {
			statetest.Run(t, statetest.Options{Hash: at}, func(t *testing.T, d *statetest.Driver) {
				d.Do(browser.Brought{Name: name, File: &browser.FileChosen{TooLarge: true}, Blob: folderFile{name, feed}})
				d.Pass(time.Second)
				if b := d.Archiving; d.Window.Fragment() != "#/saved" || b == nil || b.Found == nil || b.Found.New != 1 {
					t.Errorf("%s at %s: %s, %+v", name, at, d.Window.Fragment(), b)
				}
			})
		}
	}
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Brought{Name: "half.zip", File: &browser.FileChosen{TooLarge: true}, Blob: folderFile{"half.zip", "PK\x03\x04 and no more"}})
		d.Pass(time.Second)
		if b := d.Archiving; b == nil || b.Err == nil || b.Err.Kind != feeds.BadData {
			t.Errorf("%+v", b)
		}
		d.Do(browser.Brought{Name: "list.csv", File: &browser.FileChosen{Data: []byte("@ada@a.example")}, Blob: folderFile{"list.csv", "@ada@a.example"}})
		d.Pass(time.Second)
		if m := following(t, d); m.Import == nil {
			t.Error("a list isn't read any more")
		}
	})
}

func TestTheFrameSaysWhenThereIsNoNetwork(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		for _, online := range []bool{false, true} {
			d.Do(browser.NetworkChange{Online: online})
			if d.Offline == online {
				t.Errorf("online %v, offline %v", online, d.Offline)
			}
		}
	})
}

func TestTheIconShowsWhatWaitsInHomeOnlyWhereThatIsWanted(t *testing.T) {
	badges := func(d *statetest.Driver) (all []string) {
		for _, call := range strings.Split(d.Window.Calls(), "\n") {
			if strings.HasPrefix(call, "badge ") {
				all = append(all, call)
			}
		}
		return all
	}
	for _, wanted := range []bool{false, true} {
		statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
			_, list := d.Host("a.example", 2)
			d.Follow(t, func(data *follows.Data) {
				f := follows.New("#/i/a.example", follows.Server, time.Now())
				f.Host = "a.example"
				data.Add(f)
			})
			if wanted {
				d.Visit("#/settings")
				d.Do(browser.SettingChange{Name: "badge", On: true})
			}
			d.Visit("#/home")
			d.Pass(time.Second)
			d.Window.Set(func(w *browsertest.Window) { w.At = browser.Position{Y: 500} })
			list.Top = 5
			d.Pass(10 * time.Minute)
			if m := shown[*state.HomeModel](t, d); m.Feed.Snapshot.New != 3 {
				t.Fatalf("%d posts wait", m.Feed.Snapshot.New)
			}
			d.Click("show-new")
			d.Pass(time.Second)
			d.Visit("#/settings")
			d.Do(browser.SettingChange{Name: "badge"})
			got, want := strings.Join(badges(d), ", "), ""
			if wanted {
				want = "badge 0, badge 3, badge 0, badge 0"
			}
			if got != want {
				t.Errorf("wanted %v: %s", wanted, got)
			}
		})
	}
}
