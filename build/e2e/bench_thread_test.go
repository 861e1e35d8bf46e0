package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo/crowd"
)

// BenchmarkThread opens conversations in Chromium and reports how long the main thread is held at a time while they open and while they are
// scrolled through, when the first reply and all of them are there, and the page's memory: the demo's big conversation, which grows as six
// servers are asked, and conversations that one server tells whole.
func BenchmarkThread(b *testing.B) {
	f := newFixture(b)
	b.Run("crowd", func(b *testing.B) {
		for b.Loop() {
			benchmarkThread(b, f, "#/p/"+f.host("markt")+"/"+crowd.FilmCopy, `document.querySelector('[data-part=replies][aria-busy=false] [data-action=sources]')`)
		}
		b.ReportMetric(0, "ns/op")
	})
	for _, replies := range []int{1000, 5000} {
		b.Run(strconv.Itoa(replies), func(b *testing.B) {
			host := talkingServer(b, replies)
			for b.Loop() {
				benchmarkThread(b, f, "#/p/"+host+"/1", fmt.Sprintf(`document.querySelector('[data-part=replies][data-shown="%d"]')`, replies))
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// benchmarkThread opens a conversation that is there when the expression is true.
func benchmarkThread(b *testing.B, f *fixture, view, whole string) {
	b.Helper()
	browser, stop := startChrome(b)
	defer stop()
	p := firstTab(b, browser, chromedp.ActionFunc(recordTasks))
	p.setSize(phone())
	p.open(f.site)
	p.waitForView("#/")
	p.waitForWorker()
	p.tasks() // those of the program's start are another benchmark's
	began := time.Now()
	p.run(chromedp.Evaluate("location.hash = "+js(view), nil))
	p.until("the first reply", `document.querySelector('main [data-parent]')`)
	b.ReportMetric(milliseconds(time.Since(began)), "first-reply-ms")
	p.until("all replies", whole)
	b.ReportMetric(milliseconds(time.Since(began)), "all-ms")
	b.ReportMetric(eval[float64](p, `Number(document.querySelector('[data-part=replies]').dataset.shown)`), "replies")
	held, longest := p.tasks()
	b.ReportMetric(held, "open-held-ms")
	b.ReportMetric(longest, "open-longest-task-ms")
	p.reportMemory(b, "open")

	began = time.Now()
	p.until("the last reply", `(scrollBy(0, innerHeight), scrollY + innerHeight >= document.documentElement.scrollHeight - 2)`)
	b.ReportMetric(time.Since(began).Seconds(), "scroll-s")
	_, longest = p.tasks()
	b.ReportMetric(longest, "scroll-longest-task-ms")
	p.reportMemory(b, "scrolled")
}

// reportMemory reports the page's memory: the script's heap and the program's.
func (p *tab) reportMemory(b *testing.B, when string) {
	b.Helper()
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		used, _, _, _, err := runtime.GetHeapUsage().Do(ctx)
		b.ReportMetric(used/1e6, when+"-MB-js")
		return err
	}))
	b.ReportMetric(eval[float64](p, "vitrine.memory.buffer.byteLength")/1e6, when+"-MB-wasm")
}

// talkingServer is a server that tells a conversation of n replies in one answer, in the shape of a Mastodon server's. It returns its host.
func talkingServer(t testing.TB, n int) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := fmt.Sprintf("talk.localhost:%d", l.Addr().(*net.TCPAddr).Port)
	random := rand.New(rand.NewPCG(15, 2))
	parent, children := make([]int, n+2), make([]int, n+2)
	for i := 2; i <= n+1; i++ {
		switch random.IntN(4) {
		case 0:
			parent[i] = 1
		case 1:
			parent[i] = 1 + random.IntN(i-1)
		default:
			parent[i] = i - 1
		}
		children[parent[i]]++
	}
	status := func(i int) map[string]any {
		v := longStatus(host, i, n+1)
		name := "ada" + strconv.Itoa(i%40)
		v["content"], v["replies_count"], v["tags"] = fmt.Sprintf("<p>Reply %d, which says a little more than its number, so that it fills its lines.</p>", i), children[i], []any{}
		v["account"] = map[string]any{
			"id": strconv.Itoa(i % 40), "username": name, "acct": name, "display_name": name, "url": "http://" + host + "/@" + name, "note": "", "avatar": "", "emojis": []any{},
			"fields": []any{}, "created_at": "2024-01-01T00:00:00.000Z",
		}
		if i > 1 {
			v["in_reply_to_id"] = strconv.Itoa(parent[i])
		}
		return v
	}
	mux := http.NewServeMux()
	answer := func(pattern string, give func() any) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			if err := json.NewEncoder(w).Encode(give()); err != nil {
				t.Log(err)
			}
		})
	}
	answer("GET /api/v2/instance", func() any {
		return map[string]any{"domain": host, "title": "Talk", "version": "4.4.0", "description": "", "usage": map[string]any{}, "languages": []string{"en"}, "rules": []any{}}
	})
	answer("GET /api/v1/statuses/1", func() any { return status(1) })
	answer("GET /api/v1/statuses/1/context", func() any {
		below := []any{}
		for i := 2; i <= n+1; i++ {
			below = append(below, status(i))
		}
		return map[string]any{"ancestors": []any{}, "descendants": below}
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return host
}
