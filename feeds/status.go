package feeds

import (
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// StatusError turns an answer's status into an *Error of the kind it means, or nil for 2xx. 422 is BadData: adapters that
// know better (a timeline closed to guests) say so themselves.
func StatusError(r *Response) error {
	if r.Status >= 200 && r.Status < 300 {
		return nil
	}
	e := &Error{Status: r.Status, Kind: statusKind(r.Status)}
	if u, err := url.Parse(r.URL); err == nil {
		e.Host, e.Op = u.Host, "GET "+u.Path
	} else {
		e.Err = fmt.Errorf("answer from %q: %w", r.URL, err)
	}
	if e.Kind == RateLimited {
		e.RetryAt = RetryAt(r)
	}
	return e
}

func statusKind(status int) Kind {
	switch {
	case status == 401:
		return NeedsLogin
	case status == 403 || status == 451:
		return Refused
	case status == 404:
		return NotFound
	case status == 408:
		return Timeout
	case status == 410:
		return Gone
	case status == 413:
		return TooLarge
	case status == 429:
		return RateLimited
	case status >= 500:
		return ServerError
	}
	return BadData
}

// RetryAt reads when a server wants to be asked again: X-RateLimit-Reset (a time, https://docs.joinmastodon.org/api/rate-limits/)
// or Retry-After (seconds or an HTTP date, RFC 9110 section 10.2.3). Without either it is a minute after the answer.
func RetryAt(r *Response) time.Time {
	for _, name := range []string{"x-ratelimit-reset", "retry-after"} {
		v := r.Header[name]
		if v == "" {
			continue
		}
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return at.UTC()
		}
		if s, err := strconv.ParseFloat(v, 64); err == nil && s >= 0 {
			if s > 1e9 { // seconds since 1970, as some forks write it
				return time.Unix(int64(s), 0).UTC()
			}
			return r.At.Add(time.Duration(s * float64(time.Second)))
		}
		if at, err := time.Parse(time.RFC1123, v); err == nil {
			return at.UTC()
		}
	}
	return r.At.Add(time.Minute)
}
