package fetch

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
)

// fakeTransport answers when it is told to.
type fakeTransport struct {
	asked  []string      // "ACCEPT URL" in the order of coming
	ended  int           // requests whose context ended
	answer chan struct{} // one receive an answer
	panics bool
}

func (f *fakeTransport) ask(ctx context.Context, t target, accept string) (*feeds.Response, error) {
	f.asked = append(f.asked, accept+" "+t.url)
	if f.panics {
		panic("a bug")
	}
	select {
	case <-f.answer:
		return &feeds.Response{Status: 200, URL: t.url}, nil
	case <-ctx.Done():
		f.ended++
		return nil, errors.New("in the transport's own words")
	}
}

func newTestClient() (*Client, *fakeTransport) {
	c, f := New(Options{}), &fakeTransport{answer: make(chan struct{})}
	c.transport = f
	return c, f
}

type result struct {
	res *feeds.Response
	err error
}

// begin fetches in the background and returns when the request is under way.
func begin(ctx context.Context, c *Client, r feeds.Request) <-chan result {
	done := make(chan result, 1)
	go func() {
		res, err := c.Fetch(ctx, r)
		done <- result{res, err}
	}()
	synctest.Wait()
	return done
}

func TestTheSameRequestIsNeverUnderWayTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		var callers []<-chan result
		for _, r := range []feeds.Request{
			{URL: "https://a.example/x"}, {URL: "https://a.example/x"}, {URL: "https://a.example/x#part"}, {URL: "https://a.example/x", Accept: "application/json"},
		} {
			callers = append(callers, begin(t.Context(), c, r))
		}
		f.answer <- struct{}{}
		first := <-callers[0]
		for _, caller := range callers[1:] {
			if got := <-caller; got.err != nil || got.res != first.res {
				t.Errorf("got %+v, want the same answer as the first", got)
			}
		}
		if len(f.asked) != 1 {
			t.Errorf("asked %q", f.asked)
		}
	})
}

func TestDifferentRequestsAreNotJoined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		requests := []feeds.Request{{URL: "https://a.example/x"}, {URL: "https://a.example/x?y"}, {URL: "https://a.example/x", Accept: "text/html"}}
		for _, r := range requests {
			begin(t.Context(), c, r)
		}
		if len(f.asked) != len(requests) {
			t.Errorf("asked %q", f.asked)
		}
		for range requests {
			f.answer <- struct{}{}
		}
		synctest.Wait()
		begin(t.Context(), c, requests[0])
		if len(f.asked) != len(requests)+1 {
			t.Error("an answer that has come is kept for a later request")
		}
		f.answer <- struct{}{}
	})
}

func TestACallerWhoGoesDoesNotTakeTheOthersAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		ctx, cancel := context.WithCancel(t.Context())
		gone := begin(ctx, c, feeds.Request{URL: "https://a.example/x"})
		stays := begin(t.Context(), c, feeds.Request{URL: "https://a.example/x"})
		cancel()
		if got := <-gone; got.err != context.Canceled {
			t.Errorf("who went got %v", got.err)
		}
		f.answer <- struct{}{}
		if got := <-stays; got.err != nil || got.res == nil {
			t.Errorf("who stayed got %v", got.err)
		}
		if len(f.asked) != 1 || f.ended != 0 {
			t.Errorf("asked %q, %d cancelled", f.asked, f.ended)
		}
	})
}

func TestARequestThatNobodyWaitsForIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		ctx, cancel := context.WithCancel(t.Context())
		short, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		first := begin(ctx, c, feeds.Request{URL: "https://a.example/x"})
		second := begin(short, c, feeds.Request{URL: "https://a.example/x"})
		cancel()
		if got := <-first; got.err != context.Canceled {
			t.Errorf("error %v", got.err)
		}
		if got := <-second; got.err != context.DeadlineExceeded {
			t.Errorf("error %v, want the caller's own deadline", got.err)
		}
		synctest.Wait()
		if f.ended != 1 {
			t.Errorf("%d requests cancelled, want 1", f.ended)
		}
		// Who comes now does not inherit the cancellation.
		third := begin(t.Context(), c, feeds.Request{URL: "https://a.example/x"})
		f.answer <- struct{}{}
		if got := <-third; got.err != nil {
			t.Error(got.err)
		}
	})
}

func TestABugInATransportIsOneFailedRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		f.panics = true
		for range maxUnderWay + 1 { // no place is lost
			if _, err := c.Fetch(t.Context(), feeds.Request{URL: "https://a.example/x"}); feeds.KindOf(err) != feeds.Internal {
				t.Errorf("error %v, want Internal", err)
			}
		}
		if len(f.asked) != maxUnderWay+1 {
			t.Errorf("asked %d times", len(f.asked))
		}
	})
}

func TestTheDeadlineCountsTheWaitInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		for range maxUnderWay {
			if _, err := c.pace.Enter(t.Context(), host); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		_, err := c.Fetch(t.Context(), feeds.Request{URL: "https://a.example/x"})
		if e := feeds.AsError(err); e == nil || e.Kind != feeds.Timeout || e.Host != host {
			t.Errorf("error %v, want Timeout", err)
		}
		if time.Since(began) != 15*time.Second || len(f.asked) != 0 {
			t.Errorf("asked %q, over after %v", f.asked, time.Since(began))
		}
	})
}

func TestARefusedTurnNamesTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, f := newTestClient()
		c.pace.(*limiter).learn(answerWith(429))
		_, err := c.Fetch(t.Context(), feeds.Request{URL: "https://a.example/x?y=1"})
		e := feeds.AsError(err)
		if e == nil || e.Kind != feeds.RateLimited || e.Host != host || e.Op != "GET /x" || time.Until(e.RetryAt) != time.Minute || len(f.asked) != 0 {
			t.Errorf("%+v", e)
		}
	})
}
