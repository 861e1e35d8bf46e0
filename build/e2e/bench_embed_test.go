package e2e

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/evanw/esbuild/pkg/api"

	"vitrine/build/demo"
	"vitrine/build/site"
)

// Widgets that ask an account's server from each visitor's browser.
const (
	emfedVersion    = "1.6.0"
	timelineVersion = "4.8.2" // of @idotj/mastodon-embed-timeline
)

// refreshesPerHour is how often the recipes' timer refreshes the feeds.
const refreshesPerHour = 4

// viewsPerHour is the assumed number of page views an hour of a site that embeds a feed.
const viewsPerHour = 1_000_000

// BenchmarkEmbed reports what a new visitor's browser loads until the text of a town hall's newest post is to be read, and in all:
// with each way to embed a feed, and with two widgets that show the same account's newest twenty posts. All stand on the same host,
// compressed; the account's server compresses its answers too.
func BenchmarkEmbed(b *testing.B) {
	o := newOfficial(b, `base_url = "https://www.norderau.example/"
timezone = "Europe/Berlin"
[[feed]]
name = "town"
title = "Aus dem Rathaus"
language = "de"
addresses = ["@rathaus@norderau.localhost:PORT"]
`, demo.Options{Middleware: compressAnswers})
	quiet := 0
	for _, n := range o.snapshot().Requests {
		quiet += n
	}
	server := "norderau.localhost:" + o.port
	address := serveCompressed(b, o.embedded(b, "http://"+server))
	words := o.newest(b)
	for _, c := range []struct {
		name, path string
		ours       bool
	}{
		{"Page", "feeds/town/", true},
		{"Fragment", "fragment.html", true},
		{"Frame", "frame.html", true},
		{"Element", "element.html", true},
		{"Emfed", "emfed.html", false},
		{"MastodonEmbedTimeline", "timeline.html", false},
	} {
		b.Run(c.name, func(b *testing.B) {
			l := load{}
			for b.Loop() {
				l = measureLoad(b, address+c.path, words)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(l.shown, "text-ms")
			b.ReportMetric(float64(l.until.requests), "text-requests")
			b.ReportMetric(float64(l.until.bytes), "text-bytes")
			b.ReportMetric(float64(l.all.requests), "all-requests")
			b.ReportMetric(float64(l.all.bytes), "all-bytes")
			asked := l.hosts[server]
			b.ReportMetric(float64(asked), "server-requests")
			if c.ours && asked > 0 {
				b.Errorf("asked %v", l.hosts)
			}
			hourly := asked * viewsPerHour
			if c.ours {
				hourly = quiet * refreshesPerHour
			}
			b.ReportMetric(float64(hourly), "server-requests/h")
		})
	}
}

// embedded are the files of the site with a page for each way of embedding, as the builder's snippets and the widgets' own
// documentation say.
func (o *official) embedded(b *testing.B, server string) site.Files {
	b.Helper()
	files := filesIn(b, o.dir)
	add := func(name, head, body string) {
		files[name] = []byte(`<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stadt Norderau</title><link rel="icon" href="data:,">` + head + `</head><body>` + body + `</body></html>`)
	}
	add("fragment.html", `<link rel="stylesheet" href="/embed.css">`, o.read("feeds/town/fragment.html"))
	// Only with allow-same-origin can the page see when the frame's text stands; the bytes are the same.
	add("frame.html", "", `<iframe data-vitrine src="/feeds/town/embed.html" title="Aus dem Rathaus" sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox" style="width:100%;height:40rem;border:0"></iframe><script src="/embed-height.js" defer></script>`)
	add("element.html", "", `<vitrine-feed src="/feeds/town/"><a href="/feeds/town/">Aus dem Rathaus</a></vitrine-feed><script src="/embed.js" defer></script>`)

	emfed := npm(b, "emfed", emfedVersion)
	bundle := api.Build(api.BuildOptions{EntryPoints: []string{filepath.Join(emfed, "dist", "emfed.js")}, Bundle: true, Format: api.FormatESModule, MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true})
	if len(bundle.Errors) > 0 {
		b.Fatal(bundle.Errors)
	}
	files["emfed.js"], files["toots.css"] = bundle.OutputFiles[0].Contents, read(b, emfed, "toots.css")
	add("emfed.html", `<link rel="stylesheet" href="/toots.css">`, `<a class="mastodon-feed" href="`+server+`/@rathaus" data-toot-limit="20">Aus dem Rathaus</a><script type="module" src="/emfed.js"></script>`)

	timeline := npm(b, "@idotj/mastodon-embed-timeline", timelineVersion)
	files["timeline.js"], files["timeline.css"] = read(b, timeline, "dist", "mastodon-timeline.umd.js"), read(b, timeline, "dist", "mastodon-timeline.min.css")
	add("timeline.html", `<link rel="stylesheet" href="/timeline.css">`, `<div id="mt-container" class="mt-container"><div class="mt-body" role="feed"><div class="mt-loading-spinner"></div></div></div><script src="/timeline.js"></script><script>
new MastodonTimeline.Init({instanceUrl: "`+server+`", timelineType: "profile", userId: "`+o.account(b, server)+`", profileName: "@rathaus"});</script>`)
	return files
}

func read(b *testing.B, path ...string) []byte {
	b.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// account returns the id of the account, which one of the widgets needs.
func (o *official) account(b *testing.B, server string) string {
	b.Helper()
	at, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://127.0.0.1:"+o.port+"/api/v1/accounts/lookup?acct=rathaus", nil)
	if err != nil {
		b.Fatal(err)
	}
	at.Host = strings.TrimPrefix(server, "http://")
	answer, err := http.DefaultClient.Do(at)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	var who struct{ ID string }
	if err := json.NewDecoder(answer.Body).Decode(&who); err != nil || who.ID == "" {
		b.Fatalf("no account: %v", err)
	}
	return who.ID
}

// newest is how the text of the account's newest post begins.
func (o *official) newest(b *testing.B) string {
	b.Helper()
	var feed struct {
		Items []struct {
			Text string `json:"content_text"`
		}
	}
	if err := json.Unmarshal([]byte(o.read("feeds/town/feed.json")), &feed); err != nil || len(feed.Items) < 10 {
		b.Fatalf("%d posts: %v", len(feed.Items), err)
	}
	words := strings.Fields(feed.Items[0].Text)
	return strings.Join(words[:min(4, len(words))], " ")
}

// compressAnswers compresses what a server answers, as the web servers before Mastodon do.
func compressAnswers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		whole := httptest.NewRecorder()
		next.ServeHTTP(whole, r)
		maps.Copy(w.Header(), whole.Header())
		if whole.Body.Len() == 0 {
			w.WriteHeader(whole.Code)
			return
		}
		w.Header().Del("Content-Length")
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(whole.Code)
		z := gzip.NewWriter(w)
		_, _ = z.Write(whole.Body.Bytes()) // fails only when the client has disconnected
		_ = z.Close()
	})
}

