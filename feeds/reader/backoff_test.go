package reader

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestBackoffDoublesUpToHalfAnHourWithJitter(t *testing.T) {
	t.Parallel()
	at := feedstest.Epoch()
	for _, c := range []struct{ random, factor float64 }{{0, 0.8}, {0.5, 1}, {1, 1.2}} {
		b := newBackoff()
		b.random = func() float64 { return c.random }
		for _, minutes := range []float64{1, 2, 4, 8, 16, 30, 30} {
			b.failed(host, at, errors.New("no"))
			rest := time.Duration(minutes * c.factor * float64(time.Minute))
			if !b.waits(host, at.Add(rest-time.Second)) || b.waits(host, at.Add(rest+time.Second)) {
				t.Errorf("jitter %v: the rest is not %v", c.factor, rest)
			}
		}
		if b.waits("b.example", at) {
			t.Error("another host waits too")
		}
		b.succeeded(host)
		if b.waits(host, at) {
			t.Error("a success doesn't end it")
		}
		b.failed(host, at, errors.New("no"))
		if b.waits(host, at.Add(73*time.Second)) {
			t.Error("after a success it begins anew")
		}
	}
}

func TestBackoffWaitsAsLongAsAServerAsks(t *testing.T) {
	t.Parallel()
	b, at := newBackoff(), feedstest.Epoch()
	b.failed(host, at, &feeds.Error{Kind: feeds.RateLimited, RetryAt: at.Add(time.Hour)})
	if !b.waits(host, at.Add(59*time.Minute)) || b.waits(host, at.Add(61*time.Minute)) {
		t.Error("the server's time isn't kept")
	}
}

func TestFeedLeavesAFailingServerAloneAndComesBack(t *testing.T) {
	t.Parallel()
	d := newFeedFixture(5)
	f := d.open()
	d.server.err = &feeds.Error{Kind: feeds.Unreachable, Host: host}
	if err := f.Poll(context.Background()); feeds.KindOf(err) != feeds.Unreachable {
		t.Fatalf("err = %v", err)
	}
	asked := len(d.server.asked)
	if err := f.Poll(context.Background()); err != nil || len(d.server.asked) != asked {
		t.Fatalf("asked again at once: %v, %v", d.server.asked, err)
	}
	d.server.err, d.server.top = nil, 6
	d.clock.Advance(2 * time.Minute)
	if err := f.Poll(context.Background()); err != nil || d.last.New != 1 {
		t.Errorf("after the rest: %v, %d new", err, d.last.New)
	}
	d.server.top = 7
	if err := f.Poll(context.Background()); err != nil || d.last.New != 2 {
		t.Errorf("after a success: %v, %d new", err, d.last.New)
	}
}

func TestPollsGoOnAfterAServerNamedTheSameTimeTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, pollAfterTheSameTimeTwice)
}

func pollAfterTheSameTimeTwice(t *testing.T) {
	d := newFeedFixture(5)
	f := d.open()
	d.server.err = &feeds.Error{Kind: feeds.RateLimited, Host: host, RetryAt: d.clock.Now().Add(time.Minute)}
	for range 2 {
		if err := f.Refresh(context.Background(), nil); feeds.KindOf(err) != feeds.RateLimited {
			t.Fatalf("err = %v", err)
		}
	}
	synctest.Wait()
	d.server.err, d.server.top = nil, 6
	asked := len(d.server.asked)
	d.clock.Advance(59 * time.Second)
	synctest.Wait()
	if err := f.Poll(context.Background()); err != nil || len(d.server.asked) != asked {
		t.Fatalf("asked before the server may be asked: %v, %v", d.server.asked, err)
	}
	d.clock.Advance(2 * time.Minute)
	synctest.Wait() // the reading itself may have asked first
	if err := f.Poll(context.Background()); err != nil || len(d.last.Items)+d.last.New != 6 {
		t.Errorf("after the time: %v, %d posts and %d new", err, len(d.last.Items), d.last.New)
	}
}
