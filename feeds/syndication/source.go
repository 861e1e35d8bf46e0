package syndication

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/charset"
	"vitrine/feeds/content"
)

// Source reads feeds of any host. It is safe for use by many goroutines.
type Source struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
}

var _ feeds.Syndicated = (*Source)(nil)

// New makes a source that reads through f.
func New(f feeds.Fetcher, clock feeds.Clock) *Source { return &Source{fetcher: f, clock: clock} }

// accepted asks for a feed where a server has one at the address of a page. It has no "*/*", which Rails takes for a browser that
// wants the page. Browsers send at most 128 bytes of it without asking the server first.
// Source: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
const accepted = "application/atom+xml, application/rss+xml, application/feed+json, application/xml, text/xml, text/html;q=0.5"

// Feed implements feeds.Syndicated. An address that leads to a web page opens the feed that the page names. Cursors are the
// addresses of further pages, which have to be at the feed's host.
func (s *Source) Feed(ctx context.Context, feedURL string, c feeds.Cursor) (*feeds.Author, *feeds.Page, error) {
	target, err := s.target(feedURL)
	if err != nil {
		return nil, nil, err
	}
	if c != "" {
		older, err := s.target(string(c))
		if err != nil {
			return nil, nil, err
		}
		if apiclient.HostOf(older) != apiclient.HostOf(target) {
			return nil, nil, apiclient.FailureAt(feeds.NotFound, older, errors.New("a page at another host than its feed"))
		}
		target = older
	}
	resp, err := s.get(ctx, target)
	if err != nil {
		return nil, nil, err
	}
	author, page, err := s.read(resp, target)
	if !errors.Is(err, errWebPage) || c != "" {
		return author, page, err
	}
	named := pick(Discover(resp.Body, pageURL(resp, target)))
	if named == "" {
		return nil, nil, err
	}
	if target, err = s.target(named); err != nil {
		return nil, nil, err
	}
	if resp, err = s.get(ctx, target); err != nil {
		return nil, nil, err
	}
	return s.read(resp, target)
}

// target is the address that is asked for: over TLS, unless the host is this machine.
func (s *Source) target(raw string) (string, error) {
	checked := resolved(raw, "")
	if checked == "" {
		return "", apiclient.FailureAt(feeds.NotFound, "", errors.New("no address of a feed"))
	}
	u, err := url.Parse(checked)
	if err != nil {
		return "", apiclient.FailureAt(feeds.NotFound, "", err)
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Scheme == "http" && !address.IsLoopback(u.Host) {
		u.Scheme = "https"
	}
	return u.String(), nil
}

// get asks for target. It is the only place that asks. Every error but a cancelled context's is an *feeds.Error that names the
// host and the path.
func (s *Source) get(ctx context.Context, target string) (*feeds.Response, error) {
	return apiclient.Fetch(ctx, s.fetcher, s.clock, feeds.Request{URL: target, Accept: accepted})
}

func (s *Source) read(resp *feeds.Response, target string) (*feeds.Author, *feeds.Page, error) {
	author, page, err := read(resp.Body, resp.Header["content-type"], pageURL(resp, target), resp.At, resp.Charsets)
	if err != nil {
		e := *feeds.AsError(err)
		e.Status = resp.Status
		return nil, nil, &e
	}
	return author, page, nil
}

// pageURL is where an answer came from.
func pageURL(resp *feeds.Response, target string) string {
	if final := resolved(resp.URL, ""); final != "" {
		return final
	}
	return target
}

// Read makes an author and a page of a feed's body that came from feedURL at the given time. It asks nobody. The error is an
// *feeds.Error: Unsupported for a web page that names no feed, BadData for what else is none, was cut off or is in a charset that can't be decoded. Both
// are feeds.ErrNoFeed.
func Read(body []byte, contentType, feedURL string, at time.Time) (*feeds.Author, *feeds.Page, error) {
	return read(body, contentType, feedURL, at, nil)
}

func read(body []byte, contentType, feedURL string, at time.Time, charsets feeds.Charsets) (*feeds.Author, *feeds.Page, error) {
	checked, ok := content.SafeMedia(feedURL, "")
	if !ok {
		return nil, nil, apiclient.FailureAt(feeds.NotFound, "", errors.New("no address of a feed"))
	}
	c, err := readBody(body, contentType, checked, charsets)
	if err != nil {
		kind := feeds.BadData
		if errors.Is(err, errWebPage) {
			kind = feeds.Unsupported
		}
		return nil, nil, apiclient.FailureAt(kind, checked, noFeed{err})
	}
	author, page, err := adapt(c, checked, at.UTC())
	if err != nil {
		return nil, nil, apiclient.FailureAt(feeds.BadData, checked, noFeed{err})
	}
	return author, page, nil
}

// noFeed is why an answer is no feed that can be read.
type noFeed struct{ error }

func (e noFeed) Unwrap() error      { return e.error }
func (noFeed) Is(target error) bool { return target == feeds.ErrNoFeed }

func readBody(body []byte, contentType, feedURL string, charsets feeds.Charsets) (*channel, error) {
	src, err := charset.Decode(body, contentType, charsets)
	if err != nil {
		return nil, err
	}
	if src = strings.TrimSpace(src); src == "" {
		return nil, errEmpty
	}
	if src[0] == '{' || src[0] == '[' {
		return readJSON([]byte(src), feedURL)
	}
	if strings.Contains(src, "\r") {
		src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")
	}
	root, err := parseTree(src, feedURL)
	if err != nil {
		return nil, err
	}
	if root.name == "rss" && !slices.ContainsFunc(root.children, func(e *element) bool { return e.name == "channel" || isItem(e.name) }) {
		return nil, errOther
	}
	return readXML(root, feedURL), nil
}
