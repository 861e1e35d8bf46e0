// Package cache keeps what was read: DB in the browser's IndexedDB, Memory where nothing else is there and in tests, Resilient
// joins the two. All are a feeds.Store with feeds.Upkeep, and disposable: what is lost is read again.
//
// cachedpost.go says what becomes of stored values when a page comes, sweep.go what goes when room is wanted; both hold for every
// store. codec.go and keys.go are the form of what is written. Files that end in _js.go speak to IndexedDB.
package cache
