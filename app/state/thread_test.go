package state_test

import (
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// copied gives a.example a copy of a post of b.example, whose reply only b.example has.
func copied(d *statetest.Driver) (a, b *statetest.Server, reply *feeds.Post) {
	a, _ = d.Host("a.example", 0)
	b, _ = d.Host("b.example", 0)
	root := feedstest.Post("b.example", "1", 0)
	reply = feedstest.Reply("b.example", "2", "1", 1)
	seen := *root
	seen.Sightings = []feeds.Sighting{{Host: "a.example", ID: "71", At: feedstest.Epoch()}}
	a.OnPost = func(string) (*feeds.Post, error) { return &seen, nil }
	a.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, nil, nil }
	b.OnPost = func(string) (*feeds.Post, error) { return root, nil }
	b.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, []*feeds.Post{reply}, nil }
	return a, b, reply
}

func TestAThreadIsCompletedWhenItIsOpened(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, _, reply := copied(d)
		d.Visit("#/p/a.example/71")
		m := shown[*state.ThreadModel](t, d)
		if posts := m.Posts(); len(posts) != 2 || posts[1].Key != reply.Key || !m.Snapshot.Search.Done {
			t.Errorf("%d posts, %+v", len(posts), m.Snapshot.Search)
		}
		d.Click("sources")
		if !m.Sources {
			t.Error("where replies come from isn't said")
		}
	})
}

func TestAskingForAThreadStopsAndGoesOnAtATap(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, b, _ := copied(d)
		known := b.OnPost
		b.OnPost = func(id string) (*feeds.Post, error) { time.Sleep(time.Second); return known(id) }
		d.Visit("#/p/a.example/71")
		m := shown[*state.ThreadModel](t, d)
		if !m.Snapshot.Search.Busy {
			t.Fatalf("%+v", m.Snapshot.Search)
		}
		d.Click("stop-asking")
		time.Sleep(2 * time.Second)
		if s := m.Snapshot.Search; s.Busy || s.Done || len(m.Posts()) != 1 {
			t.Errorf("stopped: %+v", s)
		}
		d.Click("again")
		time.Sleep(2 * time.Second)
		if s := m.Snapshot.Search; !s.Done || len(m.Posts()) != 2 {
			t.Errorf("asked again: %+v", s)
		}
	})
}

func TestRepliesFarFromTheScreenAreDrawnWhenTheyComeNear(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		copied(d)
		d.Visit("#/p/a.example/71")
		m := shown[*state.ThreadModel](t, d)
		if !m.Drawn(0) || m.Drawn(5*state.ChunkSize) {
			t.Error("what is far from the screen is drawn")
		}
		d.Do(browser.ChunkMove{List: state.ReplyList, Chunk: 5, Near: true})
		if !m.Drawn(5*state.ChunkSize) || m.Drawn(7*state.ChunkSize) {
			t.Error("what came near isn't drawn")
		}
	})
}
