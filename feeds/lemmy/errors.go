package lemmy

import (
	"bytes"
	"cmp"
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

var (
	errHidden   = errors.New("not for everybody") // what is left out of lists, which is no failure
	errGone     = errors.New("deleted by its author or removed by a moderator")
	errNothing  = errors.New("nothing where something is expected")
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
	message := errorMessage(body)
	kind := kindOf(message)
	if err := feeds.StatusError(resp); err != nil {
		e := *feeds.AsError(err)
		e.Host, e.Op = s.host, "GET "+path
		if message != "" {
			e.Err = errors.New(message)
		}
		return s.named(&e, cmp.Or(kind, e.Kind), resp)
	}
	switch {
	case message != "":
		return s.named(s.failure("", path, resp.Status, errors.New(message)), cmp.Or(kind, feeds.BadData), resp)
	case len(body) == 0:
		return s.failure(feeds.BadData, path, resp.Status, errors.New("an empty answer"))
	case body[0] == '<':
		return s.failure(feeds.BadData, path, resp.Status, errors.New("a web page"))
	case body[0] != '{' && body[0] != '[':
		return s.failure(feeds.BadData, path, resp.Status, errors.New("neither an object nor a list"))
	}
	return nil
}

// named gives an error its kind, and what goes with it.
func (s *Source) named(e *feeds.Error, kind feeds.Kind, resp *feeds.Response) *feeds.Error {
	e.Kind = kind
	switch {
	case kind == feeds.Unsupported:
		e.Detail = "PieFed"
	case kind == feeds.RateLimited && e.RetryAt.IsZero():
		e.RetryAt = feeds.RetryAt(resp)
	}
	return e
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

// maxMessage is the longest body that is looked into for a message. Real errors are far shorter, real answers longer.
const maxMessage = 4 << 10

// errorMessage returns the message of a body like {"error": "..."}; "" means that the body is something else.
func errorMessage(body []byte) string {
	if len(body) > maxMessage || !bytes.HasPrefix(body, []byte("{")) {
		return ""
	}
	var p problem
	if wire.Decode(body, &p) != nil {
		return ""
	}
	return cmp.Or(p.Error, p.Message)
}

// kindOf is what an error's code means, "" for one whose status says enough. Lemmy sends nearly all of them with status 400.
// Source: https://github.com/LemmyNet/lemmy/blob/main/crates/utils/src/error.rs
func kindOf(code string) feeds.Kind {
	code = strings.ToLower(code)
	switch code {
	case "":
		return ""
	case "instance_is_private", "not_logged_in":
		return feeds.NeedsLogin
	case "rate_limit_error", "too_many_requests":
		return feeds.RateLimited
	case "deleted", "removed":
		return feeds.Gone
	case "not_found", "object_not_found":
		return feeds.NotFound
	}
	switch {
	case strings.HasPrefix(code, "couldnt_find"), strings.HasSuffix(code, "_not_found"):
		return feeds.NotFound
	case strings.HasSuffix(code, "_deleted"), strings.HasSuffix(code, "_removed"):
		return feeds.Gone
	case strings.Contains(code, "api is not enabled"): // PieFed, where the API has to be switched on
		return feeds.Unsupported
	case strings.Contains(code, "no row was found"): // PieFed, in the words of its database
		return feeds.NotFound
	}
	return ""
}
