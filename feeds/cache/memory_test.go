package cache

import (
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

func TestMemoryKeepsTheStoreContract(t *testing.T) {
	feedstest.StoreContract(t, func(*testing.T) feeds.Store { return NewMemory() })
}
