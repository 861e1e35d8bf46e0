package e2e

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/feeds/follows"
)

const (
	manyHosts   = 60 // of the merged feed
	perHost     = 5  // accounts that are followed there
	manySources = manyHosts * perHost
)

// manyServers are many hosts with a few accounts each, in the shape of a Mastodon server's answers, which count what they are asked for.
type manyServers struct {
	port  int
	began time.Time
	posts atomic.Int64 // of each account
	bytes atomic.Int64 // that were answered

	mu    sync.Mutex
	asked map[string]int // by host
}

// counted writes what it counts.
type counted struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

func (c counted) Write(p []byte) (int, error) {
	c.bytes.Add(int64(len(p)))
	return c.ResponseWriter.Write(p)
}

func startManyServers(b *testing.B, posts int64) *manyServers {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &manyServers{port: l.Addr().(*net.TCPAddr).Port, began: time.Now().UTC(), asked: map[string]int{}}
	s.posts.Store(posts)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v2/instance", func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, map[string]any{"domain": r.Host, "title": "Many", "version": "4.4.0", "description": "", "usage": map[string]any{}, "languages": []string{"en"}, "rules": []any{}})
	})
	mux.HandleFunc("GET /api/v1/accounts/{id}/statuses", func(w http.ResponseWriter, r *http.Request) {
		n, all := int(s.posts.Load()), []any{}
		for i := n; i > 0 && r.FormValue("max_id") == "" && r.FormValue("pinned") == ""; i-- {
			all = append(all, s.status(r.Host, r.PathValue("id"), i, n))
		}
		s.answer(w, r, all)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	b.Cleanup(func() { _ = server.Close(); <-done })
	return s
}

func (s *manyServers) answer(w http.ResponseWriter, r *http.Request, v any) {
	s.mu.Lock()
	s.asked[r.Host]++
	s.mu.Unlock()
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache") // each refresh asks; what is the same is not sent again
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("ETag", fmt.Sprintf(`W/"%x"`, sha256.Sum256(body)))
	http.ServeContent(counted{w, &s.bytes}, r, "", time.Time{}, bytes.NewReader(body))
}

// status is a post of an account: what a longServer has, at a time of its own, of n posts over a week.
func (s *manyServers) status(host, account string, i, n int) map[string]any {
	v := longStatus(host, i, n)
	id, base := account+fmt.Sprintf("%06d", i), "http://"+host
	v["id"], v["uri"], v["url"] = id, base+"/users/"+account+"/statuses/"+id, base+"/@"+account+"/"+id
	hash := 0
	for _, c := range host + account {
		hash = (hash*31 + int(c)) % 3000
	}
	v["created_at"] = s.began.Add(-time.Duration(n-i)*time.Hour - time.Duration(hash)*time.Second).Format("2006-01-02T15:04:05.000Z")
	v["account"] = map[string]any{
		"id": account, "username": account, "acct": account, "display_name": account, "url": base + "/@" + account, "note": "", "avatar": "",
		"emojis": []any{}, "fields": []any{}, "created_at": "2024-01-01T00:00:00.000Z",
	}
	return v
}

// count returns how many requests came since the last call, how many at most to one host, and the bytes of their answers.
func (s *manyServers) count() (requests, perHost int, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.asked {
		requests, perHost = requests+n, max(perHost, n)
	}
	clear(s.asked)
	return requests, perHost, s.bytes.Swap(0)
}

// follows is the record of who follows all of the accounts.
func (s *manyServers) follows(b *testing.B) string {
	b.Helper()
	data := &follows.Data{}
	for h := range manyHosts {
		for a := range perHost {
			host := fmt.Sprintf("many%d.localhost:%d", h, s.port)
			id := fmt.Sprint(a + 1)
			f := follows.New(follows.Address("#/@"+id+"@"+host), follows.Profile, time.Now())
			f.Handle, f.Host, f.ID, f.Software, f.Title = id+"@"+host, host, id, "mastodon", "Account "+id
			data.Add(f)
		}
	}
	text, err := follows.Encode(data)
	if err != nil {
		b.Fatal(err)
	}
	return `{"v":1,"j":` + string(text) + `}`
}

// following opens a browser in which all of the accounts are followed.
func (s *manyServers) following(b *testing.B, f *fixture) *tab {
	b.Helper()
	browser, stop := startChrome(b)
	b.Cleanup(stop)
	p := firstTab(b, browser, chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(timeStart).Do(ctx)
		return err
	}))
	p.open(f.site + "#/following")
	p.waitForView("#/following")
	eval[bool](p, writeRecord("follows", s.follows(b)), awaitPromise)
	p.open("about:blank")
	return p
}

const (
	nobodyIsAsked = `document.querySelector('main[data-view="#/home"] [data-action=refresh]') && !document.querySelector('[data-source][aria-busy=true]')`
	benchPatience = 5 * time.Minute
)

