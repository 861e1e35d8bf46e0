package jsontext

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// Writable is written as one JSON value.
type Writable interface{ WriteJSON(w *Writer) }

// Writer writes one JSON text. Commas are written by Name and Element. The zero value is ready; it is for one goroutine.
type Writer struct {
	buf []byte
	err error
}

// Bytes returns what was written, and the first error.
func (w *Writer) Bytes() ([]byte, error) { return w.buf, w.err }

// Open begins an object with '{' or an array with '['.
func (w *Writer) Open(start byte) { w.buf = append(w.buf, start) }

// Close ends it with '}' or ']'.
func (w *Writer) Close(end byte) { w.buf = append(w.buf, end) }

// Name writes a field's name; the value follows.
func (w *Writer) Name(name string) {
	w.Element()
	w.String(name)
	w.buf = append(w.buf, ':')
}

// Element begins an element of an array; the value follows.
func (w *Writer) Element() {
	if last := w.buf[len(w.buf)-1]; last != '{' && last != '[' {
		w.buf = append(w.buf, ',')
	}
}

// Null writes null.
func (w *Writer) Null() { w.buf = append(w.buf, "null"...) }

// Bool writes true or false.
func (w *Writer) Bool(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

// Int writes a number.
func (w *Writer) Int(v int64) { w.buf = strconv.AppendInt(w.buf, v, 10) }

// Float writes a number. Infinities and NaN are an error.
func (w *Writer) Float(v float64) {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		w.fail(errors.New("a number that JSON doesn't have"))
		return
	}
	w.buf = strconv.AppendFloat(w.buf, v, 'g', -1, 64)
}

// Time writes a time as RFC 3339 has it. A year or an offset that it doesn't have is an error.
func (w *Writer) Time(t time.Time) {
	text, err := t.MarshalJSON()
	if err != nil {
		w.fail(err)
		return
	}
	w.buf = append(w.buf, text...)
}

// Raw writes what is a JSON value already. Nothing is null, and what isn't JSON is an error.
func (w *Writer) Raw(v Raw) {
	if v == nil {
		w.Null()
		return
	}
	if err := Valid(v); err != nil {
		w.fail(err)
		return
	}
	w.buf = append(w.buf, v...)
}

// String writes a string. What isn't UTF-8 becomes U+FFFD.
func (w *Writer) String(s string) {
	b := append(w.buf, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			u, size := utf8.DecodeRuneInString(s[i:])
			if u == utf8.RuneError && size == 1 {
				b = append(append(b, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			b = append(append(b, s[start:i]...), '\\')
			switch c {
			case '"', '\\':
				b = append(b, c)
			case '\n':
				b = append(b, 'n')
			default:
				b = append(b, 'u', '0', '0', '0'+c>>4, "0123456789abcdef"[c&15])
			}
			start = i + 1
		}
		i++
	}
	w.buf = append(append(b, s[start:]...), '"')
}

func (w *Writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
	w.Null()
}

// Indent returns JSON that Marshal made, with a line for each field and element, for people.
func Indent(text []byte) []byte {
	var out []byte
	depth, quoted := 0, false
	line := func() {
		out = append(out, '\n')
		for range depth {
			out = append(out, "  "...)
		}
	}
	for i, c := range text {
		switch {
		case quoted:
			quoted = c != '"' || isEscaped(text[:i])
			out = append(out, c)
		case c == '{' || c == '[':
			out = append(out, c)
			if depth++; text[i+1] != c+2 {
				line()
			}
		case c == '}' || c == ']':
			if depth--; text[i-1] != c-2 {
				line()
			}
			out = append(out, c)
		case c == ',':
			out = append(out, c)
			line()
		case c == ':':
			out = append(out, ": "...)
		default:
			quoted = c == '"'
			out = append(out, c)
		}
	}
	return out
}

// isEscaped reports that an odd number of backslashes stands at the end.
func isEscaped(text []byte) bool {
	return (len(text)-len(bytes.TrimRight(text, `\`)))%2 == 1
}
