package syndication

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoded returns a body in UTF-8. What bytes say for themselves goes first (a byte order mark, valid UTF-8), then what the answer
// and the prolog declare: many servers declare one charset for everything. Bytes that mean nothing become U+FFFD.
// Source: RFC 7303, section 3.
func decoded(body []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(body[3:]), "\uFFFD")
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return fromUTF16(body[2:], 0, 1)
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return fromUTF16(body[2:], 1, 0)
	case bytes.HasPrefix(body, []byte("\x00<\x00")):
		return fromUTF16(body, 0, 1)
	case bytes.HasPrefix(body, []byte("<\x00")):
		return fromUTF16(body, 1, 0)
	case utf8.Valid(body):
		return string(body)
	}
	for _, name := range [...]string{charsetOf(contentType), prologCharset(body)} {
		if high := highHalf(name); high != "" {
			return fromTable(body, []rune(high))
		}
	}
	if declared := prologCharset(body); declared != "" && declared != "utf-8" && declared != "utf8" || mostlyUTF8(body) {
		return strings.ToValidUTF8(string(body), "\uFFFD")
	}
	return fromTable(body, []rune(windows1252))
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

func fromTable(body []byte, high []rune) string {
	var s strings.Builder
	s.Grow(len(body) + len(body)/8)
	for _, c := range body {
		if c < 0x80 {
			s.WriteByte(c)
		} else {
			s.WriteRune(high[c-0x80])
		}
	}
	return s.String()
}

// highHalf returns the characters of the bytes from 0x80 on, "" for a charset that isn't known. The names are those of
// https://encoding.spec.whatwg.org/#names-and-labels, by which ISO-8859-1 is windows-1252.
func highHalf(name string) string {
	switch name {
	case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252":
		return windows1252
	case "iso-8859-15", "iso8859-15", "iso_8859-15", "latin9", "latin-9":
		return iso8859_15
	case "windows-1250", "cp1250":
		return windows1250
	case "windows-1251", "cp1251", "win-1251":
		return windows1251
	case "koi8-r", "koi8r", "koi8":
		return koi8r
	case "iso-8859-2", "iso8859-2", "iso_8859-2", "latin2", "latin-2":
		return iso8859_2
	}
	return ""
}
