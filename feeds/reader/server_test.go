package reader

import (
	"context"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func (s *profileFixture) open(t *testing.T) *ServerSnapshot {
	t.Helper()
	s.servers = nil
	s.Server(host, func(v *ServerSnapshot) { s.servers = append(s.servers, v) }).Open(context.Background())
	return s.servers[len(s.servers)-1]
}

func (s *profileFixture) describes(title string, err error) *int {
	asked := new(int)
	s.server.OnDescribe = func() (*feeds.Instance, error) {
		*asked++
		return &feeds.Instance{Host: host, Title: title, Fetched: feedstest.Epoch()}, err
	}
	return asked
}

func TestServerThatIsStoredIsAskedOnceWhileTheProgramRuns(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	if err := s.store.SaveInstance(context.Background(), &feeds.Instance{Host: host, Title: "stored", Fetched: feedstest.Epoch()}); err != nil {
		t.Fatal(err)
	}
	asked := s.describes("fresh", nil)
	last := s.open(t)
	if first := s.servers[0]; first.Instance == nil || first.Instance.Title != "stored" || !first.Stale || !first.Described || !first.Can.Profiles {
		t.Errorf("first: %+v", first)
	}
	if last.Instance.Title != "fresh" || last.Stale || *asked != 1 {
		t.Errorf("last: %+v, asked %d times", last, *asked)
	}
	if s.open(t); *asked != 1 {
		t.Errorf("asked %d times", *asked)
	}
}

func TestServerThatIsStoredShowsNoFailureOfBeingAskedAgain(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	if err := s.store.SaveInstance(context.Background(), &feeds.Instance{Host: host, Title: "stored", Fetched: feedstest.Epoch()}); err != nil {
		t.Fatal(err)
	}
	s.describes("", &feeds.Error{Kind: feeds.Unreachable, Host: host})
	if last := s.open(t); last.Err != nil || last.Instance.Title != "stored" || !last.Stale {
		t.Errorf("%+v", last)
	}
}

func TestServerThatIsNotStoredIsAskedAtOnce(t *testing.T) {
	s := newProfileFixture(blocklist.List{})
	if err := s.store.SaveInstance(context.Background(), &feeds.Instance{Host: host, Software: "mastodon"}); err != nil {
		t.Fatal(err) // only its software is known: that is no description
	}
	s.describes("", &feeds.Error{Kind: feeds.ServerError, Host: host})
	last := s.open(t)
	if last.Instance != nil || last.Err == nil || last.Err.Kind != feeds.ServerError || !last.Described || last.Busy {
		t.Errorf("%+v", last)
	}
	if s.servers[0].Described || !s.servers[1].Busy {
		t.Errorf("at first: %+v, %+v", s.servers[0], s.servers[1])
	}
	s.describes("now", nil)
	if last = s.open(t); last.Err != nil || last.Instance == nil || last.Instance.Title != "now" {
		t.Errorf("%+v", last)
	}
}

func TestServerSaysWhatItsMembersTalkAboutAndWhatItIs(t *testing.T) {
	s := newProfileFixture(blocked(t, "bad.example"))
	s.describes("here", nil)
	s.server.links = []feeds.LinkTrend{{Card: feeds.Card{URL: "https://bad.example/a"}}, {Card: feeds.Card{URL: "https://good.example/a"}}}
	v := s.Server(host, func(v *ServerSnapshot) { s.servers = append(s.servers, v) })
	v.Open(context.Background())
	v.ReadTrends(context.Background())
	v.NoteSeen(context.Background())
	v.ReadAbout(context.Background())
	last := s.servers[len(s.servers)-1]
	if last.Trends == nil || len(last.Trends.Tags) != 1 || len(last.Trends.Links) != 1 || last.Trends.Links[0].Card.URL != "https://good.example/a" {
		t.Errorf("talk %+v", last.Trends)
	}
	if len(last.Instance.Long.Blocks) == 0 || last.Seen.Local != feeds.Open || last.Instance.Title != "here" {
		t.Errorf("%+v", last)
	}
	if len(s.server.links) != 2 || s.server.links[0].Card.URL != "https://bad.example/a" {
		t.Error("the answer was changed")
	}
}

func TestWhatAServerSaysAtLengthIsStoredAndNotAskedForAgainAtOnce(t *testing.T) {
	store, clock := cache.NewMemory(), feedstest.NewClock()
	source := &wordy{fullSource: &fullSource{Source: &feedstest.Source{HostName: host}}}
	source.OnDescribe = func() (*feeds.Instance, error) {
		return &feeds.Instance{Host: host, Title: "here", Fetched: clock.Now()}, nil
	}
	open := func() *Reader {
		return New(Options{Store: store, Clock: clock, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: source}}})
	}
	var last *ServerSnapshot
	page := open().Server(host, func(s *ServerSnapshot) { last = s })
	if page.Open(t.Context()); len(last.Instance.Long.Blocks) != 0 {
		t.Fatalf("%+v", last.Instance)
	}
	for range 2 {
		if err := open().RenewAbout(t.Context(), host); err != nil || source.asked != 1 {
			t.Fatalf("%v, asked %d times", err, source.asked)
		}
	}
	if page.RereadAbout(t.Context()); len(last.Instance.Long.Blocks) != 1 || last.Instance.Title != "here" {
		t.Errorf("read again: %+v", last.Instance)
	}
	if _ = page.Refresh(t.Context()); len(last.Instance.Long.Blocks) != 1 {
		t.Errorf("after a description: %+v", last.Instance)
	}
	var first *ServerSnapshot
	open().Server(host, func(s *ServerSnapshot) {
		if first == nil {
			first = s
		}
	}).Open(t.Context())
	if len(first.Instance.Long.Blocks) != 1 || !first.Stale {
		t.Errorf("stored: %+v", first)
	}
	clock.Advance(time.Hour)
	if err := open().RenewAbout(t.Context(), host); err != nil || source.asked != 2 {
		t.Errorf("an hour later: %v, asked %d times", err, source.asked)
	}
	if err := store.Forget(t.Context(), host); err != nil {
		t.Fatal(err)
	}
	if page.ReadAbout(t.Context()); source.asked != 3 || len(last.Instance.Long.Blocks) != 1 {
		t.Errorf("asked %d times, %+v", source.asked, last.Instance)
	}
	if i, err := store.Instance(t.Context(), host); i != nil || err != nil {
		t.Errorf("what was cleared is stored again: %+v, %v", i, err)
	}
}

// wordy counts how often it is asked what it is.
type wordy struct {
	*fullSource
	asked int
}

func (s *wordy) ExtendedDescription(ctx context.Context) (content.Doc, error) {
	s.asked++
	return s.fullSource.ExtendedDescription(ctx)
}
