//go:build !js

package cache

import (
	"context"
	"errors"

	"vitrine/feeds"
)

// DB is a store in IndexedDB, which only browsers have.
type DB struct{ Memory }

// Open fails: there is no IndexedDB here.
func Open(ctx context.Context, _ string) (*DB, error) {
	return nil, storageError(ctx, "open", errors.New("no IndexedDB outside a browser"))
}

// Close ends the connection.
func (*DB) Close() error { return nil }

var (
	_ feeds.Store  = (*DB)(nil)
	_ feeds.Upkeep = (*DB)(nil)
)
