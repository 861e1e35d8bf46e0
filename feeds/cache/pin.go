//go:build js && wasm && indexeddb

package cache

// The store in IndexedDB is built on this release of go-indexeddb. The tag keeps it in go.mod until that store is here, and out
// of the program.
import _ "github.com/hack-pad/go-indexeddb/idb"
