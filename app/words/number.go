package words

import (
	"strconv"
	"strings"
	"time"
)

// noBreak keeps a number and its unit on one line.
const noBreak = "\u00a0"

// Number writes a whole number with its thousands parted, as "1 846" or "1.846".
func (w *Words) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) == 4 && w.number.MinimumGrouping == "2" {
		return sign + digits
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(w.number.Group)
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// Compact writes a count in little room, as "842", "1.1k" or "1,1 Tsd.". It rounds down: no count looks larger than it is.
func (w *Words) Compact(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n)
	case n < 1_000_000:
		return w.T("number.thousands", w.Tenths(n/100))
	}
	return w.T("number.millions", w.Tenths(n/100_000))
}

// Tenths writes n/10: with one digit after the mark below ten, without from there on.
func (w *Words) Tenths(n int) string {
	if n >= 100 || n%10 == 0 {
		return w.Number(n / 10)
	}
	return strconv.Itoa(n/10) + w.number.Decimal + strconv.Itoa(n%10)
}

// Percent writes part of whole as a whole number of per cent; a whole of nothing is 0 %.
func (w *Words) Percent(part, whole int) string {
	return w.T("number.percent", strconv.Itoa(Share(part, whole)))
}

// Share returns part of whole in per cent, rounded, from 0 to 100.
func Share(part, whole int) int {
	if whole <= 0 || part <= 0 {
		return 0
	}
	return min((part*200+whole)/(2*whole), 100)
}

// Bytes writes a size in the largest decimal unit that keeps it at one or more, as "163 MB", "2.1 GB" or, in French, "2,1 Go".
func (w *Words) Bytes(n int64) string {
	units := strings.Fields(w.T("number.bytes"))
	if n < 1000 {
		return w.Number(int(n)) + noBreak + units[0]
	}
	tenth, unit := n/100, 1
	for tenth >= 10_000 && unit < len(units)-1 {
		tenth, unit = tenth/1000, unit+1
	}
	return w.Tenths(int(tenth)) + noBreak + units[unit]
}

// Duration writes a length as a player does, "9:12" or "1:02:03".
func (w *Words) Duration(d time.Duration) string {
	s := seconds(d)
	if s < 3600 {
		return strconv.Itoa(s/60) + ":" + two(s%60)
	}
	return strconv.Itoa(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
}

// SpokenDuration writes a length for people who hear it, as "9 minutes 12 seconds".
func (w *Words) SpokenDuration(d time.Duration) string {
	s := seconds(d)
	var parts []string
	if h := s / 3600; h > 0 {
		parts = append(parts, w.N("duration.hours", h))
	}
	if m := s / 60 % 60; m > 0 {
		parts = append(parts, w.N("duration.minutes", m))
	}
	if s%60 > 0 || len(parts) == 0 {
		parts = append(parts, w.N("duration.seconds", s%60))
	}
	return strings.Join(parts, " ")
}

func seconds(d time.Duration) int { return int(max(d, 0).Round(time.Second) / time.Second) }

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
