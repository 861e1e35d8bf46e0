package feeds

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vitrine/feeds/address"
)

// Kind is why something failed, in the terms a reader can act on. app/words turns it into sentences, and nothing else does.
type Kind string

// The kinds, as they stand in [data-kind] on a page.
const (
	Offline     Kind = "Offline"     // this device has no network
	Unreachable Kind = "Unreachable" // network, CORS or a bot wall: a browser can't tell which
	NeedsLogin  Kind = "NeedsLogin"  // shown to members of the server only (401; 422 on a timeline)
	RateLimited Kind = "RateLimited" // asked too often (429); Error.RetryAt says when to go on
	Refused     Kind = "Refused"     // the server or the author says no (403)
	ServerError Kind = "ServerError" // 5xx
	Gone        Kind = "Gone"        // was there and was deleted (410)
	NotFound    Kind = "NotFound"    // 404
	BadData     Kind = "BadData"     // a web page, cut-off or impossible JSON where JSON was expected
	TooLarge    Kind = "TooLarge"    // the answer is over the cap
	Timeout     Kind = "Timeout"     // no answer in time
	Unsupported Kind = "Unsupported" // the software is known and can't be read; Error.Detail names it
	Storage     Kind = "Storage"     // the browser's store is full, closed or missing
	Internal    Kind = "Internal"    // our own mistake
)

// ErrRemoved is the cause why a post is gone that the moderators of a server, and not its author, took away.
var ErrRemoved = errors.New("removed by the moderators")

// ErrSuspended is the cause of a refusal by the moderators of a server, who suspended or removed what was asked for.
var ErrSuspended = errors.New("suspended by the moderators")

// ErrNoFeed is the cause where a server answered and what it sent is no web feed that can be read.
var ErrNoFeed = errors.New("no web feed")

// Error says what failed, where, and what can be done about it. Adapters and fetchers return it and never log.
type Error struct {
	Kind    Kind
	Host    string    // the server concerned, with its port; "" for local failures
	Op      string    // what was tried, as "GET /api/v1/timelines/public" or "store posts"; for logs, not for readers
	Status  int       // HTTP status, 0 without one
	RetryAt time.Time // when to ask again; zero where nobody said
	Detail  string    // the software's name for Unsupported, else ""
	Err     error     // cause, may be nil
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind))
	if e.Host != "" {
		b.WriteString(" " + address.ShowHost(e.Host))
	}
	if e.Op != "" {
		b.WriteString(" (" + e.Op + ")")
	}
	if e.Status != 0 {
		fmt.Fprintf(&b, ": status %d", e.Status)
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first *Error in err's chain, "" for nil, Timeout for an exceeded deadline, and Internal for
// anything else.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return Internal
}

// AsError returns the first *Error in err's chain, or a new one of KindOf(err) that wraps it. It returns nil for nil.
func AsError(err error) *Error {
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	}
	return &Error{Kind: KindOf(err), Err: err}
}
