package cache_test

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestMemoryKeepsTheContractOfRecords(t *testing.T) {
	feedstest.RecordsContract(t, func(*testing.T) feeds.Records { return cache.NewMemoryRecords() })
}
