package state_test

import (
	"fmt"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/settings"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
)

const takenView = "#/t/a.example/tea"

// takeOffline opens the choice, changes it, and starts.
func takeOffline(t *testing.T, d *statetest.Driver, choices ...browser.SettingChange) {
	t.Helper()
	d.Click("take-offline")
	if d.Take == nil {
		t.Fatal("nothing is offered")
	}
	for _, c := range choices {
		d.Do(c)
	}
	if d.Take.Size == nil || d.Take.Size.Bytes() <= 0 {
		t.Errorf("the size before: %+v", d.Take.Size)
	}
	d.Do(browser.Submit{Form: "take"})
	d.Pass(0)
}

func far(value string) browser.SettingChange {
	return browser.SettingChange{Name: "take-far", Value: value}
}

func TestAListIsTakenOfflineBesideThePage(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 90)
		d.Visit(takenView)
		if !d.Takes() || d.Taking(takenView) != nil {
			t.Fatal("nothing can be taken, or it was before")
		}
		takeOffline(t, d, far("p60"), browser.SettingChange{Name: "take-threads"}, browser.SettingChange{Name: "take-stay", On: true})
		got := d.Taking(takenView)
		if got == nil || got.Phase != offline.Over || got.State.Posts != 60 || got.Runs() || !got.Stay || got.Choice.Threads {
			t.Fatalf("%+v", got)
		}
		asOf := got.Until
		d.Pass(2 * time.Hour)
		again := d.Another(t)
		again.Pass(time.Minute)
		if got := again.Taking(takenView); got == nil || !got.Until.After(asOf) {
			t.Errorf("what stays isn't read on: %+v", got)
		}
		d.Do(browser.Click{Action: "taken-remove", Post: takenView})
		if all, err := offline.NewRecords(d.Kept).All(t.Context()); len(all) != 0 || err != nil || d.Taking(takenView) != nil {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestTakingOfflineIsPausedGoesOnAndIsCancelled(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 90)
		d.Visit(takenView)
		list.Err = &feeds.Error{Kind: feeds.Offline}
		takeOffline(t, d, far("p60"))
		got := d.Taking(takenView)
		if !got.Runs() || got.Waits != feeds.Offline {
			t.Fatalf("without a network: %+v", got)
		}
		d.Click("taken-pause")
		list.Err = nil
		d.Pass(time.Minute)
		if got = d.Taking(takenView); !got.Paused || got.Phase == offline.Over {
			t.Fatalf("paused: %+v", got)
		}
		d.Click("taken-resume")
		d.Pass(time.Minute)
		if got = d.Taking(takenView); got.Paused || got.Phase != offline.Over || got.State.Posts != 60 {
			t.Errorf("it doesn't go on: %+v", got)
		}
		until := got.Until
		list.Err = &feeds.Error{Kind: feeds.Offline}
		d.Pass(time.Minute)
		takeOffline(t, d)
		d.Click("taken-cancel")
		d.Pass(time.Minute)
		if got = d.Taking(takenView); got == nil || got.Phase != offline.Over || !got.Until.Equal(until) {
			t.Errorf("what was kept before isn't any more: %+v", got)
		}
	})
}

func TestTakingOfflineGoesOnAsSoonAsThereIsANetworkAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 90)
		d.Visit(takenView)
		list.Err = &feeds.Error{Kind: feeds.Offline}
		takeOffline(t, d, far("p60"))
		if got := d.Taking(takenView); !got.Runs() || got.Waits != feeds.Offline {
			t.Fatalf("without a network: %+v", got)
		}
		list.Err = nil
		began := time.Now()
		d.NetworkBack()
		d.Pass(time.Second)
		if got := d.Taking(takenView); got.Phase != offline.Over || got.Waits != "" || time.Since(began) > 5*time.Second {
			t.Errorf("after %s: %+v", time.Since(began), got)
		}
	})
}

func TestWhereThereIsNoRoomItSaysSo(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 5)
		post := feedstest.Post("a.example", "9", 99)
		post.Media = []feeds.Media{{Kind: feeds.Image, Preview: "https://a.example/a.png"}}
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", post), nil }
		d.Media.Files["https://a.example/a.png"] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
		d.Media.Err = func(string) error { return &feeds.Error{Kind: feeds.Storage, Err: cache.ErrFull} }
		d.Visit(takenView)
		takeOffline(t, d, far("p50"), browser.SettingChange{Name: "take-threads"})
		got := d.Taking(takenView)
		if !got.Paused || got.Waits != feeds.Storage {
			t.Fatalf("%+v", got)
		}
		d.Media.Err = nil
		d.Click("taken-resume")
		d.Pass(time.Second)
		if got = d.Taking(takenView); got.Phase != offline.Over || got.Files != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatABrowserHasClearedIsOfferedAgain(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 30)
		d.Visit(takenView)
		takeOffline(t, d, far("p50"))
		if err := d.Store.Forget(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		again := d.Another(t)
		again.Pass(0)
		if got := again.Taking(takenView); got == nil || !got.Gone {
			t.Fatalf("%+v", got)
		}
		again.Do(browser.Click{Action: "taken-again", Post: takenView})
		again.Pass(time.Second)
		again.Pass(time.Second)
		if got := again.Taking(takenView); got.Gone || got.Phase != offline.Over || got.State.Posts == 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatCannotBeStoredCannotBeTaken(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 5)
		d.Visit("#/")
		if d.Takes() {
			t.Error("the start can be taken offline")
		}
		d.Visit(takenView)
		d.StoreFailure <- &feeds.Error{Kind: feeds.Storage}
		d.Pass(time.Second)
		d.Click("take-offline")
		d.Do(browser.Submit{Form: "take"})
		if d.Taking(takenView) != nil {
			t.Error("it is said to be taken")
		}
	})
}

