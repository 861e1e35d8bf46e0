package lemmy

import (
	"fmt"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// explain gives an error the kind that its code means: Lemmy sends nearly all of them with status 400.
func explain(e *feeds.Error, p apiclient.Problem) {
	if kind := kindOf(p.Message); kind != "" {
		e.Kind = kind
	}
	if code := strings.ToLower(p.Message); e.Kind == feeds.Gone && strings.HasSuffix(code, "removed") {
		e.Err = fmt.Errorf("%s: %w", code, feeds.ErrRemoved)
	}
	if e.Kind == feeds.Unsupported {
		e.Detail = "PieFed"
	}
}

// kindOf is what an error's code means, "" for one whose status says enough.
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
