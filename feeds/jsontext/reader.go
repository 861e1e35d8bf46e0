package jsontext

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// maxDepth is how deep arrays and objects may stand in each other, as in encoding/json.
const maxDepth = 10_000

// ErrMismatch is what Unmarshal returns of valid JSON that holds a value of another type than was expected. All other values were read.
var ErrMismatch = errors.New("a value of another type in JSON")

// SyntaxError says where a text stops being JSON.
type SyntaxError struct {
	Offset int // in bytes
	what   string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d of JSON", e.what, e.Offset) }

// Value is read from JSON as it likes.
type Value interface {
	// ReadJSON reads exactly one value, and reports whether it was of the kind that is expected.
	ReadJSON(r *Reader) bool
}

// Reader reads one JSON text from its start to its end. After a syntax error it is at the end. It is for one goroutine.
type Reader struct {
	data       []byte
	at         int // of the value, name, comma or bracket that comes next; white space before it has been passed
	depth      int
	mismatched bool
	err        error
	name       []byte // memory for names with escapes
}

// NewReader makes a reader of a text, which mustn't be changed while anything that was read of it by Raw is in use.
func NewReader(text []byte) *Reader {
	r := &Reader{data: text}
	r.space()
	return r
}

// Unmarshal reads a whole text into what into points to. Its error is a *SyntaxError, or ErrMismatch.
func Unmarshal(text []byte, into any) error {
	r := NewReader(text)
	r.Read(into)
	if err := r.Close(); err != nil {
		return err
	}
	if r.mismatched {
		return ErrMismatch
	}
	return nil
}

// Valid is nil for a text that is JSON, else a *SyntaxError.
func Valid(text []byte) error {
	r := NewReader(text)
	r.Skip()
	return r.Close()
}

// Close returns the syntax error that was found, which it is that more follows than one value.
func (r *Reader) Close() error {
	if r.err == nil && r.at < len(r.data) {
		r.fail("more than one value")
	}
	return r.err
}

// Mismatched reports that a value of another type than was expected has been passed over.
func (r *Reader) Mismatched() bool { return r.mismatched }

// Peek returns the first byte of the next value: '{', '[', '"', 't', 'f', 'n', '-' or a digit for valid JSON. It is 0 at the end.
func (r *Reader) Peek() byte {
	if r.at < len(r.data) {
		return r.data[r.at]
	}
	return 0
}

// Null reads null, and reports whether it stood there.
func (r *Reader) Null() bool {
	if r.Peek() != 'n' {
		return false
	}
	r.literal("null")
	return true
}

// Mismatch passes over a value that is of another type than was expected, and always returns false. Null is expected everywhere.
func (r *Reader) Mismatch() bool {
	if !r.Null() {
		r.mismatched = true
		r.Skip()
	}
	return false
}

// Open enters the object or array that starts with the byte, and reports whether there is anything in it. It is used with Next:
//
//	for more := r.Open('['); more; more = r.Next(']') {
//		r.Skip()
//	}
func (r *Reader) Open(start byte) bool {
	if r.Peek() != start {
		r.unexpected()
		return false
	}
	if r.depth++; r.depth > maxDepth {
		r.fail("too many arrays and objects in each other")
		return false
	}
	r.at++
	r.space()
	if r.Peek() == start+2 { // '}' is '{'+2, ']' is '['+2
		r.close()
		return false
	}
	return true
}

// Next goes to the next field or element of what ends with the byte, and reports whether there is one.
func (r *Reader) Next(end byte) bool {
	switch r.Peek() {
	case ',':
		r.at++
		r.space()
		return r.err == nil
	case end:
		r.close()
		return false
	}
	r.unexpected()
	return false
}

func (r *Reader) close() {
	r.depth--
	r.at++
	r.space()
}

// Name reads a field's name and the colon after it. It is valid until the next name is read.
func (r *Reader) Name() []byte {
	name, plain := r.quoted()
	if !plain {
		r.name = unquote(r.name[:0], name)
		name = r.name
	}
	r.space()
	if r.Peek() != ':' {
		r.unexpected()
		return nil
	}
	r.at++
	r.space()
	return name
}

// Skip passes over a value.
func (r *Reader) Skip() {
	switch c := r.Peek(); c {
	case '{':
		for more := r.Open('{'); more; more = r.Next('}') {
			r.quoted()
			r.space()
			if r.Peek() != ':' {
				r.unexpected()
				return
			}
			r.at++
			r.space()
			r.Skip()
		}
	case '[':
		for more := r.Open('['); more; more = r.Next(']') {
			r.Skip()
		}
	case '"':
		r.quoted()
		r.space()
	case 't':
		r.literal("true")
	case 'f':
		r.literal("false")
	case 'n':
		r.literal("null")
	default:
		r.number()
	}
}

// Raw reads a value as it is written. It is a part of the text.
func (r *Reader) Raw() []byte {
	start := r.at
	end := r.skipTo()
	if r.err != nil {
		return nil
	}
	return r.data[start:end:end]
}

// skipTo passes over a value and returns where it ends, without the white space after it.
func (r *Reader) skipTo() int {
	r.Skip()
	end := r.at
	for end > 0 && isSpace(r.data[end-1]) {
		end--
	}
	return end
}

// Part is a reader of a value that was read by Raw, in the same place.
func (r *Reader) Part(raw []byte) *Reader { return &Reader{data: raw, depth: r.depth} }

// Merge takes over what a Part has found out.
func (r *Reader) Merge(part *Reader) { r.mismatched = r.mismatched || part.mismatched }

// quoted reads a string, and returns what stands between its quotation marks; plain is false when that has escapes or isn't UTF-8. It
// doesn't pass white space.
func (r *Reader) quoted() (inner []byte, plain bool) {
	if r.Peek() != '"' {
		r.unexpected()
		return nil, true
	}
	start := r.at + 1
	plain = true
	ascii := true
	for i := start; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '"':
			r.at = i + 1
			inner = r.data[start:i]
			return inner, plain && (ascii || utf8.Valid(inner))
		case c == '\\':
			plain = false
			if i++; i < len(r.data) && !r.escape(i) {
				return nil, true
			}
		case c < ' ':
			r.at = i
			r.unexpected()
			return nil, true
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	r.at = len(r.data)
	r.unexpected()
	return nil, true
}

// escape checks what follows a backslash.
func (r *Reader) escape(i int) bool {
	switch r.data[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for j := i + 1; j < i+5; j++ {
			if j >= len(r.data) || hex(r.data[j]) < 0 {
				r.at = min(j, len(r.data))
				r.unexpected()
				return false
			}
		}
		return true
	}
	r.at = i
	r.unexpected()
	return false
}

// number passes over a number.
func (r *Reader) number() {
	if r.Peek() == '-' {
		r.at++
	}
	if r.Peek() == '0' {
		r.at++
	} else if !r.digits() {
		return
	}
	if r.Peek() == '.' {
		r.at++
		if !r.digits() {
			return
		}
	}
	if c := r.Peek(); c == 'e' || c == 'E' {
		r.at++
		if c = r.Peek(); c == '+' || c == '-' {
			r.at++
		}
		if !r.digits() {
			return
		}
	}
	r.space()
}

// digits passes over one digit or more.
func (r *Reader) digits() bool {
	start := r.at
	for r.at < len(r.data) && r.data[r.at]-'0' < 10 {
		r.at++
	}
	if r.at == start {
		r.unexpected()
		return false
	}
	return true
}

func (r *Reader) literal(word string) {
	for i := range len(word) {
		if r.Peek() != word[i] {
			r.unexpected()
			return
		}
		r.at++
	}
	r.space()
}

func (r *Reader) space() {
	for r.at < len(r.data) && isSpace(r.data[r.at]) {
		r.at++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// unexpected is the syntax error of what stands here.
func (r *Reader) unexpected() {
	if r.at >= len(r.data) {
		r.fail("an unexpected end")
		return
	}
	r.fail(fmt.Sprintf("an unexpected %q", r.data[r.at]))
}

// fail keeps the first error, and goes to the end so that all loops do.
func (r *Reader) fail(what string) {
	if r.err == nil {
		r.err = &SyntaxError{Offset: r.at, what: what}
	}
	r.at = len(r.data)
}
