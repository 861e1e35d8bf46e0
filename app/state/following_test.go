package state_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/follows"
)

// startList has three follows in two lists; the third is in none.
func startList(d *statetest.Driver) {
	_, err := d.Book.Change(context.Background(), func(data *follows.Data) error {
		for i, name := range []string{"ada", "bob", "cat"} {
			f := follows.New(follows.Address("#/@"+name+"@a.example"), follows.Profile, time.Unix(int64(i), 0))
			f.Handle, f.Host = name+"@a.example", "a.example"
			data.Add(f)
		}
		data.Put(data.MakeList("Town"), true, "#/@ada@a.example", "#/@bob@a.example")
		data.Put(data.MakeList("Sea"), true, "#/@ada@a.example")
		return nil
	})
	if err != nil {
		panic(err)
	}
}

// lists are the lists by name with what is in each.
func lists(d *statetest.Driver) string {
	var all []string
	for _, l := range d.Follows.Lists {
		var in []string
		for _, f := range d.Follows.In(l.ID) {
			in = append(in, strings.TrimSuffix(f.Handle, "@a.example"))
		}
		all = append(all, l.Name+"("+strings.Join(in, " ")+")")
	}
	return strings.Join(all, " ")
}

func following(t *testing.T, d *statetest.Driver) *state.FollowingModel {
	t.Helper()
	return shown[*state.FollowingModel](t, d)
}

func TestWhatIsSelectedIsMovedMutedAndRemovedWithUndo(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		const all = "#/@ada@a.example #/@bob@a.example #/@cat@a.example"
		if followed(d) != all || lists(d) != "Town(ada bob) Sea(ada)" {
			t.Fatalf("%s, %s", followed(d), lists(d))
		}
		pick := func(names ...string) {
			for _, name := range names {
				d.Do(browser.SettingChange{Name: "pick", Value: "#/@" + name + "@a.example", On: true})
			}
		}
		pick("bob", "cat")
		d.Do(browser.SettingChange{Name: "into", Value: d.Follows.Lists[1].ID})
		d.Click("picked-put")
		if lists(d) != "Town(ada) Sea(ada bob cat)" || len(following(t, d).Picked) != 0 {
			t.Errorf("%s", lists(d))
		}
		d.Click("undo")
		if lists(d) != "Town(ada bob) Sea(ada)" {
			t.Errorf("undone: %s", lists(d))
		}
		pick("ada")
		d.Click("picked-mute")
		if lists(d) != "Town(bob) Sea()" || d.LastUndo.Text != "Muted 1 source." {
			t.Errorf("muted: %s, %s", lists(d), d.LastUndo.Text)
		}
		d.Click("pick-all")
		d.Click("picked-unmute")
		if d.LastUndo.Text != "Unmuted 3 sources." {
			t.Errorf("it says %s", d.LastUndo.Text)
		}
		pick("ada", "cat")
		d.Click("picked-remove")
		if followed(d) != "#/@bob@a.example" {
			t.Errorf("removed: %s", followed(d))
		}
		d.Click("undo")
		if followed(d) != all || lists(d) != "Town(ada bob) Sea(ada)" {
			t.Errorf("undone: %s, %s", followed(d), lists(d))
		}
	})
}

