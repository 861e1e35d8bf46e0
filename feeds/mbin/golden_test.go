package mbin

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// readers say by the last word of a fixture's name how it is read. The fixtures follow https://docs.joinmbin.org/api/.
var readers = golden.Readers{
	"entries": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/entries": {Body: f.Body}, "/api/combined": {Status: 404}, "/api/posts": {Body: `{"items":[]}`}})
		return s.ServerPosts(context.Background(), feeds.Federated, "")
	},
	"entry": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/entry/10": {Body: f.Body}})
		return s.Post(context.Background(), "10")
	},
	"post": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/post/5": {Body: f.Body}})
		return s.Post(context.Background(), "post:5")
	},
	"comments": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/entry/11/comments": {Body: f.Body}})
		above, below, err := s.Context(context.Background(), "11")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"magazine": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/magazine/name/harbour": {Body: f.Body}})
		return s.Profile(context.Background(), "!harbour", "")
	},
	"user": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/users/name/ada": {Body: f.Body}})
		return s.Profile(context.Background(), "ada", "")
	},
	"info": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{
			"/api/info":         {Body: f.Body},
			"/api/instance":     {Body: `{"about":"Be **kind**.","contact":"","faq":"","privacyPolicy":"","terms":""}`},
			"/api/users/admins": {Body: `{"items":[` + ada + `]}`},
		})
		return s.Describe(context.Background())
	},
	"error": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/entry/10": {Status: 404, Body: f.Body}})
		return s.Post(context.Background(), "10")
	},
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	golden.Fixtures(t, readers)
}
