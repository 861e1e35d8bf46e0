// Package software knows which software a server runs and which adapter reads it. Its Resolver is the feeds.Resolver of the
// program.
//
// A server that nobody knows is taken for one with a Mastodon API: most are, and so the first request is already one for
// posts. Only when its answers make no sense is the server asked what it is (NodeInfo), and the reader told.
//
// It imports the adapters, feeds and feeds/address.
package software