func TestListsAreMadeRenamedOrderedMergedAndDeletedWithUndo(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		town, sea := d.Follows.Lists[0].ID, d.Follows.Lists[1].ID
		want := func(what, now string) {
			t.Helper()
			if lists(d) != now {
				t.Fatalf("%s: %s, want %s", what, lists(d), now)
			}
		}
		d.Do(browser.SettingChange{Name: "pick", Value: "#/@cat@a.example", On: true})
		d.Do(browser.Submit{Form: "list-new", Text: " Air "})
		want("made", "Town(ada bob) Sea(ada) Air(cat)")
		for _, bad := range []browser.Submit{{Form: "list-new", Text: " "}, {Form: "list-new", Text: strings.Repeat("ä", follows.MaxName+1)}, {Form: "list-rename", Key: town}, {Form: "list-new", Text: "town"}, {Form: "list-rename", Text: "Sea", Key: town}} {
			d.Note = ""
			if d.Do(bad); d.Note == "" {
				t.Errorf("%q isn't refused in words", bad.Text)
			}
		}
		want("refused", "Town(ada bob) Sea(ada) Air(cat)")
		d.Do(browser.Submit{Form: "list-rename", Text: "TOWN", Key: town})
		want("capitalised", "TOWN(ada bob) Sea(ada) Air(cat)")
		d.Do(browser.Submit{Form: "list-rename", Text: "City", Key: town})
		want("renamed", "City(ada bob) Sea(ada) Air(cat)")
		d.Do(browser.Click{Action: "list-down", Key: town})
		want("down", "Sea(ada) City(ada bob) Air(cat)")
		d.Do(browser.Click{Action: "list-up", Key: town})
		want("up", "City(ada bob) Sea(ada) Air(cat)")
		d.Do(browser.Click{Action: "list-merge", Key: sea})
		want("merged into nothing", "City(ada bob) Sea(ada) Air(cat)")
		d.Do(browser.SettingChange{Name: "merge:" + sea, Value: town}, browser.Click{Action: "list-merge", Key: sea})
		want("merged", "City(ada bob) Air(cat)")
		d.Click("undo")
		want("undone", "City(ada bob) Sea(ada) Air(cat)")
		d.Do(browser.Click{Action: "list-delete", Key: town})
		want("deleted", "Sea(ada) Air(cat)")
		d.Click("undo")
		want("undone", "City(ada bob) Sea(ada) Air(cat)")
	})
}

func TestTheOptionsOfAFollowAreChanged(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/@cat@a.example", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 3)
		d.Click("follow-options")
		if d.FollowMenu == nil || d.FollowMenu.Address != "#/@cat@a.example" {
			t.Fatalf("%+v", d.FollowMenu)
		}
		d.Do(browser.SettingChange{Name: "follow-boosts"}, browser.SettingChange{Name: "follow-replies", On: true}, browser.SettingChange{Name: "follow-media", On: true},
			browser.SettingChange{Name: "follow-list", Value: d.Follows.Lists[1].ID, On: true}, browser.Submit{Form: "follow-list", Text: "Air"})
		if d.FollowMenu.Said != "" || d.FollowMenu.Made != 1 {
			t.Errorf("%+v", d.FollowMenu)
		}
		if d.Do(browser.Submit{Form: "follow-list", Text: " "}); d.FollowMenu.Said == "" {
			t.Error("a list without a name isn't refused in words")
		}
		f, _ := d.Follows.Find("#/@cat@a.example")
		if !f.Filter.NoBoosts || f.Filter.NoReplies || !f.Filter.OnlyMedia || lists(d) != "Town(ada bob) Sea(ada cat) Air(cat)" {
			t.Errorf("%+v, %s", f, lists(d))
		}
		d.Do(browser.SettingChange{Name: "follow-muted", On: true})
		if f, _ = d.Follows.Find(f.Address); !f.Muted {
			t.Errorf("%+v", f)
		}
		d.Do(browser.Click{Action: "unfollow", Key: string(f.Address)})
		if followed(d) != "#/@ada@a.example #/@bob@a.example" {
			t.Errorf("%s", followed(d))
		}
	})
}

