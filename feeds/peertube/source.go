package peertube

import (
	"context"
	"net/url"
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Source reads one server. It is safe for use by many goroutines.
type Source struct{ *apiclient.Client }

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Playlists = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string) *Source {
	return &Source{apiclient.New(f, clock, host, explain)}
}

// Capabilities implements feeds.Source. There is no tab of media, since every post is one.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{Profiles: true, Local: true, Federated: true, Tags: true, Threads: true, Search: true, SearchPosts: true, Directory: true, TrendingPosts: true, TagsJoined: true}
}

// answer is an answer whose body was decoded. Its methods make values of the domain.
type answer struct {
	*Source
	*apiclient.Answer
}

// ask is Get for answers that values of the domain are made of.
func (s *Source) ask(ctx context.Context, path string, q url.Values, into any) (*answer, error) {
	a, err := s.Get(ctx, path, q, into)
	return &answer{s, a}, err
}

const (
	firstCount = 20 // videos of a newest page: as much as a first screen needs
	olderCount = 40 // of the pages below; a server gives up to 100
)

// span is the part of a list that a cursor names: the list goes on by offsets.
type span struct{ start, count int }

func spanAt(c feeds.Cursor) (span, error) {
	start, err := apiclient.Position(c, 0)
	if start == 0 {
		return span{0, firstCount}, err
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

// older is where a list of total elements goes on after got of them; where a server doesn't send the total, a short part is
// the last. A part that is empty though there should be more holds nothing for guests.
func (p span) older(got int, total apiclient.Number) feeds.Cursor {
	end := p.start + got
	switch {
	case !total.Known && got < p.count:
		return ""
	case got == 0:
		end += p.count
	}
	if total.Known && float64(end) >= total.Value {
		return ""
	}
	return apiclient.CursorAt(end)
}
