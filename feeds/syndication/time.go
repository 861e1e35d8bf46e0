package syndication

import (
	"strconv"
	"strings"
	"time"
)

// maxDate is how long a date is at most, in bytes.
const maxDate = 150

// parseTime reads a date as feeds write it: RFC 822 in its old and new forms and all their breaks, RFC 3339, seconds or milliseconds
// since 1970, what Go, JavaScript and others print by themselves, and what templates write in the language of their site. Without a
// zone UTC is meant. It returns the zero time when there is none to read, which is never replaced by a guess.
func parseTime(s string) time.Time {
	if len(s) > maxDate {
		return time.Time{}
	}
	if t, isNumber := parseNumber(strings.TrimSpace(s)); isNumber {
		return t
	}
	s, _, _ = strings.Cut(s, " m=") // Go's monotonic clock
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "a. m.", "am", "p. m.", "pm", "π.μ.", "πμ", "μ.μ.", "μμ").Replace(strings.ToLower(s))
	d := dateReader{rest: strings.Join(strings.Fields(s), " ")}
	for d.rest != "" {
		if !d.token() {
			return time.Time{}
		}
	}
	return d.time()
}

// parseNumber reads a date that is nothing but figures: a time since 1970 as its size tells, or a day.
func parseNumber(s string) (t time.Time, isNumber bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(whole+fraction, "0123456789") != "" {
		return time.Time{}, false
	}
	switch {
	case len(whole) == 8 || len(whole) == 14 && (whole[:2] == "19" || whole[:2] == "20"):
		d := dateReader{}
		d.compact(whole)
		return d.time(), true
	case len(whole) < 9:
		return time.Time{}, fraction != "" || len(whole) != 4
	case len(whole) < 12:
		t = time.Unix(n, 0)
	case len(whole) < 15:
		t = time.UnixMilli(n)
	case len(whole) < 18:
		t = time.UnixMicro(n)
	default:
		t = time.Unix(0, n)
	}
	return t.UTC(), true
}

// dateReader reads a date by its parts, in whatever order they come.
type dateReader struct {
	rest    string // in lower case
	numbers []datePart
	month   int    // by its name; 0 for none
	named   [3]int // year, month and day that are marked as such, as in Japanese
	clock   [3]int // hour, minute, second
	nanos   int
	timed   bool   // there is a clock
	half    string // "am" or "pm"
	offset  int    // seconds east of Greenwich
	zone    bool   // offset is told in figures
	unknown int    // words that mean nothing here: weekdays, "at"
}

// datePart is a number of a date, and what parts it from the one before it.
type datePart struct {
	value, figures int
	after          byte
}

// time puts the parts together; the zero time when they are no date.
func (d *dateReader) time() time.Time {
	year, month, day := d.day()
	hour, minute, second := d.clock[0], d.clock[1], d.clock[2]
	switch {
	case d.half != "" && (hour < 1 || hour > 12):
		if hour > 12 && hour < 24 && d.half == "pm" { // "18:55 PM"
			break
		}
		return time.Time{}
	case d.half == "pm" && hour < 12:
		hour += 12
	case d.half == "am" && hour == 12:
		hour = 0
	}
	if year < 1000 || year > 9999 || month < 1 || month > 12 || hour > 24 || hour == 24 && minute+second > 0 || minute > 59 || second > 60 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, hour, minute, min(second, 59), d.nanos, time.UTC)
	if last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); day < 1 || day > last {
		return time.Time{}
	}
	if t = t.Add(-time.Duration(d.offset) * time.Second); t.Year() > 9999 { // RFC 3339 and JSON have no others
		return time.Time{}
	}
	return t
}

// day finds year, month and day among the numbers. Zeros mean that they can't be told.
func (d *dateReader) day() (year, month, day int) {
	n := d.numbers
	if d.named[0] > 0 {
		return d.named[0], d.named[1], max(d.named[2], 1)
	}
	if len(n) >= 3 && parted(n[0]) && parted(n[1]) { // a name of a month was one of a weekday then
		return numericDay(n, d.month > 0)
	}
	switch {
	case d.month > 0 && len(n) == 1 && n[0].figures == 4:
		return n[0].value, d.month, 1
	case d.month > 0 && len(n) >= 2 && (n[0].figures == 4 || n[0].value > 31):
		return fullYear(n[0]), d.month, n[1].value
	case d.month > 0 && len(n) >= 2:
		return fullYear(n[1]), d.month, n[0].value
	case d.month == 0 && len(n) == 2 && n[0].figures == 4 && parted(n[0]):
		return n[0].value, n[1].value, 1
	case d.month == 0 && len(n) == 1 && n[0].figures == 4 && d.unknown == 0 && !d.timed:
		return n[0].value, 1, 1
	}
	return 0, 0, 0
}

// parted reports a number that one of the signs follows which part the numbers of a day.
func parted(p datePart) bool { return p.after == '.' || p.after == '/' || p.after == '-' }

// numericDay reads a day of three numbers. With slashes the month comes first, as in the United States, where it can and where nothing
// shows that another language is written: who writes the day first has full stops or hyphens mostly.
func numericDay(n []datePart, elsewhere bool) (year, month, day int) {
	switch {
	case n[0].figures == 4:
		return n[0].value, n[1].value, n[2].value
	case n[2].figures != 4 && n[0].after == '-': // any of them may be the year
		return 0, 0, 0
	case n[0].after == '/' && n[0].value <= 12 && !elsewhere:
		return fullYear(n[2]), n[0].value, n[1].value
	}
	return fullYear(n[2]), n[1].value, n[0].value
}

// fullYear is the year that a number means: two figures are those of RFC 822, from 1969 on.
func fullYear(p datePart) int {
	switch {
	case p.figures > 2:
		return p.value
	case p.value >= 69:
		return p.value + 1900
	}
	return p.value + 2000
}
