package find_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/find"
	"vitrine/feeds/software"
)

// known are five servers of four softwares, and how long each takes to answer.
func known() ([]string, map[string]string, map[string]time.Duration) {
	hosts := []string{"a.example", "b.example", "video.example", "forum.example", "notes.example"}
	return hosts,
		map[string]string{"a.example": "mastodon", "b.example": "mastodon", "video.example": "peertube", "forum.example": "lemmy", "notes.example": "misskey"},
		map[string]time.Duration{"a.example": 10 * time.Millisecond, "b.example": 20 * time.Millisecond, "video.example": 30 * time.Millisecond, "forum.example": 40 * time.Millisecond, "notes.example": 50 * time.Millisecond}
}

// memory knows what each host runs.
type memory map[string]string

func (m memory) Recall(_ context.Context, host string) (software.Nodeinfo, bool) {
	return software.Nodeinfo{Software: m[host], Version: "5.0.0"}, true
}
func (memory) Keep(context.Context, string, software.Nodeinfo) {}
func (memory) Answered(context.Context, string)                {}

// network answers each host's questions after its time.
type network struct {
	*feedstest.Network
	after map[string]time.Duration
	asked *atomic.Int32
}

func (n network) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	n.asked.Add(1)
	host, _, _ := strings.Cut(strings.TrimPrefix(r.URL, "https://"), "/")
	<-time.After(n.after[host])
	return n.Network.Fetch(ctx, r)
}

// BenchmarkFindOverFiveServers says what a find costs: requests, and the time to the first answer and to all of them, from servers that take 10 to
// 50 ms for each question.
func BenchmarkFindOverFiveServers(b *testing.B) {
	hosts, runs, after := known()
	var asked atomic.Int32
	net := network{feedstest.Always(`{"accounts":[],"hashtags":[],"statuses":[],"data":[],"total":0,"communities":[],"users":[],"version":"0.19.3"}`), after, &asked}
	finder := find.New(software.New(net, feedstest.NewClock(), software.Options{Memory: memory(runs)}), nil, blocklist.List{})
	var first, all time.Duration
	for b.Loop() {
		begin, answers := time.Now(), 0
		finder.Find(b.Context(), find.Words("ada"), hosts, func(*find.Result) {
			if answers++; answers == 2 { // the first comes before anybody is asked
				first += time.Since(begin)
			}
		})
		all += time.Since(begin)
	}
	n := float64(b.N)
	b.ReportMetric(float64(asked.Load())/n, "requests")
	b.ReportMetric(float64(first.Milliseconds())/n, "ms/first")
	b.ReportMetric(float64(all.Milliseconds())/n, "ms/all")
}
