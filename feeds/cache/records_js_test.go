package cache_test

import (
	"fmt"
	"syscall/js"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestIndexedDBKeepsTheContractOfRecords(t *testing.T) {
	feedstest.RecordsContract(t, func(t *testing.T) feeds.Records {
		name := fmt.Sprintf("vitrine:%s:%v", t.Name(), js.Global().Get("Math").Call("random").Float())
		r := cache.OpenRecords(name, true)
		t.Cleanup(func() {
			_ = r.Close()
			js.Global().Get("indexedDB").Call("deleteDatabase", name)
		})
		return r
	})
}
