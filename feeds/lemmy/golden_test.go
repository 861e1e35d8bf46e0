package lemmy

import (
	"context"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
)

// fixtureServer serves a fixture on a route of the API that it is of, beside the description of a server with that API. It has to be
// read first, since it tells the languages.
func fixtureServer(f golden.Fixture, route string) (*Source, error) {
	q, base, domain := Quirks{Version: f.Version}, "/api/v3", host
	switch {
	case f.Software == "piefed":
		q, base, domain = Quirks{Dialect: PieFed, Version: f.Version}, "/api/alpha", "pie.example"
	case strings.HasPrefix(f.Version, "1."):
		base = "/api/v4"
	}
	site := `{"version":"` + f.Version + `","site_view":{"site":{"name":"A"}},"site":{"name":"A"},"all_languages":[{"id":2,"code":"en"},{"id":37,"code":"en"}]}`
	n := &feedstest.Network{
		Replies:   map[string]feedstest.Answered{base + "/site": {Body: site}, base + route: {Body: f.Body}},
		Otherwise: feedstest.Answered{Status: 404},
	}
	if f.Kind == "error" {
		n.Replies[base+route] = feedstest.Answered{Status: 400, Body: f.Body}
	}
	s := New(n, feedstest.NewClock(), domain, q)
	_, err := s.Describe(context.Background())
	return s, err
}

// readers say by the last word of a fixture's name how it is read. The fixtures follow https://join-lemmy.org/api/v3,
// https://join-lemmy.org/api/v4 and https://piefed.social/api/alpha/swagger.
var readers = golden.Readers{
	"posts": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, "/post/list")
		if err != nil {
			return nil, err
		}
		return s.ServerPosts(context.Background(), feeds.Federated, "")
	},
	"post": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, "/post")
		if err != nil {
			return nil, err
		}
		return s.Post(context.Background(), "10")
	},
	"comments": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, map[bool]string{true: "/post/replies", false: "/comment/list"}[f.Software == "piefed"])
		if err != nil {
			return nil, err
		}
		above, below, err := s.Context(context.Background(), "11")
		return map[string]any{"Above": above, "Below": below}, err
	},
	"community": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, "/community")
		if err != nil {
			return nil, err
		}
		return s.Profile(context.Background(), "!harbour", "")
	},
	"person": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, map[bool]string{true: "/person", false: "/user"}[strings.HasPrefix(f.Version, "1.") && f.Software == "lemmy"])
		if err != nil {
			return nil, err
		}
		return s.Profile(context.Background(), "ada", "")
	},
	"site": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, "/site")
		if err != nil {
			return nil, err
		}
		return s.Describe(context.Background())
	},
	"error": func(f golden.Fixture) (any, error) {
		s, err := fixtureServer(f, "/post")
		if err != nil {
			return nil, err
		}
		return s.Post(context.Background(), "10")
	},
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	golden.Fixtures(t, readers)
}
