package state

import (
	"context"
	"time"
)

// homeEvery is how often all sources are asked quietly while the feed is open.
const homeEvery = 5 * time.Minute

// Refresh implements Model.
func (m *HomeModel) Refresh(ctx context.Context, quiet bool) {
	if m.behind {
		m.take(ctx)
	}
	if m.Feed == nil || m.Feed.Snapshot.Busy {
		return
	}
	now := m.app.clock.Now()
	if quiet && now.Sub(m.asked) < homeEvery {
		return
	}
	m.asked = now
	m.stop() // what waits to be asked again is asked now
	asking, stop := context.WithCancel(ctx)
	m.stop = stop
	f := m.Feed.feed
	go func() {
		if quiet {
			_ = f.Poll(asking) // the next one comes soon enough
			return
		}
		_ = f.Refresh(asking, m.app.browser.AtTop) // the snapshot says it
	}()
}
