package fetch

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
)

// fakeBrowser joins the paces of several tabs in one test. Its locks are places that don't tell hosts apart.
type fakeBrowser struct {
	heard  []func(string)
	places chan struct{}
}

type fakeTab struct {
	*fakeBrowser
	number int
}

func (t fakeTab) Lock(ctx context.Context, _ string, ifFree bool) (func(), error) {
	release := func() { <-t.places }
	if ifFree {
		select {
		case t.places <- struct{}{}:
			return release, nil
		default:
			return nil, nil
		}
	}
	select {
	case t.places <- struct{}{}:
		return release, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (t fakeTab) Send(_, text string) {
	for i, hear := range t.heard {
		if i != t.number {
			hear(text)
		}
	}
}

func (t fakeTab) Listen(_ string, hear func(string)) { t.heard = append(t.heard, hear) }

func tabsOf(n, places int) []*sharedPace {
	s := &fakeBrowser{places: make(chan struct{}, places)}
	paces := make([]*sharedPace, 0, n)
	for i := range n {
		paces = append(paces, newSharedPace(newTestLimiter(), fakeTab{s, i}))
	}
	return paces
}

func TestAPauseHoldsForAllTabs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tabs := tabsOf(2, 4)
		leave, err := tabs[0].Enter(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		leave(answerWith(429, "300", "0", in(5*time.Minute)))
		wantPause(t, tabs[1].limiter, 5*time.Minute)
		if b, ok := tabs[1].Budget(host); !ok || b.Remaining != 0 {
			t.Errorf("the other tab knows %+v", b)
		}
	})
}

func TestTabsShareTheirPlacesAtAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tabs := tabsOf(2, 1)
		leave, err := tabs[0].Enter(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		entered := make(chan struct{})
		go func() {
			leave, err := tabs[1].Enter(t.Context(), host)
			if err == nil {
				leave(nil)
			}
			close(entered)
		}()
		synctest.Wait()
		select {
		case <-entered:
			t.Error("two tabs stood in one place")
		default:
		}
		leave(nil)
		<-entered
	})
}

func TestWhoWaitsForAnotherTabHeedsThePauseItLearns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tabs := tabsOf(2, 1)
		leave, err := tabs[0].Enter(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		failed := make(chan error, 1)
		go func() {
			_, err := tabs[1].Enter(t.Context(), host)
			failed <- err
		}()
		synctest.Wait()
		tabs[1].adopt(notice{Host: host, Paused: time.Now().Add(10 * time.Minute).UnixMilli()})
		leave(nil)
		if err := <-failed; feeds.KindOf(err) != feeds.RateLimited {
			t.Errorf("error %v, want RateLimited", err)
		}
		if len(tabs[1].tabs.(fakeTab).places) != 0 {
			t.Error("the place was kept")
		}
	})
}

func TestAnotherTabsWordIsNotBelievedForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		l.adopt(notice{Host: host, Paused: time.Now().Add(1000 * time.Hour).UnixMilli(), Limit: -1, Remaining: -5, Reset: -1})
		wantPause(t, l, time.Hour)
	})
}
