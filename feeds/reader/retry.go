package reader

import (
	"context"
	"time"

	"vitrine/feeds"
)

// retry asks again when a server that refused for a while may be asked, once for each time that it named. It is guarded by its
// owner's lock.
type retry struct{ at time.Time }

// after has again run when err says that it may, unless ctx is over by then.
func (r *retry) after(ctx context.Context, clock feeds.Clock, err *feeds.Error, again func()) {
	if err.RetryAt.IsZero() || err.RetryAt.Equal(r.at) {
		return
	}
	r.at = err.RetryAt
	wait := clock.After(r.at.Sub(clock.Now()) + time.Second)
	go func() {
		select {
		case <-wait:
			again()
		case <-ctx.Done():
		}
	}()
}
