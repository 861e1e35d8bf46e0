package reader

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// origin is a server with posts at the given minutes, newest first, read in pages of a size.
type origin struct {
	host    string
	minutes []int
	size    int
	err     error
	posts   map[int]*feeds.Post // posts of other servers that it shows too, by minute
	before  func()              // called for each question
}

func (o *origin) answer(c feeds.Cursor) (*feeds.Page, error) {
	if o.before != nil {
		o.before()
	}
	if o.err != nil {
		return nil, o.err
	}
	from := 0
	if c != "" {
		if _, err := fmt.Sscan(string(c), &from); err != nil {
			return nil, err
		}
	}
	to := min(from+o.size, len(o.minutes))
	var posts []*feeds.Post
	for _, minute := range o.minutes[from:to] {
		if p := o.posts[minute]; p != nil {
			posts = append(posts, p)
			continue
		}
		posts = append(posts, feedstest.Post(o.host, fmt.Sprint(minute), minute))
	}
	older := feeds.Cursor("")
	if to < len(o.minutes) {
		older = feeds.Cursor(fmt.Sprint(to))
	}
	return feedstest.Page(older, posts...), nil
}

func (o *origin) place() Place          { return ServerPlace{Host: o.host, Scope: feeds.Local} }
func (o *origin) source() feeds.Source  { return &feedstest.Source{HostName: o.host, OnPosts: o.answer} }
func (o *origin) fails(kind feeds.Kind) { o.err = &feeds.Error{Kind: kind, Host: o.host} }
func steps(step, top, bottom int) (s []int) {
	for i := top; i >= bottom; i -= step {
		s = append(s, i)
	}
	return s
}

// merged is a Query over several servers and what it emitted.
type merged struct {
	*Query
	last *Snapshot
	all  []*Snapshot
}

func merge(store feeds.Store, origins ...*origin) *merged {
	var sources []feeds.Source
	var places []Place
	for _, o := range origins {
		sources, places = append(sources, o.source()), append(places, o.place())
	}
	m := &merged{}
	m.Query = readerOf(store, blocklist.List{}, sources...).Query(places, func(s *Snapshot) { m.last = s; m.all = append(m.all, s) })
	return m
}

// shows writes the list as "host minute", in short: "a9 b7".
func (m *merged) shows() string {
	var s []string
	for _, i := range m.last.Items {
		name := i.From[0].Host()[:1]
		if i.Gap != nil {
			s = append(s, name+"gap")
			continue
		}
		s = append(s, name+i.Entry.WrapperID)
	}
	return strings.Join(s, " ")
}

func TestQueryShowsSeveralSourcesDownToTheHorizon(t *testing.T) {
	a := &origin{host: "a.example", minutes: []int{20, 18, 16, 14, 4, 2}, size: 2}
	b := &origin{host: "b.example", minutes: []int{19, 11, 3, 1}, size: 2}
	for name, c := range map[string]struct {
		change  func()
		want    string
		horizon [2]int // minutes; 0 for none
		failed  int
	}{
		"both answer":        {func() {}, "a20 b19 a18", [2]int{18, 11}, 0},
		"one fails":          {func() { a.fails(feeds.Unreachable) }, "b19 b11", [2]int{0, 11}, 1},
		"the other does":     {func() { b.fails(feeds.NeedsLogin) }, "a20 a18", [2]int{18, 0}, 1},
		"one has only a few": {func() { a.minutes = []int{20, 2} }, "a20 b19 b11", [2]int{0, 11}, 0},
	} {
		was := *a
		b.err = nil
		c.change()
		m := merge(cache.NewMemory(), a, b)
		m.Open(context.Background(), nil)
		if got := m.shows(); got != c.want || m.last.Err != nil || m.last.Busy || m.last.End {
			t.Errorf("%s: %s, %+v", name, got, m.last)
		}
		failed := 0
		for i, s := range m.last.Sources {
			if s.Err != nil {
				failed++
			}
			if want := c.horizon[i]; want == 0 != s.Horizon.IsZero() || want != 0 && !s.Horizon.Equal(feedstest.Epoch().Add(time.Duration(want)*time.Minute)) {
				t.Errorf("%s: the horizon of %s is %v", name, s.Place.Server(), s.Horizon)
			}
		}
		if failed != c.failed {
			t.Errorf("%s: %d sources failed", name, failed)
		}
		*a = was
	}
}

