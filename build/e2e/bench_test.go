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

// BenchmarkPage40InChromium reports how long the program needs in a browser for a page of 40 posts: decoding, adapting and
// parsing of their texts, when it has done so before.
func BenchmarkPage40InChromium(b *testing.B) {
	for b.Loop() {
		out := wasmtest.Bench(b, "vitrine/feeds/mastodon", "Page40")
		_, after, ok := strings.Cut(out, "BenchmarkPage40")
		fields := strings.Fields(after)
		if !ok || len(fields) < 3 {
			b.Fatalf("no figure in\n%s", out)
		}
		for i, f := range fields {
			if ns, err := strconv.ParseFloat(fields[max(i-1, 0)], 64); f == "ns/op" && err == nil {
				b.ReportMetric(ns/1e6, "ms-in-browser")
				break
			}
		}
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkReading2000Posts scrolls through 2,000 posts of one server and reports what that costs: the program's memory, how
// many posts were mounted at most, and how long it took on this machine. It is run by `make bench`, once.
func BenchmarkReading2000Posts(b *testing.B) { benchmarkReading(b, 2000) }

// BenchmarkReading10000Posts does the same with more, and reports the memory of the page when it is opened again beside all of them.
func BenchmarkReading10000Posts(b *testing.B) { benchmarkReading(b, 10_000) }

func benchmarkReading(b *testing.B, posts int) {
	s := newStage(b)
	host := longServer(b, posts)
	for b.Loop() {
		p := s.tab(b)
		p.open(s.site + "#/i/" + host)
		p.view("#/i/" + host)
		began, mounted, seen := time.Now(), 0, 0
		last := fmt.Sprintf("Number([...document.querySelectorAll(%s)].at(-1)?.dataset.uri.split('/').at(-1) ?? 0)", js(inFeed))
		for seen < posts-1 {
			p.wait("more posts", fmt.Sprintf("(%s, %d - %s > %d || %s === 1)", toTheEnd, posts, last, seen, last))
			seen = posts - eval[int](p, last)
			mounted = max(mounted, p.count(inFeed))
		}
		b.ReportMetric(float64(eval[int](p, "vitrine.memory.buffer.byteLength"))/1e6, "MB-wasm")
		b.ReportMetric(float64(mounted), "mounted-posts")
		b.ReportMetric(time.Since(began).Seconds(), "s")
		p.run(chromedp.Evaluate("scrollTo(0, 0)", nil))
		p.open("about:blank")
		p.open(s.site + "#/i/" + host)
		p.view("#/i/" + host)
		b.ReportMetric(float64(eval[int](p, "vitrine.memory.buffer.byteLength"))/1e6, "MB-wasm-opened-again")
	}
	b.ReportMetric(0, "ns/op")
}
