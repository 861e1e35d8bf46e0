package reader

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// profileFixture is a Reader over one server, with the snapshots of profiles and servers that it emitted.
type profileFixture struct {
	*Reader
	server   *fullSource
	store    feeds.Store
	profiles []*ProfileSnapshot
	servers  []*ServerSnapshot
}

func newProfileFixture(l blocklist.List) *profileFixture {
	s := &profileFixture{store: cache.NewMemory(), server: &fullSource{
		Source: &feedstest.Source{HostName: host},
		can:    feeds.Capabilities{Profiles: true, Pinned: true, FeaturedTags: true, TrendingLinks: true},
		pinned: func() (*feeds.Page, error) { return feedstest.Page("", feedstest.Post(host, "1", 1)), nil },
		tags:   []feeds.Tag{{Name: "tea"}},
	}}
	s.Reader = readerOf(s.store, l, s.server)
	return s
}

func (s *profileFixture) answers(a *feeds.Author, err error) {
	s.server.OnProfile = func(string, string) (*feeds.Author, error) { return a, err }
}

func (s *profileFixture) profile(want ProfileRequest) *Profile {
	want.User, want.Domain = "ada", host
	return s.Profile(want, func(p *ProfileSnapshot) { s.profiles = append(s.profiles, p) })
}

func (s *profileFixture) last() *ProfileSnapshot { return s.profiles[len(s.profiles)-1] }

func named(name string) *feeds.Author {
	a := feedstest.Author("ada", host)
	a.Name = name
	return a
}

func (s *profileFixture) keep(t *testing.T, a *feeds.Author) {
	t.Helper()
	if err := s.store.SaveAuthor(context.Background(), a); err != nil {
		t.Fatal(err)
	}
}

func TestProfileShowsTheStoredAuthorThenTheFreshOne(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	s.keep(t, named("stored"))
	shown := make(chan struct{})
	s.server.OnProfile = func(string, string) (*feeds.Author, error) {
		<-shown
		return named("fresh"), nil
	}
	var all []*ProfileSnapshot
	s.Profile(ProfileRequest{User: "ada", Domain: host, Pinned: true}, func(p *ProfileSnapshot) {
		if p.Author != nil && p.PinnedSet && all == nil {
			close(shown)
		}
		if p.Author != nil && p.PinnedSet {
			all = append(all, p)
		}
	}).Open(context.Background())
	first, last := all[0], all[len(all)-1]
	if first.Author.Name != "stored" || !first.Stale || len(first.Pinned) != 1 || !first.Can.Pinned {
		t.Errorf("first: %+v", first)
	}
	if last.Author.Name != "fresh" || last.Stale || last.Busy || last.Err != nil || len(last.Pinned) != 1 {
		t.Errorf("last: %+v", last)
	}
	if posts := Posts(last.Pinned); len(posts) != 1 || !posts[0].Published.Equal(feedstest.Epoch().Add(time.Minute)) {
		t.Errorf("pinned %+v", posts)
	}
}

func TestProfileKeepsTheStoredAuthorBesideAFailure(t *testing.T) {
	for kind, kept := range map[feeds.Kind]bool{feeds.Unreachable: true, feeds.Timeout: true, feeds.NotFound: true, feeds.NeedsLogin: true, feeds.Gone: false, feeds.Refused: false} {
		s := newProfileFixture(blocklist.List{})
		s.keep(t, named("stored"))
		s.answers(nil, &feeds.Error{Kind: kind, Host: host})
		s.profile(ProfileRequest{Pinned: true}).Open(context.Background())
		if p := s.last(); (p.Author != nil) != kept || p.Err == nil || p.Err.Kind != kind || p.Busy || !kept && (len(p.Pinned) > 0 || p.PinnedSet) {
			t.Errorf("%s: %+v", kind, p)
		}
	}
}

func TestProfileSaysThatNobodyIsThereOnceTheStoreHasAnswered(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	s.answers(nil, &feeds.Error{Kind: feeds.NotFound, Host: host})
	looked := make(chan struct{})
	s.Reader.store = &slow{Store: s.store, wait: looked}
	done := make(chan struct{})
	p := s.profile(ProfileRequest{})
	go func() { defer close(done); p.Open(context.Background()) }()
	close(looked)
	<-done
	for _, snapshot := range s.profiles {
		if snapshot.Err != nil && !s.Reader.store.(*slow).asked.Load() {
			t.Error("a failure came before what is stored was looked at")
		}
	}
	if s.last().Err == nil || s.last().Author != nil {
		t.Errorf("%+v", s.last())
	}
}

// slow is a store that answers for authors only when it may.
type slow struct {
	feeds.Store
	wait  chan struct{}
	asked atomic.Bool
}

func (s *slow) Author(ctx context.Context, host, handle string) (*feeds.Author, error) {
	<-s.wait
	s.asked.Store(true)
	return s.Store.Author(ctx, host, handle)
}

func TestProfileShowsPinnedPostsOfBeforeWhenTheyCannotBeRead(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	s.answers(named("ada"), nil)
	s.profile(ProfileRequest{Pinned: true}).Open(context.Background())
	s.server.pinned = func() (*feeds.Page, error) { return nil, &feeds.Error{Kind: feeds.ServerError, Host: host} }
	s.profiles = nil
	s.profile(ProfileRequest{Pinned: true}).Open(context.Background())
	if p := s.last(); len(p.Pinned) != 1 || !p.PinnedSet || p.Err != nil {
		t.Errorf("%+v", p)
	}
}

func TestProfileAsksOnlyForWhatIsWantedAndThere(t *testing.T) {
	for name, c := range map[string]struct {
		want ProfileRequest
		can  bool
		gone feeds.Kind
		tags int
	}{
		"hashtags are wanted":      {ProfileRequest{Tags: true}, true, "", 1},
		"the server has none":      {ProfileRequest{Pinned: true}, false, "", 0},
		"the account is suspended": {ProfileRequest{Pinned: true, Tags: true}, true, feeds.Refused, 0},
	} {
		s := newProfileFixture(blocklist.List{})
		a := named("ada")
		a.Gone = c.gone
		s.answers(a, nil)
		s.server.can.Pinned = c.can
		s.server.pinned = func() (*feeds.Page, error) {
			t.Errorf("%s: pinned posts were asked for", name)
			return &feeds.Page{}, nil
		}
		s.profile(c.want).Open(context.Background())
		if p := s.last(); p.Author == nil || !p.PinnedSet || len(p.Tags) != c.tags {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestProfileOfSomebodyBlockedIsNeverShown(t *testing.T) {
	s := newProfileFixture(blocked(t, "@ada@"+host, "https://bad.example/@eve"))
	s.keep(t, named("stored"))
	s.answers(named("fresh"), nil)
	s.profile(ProfileRequest{Pinned: true}).Open(context.Background())
	for _, p := range s.profiles {
		if p.Author != nil || len(p.Pinned) > 0 {
			t.Errorf("%+v", p)
		}
	}
	if s.last().Blocked == nil || s.last().Blocked.User != "ada" {
		t.Errorf("%+v", s.last())
	}
}

func TestProfileEndsItsPatience(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	s.server.OnProfile = func(string, string) (*feeds.Author, error) { return nil, context.DeadlineExceeded }
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	s.profile(ProfileRequest{}).Open(ctx)
	if err := s.last().Err; err == nil || err.Kind != feeds.Timeout || err.Host != host {
		t.Errorf("%v", err)
	}
}
