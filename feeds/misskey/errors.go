package misskey

import (
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

var (
	errHidden    = errors.New("not for everybody") // a note that is dropped, which is no failure
	errDeleted   = errors.New("deleted")           // the same
	errNoID      = errors.New("a note without an id")
	errNoTime    = errors.New("a note without a time")
	errNoAuthor  = errors.New("a note without a user")
	errNoName    = errors.New("a user without a name")
	errNoList    = errors.New("no list where one is expected")
	errNoSuchID  = errors.New("no such id")
	errClosed    = errors.New("closed to guests, as the server says")
	errForSignIn = errors.New("for members only, as the author wishes")
)

// maxProblem is the longest body that is looked into for an error's code.
const maxProblem = 16 << 10

// explain reads the code that Misskey gives its errors: most come with status 400, whatever they mean.
func explain(e *feeds.Error, path string, body []byte) {
	var p problem
	if len(body) > maxProblem || wire.Decode(body, &p) != nil {
		return
	}
	if p.Error.Value != nil {
		p = *p.Error.Value
	}
	if p.Code == "" {
		return
	}
	e.Err = errors.New(strings.TrimSpace(p.Code + " " + p.Message))
	if kind := kindOf(p.Code, path); kind != "" {
		e.Kind = kind
	}
}

// kindOf is what a code means; "" when the answer's status says enough.
func kindOf(code, path string) feeds.Kind {
	switch code {
	case "NO_SUCH_NOTE", "NO_SUCH_USER", "NO_SUCH_CHANNEL", "USER_NOT_FOUND", "FAILED_TO_RESOLVE_REMOTE_USER":
		return feeds.NotFound
	case "SIGNIN_REQUIRED", "CREDENTIAL_REQUIRED", "AUTHENTICATION_FAILED",
		"CONTENT_RESTRICTED_BY_USER", "CONTENT_RESTRICTED_BY_SERVER", "LTL_DISABLED", "GTL_DISABLED", "UNAVAILABLE":
		return feeds.NeedsLogin
	case "USER_SUSPENDED", "YOUR_ACCOUNT_SUSPENDED", "ACCESS_DENIED", "PERMISSION_DENIED", "ROLE_PERMISSION_DENIED":
		return feeds.Refused
	case "RATE_LIMIT_EXCEEDED":
		return feeds.RateLimited
	case "INTERNAL_ERROR":
		return feeds.ServerError
	case "UNKNOWN_API_ENDPOINT":
		return feeds.Unsupported
	case "INVALID_PARAM":
		if namesOne(path) {
			return feeds.NotFound // what was given as its id or name can't be one
		}
		return feeds.BadData
	}
	return ""
}

// namesOne reports that an endpoint is asked for something by its id or name.
func namesOne(path string) bool {
	switch path {
	case "/api/notes/show", "/api/notes/children", "/api/notes/conversation", "/api/users/show", "/api/users/notes":
		return true
	}
	return false
}
