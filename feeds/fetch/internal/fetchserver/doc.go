// Package fetchserver is the server that the fetch tests ask, natively and from a browser. It answers in every way that a
// server of the fediverse does, and remembers who asked what.
package fetchserver
