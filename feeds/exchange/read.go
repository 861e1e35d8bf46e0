package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/feeds"
	"vitrine/feeds/charset"
)

// Read reads a file of any format. charsets decodes files that aren't UTF-8, as their XML declaration says or, without one, as older
// spreadsheets write them in Western languages; nil where they can't be. The error is a *feeds.Error: TooLarge for one over MaxSize or with more than MaxEntries, Unsupported
// for that of a later Vitrine, BadData for anything that isn't of a known format, is damaged as a whole, or is a text in which nothing is
// or looks like an address. Single lines that can't be read are no error, see Result.Unread.
func Read(file []byte, charsets feeds.Charsets) (Result, error) {
	if len(file) > MaxSize {
		return Result{}, tooLarge()
	}
	text, ok := decode(file, charsets)
	if !ok {
		return Result{}, badData("no text")
	}
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	start := strings.TrimLeftFunc(text, unicode.IsSpace)
	switch {
	case start == "":
		return Result{}, badData("an empty file")
	case start[0] == '{', start[0] == '[' && looksLikeArray(start):
		return readJSON(start)
	}
	switch root := rootOf(start); {
	case root == "opml":
		return readOPML(text)
	case root == "rss", root == "feed", root == "rdf:rdf":
		return Result{}, badData("a web feed, not a list of them")
	case root != "" || strings.Contains(text, "href="):
		return readHTML(text)
	}
	if r, err, ok := readCSV(text); ok {
		return r, err
	}
	return readText(text)
}

// looksLikeArray distinguishes a JSON array from a text that begins with a link of Markdown or an IPv6 address.
func looksLikeArray(s string) bool {
	rest := strings.TrimLeftFunc(s[1:], unicode.IsSpace)
	return rest == "" || strings.ContainsAny(rest[:1], `{["]`)
}

// rootOf returns the name of the first element of a text that begins with one, in lower case; "" for any other text.
func rootOf(text string) string {
	if text[0] != '<' {
		return ""
	}
	for s := newScanner(text); ; {
		switch t, ok := s.next(); {
		case !ok, t.kind == textToken && strings.TrimSpace(t.text) != "":
			return ""
		case t.kind == startToken:
			return t.name
		}
	}
}

// decode returns a file in UTF-8, and false for what is no text: of a charset that isn't known, or full of control characters; some may
// have got into it by accident.
func decode(file []byte, charsets feeds.Charsets) (string, bool) {
	text, err := charset.Decode(file, "", charsets)
	if err != nil || strings.IndexByte(text, 0) >= 0 && !utf8.Valid(file) {
		return "", false
	}
	controls := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			controls++
		}
	}
	return text, controls <= max(5, len(text)/100)
}