func TestQueryReadsOnWhereTheOthersWait(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 60, 31), size: 5}
	b := &origin{host: "b.example", minutes: steps(10, 55, 5), size: 5}
	m := merge(cache.NewMemory(), a, b)
	m.Open(context.Background(), nil)
	for i := 0; !m.last.End; i++ {
		if err := m.LoadOlder(context.Background()); err != nil || i > 30 {
			t.Fatalf("%v after %d times: %s", err, i, m.shows())
		}
	}
	if len(m.last.Items) != 36 || !inOrder(m.last.Items) {
		t.Errorf("%d posts: %s", len(m.last.Items), m.shows())
	}
}

func inOrder(items []Item) bool {
	return slices.IsSortedFunc(items, func(a, b Item) int { return a.Entry.Compare(b.Entry) })
}

func TestQuerySaysWhenAllSourcesFail(t *testing.T) {
	a, b := &origin{host: "a.example"}, &origin{host: "b.example"}
	a.fails(feeds.Unreachable)
	b.fails(feeds.NeedsLogin)
	m := merge(cache.NewMemory(), a, b)
	m.Open(context.Background(), nil)
	if m.last.Err == nil || m.last.Err.Host != "a.example" || m.last.Sources[1].Err.Kind != feeds.NeedsLogin || !m.last.Ready() {
		t.Errorf("%+v", m.last)
	}
	b.err, b.minutes, b.size = nil, []int{2, 1}, 5
	if err := m.Poll(context.Background()); err != nil || m.last.Err != nil || m.shows() != "b2 b1" {
		t.Errorf("after one came back: %v, %s", err, m.shows())
	}
}

func TestQueryKeepsTheStoredPostsOfASourceThatFails(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(2, 20, 2), size: 4}
	b := &origin{host: "b.example", minutes: steps(2, 19, 1), size: 10}
	store := cache.NewMemory()
	first := merge(store, a, b)
	first.Open(context.Background(), nil)
	a.fails(feeds.Unreachable)
	m := merge(store, a, b)
	m.Open(context.Background(), nil)
	if got := m.shows(); got != "a20 b19 a18 b17 a16 b15 a14 b13 b11 b9 b7 b5 b3 b1" {
		t.Errorf("%s", got)
	}
	if first := m.all[0]; !first.Stale || len(first.Items) == 0 || first.Err != nil {
		t.Errorf("first: %+v", first)
	}
	if m.last.End || m.last.Err != nil || m.last.Sources[0].Err == nil || !m.last.Stale || m.last.Sources[1].Err != nil {
		t.Errorf("%+v", m.last)
	}
}

func TestQueryReadsOnWithoutASourceThatFails(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 60, 1), size: 5}
	b := &origin{host: "b.example", minutes: steps(2, 60, 2), size: 5}
	store := cache.NewMemory()
	merge(store, a, b).Open(context.Background(), nil)
	a.fails(feeds.Unreachable)
	m := merge(store, a, b)
	m.Open(context.Background(), nil)
	a.before = func() { t.Error("the one that fails was asked for older posts") }
	for range 3 {
		if err := m.LoadOlder(context.Background()); err != nil || m.last.OldErr != nil || m.last.End {
			t.Fatalf("%v, %+v", err, m.last)
		}
	}
	if got := len(m.last.Items); got != 5+20 {
		t.Errorf("%d posts: %s", got, m.shows())
	}
	a.before = nil
	for i := 0; m.last.OldErr == nil; i++ {
		if err := m.LoadOlder(context.Background()); err != nil && m.last.OldErr == nil || i > 20 {
			t.Fatalf("%v, %+v", err, m.last)
		}
	}
	if e := m.last.OldErr; e.Host != "a.example" || m.last.Err != nil || !m.last.Sources[1].End || m.last.End {
		t.Errorf("at the end of the other: %v, %+v", e, m.last)
	}
}

func TestQueryPutsALatecomersPostsInPlaceAndCountsTheNewerOnes(t *testing.T) {
	a := &origin{host: "a.example", minutes: []int{20, 10, 5}, size: 5}
	b := &origin{host: "b.example", minutes: []int{30, 25, 15, 7}, size: 5}
	late := make(chan struct{})
	arrived := make(chan struct{})
	b.before = func() { <-late }
	m := merge(cache.NewMemory(), a, b)
	m.Query.emit = func(s *Snapshot) {
		m.last = s
		if !s.Sources[0].Busy && s.Sources[1].Busy && len(s.Items) > 0 {
			select {
			case <-arrived:
			default:
				close(arrived)
			}
		}
	}
	done := make(chan struct{})
	top := true
	go func() { defer close(done); m.Open(context.Background(), func() bool { return top }) }()
	<-arrived
	m.mu.Lock()
	if got := m.shows(); got != "a20 a10 a5" || !m.last.Busy || m.last.Sources[1].Err != nil {
		t.Errorf("before: %s, %+v", got, m.last)
	}
	m.mu.Unlock()
	top = false // the reader has begun to read
	close(late)
	<-done
	if got := m.shows(); got != "a20 b15 a10 b7 a5" || m.last.New != 2 {
		t.Errorf("after: %s, %d new", got, m.last.New)
	}
	m.ShowNew()
	if got := m.shows(); got != "b30 b25 a20 b15 a10 b7 a5" || m.last.New != 0 {
		t.Errorf("let in: %s, %d new", got, m.last.New)
	}
}