// until waits for something that takes long, and returns for how long.
func (p *tab) until(what, expression string) time.Duration {
	p.t.Helper()
	began := time.Now()
	for !eval[bool](p, "new Promise((resolve) => setTimeout(resolve, 5, Boolean("+expression+")))", awaitPromise) {
		if time.Since(began) > benchPatience {
			p.t.Fatalf("waited in vain for %s\n%s", what, p.state())
		}
	}
	return time.Since(began)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// BenchmarkHomeRefresh asks 300 sources on 60 hosts: when they were never read, when each has a new post, and when none has.
func BenchmarkHomeRefresh(b *testing.B) {
	f := newFixture(b)
	for b.Loop() {
		s := startManyServers(b, 40)
		p := s.following(b, f)
		s.count()
		measure := func(name, first string) {
			began := time.Now()
			if first != "" {
				p.until("the first new post", first)
				b.ReportMetric(milliseconds(time.Since(began)), name+"-first-ms")
			}
			p.until("all", nobodyIsAsked)
			b.ReportMetric(milliseconds(time.Since(began)), name+"-all-ms")
			requests, most, bytes := s.count()
			b.ReportMetric(float64(requests), name+"-requests")
			b.ReportMetric(float64(most), name+"-requests-a-host")
			b.ReportMetric(float64(bytes)/1e6, name+"-MB")
			blocked, longest := p.tasks()
			b.ReportMetric(blocked, name+"-held-ms")
			b.ReportMetric(longest, name+"-longest-task-ms")
		}
		p.open(f.site + "#/home")
		measure("unread", `document.querySelector('main [role=feed] article[data-uri]')`)
		s.posts.Add(1)
		refresh := func() {
			p.run(chromedp.Evaluate(`document.querySelector('main [data-action=refresh]').click()`, nil))
			p.wait("that it is asked", `document.querySelector('main [data-action=stop]')`)
		}
		refresh()
		measure("new", `document.querySelector('main [role=feed] article[data-uri$="000041"], main [data-action=show-new]')`)
		refresh()
		measure("nothing-new", "")
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkHomeOf20000Posts opens the merged feed where 20,000 posts of 300 sources are stored, and scrolls through 10,000 of them.
func BenchmarkHomeOf20000Posts(b *testing.B) {
	const posts, scrolled = 67, 10_000
	f := newFixture(b)
	for b.Loop() {
		s := startManyServers(b, posts)
		p := s.following(b, f)
		p.open(f.site + "#/home")
		p.until("all", nobodyIsAsked)
		p.wait("the front to be kept", frontStored("#/home"))
		p.open("about:blank")
		start := p.timed(f.site + "#/home")
		b.ReportMetric(start.First, "first-post-ms")
		b.ReportMetric(start.Ready, "program-ms")
		p.until("all", nobodyIsAsked)
		blocked, longest := p.tasks()
		b.ReportMetric(blocked, "open-held-ms")
		b.ReportMetric(longest, "open-longest-task-ms")

		p.run(chromedp.Evaluate("window.__seen = new Set()", nil))
		began := time.Now()
		p.until("posts", fmt.Sprintf(`(%s, document.querySelectorAll('main [role=feed] article[data-uri]').forEach((a) => __seen.add(a.dataset.uri)), __seen.size >= %d)`, toTheEnd, scrolled))
		b.ReportMetric(time.Since(began).Seconds(), "scroll-s")
		blocked, longest = p.tasks()
		b.ReportMetric(blocked, "scroll-held-ms")
		b.ReportMetric(longest, "scroll-longest-task-ms")
		b.ReportMetric(float64(eval[int](p, "vitrine.memory.buffer.byteLength"))/1e6, "MB-wasm")
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkImport3000Follows reads a file of 3,000 follows, confirms it, and waits until all are listed.
func BenchmarkImport3000Follows(b *testing.B) {
	const rows = 3000
	f := newFixture(b)
	var text strings.Builder
	text.WriteString("Account address,Show boosts,Notify on new posts,Languages\n")
	for i := range rows {
		fmt.Fprintf(&text, "person%d@host%d.example,true,false,\n", i, i%200)
	}
	file := filepath.Join(b.TempDir(), "following.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p := f.tab(b)
		p.run(chromedp.ActionFunc(recordTasks))
		p.open(f.site + "#/following")
		p.waitForView("#/following")
		began := time.Now()
		p.run(chromedp.SetUploadFiles("[data-action=import]", []string{file}, chromedp.ByQuery))
		p.until("what the file brings", `document.querySelector('[data-part=import] [data-action=confirm]')`)
		b.ReportMetric(milliseconds(time.Since(began)), "read-ms")
		began = time.Now()
		p.click("[data-part=import] [data-action=confirm]")
		p.until("all of it", fmt.Sprintf(`document.querySelectorAll('[data-follow]').length === %d`, rows))
		b.ReportMetric(milliseconds(time.Since(began)), "follow-ms")
		blocked, longest := p.tasks()
		b.ReportMetric(blocked, "held-ms")
		b.ReportMetric(longest, "longest-task-ms")
	}
	b.ReportMetric(0, "ns/op")
}
