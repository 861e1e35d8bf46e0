package mastodon

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	*apiclient.Client
	quirks Quirks

	live openSide // of the federated timeline
	tags openSide // of hashtags

	owners owners
}

var (
	_ feeds.Source     = (*Source)(nil)
	_ feeds.Profiles   = (*Source)(nil)
	_ feeds.Threads    = (*Source)(nil)
	_ feeds.Directory  = (*Source)(nil)
	_ feeds.TagHistory = (*Source)(nil)
	_ feeds.Following  = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{Client: apiclient.New(f, clock, host, explain), quirks: q}
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

// nextID returns the max_id of the link with rel "next" in a Link header. Only that is taken from it: on some routes the link
// has lost the other parameters. Source: https://docs.joinmastodon.org/api/guidelines/#pagination and RFC 8288.
func nextID(header string) string {
	for {
		_, rest, ok := strings.Cut(header, "<")
		if !ok {
			return ""
		}
		target, rest, ok := strings.Cut(rest, ">")
		if !ok {
			return ""
		}
		params, _, _ := strings.Cut(rest, "<")
		header = rest[len(params):]
		if !hasRelNext(params) {
			continue
		}
		u, err := url.Parse(target)
		if err != nil {
			return ""
		}
		return u.Query().Get("max_id")
	}
}

func hasRelNext(params string) bool {
	for param := range strings.FieldsFuncSeq(params, func(r rune) bool { return r == ';' || r == ',' }) {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if strings.EqualFold(strings.TrimSpace(name), "rel") && strings.Contains(" "+strings.Trim(value, `" `)+" ", " next ") {
			return true
		}
	}
	return false
}

const (
	firstLimit = 20 // posts of a newest page: the default of most servers, and as much as a first screen needs
	olderLimit = 40 // of the pages below; Mastodon gives no more
)

// listQuery is the query of a page of a list that goes on by ids.
func listQuery(c feeds.Cursor) url.Values {
	if c == "" {
		return url.Values{"limit": {strconv.Itoa(firstLimit)}}
	}
	return url.Values{"limit": {strconv.Itoa(olderLimit)}, "max_id": {string(c)}}
}

// older is where a list goes on below the page asked with c. last is the id at the page's end, "" for an empty page. A page may
// be short, or even empty, and the list go on: what was filtered out counts. A server that doesn't move on is at its end.
func (a *answer) older(c feeds.Cursor, last apiclient.Text) feeds.Cursor {
	next := feeds.Cursor(last)
	if next == "" {
		next = feeds.Cursor(nextID(a.Header["link"]))
	}
	if next == c {
		return ""
	}
	return next
}
