package syndication

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
