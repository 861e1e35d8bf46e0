//go:build !js

package cache

// DatabaseRecords are records in memory: natively there is no IndexedDB.
type DatabaseRecords struct{ *MemoryRecords }

// OpenRecords returns records in memory.
func OpenRecords(string, bool) *DatabaseRecords { return &DatabaseRecords{NewMemoryRecords()} }
