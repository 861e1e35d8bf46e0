package peertube

import (
	"testing"

	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// FuzzVideo: whatever a server sends as a video, it becomes a sound post or an error.
func FuzzVideo(f *testing.F) {
	f.Add(film(1, ""))
	f.Add(film(1, `"files":[`+webFile("web", 720, "")+`],"support":"*x*","tags":["a"]`))
	f.Add(film(1, `"isLive":true,"streamingPlaylists":[{"playlistUrl":"https://a.example/m.m3u8"}]`))
	f.Add(`{"id":[],"channel":{"id":{},"name":7,"avatars":{"1":{}}},"privacy":3,"files":{"0":1},"streamingPlaylists":[[]]}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/1": {Body: body}, "/api/v1/videos": {Body: `{"data":[` + body + `]}`}})
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"1"}})
	})
}

// FuzzThread: the same for a thread of comments, and for people.
func FuzzThread(f *testing.F) {
	f.Add(branch(remark(1, 1, "null", ""), branch(remark(2, 1, "1", `"isDeleted":true,"account":null`), branch(remark(3, 1, "2", "")))))
	f.Add(hut)
	f.Add(`{"comment":{"id":"1:2","threadId":{},"account":{"name":""}},"children":{"0":[]}}`)
	f.Fuzz(func(t *testing.T, body string) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/1/comment-threads/1": {Body: body}, "/api/v1/video-channels/a": {Body: body}})
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"comment:1:1:1"}, People: []string{"a"}})
	})
}

// FuzzAnswer: the same for what is sent on whatever route.
func FuzzAnswer(f *testing.F) {
	for kind := range readers {
		for _, body := range golden.Bodies(f, kind) {
			f.Add(body)
		}
	}
	for _, body := range feedstest.CorpusSeeds(f, []string{"peertube"}, "videos", "video", "account", "comments") {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := New(feedstest.Always(body), feedstest.NewClock(), host)
		feedstest.Exercise(t, s, feedstest.Questions{Posts: []string{"1", "comment:1:1:1"}, People: []string{"ada"}})
	})
}
