package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/build/site"
)

// networkProfile is a network as Lighthouse and WebPageTest simulate it: round trip in milliseconds, bytes per second down and up.
type networkProfile struct {
	name     string
	trip     float64
	down, up float64
}

// networkProfiles are a machine as it is, and phones: their networks with the processor slowed four times.
func networkProfiles() []networkProfile {
	return []networkProfile{{name: "Unthrottled"}, {"Fast4G", 60, 9e6 / 8, 1.5e6 / 8}, {"Slow4G", 150, 1.6e6 / 8, 750e3 / 8}}
}

// timeStart records when the first post was painted and when the program had drawn its own screen, in milliseconds from navigation, and
// how long each task held the main thread.
const timeStart = taskRecorder + `
window.__times = {};
(function look() {
  const post = document.querySelector('main article[data-uri] [data-part=content]');
  if (post?.innerText && !__times.seen) {
    __times.seen = true; // the post is in the document before this frame is painted; the message is delivered after
    const after = new MessageChannel();
    after.port1.onmessage = () => { __times.first = performance.now(); };
    after.port2.postMessage(0);
  }
  if (!__times.ready && document.querySelector('main:not([data-front])[data-view] article[data-uri]')) __times.ready = performance.now();
  if (!__times.ready) requestAnimationFrame(look);
})();`

// taskRecorder notes the tasks that hold the main thread for 50 ms and more.
const taskRecorder = `
window.__tasks = [];
new PerformanceObserver((list) => list.getEntries().forEach((task) => __tasks.push(task.duration))).observe({ type: "longtask", buffered: true });
`

// recordTasks has each document note its tasks.
func recordTasks(ctx context.Context) error {
	_, err := page.AddScriptToEvaluateOnNewDocument(taskRecorder).Do(ctx)
	return err
}

// startRuns is how often a start is timed; the median is reported.
const startRuns = 5

// BenchmarkStart reports how long a visitor waits for the first post and for the program, how long the main thread is held, and how big
// the longest task is: at a first visit, at the fourth, and while three pages are scrolled. With BESIDE, a folder with another build of the
// site, both are timed in turns, and what takes a fifth longer than there is named.
func BenchmarkStart(b *testing.B) {
	s := newFixture(b)
	builds := []build{{"", s.published(b)}}
	if dir := os.Getenv("BESIDE"); dir != "" {
		files := filesIn(b, dir)
		shell := bytes.Replace(files["index.html"], []byte("connect-src "), []byte("connect-src http: "), 1) // for servers on loopback
		files["index.html"] = shell
		delete(files, "index.html.br")
		builds = append(builds, build{"beside-", servePacked(b, files)})
	}
	view := "#/i/" + longServer(b, 200)
	for _, l := range networkProfiles() {
		b.Run(l.name, func(b *testing.B) {
			all := map[string]runs{}
			for range startRuns {
				for _, site := range builds {
					timeBuild(b, s, l, site, view, all)
				}
			}
			for b.Loop() {
			}
			b.ReportMetric(0, "ns/op")
			report(b, all)
		})
	}
}

// build is a built site.
type build struct{ name, address string }

// timeBuild times a first visit, and one after three others, in a browser of its own: a throttled page uses processor time even when it
// does nothing, and compiled code is kept in profiles.
func timeBuild(b *testing.B, s *fixture, l networkProfile, site build, view string, all map[string]runs) {
	b.Helper()
	browser, stop := startChrome(b)
	defer stop()
	steps := []chromedp.Action{chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(timeStart).Do(ctx)
		return err
	})}
	if l.trip > 0 {
		steps = append(steps, emulation.SetCPUThrottlingRate(4), network.EmulateNetworkConditions(false, l.trip, l.down, l.up))
	}
	p := firstTab(b, browser, steps...)
	p.setSize(phone())
	for _, visit := range []string{"cold", "", "", "warm"} {
		start := p.timed(site.address + view)
		p.wait("the front to be kept", frontStored(view))
		p.waitForWorker()
		start.Blocked, start.Longest = p.tasks()
		if visit != "" {
			all[site.name+visit] = append(all[site.name+visit], start)
		}
		if visit == "warm" && l.trip == 0 {
			p.wait("three pages", fmt.Sprintf("(%s, %s < 100)", toTheEnd, lastPost))
			blocked, longest := p.tasks()
			all[site.name+"scroll"] = append(all[site.name+"scroll"], startTimes{Blocked: blocked, Longest: longest})
		}
		p.open("about:blank")
	}
}

