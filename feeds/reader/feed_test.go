package reader

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// server is a timeline of posts 1 to top, read in pages of 10 by max_id.
type server struct {
	top   int
	err   error
	asked []feeds.Cursor
}

func (s *server) posts(c feeds.Cursor) (*feeds.Page, error) {
	s.asked = append(s.asked, c)
	if s.err != nil {
		return nil, s.err
	}
	below := s.top + 1
	if c != "" {
		if _, err := fmt.Sscan(string(c), &below); err != nil {
			return nil, err
		}
	}
	var posts []*feeds.Post
	for i := below - 1; i > 0 && len(posts) < 10; i-- {
		posts = append(posts, feedstest.Post(host, fmt.Sprint(i), i))
	}
	older := feeds.Cursor("")
	if below-10 > 1 {
		older = feeds.Cursor(fmt.Sprint(below - 10))
	}
	return feedstest.Page(older, posts...), nil
}

// feedFixture is a Reader over one server, with the snapshots it emitted.
type feedFixture struct {
	*Reader
	server *server
	clock  *feedstest.Clock
	last   *Snapshot
	all    []*Snapshot
}

func newFeedFixture(top int) *feedFixture {
	d := &feedFixture{server: &server{top: top}, clock: feedstest.NewClock()}
	src := &feedstest.Source{HostName: host, OnPosts: func(c feeds.Cursor) (*feeds.Page, error) { return d.server.posts(c) }}
	d.Reader = New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: d.clock})
	return d
}

func (d *feedFixture) open() *Query {
	f := d.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { d.last = s; d.all = append(d.all, s) })
	f.Open(context.Background(), nil)
	return f
}

func (d *feedFixture) shows() string {
	var s []string
	for _, i := range d.last.Items {
		if i.Gap != nil {
			s = append(s, "gap")
			continue
		}
		s = append(s, i.Entry.WrapperID)
	}
	return strings.Join(s, " ")
}

func numbers(from, to int) string {
	var s []string
	for i := from; i >= to; i-- {
		s = append(s, fmt.Sprint(i))
	}
	return strings.Join(s, " ")
}

