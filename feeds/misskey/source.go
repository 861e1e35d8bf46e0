package misskey

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

// Quirks are how a software differs from Misskey where its answers don't show it. The zero value is Misskey.
type Quirks struct {
	Software string             // the name that NodeInfo gave; "" for misskey
	Lacks    feeds.Capabilities // views that the software never fills for guests
}

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	server wire.Server
	quirks Quirks
	known  atomic.Pointer[feeds.Instance] // what Describe told; nil before

	emojiOnce sync.Mutex
	emojiList map[string]string // the server's own; nil before it was asked for
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
	return &Source{server: wire.Server{Fetcher: f, Clock: clock, Host: host, Explain: explain}, quirks: q}
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
	own     map[string]string        // the server's own emoji, where this answer has any
}

// post asks an endpoint.
func (s *Source) post(ctx context.Context, endpoint string, body map[string]any, into any) (*answer, error) {
	a, err := s.server.Post(ctx, "/api/"+endpoint, body, into)
	if err != nil {
		return nil, err
	}
	return &answer{Source: s, Answer: a, authors: map[string]*feeds.Author{}}, nil
}

// explain reads the code that Misskey gives its errors, most of which come with status 400.
func explain(e *feeds.Error, _ string, body []byte) {
	var p problem
	if len(body) > 16<<10 || wire.Decode(body, &p) != nil {
		return
	}
	if p.Error.Value != nil {
		p = *p.Error.Value
	}
	if p.Code == "" {
		return
	}
	e.Err = errors.New(p.Code + " " + p.Message)
	switch p.Code {
	case "NO_SUCH_NOTE", "NO_SUCH_USER", "NO_SUCH_CHANNEL", "USER_NOT_FOUND":
		e.Kind = feeds.NotFound
	case "SIGNIN_REQUIRED", "CREDENTIAL_REQUIRED", "LTL_DISABLED", "GTL_DISABLED", "UNAVAILABLE", "AUTHENTICATION_FAILED":
		e.Kind = feeds.NeedsLogin
	case "USER_SUSPENDED", "YOUR_ACCOUNT_SUSPENDED", "ACCESS_DENIED", "PERMISSION_DENIED", "ROLE_PERMISSION_DENIED":
		e.Kind = feeds.Refused
	case "RATE_LIMIT_EXCEEDED":
		e.Kind = feeds.RateLimited
	case "INTERNAL_ERROR":
		e.Kind = feeds.ServerError
	case "UNKNOWN_API_ENDPOINT":
		e.Kind = feeds.NotFound
	case "INVALID_PARAM":
		e.Kind = feeds.NotFound // an id that can't be one
	}
	if e.Kind == feeds.RateLimited && e.RetryAt.IsZero() {
		e.Status = cmp.Or(e.Status, 429)
	}
}

// loadEmoji asks once for the server's own emoji, where something in wire may need them. Without the list shortcodes stay text.
func (a *answer) loadEmoji(ctx context.Context, needed bool) {
	if !needed {
		return
	}
	a.emojiOnce.Lock()
	defer a.emojiOnce.Unlock()
	if a.emojiList == nil {
		var list struct {
			Emojis emojis `json:"emojis"`
		}
		if _, err := a.server.Get(ctx, "/api/emojis", nil, &list); err != nil && ctx.Err() != nil {
			return
		}
		if a.emojiList = list.Emojis; a.emojiList == nil {
			a.emojiList = map[string]string{} // asked, and none
		}
	}
	a.own = a.emojiList
}

// emojiIn are the emoji that texts name and that are known, from what came with them and from the server's own. A text without a
// colon has none.
func (a *answer) emojiIn(local bool, lists []emojis, texts ...string) []content.CustomEmoji {
	var out []content.CustomEmoji
	seen := map[string]bool{}
	for _, text := range texts {
		for name := range shortcodes(text) {
			if seen[name] {
				continue
			}
			seen[name] = true
			address := ""
			for _, l := range lists {
				address = cmp.Or(address, l[name], l[name+"@."])
			}
			if address == "" && local {
				address = a.own[name]
			}
			if link := a.server.Link(address); link != "" {
				out = append(out, content.CustomEmoji{Shortcode: name, URL: link})
			}
		}
	}
	return out
}

// shortcodes are the names between two colons in a text.
func shortcodes(text string) map[string]bool {
	names := map[string]bool{}
	for {
		_, rest, ok := strings.Cut(text, ":")
		if !ok {
			return names
		}
		end := strings.IndexFunc(rest, func(r rune) bool {
			return r != '_' && r != '-' && r != '+' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
		})
		if end > 0 && rest[end] == ':' {
			names[rest[:end]] = true
		}
		text = rest
	}
}
