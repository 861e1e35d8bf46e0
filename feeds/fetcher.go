package feeds

import (
	"context"
	"time"
)

// Clock tells the time. Tests hand in one that stands still.
type Clock interface {
	Now() time.Time
	// After delivers once d has passed. The channel is never closed.
	After(d time.Duration) <-chan time.Time
}

// Request is a GET, or a POST, without credentials.
type Request struct {
	URL    string // http only for loopback hosts, else https
	Accept string // "" means application/json
	// Body makes it a POST of this JSON, for APIs that are asked in no other way (Misskey): it reads all the same. A browser asks
	// the server first whether it may (a CORS preflight); a GET never causes that.
	Body string
}

// Response is an answer of whatever status; the whole body was read.
type Response struct {
	Status int
	URL    string            // after redirects
	Header map[string]string // names in lower case; in a browser only what CORS exposes
	Body   []byte
	At     time.Time // when it came
	// Charsets decodes a body that is not UTF-8; nil where whoever asked can't.
	Charsets Charsets
}

// Charsets decodes text. In a browser it is the browser's own, whose tables the program has no need to carry.
type Charsets interface {
	// Decode makes UTF-8 of a text in the charset that the label names; bytes that mean nothing in it become U+FFFD. A label that
	// the standard doesn't have, or has for what may not be decoded, is an error.
	// Source: https://encoding.spec.whatwg.org/#names-and-labels
	Decode(label string, text []byte) (string, error)
}

// Fetcher asks servers. It keeps one pace per host, never has the same request twice under way, gives a refusal again for a while without
// asking (but see Anew), cuts off bodies over its cap and answers within its deadline.
//
// The error is an *Error of kind Offline, Unreachable, Timeout, TooLarge or RateLimited (the host asked for a pause that is
// longer than a reader waits), or ctx's own error once that is cancelled. An answer of any status is no error here; see
// StatusError.
type Fetcher interface {
	Fetch(ctx context.Context, r Request) (*Response, error)
}

// Budget is what a host lets us ask.
type Budget struct {
	Limit     int // requests a window; 0 when unknown
	Remaining int
	Reset     time.Time
}

// ahead, anew and beside mark contexts.
type (
	ahead  struct{}
	anew   struct{}
	beside struct{}
)

// Ahead marks questions whose answers a view will want at once that isn't open yet: a Fetcher keeps them for some seconds.
func Ahead(ctx context.Context) context.Context { return context.WithValue(ctx, ahead{}, true) }

// IsAhead reports a context that Ahead made.
func IsAhead(ctx context.Context) bool { return ctx.Value(ahead{}) != nil }

// Anew marks questions that somebody wants asked again: a Fetcher gives no answer that it kept.
func Anew(ctx context.Context) context.Context { return context.WithValue(ctx, anew{}, true) }

// IsAnew reports a context that Anew made.
func IsAnew(ctx context.Context) bool { return ctx.Value(anew{}) != nil }

// Beside marks questions to servers that nobody opened, and whose answers no view waits for: a Source may find out first how its server is
// to be asked.
func Beside(ctx context.Context) context.Context { return context.WithValue(ctx, beside{}, true) }

// IsBeside reports a context that Beside made.
func IsBeside(ctx context.Context) bool { return ctx.Value(beside{}) != nil }
