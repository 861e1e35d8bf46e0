package document_test

import (
	"context"
	"fmt"
	"io"
	"math/rand"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/app/document"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// BenchmarkDocument writes 1,000 posts with 500 pictures of 80 kB in each format: time, the memory that is held at most, and the file's size.
func BenchmarkDocument(b *testing.B) {
	const posts, pictures = 1000, 500
	ada := author("ada", "Ada")
	var items []reader.Item
	for i := range posts {
		p := post(i, ada, i, fmt.Sprintf("<p>Post %d, of a length that posts have: a few words on the harbour, the ferry and the weather, which is as it always is.</p><p>And a second paragraph.</p>", i))
		if i%2 == 0 {
			p.Media = []feeds.Media{{Kind: feeds.Image, URL: fmt.Sprintf("https://files.example/%d.jpg", i), Alt: "A ferry in the fog", Width: 640, Height: 480}}
		}
		items = append(items, item(p))
	}
	noise := rand.New(rand.NewSource(1))
	picture := make([]byte, 80_000)
	noise.Read(picture)
	copy(picture, "\xff\xd8\xff\xe0")
	give := func(context.Context, document.Want) ([]byte, string, error) {
		return append([]byte(nil), picture...), "image/jpeg", nil
	}
	for _, f := range document.Formats() {
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				runtime.GC()
				var before, now runtime.MemStats
				runtime.ReadMemStats(&before)
				var most atomic.Uint64
				report, err := document.Write(b.Context(), io.Discard, document.Document{
					Feed: feed(b, items...), Format: f, Pictures: document.Small, Media: give, Made: time.Unix(0, 0),
					Progress: func(n int) {
						if n%20 == 0 {
							runtime.ReadMemStats(&now)
							most.Store(max(most.Load(), now.HeapAlloc))
						}
					},
				})
				if err != nil || report.Posts != posts || f != document.JSONFeed && report.Shown != pictures {
					b.Fatalf("%v, %+v", err, report)
				}
				b.ReportMetric(float64(report.Bytes)/1e6, "MB")
				b.ReportMetric(float64(most.Load()-min(most.Load(), before.HeapAlloc))/1e6, "MB-held")
			}
		})
	}
}
