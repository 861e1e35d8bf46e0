package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
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

func networkProfiles() []networkProfile {
	return []networkProfile{{"Fast4G", 60, 9e6 / 8, 1.5e6 / 8}, {"Slow4G", 150, 1.6e6 / 8, 750e3 / 8}}
}

// timeStart records when the first post was painted and when the program had drawn its own screen, in milliseconds from navigation.
const timeStart = `
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

// BenchmarkStart reports how long a visitor waits for the first post, and for the program, on a phone's processor and networks.
func BenchmarkStart(b *testing.B) {
	s := newFixture(b)
	address := s.published(b)
	view := "#/i/" + s.host("hafenlicht")
	for _, l := range networkProfiles() {
		b.Run(l.name, func(b *testing.B) {
			var cold, warm runs
			for range 3 {
				browser, stop := startChrome(b) // a browser of its own: a throttled page uses processor time even when it does nothing
				p := firstTab(b, browser, emulation.SetCPUThrottlingRate(4), network.EmulateNetworkConditions(false, l.trip, l.down, l.up), chromedp.ActionFunc(func(ctx context.Context) error {
					_, err := page.AddScriptToEvaluateOnNewDocument(timeStart).Do(ctx)
					return err
				}))
				p.setSize(phone())
				cold.add(p.timed(address + view))
				p.wait("the front to be kept", frontStored(view))
				p.waitForWorker()
				p.open("about:blank")
				warm.add(p.timed(address + view))
				stop()
			}
			for b.Loop() {
			}
			b.ReportMetric(0, "ns/op")
			cold.report(b, "cold")
			warm.report(b, "warm")
		})
	}
}

// startTimes are the times of one start in milliseconds, and the requests and bytes before the first post.
type startTimes struct {
	First    float64 `json:"first"`
	Ready    float64 `json:"ready"`
	Requests int     `json:"requests"`
	Bytes    int     `json:"bytes"`
}

type runs []startTimes

func (r *runs) add(s startTimes) { *r = append(*r, s) }

// report reports the median of the runs.
func (r runs) report(b *testing.B, name string) {
	middle := func(of func(startTimes) float64) float64 {
		var all []float64
		for _, s := range r {
			all = append(all, of(s))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	b.ReportMetric(middle(func(s startTimes) float64 { return s.First }), name+"-first-post-ms")
	b.ReportMetric(middle(func(s startTimes) float64 { return s.Ready }), name+"-program-ms")
	b.ReportMetric(middle(func(s startTimes) float64 { return float64(s.Requests) }), name+"-requests")
	b.ReportMetric(middle(func(s startTimes) float64 { return float64(s.Bytes) }), name+"-bytes")
	b.Logf("%s: %+v", name, r)
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
