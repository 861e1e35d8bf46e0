package syndication

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
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

// token reads what comes next, and reports whether a date may have it.
func (d *dateReader) token() bool {
	c := d.rest[0]
	switch {
	case c >= '0' && c <= '9':
		return d.number()
	case c == '(': // a comment: "+0100 (CET)"
		_, after, _ := strings.Cut(d.rest, ")")
		d.rest = after
		return true
	case (c == '+' || c == '-') && d.timed && len(d.rest) > 1 && isFigure(d.rest[1]):
		d.offsetInFigures()
		return true
	}
	if n := wordLength(d.rest); n > 0 {
		word := d.rest[:n]
		d.rest = d.rest[n:]
		return d.word(word)
	}
	_, size := utf8.DecodeRuneInString(d.rest)
	if d.rest[:size] == "\u2212" && d.timed { // a minus
		d.rest = "-" + d.rest[size:]
		return true
	}
	d.rest = d.rest[size:]
	return true
}

func isFigure(c byte) bool { return c >= '0' && c <= '9' }

// figures takes the number that comes next.
func (d *dateReader) figures() (value, length int) {
	for length < len(d.rest) && isFigure(d.rest[length]) {
		length++
	}
	value, err := strconv.Atoi(d.rest[:length])
	if err != nil {
		value = -1
	}
	d.rest = d.rest[length:]
	return value, length
}

// number reads a number: a part of the clock, of a day, or all of a day.
func (d *dateReader) number() bool {
	before := d.rest
	n, length := d.figures()
	if mark, size := utf8.DecodeRuneInString(strings.TrimLeft(d.rest, " ")); mark > unicode.MaxASCII {
		if d.marked(n, mark) {
			d.rest = strings.TrimLeft(d.rest, " ")[size:]
			return true
		}
	}
	next := strings.TrimLeft(d.rest, " ")
	switch {
	case length <= 2 && !d.timed && (strings.HasPrefix(d.rest, ":") || strings.HasPrefix(next, "h") && !strings.HasPrefix(next, "ho") || strings.HasPrefix(d.rest, ".") && d.hasDay()):
		return d.readClock(n)
	case length <= 2 && !d.timed && halfOfDay(next) != "":
		d.clock[0], d.timed = n, true
		return true
	case length == 8 || length == 14:
		d.compact(before[:length])
		return true
	case (length == 6 || length == 4) && d.hasDay() && !d.timed && length+1 <= len(before) && d.numbers[0].figures == 8:
		d.compactClock(before[:length])
		return true
	}
	d.numbers = append(d.numbers, datePart{value: n, figures: length})
	if d.rest != "" {
		d.numbers[len(d.numbers)-1].after = d.rest[0]
	}
	return len(d.numbers) <= 4
}

// marked takes a number whose meaning a character behind it tells: years, months and days, hours, minutes and seconds of Chinese,
// Japanese and Korean.
func (d *dateReader) marked(n int, mark rune) bool {
	switch mark {
	case '年', '년':
		d.named[0] = n
	case '月', '월':
		d.named[1] = n
	case '日', '일', '号':
		d.named[2] = n
	case '時', '时', '点', '시':
		d.clock[0], d.timed = n, true
	case '分', '분':
		d.clock[1] = n
	case '秒', '초':
		d.clock[2] = n
	default:
		return false
	}
	return true
}

// readClock reads what follows an hour: "18:55", "18:55:00.25", "18h55", "18.55".
func (d *dateReader) readClock(hour int) bool {
	d.clock[0], d.timed = hour, true
	d.rest = strings.TrimLeft(d.rest, " ")
	for i := 1; i < 3; i++ {
		next := strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(d.rest, ":.h"), "min"), " ")
		if next == "" || !isFigure(next[0]) || len(next) == len(d.rest) {
			break
		}
		d.rest = next
		d.clock[i], _ = d.figures()
	}
	if len(d.rest) > 1 && (d.rest[0] == '.' || d.rest[0] == ',') && isFigure(d.rest[1]) {
		d.rest = d.rest[1:]
		digits := len(d.rest)
		value := d.rest
		_, n := d.figures()
		value = (value[:digits-len(d.rest)] + "000000000")[:9]
		if n > 0 {
			d.nanos, _ = strconv.Atoi(value)
		}
	}
	return true
}

// compact reads "20260302" and "20260302185500".
func (d *dateReader) compact(s string) {
	year, _ := strconv.Atoi(s[:4])
	month, _ := strconv.Atoi(s[4:6])
	day, _ := strconv.Atoi(s[6:8])
	d.named = [3]int{year, month, day}
	d.numbers = append(d.numbers, datePart{figures: 8})
	if len(s) > 8 {
		d.compactClock(s[8:])
	}
}

