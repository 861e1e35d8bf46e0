// Package state joins the parts of the program: it owns the reader, its store and fetcher, the words and the settings, knows
// which view is open, and turns what a reader does into the next state. Everything in it runs on the one goroutine that
// draws; what waits for servers runs elsewhere and comes back through App.later.
package state
