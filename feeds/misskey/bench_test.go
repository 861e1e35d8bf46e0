package misskey

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// BenchmarkPage40 reads a page of 40 notes: decoding, adapting, and parsing of their texts.
func BenchmarkPage40(b *testing.B) {
	var notes []string
	for i := range 40 {
		notes = append(notes, noted(fmt.Sprintf("n%02d", i), ada, fmt.Sprintf(`"text":"Post %d with **marks**, a link https://b.example/%d, :lamp: and #tea, for @bo@far.example. $[spin Some more words.]\n\n> and a quote","tags":["tea"],`+
			`"reactions":{"👍":%d,":lamp@.:":2},"files":[{"type":"image/png","url":"https://mk.example/%d.png","comment":"A lamp","properties":{"width":800,"height":600}}],`, i, i, i+1, i)))
	}
	s, _ := serve(map[string]feedstest.Answered{
		"/api/notes/local-timeline": {Body: "[" + strings.Join(notes, ",") + "]"},
		"/api/emojis":               {Body: `{"emojis":[{"name":"lamp","url":"https://mk.example/lamp.png"}]}`},
	})
	b.ReportAllocs()
	for b.Loop() {
		if page, err := s.ServerPosts(context.Background(), feeds.Local, ""); err != nil || len(page.Posts) != 40 {
			b.Fatal(err)
		}
	}
}
