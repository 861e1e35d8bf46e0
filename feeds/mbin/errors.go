package mbin

import (
	"bytes"
	"cmp"
	"errors"
	"strconv"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

var (
	errHidden   = errors.New("not for everybody") // what is left out of lists, which is no failure
	errGone     = errors.New("deleted by its author or removed by a moderator")
	errNoID     = errors.New("something without an id")
	errNoTime   = errors.New("something without a time")
	errNoAuthor = errors.New("something without an author")
	errNoName   = errors.New("an account without a name")
	errNoList   = errors.New("no list where one is expected")
	errNoSuchID = errors.New("no such id")
)

// failed returns the error that an answer is, nil for one whose body is worth decoding.
func (s *Source) failed(path string, resp *feeds.Response) error {
	body := bytes.TrimSpace(resp.Body)
	if err := feeds.StatusError(resp); err != nil {
		e := *feeds.AsError(err)
		e.Host, e.Op = s.host, "GET "+path
		if message := errorMessage(body); message != "" {
			e.Err = errors.New(message)
		}
		if e.Kind == feeds.RateLimited {
			// Seconds since 1970. Browsers don't see it: Mbin shows other origins no header but Link.
			if at, err := strconv.ParseInt(resp.Header["x-ratelimit-retry-after"], 10, 64); err == nil && at > 1e9 && at < 1e11 {
				e.RetryAt = time.Unix(at, 0).UTC()
			}
		}
		return &e
	}
	switch {
	case len(body) == 0:
		return s.failure(feeds.BadData, path, resp.Status, errors.New("an empty answer"))
	case body[0] == '<':
		return s.failure(feeds.BadData, path, resp.Status, errors.New("a web page"))
	case body[0] != '{' && body[0] != '[':
		return s.failure(feeds.BadData, path, resp.Status, errors.New("neither an object nor a list"))
	}
	return nil
}

func (s *Source) failure(kind feeds.Kind, path string, status int, cause error) *feeds.Error {
	return &feeds.Error{Kind: kind, Host: s.host, Op: "GET " + path, Status: status, Err: cause}
}

// badData is the error of an answer that was JSON and made no sense, or that says itself why it isn't for guests.
func (a *answer) badData(cause error) *feeds.Error {
	kind := feeds.BadData
	switch {
	case errors.Is(cause, errHidden):
		kind = feeds.NeedsLogin
	case errors.Is(cause, errGone):
		kind = feeds.Gone
	}
	return a.failure(kind, a.path, a.status, cause)
}

// maxMessage is the longest body that is looked into for a message.
const maxMessage = 4 << 10

func errorMessage(body []byte) string {
	var p problem
	if len(body) > maxMessage || wire.Decode(body, &p) != nil {
		return ""
	}
	return cmp.Or(p.Detail, p.Title)
}
