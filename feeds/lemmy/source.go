package lemmy

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/wire"
)

// Dialect is the API that a software speaks.
type Dialect string

// The dialects. Which version of its API Lemmy has, it tells itself.
const (
	Lemmy  Dialect = ""
	PieFed Dialect = "piefed"
)

// Quirks are how a software differs from Lemmy where its answers don't show it. The zero value is Lemmy.
type Quirks struct {
	Dialect Dialect
	// Version is the software's as nodeinfo gave it. When it is "", a server of Lemmy's is asked once before its first list.
	Version string
	// Lacks are the views that the software never fills for guests. They aren't offered.
	Lacks feeds.Capabilities
}

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
	host    string
	origin  string // "https://host", without a slash at the end
	quirks  Quirks
	known   atomic.Pointer[facts] // what the server told of itself; nil before
	capital atomic.Bool           // it is of the first betas of 1.0, whose words are those of v3
}

// facts are what a server told of itself. They don't change.
type facts struct {
	instance  *feeds.Instance // nil when the server didn't tell and is read all the same
	v4        bool
	languages map[ident]string // BCP 47
}

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Timelines = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Trends    = (*Source)(nil)
	_ feeds.Searcher  = (*Source)(nil)
	_ feeds.Directory = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{fetcher: f, clock: clock, host: host, origin: address.Origin(host), quirks: q}
}

// Host implements feeds.Source.
func (s *Source) Host() string { return s.host }

// Capabilities implements feeds.Source. There are no hashtags, and what a profile has of media only reading all of it tells.
func (s *Source) Capabilities() feeds.Capabilities {
	lacks := s.quirks.Lacks
	return feeds.Capabilities{
		Replies:       !lacks.Replies,
		Profiles:      !lacks.Profiles,
		Pinned:        !lacks.Pinned,
		Local:         !lacks.Local,
		Federated:     !lacks.Federated,
		TrendingPosts: !lacks.TrendingPosts,
		Directory:     !lacks.Directory,
		Threads:       !lacks.Threads,
		Search:        !lacks.Search,
	}
}

// domain is the host part of the handles of the server's own members. It is Host until the server has told another.
func (s *Source) domain() string {
	if i := s.instanceKnown(); i != nil && i.Domain != "" {
		return i.Domain
	}
	return s.host
}

func (s *Source) instanceKnown() *feeds.Instance {
	if f := s.known.Load(); f != nil {
		return f.instance
	}
	return nil
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

// api finds out which one the server has: Lemmy's version says it. A server that doesn't tell is asked by v3.
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
		return api{base: "/api/v4", v4: true, snake: !s.capital.Load()}
	}
	return api{base: "/api/v3"}
}

// isV4 reports that a version of Lemmy has its API v4: all from 1.0 on.
func isV4(version string) bool {
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	n, err := strconv.Atoi(major)
	return err == nil && n >= 1
}

// answer is an answer whose body was decoded. Its methods make values of the domain; those of one answer share authors.
type answer struct {
	*Source
	path    string
	status  int
	at      time.Time
	authors map[string]*feeds.Author // by Author.ID
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
	s.capital.Store(true)
	return again, old, nil
}

// get asks for path with q and decodes the answer into the value that into points to. It is the only place that asks the
// server. Every error but a cancelled context's is an *feeds.Error that names the host and the path. Paths have no ids in them:
// those are parameters.
func (s *Source) get(ctx context.Context, path string, q url.Values, into any) (*answer, error) {
	target := s.origin + path
	if len(q) > 0 {
		target += "?" + q.Encode()
	}
	resp, err := s.fetcher.Fetch(ctx, feeds.Request{URL: target})
	if err != nil {
		return nil, err
	}
	if err := s.failed(path, resp); err != nil {
		return nil, err
	}
	if err := wire.DecodeObject(resp.Body, into); err != nil {
		return nil, s.failure(feeds.BadData, path, resp.Status, err)
	}
	at := resp.At
	if at.IsZero() {
		at = s.clock.Now()
	}
	return &answer{Source: s, path: path, status: resp.Status, at: at.UTC(), authors: map[string]*feeds.Author{}}, nil
}