func TestAFileIsShownBeforeItIsTakenAndTakenBack(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		const file = "Account address,Show boosts,Notify on new posts,Languages\nADA@A.example,true,false,\ndan@b.example,false,false,de\nnothing at all,true,false,\ndan@b.example,true,false,\n"
		d.Do(browser.FileChosen{Data: []byte(file)})
		in := following(t, d).Import
		if in == nil || len(in.New) != 1 || in.Known != 1 || in.Unreadable != 1 || len(in.Unread) != 1 || in.Unread[0].Line != 4 {
			t.Fatalf("%+v", in)
		}
		if len(d.Follows.Follows) != 3 {
			t.Error("it was taken at once")
		}
		d.Click("confirm")
		f, ok := d.Follows.Find("#/@dan@b.example")
		if !ok || len(d.Follows.Follows) != 4 || !f.Filter.NoBoosts || following(t, d).Import != nil {
			t.Errorf("%s, %+v", followed(d), f)
		}
		d.Click("undo")
		if len(d.Follows.Follows) != 3 {
			t.Errorf("%s", followed(d))
		}
		d.Do(browser.FileChosen{Data: []byte{0, 1, 2}})
		if m := following(t, d); m.Import != nil || m.ImportErr == nil || m.ImportErr.Kind != feeds.BadData {
			t.Errorf("%+v", m)
		}
		d.Do(browser.FileChosen{TooLarge: true})
		if m := following(t, d); m.Import != nil || m.ImportErr == nil || m.ImportErr.Kind != feeds.TooLarge {
			t.Errorf("%+v", m)
		}
		d.Do(browser.FileChosen{Data: []byte(`<?xml version="1.0" encoding="ISO-8859-15"?><opml><outline text="20 ` + "\xa4" + `" xmlUrl="https://a.example/f.xml"/></opml>`)})
		if m := following(t, d); m.Import == nil || m.ImportErr != nil || m.Import.New[0].Title != "20 €" {
			t.Errorf("%+v", m)
		}
	})
}

func TestAThousandsOfFollowsAreTakenAtOnce(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following"}, func(t *testing.T, d *statetest.Driver) {
		var file strings.Builder
		for i := range 3000 {
			fmt.Fprintf(&file, "@user%d@host%d.example\n", i, i%60)
		}
		d.Do(browser.FileChosen{Data: []byte(file.String())})
		d.Click("confirm")
		if n := len(d.Follows.Follows); n != 3000 {
			t.Errorf("%d", n)
		}
	})
}

func TestAStarterListIsOfferedUntilAllOfItIsFollowed(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		for _, c := range []struct {
			addresses []string
			all       bool
		}{{[]string{"@ada@a.example", "@bob@a.example"}, true}, {[]string{"@ada@a.example", "@eve@a.example"}, false}, {[]string{"@ada@a.example", "https://page.example/x/y"}, false}, {nil, false}} {
			if l := (state.SiteList{Name: "Town", Addresses: c.addresses}); d.FollowsAllOf(l.Link()) != c.all {
				t.Errorf("all of %q followed: want %v", c.addresses, c.all)
			}
		}
	})
}

func TestASharedListIsShownBeforeItIsTaken(t *testing.T) {
	link := ""
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		link = d.ShareLink(d.Follows.Lists[0].ID)
	})
	if !strings.HasPrefix(link, "#/following?add=") {
		t.Fatal(link)
	}
	statetest.Run(t, statetest.Options{Hash: link}, func(t *testing.T, d *statetest.Driver) {
		in := following(t, d).Import
		if in == nil || in.List != "Town" || len(in.New) != 2 || followed(d) != "" {
			t.Fatalf("%+v, %s", in, followed(d))
		}
		d.Click("confirm")
		if lists(d) != "Town(ada bob)" {
			t.Errorf("%s", lists(d))
		}
		if hash := d.Window.Fragment(); hash != "#/following" || d.Shown().Hash != hash || d.LastUndo == nil {
			t.Errorf("the address is %s, the view's %s, to be undone %v", hash, d.Shown().Hash, d.LastUndo)
		}
	})
	statetest.Run(t, statetest.Options{Hash: link[:len(link)-3]}, func(t *testing.T, d *statetest.Driver) {
		if m := following(t, d); m.Import != nil || m.ImportErr == nil {
			t.Errorf("%+v", m)
		}
	})
}

