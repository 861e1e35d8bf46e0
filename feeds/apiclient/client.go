package apiclient

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
	"vitrine/feeds/jsontext"
)

// Client asks one host. It is safe for use by many goroutines.
type Client struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
	host    string
	explain func(*feeds.Error, Problem)

	instance atomic.Pointer[feeds.Instance] // what the server said of itself; nil before
}

// New makes a client of host (with its port). explain makes an error's kind, and what else goes with it, more precise by what the
// API says; nil where the status says enough.
func New(f feeds.Fetcher, clock feeds.Clock, host string, explain func(*feeds.Error, Problem)) *Client {
	return &Client{fetcher: f, clock: clock, host: host, explain: explain}
}

// Host is the API host, with its port.
func (c *Client) Host() string { return c.host }

// Origin is the host's "https://host", without a slash at the end.
func (c *Client) Origin() string { return address.Origin(c.host) }

// Get asks for path with q and decodes the answer into what into points to: a List, or a struct. Parameters go in the order of
// their names, since equal questions with equal URLs are cached by servers and browsers. Every error but a cancelled context's is
// an *feeds.Error that names the host and the path.
func (c *Client) Get(ctx context.Context, path string, q url.Values, into any) (*Answer, error) {
	r := feeds.Request{URL: c.Origin() + path}
	if len(q) > 0 {
		r.URL += "?" + q.Encode()
	}
	return c.ask(ctx, "GET "+path, path, r, into)
}

// Post asks with a body of JSON, whose keys are sorted: equal questions are equal requests. Its errors are Get's.
func (c *Client) Post(ctx context.Context, path string, body map[string]any, into any) (*Answer, error) {
	if body == nil {
		body = map[string]any{}
	}
	op := "POST " + path
	data, err := jsontext.Marshal(body)
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Internal, Host: c.host, Op: op, Err: err}
	}
	return c.ask(ctx, op, path, feeds.Request{URL: c.Origin() + path, Body: string(data)}, into)
}

func (c *Client) ask(ctx context.Context, op, path string, r feeds.Request, into any) (*Answer, error) {
	if !isPlain(path) {
		return nil, c.NotAsked(op, ErrNoSuchID)
	}
	resp, err := c.fetcher.Fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	at := resp.At // others may read the same answer: it isn't changed
	if at.IsZero() {
		at = c.clock.Now()
	}
	a := &Answer{host: c.host, op: op, Path: path, Status: resp.Status, At: at.UTC(), Header: resp.Header}
	body := trimmed(resp.Body)
	if e := c.errorOf(a, resp, body); e != nil {
		return nil, e
	}
	if resp.Status == 204 {
		return a, nil
	}
	if err := decodeAnswer(body, into); err != nil {
		return nil, a.Failure(err)
	}
	return a, nil
}

// errorOf is the error that an answer is, by its status or because its body says so; nil for one whose body is worth decoding.
func (c *Client) errorOf(a *Answer, resp *feeds.Response, body []byte) *feeds.Error {
	status := feeds.StatusError(resp)
	if status == nil && !bytes.Contains(body, []byte(`"error"`)) {
		return nil
	}
	p, says := problemIn(body)
	e := &feeds.Error{Kind: feeds.BadData, Status: resp.Status}
	if status != nil {
		*e = *feeds.AsError(status)
	} else if !says {
		return nil
	}
	e.Host, e.Op = a.host, a.op
	if text := strings.TrimSpace(p.Code + " " + p.Message); text != "" {
		e.Err = errors.New(text)
	}
	if c.explain != nil {
		p.Path, p.Header = a.Path, resp.Header
		c.explain(e, p)
	}
	if e.Kind == feeds.RateLimited && e.RetryAt.IsZero() {
		e.RetryAt = feeds.RetryAt(resp)
	}
	return e
}

// NotAsked is the error of a question that isn't put, as "GET /path", since its answer is known: its kind is KindOf(cause).
func (c *Client) NotAsked(op string, cause error) *feeds.Error {
	return &feeds.Error{Kind: KindOf(cause), Host: c.host, Op: op, Err: cause}
}

// Link returns a checked http or https URL, "" for anything else. Relative ones are the server's.
func (c *Client) Link(raw string) string {
	if strings.TrimSpace(raw) == "" {
		return ""
	}
	checked, ok := content.SafeMedia(raw, c.Origin()+"/")
	if !ok {
		return ""
	}
	return checked
}

// Instance is what was last given to Remember; nil before.
func (c *Client) Instance() *feeds.Instance { return c.instance.Load() }

// Remember keeps what the server said of itself.
func (c *Client) Remember(i *feeds.Instance) { c.instance.Store(i) }

// Domain is the host part of the handles of the server's own members. It is Host until the server has named another: an answer
// that names a local account doesn't say it.
func (c *Client) Domain() string {
	if i := c.Instance(); i != nil && i.Domain != "" {
		return i.Domain
	}
	return c.host
}

// Access is what the server said of what guests may see; nothing before it was asked.
func (c *Client) Access() feeds.Access {
	if i := c.Instance(); i != nil {
		return i.Access
	}
	return feeds.Access{}
}

// IsHere reports that a handle with the domain, in lower case, is one of the server's own members, whom it knows by their bare
// names.
func (c *Client) IsHere(domain string) bool {
	return domain == "" || domain == c.host || domain == c.Domain()
}

// DomainOf is the host part of members' handles as a server writes it: some write a URL, and one without a port means this host.
func (c *Client) DomainOf(written string) string {
	domain := strings.ToLower(strings.TrimSpace(written))
	if _, rest, ok := strings.Cut(domain, "://"); ok {
		domain, _, _ = strings.Cut(rest, "/")
	}
	name, _, hasPort := strings.Cut(c.host, ":")
	if domain == "" || strings.ContainsAny(domain, "/@ ") || hasPort && domain == name {
		return c.host
	}
	return domain
}

// Fetch asks for any URL, for formats that aren't a JSON API's. Every error but a cancelled context's is an *feeds.Error that names
// the host and the path; an answer has its URL and the time when it came.
func Fetch(ctx context.Context, f feeds.Fetcher, clock feeds.Clock, r feeds.Request) (*feeds.Response, error) {
	shared, err := f.Fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	own := *shared // others may read the same answer
	resp := &own
	if resp.At.IsZero() {
		resp.At = clock.Now()
	}
	resp.At = resp.At.UTC()
	if resp.URL == "" {
		resp.URL = r.URL
	}
	if err := feeds.StatusError(resp); err != nil {
		e := *feeds.AsError(err)
		e.Host, e.Op = placeOf(r.URL)
		return nil, &e
	}
	return resp, nil
}

// FailureAt is the error of what was asked for, or would have been, at a URL.
func FailureAt(kind feeds.Kind, target string, cause error) *feeds.Error {
	e := &feeds.Error{Kind: kind, Err: cause}
	e.Host, e.Op = placeOf(target)
	return e
}

// placeOf names a URL as errors do.
func placeOf(target string) (host, op string) {
	u, err := url.Parse(target)
	if err != nil {
		return "", "GET"
	}
	return strings.ToLower(u.Host), "GET " + u.Path
}

// isPlain reports that path is the one that will be asked for: an id of "" or ".." would make another of it.
func isPlain(path string) bool {
	if !strings.HasPrefix(path, "/") {
		return false
	}
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// HostOf is the host of a URL in lower case, with its port; "" for what has none.
func HostOf(link string) string {
	host, _ := placeOf(link)
	return host
}

// trimmed is a body without white space around it and without the byte order mark that some PHP files begin with.
func trimmed(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
}
