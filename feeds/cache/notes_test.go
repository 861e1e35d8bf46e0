package cache_test

import (
	"testing"

	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

func TestMemoryKeepsTheContractOfNotes(t *testing.T) {
	feedstest.NotesContract(t, func(*testing.T) feedstest.NotedStore { return cache.NewMemory() })
}
