package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Text is a string, or a number as it is written; "" for anything else.
type Text string

// UnmarshalJSON never fails.
func (t *Text) UnmarshalJSON(b []byte) error {
	*t = Text(scalar(b))
	return nil
}

// Number is a number, or a numeral in a string.
type Number struct {
	Value float64
	Known bool
}

// UnmarshalJSON never fails.
func (n *Number) UnmarshalJSON(b []byte) error {
	if f, err := strconv.ParseFloat(scalar(b), 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		*n = Number{f, true}
	}
	return nil
}

// Count is what the domain calls a count: -1 when unknown.
func (n Number) Count() int {
	if !n.Known || n.Value < 0 {
		return -1
	}
	return int(min(n.Value, math.MaxInt32))
}

// Or is n, or o where n is unknown.
func (n Number) Or(o Number) Number {
	if n.Known {
		return n
	}
	return o
}

// Score is a number that may be negative, nil when unknown.
func (n Number) Score() *int {
	if !n.Known {
		return nil
	}
	score := int(max(math.MinInt32, min(n.Value, math.MaxInt32)))
	return &score
}

// Size is a width, a height or a length; 0 when unknown.
func (n Number) Size() int { return max(n.Count(), 0) }

// Bool is a boolean that may be missing.
type Bool uint8

// The values of a Bool.
const (
	Unset Bool = iota
	No
	Yes
)

// UnmarshalJSON never fails.
func (f *Bool) UnmarshalJSON(b []byte) error {
	switch scalar(b) {
	case "true", "1":
		*f = Yes
	case "false", "0":
		*f = No
	}
	return nil
}

// scalar returns a string's text and any other value as it is written; "" for null, arrays and objects.
func scalar(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	switch b[0] {
	case 'n', '{', '[':
		return ""
	case '"':
		var s string
		if json.Unmarshal(b, &s) != nil {
			return ""
		}
		return s
	}
	return string(b)
}

// List is an array whose elements that can't be decoded are left out. An object alone is a list of one.
type List[T any] []T

// UnmarshalJSON never fails. An empty array is an empty list, and not nil.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return nil
	}
	switch b[0] {
	case '{':
		var one T
		if Decode(b, &one) == nil {
			*l = List[T]{one}
		}
	case '[':
		var raw []json.RawMessage
		if json.Unmarshal(b, &raw) != nil {
			return nil
		}
		*l = make(List[T], 0, len(raw))
		for _, r := range raw {
			var one T
			if fits(r, &one) && !bytes.Equal(r, []byte("null")) {
				*l = append(*l, one)
			}
		}
	}
	return nil
}

// fits decodes an element, and reports that it is of the kind that is expected, whatever its fields are.
func fits(b []byte, into any) bool {
	err := json.Unmarshal(b, into)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return mismatch.Field != ""
	}
	return err == nil
}

// Object is an object, or nothing where something else stands.
type Object[T any] struct{ Value *T }

// UnmarshalJSON never fails.
func (o *Object[T]) UnmarshalJSON(b []byte) error {
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		return nil
	}
	v := new(T)
	if Decode(b, v) == nil {
		o.Value = v
	}
	return nil
}

// Decode fills into as far as body fits. A value of a wrong type is left out, since encoding/json goes on after it and tells in the
// end; only what isn't JSON is an error.
func Decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return nil
	}
	return err
}

// DecodeObject is Decode for an answer that is an object on every route that is asked.
func DecodeObject(body []byte, into any) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return errors.New("a list where an object is expected")
	}
	return Decode(body, into)
}

// Time reads a time as servers write it. Without a zone it is UTC; the zero time is for what is none, and for years that nobody
// can have meant.
func Time(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, form := range [...]string{time.RFC3339, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999-0700", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02"} {
		if t, err := time.Parse(form, s); err == nil {
			if t = t.UTC(); t.Year() < 1970 || t.Year() > 9999 {
				return time.Time{}
			}
			return t
		}
	}
	return time.Time{}
}

// Day is Time for what is a day.
func Day(s string) time.Time {
	t := Time(s)
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// LanguageTag returns a BCP 47 tag, "" for what can't be one.
func LanguageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if len(s) < 2 || len(s) > 35 || strings.HasPrefix(s, "-") || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return ""
	}
	return s
}
