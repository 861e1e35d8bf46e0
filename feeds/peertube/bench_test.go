package peertube

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// BenchmarkPage40 reads a page of 40 videos: decoding, adapting, and parsing of their texts.
func BenchmarkPage40(b *testing.B) {
	var list []string
	for i := range 40 {
		list = append(list, film(10+i, `"truncatedDescription":"It sings, and **how**. See https://bird.example/robin for more...","tags":["birds","song"]`))
	}
	s, srv := serve(map[string]feedstest.Answered{"/api/v1/videos": {Body: listOf(40, list...)}})
	b.ReportAllocs()
	for b.Loop() {
		if page, err := s.ServerPosts(context.Background(), feeds.Local, ""); err != nil || len(page.Posts) != 40 {
			b.Fatal(err)
		}
		srv.Asked()
	}
}