// load is what a page loaded.
type load struct {
	shown float64 // milliseconds from navigation until the text was shown
	until traffic // up to that time
	all   traffic // until everything was loaded
	hosts map[string]int
}

// traffic is requests that were answered, and bytes on the wire, header lines included.
type traffic struct{ requests, bytes int }

// recordTextTime records when a text is shown: on the page, in a custom element, or in a frame, which is painted by itself.
const recordTextTime = `
window.__shown = 0;
(function look() {
  const words = %s, says = (place) => place?.innerText?.replace(/\s+/g, ' ').includes(words);
  for (const {contentWindow: inside} of document.querySelectorAll('iframe')) {
    const [painted] = inside.performance.getEntriesByName('first-contentful-paint');
    if (painted && says(inside.document.body)) return void (__shown = inside.performance.timeOrigin + painted.startTime - performance.timeOrigin);
  }
  if (says(document.body) || [...document.querySelector('vitrine-feed')?.shadowRoot?.children ?? []].some(says)) {
    const after = new MessageChannel(); // the text is in the document before this frame is painted; the message is delivered after
    after.port1.onmessage = () => { __shown = performance.now(); };
    after.port2.postMessage(0);
  } else {
    requestAnimationFrame(look);
  }
})();`

// measureLoad opens a page on a phone in a slow network, with a new profile.
func measureLoad(b *testing.B, address, words string) load {
	b.Helper()
	browser, stop := startChrome(b)
	defer stop()
	slow := networkProfiles()[1]
	p := firstTab(b, browser, emulation.SetCPUThrottlingRate(4), network.EmulateNetworkConditions(false, slow.trip, slow.down, slow.up), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(fmt.Sprintf(recordTextTime, js(words))).Do(ctx)
		return err
	}))
	p.setSize(phone())
	w := watchNetwork(p)
	p.open(address)
	p.wait("the text of the newest post", "window.__shown > 0")
	p.wait("the page to be loaded", "document.readyState === 'complete'")
	w.waitIdle(p)
	shown := eval[float64](p, "__shown")
	return w.load(shown)
}

