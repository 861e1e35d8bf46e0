package mbin

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// The types below take what is missing, null or of another type than it should be. Their UnmarshalJSON never fails: a value
// that makes no sense is one that is missing.

// ident is an id: a number, or a numeral in a string.
type ident string

func (i *ident) UnmarshalJSON(b []byte) error {
	*i = ident(scalar(b))
	return nil
}

// isID reports that a text can be an id, which is a number.
func isID(s string) bool {
	return s != "" && len(s) <= 20 && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// number is a number or a numeral in a string.
type number struct {
	value float64
	known bool
}

func (n *number) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(scalar(b), 64)
	if err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		*n = number{f, true}
	}
	return nil
}

// count is what the domain calls a count: -1 when unknown.
func (n number) count() int {
	if !n.known || n.value < 0 {
		return -1
	}
	return int(min(n.value, math.MaxInt32))
}

// size is a width or height, 0 when unknown.
func (n number) size() int { return max(n.count(), 0) }

// boolean is a boolean that may be missing.
type boolean uint8

const (
	unset boolean = iota
	no
	yes
)

func (f *boolean) UnmarshalJSON(b []byte) error {
	switch scalar(b) {
	case "true", "1":
		*f = yes
	case "false", "0":
		*f = no
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

// decodeBody decodes a whole answer, which is an object on every route that is asked.
func decodeBody(body []byte, into any) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return errors.New("a list where an object is expected")
	}
	return decode(body, into)
}

// decode fills into as far as body fits. A value of a wrong type is left out, since encoding/json goes on after it and tells
// in the end; only what isn't JSON is an error.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return nil
	}
	return err
}

// parseTime reads a time in UTC, the zero time when there is none to read.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range [...]string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 { // JSON has no others
			return time.Time{}
		}
		return t
	}
	return time.Time{}
}

// parseDay is parseTime for what is a day.
func parseDay(s string) time.Time {
	t := parseTime(s)
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
