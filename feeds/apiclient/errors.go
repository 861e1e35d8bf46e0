package apiclient

import (
	"bytes"
	"cmp"
	"errors"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// What keeps an element of an answer from being shown, or a question from being put. KindOf says what each means to a reader.
var (
	ErrHidden  = errors.New("not addressed to everybody")
	ErrDeleted = errors.New("deleted by its author or removed by a moderator")
	ErrLocked  = errors.New("it has a password")
	ErrBlocked = errors.New("blocked by the server's moderators")
	ErrUnshown = errors.New("not shown to anybody, as its owner wishes")

	ErrNoID     = errors.New("something without an id")
	ErrNoTime   = errors.New("something without a time")
	ErrNoAuthor = errors.New("something without an author")
	ErrNoName   = errors.New("an account without a name")
	ErrNoList   = errors.New("no list where one is expected")
	ErrNoObject = errors.New("nothing where something is expected")
	ErrWebPage  = errors.New("a web page") // what single-page frontends answer to any path that they don't know

	ErrNoSuchID   = errors.New("no such id")
	ErrNoSuchPage = errors.New("no such page of a list")
	ErrNoSuchList = errors.New("no such list")
	ErrClosed     = errors.New("closed to guests, as the server or the author says")
	ErrNotOffered = errors.New("the API has no such question")
)

// KindOf is the kind of error that a cause makes: BadData for all that only says that an answer made no sense.
func KindOf(cause error) feeds.Kind {
	switch {
	case errors.Is(cause, ErrHidden), errors.Is(cause, ErrClosed):
		return feeds.NeedsLogin
	case errors.Is(cause, ErrDeleted), errors.Is(cause, feeds.ErrRemoved):
		return feeds.Gone
	case errors.Is(cause, ErrLocked), errors.Is(cause, ErrBlocked), errors.Is(cause, ErrUnshown):
		return feeds.Refused
	case errors.Is(cause, ErrNoSuchID), errors.Is(cause, ErrNoSuchPage), errors.Is(cause, ErrNoSuchList):
		return feeds.NotFound
	case errors.Is(cause, ErrNotOffered):
		return feeds.Unsupported
	}
	return feeds.BadData
}

// IsLeftOut reports a cause for which an element is left out of a list, which is no failure: it isn't for everybody, or no more.
func IsLeftOut(cause error) bool {
	switch KindOf(cause) {
	case feeds.NeedsLogin, feeds.Gone, feeds.Refused:
		return true
	}
	return false
}

// Problem is what an API says in place of an answer.
type Problem struct {
	Path    string            // what was asked for, without a query
	Code    string            // the API's name for the error, as Misskey's "NO_SUCH_NOTE"; "" for none
	Message string            // in words, or Lemmy's code; "" for none
	Header  map[string]string // of the answer; names in lower case
}

// problemBody are the forms of an error's body: RFC 9457 with PeerTube's code, Mastodon's error with its description, Lemmy's error
// with a message, and Misskey's code with a message, mostly inside error.
type problemBody struct {
	Error       problemError `json:"error"`
	Description string       `json:"error_description"`
	Code        string       `json:"code"`
	Message     string       `json:"message"`
	Detail      string       `json:"detail"`
	Title       string       `json:"title"`
}

type problemError struct {
	text   string
	object *problemBody
}

// ReadJSON takes whatever stands there.
func (p *problemError) ReadJSON(r *jsontext.Reader) bool {
	if r.Peek() == '"' {
		p.text, _ = r.Text()
		return true
	}
	var o Object[problemBody]
	o.ReadJSON(r)
	p.object = o.Value
	return true
}

// maxProblem is the longest body, in bytes, that is looked into for a problem. Real ones are far shorter, real answers mostly longer.
const maxProblem = 16 << 10

// problemIn reads the body of an error. says is true for a body that is one whatever its status: some softwares send
// {"error": "..."} with status 200.
func problemIn(body []byte) (p Problem, says bool) {
	var w problemBody
	if len(body) > maxProblem || !bytes.HasPrefix(body, []byte("{")) || Decode(body, &w) != nil {
		return Problem{}, false
	}
	says = w.Error.text != ""
	if inner := w.Error.object; inner != nil {
		w = *inner
		says = w.Code != "" || w.Message != ""
	}
	p = Problem{Code: w.Code, Message: cmp.Or(w.Detail, w.Error.text, w.Message, w.Title)}
	if w.Error.text != "" && w.Description != "" {
		p.Message = w.Error.text + ": " + w.Description
	}
	return p, says
}
