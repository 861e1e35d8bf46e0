// Package charset makes UTF-8 of files and answers, by what their bytes, their XML declaration and the answer say. The tables of other
// charsets are those of the browser or, natively, of whoever asks: see feeds.Charsets.
//
//	text, err := charset.Decode(resp.Body, resp.Header["content-type"], resp.Charsets)
//
// It imports feeds.
package charset

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"vitrine/feeds"
)

// ErrUnknown is why a text isn't decoded: its charset isn't known, isn't the one it says, or may not be decoded.
var ErrUnknown = errors.New("a charset that can't be decoded")

// Decode returns a body in UTF-8. What bytes say for themselves goes first (a byte order mark, valid UTF-8, which many servers declare
// as something else), then what the answer and the prolog declare. Single bytes that mean nothing become U+FFFD; a body that can't be
// decoded is ErrUnknown. contentType is that of the answer, "" for a file; charsets may be nil.
// Source: RFC 7303, section 3.
func Decode(body []byte, contentType string, charsets feeds.Charsets) (string, error) {
	answer, prolog := charsetOf(contentType), prologCharset(body)
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(body[3:]), "\uFFFD"), nil
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return fromUTF16(body[2:], 0, 1), nil
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return fromUTF16(body[2:], 1, 0), nil
	case len(body) > 3 && body[0] == 0 && body[1] != 0 && body[2] == 0 && body[3] != 0:
		return fromUTF16(body, 0, 1), nil
	case len(body) > 3 && body[0] != 0 && body[1] == 0 && body[2] != 0 && body[3] == 0:
		return fromUTF16(body, 1, 0), nil
	case utf8.Valid(body) && !(bytes.IndexByte(body, escape) >= 0 && isSevenBit(answer, prolog)):
		return string(body), nil
	}
	declared := false
	for _, label := range [...]string{answer, prolog} {
		if label == "" || label == "utf-8" || label == "utf8" {
			continue
		}
		declared = true
		if charsets == nil {
			break
		}
		if s, err := charsets.Decode(label, body); err == nil && !isNonsense(s) {
			return s, nil
		}
	}
	switch {
	case mostlyUTF8(body):
		return strings.ToValidUTF8(string(body), "\uFFFD"), nil
	case declared || charsets == nil:
		return "", ErrUnknown
	}
	return charsets.Decode("windows-1252", body)
}

// escape begins the sequences by which ISO 2022 changes its alphabets. All its bytes are those of UTF-8 too.
const escape = 0x1b

func isSevenBit(labels ...string) bool {
	return slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(l, "iso-2022-") || l == "csiso2022jp" })
}

// isNonsense reports a text that was decoded by the wrong charset: most of what isn't ASCII means nothing in it.
func isNonsense(s string) bool {
	good, bad := 0, 0
	for _, r := range s {
		switch {
		case r == utf8.RuneError:
			bad++
		case r >= utf8.RuneSelf:
			good++
		}
	}
	return bad > good
}

// charsetOf returns the charset parameter of a media type, in lower case.
func charsetOf(contentType string) string {
	_, after, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	name, _, _ := strings.Cut(after, ";")
	return strings.Trim(name, ` "'`)
}

// prologCharset returns the encoding of "<?xml version="1.0" encoding="…"?>", in lower case.
func prologCharset(body []byte) string {
	head := strings.ToLower(string(body[:min(len(body), 200)]))
	prolog, _, found := strings.Cut(head, "?>")
	if !found || !strings.Contains(prolog, "<?xml") {
		return ""
	}
	_, after, _ := strings.Cut(prolog, "encoding")
	after = strings.TrimLeft(after, " =\t\r\n")
	if after == "" {
		return ""
	}
	name, _, _ := strings.Cut(after[1:], after[:1])
	return name
}

// mostlyUTF8 distinguishes UTF-8 in which a character was cut in two from a text that never was UTF-8.
func mostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good > bad
}

// fromUTF16 decodes pairs of bytes of which the one at high comes first.
func fromUTF16(body []byte, high, low int) string {
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = uint16(body[2*i+high])<<8 | uint16(body[2*i+low])
	}
	return string(utf16.Decode(units))
}
