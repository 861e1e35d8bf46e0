package state

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// saveEvent gives the reader what a post announces as a calendar file.
func (a *App) saveEvent(key feeds.Key) {
	if p := a.post(key); p != nil && p.Event != nil {
		a.browser.Download("event.ics", calendarFile(p))
	}
}

// calendarFile writes what a post announces as iCalendar (RFC 5545). An end that isn't after the beginning is left out.
func calendarFile(p *feeds.Post) []byte {
	const stamp = "20060102T150405Z"
	e, text := p.Event, content.PlainText(p.Body)
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	written := p.Published
	if !p.Edited.IsZero() {
		written = p.Edited
	}
	for _, more := range [...]string{e.Online, p.URL} {
		if more != "" {
			text += "\n\n" + more
		}
	}
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fold(&b, name+":"+value)
		}
	}
	at := func(t time.Time) string { return t.UTC().Format(stamp) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Vitrine//EN")
	line("BEGIN", "VEVENT")
	line("UID", calendarText(string(p.Key)))
	line("DTSTAMP", at(written))
	line("DTSTART", at(e.Starts))
	if e.Ends.After(e.Starts) {
		line("DTEND", at(e.Ends))
	}
	line("STATUS", strings.ToUpper(string(e.Status)))
	line("SUMMARY", calendarText(cmp.Or(p.Title, first)))
	line("LOCATION", calendarText(e.Place))
	line("DESCRIPTION", calendarText(strings.TrimSpace(text)))
	line("URL", strings.ReplaceAll(calendarText(p.URL), `\`, "")) // of the type URI, in which nothing is escaped (section 3.3.13)
	line("END", "VEVENT")
	line("END", "VCALENDAR")
	return []byte(b.String())
}

// calendarText writes a value of the type TEXT. Source: RFC 5545, section 3.3.11
func calendarText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= ' ' && r != 0x7f || r == '\t':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fold writes a line, in pieces of at most 75 octets. Source: RFC 5545, section 3.1
func fold(b *strings.Builder, line string) {
	const most = 75
	left := most
	for _, r := range line {
		n := utf8.RuneLen(r)
		if n > left {
			b.WriteString("\r\n ")
			left = most - 1
		}
		b.WriteRune(r)
		left -= n
	}
	b.WriteString("\r\n")
}
