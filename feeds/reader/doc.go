// Package reader is the engine behind every view: it shows what is stored first, with its age, asks the server, stores the
// answer, and emits snapshots that a page draws as they are. It is handed a Store, a Resolver and what the site doesn't open, and
// knows nothing of browsers, pages or adapters.
//
// A Query reads one timeline or several, a Thread one conversation, and a Profile and a Server what stands above them. Each may be
// driven from many goroutines; snapshots are immutable and are emitted one after the other. Contexts are those of the calls: what
// Open was given ends all that goes on after it.
package reader