func TestQueryShowsAPostOfSeveralSourcesOnce(t *testing.T) {
	shared := feedstest.Post("a.example", "10", 10)
	there := *shared
	there.Sightings = []feeds.Sighting{{Host: "b.example", ID: "77", At: feedstest.Epoch()}}
	a := &origin{host: "a.example", minutes: []int{20, 10}, size: 5}
	b := &origin{host: "b.example", minutes: []int{15, 10, 5}, size: 5, posts: map[int]*feeds.Post{10: &there}}
	m := merge(cache.NewMemory(), b, a)
	m.Open(context.Background(), nil)
	if got := m.shows(); got != "a20 b15 a10 b5" {
		t.Fatal(got)
	}
	i := m.last.Items[2]
	if fmt.Sprint(i.From) != "[a.example/local b.example/local]" || len(i.Post.Sightings) != 2 || !i.Post.Sightings[0].Origin {
		t.Errorf("from %v, %+v", i.From, i.Post.Sightings)
	}
	if from := m.last.Items[0].From; len(from) != 1 {
		t.Errorf("another post is from %v", from)
	}
}

func TestQueryFillsTheGapOfOneSource(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(2, 20, 2), size: 3}
	b := &origin{host: "b.example", minutes: steps(2, 19, 1), size: 10}
	m := merge(cache.NewMemory(), a, b)
	m.Open(context.Background(), nil)
	a.minutes = append(steps(2, 40, 22), a.minutes...)
	if err := m.Refresh(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if got := m.shows(); !strings.HasPrefix(got, "a40 a38 a36 agap a20 b19") {
		t.Fatal(got)
	}
	gap := m.last.Items[3]
	if err := m.Fill(context.Background(), "nowhere.example/local", gap.Gap.Cursor); err != nil || m.last.Items[3].Gap == nil {
		t.Errorf("another source's: %v", err)
	}
	if err := m.Fill(context.Background(), gap.From[0], gap.Gap.Cursor); err != nil {
		t.Fatal(err)
	}
	if got := m.shows(); !strings.HasPrefix(got, "a40 a38 a36 a34 a32 a30 agap a20 b19") || strings.Contains(got, "bgap") {
		t.Error(got)
	}
}

// TestQueryGivesTheSameListInAnyOrder reads random servers to random depths, some of which fail on the way.
func TestQueryGivesTheSameListInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 60 {
		origins := make([]*origin, 1+random.IntN(4))
		for i := range origins {
			o := &origin{host: string(rune('a'+i)) + ".example", size: 1 + random.IntN(9)}
			for minute := 100; minute > 0; minute -= 1 + random.IntN(12) {
				o.minutes = append(o.minutes, minute)
			}
			origins[i] = o
		}
		failing := random.IntN(len(origins) + 2)
		depth := random.IntN(4)
		read := func() *merged {
			m := merge(cache.NewMemory(), origins...)
			m.Open(context.Background(), nil)
			for i := range depth {
				if i == 1 && failing < len(origins) {
					for _, o := range origins {
						if o.host[0] == byte('a'+failing) {
							o.fails(feeds.Unreachable)
						}
					}
				}
				_ = m.LoadOlder(context.Background()) // the snapshot says it
			}
			for _, o := range origins {
				o.err = nil
			}
			return m
		}
		want := read()
		random.Shuffle(len(origins), func(i, j int) { origins[i], origins[j] = origins[j], origins[i] })
		got := read()
		if got.shows() != want.shows() || got.last.New != want.last.New || got.last.End != want.last.End {
			t.Fatalf("round %d:\n%s\n%s", round, want.shows(), got.shows())
		}
		if !inOrder(got.last.Items) {
			t.Fatalf("round %d: out of order: %s", round, got.shows())
		}
		if len(origins) == 1 {
			continue
		}
		for _, s := range got.last.Sources {
			if (s.Err != nil || s.OldErr != nil || s.End) && !s.Horizon.IsZero() {
				t.Fatalf("round %d: %s holds others back: %+v", round, s.Place.Server(), s)
			}
			for _, i := range got.last.Items {
				if i.Entry.At.Before(s.Horizon) {
					t.Fatalf("round %d: %s is below the horizon %v of %s", round, i.Entry.Key, s.Horizon, s.Place.Server())
				}
			}
		}
		// Everything that was read and stands above all horizons is shown.
		shown := map[feeds.Key]bool{}
		for _, i := range got.last.Items {
			shown[i.Entry.Key] = true
		}
		horizon := time.Time{}
		for _, s := range got.last.Sources {
			if s.Horizon.After(horizon) {
				horizon = s.Horizon
			}
		}
		for _, s := range got.Query.sources {
			for _, e := range s.tl.Entries {
				if !e.At.Before(horizon) && !shown[e.Key] && len(shown) < got.Query.shown {
					t.Fatalf("round %d: %s is missing", round, e.Key)
				}
			}
		}
	}
}

