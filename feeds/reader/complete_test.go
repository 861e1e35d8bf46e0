package reader

import (
	"context"
	"sync/atomic"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// two servers hold one conversation: a has a copy of b's post with one reply, b has two.
type two struct {
	resolver *feedstest.Resolver
	b        *feedstest.Source
	asked    atomic.Int32 // questions that b was asked
}

func copyAt(host, id, parent string, of *feeds.Post) *feeds.Post {
	p := *of
	p.Sightings = []feeds.Sighting{{Host: host, ID: id, ParentID: parent, At: feedstest.Epoch()}}
	return &p
}

func newTwo() *two {
	f := &two{}
	root, one, other := feedstest.Post("b.example", "1", 0), feedstest.Reply("b.example", "2", "1", 1), feedstest.Reply("b.example", "3", "1", 2)
	root.Counts.Replies = 3
	a := &feedstest.Source{
		HostName: "a.example",
		OnPost:   func(string) (*feeds.Post, error) { return copyAt("a.example", "71", "", root), nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) {
			return nil, []*feeds.Post{copyAt("a.example", "72", "71", one)}, nil
		},
	}
	f.b = &feedstest.Source{
		HostName: "b.example",
		OnPost:   func(string) (*feeds.Post, error) { f.asked.Add(1); return root, nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) {
			f.asked.Add(1)
			return nil, []*feeds.Post{one, other}, nil
		},
	}
	f.resolver = &feedstest.Resolver{Sources: map[string]feeds.Source{"a.example": a, "b.example": f.b}}
	return f
}

func (f *two) open(ctx context.Context, store feeds.Store, blocked blocklist.List) (*Thread, *atomic.Pointer[ThreadSnapshot]) {
	last := &atomic.Pointer[ThreadSnapshot]{}
	r := New(Options{Store: store, Resolver: f.resolver, Clock: feedstest.NewClock(), Blocked: blocked})
	t := r.Thread("a.example", "71", func(s *ThreadSnapshot) { last.Store(s) })
	t.Open(ctx)
	t.Complete(ctx)
	return t, last
}

func TestACopyIsCompletedByThePostsOwnServer(t *testing.T) {
	t.Parallel()
	f := newTwo()
	_, last := f.open(t.Context(), cache.NewMemory(), blocklist.List{})
	s := last.Load()
	if s.Tree.Shown != 2 || f.asked.Load() != 2 || s.Search.Busy || !s.Search.Done {
		t.Errorf("%d replies, %d requests, %+v", s.Tree.Shown, f.asked.Load(), s.Search)
	}
	if s.Search.Missing[""] != 1 || len(s.Search.Servers) != 2 || s.Search.Servers[1].Brought != 1 {
		t.Errorf("%+v", s.Search)
	}
	for _, r := range s.Tree.Replies {
		if r.Depth != 1 || r.Parent == nil || r.Parent.Key != s.Tree.Focus.Key {
			t.Errorf("%s stands at depth %d", r.Post.Key, r.Depth)
		}
	}
}

func TestWhatWasCompletedIsStoredAndWhatIsNewSinceIsMarked(t *testing.T) {
	t.Parallel()
	f, store := newTwo(), cache.NewMemory()
	f.open(t.Context(), store, blocklist.List{})
	four := feedstest.Reply("b.example", "4", "1", 9)
	known := f.b.OnContext
	f.b.OnContext = func(id string) ([]*feeds.Post, []*feeds.Post, error) {
		up, down, err := known(id)
		return up, append(down, four), err
	}
	var first *ThreadSnapshot
	r := New(Options{Store: store, Resolver: f.resolver, Clock: feedstest.NewClock()})
	var last *ThreadSnapshot
	thread := r.Thread("a.example", "71", func(s *ThreadSnapshot) {
		if first == nil {
			first = s
		}
		last = s
	})
	thread.Open(t.Context())
	if first.Tree.Shown != 2 || !first.Stale || first.New != 0 {
		t.Errorf("at first %d replies, %d new", first.Tree.Shown, first.New)
	}
	thread.Complete(t.Context())
	if last.Tree.Shown != 3 || last.New != 1 || last.Since.IsZero() {
		t.Errorf("then %d replies, %d new since %v", last.Tree.Shown, last.New, last.Since)
	}
	for _, r := range last.Tree.Replies {
		if r.New != (r.Post.Key == four.Key) {
			t.Errorf("%s: new: %v", r.Post.Key, r.New)
		}
	}
	silent := &feedstest.Resolver{Sources: map[string]feeds.Source{}}
	thread = New(Options{Store: store, Resolver: silent, Clock: feedstest.NewClock()}).Thread("a.example", "71", func(s *ThreadSnapshot) { last = s })
	thread.Open(t.Context())
	if last.Tree == nil || last.Tree.Shown != 3 {
		t.Errorf("without a network: %+v", last)
	}
}

func TestACopyDoesNotReplaceWhatTheOriginSaidBefore(t *testing.T) {
	t.Parallel()
	f, store := newTwo(), cache.NewMemory()
	own := f.b.OnPost
	f.b.OnPost = func(id string) (*feeds.Post, error) { // the origin says more than its copies
		p, err := own(id)
		whole := *p
		whole.Title = "The square, filmed"
		return &whole, err
	}
	f.open(t.Context(), store, blocklist.List{})
	var titles []string
	r := New(Options{Store: store, Resolver: f.resolver, Clock: feedstest.NewClock()})
	thread := r.Thread("a.example", "71", func(s *ThreadSnapshot) { titles = append(titles, s.Tree.Focus.Title) })
	thread.Open(t.Context())
	thread.Complete(t.Context())
	for i, title := range titles {
		if title == "" {
			t.Errorf("snapshot %d of %d shows the copy", i, len(titles))
		}
	}
}

func TestABlockedServerIsNotAskedToCompleteAConversation(t *testing.T) {
	t.Parallel()
	f := newTwo()
	blocked, _ := blocklist.New([]string{"b.example"})
	f.open(t.Context(), cache.NewMemory(), blocked)
	if f.asked.Load() != 0 {
		t.Errorf("asked %d times", f.asked.Load())
	}
}

func TestAServerThatRefusesLeavesWhatIsThereAndIsTheReason(t *testing.T) {
	t.Parallel()
	f := newTwo()
	f.b.OnPost = func(string) (*feeds.Post, error) {
		return nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: "b.example"}
	}
	_, last := f.open(t.Context(), cache.NewMemory(), blocklist.List{})
	s := last.Load()
	if s.Tree.Shown != 1 || s.Err != nil || s.Search.Missing[feeds.NeedsLogin] != 2 {
		t.Errorf("%d replies, %v, %+v", s.Tree.Shown, s.Err, s.Search)
	}
}

