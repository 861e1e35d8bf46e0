package doctor

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"

	"vitrine/feeds"
)

// once asks each question once: a guest and a browser are told the same answer.
type once struct {
	feeds.Fetcher
	answers sync.Map // by question: func() (*feeds.Response, error)
}

// Fetch implements feeds.Fetcher.
func (o *once) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	key := r.Accept + " " + r.URL + " " + r.Body
	answer, _ := o.answers.LoadOrStore(key, sync.OnceValues(func() (*feeds.Response, error) { return o.Fetcher.Fetch(ctx, r) }))
	return answer.(func() (*feeds.Response, error))()
}

// browser asks as the app does in a browser: of an answer that the server doesn't let pages of other sites read (CORS) nothing is told, and of
// others only those headers that pages may see.
// Source: https://fetch.spec.whatwg.org/#http-cors-protocol
type browser struct{ feeds.Fetcher }

// errClosed is why an answer isn't told. A browser says nothing more of it than that the server can't be reached.
var errClosed = errors.New("the server does not allow other websites to read it (CORS)")

// Fetch implements feeds.Fetcher.
func (b browser) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	resp, err := b.Fetcher.Fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	if !readable(resp) {
		e := &feeds.Error{Kind: feeds.Unreachable, Op: "GET " + r.URL, Err: errClosed}
		if u, perr := url.Parse(r.URL); perr == nil {
			e.Host, e.Op = u.Host, "GET "+u.Path
		}
		return nil, e
	}
	seen := *resp
	seen.Header = exposed(resp.Header)
	return &seen, nil
}

// readable reports an answer that pages of other sites may read.
func readable(r *feeds.Response) bool {
	allowed := r.Header["access-control-allow-origin"]
	return allowed == "*" || allowed == origin
}

// exposed are the headers that pages of other sites see.
// Source: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
func exposed(all map[string]string) map[string]string {
	names := map[string]bool{}
	for name := range strings.SplitSeq("cache-control,content-language,content-length,content-type,expires,last-modified,pragma,"+strings.ToLower(all["access-control-expose-headers"]), ",") {
		names[strings.TrimSpace(name)] = true
	}
	out := map[string]string{}
	for name, value := range all {
		if names[name] || names["*"] {
			out[name] = value
		}
	}
	return out
}
