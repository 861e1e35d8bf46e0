package reader_test

import (
	"context"
	"fmt"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
)

// Two servers are read as one list, in the order in which the posts were written. Builders make a post at a minute after an epoch.
func ExampleReader_Query() {
	server := func(host string, minutes ...int) feeds.Source {
		var posts []*feeds.Post
		for _, m := range minutes {
			posts = append(posts, feedstest.Post(host, fmt.Sprint(m), m))
		}
		return &feedstest.Source{HostName: host, OnPosts: func(feeds.Cursor) (*feeds.Page, error) { return feedstest.Page("", posts...), nil }}
	}
	r := reader.New(reader.Options{
		Store: cache.NewMemory(),
		Clock: feedstest.NewClock(),
		Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{
			"harbour.example": server("harbour.example", 30, 10),
			"library.example": server("library.example", 20),
		}},
	})
	var last *reader.Snapshot
	q := r.Query([]reader.Place{
		reader.ServerPlace{Host: "harbour.example", Scope: feeds.Local},
		reader.ServerPlace{Host: "library.example", Scope: feeds.Local},
	}, func(s *reader.Snapshot) { last = s })
	q.Open(context.Background(), nil)
	for _, p := range reader.Posts(last.Items) {
		fmt.Println(p.Published.Format("15:04"), p.Key)
	}
	// Output:
	// 12:30 https://harbour.example/users/ada/statuses/30
	// 12:20 https://library.example/users/ada/statuses/20
	// 12:10 https://harbour.example/users/ada/statuses/10
}
