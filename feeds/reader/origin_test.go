package reader

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestOriginIsFoundByTheAddressAndCheckedByTheName(t *testing.T) {
	t.Parallel()
	const uri = "https://home.example/users/ada/statuses/7"
	at := func(host, key string, origin bool) *feeds.Post {
		return &feeds.Post{Key: feeds.Key(key), URI: key, URL: "https://home.example/@ada/7", Author: &feeds.Author{User: "ada", Domain: "home.example"}, Published: feedstest.Epoch(),
			Visibility: feeds.Public, Sightings: []feeds.Sighting{{Host: host, ID: "7", At: feedstest.Epoch(), Origin: origin}}}
	}
	for name, c := range map[string]struct {
		here, there *feeds.Post
		want        bool
	}{
		"a copy":                    {at("far.example", uri, false), at("home.example", uri, true), true},
		"the origin itself":         {at("far.example", uri, true), at("home.example", uri, true), false},
		"another post with that id": {at("far.example", uri, false), at("home.example", "https://home.example/users/bo/statuses/7", true), false},
		"an origin that is down":    {at("far.example", uri, false), nil, false},
	} {
		far, home := &feedstest.Source{HostName: "far.example", OnPost: func(string) (*feeds.Post, error) { return c.here, nil }}, &feedstest.Source{HostName: "home.example"}
		if c.there != nil {
			home.OnPost = func(string) (*feeds.Post, error) { return c.there, nil }
		}
		r := New(Options{Store: cache.NewMemory(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{"far.example": far, "home.example": home}}, Clock: feedstest.NewClock()})
		host, id, ok := r.Origin(context.Background(), "far.example", "99")
		if ok != c.want || ok && (host != "home.example" || id != "7") {
			t.Errorf("%s: %s %s %v", name, host, id, ok)
		}
	}
}
