package mastodon

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// readers say by the last word of a fixture's name how it is read.
var readers = golden.Readers{
	"timeline": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/timelines/public": {Body: f.Body}})
		return s.ServerPosts(context.Background(), feeds.Local, "")
	},
	"status": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1": {Body: f.Body}})
		return s.Post(context.Background(), "1")
	},
	"error": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/timelines/public": {Status: 422, Body: f.Body}})
		return s.ServerPosts(context.Background(), feeds.Local, "")
	},
	"account": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/accounts/lookup": {Body: f.Body}})
		return s.Profile(context.Background(), "ada", host)
	},
	"instance": func(f golden.Fixture) (any, error) {
		path := "/api/v1/instance"
		if strings.Contains(f.Body, `"source_url"`) {
			path = "/api/v2/instance"
		}
		s, _ := serve(map[string]feedstest.Answered{path: {Body: f.Body}})
		return s.Describe(context.Background())
	},
	"context": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/statuses/1/context": {Body: f.Body}})
		above, below, err := s.Context(context.Background(), "1")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"tags": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/trends/tags": {Body: f.Body}})
		return s.TrendingTags(context.Background())
	},
	"links": func(f golden.Fixture) (any, error) {
		s, _ := serve(map[string]feedstest.Answered{"/api/v1/trends/links": {Body: f.Body}})
		return s.TrendingLinks(context.Background())
	},
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	golden.Fixtures(t, readers)
}
