package mbin

import (
	"strconv"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// explain reads when to ask again: in seconds since 1970, in a header of its own. Browsers don't see it, as Mbin shows other origins
// no header but Link.
func explain(e *feeds.Error, p apiclient.Problem) {
	if e.Kind != feeds.RateLimited {
		return
	}
	if at, err := strconv.ParseInt(p.Header["x-ratelimit-retry-after"], 10, 64); err == nil && at > 1e9 && at < 1e11 {
		e.RetryAt = time.Unix(at, 0).UTC()
	}
}
