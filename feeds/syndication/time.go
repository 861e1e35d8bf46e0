package syndication

import (
	"strconv"
	"strings"
	"time"
)

// parseTime reads a date as feeds write it: RFC 822 in its old and new forms and all their breaks, RFC 3339, and what looks like
// either. Without a zone UTC is meant. It returns the zero time when there is none to read.
func parseTime(s string) time.Time {
	if len(s) > 100 {
		return time.Time{}
	}
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return time.Time{}
	}
	if s[0] >= '0' && s[0] <= '9' {
		if t := tryLayouts(strings.ToUpper(s), isoLayouts[:]); !t.IsZero() {
			return t
		}
	}
	s = plainDate(s)
	return tryLayouts(s, dateLayouts[:])
}

// isoLayouts are days and times in the order of ISO 8601. Fractions of a second are taken by all that have seconds.
var isoLayouts = [...]string{
	time.RFC3339,
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05Z07",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 Z0700",
	"2006-01-02 15:04:05 Z07:00",
	"2006-01-02 15:04:05 UTC",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	time.DateOnly,
	"2006/1/2 15:04:05",
	"2006/1/2",
	"20060102T15:04:05Z07:00",
	"20060102T150405Z0700",
	"2006-01",
	"2006",
}

// dateLayouts are what plainDate leaves: no weekday, months of three letters, a zone in figures.
var dateLayouts = [...]string{
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05",
	"2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04",
	"2 Jan 2006",
	"2 Jan 2006 -0700",
	"2 Jan 06 15:04:05 -0700",
	"2 Jan 06 15:04:05",
	"2 Jan 06 15:04 -0700",
	"2 Jan 06 15:04",
	"2 Jan 06",
	"Jan 2 2006 15:04:05 -0700",
	"Jan 2 2006 15:04:05",
	"Jan 2 2006 15:04",
	"Jan 2 2006 3:04 PM",
	"Jan 2 2006",
	"Jan 2 15:04:05 2006", // ctime
	"Jan 2 15:04:05 -0700 2006",
	"2006 Jan 2 15:04:05 -0700",
	"2006 Jan 2 15:04:05",
	"1/2/2006 3:04:05 PM",
	"1/2/2006 15:04:05",
}

func tryLayouts(s string, layouts []string) time.Time {
	for _, layout := range layouts {
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

// plainDate takes away the weekday, which may be wrong or in any language, and commas, shortens months, and puts figures for a
// zone's name.
func plainDate(s string) string {
	if i := strings.IndexByte(s, ','); i > 0 && !strings.ContainsAny(s[:i], "0123456789") {
		s = s[i+1:]
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, ",", " "), "(", " (")
	words := strings.Fields(s)
	if len(words) > 2 && isWeekday(words[0]) {
		words = words[1:]
	}
	if last := len(words) - 1; last > 0 && strings.HasPrefix(words[last], "(") { // a comment: "+0100 (CET)"
		words = words[:last]
	}
	if len(words) == 0 {
		return ""
	}
	if dashed := strings.Split(words[0], "-"); len(dashed) == 3 && len(dashed[1]) >= 3 { // RFC 850: 02-Jan-06
		words = append(dashed, words[1:]...)
	}
	for i, w := range words {
		words[i] = plainWord(w, i > 2)
	}
	return strings.Join(words, " ")
}

func isWeekday(w string) bool {
	w = strings.ToLower(strings.TrimSuffix(w, "."))
	for _, day := range [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		if strings.HasPrefix(w, day) {
			return true
		}
	}
	return false
}

// plainWord is one word of a date; a zone stands late in it.
func plainWord(w string, late bool) string {
	letters := strings.TrimSuffix(w, ".")
	if letters == "" {
		return w
	}
	if c := letters[0]; c < 'A' {
		switch {
		case late && (c == '+' || c == '-'):
			if n := strings.ReplaceAll(letters, ":", ""); len(n) == 5 {
				return n
			} else if len(n) == 3 { // "+02"
				return n + "00"
			}
		case len(letters) > 2 && !late: // 1st, 2nd, 3rd
			return strings.TrimRight(letters, "dhnrst")
		}
		return letters
	}
	if late {
		zone := strings.ToUpper(letters)
		if rest, ok := strings.CutPrefix(zone, "GMT"); ok && len(rest) > 1 && (rest[0] == '+' || rest[0] == '-') {
			return plainWord(rest, true)
		}
		if offset, ok := zoneOffset(zone); ok {
			return offset
		}
		if zone == "AM" || zone == "PM" {
			return zone
		}
	}
	if len(letters) > 3 {
		return letters[:3]
	}
	return letters
}

// zoneOffset knows the zones of RFC 822 and those others that feeds write. A name that means several is that of the most feeds.
func zoneOffset(name string) (offset string, known bool) {
	var hours int
	switch name {
	case "GMT", "UT", "UTC", "Z", "WET":
	case "EST", "CDT":
		hours = -5
	case "EDT", "AST":
		hours = -4
	case "CST", "MDT":
		hours = -6
	case "MST", "PDT":
		hours = -7
	case "PST", "AKDT":
		hours = -8
	case "AKST":
		hours = -9
	case "HST":
		hours = -10
	case "ADT", "BRT", "ART":
		hours = -3
	case "BST", "CET", "MET", "WEST", "WAT":
		hours = 1
	case "CEST", "MEST", "EET", "SAST":
		hours = 2
	case "EEST", "MSK":
		hours = 3
	case "MSD", "GST":
		hours = 4
	case "IST":
		return "+0530", true
	case "SGT", "HKT", "AWST":
		hours = 8
	case "JST", "KST":
		hours = 9
	case "AEST":
		hours = 10
	case "AEDT":
		hours = 11
	case "NZST":
		hours = 12
	case "NZDT":
		hours = 13
	default:
		return "", false
	}
	sign := "+"
	if hours < 0 {
		sign, hours = "-", -hours
	}
	return sign + strconv.Itoa(hours/10) + strconv.Itoa(hours%10) + "00", true
}

// maxDuration bounds what is believed.
const maxDuration = 1000 * time.Hour

// parseLength reads "1:02:03", "62:03" or "3723.5": hours and minutes first.
func parseLength(s string) time.Duration {
	var seconds float64
	for part := range strings.SplitSeq(s, ":") {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(n >= 0) {
			return 0
		}
		seconds = seconds*60 + n
	}
	return secondsLong(seconds)
}

func secondsLong(seconds float64) time.Duration {
	if !(seconds > 0) || seconds >= maxDuration.Seconds() {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}
