package exchange

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Read reads a file of any format. Its error is a *feeds.Error: TooLarge for one over MaxSize or with more than MaxEntries, Unsupported
// for that of a later Vitrine, BadData for anything that isn't of a known format, is damaged as a whole, or is a text in which nothing is
// or looks like an address. Single lines that can't be read are no error, see Result.Unread.
func Read(file []byte) (Result, error) {
	if len(file) > MaxSize {
		return Result{}, tooLarge()
	}
	text, ok := decode(file)
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

// decode returns a file in UTF-8, and false for what is no text. Source for byte order marks: the Unicode Standard, section 23.8.
func decode(file []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(file, []byte("\xef\xbb\xbf")):
		file = file[3:]
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return plain(utf16Text(file[2:], 0, 1))
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return plain(utf16Text(file[2:], 1, 0))
	case len(file) > 3 && file[0] == 0 && file[1] != 0 && file[2] == 0 && file[3] != 0:
		return plain(utf16Text(file, 0, 1))
	case len(file) > 3 && file[0] != 0 && file[1] == 0 && file[2] != 0 && file[3] == 0:
		return plain(utf16Text(file, 1, 0))
	}
	if utf8.Valid(file) {
		return plain(string(file))
	}
	if bytes.IndexByte(file, 0) >= 0 {
		return "", false
	}
	return plain(windows1252(file))
}

// plain reports a text with few control characters: some may have got into it by accident.
func plain(text string) (string, bool) {
	controls := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			controls++
		}
	}
	return text, controls <= max(5, len(text)/100)
}

// utf16Text decodes pairs of bytes of which the one at high comes first.
func utf16Text(file []byte, high, low int) string {
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = uint16(file[2*i+high])<<8 | uint16(file[2*i+low])
	}
	return string(utf16.Decode(units))
}

// windows1252 decodes what older spreadsheets write in Western languages. Source: https://encoding.spec.whatwg.org/index-windows-1252.txt
func windows1252(file []byte) string {
	high := []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")
	var s strings.Builder
	s.Grow(len(file) + len(file)/8)
	for _, b := range file {
		if b >= 0x80 && b < 0xa0 {
			s.WriteRune(high[b-0x80])
		} else {
			s.WriteRune(rune(b))
		}
	}
	return s.String()
}