func TestAListIsShownAsAQRCode(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		town := d.Follows.Lists[0].ID
		code := func() state.Code {
			d.Do(browser.Click{Action: "list-code", Key: town})
			if c := following(t, d).Code; c != nil {
				return *c
			}
			return state.Code{}
		}
		if c := code(); c.Path != "M"+d.Root()+d.ShareLink(town) || c.Size != 29 || c.Failed {
			t.Errorf("%+v", c)
		}
		if c := code(); c.List != "" {
			t.Errorf("it stays: %+v", c)
		}
		d.Window.Set(func(w *browsertest.Window) { w.NoCode = errors.New("offline") })
		if c := code(); !c.Failed || c.Path != "" {
			t.Errorf("%+v", c)
		}
		d.Window.Set(func(w *browsertest.Window) { w.NoCode = nil })
		d.Follow(t, func(data *follows.Data) {
			for i := range 100 {
				f := follows.New(follows.Address(fmt.Sprintf("#/@someone%d@server%d.example", i, i)), follows.Profile, time.Now())
				f.Lists = []string{town}
				data.Add(f)
			}
		})
		if following(t, d).Code != nil {
			t.Error("the code of the list as it was")
		}
		if c := code(); c.Failed || c.Path != "" || c.Size == 0 {
			t.Errorf("of a long list: %+v", c)
		}
	})
}

func TestADatabaseThatTheBrowserDeletedIsNoticedOnce(t *testing.T) {
	mark := func(d *statetest.Driver) { d.Window.SetLocalItem("vitrine:/:following", "1") }
	statetest.Run(t, statetest.Options{Before: mark}, func(t *testing.T, d *statetest.Driver) {
		if !d.Wiped {
			t.Error("it isn't noticed")
		}
		d.Click("wiped")
		if d.Wiped || d.Window.LocalItem("vitrine:/:following") != "" {
			t.Error("it is said again")
		}
	})
	statetest.Run(t, statetest.Options{Before: mark}, func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) { data.Add(follows.New("#/@ada@a.example", follows.Profile, time.Now())) })
		if d.Wiped || d.Window.LocalItem("vitrine:/:following") == "" {
			t.Error("something is followed again")
		}
	})
	statetest.Run(t, statetest.Options{Before: startList}, func(t *testing.T, d *statetest.Driver) {
		if d.Wiped || d.Window.LocalItem("vitrine:/:following") == "" {
			t.Error("no mark of what is followed")
		}
		d.Follow(t, func(data *follows.Data) { *data = follows.Data{} })
		if d.Wiped || d.Window.LocalItem("vitrine:/:following") != "" {
			t.Error("who follows nothing any more is told that it was deleted")
		}
	})
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		if d.Wiped {
			t.Error("a new browser")
		}
	})
}

func TestAnImportThatHasNoRoomHasNotHappened(t *testing.T) {
	full := &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}
	const file = `{"vitrine":1,"follows":[{"address":"#/@dan@b.example"}],"lists":[],"lines":{"home":{"at":"1999-12-01T00:00:00Z"}}}`
	for _, record := range []string{"follows", "lines"} {
		statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
			d.Shelf.Full = func(name string) error {
				if name == record {
					return full
				}
				return nil
			}
			d.Do(browser.FileChosen{Data: []byte(file)})
			d.Click("confirm")
			if _, ok := d.Follows.Find("#/@dan@b.example"); ok || len(d.Follows.Follows) != 3 || d.Note == "" || d.LastUndo != nil {
				t.Errorf("no room for %s: %s, %q, %+v", record, followed(d), d.Note, d.LastUndo)
			}
		})
	}
}

