package peertube

import (
	"bytes"
	"cmp"
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

var (
	errHidden   = errors.New("not for everybody") // what is left out, which is no failure
	errLocked   = errors.New("it has a password")
	errBlocked  = errors.New("blocked by the server's moderators")
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
		if e.Status == 400 && namesOne(path) { // the id can't be one, or the name
			e.Kind = feeds.NotFound
		}
		return &e
	}
	switch {
	case len(body) == 0:
		return s.failure(feeds.BadData, path, resp.Status, errors.New("an empty answer"))
	case body[0] == '<': // the frontend's page, which answers to any path that the server doesn't know
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
	case errors.Is(cause, errLocked), errors.Is(cause, errBlocked):
		kind = feeds.Refused
	}
	return a.failure(kind, a.path, a.status, cause)
}

// namesOne reports that path asks for something by its id or name.
func namesOne(path string) bool {
	for _, list := range [...]string{"/api/v1/videos/", "/api/v1/accounts/", "/api/v1/video-channels/"} {
		if strings.HasPrefix(path, list) {
			return true
		}
	}
	return false
}

// maxMessage is the longest body that is looked into for a message.
const maxMessage = 16 << 10

func errorMessage(body []byte) string {
	var p problem
	if len(body) > maxMessage || wire.Decode(body, &p) != nil {
		return ""
	}
	return strings.TrimSpace(strings.Join([]string{p.Code, cmp.Or(p.Detail, p.Error, p.Title)}, " "))
}
