package lemmy

import (
	"context"
	"fmt"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// BenchmarkPage40 reads a page of 40 posts: decoding, adapting, and parsing of their texts.
func BenchmarkPage40(b *testing.B) {
	var list []string
	for i := range 40 {
		list = append(list, link(fmt.Sprint(1000+i), fmt.Sprintf("10:%02d:00", i),
			`,"body":"Some **words**, a [link](https://b.example/) and @bo@far.example.\n\n- one\n- two\n\n::: spoiler More\nHidden.\n:::","url":"https://b.example/","embed_title":"A page"`))
	}
	s, srv := serve(map[string]feedstest.Answered{"/api/v3/post/list": posts(list...), "/api/v3/site": {Body: `{"version":"0.19.5","site_view":{"site":{"name":"A"}}}`}})
	b.ReportAllocs()
	for b.Loop() {
		if page, err := s.ServerPosts(context.Background(), feeds.Local, ""); err != nil || len(page.Posts) != 40 {
			b.Fatal(err)
		}
		srv.Asked()
	}
}
