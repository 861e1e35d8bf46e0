package e2e

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkReading2000Posts scrolls through 2,000 posts of one server and reports what that costs: the program's memory, how
// many posts were mounted at most, and how long it took on this machine. It is run by `make bench`, once.
func BenchmarkReading2000Posts(b *testing.B) {
	const posts = 2000
	s := newStage(b)
	host := longServer(b, posts)
	for b.Loop() {
		p := s.tab(b)
		p.open(s.site + "#/i/" + host)
		p.view("#/i/" + host)
		began, mounted, seen := time.Now(), 0, 0
		last := fmt.Sprintf("Number([...document.querySelectorAll(%s)].at(-1)?.dataset.uri.split('/').at(-1) ?? 0)", js(inFeed))
		for seen < posts-1 {
			p.run(scrollDown())
			p.wait("more posts", fmt.Sprintf("%d - %s > %d || %s === 1", posts, last, seen, last))
			seen = posts - eval[int](p, last)
			mounted = max(mounted, p.count(inFeed))
		}
		b.ReportMetric(float64(eval[int](p, "vitrine.memory.buffer.byteLength"))/1e6, "MB-wasm")
		b.ReportMetric(float64(mounted), "mounted-posts")
		b.ReportMetric(time.Since(began).Seconds(), "s")
	}
	b.ReportMetric(0, "ns/op")
}