// syndicated is a web feed of somebody.
type syndicated struct{ author *feeds.Author }

func (s syndicated) Feed(context.Context, string, feeds.Cursor) (*feeds.Author, *feeds.Page, error) {
	return s.author, feedstest.Page("", feedstest.Post("blog.example", "1", 1)), nil
}

func TestQuerySaysWhoPublishesAWebFeed(t *testing.T) {
	r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{WebFeeds: syndicated{named("blog")}}, Clock: feedstest.NewClock()})
	var all []*Snapshot
	r.Feed(WebFeedPlace{URL: "https://blog.example/feed"}, func(s *Snapshot) { all = append(all, s) }).Open(context.Background(), nil)
	if first, last := all[0], all[len(all)-1]; first.Sources[0].Publisher != nil || last.Sources[0].Publisher == nil || last.Sources[0].Publisher.Name != "blog" || len(last.Items) != 1 {
		t.Errorf("%+v, then %+v", first, last)
	}
}

func TestAStoredWebFeedSaysWhoPublishesIt(t *testing.T) {
	by, store, place := named("blog"), cache.NewMemory(), WebFeedPlace{URL: "https://blog.example/feed"}
	by.Host, by.ID, by.User, by.Domain = "blog.example", place.URL, "blog", "blog.example"
	by.Bio = content.ParsePlain("About teapots", content.Options{})
	for _, p := range []WebFeedPlace{place, {URL: "https://blog.example/other"}} {
		r := New(Options{Store: store, Resolver: &feedstest.Resolver{WebFeeds: syndicated{by}}, Clock: feedstest.NewClock()})
		r.Feed(place, func(*Snapshot) {}).Open(context.Background(), nil)
		var first *Snapshot
		r.Feed(p, func(s *Snapshot) {
			if first == nil {
				first = s
			}
		}).Open(context.Background(), nil)
		if got := first.Sources[0].Publisher; p == place && !reflect.DeepEqual(got, by) || p != place && got != nil {
			t.Errorf("%s is by %+v", p.URL, got)
		}
	}
}

func TestQueryReadsOnWhereTheFirstPagesHaveNothingForGuests(t *testing.T) {
	for name, c := range map[string]struct {
		hidden int // pages in a row
		fails  int // the page that fails; 0 for none
		asked  int
		end    bool
		shows  string
	}{
		"none":                {0, 0, 1, false, "a9"},
		"some":                {3, 0, 4, false, "a9"},
		"one that goes round": {-1, 0, 2, true, ""},
		"more than are asked": {50, 0, 1 + emptyPages, false, ""},
		"a failure below":     {3, 2, 3, false, ""},
	} {
		asked := 0
		s := &feedstest.Source{HostName: "a.example", OnPosts: func(at feeds.Cursor) (*feeds.Page, error) {
			asked++
			n := 0
			_, _ = fmt.Sscan(string(at), &n)
			switch {
			case c.hidden < 0:
				return feedstest.Page("1"), nil
			case n == c.fails && n > 0:
				return nil, &feeds.Error{Kind: feeds.ServerError, Host: "a.example"}
			case n < c.hidden:
				return feedstest.Page(feeds.Cursor(fmt.Sprint(n + 1))), nil
			}
			return feedstest.Page(feeds.Cursor(fmt.Sprint(n+1)), feedstest.Post("a.example", "9", 9)), nil
		}}
		m := &merged{}
		m.Query = readerOf(cache.NewMemory(), blocklist.List{}, s).Query([]Place{ServerPlace{Host: "a.example", Scope: feeds.Local}}, func(s *Snapshot) { m.last = s })
		m.Open(context.Background(), nil)
		if got := m.shows(); got != c.shows || asked != c.asked || m.last.End != c.end || m.last.Err != nil {
			t.Errorf("%s: %q after %d questions, %+v", name, got, asked, m.last)
		}
	}
}
