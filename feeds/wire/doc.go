// Package wire is what adapters share: asking a server, and decoding what it really sends. A value of a wrong type is a missing one,
// and one element that makes no sense doesn't cost the others.
package wire
