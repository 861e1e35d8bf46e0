package state_test

import (
	"testing"

	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// tin answers what a playlist is called.
func tin(id string) (*feeds.Author, error) {
	list := feedstest.Author("ada", "v.example")
	list.Host, list.ID, list.Name, list.URL, list.Counts.Posts = "v.example", id, "A tin", "https://v.example/w/p/"+id, 3
	return list, nil
}

func TestAPlaylistIsReadAndFollowedAtItsOwnServer(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("v.example", 3)
		s.OnPlaylist = tin
		copied, _ := d.Host("far.example", 2)
		copied.OnPlaylist = tin
		d.Visit("#/l/v.example/3QCD?via=far.example")
		m := shown[*state.WebFeedModel](t, d)
		if m.Host() != "far.example" || m.Rows() != 2 || m.Author() == nil {
			t.Errorf("the copy: %s, %d posts, %+v", m.Host(), m.Rows(), m.Author())
		}
		d.Click("follow")
		f, ok := d.Follows.Find("#/l/v.example/3QCD")
		if !ok || f.Kind != follows.Playlist || f.Host != "v.example" || f.ID != "3QCD" || f.Title != "A tin" || f.URL != "https://v.example/w/p/3QCD" {
			t.Fatalf("%+v", d.Follows.Follows)
		}
		d.Visit("#/home")
		if m := shown[*state.HomeModel](t, d); m.Rows() != 3 || m.Sources[0].Err != nil {
			t.Errorf("home has %d posts", m.Rows())
		}
	})
}

func TestAPlaylistThatIsClosedGoneOrEmptySaysSo(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, list := d.Host("v.example", 0)
		d.Visit("#/l/v.example/empty")
		if m := shown[*state.WebFeedModel](t, d); m.Rows() != 0 || m.Feed.Snapshot.Err != nil || !m.Feed.Snapshot.End {
			t.Errorf("empty: %+v", m.Feed.Snapshot)
		}
		for id, kind := range map[string]feeds.Kind{"private": feeds.NeedsLogin, "deleted": feeds.NotFound} {
			list.Err = &feeds.Error{Kind: kind, Host: "v.example"}
			s.OnPlaylist = nil
			d.Visit("#/l/v.example/" + id)
			m := shown[*state.WebFeedModel](t, d)
			if err := m.Feed.Snapshot.Err; err == nil || err.Kind != kind {
				t.Errorf("%s: %v", id, err)
			}
			if f, ok := m.Follow(feedstest.Epoch()); !ok || f.ID != id {
				t.Errorf("%s can't be followed: %+v", id, f)
			}
		}
	})
}

func TestAServerWithoutPlaylistsIsUnsupported(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		d.Resolver.Sources["a.example"] = bare{&feedstest.Source{HostName: "a.example"}}
		d.Visit("#/l/a.example/1")
		if err := shown[*state.WebFeedModel](t, d).Feed.Snapshot.Err; err == nil || err.Kind != feeds.Unsupported {
			t.Errorf("%v", err)
		}
	})
}

// bare is a source that can describe itself, and nothing else.
type bare struct{ feeds.Source }

func TestAPlaylistIsTheSameByBothOfItsIds(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		s, _ := d.Host("v.example", 3)
		s.OnPlaylist = func(string) (*feeds.Author, error) { return tin("3QCD") }
		d.Visit("#/l/v.example/16fc9105-6fc6-4841-a6a7-69f8672c6da1")
		d.Click("follow")
		d.Visit("#/l/v.example/3QCD")
		f, _ := shown[*state.WebFeedModel](t, d).Follow(feedstest.Epoch())
		if own, on := d.Followed(f); !on || own.ID != "3QCD" || own.Address != "#/l/v.example/16fc9105-6fc6-4841-a6a7-69f8672c6da1" {
			t.Errorf("%+v, %v", own, on)
		}
		f.Address, f.ID = "#/l/v.example/3qcd", "3qcd"
		if own, on := d.Followed(f); on {
			t.Errorf("another one is %+v", own)
		}
	})
}
