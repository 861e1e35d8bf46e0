// Package software knows which software a server runs and which adapter reads it. Its Resolver is the feeds.Resolver of the
// program.
//
// A server that nobody knows is taken for one with a Mastodon API: most are, and so the first request is already one for
// posts. Only when its answers make no sense is the server asked what it is (NodeInfo), and an error names what can't be read.
//
// All that is known of a software beforehand stands in one row of its table: name, adapter and quirks, web feeds, what a guest may
// expect. docs/new-software.md walks through a new one.
//
// It imports the adapters, feeds and feeds/address.
package software
