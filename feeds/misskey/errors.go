package misskey

import (
	"fmt"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// explain gives an error the kind that its code means: most come with status 400, whatever they mean.
func explain(e *feeds.Error, p apiclient.Problem) {
	if kind := kindOf(p.Code, p.Path); kind != "" {
		e.Kind = kind
	}
	if p.Code == "USER_SUSPENDED" {
		e.Err = fmt.Errorf("%s: %w", p.Code, feeds.ErrSuspended)
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
	case "USER_SUSPENDED", "YOUR_ACCOUNT_SUSPENDED", "FORBIDDEN", "ACCESS_DENIED", "PERMISSION_DENIED", "ROLE_PERMISSION_DENIED":
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
	case "/api/notes/show", "/api/notes/children", "/api/notes/conversation", "/api/users/show", "/api/users/notes", "/api/users/following":
		return true
	}
	return false
}
