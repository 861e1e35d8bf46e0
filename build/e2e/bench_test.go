package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vitrine/feeds/feedstest/wasmtest"
)

// BenchmarkPage40InChromium reads a page of 40 posts with each adapter: decoding, adapting, parsing of texts. It reports how long that
// takes in the browser, and how many posts a second that makes.
func BenchmarkPage40InChromium(b *testing.B) {
	for _, adapter := range []string{"mastodon", "misskey", "peertube", "lemmy", "syndication", "activitypub"} {
		b.Run(adapter, func(b *testing.B) {
			for b.Loop() {
				took := pageInChromium(b, adapter)
				b.ReportMetric(took*1000, "ms-in-browser")
				b.ReportMetric(40/took, "posts/s")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// pageInChromium is how long an adapter takes for a page, in seconds.
func pageInChromium(b *testing.B, adapter string) float64 {
	b.Helper()
	out := wasmtest.Bench(b, "vitrine/feeds/"+adapter, "Page40")
	_, after, ok := strings.Cut(out, "BenchmarkPage40")
	fields := strings.Fields(after)
	for i, f := range fields {
		if ns, err := strconv.ParseFloat(fields[max(i-1, 0)], 64); ok && f == "ns/op" && err == nil {
			return ns / 1e9
		}
	}
	b.Fatalf("no figure in\n%s", out)
	return 0
}

// BenchmarkReading2000Posts scrolls through 2,000 posts of one server and reports what that costs: the program's memory, how
// many posts were mounted at most, and how long it took on this machine. It is run by `make bench`, once.
func BenchmarkReading2000Posts(b *testing.B) { benchmarkReading(b, 2000) }

// BenchmarkReading10000Posts does the same with more, and reports the memory of the page when it is opened again beside all of them.
func BenchmarkReading10000Posts(b *testing.B) { benchmarkReading(b, 10_000) }

// lastPost is the number of the last post in a list of a longServer.
const lastPost = "Number([...document.querySelectorAll('main [role=feed] article[data-uri]')].at(-1)?.dataset.uri.split('/').at(-1) ?? 0)"

func benchmarkReading(b *testing.B, posts int) {
	s := newFixture(b)
	host := longServer(b, posts)
	for b.Loop() {
		p := s.tab(b)
		p.open(s.site + "#/i/" + host)
		p.waitForView("#/i/" + host)
		began, mounted, seen := time.Now(), 0, 0
		for seen < posts-1 {
			p.wait("more posts", fmt.Sprintf("(%s, %d - %s > %d || %s === 1)", toTheEnd, posts, lastPost, seen, lastPost))
			seen = posts - eval[int](p, lastPost)
			mounted = max(mounted, p.count(inFeed))
		}
		b.ReportMetric(float64(eval[int](p, "vitrine.memory.buffer.byteLength"))/1e6, "MB-wasm")
		b.ReportMetric(float64(mounted), "mounted-posts")
		b.ReportMetric(time.Since(began).Seconds(), "s")
		p.run(chromedp.Evaluate("scrollTo(0, 0)", nil))
		p.open("about:blank")
		p.open(s.site + "#/i/" + host)
		p.waitForView("#/i/" + host)
		b.ReportMetric(float64(eval[int](p, "vitrine.memory.buffer.byteLength"))/1e6, "MB-wasm-opened-again")
	}
	b.ReportMetric(0, "ns/op")
}
