package apiclient

import (
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
)

// timeLayouts are what softwares write: with an offset, without a colon in it, without any (UTC is meant), days alone. All that have
// seconds take fractions of a second too.
var timeLayouts = [...]string{
	time.RFC3339,
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 Z0700",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05 MST",
	time.DateOnly,
}

// AnyTime reads a time in UTC as servers write it, the zero time when there is none to read: of the publication of anything, as of
// the article behind a link, in the years that RFC 3339 has.
func AnyTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range timeLayouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 {
			return time.Time{}
		}
		return t
	}
	return time.Time{}
}

// Time is AnyTime for what happened on the net: years before 1970 are mistakes, and give the zero time.
func Time(s string) time.Time {
	if t := AnyTime(s); t.Year() >= 1970 {
		return t
	}
	return time.Time{}
}

// Day is Time for what is a day, even where a software writes an hour with it.
func Day(s string) time.Time {
	t := Time(s)
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// LanguageTag returns a tag in the form of BCP 47, which goes into an attribute that browsers choose fonts by. It is "" for what can't
// be one, and for "und" and "zxx", which say that nobody knows the language and that there is none.
func LanguageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if s == "und" || s == "zxx" || len(s) > 35 {
		return ""
	}
	first := true
	for part := range strings.SplitSeq(s, "-") {
		if len(part) == 0 || len(part) > 8 || first && len(part) == 1 || strings.ContainsFunc(part, func(r rune) bool {
			return (first || r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		}) {
			return ""
		}
		first = false
	}
	return s
}

// Position reads a cursor of a list that goes on by counting: how many elements are above (first is 0), or a page's number (first
// is 1). "" is first. The error is ErrNoSuchPage.
func Position(c feeds.Cursor, first int) (int, error) {
	if c == "" {
		return first, nil
	}
	n, err := strconv.Atoi(string(c))
	if err != nil || n < 1 {
		return 0, ErrNoSuchPage
	}
	return n, nil
}

// CursorAt is the cursor that Position reads.
func CursorAt(position int) feeds.Cursor { return feeds.Cursor(strconv.Itoa(position)) }