func TestWhatWasOnlyReadMakesRoomForWhatIsFollowed(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/i/a.example", Before: func(d *statetest.Driver) { d.Host("a.example", 20) }}, func(t *testing.T, d *statetest.Driver) {
		posts := func() (n int) {
			usage, err := d.Store.Usage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range usage {
				n += u.Posts
			}
			return n
		}
		before := posts()
		d.Shelf.Full = func(string) error {
			if posts() == before {
				return &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull}
			}
			return nil
		}
		d.Click("follow")
		if len(d.Follows.Follows) != 1 || before == 0 || d.Note != "" {
			t.Errorf("%s, %d of %d posts are stored, %q", followed(d), posts(), before, d.Note)
		}
	})
}

func TestTheReadersOwnFileHasWhatIsFollowed(t *testing.T) {
	var file, opml, csv string
	line := follows.Line{At: time.Date(1999, 12, 1, 0, 0, 0, 0, time.UTC), Key: "k"}
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		book := d.Book
		town := d.Follows.Lists[0].ID
		_, err := book.Change(t.Context(), func(data *follows.Data) error {
			data.Filter.Rules = []follows.Rule{{Cause: follows.OfWord, Text: "football"}}
			data.UpdateList(town, func(l *follows.List) { l.Filter.OnlyMedia = true })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := book.MoveLine(t.Context(), town, line, time.Now()); err != nil {
			t.Fatal(err)
		}
		d.Pass(0)
		d.Visit("#/settings")
		d.Do(browser.SettingChange{Name: "theme", Value: "dark"})
		d.Visit("#/following")
		for _, format := range []string{"json", "opml", "csv"} {
			d.Do(browser.Click{Action: "export", Format: format})
		}
		file, opml, csv = d.Window.Downloaded("vitrine.json"), d.Window.Downloaded("following.opml"), d.Window.Downloaded("following.csv")
	})
	if !strings.Contains(opml, "ada@a.example") || !strings.Contains(csv, "bob@a.example") {
		t.Errorf("%s\n%s", opml, csv)
	}
	for _, view := range []string{"#/settings", "#/following"} {
		statetest.Run(t, statetest.Options{Hash: view}, func(t *testing.T, d *statetest.Driver) {
			d.Do(browser.FileChosen{Data: []byte(file)})
			if view == "#/following" && !following(t, d).Import.Rest {
				t.Error("nothing says that it holds settings too")
			}
			d.Click("confirm")
			known, err := d.Book.Lines(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if lists(d) != "Town(ada bob) Sea(ada)" || len(d.Follows.Filter.Rules) != 1 || !d.Follows.Lists[0].Filter.OnlyMedia || known[d.Follows.Lists[0].ID] != line {
				t.Errorf("%s: %s, %+v, %+v", view, lists(d), d.Follows, known)
			}
			if (d.Settings.Theme == "dark") != (view == "#/settings") {
				t.Errorf("%s: %+v", view, d.Settings)
			}
		})
	}
}

func TestWhatHasGoneSilentAndWhatFailsIsSelectedAtOnce(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		err := d.Book.Learn(t.Context(), func(all map[follows.Address]follows.Learned) error {
			all["#/@ada@a.example"] = follows.Learned{LastPost: time.Now().Add(-state.SilentAfter - time.Hour)}
			all["#/@bob@a.example"] = follows.Learned{LastPost: time.Now().Add(-state.SilentAfter + time.Hour), FailsSince: time.Now(), FailKind: feeds.ServerError}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Pass(0)
		d.Click("pick-silent")
		if m := following(t, d); len(m.Picked) != 1 || !m.Picked["#/@ada@a.example"] {
			t.Errorf("%v", m.Picked)
		}
		d.Click("pick-none")
		d.Click("pick-failing")
		if m := following(t, d); len(m.Picked) != 1 || !m.Picked["#/@bob@a.example"] {
			t.Errorf("of what fails %v", m.Picked)
		}
		d.Click("pick-none")
		d.Click("pick-silent")
		d.Click("picked-remove")
		if followed(d) != "#/@bob@a.example #/@cat@a.example" || len(following(t, d).Silent()) != 0 {
			t.Errorf("%s", followed(d))
		}
	})
}

func TestWhoHasMovedIsFollowedWhereTheyAre(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		err := d.Book.Learn(t.Context(), func(all map[follows.Address]follows.Learned) error {
			all["#/@ada@a.example"] = follows.Learned{Moved: "#/@ada@new.example", MovedName: "ada@new.example"}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Visit("#/")
		d.Visit("#/following")
		d.Do(browser.Click{Action: "take-move", Key: "#/@ada@a.example"})
		f, ok := d.Follows.Find("#/@ada@new.example")
		if !ok || len(f.Lists) != 2 || len(d.Follows.Follows) != 3 || f.Host != "new.example" {
			t.Errorf("%s, %+v", followed(d), f)
		}
	})
}

func TestListsMoveByEachPressAndTheFocusGoesToTheListThatAnotherIsMergedInto(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		d.Do(browser.Submit{Form: "list-new", Text: "Air"})
		town, sea := d.Follows.Lists[0].ID, d.Follows.Lists[1].ID
		d.Window.Send(browser.Click{Action: "list-down", Key: town}) // again before the first press is done
		d.Do(browser.Click{Action: "list-down", Key: town})
		if got := lists(d); got != "Sea(ada) Air() Town(ada bob)" {
			t.Errorf("moved twice: %s", got)
		}
		d.Do(browser.Click{Action: "list-down", Key: town})
		d.Do(browser.Click{Action: "list-up", Key: sea})
		if got := lists(d); got != "Sea(ada) Air() Town(ada bob)" {
			t.Errorf("moved past an end: %s", got)
		}
		d.Window.Calls()
		d.Do(browser.SettingChange{Name: "merge:" + sea, Value: town}, browser.Click{Action: "list-merge", Key: sea})
		if calls := d.Window.Calls(); !strings.Contains(calls, "focus [id="+strconv.Quote("edit-"+town)+"]") {
			t.Errorf("merged: %s", calls)
		}
	})
}

