package peertube

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// readers say by the last word of a fixture's name how it is read. The fixtures follow
// https://docs.joinpeertube.org/api-rest-reference.html.
var readers = golden.Readers{
	"videos": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos": {Body: f.Body}})
		return s.ServerPosts(context.Background(), feeds.Local, "")
	},
	"video": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{
			"/api/v1/videos/short1":          {Body: f.Body},
			"/api/v1/videos/short1/captions": {Body: `{"total":1,"data":[{"language":{"id":"de","label":"German"},"captionPath":"/lazy-static/video-captions/1-de.vtt","automaticallyGenerated":true}]}`},
			"/api/v1/videos/short1/chapters": {Body: `{"chapters":[{"timecode":0,"title":"Tuning"},{"timecode":21,"title":"The song"}]}`},
		})
		return s.Post(context.Background(), "short1")
	},
	"live": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/short2": {Body: f.Body}})
		return s.Post(context.Background(), "short2")
	},
	"thread": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/short1": {Body: film(1, "")}, "/api/v1/videos/short1/comment-threads/30": {Body: f.Body}})
		above, below, err := s.Context(context.Background(), "comment:short1:30:30")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"channel": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/video-channels/birdhut": {Body: f.Body}})
		return s.Profile(context.Background(), "birdhut", "")
	},
	"playlist": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/video-playlists/list1": {Body: f.Body}})
		return s.Playlist(context.Background(), "list1")
	},
	"config": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{
			"/api/v1/config": {Body: f.Body}, "/api/v1/config/about": {Body: f.Body},
			"/api/v1/server/stats": {Body: `{"totalUsers":31,"totalMonthlyActiveUsers":7,"totalLocalVideos":120,"totalVideos":4000}`},
		})
		return s.Describe(context.Background())
	},
	"error": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/videos/short1": {Status: 403, Body: f.Body}})
		return s.Post(context.Background(), "short1")
	},
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	golden.Fixtures(t, readers)
}
