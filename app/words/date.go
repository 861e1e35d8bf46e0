package words

import (
	"strconv"
	"time"
)

// A function that takes a single time writes it as it is given: hand it a local one. One that takes now and local converts
// itself; local may be nil for UTC, and a zero now stands for a page that is read at any time, where nothing is relative.

// Ago says briefly how long ago t was: "now", "14 min", "3 h", then the day: "21 Nov", "21 Nov 2023".
func (w *Words) Ago(t, now time.Time, local func(time.Time) time.Time) string {
	if now.IsZero() {
		return w.Moment(t, now, local)
	}
	d := now.Sub(t)
	switch {
	case d < -time.Minute || d >= 24*time.Hour: // a clock that goes wrong somewhere shows as a date
		return w.day(in(local, t), in(local, now).Year())
	case d < time.Minute:
		return w.T("ago.now")
	case d < time.Hour:
		return w.T("ago.minutes", strconv.Itoa(int(d/time.Minute)))
	}
	return w.T("ago.hours", strconv.Itoa(int(d/time.Hour)))
}

// Read says how long ago something was read, in a sentence: "Updated just now", "Updated 14 min ago", "Updated 3 h ago", "Updated on 21 Nov".
func (w *Words) Read(t, now time.Time, local func(time.Time) time.Time) string {
	d := now.Sub(t)
	switch {
	case d < -time.Minute || d >= 24*time.Hour:
		return w.T("updated.date", w.day(in(local, t), in(local, now).Year()))
	case d < time.Minute:
		return w.T("updated.now")
	case d < time.Hour:
		return w.T("updated.minutes", strconv.Itoa(int(d/time.Minute)))
	}
	return w.T("updated.hours", strconv.Itoa(int(d/time.Hour)))
}

// Moment says when t is, as near as now allows: "today 16:00", "yesterday 16:00", "21 Nov, 16:00", "21 Nov 2023, 16:00".
func (w *Words) Moment(t, now time.Time, local func(time.Time) time.Time) string {
	t = in(local, t)
	if now.IsZero() {
		return w.T("date.moment", w.day(t, 0), w.Clock(t))
	}
	now = in(local, now)
	switch daysBetween(t, now) {
	case 0:
		return w.T("date.today", w.Clock(t))
	case 1:
		return w.T("date.yesterday", w.Clock(t))
	case -1:
		return w.T("date.tomorrow", w.Clock(t))
	}
	return w.T("date.moment", w.day(t, now.Year()), w.Clock(t))
}

// Span says when a stretch of time begins and ends: by the clock alone if all of it is today, else as two Moments.
func (w *Words) Span(from, to, now time.Time, local func(time.Time) time.Time) (begin, end string) {
	if !now.IsZero() && daysBetween(in(local, from), in(local, now)) == 0 && daysBetween(in(local, to), in(local, now)) == 0 {
		return w.Clock(in(local, from)), w.Clock(in(local, to))
	}
	return w.Moment(from, now, local), w.Moment(to, now, local)
}

// day writes day and month, and the year unless it is thisYear.
func (w *Words) day(t time.Time, thisYear int) string {
	day, month := strconv.Itoa(t.Day()), w.monthsShort[t.Month()-1]
	if t.Year() == thisYear {
		return w.T("date.day", day, month)
	}
	return w.T("date.shortYear", day, month, strconv.Itoa(t.Year()))
}

// Date writes a day, as "22 November 2026".
func (w *Words) Date(t time.Time) string {
	return w.T("date.dayYear", strconv.Itoa(t.Day()), w.months[t.Month()-1], strconv.Itoa(t.Year()))
}

// MonthYear writes a month, as "March 2022".
func (w *Words) MonthYear(t time.Time) string {
	return w.T("date.monthYear", w.monthsAlone[t.Month()-1], strconv.Itoa(t.Year()))
}

// Clock writes the time of day, as "19:44".
func (w *Words) Clock(t time.Time) string { return two(t.Hour()) + ":" + two(t.Minute()) }

// Full writes all of it, as "Sunday 22 November 2026, 10:40".
func (w *Words) Full(t time.Time) string {
	return w.T("date.full", w.weekdays[t.Weekday()], w.Date(t), w.Clock(t))
}

func in(local func(time.Time) time.Time, t time.Time) time.Time {
	if local == nil {
		return t.UTC()
	}
	return local(t)
}

// daysBetween counts midnights from t to now on their own calendars.
func daysBetween(t, now time.Time) int {
	a := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	b := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}