func TestAListsFileSaysWhichListsItMakesAndWhatItRepeats(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following", Before: startList}, func(t *testing.T, d *statetest.Driver) {
		const file = "Town,cat@a.example\nHarbour,ada@a.example\nHarbour,dan@b.example\nHarbour,dan@b.example\nHarbour,ada@a.example\n"
		bring := func(text string) *state.Import {
			t.Helper()
			d.Do(browser.FileChosen{Data: []byte(text)})
			in := following(t, d).Import
			if in == nil {
				t.Fatalf("%+v", following(t, d).ImportErr)
			}
			return in
		}
		if in := bring(file); strings.Join(in.NewLists, " ") != "Harbour" || in.Repeated != 2 || len(in.New) != 1 || in.Known != 2 || !in.Changes() {
			t.Errorf("%+v", in)
		}
		d.Click("confirm")
		if in := bring(file); len(in.NewLists) != 0 || in.Changes() {
			t.Errorf("a second time: %+v", in)
		}
		if in := bring("Sea,dan@b.example\nSea,bob@a.example\n"); !in.Changes() || len(in.New)+len(in.NewLists) != 0 {
			t.Errorf("places in a list that is there: %+v", in)
		}
	})
}

func TestATableForMastodonOfNobodyIsNoFileButIsSaid(t *testing.T) {
	statetest.Run(t, statetest.Options{Hash: "#/following"}, func(t *testing.T, d *statetest.Driver) {
		d.Follow(t, func(data *follows.Data) {
			f := follows.New("#/i/a.example", follows.Server, time.Unix(0, 0))
			f.Host = "a.example"
			data.Add(f)
		})
		d.Do(browser.Click{Action: "export", Format: "csv"})
		if d.Window.Downloaded("following.csv") != "" || !strings.Contains(d.Note, "no accounts") {
			t.Errorf("%q", d.Note)
		}
	})
}