func (d *dateReader) compactClock(s string) {
	d.timed = true
	for i := 0; 2*i+2 <= len(s); i++ {
		d.clock[i], _ = strconv.Atoi(s[2*i : 2*i+2])
	}
}

// hasDay reports that year, month and day are told already.
func (d *dateReader) hasDay() bool {
	return d.named[2] > 0 || len(d.numbers) >= 3 || d.month > 0 && len(d.numbers) == 2
}

// offsetInFigures reads "+0100", "+01:00", "-5".
func (d *dateReader) offsetInFigures() {
	sign := 1
	if d.rest[0] == '-' {
		sign = -1
	}
	d.rest = d.rest[1:]
	hours, n := d.figures()
	minutes := 0
	switch {
	case n > 2:
		hours, minutes = hours/100, hours%100
	case len(d.rest) > 2 && d.rest[0] == ':' && isFigure(d.rest[1]):
		d.rest = d.rest[1:]
		minutes, _ = d.figures()
	}
	if hours < 24 && minutes < 60 {
		d.offset, d.zone = sign*(hours*3600+minutes*60), true
	}
}

// wordLength is how many bytes of letters s begins with, and of the full stops in abbreviations: "a.m.".
func wordLength(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && (r != '.' || i == 0 || i+1 >= len(s) || s[i+1]|0x20 != 'm') {
			return i
		}
	}
	return len(s)
}

// word reads a word. What isn't known is a weekday, or a little word between the parts.
func (d *dateReader) word(w string) bool {
	if half := halfOfDay(w); half != "" {
		d.half = half
		return true
	}
	if m := monthOf(w); m > 0 {
		d.month = m // the last one: "mar." is a Tuesday in French, Italian and Spanish
		return true
	}
	if offset, known := zoneOffset(strings.ToUpper(w)); known && d.timed {
		if !d.zone {
			d.offset = offset
		}
		return true
	}
	d.unknown++
	return w != "w" && d.unknown <= maxUnknown
}

// maxUnknown is how many words a date has beside those that are known: "Monday, 2 March 2026 at 18:55 Coordinated Universal Time".
const maxUnknown = 6

// halfOfDay reads what tells the halves of a day on a clock of twelve hours.
func halfOfDay(s string) string {
	for _, half := range [...]string{"am am a.m 上午 午前 오전 πμ", "pm pm p.m 下午 午後 오후 μμ"} {
		for word := range strings.FieldsSeq(half[3:]) {
			if rest, ok := strings.CutPrefix(s, word); ok {
				if r, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLetter(r) {
					return half[:2]
				}
			}
		}
	}
	return ""
}

// monthNames has for each month how its names begin in the languages that templates write. Where one begins as another does, the
// longer one counts.
// Source: https://cldr.unicode.org, for cs, da, de, el, en, es, fi, fr, hu, it, nb, nl, pl, pt, ro, ru, sv, tr, uk.
var monthNames = [12]string{
	"jan jän ene gen sty led tam oca ιαν ian янв січ",
	"feb fév fev lut úno hel şub φεβ фев лют",
	"mar mär mrz mrt maart març bře maalis már μαρ μάρ мар бер",
	"apr avr abr kwi dub huh nis απρ ápr апр кві",
	"may mai mei mag maj kvě tou máj μαι μαϊ μαΐ μάι май мая тра",
	"jun juin giu cze čvn červn červen kes haz ιουν ιούν jún iun июн чер",
	"jul juil lug lip čvc červenc heinä tem ιουλ ιούλ júl iul июл лип",
	"aug aoû aou ago sie srp elo ağu αυγ αύγ авг сер",
	"sep set wrz zář syy eyl σεπ szept сен вер",
	"oct okt ott out paź říj lok eki οκτ окт жов",
	"nov lis marras kas νοε νοέ noi noe ноя лис",
	"dec déc dez dic des gru pro jou ara δεκ дек гру",
}

// monthOf returns the month that a word is the name of, in lower case; 0 for none.
func monthOf(w string) int {
	month, longest := 0, 0
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if len(name) > longest && strings.HasPrefix(w, name) {
				month, longest = i+1, len(name)
			}
		}
	}
	return month
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

// zoneOffset knows the zones of RFC 822 and those others that feeds write. A name that means several is that of the most feeds.
func zoneOffset(name string) (seconds int, known bool) {
	hours := 0
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
	case "BST", "CET", "MET", "MEZ", "WEST", "WAT":
		hours = 1
	case "CEST", "MEST", "MESZ", "EET", "SAST":
		hours = 2
	case "EEST", "MSK":
		hours = 3
	case "MSD", "GST":
		hours = 4
	case "IST":
		return 5*3600 + 1800, true
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
		return 0, false
	}
	return hours * 3600, true
}
