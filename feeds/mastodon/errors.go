package mastodon

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// explain recognises feeds and posts that are closed to guests, whatever status comes with the words.
func explain(e *feeds.Error, p apiclient.Problem) {
	if wantsLogin(p.Message) || e.Status == 422 && isTimeline(p.Path) {
		e.Kind = feeds.NeedsLogin
	}
}

// wantsLogin recognises what servers say to a caller without a token: Mastodon with status 422, Pleroma 401 and 403, GoToSocial 401,
// Pixelfed 500.
func wantsLogin(message string) bool {
	message = strings.ToLower(message)
	for _, words := range [...]string{
		"requires an authenticated user",
		"requires authentication",
		"authorization required",
		"unauthenticated",
		"unauthorized",
		"token not supplied",
		"access token is invalid",
	} {
		if strings.Contains(message, words) {
			return true
		}
	}
	return false
}

// isTimeline reports that 422 means "closed to guests" for path (Mastodon up to 4.4, where timeline_preview is off).
func isTimeline(path string) bool { return strings.HasPrefix(path, "/api/v1/timelines/") }
