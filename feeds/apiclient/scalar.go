package apiclient

import (
	"math"
	"strconv"
	"strings"

	"vitrine/feeds/jsontext"
)

// Text is a string, or a number as it is written, as Mastodon before 2.0 wrote ids; "" for anything else.
type Text string

// ReadJSON takes whatever stands there.
func (t *Text) ReadJSON(r *jsontext.Reader) bool {
	*t = Text(scalar(r))
	return true
}

// Number is a number, or a numeral in a string.
type Number struct {
	Value float64
	Known bool
}

// ReadJSON takes whatever stands there.
func (n *Number) ReadJSON(r *jsontext.Reader) bool {
	if f, err := strconv.ParseFloat(scalar(r), 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		*n = Number{f, true}
	}
	return true
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

// ReadJSON takes whatever stands there.
func (f *Bool) ReadJSON(r *jsontext.Reader) bool {
	switch scalar(r) {
	case "true", "1":
		*f = Yes
	case "false", "0":
		*f = No
	}
	return true
}

// scalar reads a string's text and any other value as it is written; "" for null, arrays and objects.
func scalar(r *jsontext.Reader) string {
	switch r.Peek() {
	case '"':
		text, _ := r.Text()
		return text
	case 'n', '{', '[':
		r.Skip()
		return ""
	}
	return string(r.Raw())
}

// IsNumeral reports that a text is digits alone, as ids of some APIs are, and not longer than such an id can be.
func IsNumeral(s string) bool {
	return s != "" && len(s) <= 20 && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
