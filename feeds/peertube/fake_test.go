package peertube

import (
	"fmt"
	"strings"

	"vitrine/feeds/feedstest"
)

const host = "video.example"

// serve makes a source of a server that answers so.
func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	srv := &feedstest.Network{Replies: replies, Otherwise: feedstest.Answered{Status: 404, Body: `{"type":"about:blank","title":"Not Found","detail":"Not found","error":"Not found","status":404}`}}
	return New(srv, feedstest.NewClock(), host), srv
}

const (
	ada = `{"id":3,"name":"ada","host":"video.example","url":"https://video.example/accounts/ada","displayName":"Ada","description":"Films *birds*.","followersCount":5,"followingCount":2,"createdAt":"2024-01-02T03:04:05.000Z"}`
	hut = `{"id":7,"name":"birdhut","host":"video.example","url":"https://video.example/video-channels/birdhut","displayName":"The bird hut","description":"All the birds.","followersCount":40,"followingCount":0,"isLocal":true,"createdAt":"2024-01-02T03:04:05.000Z",
"avatars":[{"width":48,"path":"/lazy-static/avatars/48.png"},{"width":120,"path":"/lazy-static/avatars/120.png"},{"width":1500,"path":"/lazy-static/avatars/1500.png"}],
"banners":[{"width":1920,"path":"/lazy-static/banners/1920.png"},{"width":600,"path":"/lazy-static/banners/600.png"}],"ownerAccount":` + ada + `}`
)

// film is a video as it stands in a list. Of two fields with one name the last counts.
func film(id int, fields string) string {
	if fields != "" {
		fields = "," + fields
	}
	return fmt.Sprintf(`{"id":%d,"uuid":"00000000-0000-4000-8000-00000000000%d","shortUUID":"short%d","url":"https://video.example/videos/watch/00000000-0000-4000-8000-00000000000%d",
"name":"A robin","category":{"id":16,"label":"Animals"},"licence":{"id":1,"label":"Attribution"},"language":{"id":"en","label":"English"},"privacy":{"id":1,"label":"Public"},
"nsfw":false,"truncatedDescription":"It sings...","description":"It sings...","isLocal":true,"duration":61,"aspectRatio":1.7778,"views":100,"likes":4,"dislikes":1,"comments":2,
"thumbnailPath":"/lazy-static/thumbnails/1.jpg","previewPath":"/lazy-static/previews/1.jpg","createdAt":"2026-11-20T09:00:00.000Z","updatedAt":"2026-11-22T09:00:00.000Z","publishedAt":"2026-11-20T10:00:00.000Z",
"isLive":false,"account":%s,"channel":%s%s}`, id, id, id, id, ada, hut, fields)
}

// webFile is a film of a resolution in a folder, as a video alone has it.
func webFile(folder string, resolution int, fields string) string {
	return fmt.Sprintf(`{"resolution":{"id":%d,"label":"%dp"},"fileUrl":"https://video.example/static/%s/%d.mp4"%s}`, resolution, resolution, folder, resolution, fields)
}

func listOf(total int, elements ...string) string {
	return fmt.Sprintf(`{"total":%d,"data":[%s]}`, total, strings.Join(elements, ","))
}

// remark is a comment.
func remark(id, thread int, parent, fields string) string {
	if fields != "" {
		fields = "," + fields
	}
	return fmt.Sprintf(`{"id":%d,"url":"https://video.example/videos/watch/1/comments/%d","text":"Remark %d","threadId":%d,"inReplyToCommentId":%s,"videoId":1,"createdAt":"2026-11-21T10:0%d:00.000Z","deletedAt":null,"isDeleted":false,"heldForReview":false,"totalReplies":0,"account":%s%s}`,
		id, id, id, thread, parent, id, ada, fields)
}

func branch(comment string, children ...string) string {
	return fmt.Sprintf(`{"comment":%s,"children":[%s]}`, comment, strings.Join(children, ","))
}
