// Package read reads any address natively, through the same adapters and reader as the app, and prints it: JSON Feed 1.1, Atom
// (RFC 4287) or text.
package read