func TestFeedShowsTheNewestPageThenOlderOnes(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(25)
	f := d.open()
	if got := d.shows(); got != numbers(25, 16) || d.last.Stale || d.last.Busy || d.last.End {
		t.Fatalf("first: %s, %+v", got, d.last)
	}
	for range 2 {
		if err := f.LoadOlder(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.shows(); got != numbers(25, 1) || !d.last.End {
		t.Errorf("at the end: %s, end %v", got, d.last.End)
	}
	before := len(d.server.asked)
	if err := f.LoadOlder(context.Background()); err != nil || len(d.server.asked) != before {
		t.Errorf("a complete list was asked on: %v", d.server.asked)
	}
}

func TestAListThatLeadsBackIsReadOnceAndEnds(t *testing.T) {
	t.Parallel()
	post := func(n int) *feeds.Post { return feedstest.Post(host, fmt.Sprint(n), n) }
	for name, c := range map[string]struct {
		pages map[feeds.Cursor]*feeds.Page
		shows string
	}{
		"to the page above":    {map[feeds.Cursor]*feeds.Page{"": feedstest.Page("a", post(9)), "a": feedstest.Page("b", post(8)), "b": feedstest.Page("a", post(7))}, "9 8 7"},
		"to itself":            {map[feeds.Cursor]*feeds.Page{"": feedstest.Page("a", post(9)), "a": feedstest.Page("a", post(8))}, "9 8"},
		"to the first":         {map[feeds.Cursor]*feeds.Page{"": feedstest.Page("a", post(9)), "a": feedstest.Page("b", post(8)), "b": feedstest.Page("c", post(9)), "c": feedstest.Page("a", post(8))}, "9 8"},
		"by pages of nothing":  {map[feeds.Cursor]*feeds.Page{"": feedstest.Page("a", post(9)), "a": feedstest.Page("b"), "b": feedstest.Page("a")}, "9"},
		"nowhere, with a hole": {map[feeds.Cursor]*feeds.Page{"": feedstest.Page("a", post(9)), "a": feedstest.Page("b"), "b": feedstest.Page("c", post(8), post(9)), "c": feedstest.Page("", post(7))}, "9 8 7"},
	} {
		d := newFeedFixture(0)
		asked := 0
		src := &feedstest.Source{HostName: host, OnPosts: func(at feeds.Cursor) (*feeds.Page, error) {
			asked++
			return c.pages[at], nil
		}}
		d.Reader = New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: d.clock})
		f := d.open()
		for range 8 {
			if err := f.LoadOlder(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if d.shows() != c.shows || !d.last.End || asked > len(c.pages)+1 {
			t.Errorf("%s: %s after %d requests, end %v", name, d.shows(), asked, d.last.End)
		}
	}
}

func TestFeedShowsTheFirstAnswerBeforeItIsStored(t *testing.T) {
	d := newFeedFixture(5)
	var shownAtSave, storedAtDraw int
	var feed *Query
	d.drawn = func(ctx context.Context) {
		shownAtSave = len(d.last.Items)
		if tl, err := d.store.Timeline(ctx, feed.sources[0].place.ID(), feeds.Window{Limit: 20}); err != nil || tl != nil {
			storedAtDraw++
		}
	}
	feed = d.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { d.last = s })
	feed.Open(t.Context(), nil)
	if shownAtSave != 5 || storedAtDraw != 0 {
		t.Errorf("%d posts were shown, %d lists stored", shownAtSave, storedAtDraw)
	}
	if tl, err := d.store.Timeline(t.Context(), feed.sources[0].place.ID(), feeds.Window{Limit: 20}); err != nil || tl == nil || len(tl.Entries) != 5 {
		t.Errorf("stored: %v, %v", tl, err)
	}
	if len(d.last.Items) != 5 || d.last.New != 0 {
		t.Errorf("%d posts are shown at last, %d wait", len(d.last.Items), d.last.New)
	}
}

func TestAPageThatComesBeforeTheOneAboveItIsStoredLeavesNoGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFeedFixture(25)
		var feed *Query
		d.drawn = func(ctx context.Context) { // the end of the list is near on the first screen
			go func() { _ = feed.LoadOlder(ctx) }()
			synctest.Wait()
		}
		feed = d.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { d.last = s })
		feed.Open(t.Context(), nil)
		synctest.Wait()
		tl, err := d.store.Timeline(t.Context(), local, feeds.Window{})
		if err != nil || len(tl.Ranges) != 1 || d.shows() != numbers(25, 6) {
			t.Errorf("shows %s, %v, %v", d.shows(), tl.Ranges, err)
		}
	})
}

func TestFeedShowsWhatIsStoredFirst(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	d.open()
	d.clock.Advance(time.Hour)
	d.server.err = &feeds.Error{Kind: feeds.Unreachable, Host: host}
	d.all = nil
	d.open()
	if first := d.all[0]; len(first.Items) != 5 || !first.Stale || !first.AsOf.Equal(feedstest.Epoch()) || first.Err != nil {
		t.Errorf("first snapshot: %+v", first)
	}
	if len(d.last.Items) != 5 || d.last.Err == nil || d.last.Err.Kind != feeds.Unreachable || !d.last.Stale {
		t.Errorf("after the failure: %+v", d.last)
	}
}

