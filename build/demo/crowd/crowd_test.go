package crowd_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/build/demo/crowd"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
	"vitrine/feeds/software"
)

// clock is the system's.
type clock struct{}

func (clock) Now() time.Time                         { return time.Now() }
func (clock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// square is the servers, and how often each was asked.
type square struct {
	port string
	mu   sync.Mutex
	hits map[string]int
}

func open(t testing.TB) *square {
	s := &square{hits: map[string]int{}}
	var all map[string]http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, _ := net.SplitHostPort(r.Host)
		s.mu.Lock()
		s.hits[host]++
		s.mu.Unlock()
		if h := all[host]; h != nil {
			h.ServeHTTP(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	s.port = ":" + port
	all = crowd.Servers(time.Now, s.port)
	return s
}

// reading is what came when.
type reading struct {
	begun, first, half, last time.Time
	tree                     *reader.Tree
	search                   reader.Search
}

// read opens the film at a server and asks on, so many rounds.
func (s *square) read(t testing.TB, label, id string, rounds int) *reading {
	f := fetch.New(fetch.Options{Clock: clock{}, Private: true})
	r := reader.New(reader.Options{Store: cache.NewMemory(), Resolver: software.New(f, clock{}, software.Options{Private: true}), Clock: clock{}})
	out := &reading{begun: time.Now()}
	shown := 0
	thread := r.Thread(label+".localhost"+s.port, id, func(snap *reader.ThreadSnapshot) {
		if snap.Err != nil {
			t.Error(snap.Err)
		}
		if snap.Tree == nil {
			return
		}
		if out.tree, out.search = snap.Tree, snap.Search; snap.Tree.Shown > shown {
			shown, out.last = snap.Tree.Shown, time.Now()
		}
		if shown > 0 && out.first.IsZero() {
			out.first = time.Now()
		}
		if shown >= crowd.Replies/2 && out.half.IsZero() {
			out.half = time.Now()
		}
	})
	thread.Open(t.Context())
	thread.Complete(t.Context())
	for range rounds {
		thread.More()
		thread.Complete(t.Context())
	}
	return out
}

func TestTheBigConversationIsReadOverSixServersOfFourSoftwares(t *testing.T) {
	if testing.Short() {
		t.Skip("its servers are asked at their pace: some seconds")
	}
	t.Parallel()
	s := open(t)
	got := s.read(t, "markt", crowd.FilmCopy, 0)
	seen := map[feeds.Key]bool{}
	for _, r := range got.tree.Replies {
		if r.Post == nil {
			continue
		}
		if seen[r.Post.Key] {
			t.Errorf("%s stands there twice", r.Post.Key)
		}
		seen[r.Post.Key] = true
	}
	if len(seen) < 500 || got.search.Requests > got.search.Limit {
		t.Errorf("%d of %d replies after %d questions: %+v", len(seen), crowd.Replies, got.search.Requests, got.search)
	}
}

// BenchmarkConversation opens the film's copy on a Mastodon server, asks on within the first budget, and then as often as a reader may want.
func BenchmarkConversation(b *testing.B) {
	for _, rounds := range []int{0, 2, 10} {
		b.Run(fmt.Sprintf("asked for more %d times", rounds), func(b *testing.B) {
			for range b.N {
				s := open(b)
				got := s.read(b, "markt", crowd.FilmCopy, rounds)
				b.ReportMetric(float64(got.tree.Shown), "replies_of_1000")
				b.ReportMetric(got.first.Sub(got.begun).Seconds(), "s_first")
				b.ReportMetric(got.half.Sub(got.begun).Seconds(), "s_half")
				b.ReportMetric(got.last.Sub(got.begun).Seconds(), "s_all")
				for host, n := range s.hits {
					b.ReportMetric(float64(n), "requests_"+strings.TrimSuffix(host, ".localhost"))
				}
			}
		})
	}
}
