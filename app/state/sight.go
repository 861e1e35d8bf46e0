package state

import (
	"context"
	"sync"
	"time"

	"vitrine/feeds"
)

// sight is whether a page of the site is seen, in whichever tab. Each page that is holds or waits for a lock, so that it is free when there is
// none, however their tabs have ended.
type sight struct {
	tabs  feeds.Tabs
	clock feeds.Clock
	name  string
	hide  context.CancelFunc // gives up the lock of this page; nil while it isn't seen
	look  sync.Mutex         // who tries the lock holds it for a moment: one at a time does
}

// lookEvery is how often is looked whether a page is seen again.
const lookEvery = time.Second

func newSight(d Deps) *sight {
	return &sight{tabs: d.Tabs, clock: d.Clock, name: "vitrine:" + d.Config.Base + ":seen"}
}

// show notes whether this page is seen.
func (s *sight) show(run background, seen bool) {
	switch {
	case s.tabs == nil || seen == (s.hide != nil):
	case !seen:
		s.hide()
		s.hide = nil
	default:
		hidden := make(chan struct{})
		s.hide = func() { close(hidden) }
		run(func(ctx context.Context) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			go func() {
				defer cancel()
				select {
				case <-hidden:
				case <-ctx.Done():
				}
			}()
			if release, err := s.tabs.Lock(ctx, s.name, false); err == nil {
				<-ctx.Done()
				release()
			}
		})
	}
}

// wait waits until a page is seen. The error is ctx's own.
func (s *sight) wait(ctx context.Context) error {
	for s.tabs != nil && s.blind(ctx) && ctx.Err() == nil {
		select {
		case <-s.clock.After(lookEvery):
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// blind reports that no page is seen. Where there are no locks, one is.
func (s *sight) blind(ctx context.Context) bool {
	s.look.Lock()
	defer s.look.Unlock()
	release, err := s.tabs.Lock(ctx, s.name, true)
	if release == nil || err != nil {
		return false
	}
	defer release()
	again, err := s.tabs.Lock(ctx, s.name, true)
	if again != nil {
		again()
	}
	return again == nil && err == nil
}
