package fetch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

// These tests run in bubbles (testing/synctest), where SystemClock shows a time that passes only while everybody waits, and
// where a goroutine that stays behind fails the test.

const host = "a.example"

func newTestLimiter() *limiter { return newLimiter(SystemClock(), 5*time.Second) }

// answerWith makes an answer of host, now, with X-RateLimit headers "Limit", "Remaining" and "Reset".
func answerWith(status int, limits ...string) *feeds.Response {
	r := &feeds.Response{Status: status, URL: "https://" + host + "/x", Header: map[string]string{}, At: time.Now()}
	for i, name := range []string{"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} {
		if i < len(limits) {
			r.Header[name] = limits[i]
		}
	}
	return r
}

func in(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.RFC3339Nano) }

// visit enters, and leaves with answer.
func visit(t *testing.T, l *limiter, answer *feeds.Response) {
	t.Helper()
	leave, err := l.Enter(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	leave(answer)
}

// wantPause checks that a request fails at once, with the time at which the host may be asked again.
func wantPause(t *testing.T, l *limiter, want time.Duration) {
	t.Helper()
	began := time.Now()
	_, err := l.Enter(t.Context(), host)
	var e *feeds.Error
	if !errors.As(err, &e) || e.Kind != feeds.RateLimited || e.Host != host {
		t.Fatalf("error %v, want RateLimited", err)
	}
	if got := e.RetryAt.Sub(began); got != want {
		t.Errorf("to be asked again in %v, want %v", got, want)
	}
	if time.Since(began) != 0 {
		t.Errorf("failed after %v, want at once", time.Since(began))
	}
}

func TestAHostIsAskedFourTimesAtOnceAndInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		leave := make(chan struct{})
		var order []int
		for i := range 9 {
			go func() {
				done, err := l.Enter(t.Context(), host)
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, i)
				<-leave
				done(nil)
			}()
			synctest.Wait()
		}
		for entered := 4; entered <= 9; entered++ {
			if len(order) != entered {
				t.Errorf("%v entered, want %d of them", order, entered)
			}
			leave <- struct{}{}
			synctest.Wait()
		}
		close(leave)
		if !slices.IsSorted(order) {
			t.Errorf("entered in the order %v", order)
		}
	})
}

func TestAnotherHostDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		for range maxUnderWay {
			if _, err := l.Enter(t.Context(), host); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := l.Enter(t.Context(), "b.example"); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoLeavesTheQueueTakesNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		var leaves []func(*feeds.Response)
		for range maxUnderWay {
			leave, _ := l.Enter(t.Context(), host)
			leaves = append(leaves, leave)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Enter(ctx, host); err != context.DeadlineExceeded {
			t.Errorf("error %v in the queue", err)
		}
		for _, leave := range leaves {
			leave(nil)
		}
		for range maxUnderWay {
			if _, err := l.Enter(t.Context(), host); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestAShortPauseIsWaitedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		visit(t, l, answerWith(200, "300", "0", in(5*time.Second)))
		began := time.Now()
		visit(t, l, nil)
		if got := time.Since(began); got != 5*time.Second {
			t.Errorf("waited %v, want 5 s", got)
		}
	})
}

func TestAPauseCanBeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		visit(t, l, answerWith(200, "300", "0", in(5*time.Second)))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if _, err := l.Enter(ctx, host); err != context.DeadlineExceeded || time.Since(began) != time.Second {
			t.Errorf("error %v after %v", err, time.Since(began))
		}
		visit(t, l, nil) // its place is free again
	})
}

func TestAPauseEndsByAClockThatDoesNotMove(t *testing.T) {
	clock := feedstest.NewClock()
	l := newLimiter(clock, 5*time.Second)
	a := answerWith(200, "300", "0", "3")
	a.At = clock.Now()
	visit(t, l, a)
	visit(t, l, nil)
}

func TestALongPauseFailsAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		answer func() *feeds.Response
		want   time.Duration
	}{
		"none remaining":            {func() *feeds.Response { return answerWith(200, "300", "0", in(6*time.Second)) }, 6 * time.Second},
		"none remaining, seconds":   {func() *feeds.Response { return answerWith(200, "300", "0", "90") }, 90 * time.Second},
		"none remaining, no reset":  {func() *feeds.Response { return answerWith(200, "300", "0") }, time.Minute},
		"less than none":            {func() *feeds.Response { return answerWith(200, "300", "-2", "90") }, 90 * time.Second},
		"429 with its time":         {func() *feeds.Response { return answerWith(429, "300", "0", in(5*time.Minute)) }, 5 * time.Minute},
		"429 with budget left":      {func() *feeds.Response { return answerWith(429, "300", "17", in(5*time.Minute)) }, 5 * time.Minute},
		"429 without a word":        {func() *feeds.Response { return answerWith(429) }, time.Minute},
		"429 with a time gone by":   {func() *feeds.Response { return answerWith(429, "300", "0", in(-10*time.Minute)) }, time.Minute},
		"429 until the end of time": {func() *feeds.Response { return answerWith(429, "300", "0", "9999-12-31T00:00:00Z") }, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newTestLimiter()
				visit(t, l, c.answer())
				wantPause(t, l, c.want)
				time.Sleep(c.want) // in the bubble
				visit(t, l, nil)
			})
		})
	}
}

func TestAPauseIsNotShortenedByALaterAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		first, _ := l.Enter(t.Context(), host)
		second, _ := l.Enter(t.Context(), host)
		first(answerWith(429, "300", "0", in(5*time.Minute)))
		second(answerWith(200, "300", "200", in(time.Minute)))
		wantPause(t, l, 5*time.Minute)
		if b, ok := l.Budget(host); !ok || b.Remaining != 0 || time.Until(b.Reset) != 5*time.Minute {
			t.Errorf("budget %+v, %v", b, ok)
		}
	})
}

func TestWhoStandsInTheQueueLearnsOfAPauseAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		var first func(*feeds.Response)
		for range maxUnderWay {
			first, _ = l.Enter(t.Context(), host)
		}
		failed := make(chan error)
		for range 3 {
			go func() {
				_, err := l.Enter(t.Context(), host)
				failed <- err
			}()
		}
		synctest.Wait()
		first(answerWith(429))
		for range 3 {
			if err := <-failed; feeds.KindOf(err) != feeds.RateLimited {
				t.Errorf("error %v", err)
			}
		}
	})
}

func TestWhoWaitsForItsTurnHeedsAPauseLearnedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		early, _ := l.Enter(t.Context(), host)
		visit(t, l, answerWith(200, "300", "3", in(10*time.Second)))
		failed := make(chan error, 1)
		go func() {
			_, err := l.Enter(t.Context(), host)
			failed <- err
		}()
		synctest.Wait()
		early(answerWith(429))
		if err := <-failed; feeds.KindOf(err) != feeds.RateLimited {
			t.Errorf("error %v", err)
		}
	})
}

func TestALowBudgetIsSpreadOverItsWindow(t *testing.T) {
	for name, c := range map[string]struct {
		limit, remaining string
		reset            time.Duration
		want             []time.Duration // when requests that all come at once start
	}{
		"ample":                        {"300", "33", 10 * time.Second, []time.Duration{0, 0, 0, 0}},
		"low":                          {"300", "5", 10 * time.Second, []time.Duration{0, 2500 * time.Millisecond, 5 * time.Second, 5 * time.Second}},
		"low for longer than one wait": {"300", "3", 5 * time.Minute, []time.Duration{0, 5 * time.Second, 5 * time.Second}},
		"over before the gap is":       {"300", "1", 4 * time.Second, []time.Duration{0, 4 * time.Second, 4 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newTestLimiter()
				l.learn(answerWith(200, c.limit, c.remaining, in(c.reset)))
				began := time.Now()
				started := make(chan time.Duration)
				for range c.want {
					go func() {
						if _, err := l.Enter(t.Context(), host); err != nil {
							t.Error(err)
						}
						started <- time.Since(began)
					}()
				}
				for i, want := range c.want {
					if got := <-started; got != want {
						t.Errorf("request %d started after %v, want %v", i, got, want)
					}
				}
			})
		})
	}
}

func TestMoreThanTheBudgetIsNeverAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		visit(t, l, answerWith(200, "30", "3", in(time.Minute)))
		kinds := map[feeds.Kind]int{}
		for range 5 { // none has answered yet
			_, err := l.Enter(t.Context(), host)
			kinds[feeds.KindOf(err)]++
			if len(l.hosts[host].places) == maxUnderWay {
				<-l.hosts[host].places
			}
		}
		if want := map[feeds.Kind]int{"": 3, feeds.RateLimited: 2}; !maps.Equal(kinds, want) {
			t.Errorf("%v, want %v", kinds, want)
		}
	})
}

func TestABudgetIsWhatTheHostSaidLast(t *testing.T) {
	reset := func(d time.Duration) time.Time { return time.Now().Add(d).UTC() }
	for name, c := range map[string]struct {
		answers func() []*feeds.Response
		want    func() feeds.Budget
		none    bool
	}{
		"nothing said": {
			answers: func() []*feeds.Response { return []*feeds.Response{answerWith(200), nil} },
			none:    true,
		},
		"nonsense": {
			answers: func() []*feeds.Response { return []*feeds.Response{answerWith(200, "many", "some", "later")} },
			none:    true,
		},
		"a limit that is not known": {
			answers: func() []*feeds.Response { return []*feeds.Response{answerWith(200, "300;w=60", "7", "60")} },
			want:    func() feeds.Budget { return feeds.Budget{Remaining: 7, Reset: reset(time.Minute)} },
		},
		"answers that overtook each other": {
			answers: func() []*feeds.Response {
				return []*feeds.Response{answerWith(200, "300", "200", in(time.Minute)), answerWith(200, "300", "201", in(time.Minute+time.Second))}
			},
			want: func() feeds.Budget {
				return feeds.Budget{Limit: 300, Remaining: 199, Reset: reset(time.Minute + time.Second)}
			},
		},
		"another window": {
			answers: func() []*feeds.Response {
				return []*feeds.Response{answerWith(200, "300", "200", in(time.Minute)), answerWith(200, "300", "290", in(5*time.Minute))}
			},
			want: func() feeds.Budget { return feeds.Budget{Limit: 300, Remaining: 290, Reset: reset(5 * time.Minute)} },
		},
		"an old answer from the browser's cache": {
			answers: func() []*feeds.Response {
				return []*feeds.Response{answerWith(200, "300", "200", in(time.Minute)), answerWith(200, "300", "1", in(-time.Minute))}
			},
			want: func() feeds.Budget { return feeds.Budget{Limit: 300, Remaining: 199, Reset: reset(time.Minute)} },
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newTestLimiter()
				for _, a := range c.answers() {
					visit(t, l, a)
				}
				got, ok := l.Budget(host)
				if ok == c.none {
					t.Fatalf("budget %+v, %v", got, ok)
				}
				if !c.none && (got.Limit != c.want().Limit || got.Remaining != c.want().Remaining || !got.Reset.Equal(c.want().Reset)) {
					t.Errorf("budget %+v, want %+v", got, c.want())
				}
			})
		})
	}
}

func TestABudgetIsWholeAgainAfterItsWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		visit(t, l, answerWith(200, "300", "2", in(time.Minute)))
		time.Sleep(time.Minute) // in the bubble
		if b, ok := l.Budget(host); !ok || b != (feeds.Budget{Limit: 300, Remaining: 300}) {
			t.Errorf("budget %+v, %v", b, ok)
		}
	})
}

func TestABudgetIsThatOfTheHostThatAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLimiter()
		for i, url := range []string{"https://b.example:443/x", "https://b.example:8443/x", "://"} {
			a := answerWith(200, "300", fmt.Sprint(100+i), in(time.Minute))
			a.URL = url
			visit(t, l, a)
		}
		for name, want := range map[string]int{host: 0, "b.example": 100, "b.example:8443": 101} {
			if b, _ := l.Budget(name); b.Remaining != want {
				t.Errorf("%s: %+v, want %d remaining", name, b, want)
			}
		}
	})
}