func TestAskingFurtherServersCanBeStopped(t *testing.T) {
	t.Parallel()
	f := newTwo()
	var thread *Thread
	f.b.OnPost = func(string) (*feeds.Post, error) {
		thread.Stop()
		return nil, context.Canceled
	}
	var last *ThreadSnapshot
	thread = New(Options{Store: cache.NewMemory(), Resolver: f.resolver, Clock: feedstest.NewClock()}).Thread("a.example", "71", func(s *ThreadSnapshot) { last = s })
	thread.Open(t.Context())
	thread.Complete(t.Context())
	if last.Tree.Shown != 1 || last.Search.Busy || last.Search.Done {
		t.Errorf("%+v", last.Search)
	}
}

func TestAServerThatDidNotSayWhatIsAroundAPostIsNotAskedAgainAtOnce(t *testing.T) {
	t.Parallel()
	asked := 0
	src := &feedstest.Source{
		HostName: host,
		OnPost:   func(string) (*feeds.Post, error) { return feedstest.Post(host, "1", 1), nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) {
			asked++
			return nil, nil, &feeds.Error{Kind: feeds.ServerError, Host: host}
		},
	}
	r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: feedstest.NewClock()})
	thread := r.Thread(host, "1", func(*ThreadSnapshot) {})
	thread.Open(t.Context())
	thread.Complete(t.Context())
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}
