package search

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// crowd is a store with a great many posts of few words, which are made when they are read.
type crowd struct {
	shelf
	author *feeds.Author
}

func (c crowd) key(i int) feeds.Key { return feeds.Key(fmt.Sprintf("https://a.example/%08d", i)) }

func (c crowd) Posts(_ context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	all := make(map[feeds.Key]*feeds.Post, len(keys))
	for _, k := range keys {
		i, _ := strconv.Atoi(string(k[strings.LastIndexByte(string(k), '/')+1:]))
		text := "common word" + strconv.Itoa(i%1000)
		if i == c.posts/2 {
			text = "needle"
		}
		all[k] = &feeds.Post{
			Key: k, URI: string(k), URL: string(k), Author: c.author, Published: time.Unix(int64(i)*60, 0), Visibility: feeds.Public,
			Body: content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: text}}}}},
		}
	}
	return all, nil
}

func (c crowd) PostKeys(_ context.Context, after feeds.Key, n int) (keys []feeds.Key, err error) {
	first := 0
	if after != "" {
		first, _ = strconv.Atoi(string(after[strings.LastIndexByte(string(after), '/')+1:]))
		first++
	}
	for i := first; i < min(first+n, c.posts); i++ {
		keys = append(keys, c.key(i))
	}
	return keys, nil
}

func (c crowd) Saved(context.Context) ([]feeds.Key, error) { return nil, nil }

// What 200,000 posts of usual length take is measured by BenchmarkSearch200000.
func TestTwoHundredThousandPostsAreIndexedAndFound(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	const posts = 200_000
	c := crowd{shelf{posts}, feedstest.Author("ada", "a.example")}
	x := Open(cache.NewMemoryRecords(), nil)
	if err := x.Grow(t.Context(), c, func(int) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"needle": 1, "common": posts - 1, "word7": posts / 1000, "common -word7": posts - 1 - posts/1000, "from:ada@a.example": posts, "nowhere": 0} {
		r, s, err := x.Ask(t.Context(), c, Parse(text, time.UTC), Options{})
		if err != nil || r.Total != want || s.Posts != posts || s.More {
			t.Errorf("%s: %+v, %+v, %v", text, r, s, err)
			continue
		}
		keys, err := r.Next(t.Context(), 40)
		if err != nil || len(keys) != min(want, 40) {
			t.Errorf("%s: %d posts, %v", text, len(keys), err)
		}
	}
}
