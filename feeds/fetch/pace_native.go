//go:build !js

package fetch

import (
	"time"

	"vitrine/feeds"
)

// SharedPace returns a pace of its own: natively there are no other tabs.
func SharedPace(clock feeds.Clock, maxWait time.Duration) Pace { return newLimiter(clock, maxWait) }
