package misskey

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// emojiOfServer are the custom emoji that the fixtures' texts name.
const emojiOfServer = `{"emojis":[{"name":"lamp","url":"https://mk.example/emoji/lamp.webp"}]}`

func fixtureServer(replies map[string]feedstest.Answered) *Source {
	replies["/api/emojis"] = feedstest.Answered{Body: emojiOfServer}
	s, _ := serve(replies)
	return s
}

// readers say by the last word of a fixture's name how it is read. The fixtures follow https://misskey-hub.net/en/docs/for-developers/api/.
var readers = golden.Readers{
	"notes": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{"/api/notes/local-timeline": {Body: f.Body}})
		return s.ServerPosts(context.Background(), feeds.Local, "")
	},
	"note": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{"/api/notes/show": {Body: f.Body}})
		return s.Post(context.Background(), "a7k2m9xq10")
	},
	"user": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{"/api/users/show": {Body: f.Body}})
		return s.Profile(context.Background(), "ada", host)
	},
	"meta": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{"/api/meta": {Body: f.Body}, "/api/stats": {Body: `{"originalUsersCount":12,"originalNotesCount":3400}`}})
		return s.Describe(context.Background())
	},
	"thread": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{`/api/notes/children {"limit":100,"noteId":"n1"}`: {Body: f.Body}, "/api/notes/children": {Body: "[]"}, "/api/notes/conversation": {Body: "[]"}})
		above, below, err := s.Context(context.Background(), "n1")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"tags": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{"/api/hashtags/trend": {Body: f.Body}})
		return s.TrendingTags(context.Background())
	},
	"error": func(f golden.Fixture) (any, error) {
		s := fixtureServer(map[string]feedstest.Answered{"/api/notes/show": {Status: 400, Body: f.Body}})
		return s.Post(context.Background(), "n1")
	},
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	golden.Fixtures(t, readers)
}