// networkWatch records requests and their answers.
type networkWatch struct {
	mu   sync.Mutex
	all  []*exchange
	byID map[network.RequestID]*exchange // those that are not finished
}

// exchange is one request. Times are milliseconds from the first one.
type exchange struct {
	host     string
	answered float64
	head     int // bytes of the header lines, on the wire
	parts    []chunk
	wire     int // bytes in all, on the wire
}

// chunk is a piece of the body. Chromium reports the size on the wire for the whole body only.
type chunk struct {
	at    float64
	bytes int // unpacked
}

// received is how many bytes had been received by a time.
func (x *exchange) received(by float64) int {
	if x.answered > by {
		return 0
	}
	here, whole := 0, 0
	for _, p := range x.parts {
		whole += p.bytes
		if p.at <= by {
			here += p.bytes
		}
	}
	return min(x.head, x.wire) + max(x.wire-x.head, 0)*here/max(whole, 1)
}

func watchNetwork(p *tab) *networkWatch {
	w := &networkWatch{byID: map[network.RequestID]*exchange{}}
	first := 0.0
	at := func(t *cdp.MonotonicTime) float64 {
		ms := float64(t.Time().UnixNano()) / 1e6
		if first == 0 {
			first = ms
		}
		return ms - first
	}
	chromedp.ListenTarget(p.ctx, func(e any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := e.(type) {
		case *network.EventRequestWillBeSent:
			at(e.Timestamp)
			if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" {
				x := &exchange{host: u.Host, answered: math.Inf(1)}
				w.all, w.byID[e.RequestID] = append(w.all, x), x
			}
		case *network.EventResponseReceived:
			if x := w.byID[e.RequestID]; x != nil {
				x.answered, x.head = at(e.Timestamp), int(e.Response.EncodedDataLength)
			}
		case *network.EventDataReceived:
			if x := w.byID[e.RequestID]; x != nil {
				x.parts = append(x.parts, chunk{at(e.Timestamp), int(e.DataLength)})
			}
		case *network.EventLoadingFinished:
			if x := w.byID[e.RequestID]; x != nil {
				x.wire = int(e.EncodedDataLength)
				delete(w.byID, e.RequestID)
			}
		case *network.EventLoadingFailed:
			delete(w.byID, e.RequestID)
		}
	})
	return w
}

// waitIdle waits until nothing has been loading for a few frames.
func (w *networkWatch) waitIdle(p *tab) {
	p.t.Helper()
	for calm := 0; calm < 5; calm++ {
		var drawn bool
		p.run(chromedp.Evaluate("new Promise(r => requestIdleCallback(() => setTimeout(() => r(true), 100)))", &drawn, awaitPromise))
		w.mu.Lock()
		if len(w.byID) > 0 {
			calm = -1
		}
		w.mu.Unlock()
	}
}

func (w *networkWatch) load(shown float64) load {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := load{shown: shown, hosts: map[string]int{}}
	for _, x := range w.all {
		l.hosts[x.host]++
		l.all.requests++
		l.all.bytes += x.wire
		if x.answered <= shown {
			l.until.requests++
			l.until.bytes += x.received(shown)
		}
	}
	return l
}
