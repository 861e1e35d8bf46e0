package reader

import (
	"context"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func minute(n int) time.Time { return feedstest.Epoch().Add(time.Duration(n) * time.Minute) }

// failing are the hosts that can't give the span, in short.
func (m *merged) failing() string {
	out := ""
	for _, s := range m.last.Sources {
		if !s.Reaches {
			out += s.Place.Server()[:1]
		}
	}
	return out
}

func TestASpanIsLoadedDownToWhereItBeginsWithItsGaps(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(2, 20, 2), size: 3}
	b := &origin{host: "b.example", minutes: steps(2, 19, 1), size: 10}
	store := cache.NewMemory()
	before := merge(store, a, b)
	before.Open(t.Context(), nil)
	a.minutes = append(steps(2, 40, 22), a.minutes...)
	if err := before.Refresh(t.Context(), nil); err != nil || !strings.Contains(before.shows(), "gap") {
		t.Fatalf("%v, %s", err, before.shows())
	}
	m := merge(store, a, b)
	m.OpenSpan(t.Context(), minute(12))
	const want = "a40 a38 a36 a34 a32 a30 a28 a26 a24 a22 a20 b19 a18 b17 a16 b15 a14 b13"
	if got := m.shows(); got != want || !m.last.End || m.last.Busy || m.failing() != "" {
		t.Errorf("%s, end %v, busy %v, without %q", got, m.last.End, m.last.Busy, m.failing())
	}
	asked := 0
	a.before = func() { asked++ }
	b.before = a.before
	if err := m.LoadOlder(t.Context()); err != nil || asked != 0 || m.shows() != want {
		t.Errorf("then %d are asked: %v, %s", asked, err, m.shows())
	}
	a.before, b.before = nil, nil
	a.minutes = append([]int{50}, a.minutes...)
	m.LoadSpan(t.Context())
	if got := m.shows(); got != "a50 "+want {
		t.Errorf("loaded again it is %s", got)
	}
}

func TestASourceThatCantGiveASpanIsNamedAndHoldsNothingBack(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 30, 1), size: 10}
	b := &origin{host: "b.example", minutes: steps(1, 30, 1), size: 5}
	c := &origin{host: "c.example"}
	c.fails(feeds.ServerError)
	n := 0
	b.before = func() {
		if n++; n == 3 {
			b.fails(feeds.RateLimited)
		}
	}
	m := merge(cache.NewMemory(), a, b, c)
	m.OpenSpan(t.Context(), minute(8))
	got := m.shows()
	if strings.Count(got, "a") != 22 || strings.Count(got, "b") != 10 || m.failing() != "bc" || n != 3 {
		t.Errorf("%s without %q, asked %d times", got, m.failing(), n)
	}
}

func TestAServerThatFailsIsAskedForNothingMoreOfASpan(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 60, 1), size: 10}
	store := cache.NewMemory()
	before := merge(store, a)
	before.Open(t.Context(), nil)
	n := 0
	a.before = func() { n++ }
	a.fails(feeds.ServerError)
	m := merge(store, a)
	m.OpenSpan(t.Context(), minute(8))
	if got := m.shows(); strings.Count(got, "a") != 10 || m.failing() != "a" || n != 1 {
		t.Errorf("%s without %q, asked %d times", got, m.failing(), n)
	}
}

func TestASpanThatIsStoppedShowsWhatHasCome(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 60, 1), size: 10}
	m := merge(cache.NewMemory(), a)
	n := 0
	a.before = func() {
		if n++; n == 3 {
			m.StopSpan()
			a.err = context.Canceled
		}
	}
	m.OpenSpan(t.Context(), minute(8))
	if got := m.shows(); strings.Count(got, "a") != 20 || m.failing() != "a" || m.last.Err != nil || m.last.OldErr != nil {
		t.Errorf("%s without %q, %v, %v", got, m.failing(), m.last.Err, m.last.OldErr)
	}
}

func TestASpanOfOneSourceHasABound(t *testing.T) {
	a := &origin{host: "a.example", minutes: steps(1, 2000, 1), size: 40}
	m := merge(cache.NewMemory(), a)
	m.OpenSpan(t.Context(), minute(0))
	if n := len(m.last.Items); n < mostOfSource || n > mostOfSource+40 || m.failing() != "a" {
		t.Errorf("%d posts, without %q", n, m.failing())
	}
}

func TestAWebFeedThatEndsWithinASpanCantGiveIt(t *testing.T) {
	for begins, want := range map[int]bool{0: false, 2: true} {
		r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{WebFeeds: syndicated{named("blog")}}, Clock: feedstest.NewClock()})
		var last *Snapshot
		r.Feed(WebFeedPlace{URL: "https://blog.example/feed"}, func(s *Snapshot) { last = s }).OpenSpan(t.Context(), minute(begins))
		if got := last.Sources[0].Reaches; got != want {
			t.Errorf("of a span from %d on it is %v that the feed has all", begins, got)
		}
	}
}

func TestStoredPostsOfManySourcesAreReadForASpan(t *testing.T) {
	store := cache.NewMemory()
	var all []*origin
	for i := range few + 2 {
		all = append(all, &origin{host: string(rune('a'+i)) + ".example", minutes: steps(1, 60, 1), size: 20})
	}
	merge(store, all...).OpenSpan(t.Context(), minute(0))
	for _, o := range all {
		o.fails(feeds.Offline)
	}
	m := merge(store, all...)
	m.OpenSpan(t.Context(), minute(10))
	if n := len(Posts(m.last.Items)); n != 50*len(all) || n != len(m.last.Items) || m.failing() != "" {
		t.Errorf("%d posts of %d rows, without %q", n, len(m.last.Items), m.failing())
	}
}