// tasks returns how long the main thread was held since the last call, all that a task has over 50 ms added up, and the longest task, in
// milliseconds. It waits until the page is idle.
func (p *tab) tasks() (blocked, longest float64) {
	p.t.Helper()
	eval[bool](p, "new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 1000, true)))", awaitPromise)
	tasks := eval[[]float64](p, "__tasks.splice(0)")
	for _, t := range tasks {
		blocked += t - 50
		longest = max(longest, t)
	}
	return blocked, longest
}

// startTimes are the times of one start in milliseconds, and the requests and bytes before the first post.
type startTimes struct {
	First    float64 `json:"first"`
	Ready    float64 `json:"ready"`
	Requests int     `json:"requests"`
	Bytes    int     `json:"bytes"`
	Blocked  float64 `json:"-"`
	Longest  float64 `json:"-"`
}

type runs []startTimes

// median is the middle one of the runs.
func (r runs) median(of func(startTimes) float64) float64 {
	var all []float64
	for _, s := range r {
		all = append(all, of(s))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// startFigures are what is reported of the runs, and whether more of it is a regression that is named.
func startFigures() []figure {
	return []figure{
		{"first-post-ms", true, func(s startTimes) float64 { return s.First }}, {"program-ms", true, func(s startTimes) float64 { return s.Ready }},
		{"held-ms", true, func(s startTimes) float64 { return s.Blocked }}, {"longest-task-ms", true, func(s startTimes) float64 { return s.Longest }},
		{"requests", false, func(s startTimes) float64 { return float64(s.Requests) }}, {"bytes", false, func(s startTimes) float64 { return float64(s.Bytes) }},
	}
}

type figure struct {
	name  string
	named bool
	of    func(startTimes) float64
}

// report reports the medians, and beside another build how many times its own they are.
func report(b *testing.B, all map[string]runs) {
	b.Helper()
	for _, visit := range []string{"cold", "warm", "scroll"} {
		own, beside := all[visit], all["beside-"+visit]
		if len(own) == 0 {
			continue
		}
		for _, f := range startFigures() {
			now := own.median(f.of)
			if now == 0 {
				continue
			}
			b.ReportMetric(now, visit+"-"+f.name)
			if len(beside) == 0 {
				continue
			}
			if before := beside.median(f.of); before > 0 {
				b.ReportMetric(now/before, visit+"-"+strings.TrimSuffix(f.name, "-ms")+"-of-beside")
				if f.named && now > before*1.2 {
					b.Logf("REGRESSION: %s %s is %.0f, and %.0f in the build beside", visit, f.name, now, before)
				}
			}
		}
		b.Logf("%s: %+v", visit, own)
	}
}

func (p *tab) timed(address string) startTimes {
	p.t.Helper()
	p.open(address)
	p.wait("the program's posts", "window.__times?.ready && window.__times.first")
	return eval[startTimes](p, fmt.Sprintf(`(() => {
  const before = [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')].filter((r) => r.responseEnd && r.responseEnd <= __times.first && (r.transferSize || !r.name.startsWith(%s)));
  return {first: __times.first, ready: __times.ready, requests: before.length, bytes: before.reduce((sum, r) => sum + (r.transferSize || 0), 0)};
})()`, js(strings.SplitN(address, "#", 2)[0])))
}

// published serves the site as a good static host does.
func (s *fixture) published(b *testing.B) string {
	b.Helper()
	return serveCompressed(b, s.render(b, "/"))
}

// serveCompressed serves files as a good static host does: precompressed, files with hashed names cached for ever.
func serveCompressed(b *testing.B, files site.Files) string {
	b.Helper()
	if err := site.NewCompressor().Add(b.Context(), files); err != nil {
		b.Fatal(err)
	}
	return servePacked(b, files)
}

// filesIn are the files of a folder with a built site.
func filesIn(b *testing.B, dir string) site.Files {
	b.Helper()
	files := site.Files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files
}

// servePacked serves files that stand precompressed beside themselves.
func servePacked(b *testing.B, files site.Files) string {
	b.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := files[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		if strings.HasPrefix(name, "assets/") {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.Header().Set("Content-Type", contentType(name))
		if packed := files[name+".br"]; packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "br") {
			w.Header().Set("Content-Encoding", "br")
			data = packed
		}
		_, _ = w.Write(data)
	}))
	b.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/"
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript"
	case ".css":
		return "text/css"
	case ".wasm":
		return "application/wasm"
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	case ".json":
		return "application/json"
	}
	return "application/octet-stream"
}
