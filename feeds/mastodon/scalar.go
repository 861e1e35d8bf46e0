package mastodon

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The types below take what softwares write in place of what the API page says. Their UnmarshalJSON never fails: a value that
// makes no sense is one that is missing.

// ident is an id: a string, or a number as Mastodon before 2.0 wrote it.
type ident string

func (i *ident) UnmarshalJSON(b []byte) error {
	*i = ident(scalar(b))
	return nil
}

// number is a number or a numeral in a string (trends, Friendica's sizes).
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

// count is what the domain calls a count: -1 when unknown, or when a server hides it behind a negative number.
func (n number) count() int {
	if !n.known || n.value < 0 {
		return -1
	}
	return int(min(n.value, math.MaxInt32))
}

// size is a width or height, 0 when unknown.
func (n number) size() int { return max(n.count(), 0) }

// boolean is a boolean that may be missing, null or "true".
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

// list is an array; or an object, as PHP writes an array whose keys have holes: its values in the order of their keys.
type list[T any] []T

func (l *list[T]) UnmarshalJSON(b []byte) error {
	_ = l.fill(b)
	return nil
}

// fill is UnmarshalJSON for what may fail: a whole answer, which nobody has checked before.
func (l *list[T]) fill(b []byte) error {
	if bytes.HasPrefix(bytes.TrimLeft(b, " \t\r\n"), []byte("{")) {
		var byKey map[string]T
		err := decode(b, &byKey)
		*l = valuesOf(byKey)
		return err
	}
	return decode(b, (*[]T)(l))
}

func valuesOf[T any](byKey map[string]T) []T {
	keys := make([]string, 0, len(byKey))
	for k := range byKey {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { // "2" before "10"
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	values := make([]T, 0, len(keys))
	for _, k := range keys {
		values = append(values, byKey[k])
	}
	return values
}

// picture is the address of one: a string (v1), or an object that has it as url (v2).
type picture string

func (p *picture) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		var o struct {
			URL string `json:"url"`
		}
		if decode(b, &o) == nil {
			*p = picture(o.URL)
		}
		return nil
	}
	*p = picture(scalar(b))
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

// isASCII reports that nothing in b needs json's replacement of invalid UTF-8.
func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// timeLayouts are what the softwares write: with an offset, without a colon in it, without any (UTC is meant), days alone.
// All but the last two take fractions of a second too.
var timeLayouts = [...]string{
	time.RFC3339,
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 Z0700",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05 MST",
	time.DateOnly,
}

// parseTime reads a time in UTC, the zero time when there is none to read.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range timeLayouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 { // RFC 3339 and JSON have no others
			return time.Time{}
		}
		return t
	}
	return time.Time{}
}

// parseDay is parseTime for what is a day, even where a software writes an hour with it.
func parseDay(s string) time.Time {
	y, m, d := parseTime(s).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
