package cache

import (
	"testing"

	"vitrine/feeds/feedstest"
)

func TestMemoryKeepsTheStoreContract(t *testing.T) {
	feedstest.StoreContract(t, func(*testing.T) feedstest.MaintainedStore { return NewMemory() })
}
