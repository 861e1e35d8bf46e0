package peertube

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/wire"
)

// Quirks are how a software differs from PeerTube where its answers don't show it. The zero value is PeerTube.
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
}

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Timelines = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Searcher  = (*Source)(nil)
	_ feeds.Trends    = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{fetcher: f, clock: clock, host: host, origin: address.Origin(host), quirks: q}
}

// Host implements feeds.Source.
func (s *Source) Host() string { return s.host }

// Capabilities implements feeds.Source. There is no tab of media, since every post is one.
func (s *Source) Capabilities() feeds.Capabilities {
	lacks := s.quirks.Lacks
	return feeds.Capabilities{
		Profiles:  !lacks.Profiles,
		Local:     !lacks.Local,
		Federated: !lacks.Federated,
		Tags:      !lacks.Tags,
		Threads:   !lacks.Threads,
		Search:    !lacks.Search,

		TrendingPosts: !lacks.TrendingPosts,
	}
}

// answer is an answer whose body was decoded. Its methods make values of the domain; those of one answer share authors.
type answer struct {
	*Source
	path    string
	status  int
	at      time.Time
	authors map[string]*feeds.Author // by id
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

const (
	firstCount = 20 // videos of a newest page: as much as a first screen needs
	olderCount = 40 // of the pages below; a server gives up to 100
)

// span is the part of a list that a cursor names: the list goes on by offsets.
type span struct{ start, count int }

func (s *Source) span(path string, c feeds.Cursor) (span, error) {
	if c == "" {
		return span{0, firstCount}, nil
	}
	start, err := strconv.Atoi(string(c))
	if err != nil || start <= 0 {
		return span{}, s.failure(feeds.NotFound, path, 0, err)
	}
	return span{start, olderCount}, nil
}

func (p span) query() url.Values {
	q := url.Values{"count": {strconv.Itoa(p.count)}}
	if p.start > 0 {
		q.Set("start", strconv.Itoa(p.start))
	}
	return q
}

// older is where a list of total elements goes on after got of them; where a server doesn't tell the total, a short part is
// the last.
func (p span) older(got int, total number) feeds.Cursor {
	end := p.start + got
	if got == 0 || total.Known && float64(end) >= total.Value || !total.Known && got < p.count {
		return ""
	}
	return feeds.Cursor(strconv.Itoa(end))
}
