package state_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/document"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/archive"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/saved"
)

// folderFile is a file of a folder that was chosen.
type folderFile struct{ name, data string }

func (f folderFile) Name() string { return f.name }
func (f folderFile) Size() int64  { return int64(len(f.data)) }

func (f folderFile) Piece(ctx context.Context, from, n int64, _ bool, most int64) (archive.Piece, error) {
	if n > most {
		return nil, &feeds.Error{Kind: feeds.TooLarge}
	}
	return filePiece(f.data[from : from+n]), ctx.Err()
}

type filePiece string

func (p filePiece) Size() int64                          { return int64(len(p)) }
func (p filePiece) Head() []byte                         { return []byte(p[:min(len(p), feeds.FileHead)]) }
func (p filePiece) Bytes() []byte                        { return []byte(p) }
func (p filePiece) Read(context.Context) ([]byte, error) { return []byte(p), nil }

// accountArchive is the archive of an account with n posts, each with a picture, of which the last one isn't there and the one before is none.
func accountArchive(n int) browser.ArchiveChosen {
	var items []string
	files := []archive.Blob{
		folderFile{"archive/actor.json", `{"id":"https://own.example/users/ada","type":"Person","preferredUsername":"ada","name":"Ada","url":"https://own.example/@ada"}`},
		folderFile{"archive/likes.json", `{"orderedItems":["https://a.example/users/ada/statuses/2","https://a.example/users/ada/statuses/9","https://a.example/nothing"]}`},
		folderFile{"archive/bookmarks.json", `{"orderedItems":["https://a.example/users/ada/statuses/3"]}`},
	}
	for i := 1; i <= n; i++ {
		items = append(items, fmt.Sprintf(`{"type":"Create","actor":"https://own.example/users/ada","object":{"id":"https://own.example/users/ada/statuses/%[1]d","type":"Note","published":"1999-05-01T10:%02[1]d:00Z","url":"https://own.example/@ada/%[1]d","attributedTo":"https://own.example/users/ada","to":"as:Public","content":"<p>Own %[1]d</p>","attachment":[{"type":"Document","mediaType":"image/png","url":"/media/%[1]d.png"}]}}`, i))
		data := feedstest.PNG + fmt.Sprint(i)
		if i == n-1 {
			data = "<script>alert(1)</script>"
		}
		if i < n {
			files = append(files, folderFile{fmt.Sprintf("archive/media/%d.png", i), data})
		}
	}
	items = append(items, `{"type":"Announce","published":"1999-06-01T10:00:00Z","object":"https://b.example/1"}`, `{"type":"Create","object":{"id":"https://own.example/users/ada/statuses/99","type":"Note","to":"https://own.example/users/ada/followers","content":"secret"}}`)
	return browser.ArchiveChosen{Files: append(files, folderFile{"archive/outbox.json", `{"orderedItems":[` + strings.Join(items, ",") + `]}`})}
}

func TestAnArchiveReadsLikeAProfileWithoutANetwork(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/saved", Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		d.Do(accountArchive(12))
		b := d.Archiving
		if b == nil || b.Busy || b.Err != nil || b.Found == nil {
			t.Fatalf("%+v", b)
		}
		if f := b.Found; f.New != 12 || f.Known != 0 || f.Private != 1 || f.Boosts != 1 || f.Unread != 0 || f.Name() != "ada@own.example" || len(f.Links.New) != 3 || f.Links.Unread != 1 || f.Links.Hosts != 1 {
			t.Errorf("%+v", f)
		}
		if all, _ := d.Kept.Range(t.Context(), "", "\x7f", 0); len(all) != 0 {
			t.Errorf("%d records before it was confirmed", len(all))
		}
		d.Click("confirm")
		m := shown[*state.SavedModel](t, d)
		if len(m.Archives) != 1 || m.Archives[0].Posts != 12 || m.Archives[0].Files != 10 || m.Archives[0].Lost != 2 || m.Archives[0].Open {
			t.Fatalf("%+v", m.Archives)
		}
		d.Visit("#/saved?archive=ada%40own.example")
		m = shown[*state.SavedModel](t, d)
		if len(m.Keys) != 12 || m.About == nil || m.Keys[0] != "https://own.example/users/ada/statuses/12" || m.Items[m.Keys[0]].Mark != nil {
			t.Fatalf("%v, %+v", m.Keys, m.About)
		}
		if len(m.Boosts) != 1 || m.Boosts[0].URL != "https://b.example/1" || m.Boosts[0].At.Year() != 1999 {
			t.Errorf("boosts: %+v", m.Boosts)
		}
		url := m.Items[m.Keys[5]].Post.Post.Media[0].URL
		if data, _, _ := d.Media.Bytes(t.Context(), url); string(data) != feedstest.PNG+"7" {
			t.Errorf("%s: %q", url, data)
		}
		d.Click("save-file")
		save(d, document.JSONFeed)
		if menu := d.FileMenu; menu.Title != "Ada" || menu.Empty || menu.Report.Posts != 12 {
			t.Errorf("a file of it: %+v", menu)
		}
		d.Do(browser.DialogClosed{Dialog: state.FileDialog})
		d.Do(browser.Submit{Form: "saved-find", Text: "own 7"})
		if len(m.Keys) != 1 {
			t.Errorf("%v", m.Keys)
		}
		d.Visit("#/p/own.example/7")
		if m := shown[*state.ThreadModel](t, d); m.Snapshot.Tree == nil || m.Snapshot.Err == nil || !m.Snapshot.Archived {
			t.Errorf("%+v", m.Snapshot)
		}
		d.Visit("#/saved")
		d.Do(accountArchive(12))
		if f := d.Archiving.Found; f.New != 0 || f.Known != 12 {
			t.Errorf("%+v", f)
		}
		d.Click("archive-cancel")
		d.Do(browser.Click{Action: "archive-drop", Post: "ada@own.example"})
		if all, _ := d.Kept.Range(t.Context(), "", "\x7f", 0); len(all) != 0 {
			t.Errorf("left: %v", all)
		}
		if sums, _ := d.Media.Owned(t.Context()); len(sums) != 0 {
			t.Errorf("left: %v", sums)
		}
	})
}

