package mastodon

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// timeline is compiled in, because a browser has no files.
//
//go:embed testdata/mastodon-4.5.2-timeline.json
var timeline []byte

// BenchmarkPage40 reads a page of 40 posts as they come: decoding, adapting, and parsing of their texts.
func BenchmarkPage40(b *testing.B) {
	var all []json.RawMessage
	if err := json.Unmarshal(timeline, &all); err != nil {
		b.Fatal(err)
	}
	var forty []string
	for i := range 40 {
		forty = append(forty, string(all[i%(len(all)-1)])) // without the last, which is broken
	}
	body := "[" + strings.Join(forty, ",") + "]"
	s, srv := serve(map[string]feedstest.Answered{"/api/v1/timelines/public": {Body: body}})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		page, err := s.ServerPosts(context.Background(), feeds.Local, "")
		if err != nil || len(page.Posts) < 30 {
			b.Fatal(err)
		}
		srv.Asked()
	}
}
