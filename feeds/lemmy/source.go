package lemmy

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Dialect is the API that a software speaks.
type Dialect string

// The dialects. A Lemmy server says itself which version of the API it has.
const (
	Lemmy  Dialect = ""
	PieFed Dialect = "piefed"
)

// Quirks are how a software differs from Lemmy where its answers don't show it. The zero value is Lemmy.
type Quirks struct {
	Dialect Dialect
	// Version is the software's as nodeinfo gave it. When it is "", a server of Lemmy's is asked once before its first list.
	Version string
}

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	*apiclient.Client
	quirks  Quirks
	known   atomic.Pointer[facts] // what decides how the server is asked; nil before it was
	earlyV4 atomic.Bool           // it is of the first betas of 1.0, whose words are those of v3
}

// facts are what a server said of its API; the zero value when it said nothing and is read nevertheless. They are immutable.
type facts struct {
	v4        bool
	languages map[apiclient.Text]string // BCP 47
}

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Directory = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{Client: apiclient.New(f, clock, host, explain), quirks: q}
}

// Capabilities implements feeds.Source. There are no hashtags, and a profile's media are only found by reading all of its posts.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{
		Profiles: true, Replies: true, Pinned: true, Local: true, Federated: true, TrendingPosts: true,
		Directory: true, Threads: true, Search: true, SearchPosts: true,
	}
}

// api is one of the three, with its base path.
type api struct {
	base  string
	v4    bool
	snake bool // names of sorts and kinds are written "most_comments", not "MostComments"
}

// word is a name of a sort or a kind as the API writes it.
func (a api) word(name string) string {
	if !a.snake {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// sorted adds how posts are ordered. v4 has one order by votes, and the time apart.
func (a api) sorted(q url.Values, sort string) url.Values {
	if a.v4 && sort == topDay {
		q.Set("sort", a.word("Top"))
		q.Set("time_range_seconds", "86400")
		return q
	}
	q.Set("sort", a.word(sort))
	return q
}

// api finds out which one the server has: Lemmy's version says it. A server that doesn't send a version is asked by v3.
func (s *Source) api(ctx context.Context) (api, error) {
	if s.quirks.Dialect == PieFed {
		return api{base: "/api/alpha"}, nil
	}
	f := s.known.Load()
	if f == nil && s.quirks.Version != "" {
		return s.lemmyAPI(isV4(s.quirks.Version)), nil
	}
	if f == nil {
		if _, err := s.Describe(ctx); err != nil {
			switch kind := feeds.KindOf(err); {
			case ctx.Err() != nil, kind == feeds.Offline, kind == feeds.Unreachable, kind == feeds.Timeout, kind == feeds.RateLimited:
				return api{}, err // a second question would end so, too
			}
			s.known.CompareAndSwap(nil, &facts{})
		}
		f = s.known.Load()
	}
	return s.lemmyAPI(f.v4), nil
}

func (s *Source) lemmyAPI(v4 bool) api {
	if v4 {
		return api{base: "/api/v4", v4: true, snake: !s.earlyV4.Load()}
	}
	return api{base: "/api/v3"}
}

// isV4 reports that a version of Lemmy has its API v4: all from 1.0 on.
func isV4(version string) bool {
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	n, err := strconv.Atoi(major)
	return err == nil && n >= 1
}

// answer is an answer whose body was decoded. Its methods make values of the domain.
type answer struct {
	*Source
	*apiclient.Answer
}

// get is Get for answers that values of the domain are made of.
func (s *Source) get(ctx context.Context, path string, q url.Values, into any) (*answer, error) {
	a, err := s.Get(ctx, path, q, into)
	return &answer{s, a}, err
}

// ask is get for a route below the base of the server's API. Where that doesn't understand the words of v4, those of its first
// betas are tried once.
func (s *Source) ask(ctx context.Context, route string, query func(api) url.Values, into any) (*answer, api, error) {
	by, err := s.api(ctx)
	if err != nil {
		return nil, by, err
	}
	a, err := s.get(ctx, by.base+route, query(by), into)
	if refused := feeds.AsError(err); !by.snake || refused == nil || refused.Kind != feeds.BadData || refused.Status != 400 {
		return a, by, err
	}
	old := by
	old.snake = false
	if query(old).Encode() == query(by).Encode() {
		return a, by, err
	}
	again, failure := s.get(ctx, old.base+route, query(old), into)
	if failure != nil {
		return a, by, err
	}
	s.earlyV4.Store(true)
	return again, old, nil
}