func TestAJSONFeedComesBackAsSavedPosts(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/saved", Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		file := browser.ArchiveChosen{Files: []archive.Blob{folderFile{"saved.json", `{"version":"https://jsonfeed.org/version/1.1","title":"Saved","items":[
			{"id":"https://a.example/@ada/1","url":"https://a.example/@ada/1","content_html":"<p>One</p>","date_published":"1999-04-01T10:00:00Z"},
			{"id":"https://a.example/@ada/2","url":"https://a.example/@ada/2","content_html":"<p>Two</p>","date_published":"1999-04-02T10:00:00Z"}]}`}}}
		d.Do(file)
		if b := d.Archiving; b == nil || b.Err != nil || b.Found == nil || b.Found.New != 2 || b.Found.Known != 0 {
			t.Fatalf("%+v", b)
		}
		if all, _ := d.Kept.Range(t.Context(), "", "\x7f", 0); len(all) != 0 {
			t.Errorf("%d records before it was confirmed", len(all))
		}
		d.Click("confirm")
		m := shown[*state.SavedModel](t, d)
		if len(m.Keys) != 2 || m.Keys[0] != "https://a.example/@ada/2" || d.Archiving != nil {
			t.Fatalf("%v, %+v", m.Keys, d.Archiving)
		}
		d.Do(file)
		if f := d.Archiving.Found; f.New != 0 || f.Known != 2 {
			t.Errorf("%+v", f)
		}
	})
}

// What a reader said of saved posts comes back with them; of those that are saved it is joined to what they say.
func TestLabelsAndNotesComeBackFromAJSONFeed(t *testing.T) {
	file := func(labels, note string) browser.ArchiveChosen {
		return browser.ArchiveChosen{Files: []archive.Blob{folderFile{"saved.json", `{"version":"https://jsonfeed.org/version/1.1","title":"Saved","items":[
			{"id":"https://a.example/@ada/1","url":"https://a.example/@ada/1","content_html":"<p>One</p>","date_published":"1999-04-01T10:00:00Z","_fediverse":{"handle":"@ada@a.example"},
			"_vitrine":{"labels":` + labels + `,"note":"` + note + `","gone":"1999-05-01T10:00:00Z"}}]}`}}}
	}
	statetest.Run(t, statetest.Options{Hash: "#/saved", Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		kept := func() *state.SavedItem { return shown[*state.SavedModel](t, d).Items["https://a.example/@ada/1"] }
		d.Do(file(`["tea"," Tea ",""]`, "Ask Bob"))
		d.Click("confirm")
		if i := kept(); i == nil || strings.Join(i.Tags, ",") != "tea" || i.Note != "Ask Bob" || i.Gone == nil || i.Gone.At.Month() != time.May {
			t.Fatalf("%+v", i)
		}
		d.Do(file(`["tea"]`, "Ask Bob"))
		if f := d.Archiving.Found; f.New != 0 || f.Known != 1 || len(f.Posts) != 0 {
			t.Errorf("what is known all: %+v", f)
		}
		d.Do(file(`["green"]`, "Ask Eve"))
		if f := d.Archiving.Found; f.New != 0 || f.Known != 1 || len(f.Posts) != 1 {
			t.Errorf("what says more: %+v", f)
		}
		d.Click("confirm")
		if i := kept(); strings.Join(i.Tags, ",") != "tea,green" || i.Note != "Ask Bob\nAsk Eve" {
			t.Errorf("%q, %q", i.Tags, i.Note)
		}
	})
}

func TestTheLinksOfAnArchiveAreAskedForWithAYes(t *testing.T) {
	for _, beside := range []bool{false, true} {
		statetest.Run(t, statetest.Options{Hash: "#/saved", Jobs: beside, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
			s, _ := d.Host("a.example", 5)
			asked := 0
			s.OnPost = func(id string) (*feeds.Post, error) {
				asked++
				if id == "9" {
					return nil, &feeds.Error{Kind: feeds.NotFound, Host: "a.example"}
				}
				n := 0
				_, _ = fmt.Sscan(id, &n)
				return feedstest.Post("a.example", id, n), nil
			}
			d.Do(accountArchive(0))
			d.Pass(time.Second)
			if asked != 0 {
				t.Fatal("it was asked for before anybody said yes")
			}
			d.Click("archive-links")
			d.Pass(time.Minute)
			m := shown[*state.SavedModel](t, d)
			if got := savedIDs(t, d); got != "3 2" || m.Lost != 1 || len(m.Tags) != 2 {
				t.Errorf("%s, %d lost, %v", got, m.Lost, m.Tags)
			}
			d.Click("archive-seen")
			if m.Lost != 0 {
				t.Error("it is said still")
			}
		})
	}
}

func TestAnArchiveThatRunsOutOfRoomGoesOnWhereItWas(t *testing.T) {
	full := &broken{}
	statetest.Run(t, statetest.Options{Hash: "#/saved", Tabs: feedstest.NewTabs(), Kept: func(r feeds.Records) feeds.Records {
		full.Records = r
		return full
	}}, func(t *testing.T, d *statetest.Driver) {
		d.Do(accountArchive(12))
		full.after = 2
		full.err = &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}
		d.Click("confirm")
		if b := d.Archiving; b == nil || b.Busy || b.Err == nil || b.Err.Kind != feeds.Storage {
			t.Fatalf("%+v", b)
		}
		keeps := saved.Open(d.Kept, feedstest.NewTabs().Open(), "/")
		if about, _ := keeps.About(t.Context(), "ada@own.example"); about == nil || !about.Open {
			t.Errorf("%+v", about)
		}
		full.err = nil
		d.Do(accountArchive(12))
		d.Click("confirm")
		if about, _ := keeps.About(t.Context(), "ada@own.example"); about == nil || about.Open || about.Posts != 12 {
			t.Errorf("%+v", about)
		}
	})
}

// zipBeginning is that of a ZIP that says who its account is and ends before their posts.
const zipBeginning = "PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x5b\x00\x00\x00\x5b\x00\x00\x00\x0a\x00\x00\x00actor.json" +
	`{"id":"https://own.example/users/ada","type":"Person","preferredUsername":"ada","url":"/a"}` + "PK\x03\x04\x14"

func TestWhatIsNoArchiveHasItsWords(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/saved"}, func(t *testing.T, d *statetest.Driver) {
		for data, kind := range map[string]feeds.Kind{"": feeds.NotFound, "x": feeds.NotFound, "PK\x03\x04": feeds.BadData, zipBeginning: feeds.BadData, "\x1f\x8b": feeds.BadData} {
			d.Do(browser.ArchiveChosen{Files: []archive.Blob{folderFile{"x.zip", data}}})
			if b := d.Archiving; b == nil || b.Busy || b.Err == nil || b.Err.Kind != kind {
				t.Errorf("%q: %+v", data, b)
			}
		}
		d.Click("archive-cancel")
		if d.Archiving != nil {
			t.Error("it is shown still")
		}
	})
}

func TestWhatTheBrowserDeletedIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) { d.Host("a.example", 3) }}, func(t *testing.T, d *statetest.Driver) {
		press(d, 2)
		if d.SavedWiped || d.Window.LocalItem("vitrine:/:saved") == "" {
			t.Error("no mark")
		}
		press(d, 2)
		if d.Window.LocalItem("vitrine:/:saved") != "" {
			t.Error("a mark for nothing")
		}
	})
	statetest.Run(t, statetest.Options{Hash: "#/saved", Before: func(d *statetest.Driver) { d.Window.SetLocalItem("vitrine:/:saved", "1") }}, func(t *testing.T, d *statetest.Driver) {
		if !d.SavedWiped {
			t.Fatal("it isn't said")
		}
		d.Click("saved-wiped")
		if d.SavedWiped || d.Window.LocalItem("vitrine:/:saved") != "" {
			t.Error("it is said still")
		}
	})
}
