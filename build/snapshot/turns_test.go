package snapshot

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"vitrine/feeds"
)

// instantClock is a clock on which nothing is waited for; it notes for how long it would have been.
type instantClock struct {
	now   time.Time
	asked []time.Duration
}

func newInstantClock() *instantClock { return &instantClock{now: time.Unix(0, 0)} }

func (p *instantClock) Now() time.Time { return p.now }

func (p *instantClock) After(d time.Duration) <-chan time.Time {
	p.asked = append(p.asked, d)
	done := make(chan time.Time, 1)
	done <- p.now
	return done
}

func paced(string) bool { return true }

func half(limit time.Duration) time.Duration { return limit / 2 }

func TestAHostIsLeftAloneBetweenTwoQuestions(t *testing.T) {
	p := newInstantClock()
	turns := newTurns(p, half, func(host string) bool { return host != "localhost" }, 1)
	for _, host := range []string{"one.example", "one.example", "two.example", "localhost", "localhost", "one.example"} {
		leave, err := turns.take(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		leave(nil)
	}
	pause := minPause + maxJitter/2
	if !slices.Equal(p.asked, []time.Duration{pause, pause}) {
		t.Errorf("waited for %v", p.asked)
	}
}

func TestTimeThatPassedIsPartOfThePause(t *testing.T) {
	p := newInstantClock()
	turns := newTurns(p, half, paced, 1)
	for _, passed := range []time.Duration{0, 100 * time.Millisecond, time.Second} {
		p.now = p.now.Add(passed)
		leave, err := turns.take(t.Context(), "one.example")
		if err != nil {
			t.Fatal(err)
		}
		leave(nil)
	}
	if want := minPause + maxJitter/2 - 100*time.Millisecond; !slices.Equal(p.asked, []time.Duration{want}) {
		t.Errorf("waited for %v, not for %v", p.asked, want)
	}
}

func TestAPageIsAskedForOnceForAllFeeds(t *testing.T) {
	asked := 0
	o := &onceEach{Fetcher: fetcher(func() error { asked++; return &feeds.Error{Kind: feeds.NotFound} })}
	for range 3 {
		if _, err := o.Fetch(t.Context(), feeds.Request{URL: "https://town.example/"}); feeds.KindOf(err) != feeds.NotFound {
			t.Error(err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestAHostIsAskedOneQuestionAtATime(t *testing.T) {
	turns := newTurns(newInstantClock(), half, paced, 1)
	leave, err := turns.take(t.Context(), "one.example")
	if err != nil {
		t.Fatal(err)
	}
	if other, err := turns.take(t.Context(), "two.example"); err != nil {
		t.Error("another host has to wait too")
	} else {
		other(nil)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := turns.take(ctx, "one.example"); !errors.Is(err, context.Canceled) {
		t.Errorf("a second question got its turn: %v", err)
	}
	leave(nil)
	if _, err := turns.take(t.Context(), "one.example"); err != nil {
		t.Error(err)
	}
}

func TestAHostThatIsAwayIsNotAskedAgain(t *testing.T) {
	turns := newTurns(newInstantClock(), half, paced, 1)
	for _, c := range []struct {
		kind feeds.Kind
		dead bool
	}{{feeds.Unreachable, true}, {feeds.Timeout, true}, {feeds.NotFound, false}, {feeds.RateLimited, false}} {
		asked := 0
		f := inTurn{fetcher(func() error { asked++; return &feeds.Error{Kind: c.kind} }), turns}
		for range 2 {
			if _, err := f.Fetch(t.Context(), feeds.Request{URL: "https://" + string(c.kind) + ".example/file"}); feeds.KindOf(err) != c.kind {
				t.Errorf("%v instead of %s", err, c.kind)
			}
		}
		if (asked == 1) != c.dead {
			t.Errorf("%s: asked %d times", c.kind, asked)
		}
	}
}

func TestOneBrokenFileDoesNotEndTheAskingOfItsHost(t *testing.T) {
	turns := newTurns(newInstantClock(), half, paced, maxFailedFiles)
	asked, answers := 0, []feeds.Kind{feeds.Timeout, feeds.Timeout, feeds.NotFound, feeds.Timeout, feeds.Unreachable, feeds.Timeout, feeds.NotFound}
	f := inTurn{fetcher(func() error { asked++; return &feeds.Error{Kind: answers[asked-1]} }), turns}
	for range answers {
		_, _ = f.Fetch(t.Context(), feeds.Request{URL: "https://one.example/file"})
	}
	if asked != 6 {
		t.Errorf("asked %d times, not until three files in a row hadn't come", asked)
	}
}

// fetcher fails as a function says.
type fetcher func() error

func (f fetcher) Fetch(context.Context, feeds.Request) (*feeds.Response, error) { return nil, f() }
