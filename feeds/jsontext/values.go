package jsontext

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Text reads a string; ok is false for anything else, which isn't read.
func (r *Reader) Text() (text string, ok bool) {
	if r.Peek() != '"' {
		return "", false
	}
	inner, plain := r.quoted()
	r.space()
	if r.err != nil {
		return "", true
	}
	if plain {
		return string(inner), true
	}
	return string(unquote(make([]byte, 0, len(inner)), inner)), true
}

// integer reads a number without a fraction that fits; ok is false for anything else.
func (r *Reader) integer(bits int) (n int64, ok bool) {
	if !r.isNumber() {
		return 0, r.Mismatch()
	}
	n, err := strconv.ParseInt(string(r.Raw()), 10, bits)
	if err != nil {
		r.mismatched = true
	}
	return n, err == nil
}

func (r *Reader) unsigned(bits int) (n uint64, ok bool) {
	if !r.isNumber() {
		return 0, r.Mismatch()
	}
	n, err := strconv.ParseUint(string(r.Raw()), 10, bits)
	if err != nil {
		r.mismatched = true
	}
	return n, err == nil
}

func (r *Reader) float() (f float64, ok bool) {
	if !r.isNumber() {
		return 0, r.Mismatch()
	}
	f, err := strconv.ParseFloat(string(r.Raw()), 64)
	if err != nil {
		r.mismatched = true
	}
	return f, err == nil
}

func (r *Reader) isNumber() bool {
	c := r.Peek()
	return c == '-' || c-'0' < 10
}

// Any reads a value of any type: as a map[string]any, []any, string, float64, bool, or nil for null.
func (r *Reader) Any() any {
	switch r.Peek() {
	case '{':
		object := map[string]any{}
		for more := r.Open('{'); more; more = r.Next('}') {
			name := string(r.Name())
			object[name] = r.Any()
		}
		return object
	case '[':
		array := []any{}
		for more := r.Open('['); more; more = r.Next(']') {
			array = append(array, r.Any())
		}
		return array
	case '"':
		text, _ := r.Text()
		return text
	case 't', 'f':
		isTrue := r.Peek() == 't'
		r.Skip()
		return isTrue
	case 'n':
		r.Null()
		return nil
	}
	if f, ok := r.float(); ok {
		return f
	}
	return nil
}

// Raw is a value as it is written. It is a part of the text that it was read from.
type Raw []byte

// WriteJSON implements Writable.
func (v Raw) WriteJSON(w *Writer) { w.Raw(v) }

// ReadJSON implements Value.
func (v *Raw) ReadJSON(r *Reader) bool {
	*v = r.Raw()
	return true
}

// unquote appends what a string with escapes says, by the rules of encoding/json: each byte that isn't UTF-8, and each half of a pair
// of surrogates (RFC 8259, section 8.2), becomes U+FFFD.
func unquote(to, inner []byte) []byte {
	for i := 0; i < len(inner); {
		switch c := inner[i]; {
		case c == '\\':
			c = inner[i+1]
			if c != 'u' {
				to = append(to, unescaped(c))
				i += 2
				continue
			}
			u := escapedRune(inner[i:])
			i += 6
			if utf16.IsSurrogate(u) {
				pair := utf16.DecodeRune(u, escapedRune(inner[i:]))
				if pair != utf8.RuneError {
					i += 6
				}
				u = pair
			}
			to = utf8.AppendRune(to, u)
		case c < utf8.RuneSelf:
			to = append(to, c)
			i++
		default:
			u, size := utf8.DecodeRune(inner[i:])
			to = utf8.AppendRune(to, u)
			i += size
		}
	}
	return to
}

func unescaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// escapedRune reads \u and four digits; -1 where something else stands.
func escapedRune(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	var u rune
	for _, c := range b[2:6] {
		u = u<<4 | rune(hex(c))
	}
	return u
}

// hex is what a hexadecimal digit says; -1 for any other byte.
func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