func TestASweepLeavesAloneWhatIsTakenOffline(t *testing.T) {
	for _, taken := range []bool{true, false} {
		before := func(d *statetest.Driver) {
			d.Window.SetLocalItem("vitrine:/:settings", string(settings.Encode(settings.Settings{KeepDays: 30})))
			if _, err := d.Store.SavePage(t.Context(), "a.example/#tea", "", feedstest.Page("", feedstest.Post("a.example", "1", 1)), time.Now()); err != nil {
				t.Fatal(err)
			}
			if taken {
				w := offline.Wish{Fragment: takenView, Places: []string{reader.PlaceName(reader.TagPlace{Host: "a.example", Tag: "tea"})}, Choice: offline.Usual()}
				s := offline.State{Phase: offline.Over, Text: 9, Lists: []feeds.TimelineID{"a.example/#tea"}}
				if err := offline.NewRecords(d.Kept).PutTaken(t.Context(), offline.Taken{Wish: w, State: s}); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(40 * 24 * time.Hour) // of the clock that only tests move
		}
		statetest.Run(t, statetest.Options{Jobs: true, Before: before}, func(t *testing.T, d *statetest.Driver) {
			d.Pass(time.Minute)
			tl, err := d.Store.Timeline(t.Context(), "a.example/#tea", feeds.Window{})
			if err != nil || (tl != nil && len(tl.Entries) > 0) != taken {
				t.Errorf("taken %v: %+v, %v", taken, tl, err)
			}
		})
	}
}

var _ state.Takeable = (*state.ThreadModel)(nil)

func TestHomeAndConversationsAreTakenOffline(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Tabs: feedstest.NewTabs()}, func(t *testing.T, d *statetest.Driver) {
		d.Host("a.example", 60)
		s, _ := d.Host("b.example", 60)
		root := feedstest.Post("b.example", "1", 1)
		s.OnPost = func(string) (*feeds.Post, error) { return root, nil }
		s.OnContext = func(string) (above, below []*feeds.Post, err error) {
			return nil, []*feeds.Post{feedstest.Reply("b.example", "2", "1", 2)}, nil
		}
		d.Follow(t, func(data *follows.Data) {
			for _, host := range []string{"a.example", "b.example"} {
				f := follows.New(follows.Address("#/t/"+host+"/tea"), follows.Hashtag, time.Now())
				f.Host, f.Tag = host, "tea"
				data.Add(f)
			}
		})
		for view, posts := range map[string]int{"#/home": 50, "#/p/b.example/1": 2} {
			d.Visit(view)
			d.Pass(time.Second)
			takeOffline(t, d, far("p50"), browser.SettingChange{Name: "take-threads"})
			d.Pass(time.Minute)
			got := d.Taking(view)
			if got == nil || got.Phase != offline.Over || got.State.Posts != posts || len(got.Failures) > 0 {
				t.Errorf("%s: %+v", view, got)
			}
		}
	})
}

func TestTheSizeIsToldOnceSomeFilesWereLookedAt(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 5)
		var posts []*feeds.Post
		for i := range 20 {
			p := feedstest.Post("a.example", fmt.Sprint(i+1), i+1)
			at := fmt.Sprintf("https://a.example/%d.png", i)
			p.Media = []feeds.Media{{Kind: feeds.Image, Preview: at}}
			d.Media.Files[at] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
			posts = append(posts, p)
		}
		s.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", posts...), nil }
		d.Visit(takenView)
		d.Click("take-offline")
		d.Do(far("p50"))
		if size := d.Take.Size; size == nil || size.Media > int64(60*len(feedstest.PNG)) || size.Media < int64(10*len(feedstest.PNG)) {
			t.Errorf("the size before: %+v", size)
		}
		d.Do(browser.DialogClosed{Dialog: "take"})
		if sums, err := d.Media.Owned(t.Context()); len(sums) != 0 || err != nil {
			t.Errorf("left: %v, %v", sums, err)
		}
		takeOffline(t, d, far("p50"))
		if got := d.Taking(takenView); got.Phase != offline.Over || got.Files != 20 {
			t.Errorf("%+v", got)
		}
	})
}
