package state_test

import (
	"context"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/settings"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// tag is the list of a hashtag that is open.
func tagList(t *testing.T, d *statetest.Driver) *state.FeedModel {
	t.Helper()
	m, ok := d.Shown().Model.(*state.TagModel)
	if !ok {
		t.Fatalf("%T is shown", d.Shown().Model)
	}
	return m.Feed
}

func TestOpenListsAreRenewedBesideThePage(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		d.Pass(time.Second)
		list.Top += 2
		d.Pass(time.Minute)
		if n := tagList(t, d).Snapshot.New; n != 2 || list.Asked != 2 {
			t.Errorf("%d new posts wait, the server was asked %d times", n, list.Asked)
		}
		d.Click("show-new")
		if n := len(tagList(t, d).Snapshot.Items); n != 7 {
			t.Errorf("%d posts are shown", n)
		}
	})
}

func TestWithoutAStoreThePageRenewsItsListsItself(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		d.Pass(time.Second)
		d.StoreFailure <- &feeds.Error{Kind: feeds.Storage}
		d.Shelf.Err = &feeds.Error{Kind: feeds.Storage}
		list.Top += 2
		d.Pass(time.Minute)
		if n := tagList(t, d).Snapshot.New; n != 2 {
			t.Errorf("%d new posts wait", n)
		}
	})
}

func TestAPageRenewsItsListsItselfWhileNoOtherProgramDoes(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Asleep: true}, func(t *testing.T, d *statetest.Driver) {
		_, list := d.Host("a.example", 5)
		d.Visit("#/t/a.example/tea")
		d.Pass(time.Second)
		list.Top += 2
		d.Pass(time.Minute)
		if n := tagList(t, d).Snapshot.New; n != 0 {
			t.Fatalf("%d new posts wait before anybody asked", n)
		}
		d.Pass(time.Minute)
		if n := tagList(t, d).Snapshot.New; n != 2 {
			t.Errorf("%d new posts wait", n)
		}
	})
}

// about is the about tab that is open: whether the long description is there, and whether the server is known.
func about(t *testing.T, d *statetest.Driver) (long, known bool) {
	t.Helper()
	m, ok := d.Shown().Model.(*state.ServerModel)
	if !ok {
		t.Fatalf("%T is shown", d.Shown().Model)
	}
	return m.Instance != nil && len(m.Instance.Long.Blocks) > 0, m.Instance != nil
}

// waitsUntil lets an answer come when a channel is closed.
func waitsUntil(answer <-chan struct{}) func(context.Context) error {
	return func(ctx context.Context) error {
		select {
		case <-answer:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestWhatAServerSaysAtLengthIsReadBesideThePage(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 1)
		answer := make(chan struct{})
		s.OnLong = waitsUntil(answer)
		d.Visit("#/i/a.example/about")
		if long, known := about(t, d); long || !known {
			t.Fatalf("at first: %v, %v", long, known)
		}
		d.Pass(10 * time.Second) // the page doesn't overtake who has begun
		close(answer)
		d.Pass(0)
		if long, _ := about(t, d); !long || s.LongAsked != 1 {
			t.Errorf("it is shown: %v; asked %d times", long, s.LongAsked)
		}
		d.Visit("#/i/a.example")
		d.Visit("#/i/a.example/about")
		if long, _ := about(t, d); !long || s.LongAsked != 1 {
			t.Errorf("when it is opened again: %v; asked %d times", long, s.LongAsked)
		}
		d.Pass(time.Minute)
		d.Click("again")
		if s.LongAsked != 2 {
			t.Errorf("when it is refreshed later: asked %d times", s.LongAsked)
		}
	})
}

func TestThePageReadsAboutAServerItselfWhenNoOtherProgramBegins(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true, Asleep: true}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 1)
		d.Visit("#/i/a.example/about")
		d.Pass(time.Second)
		if long, known := about(t, d); long || !known || s.LongAsked != 0 {
			t.Errorf("at first: %v, %v, asked %d times", long, known, s.LongAsked)
		}
		d.Pass(2 * time.Second)
		if long, _ := about(t, d); !long || s.LongAsked != 1 {
			t.Errorf("later: %v, asked %d times", long, s.LongAsked)
		}
		d.Visit("#/settings")
		if left := listed(t, d); len(left) != 0 {
			t.Errorf("still to be done: %v", left)
		}
	})
	for name, o := range map[string]statetest.Options{"without jobs": {}, "without a store": {Jobs: true, Before: func(d *statetest.Driver) { d.Shelf.Err = &feeds.Error{Kind: feeds.Storage} }}} {
		statetest.Run(t, o, func(t *testing.T, d *statetest.Driver) {
			d.Host("a.example", 1)
			d.Visit("#/i/a.example/about")
			if long, _ := about(t, d); !long {
				t.Errorf("%s the page waits", name)
			}
		})
	}
}

