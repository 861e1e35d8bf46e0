package lemmy

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

const host = "lemmy.example"

// serve makes a source of a server of Lemmy 0.19 that answers so.
func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	return serveQuirks(Quirks{Version: "0.19.5"}, replies)
}

func serveQuirks(q Quirks, replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	srv := &feedstest.Network{Replies: replies, Otherwise: feedstest.Answered{Status: 404}}
	return New(srv, feedstest.NewClock(), host, q), srv
}

// The parts of answers, after https://join-lemmy.org/api/v3 and /v4 and https://piefed.social/api/alpha/swagger.

const (
	cats = `{"id":7,"name":"cats","title":"All the cats","description":"**Cats** only","removed":false,"deleted":false,
		"nsfw":false,"actor_id":"https://lemmy.example/c/cats","local":true,"icon":"https://lemmy.example/pictrs/image/cats.png",
		"banner":"javascript:alert(1)","hidden":false,"visibility":"Public","published":"2023-06-11T02:16:17.173483"}`
	ada = `{"id":3,"name":"ada","display_name":"Ada L.","avatar":"https://lemmy.example/pictrs/image/ada.webp","banned":false,
		"published":"2023-06-12T10:00:00.5Z","actor_id":"https://lemmy.example/u/ada","bio":"I count. #nobot","local":true,
		"deleted":false,"bot_account":false}`
	bob = `{"id":4,"name":"bob","actor_id":"https://far.example/u/bob","local":false,"bot_account":true,
		"published":"2023-06-12T10:00:00Z"}`
)

// link is a post of a link in a list of v3, with the time of day at which it was written and more of its fields.
func link(id, at, more string) string {
	return `{"post":{"id":` + id + `,"name":"Post ` + id + `","creator_id":3,"community_id":7,"removed":false,"deleted":false,
		"nsfw":false,"local":true,"language_id":37,"published":"2026-11-20T` + at + `.123456Z","featured_community":false,
		"featured_local":false,"ap_id":"https://lemmy.example/post/` + id + `"` + more + `},
		"creator":` + ada + `,"community":` + cats + `,
		"counts":{"post_id":` + id + `,"comments":5,"score":-2,"upvotes":1,"downvotes":3,"published":"2026-11-20T12:00:00Z"}}`
}

// remark is a comment in a list of v3, by its path.
func remark(path, at, more string) string {
	id := path[strings.LastIndexByte(path, '.')+1:]
	return `{"comment":{"id":` + id + `,"creator_id":4,"post_id":1,"content":"Remark ` + id + `","removed":false,"deleted":false,
		"published":"2026-11-20T` + at + `Z","ap_id":"https://far.example/comment/9` + id + `","local":false,"path":"` + path + `",
		"language_id":0` + more + `},
		"creator":` + bob + `,
		"post":{"id":1,"name":"Post 1","creator_id":3,"community_id":7,"published":"2026-11-20T12:00:00Z","ap_id":"https://lemmy.example/post/1"},
		"community":` + cats + `,
		"counts":{"comment_id":` + id + `,"score":4,"upvotes":5,"downvotes":1,"child_count":2}}`
}

func posts(list ...string) feedstest.Answered {
	return feedstest.Answered{Body: `{"posts":[` + strings.Join(list, ",") + `]}`}
}

func remarks(list ...string) feedstest.Answered {
	return feedstest.Answered{Body: `{"comments":[` + strings.Join(list, ",") + `]}`}
}

func text(p *feeds.Post) string { return content.PlainText(p.Body) }
