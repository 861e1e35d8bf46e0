package state_test

import (
	"strconv"
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
		d.Pass(2 * time.Second)
		if s := m.Snapshot.Search; s.Busy || s.Done || len(m.Posts()) != 1 {
			t.Errorf("stopped: %+v", s)
		}
		d.Click("again")
		d.Pass(2 * time.Second)
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

func TestAConversationThatIsLoadedAgainDrawsWhereItsReaderWas(t *testing.T) {
	const far = 7 * state.ChunkSize
	statetest.Run(t, statetest.Options{Hash: "#/p/a.example/1", Before: func(d *statetest.Driver) {
		a, _ := d.Host("a.example", 0)
		a.OnPost = func(string) (*feeds.Post, error) { return feedstest.Post("a.example", "1", 0), nil }
		a.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) {
			var below []*feeds.Post
			for i := range 12 * state.ChunkSize {
				below = append(below, feedstest.Reply("a.example", strconv.Itoa(i+2), "1", i+1))
			}
			return nil, below, nil
		}
		d.Window.KeepSessionPosition("vitrine:/:at:"+d.Window.HistoryID(), browser.Position{Y: 9000, URI: uri(strconv.Itoa(far + 2)), Off: 40})
	}}, func(t *testing.T, d *statetest.Driver) {
		m := shown[*state.ThreadModel](t, d)
		if !m.Drawn(far) || !m.Drawn(far+state.ChunkSize) || m.Drawn(far-3*state.ChunkSize) {
			t.Errorf("drawn: %v, the next %v, far above %v", m.Drawn(far), m.Drawn(far+state.ChunkSize), m.Drawn(far-3*state.ChunkSize))
		}
	})
}

// talking opens a conversation with replies to replies.
func talking(t *testing.T, d *statetest.Driver) *state.ThreadModel {
	a, _ := d.Host("a.example", 0)
	a.OnPost = func(string) (*feeds.Post, error) { return feedstest.Post("a.example", "1", 0), nil }
	a.OnContext = func(string) ([]*feeds.Post, []*feeds.Post, error) {
		var below []*feeds.Post
		for i, ids := range [][2]string{{"2", "1"}, {"3", "2"}, {"4", "1"}} {
			p := feedstest.Reply("a.example", ids[0], ids[1], i+1)
			p.Author = feedstest.Author("bob", "a.example")
			below = append(below, p)
		}
		return nil, below, nil
	}
	d.Visit("#/p/a.example/1")
	return shown[*state.ThreadModel](t, d)
}

func uri(id string) string { return feedstest.Post("a.example", id, 0).URI }

func TestRepliesAreFoldedOrderedAndWalkedThroughByKeysAndTaps(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		m := talking(t, d)
		two := feedstest.Post("a.example", "2", 0).Key
		d.Do(browser.Click{Action: "fold-replies", Post: two})
		if rows := m.Replies(); len(rows) != 2 || !rows[0].Folded || rows[0].Below != 1 {
			t.Errorf("folded: %+v", rows)
		}
		d.Window.Link = "#/p/a.example/2"
		d.Do(browser.KeyDown{Key: "x"})
		if len(m.Replies()) != 3 {
			t.Error("a key doesn't show them again")
		}
		d.Do(browser.KeyDown{Key: "n"})
		if d.Window.At.URI != uri("4") {
			t.Errorf("the next one on this level: %s", d.Window.At.URI)
		}
		d.Window.Link = "#/p/a.example/3"
		d.Do(browser.KeyDown{Key: "u"})
		if d.Window.At.URI != uri("2") {
			t.Errorf("what it replies to: %s", d.Window.At.URI)
		}
		d.Do(browser.Click{Action: "to-parent", Post: two})
		if d.Window.At.URI != uri("1") {
			t.Errorf("what that replies to: %s", d.Window.At.URI)
		}
		d.Do(browser.Click{Action: "order", Key: "newest"})
		if rows := m.Replies(); rows[0].Post.URI != uri("4") || rows[1].Depth != 2 {
			t.Errorf("the newest first: %+v", rows)
		}
	})
}

func TestWhatIsReadStaysWhereItIsWhileAThreadGrows(t *testing.T) {
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		_, b, _ := copied(d)
		known := b.OnPost
		b.OnPost = func(id string) (*feeds.Post, error) { time.Sleep(time.Second); return known(id) }
		d.Visit("#/p/a.example/71")
		d.Window.NoAnchors = true
		d.Window.At = browser.Position{Y: 500, URI: "https://a.example/9", Off: 40}
		d.Pass(2 * time.Second)
		if len(shown[*state.ThreadModel](t, d).Posts()) != 2 || d.Window.At != (browser.Position{Y: 500, URI: "https://a.example/9", Off: 40}) {
			t.Errorf("at %+v", d.Window.At)
		}
	})
}
