package listing_test

import (
	"testing"
	"time"

	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/feedstest"
)

func TestAPlaylistIsListedByTimeUnderItsTitle(t *testing.T) {
	t.Parallel()
	src := &feedstest.Source{
		HostName: host,
		OnPosts: func(feeds.Cursor) (*feeds.Page, error) {
			return feedstest.Page("", feedstest.Post(host, "2", 2), feedstest.Post(host, "1", 1)), nil
		},
		OnPlaylist: func(id string) (*feeds.Author, error) {
			list := feedstest.Author("ada", host)
			list.Host, list.ID, list.Name, list.URL = host, id, "A tin", "https://a.example/w/p/"+id
			return list, nil
		},
	}
	r := listing.New(&feedstest.Resolver{Sources: map[string]feeds.Source{host: src}}, feedstest.NewClock())
	a, err := address.Parse("https://" + host + "/w/p/tin")
	if err != nil {
		t.Fatal(err)
	}
	l, err := r.List(t.Context(), a, listing.Options{Limit: 9})
	if err != nil || l.Title != "A tin" || l.Home != "https://a.example/w/p/tin" || l.Author != nil || len(l.Items) != 2 || l.Items[0].Post.Sightings[0].ID != "2" || !l.End {
		t.Errorf("%+v, %v", l, err)
	}
	m := r.Merge(t.Context(), []listing.Source{{Address: a}}, time.Time{}, listing.Options{Limit: 9})
	if len(m.Items) != 2 || m.Parts[0].Err != nil {
		t.Errorf("%+v", m)
	}
	src.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host} }
	if _, err := r.List(t.Context(), a, listing.Options{Limit: 9}); feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("a private one: %v", err)
	}
}
