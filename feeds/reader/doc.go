// Package reader is the engine behind every view: it shows what is stored first, with its age, asks the server, stores the
// answer, and emits snapshots that a page draws as they are. It is handed a Store and a Resolver, and knows nothing of
// browsers, pages or adapters.
//
// A Feed reads one timeline, a Thread one conversation, and Profile and Server what stands above them. Each is driven from one
// goroutine or many; snapshots are immutable and are emitted one after the other.
package reader
