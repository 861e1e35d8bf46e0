package state

import (
	"context"
	"testing"
	"testing/synctest"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/jobs"
)

func TestAStoreThatFailsEndsTheJobsAndIsStillTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, failed := cache.NewMemory(), make(chan struct{})
		told := make(chan *feeds.Error, 1)
		d := Deps{Store: store, Upkeep: store, StoreFailure: told, storeFailed: failed, Jobs: jobs.New("/", cache.NewMemoryShelf(), browser.NewTabs())}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			DoJobs(context.Background(), d)
		}()
		synctest.Wait()
		told <- &feeds.Error{Kind: feeds.Storage}
		close(failed)
		<-ended
		if len(told) != 1 {
			t.Error("who does jobs took the word that is for the reader")
		}
	})
}
