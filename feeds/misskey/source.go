package misskey

import (
	"context"
	"sync/atomic"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Quirks are how a software differs from Misskey where its answers don't show it. The zero value is Misskey.
type Quirks struct {
	// Software is the name that NodeInfo gave. When it is "" the name is read from where the server says that its source is.
	Software string
}

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	*apiclient.Client
	quirks Quirks

	asking chan struct{}          // holds one while the server's own emoji are asked for
	own    atomic.Pointer[emojis] // these; nil before they were asked for
}

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Directory = (*Source)(nil)
	_ feeds.Following = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{Client: apiclient.New(f, clock, host, explain), quirks: q, asking: make(chan struct{}, 1)}
}

// Capabilities implements feeds.Source.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{
		Profiles: true, Replies: true, Media: true, Pinned: true, Local: true, Federated: true, Tags: true,
		TrendingPosts: true, TrendingTags: true, Directory: true, Threads: true, Search: true, SearchPosts: true, TagsJoined: true,
	}
}

// answer is an answer that was decoded. Its methods make values of the domain.
type answer struct {
	*Source
	*apiclient.Answer
	own   *emojis // the server's own emoji; nil while they weren't asked for
	lacks bool    // something names one of them
}

// question is the JSON of a request.
type question map[string]any

// ask puts a question to an endpoint and decodes the answer into what into points to.
func (s *Source) ask(ctx context.Context, endpoint string, q question, into any) (*answer, error) {
	a, err := s.Client.Post(ctx, "/api/"+endpoint, q, into)
	return &answer{Source: s, Answer: a, own: s.own.Load()}, err
}

// refuse is the error of a question that isn't put.
func (s *Source) refuse(endpoint string, cause error) *feeds.Error {
	return s.NotAsked("POST /api/"+endpoint, cause)
}

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
