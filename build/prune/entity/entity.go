// Package entity looks named character references up in a text, in place of the maps of golang.org/x/net/html, which are filled at each
// start.
//
// Source: https://html.spec.whatwg.org/multipage/named-characters.html
package entity

import "strings"

// How a table is written: NAME, Separator, characters, End for each name, in the order of the names.
const (
	Separator = '='
	End       = '\x00'
)

// Find returns the characters that a name stands for in a table, "" for none.
func Find(table, name string) string {
	for low, high := 0, len(table); low < high; { // both are where entries begin
		middle := (low + high) / 2
		start := low + strings.LastIndexByte(table[low:middle], End) + 1
		end := start + strings.IndexByte(table[start:high], End)
		found, characters, _ := strings.Cut(table[start:end], string(Separator))
		switch {
		case found == name:
			return characters
		case found < name:
			low = end + 1
		default:
			high = start
		}
	}
	return ""
}
