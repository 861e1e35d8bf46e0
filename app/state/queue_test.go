package state

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
)

func TestAQueueKeepsTheOrderAndNeverMakesWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		q := NewQueue(ctx)
		var got, want []int
		full := make(chan struct{})
		q.Post(func() { <-full }) // whoever takes the functions is held up
		for i := range 10_000 {
			q.Post(func() { got = append(got, i) })
			want = append(want, i)
		}
		synctest.Wait()
		if len(got) > 0 {
			t.Error("a function overtook another")
		}
		close(full)
		synctest.Wait()
		if !slices.Equal(got, want) {
			t.Errorf("%d functions were run, or in another order", len(got))
		}
		cancel()
		synctest.Wait()
		q.Post(func() { t.Error("a function was run after the end") })
		synctest.Wait()
	})
}

func TestAQueueEndsAmongItsFunctions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		q := NewQueue(ctx)
		q.Post(func() {
			cancel()
			q.Post(func() { t.Error("a function was run after the end") })
		})
		synctest.Wait()
	})
}

func TestFunctionsMayPostMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		q := NewQueue(ctx)
		last := 0
		var next func()
		next = func() {
			if last++; last < 100 {
				q.Post(next)
			}
		}
		q.Post(next)
		synctest.Wait()
		if last != 100 {
			t.Errorf("%d", last)
		}
	})
}
