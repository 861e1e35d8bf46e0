package reader

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// listingServer is a server with one playlist of two posts. asked counts the questions what it is called.
func listingServer(asked *int) *feedstest.Source {
	return &feedstest.Source{
		HostName: host,
		OnPosts: func(feeds.Cursor) (*feeds.Page, error) {
			return feedstest.Page("", feedstest.Post(host, "2", 2), feedstest.Post(host, "1", 1)), nil
		},
		OnPlaylist: func(id string) (*feeds.Author, error) {
			*asked++
			list := feedstest.Author("ada", host)
			list.Host, list.ID, list.Name = host, id, "A tin of two"
			return list, nil
		},
	}
}

func TestAPlaylistSaysWhatItIsCalledAndKeepsThat(t *testing.T) {
	asked, store := 0, cache.NewMemory()
	server := listingServer(&asked)
	place := PlaylistPlace{Host: host, List: "x"}
	for range 2 {
		var all []*Snapshot
		readerOf(store, blocklist.List{}, server).Feed(place, func(s *Snapshot) { all = append(all, s) }).Open(t.Context(), nil)
		last := all[len(all)-1]
		if by := last.Sources[0].Publisher; by == nil || by.Name != "A tin of two" || by.ID != "x" || by.Handle() != "ada@"+host || len(last.Items) != 2 {
			t.Errorf("%+v", last)
		}
	}
	server.OnPosts = func(feeds.Cursor) (*feeds.Page, error) { return nil, &feeds.Error{Kind: feeds.NeedsLogin, Host: host} }
	server.OnPlaylist = nil
	var last *Snapshot
	readerOf(store, blocklist.List{}, server).Feed(place, func(s *Snapshot) { last = s }).Open(t.Context(), nil)
	if by := last.Sources[0].Publisher; by == nil || by.Name != "A tin of two" || len(last.Items) != 2 || last.Err == nil || last.Err.Kind != feeds.NeedsLogin {
		t.Errorf("once it is private: %+v", last)
	}
}

func TestAFollowedPlaylistIsOneRequest(t *testing.T) {
	asked := 0
	var last *Snapshot
	r := readerOf(cache.NewMemory(), blocklist.List{}, listingServer(&asked))
	r.Merge(SourcesOf(follows.Follow{Address: "#/l/" + host + "/x", Kind: follows.Playlist, Host: host, ID: "x"}, nil), func(s *Snapshot) { last = s }).Open(t.Context(), nil)
	if asked != 0 || len(last.Items) != 2 {
		t.Errorf("asked %d times what it is called, %d posts", asked, len(last.Items))
	}
}

func TestAPlaylistOfSomebodyBlockedHasNoName(t *testing.T) {
	asked := 0
	blocked, err := blocklist.New([]string{"@ada@" + host})
	if err != nil {
		t.Fatal(err)
	}
	var last *Snapshot
	readerOf(cache.NewMemory(), blocked, listingServer(&asked)).Feed(PlaylistPlace{Host: host, List: "x"}, func(s *Snapshot) { last = s }).Open(t.Context(), nil)
	if by := last.Sources[0].Publisher; by != nil {
		t.Errorf("%+v", by)
	}
}

func TestPlaylistsAreReadOnlyBesideTheAboutTab(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	s.answers(named("Ada"), nil)
	asked := 0
	s.server.OnPlaylists = func(a *feeds.Author) ([]*feeds.Author, error) {
		asked++
		return []*feeds.Author{{Host: host, ID: "x", Name: "A tin of two"}}, nil
	}
	s.profile(ProfileRequest{Pinned: true}).Open(t.Context())
	if asked != 0 || s.last().Playlists != nil {
		t.Errorf("asked %d times without need", asked)
	}
	s.profile(ProfileRequest{Tags: true}).Open(t.Context())
	if got := s.last().Playlists; len(got) != 1 || got[0].ID != "x" || asked != 1 {
		t.Errorf("%+v, asked %d times", got, asked)
	}
	s.server.OnPlaylists = func(*feeds.Author) ([]*feeds.Author, error) {
		return nil, &feeds.Error{Kind: feeds.ServerError, Host: host}
	}
	s.profile(ProfileRequest{Tags: true}).Open(t.Context())
	if last := s.last(); last.Playlists != nil || last.Err != nil || last.Author == nil {
		t.Errorf("a failure: %+v", last)
	}
}
