package misskey

import (
	"context"
	"sync/atomic"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

// Quirks are how a software differs from Misskey where its answers don't show it. The zero value is Misskey.
type Quirks struct {
	// Software is the name that NodeInfo gave. When it is "" the name is read from where the server says that its source is.
	Software string
	// Lacks are the views that the software never fills for guests. They aren't offered.
	Lacks feeds.Capabilities
}

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	server wire.Server
	quirks Quirks
	known  atomic.Pointer[feeds.Instance] // what Describe told; nil before

	asking chan struct{}          // holds one while the server's own emoji are asked for
	own    atomic.Pointer[emojis] // these; nil before they were asked for
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
	return &Source{
		server: wire.Server{Fetcher: f, Clock: clock, Host: host, Explain: explain},
		quirks: q,
		asking: make(chan struct{}, 1),
	}
}

// Host implements feeds.Source.
func (s *Source) Host() string { return s.server.Host }

// Capabilities implements feeds.Source.
func (s *Source) Capabilities() feeds.Capabilities {
	lacks := s.quirks.Lacks
	return feeds.Capabilities{
		Profiles:      !lacks.Profiles,
		Replies:       !lacks.Replies,
		Media:         !lacks.Media,
		Pinned:        !lacks.Pinned,
		Local:         !lacks.Local,
		Federated:     !lacks.Federated,
		Tags:          !lacks.Tags,
		TrendingPosts: !lacks.TrendingPosts,
		TrendingTags:  !lacks.TrendingTags,
		Directory:     !lacks.Directory,
		Threads:       !lacks.Threads,
		Search:        !lacks.Search,
	}
}

// answer is an answer that was decoded. Its methods make values of the domain; those of one answer share authors.
type answer struct {
	*Source
	wire.Answer
	authors map[string]*feeds.Author // by id
	own     *emojis                  // the server's own emoji; nil while they weren't asked for
	lacks   bool                     // something names one of them
}

// question is the JSON of a request. Its keys are sent in the order of their names: equal questions are equal requests.
type question map[string]any

// ask puts a question to an endpoint and decodes the answer into what into points to.
func (s *Source) ask(ctx context.Context, endpoint string, q question, into any) (*answer, error) {
	a, err := s.server.Post(ctx, "/api/"+endpoint, q, into)
	if err != nil {
		return nil, err
	}
	return s.answered(a), nil
}

func (s *Source) answered(a wire.Answer) *answer {
	return &answer{Source: s, Answer: a, authors: map[string]*feeds.Author{}, own: s.own.Load()}
}

// refuse is the error of a question that isn't put.
func (s *Source) refuse(kind feeds.Kind, endpoint string, cause error) *feeds.Error {
	return s.server.Failure(kind, "/api/"+endpoint, 0, cause)
}

// badData is the error of an answer that was JSON and made no sense.
func (a *answer) badData(cause error) *feeds.Error { return a.server.BadData(a.Answer, cause) }

// isID reports that s may be an id of this software: they are made of letters and digits. One is a part of addresses.
func isID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}
