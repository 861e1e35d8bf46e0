package mastodon

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
)

// BenchmarkPage40 reads a page of 40 posts as they come: decoding, adapting, and parsing of their texts.
func BenchmarkPage40(b *testing.B) {
	all := fixtureElements(b, "testdata/mastodon-4.5.2-timeline.json")
	var forty []string
	for i := range 40 {
		forty = append(forty, all[i%(len(all)-1)]) // without the last, which is broken
	}
	body := "[" + strings.Join(forty, ",") + "]"
	s, srv := serve(map[string]reply{"/api/v1/timelines/public": {body: body}})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		page, err := s.ServerPosts(context.Background(), feeds.Local, "")
		if err != nil || len(page.Posts) < 30 {
			b.Fatal(err)
		}
		srv.requests()
	}
}
