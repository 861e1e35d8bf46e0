package apiclient

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Text is a string, or a number as it is written, as Mastodon before 2.0 wrote ids; "" for anything else.
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

// Count is what the domain calls a count: -1 when unknown, or when a server hides it behind a negative number.
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

// Bool is a boolean that may be missing, or "true" in a string.
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
		if inner := b[1 : len(b)-1]; bytes.IndexByte(inner, '\\') < 0 && isASCII(inner) {
			return string(inner)
		}
		var s string
		if json.Unmarshal(b, &s) != nil {
			return ""
		}
		return s
	}
	return string(b)
}

// isASCII reports that nothing in b needs the replacement of invalid UTF-8 that encoding/json does.
func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// IsNumeral reports that a text is digits alone, as ids of some APIs are, and not longer than such an id can be.
func IsNumeral(s string) bool {
	return s != "" && len(s) <= 20 && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
