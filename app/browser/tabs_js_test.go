//go:build js && wasm

package browser

import (
	"context"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/fetch"
)

func TestTwoTabsKeepOnePaceByLocksAndMessages(t *testing.T) {
	const host = "pace.example"
	a, b := fetch.SharedPace(fetch.SystemClock(), time.Second, NewTabs()), fetch.SharedPace(fetch.SystemClock(), time.Second, NewTabs())
	var leaves []func(*feeds.Response)
	for range 4 {
		leave, err := a.Enter(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, leave)
	}
	ctx, cancel := context.WithCancel(t.Context())
	refused := make(chan error, 1)
	go func() {
		_, err := b.Enter(ctx, host)
		refused <- err
	}()
	cancel() // all places are taken: it would wait for ever
	if err := <-refused; err == nil {
		t.Error("a fifth request found a place")
	}
	for _, leave := range leaves[1:] {
		leave(nil)
	}
	leave, err := b.Enter(t.Context(), host)
	if err != nil {
		t.Fatalf("a place that was given back is not to be had: %v", err)
	}
	leave(nil)
	leaves[0](&feeds.Response{Status: 429, URL: "https://" + host + "/x", At: time.Now()})
	for { // the message goes round in its own time
		if budget, known := b.Budget(host); known && budget.Remaining == 0 && budget.Reset.After(time.Now()) {
			break
		}
		yieldToBrowser()
	}
	if _, err := b.Enter(t.Context(), host); feeds.KindOf(err) != feeds.RateLimited {
		t.Errorf("the other tab would ask: %v", err)
	}
}

// yieldToBrowser lets the browser deliver what waits.
func yieldToBrowser() { <-fetch.SystemClock().After(time.Millisecond) }