func TestWhatIsStoredOfAServerIsShownAtOnce(t *testing.T) {
	stored := func(d *statetest.Driver) {
		i := &feeds.Instance{Host: "a.example", Fetched: feedstest.Epoch(), Long: content.ParsePlain("stored", content.Options{}), LongFetched: feedstest.Epoch()}
		if err := d.Store.SaveInstance(context.Background(), i); err != nil {
			t.Fatal(err)
		}
	}
	statetest.Run(t, statetest.Options{Jobs: true, Asleep: true, Before: stored}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("a.example", 1)
		d.Visit("#/i/a.example/about")
		if long, _ := about(t, d); !long || s.LongAsked != 0 {
			t.Errorf("%v, asked %d times", long, s.LongAsked)
		}
	})
}

// listed are the jobs that the settings list.
func listed(t *testing.T, d *statetest.Driver) []feeds.Job {
	t.Helper()
	m, ok := d.Shown().Model.(*state.SettingsModel)
	if !ok {
		t.Fatalf("%T is shown", d.Shown().Model)
	}
	return m.Jobs
}

func TestTheSettingsListWhatIsDoneBesideThePageAndStopIt(t *testing.T) {
	statetest.Run(t, statetest.Options{Jobs: true}, func(t *testing.T, d *statetest.Driver) {
		answer := make(chan struct{})
		for _, name := range []string{"a.example", "b.example"} {
			s, _ := d.Host(name, 1)
			s.OnLong = waitsUntil(answer)
			d.Visit("#/i/" + name + "/about")
		}
		d.Visit("#/settings")
		all := listed(t, d)
		if len(all) != 2 || all[0].Kind != feeds.JobAbout || all[0].Subject != "a.example" {
			t.Fatalf("%+v", all)
		}
		d.Do(browser.Click{Action: "stop-job", Job: all[0].ID()}, browser.Click{Action: "stop-job", Job: "no job"})
		if all = listed(t, d); len(all) != 1 || all[0].Subject != "b.example" {
			t.Errorf("after one was stopped: %+v", all)
		}
		d.Shelf.Err = &feeds.Error{Kind: feeds.Storage}
		d.Do(browser.Click{Action: "stop-job", Job: all[0].ID()})
		if d.Note == "" || len(listed(t, d)) != 1 {
			t.Errorf("what couldn't be stopped: %q, %+v", d.Note, listed(t, d))
		}
		d.Shelf.Err = nil
		close(answer)
		d.Pass(0)
		if all = listed(t, d); len(all) != 0 {
			t.Errorf("once all is done: %+v", all)
		}
		d.Visit("#/i/b.example/about")
		if long, _ := about(t, d); !long {
			t.Error("what was read isn't shown")
		}
	})
}

func TestTheStoreIsSweptBesideThePage(t *testing.T) {
	old := *feedstest.Post("a.example", "1", 0)
	old.Sightings = []feeds.Sighting{{Host: "a.example", ID: "1", At: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)}}
	before := func(d *statetest.Driver) {
		d.Window.SetLocalItem("vitrine:/:settings", string(settings.Encode(settings.Settings{KeepDays: 30})))
		if err := d.Store.SavePosts(t.Context(), []*feeds.Post{&old}); err != nil {
			t.Fatal(err)
		}
	}
	statetest.Run(t, statetest.Options{Jobs: true, Before: before}, func(t *testing.T, d *statetest.Driver) {
		if posts, err := d.Store.Posts(t.Context(), []feeds.Key{old.Key}); err != nil || len(posts) != 1 {
			t.Fatalf("%v, %v", posts, err)
		}
		d.Pass(time.Minute)
		if posts, err := d.Store.Posts(t.Context(), []feeds.Key{old.Key}); err != nil || len(posts) != 0 {
			t.Errorf("what is too old stays: %v, %v", posts, err)
		}
	})
}
