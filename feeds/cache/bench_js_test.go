package cache_test

import (
	"fmt"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// pageSize is how many posts a server sends at once.
const pageSize = 40

// realistic makes a post with what posts have on average: 500 letters, two links, a hashtag, an author with a bio and a picture.
func realistic(i int) *feeds.Post {
	p := feedstest.Post(host, fmt.Sprint(100_000+i), i)
	text := "The river is high this morning and the ferry stays on the other side until noon, so that everybody walks over the bridge. "
	p.Body = content.Doc{Blocks: []content.Node{
		{Kind: content.Paragraph, Children: []content.Node{{Text: text + text}, {Kind: content.Link, Href: "https://news.example/2026/river", Children: []content.Node{{Text: "news.example/2026/river"}}}}},
		{Kind: content.Paragraph, Children: []content.Node{{Text: text}, {Kind: content.Hashtag, Name: "river", Href: "https://" + host + "/tags/river", Children: []content.Node{{Text: "#river"}}}}},
	}}
	p.Author.Bio = content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: text}}}}}
	p.Author.Avatar = "https://files.example/accounts/avatars/000/000/001/original/ada.png"
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://files.example/media/original/1.jpg", Preview: "https://files.example/media/small/1.jpg",
		Alt: "A ferry on a wide river", Width: 1600, Height: 1200, Blurhash: "UBL_:rOpGG-;~qRjWBay^+RjM{t7xuofj[ay"}}
	p.Tags = []feeds.Tag{{Name: "river", URL: "https://" + host + "/tags/river"}}
	p.Language = "en"
	return p
}

func realisticPage(n int) (*feeds.Page, feeds.Cursor) {
	var posts []*feeds.Post
	for i := pageSize - 1; i >= 0; i-- {
		posts = append(posts, realistic(n*pageSize+i))
	}
	return feedstest.Page(feeds.Cursor(fmt.Sprint(n-1)), posts...), feeds.Cursor(fmt.Sprint(n))
}

func perSecond(b *testing.B, posts int) {
	b.ReportMetric(float64(posts)/b.Elapsed().Seconds(), "posts/s")
}

func BenchmarkIndexedDBSavePage(b *testing.B) {
	d, _ := openDB(b)
	n := 0
	for b.Loop() {
		b.StopTimer()
		p, c := realisticPage(100_000 - n)
		if n == 0 {
			c = ""
		}
		b.StartTimer()
		if _, err := d.SavePage(b.Context(), host+"/local", c, p, feedstest.Epoch()); err != nil {
			b.Fatal(err)
		}
		n++
	}
	perSecond(b, n*pageSize)
}

func BenchmarkIndexedDBSavePosts(b *testing.B) {
	d, _ := openDB(b)
	n := 0
	for b.Loop() {
		b.StopTimer()
		p, _ := realisticPage(n)
		b.StartTimer()
		if err := d.SavePosts(b.Context(), p.Posts); err != nil {
			b.Fatal(err)
		}
		n++
	}
	perSecond(b, n*pageSize)
}

// BenchmarkIndexedDBSaveAgain saves a page whose posts are there already.
func BenchmarkIndexedDBSaveAgain(b *testing.B) {
	d, _ := openDB(b)
	p, _ := realisticPage(1)
	n := 0
	for b.Loop() {
		if _, err := d.SavePage(b.Context(), host+"/local", "", p, feedstest.Epoch()); err != nil {
			b.Fatal(err)
		}
		n++
	}
	perSecond(b, n*pageSize)
}

// fillDB stores pages up to a number of posts.
func fillDB(b *testing.B, posts int) *cache.DB {
	b.Helper()
	d, _ := openDB(b)
	for n := range posts / pageSize {
		p, c := realisticPage(posts/pageSize - n)
		if n == 0 {
			c = ""
		}
		if _, err := d.SavePage(b.Context(), host+"/local", c, p, feedstest.Epoch()); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

func benchmarkNewest(b *testing.B, posts int, withPosts bool) {
	d := fillDB(b, posts)
	b.ResetTimer()
	for b.Loop() {
		tl, err := d.Timeline(b.Context(), host+"/local", feeds.Window{Limit: pageSize})
		if err != nil || len(tl.Entries) != pageSize {
			b.Fatal(tl, err)
		}
		if !withPosts {
			continue
		}
		keys := make([]feeds.Key, 0, pageSize)
		for _, e := range tl.Entries {
			keys = append(keys, e.Key)
		}
		if found, err := d.Posts(b.Context(), keys); err != nil || len(found) != pageSize {
			b.Fatal(len(found), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(b.N), "ms")
}

func BenchmarkIndexedDBNewestOf2000(b *testing.B)           { benchmarkNewest(b, 2_000, false) }
func BenchmarkIndexedDBNewestWithPostsOf2000(b *testing.B)  { benchmarkNewest(b, 2_000, true) }
func BenchmarkIndexedDBNewestOf50000(b *testing.B)          { benchmarkNewest(b, 50_000, false) }
func BenchmarkIndexedDBNewestWithPostsOf50000(b *testing.B) { benchmarkNewest(b, 50_000, true) }
