package mbin

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const host = "mbin.example"

func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	srv := &feedstest.Network{Replies: replies, Otherwise: feedstest.Answered{Status: 404}}
	return New(srv, feedstest.NewClock(), host), srv
}

// The parts of answers, after https://fedia.io/api/docs.

const (
	cats = `{"magazineId":7,"name":"cats","title":"All the cats","description":"**Cats** only","subscriptionsCount":12,
		"entryCount":3,"postCount":2,"icon":{"storageUrl":"https://mbin.example/media/cats.webp"},"banner":null,"apId":null,"apProfileId":null}`
	farCats = `{"magazineId":8,"name":"cats@far.example","apId":"cats@far.example","apProfileId":"https://far.example/c/cats"}`
	ada     = `{"userId":3,"username":"ada","about":"I count. #nobot","avatar":{"storageUrl":"https://mbin.example/media/ada.webp"},
		"createdAt":"2023-06-18T11:59:41+00:00","followersCount":5,"isBot":false,"discoverable":false,"apProfileId":null}`
	bob = `{"userId":4,"username":"@bob@far.example","isBot":true,"apId":"@bob@far.example","apProfileId":"https://far.example/u/bob"}`
)

// entry is an entry, with the time of day at which it was written and more of its fields.
func entry(id, at, more string) string {
	return `{"entryId":` + id + `,"magazine":` + cats + `,"user":` + ada + `,"title":"Entry ` + id + `","lang":"en","tags":null,
		"numComments":5,"uv":2,"dv":3,"favourites":1,"isAdult":false,"isPinned":false,"createdAt":"2026-11-20T` + at + `+00:00",
		"editedAt":null,"visibility":"visible","type":"article","apId":null` + more + `}`
}

// micro is a microblog post.
func micro(id, at, more string) string {
	return `{"postId":` + id + `,"magazine":` + cats + `,"user":` + bob + `,"body":"Post ` + id + `","comments":4,"uv":0,"dv":0,
		"favourites":0,"createdAt":"2026-11-20T` + at + `+00:00","visibility":"visible","apId":"https://far.example/p/` + id + `"` + more + `}`
}

// remark is a comment of the entry 1.
func remark(id, parent, root, more string) string {
	return `{"commentId":` + id + `,"entryId":1,"parentId":` + parent + `,"rootId":` + root + `,"magazine":` + cats + `,"user":` + bob + `,
		"body":"Remark ` + id + `","createdAt":"2026-11-20T12:00:00+00:00","visibility":"visible","apId":"https://far.example/comment/9` + id + `",
		"childCount":2,"mentions":["@ada","@eve@Far.example"]` + more + `}`
}

func items(list ...string) feedstest.Answered {
	return feedstest.Answered{Body: `{"items":[` + strings.Join(list, ",") + `],"pagination":{"count":1,"currentPage":1,"maxPage":1,"perPage":25}}`}
}

// more is items of which another page follows.
func more(list ...string) feedstest.Answered {
	return feedstest.Answered{Body: strings.Replace(items(list...).Body, `"maxPage":1`, `"maxPage":9`, 1)}
}

func text(p *feeds.Post) string { return content.PlainText(p.Body) }
