package mbin

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/wire"
)

// Quirks are how a software differs from Mbin where its answers don't show it. The zero value is Mbin.
type Quirks struct {
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

	known       atomic.Pointer[feeds.Instance] // what Describe told; nil before
	onlyEntries atomic.Bool                    // the server is too old for lists of entries and microblog posts
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

// Capabilities implements feeds.Source. Lists of hashtags aren't read, and what a profile has of media only reading all of it
// tells.
func (s *Source) Capabilities() feeds.Capabilities {
	lacks := s.quirks.Lacks
	return feeds.Capabilities{
		Profiles:      !lacks.Profiles,
		Replies:       !lacks.Replies,
		Pinned:        !lacks.Pinned,
		Local:         !lacks.Local,
		Federated:     !lacks.Federated,
		TrendingPosts: !lacks.TrendingPosts,
		Directory:     !lacks.Directory,
		Threads:       !lacks.Threads,
		Search:        !lacks.Search,
	}
}

// domain is the host part of the handles of the server's own members. It is Host until Describe has told another.
func (s *Source) domain() string {
	if i := s.known.Load(); i != nil && i.Domain != "" {
		return i.Domain
	}
	return s.host
}

// answer is an answer whose body was decoded. Its methods make values of the domain; those of one answer share authors.
type answer struct {
	*Source
	path    string
	status  int
	at      time.Time
	authors map[string]*feeds.Author // by Author.ID
}

// get asks for path with q and decodes the answer into the value that into points to. It is the only place that asks the
// server. Every error but a cancelled context's is an *feeds.Error that names the host and the path.
func (s *Source) get(ctx context.Context, path string, q url.Values, into any) (*answer, error) {
	if !isPlain(path) {
		return nil, s.failure(feeds.NotFound, path, 0, errNoSuchID)
	}
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

// isPlain reports that path is the one that will be asked for: an id of "" or ".." would make another of it.
func isPlain(path string) bool {
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// pageSize is how much a page has. It is always the same, because pages are counted.
const pageSize = 25

// pageQuery is the query of a page of a list.
func pageQuery(q url.Values, number int) url.Values {
	q.Set("perPage", strconv.Itoa(pageSize))
	if number > 1 {
		q.Set("p", strconv.Itoa(number))
	}
	return q
}

// goesOn reports that a list has another page below the one with the given number, which had got elements.
func goesOn(page, got int, last number) bool {
	if got == 0 {
		return false
	}
	if last.Known {
		return float64(page) < last.Value
	}
	return got >= pageSize
}

// parseCursor reads the number of a page: cursors are numbers.
func (s *Source) parseCursor(path string, c feeds.Cursor) (int, error) {
	if c == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(string(c))
	if err != nil || n < 1 {
		return 0, s.failure(feeds.NotFound, path, 0, err)
	}
	return n, nil
}

func cursor(number int) feeds.Cursor { return feeds.Cursor(strconv.Itoa(number)) }
