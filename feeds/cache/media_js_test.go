package cache_test

import (
	"fmt"
	"syscall/js"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestTheCacheKeepsTheContractOfMedia(t *testing.T) {
	feedstest.MediaContract(t, func(t *testing.T, files feeds.FileFetcher, clock feeds.Clock) feeds.MediaStore {
		name := fmt.Sprintf("vitrine:%s:%v", t.Name(), js.Global().Get("Math").Call("random").Float())
		r := cache.OpenRecords(name, true)
		t.Cleanup(func() {
			_ = r.Close()
			js.Global().Get("indexedDB").Call("deleteDatabase", name)
			js.Global().Get("caches").Call("delete", name)
		})
		return cache.OpenMedia(name, r, files, clock, feedstest.NewTabs().Open())
	})
}
