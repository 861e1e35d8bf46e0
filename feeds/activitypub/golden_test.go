package activitypub

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// fixtureServer serves a fixture at an address, with what it leads to beside it.
func fixtureServer(address, body string) *Source {
	replies := world()
	replies[address] = feedstest.Answered{Body: body}
	s, _ := serve(replies)
	return s
}

// readers say by the last word of a fixture's name how it is read. The fixtures follow https://www.w3.org/TR/activitystreams-vocabulary/
// and what the softwares say of the documents that they send.
var readers = golden.Readers{
	"object": func(f golden.Fixture) (any, error) {
		return fixtureServer("/fixture", f.Body).Post(context.Background(), "/fixture")
	},
	"actor": func(f golden.Fixture) (any, error) {
		return fixtureServer("/fixture", f.Body).Actor(context.Background(), "https://a.example/fixture")
	},
	"outbox": func(f golden.Fixture) (any, error) {
		s := fixtureServer("/users/ada/outbox?page=1", f.Body)
		a, err := s.Profile(context.Background(), "ada", host)
		if err != nil {
			return nil, err
		}
		return s.ProfilePosts(context.Background(), a, feeds.ProfileFilter{Replies: true}, "")
	},
	"thread": func(f golden.Fixture) (any, error) {
		above, below, err := fixtureServer("/fixture", f.Body).Context(context.Background(), "/fixture")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"error": func(f golden.Fixture) (any, error) {
		return fixtureServer("/fixture", f.Body).Post(context.Background(), "/fixture")
	},
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	golden.Fixtures(t, readers)
}
