package content

import "golang.org/x/net/html"

// Unescape returns a text with the character references of HTML ("&amp;", "&#38;") replaced by what they stand for.
// Source: https://html.spec.whatwg.org/multipage/syntax.html#character-references
func Unescape(s string) string { return html.UnescapeString(s) }