func TestFeedHoldsNewPostsBackUntilTheyAreWanted(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	f := d.open()
	d.server.top = 8
	if err := f.Poll(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := d.shows(); got != numbers(5, 1) || d.last.New != 3 {
		t.Fatalf("after a poll: %s, %d new", got, d.last.New)
	}
	f.ShowNew()
	if got := d.shows(); got != numbers(8, 1) || d.last.New != 0 {
		t.Errorf("after letting in: %s, %d new", got, d.last.New)
	}
	d.server.top = 9
	if err := f.Poll(context.Background()); err != nil || d.last.New != 1 {
		t.Errorf("the next poll: %d new, %v", d.last.New, err)
	}
}

func TestFeedMarksAGapAndFillsIt(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	f := d.open()
	d.server.top = 30
	if err := f.Refresh(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if got := d.shows(); got != numbers(30, 21)+" gap "+numbers(5, 1) {
		t.Fatalf("with a gap: %s", got)
	}
	for i := 0; strings.Contains(d.shows(), "gap"); i++ {
		if i > 5 {
			t.Fatalf("the gap doesn't close: %s", d.shows())
		}
		for _, item := range d.last.Items {
			if item.Gap != nil {
				if err := f.Fill(context.Background(), item.From[0], item.Gap.Cursor); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
	}
	if got := d.shows(); got != numbers(30, 1) {
		t.Errorf("filled: %s", got)
	}
}

func TestFeedKeepsPostsWhenOlderOnesCannotBeRead(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(25)
	f := d.open()
	d.server.err = &feeds.Error{Kind: feeds.RateLimited, Host: host, RetryAt: feedstest.Epoch().Add(time.Minute)}
	if err := f.LoadOlder(context.Background()); feeds.KindOf(err) != feeds.RateLimited {
		t.Fatalf("err = %v", err)
	}
	if d.last.OldErr == nil || d.last.Err != nil || len(d.last.Items) != 10 {
		t.Errorf("snapshot: %+v", d.last)
	}
	d.server.err = nil
	if err := f.LoadOlder(context.Background()); err != nil || d.last.OldErr != nil || len(d.last.Items) != 20 {
		t.Errorf("second try: %v, %d posts", err, len(d.last.Items))
	}
}

func TestFeedEndsItsPatience(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	f := d.Feed(ServerPlace{Host: host, Scope: feeds.Local}, func(s *Snapshot) { d.last = s })
	f.Open(ctx, nil)
	if d.last.Err == nil || d.last.Err.Kind != feeds.Timeout || d.last.Err.Host != host {
		t.Errorf("err = %v", d.last.Err)
	}
}

func TestFeedReadsOnWithoutAStore(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(25)
	d.Reader.store = full{cache.NewMemory()}
	f := d.open()
	if err := f.LoadOlder(context.Background()); err != nil || d.shows() != numbers(25, 6) {
		t.Errorf("%s, %v", d.shows(), err)
	}
}

// full is a store that has no room left.
type full struct{ feeds.Store }

func (full) SavePage(context.Context, feeds.TimelineID, feeds.Cursor, *feeds.Page, time.Time) (feeds.SavedPage, error) {
	return feeds.SavedPage{}, &feeds.Error{Kind: feeds.Storage, Err: errors.New("disk full")}
}

func TestProfileFollowsWebFingerToTheServerOfADomain(t *testing.T) {
	t.Parallel()
	ada := feedstest.Author("ada", "example.org")
	ada.Host = "social.example.org"
	src := &feedstest.Source{HostName: "social.example.org", OnProfile: func(user, domain string) (*feeds.Author, error) { return ada, nil }}
	r := New(Options{Store: cache.NewMemory(), Clock: feedstest.NewClock(), Resolver: &feedstest.Resolver{
		Sources: map[string]feeds.Source{"social.example.org": src}, Homes: map[string]string{"example.org": "social.example.org"},
	}})
	a, err := r.Author(context.Background(), "ada", "example.org", "")
	if err != nil || a.Host != "social.example.org" {
		t.Fatalf("%v, %v", a, err)
	}
	if _, err := r.Author(context.Background(), "ada", "nowhere.example", ""); feeds.KindOf(err) != feeds.Unreachable {
		t.Errorf("an unknown domain: %v", err)
	}
}

func TestThreadShowsTheStoredPostThenAllOfIt(t *testing.T) {
	t.Parallel()
	one, two := post("1", 0), post("2<1 bob", 1)
	src := &feedstest.Source{
		HostName: host, OnPost: func(string) (*feeds.Post, error) { return one, nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) { return nil, []*feeds.Post{two}, nil },
	}
	store := cache.NewMemory()
	r := New(Options{Store: store, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: feedstest.NewClock()})
	if err := store.SavePosts(context.Background(), []*feeds.Post{one}); err != nil {
		t.Fatal(err)
	}
	var all []*ThreadSnapshot
	r.Thread(host, "1", func(s *ThreadSnapshot) { all = append(all, s) }).Open(context.Background())
	if first := all[0]; first.Tree == nil || !first.Stale || first.Tree.Shown != 0 {
		t.Errorf("first: %+v", first)
	}
	if last := all[len(all)-1]; last.Tree.Shown != 1 || last.Stale || last.Busy {
		t.Errorf("last: %+v", last)
	}
}

func TestThreadTakesADeletedPostAway(t *testing.T) {
	t.Parallel()
	one := post("1", 0)
	src := &feedstest.Source{HostName: host, OnPost: func(string) (*feeds.Post, error) { return nil, &feeds.Error{Kind: feeds.Gone, Host: host} }}
	store := cache.NewMemory()
	r := New(Options{Store: store, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: feedstest.NewClock()})
	if err := store.SavePosts(context.Background(), []*feeds.Post{one}); err != nil {
		t.Fatal(err)
	}
	var last *ThreadSnapshot
	r.Thread(host, "1", func(s *ThreadSnapshot) { last = s }).Open(context.Background())
	if last.Tree != nil || last.Err == nil || last.Err.Kind != feeds.Gone {
		t.Errorf("last: %+v", last)
	}
}

func TestThreadKeepsWhatIsStoredAroundAPostThatIsReadAlone(t *testing.T) {
	t.Parallel()
	above, one, below := post("1", 0), post("20<19 bob", 1), post("21<20 cy", 2)
	var closed error
	src := &feedstest.Source{
		HostName: host, OnPost: func(string) (*feeds.Post, error) { return one, nil },
		OnContext: func(string) ([]*feeds.Post, []*feeds.Post, error) {
			if closed != nil {
				return nil, nil, closed
			}
			return []*feeds.Post{above}, []*feeds.Post{below}, nil
		},
	}
	r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: feedstest.NewClock()})
	var all []*ThreadSnapshot
	open := func() {
		r.Thread(host, "20", func(s *ThreadSnapshot) { all = append(all, s) }).Open(context.Background())
	}
	open()
	closed, all = &feeds.Error{Kind: feeds.NeedsLogin, Host: host}, nil
	open()
	for _, s := range []*ThreadSnapshot{all[0], all[len(all)-1]} {
		if got := draw(s.Tree); got != "1 ?19 [20 1/1] >21<20" {
			t.Errorf("%s, %+v", got, s)
		}
	}
	if last := all[len(all)-1]; last.Around == nil || last.Around.Kind != feeds.NeedsLogin {
		t.Errorf("why nothing newer was read: %v", last.Around)
	}
}

func TestAPostIsReadByItsPageWhereTheAPIIsForMembers(t *testing.T) {
	t.Parallel()
	one := post("1", 0)
	const page = "https://" + host + "/p/ada/1"
	shown := map[string]*feeds.Post{page: one, "https://" + host + "/p/ada/2": post("2", 0)}
	src := &feedstest.Source{
		HostName: host,
		OnPost: func(id string) (*feeds.Post, error) {
			if p := shown[id]; p != nil {
				return p, nil
			}
			return nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host}
		},
		OnContext: func(id string) ([]*feeds.Post, []*feeds.Post, error) {
			if shown[id] != nil {
				return nil, []*feeds.Post{post("3<1 bob", 1)}, nil
			}
			return nil, nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host}
		},
	}
	for at, want := range map[string]int{page: 1, "https://" + host + "/p/ada/2": 0, "": 0} {
		r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: feedstest.NewClock()})
		var last *ThreadSnapshot
		thread := r.Thread(host, "1", func(s *ThreadSnapshot) { last = s })
		thread.ReadAt(at)
		thread.Open(t.Context())
		if read := last.Tree != nil; read != (want > 0) || read && last.Tree.Shown != want || !read && last.Err.Kind != feeds.NeedsLogin {
			t.Errorf("%q: %+v", at, last)
		}
	}
}

func TestThreadOfWhichTheServerRefusesThePostKeepsWhatIsStored(t *testing.T) {
	t.Parallel()
	one := post("1", 0)
	for name, open := range map[string]bool{"its document is open": true, "its document is closed": false} {
		src := &feedstest.Source{
			HostName: host,
			OnPost: func(id string) (*feeds.Post, error) {
				if open && id == one.URI {
					return one, nil
				}
				return nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host}
			},
			OnContext: func(id string) ([]*feeds.Post, []*feeds.Post, error) {
				if open && id == one.URI {
					return nil, []*feeds.Post{post("2<1 bob", 1)}, nil
				}
				return nil, nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host}
			},
		}
		store := cache.NewMemory()
		r := New(Options{Store: store, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, Clock: feedstest.NewClock()})
		if err := store.SavePosts(context.Background(), []*feeds.Post{one}); err != nil {
			t.Fatal(err)
		}
		var last *ThreadSnapshot
		r.Thread(host, "1", func(s *ThreadSnapshot) { last = s }).Open(context.Background())
		if last.Tree == nil || last.Busy || (last.Err == nil) != open || open && last.Tree.Shown != 1 {
			t.Errorf("%s: %+v", name, last)
		}
	}
}
