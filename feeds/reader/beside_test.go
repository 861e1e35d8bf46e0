package reader

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// town is a small server whose accounts and local timeline are asked.
type town struct {
	*feedstest.Source
	posts    []*feeds.Post // of all accounts, newest first
	boosts   map[string][]feeds.Entry
	page     int // how many posts the local timeline shows
	mu       sync.Mutex
	requests []string
}

func (s *town) asked(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, what)
}

// count tells what was asked for since the last count, sorted.
func (s *town) count() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.requests)
	all := strings.Join(s.requests, " ")
	s.requests = nil
	return all
}

func (s *town) ProfilePosts(_ context.Context, a *feeds.Author, _ feeds.ProfileFilter, _ feeds.Cursor) (*feeds.Page, error) {
	s.asked(a.User)
	var own []*feeds.Post
	for _, p := range s.posts {
		if p.Author.User == a.User {
			own = append(own, p)
		}
	}
	page := feedstest.Page("older", own[:min(len(own), 2)]...)
	page.Entries = append(page.Entries, s.boosts[a.User]...)
	return page, nil
}

func (s *town) ServerPosts(context.Context, feeds.Scope, feeds.Cursor) (*feeds.Page, error) {
	s.asked("local")
	var open []*feeds.Post
	for _, p := range s.posts {
		if p.Visibility != feeds.Unlisted {
			open = append(open, p)
		}
	}
	return feedstest.Page("older", open[:min(len(open), s.page)]...), nil
}

// write adds a post of an account at a minute.
func (s *town) write(user string, minute int) *feeds.Post {
	p := feedstest.Post("town.example", fmt.Sprint(minute), minute)
	p.Author = feedstest.Author(user, "town.example")
	s.posts = append([]*feeds.Post{p}, s.posts...)
	return p
}

// renewing renews accounts of a town.
func renewing(t *testing.T, s *town, users ...string) (renew func(quietly bool), r *Reader) {
	t.Helper()
	r = readerOf(cache.NewMemory(), blocklist.List{}, s)
	var sources []Source
	for _, u := range users {
		a := feedstest.Author(u, "town.example")
		a.ID, a.URI = u, ""
		sources = append(sources, Source{Place: ProfilePlace{Author: a}})
	}
	return func(quietly bool) { r.RenewAll(t.Context(), sources, quietly, func(Answer) {}) }, r
}

// storedOf are the minutes of an account's stored posts, and how many stretches of them.
func storedOf(t *testing.T, r *Reader, user string) string {
	t.Helper()
	a := feedstest.Author(user, "town.example")
	tl, err := r.store.Timeline(t.Context(), ProfilePlace{Author: a}.ID(), feeds.Window{Limit: 50})
	if err != nil || tl == nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range tl.Entries {
		out = append(out, e.WrapperID)
	}
	return strings.Join(out, " ") + fmt.Sprintf(" in %d, older %q", len(tl.Ranges), tl.Ranges[0].Older)
}

func newTown() *town {
	s := &town{Source: &feedstest.Source{HostName: "town.example"}, page: 5, boosts: map[string][]feeds.Entry{}}
	for i, u := range []string{"ada", "bea", "cem", "ada", "bea", "cem"} {
		s.write(u, i+1)
	}
	return s
}

func TestSeveralAccountsOfOneServerAreReadFromItsLocalTimelineQuietly(t *testing.T) {
	s := newTown()
	renew, r := renewing(t, s, "ada", "bea", "cem")
	renew(false)
	if got := s.count(); got != "ada bea cem" {
		t.Fatalf("at first it is asked for %s", got)
	}
	s.write("ada", 7)
	renew(true)
	if got := s.count(); got != "local" || storedOf(t, r, "ada") != `7 4 1 in 1, older "older"` || storedOf(t, r, "bea") != `5 2 in 1, older "older"` {
		t.Errorf("then for %s; %s; %s", got, storedOf(t, r, "ada"), storedOf(t, r, "bea"))
	}
	renew(false)
	if got := s.count(); got != "ada bea cem" {
		t.Errorf("when its reader wants it, for %s", got)
	}
	for i := range 5 {
		s.write("bea", 10+i)
	}
	renew(true)
	if got := s.count(); got != "ada bea cem local" && got != "ada cem local" {
		t.Errorf("where it doesn't reach down to what is stored, for %s", got)
	}
	if got := storedOf(t, r, "bea"); !strings.HasPrefix(got, "14 13") {
		t.Error(got)
	}
}

func TestWhoBoostsOrPostsUnlistedIsNotReadFromALocalTimeline(t *testing.T) {
	s := newTown()
	s.write("ada", 8).Visibility = feeds.Unlisted
	s.boosts["bea"] = []feeds.Entry{{Key: s.posts[3].Key, At: feedstest.Epoch(), WrapperID: "b", BoostedBy: feedstest.Author("bea", "town.example")}}
	renew, _ := renewing(t, s, "ada", "bea", "cem")
	renew(false)
	s.count()
	renew(true)
	if got := s.count(); got != "ada bea cem" {
		t.Errorf("it is asked for %s", got)
	}
}

func TestWhatWasAnsweredBesideThePageIsToldWithWhatIsNew(t *testing.T) {
	s := newTown()
	r := readerOf(cache.NewMemory(), blocklist.List{}, s)
	a := feedstest.Author("ada", "town.example")
	a.ID = "ada"
	sources := []Source{{Name: "ada", Place: ProfilePlace{Author: a}}, {Name: "gone", Place: at("gone.example")}}
	var mu sync.Mutex
	var answers []Answer
	renew := func() map[feeds.TimelineID]Answer {
		answers = nil
		r.RenewAll(t.Context(), sources, false, func(a Answer) {
			mu.Lock()
			defer mu.Unlock()
			answers = append(answers, a)
		})
		all := map[feeds.TimelineID]Answer{}
		for _, a := range answers {
			all[a.Place] = a
		}
		return all
	}
	first := renew()
	ada, gone := first[sources[0].Place.ID()], first[sources[1].Place.ID()]
	if ada.Kind != "" || !ada.Stored || ada.New != 2 || len(ada.Times) != 2 || gone.Kind == "" || gone.Names[0] != "gone" {
		t.Errorf("%+v, %+v", ada, gone)
	}
	if again := renew()[sources[0].Place.ID()]; !again.Stored || again.New != 0 {
		t.Errorf("without anything new %+v", again)
	}
	edited := *s.posts[2]
	edited.Edited = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	s.posts[2] = &edited
	if again := renew()[sources[0].Place.ID()]; !again.Stored || again.New == 0 {
		t.Errorf("with an edited post %+v", again)
	}
}
