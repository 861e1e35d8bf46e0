package peertube

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// explain recognises ids and names that can't be any, which the server calls bad requests.
func explain(e *feeds.Error, p apiclient.Problem) {
	if e.Status == 400 && namesOne(p.Path) {
		e.Kind = feeds.NotFound
	}
}

// namesOne reports that path asks for something by its id or name.
func namesOne(path string) bool {
	for _, list := range [...]string{"/api/v1/videos/", "/api/v1/accounts/", "/api/v1/video-channels/", "/api/v1/video-playlists/"} {
		if strings.HasPrefix(path, list) {
			return true
		}
	}
	return false
}
