package state_test

import (
	"testing"
	"time"

	"vitrine/app/settings"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
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
		d.Click("new")
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
