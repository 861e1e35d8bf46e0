package mastodon

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
	host    string
	origin  string // "https://host", without a slash at the end
	quirks  Quirks

	known atomic.Pointer[feeds.Instance] // what Describe told; nil before
	live  openSide                       // of the federated timeline
	tags  openSide                       // of hashtags
}

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Timelines = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Trends    = (*Source)(nil)
	_ feeds.Searcher  = (*Source)(nil)
	_ feeds.Directory = (*Source)(nil)
	_ feeds.Extras    = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string, q Quirks) *Source {
	return &Source{fetcher: f, clock: clock, host: host, origin: address.Origin(host), quirks: q}
}

// Host implements feeds.Source.
func (s *Source) Host() string { return s.host }

// domain is the host part of the handles of the server's own members. It is Host until Describe has told another: an answer
// that names a local account doesn't say it.
func (s *Source) domain() string {
	if i := s.known.Load(); i != nil && i.Domain != "" {
		return i.Domain
	}
	return s.host
}

// get asks for path with q and decodes the answer into the value that into points to. It is the only place that asks the
// server. Every error but a cancelled context's is an *feeds.Error that names the host and the path.
//
// Parameters go in the order of their names, and none that isn't needed: equal questions have equal URLs, which servers and
// browsers cache.
func (s *Source) get(ctx context.Context, path string, q url.Values, into any) (*answer, error) {
	if !isPlain(path) {
		return nil, s.failure(feeds.NotFound, path, 0, errors.New("no such id"))
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
	if err := decodeBody(resp.Body, into); err != nil {
		return nil, s.failure(feeds.BadData, path, resp.Status, err)
	}
	at := resp.At
	if at.IsZero() {
		at = s.clock.Now()
	}
	return &answer{
		Source:  s,
		path:    path,
		status:  resp.Status,
		at:      at.UTC(),
		next:    nextID(resp.Header["link"]),
		authors: map[string]*feeds.Author{},
	}, nil
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

// answer is an answer whose body was decoded. Its methods make values of the domain; those of one answer share authors.
type answer struct {
	*Source
	path    string
	status  int
	at      time.Time
	next    string                   // max_id of the Link header's next page; "" for none
	authors map[string]*feeds.Author // by id and acct
}

// decodeBody decodes a whole answer. An empty list where an object is expected is PHP's way to write an empty object.
func decodeBody(body []byte, into any) error {
	if l, ok := into.(interface{ fill(b []byte) error }); ok {
		return l.fill(body)
	}
	if body = bytes.TrimSpace(body); body[0] == '[' && len(bytes.TrimSpace(body[1:])) > 1 {
		return errors.New("a list where an object is expected")
	}
	return decode(body, into)
}

// decode fills into as far as body fits. A value of a wrong type is left out, since encoding/json goes on after it and tells
// in the end; only what isn't JSON is an error.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return nil
	}
	return err
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
func (a *answer) older(c feeds.Cursor, last ident) feeds.Cursor {
	next := feeds.Cursor(last)
	if next == "" {
		next = feeds.Cursor(a.next)
	}
	if next == c {
		return ""
	}
	return next
}
