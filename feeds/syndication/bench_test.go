package syndication

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkPage40 reads a feed of 40 entries: its XML, its dates, and the HTML of its texts.
func BenchmarkPage40(b *testing.B) {
	var items []string
	for i := range 40 {
		items = append(items, fmt.Sprintf(`<item><title>Entry %d</title><link>https://blog.example/%d</link><guid>https://blog.example/%d</guid><pubDate>Fri, 20 Nov 2026 10:%02d:00 +0000</pubDate>`+
			`<description>&lt;p&gt;Some &lt;em&gt;words&lt;/em&gt; and a &lt;a href="https://b.example/"&gt;link&lt;/a&gt;, number %d.&lt;/p&gt;</description><enclosure url="https://blog.example/%d.mp3" type="audio/mpeg" length="10"/></item>`, i, i, i, i, i, i))
	}
	body := []byte(rss(items...))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, page, err := Read(body, "application/rss+xml", feedAddress, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)); err != nil || len(page.Posts) != 40 {
			b.Fatal(err, len(page.Posts))
		}
	}
}
