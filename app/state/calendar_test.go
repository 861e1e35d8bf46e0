package state_test

import (
	"strings"
	"testing"
	"time"

	"vitrine/app/browser"
	"vitrine/app/state/statetest"
	"vitrine/feeds"
)

// calendar returns the file of a post, with its folded lines whole.
func calendar(t *testing.T, change func(*feeds.Post)) (file string, lines []string) {
	t.Helper()
	statetest.Run(t, statetest.Options{}, func(t *testing.T, d *statetest.Driver) {
		p, _ := linking(t, d, "<p>Bring cake.</p>", func(p *feeds.Post) {
			p.Event = &feeds.Event{Starts: time.Date(2026, 12, 1, 18, 0, 0, 0, time.UTC), Ends: time.Date(2026, 12, 1, 20, 30, 0, 0, time.UTC)}
			change(p)
		})
		d.Do(browser.Click{Action: "calendar", Post: p.Key})
		file = string(d.Window.Downloaded("event.ics"))
	})
	for line := range strings.SplitSeq(file, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\n\r") {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	return file, strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
}

func TestAnEventIsSavedAsACalendarFile(t *testing.T) {
	_, lines := calendar(t, func(p *feeds.Post) {
		p.Title, p.URL = "Tea, scones; and\nmore", "https://a.example/events/1,2;x"
		p.Event.Place, p.Event.Online = "Pier 3, Dock", "https://meet.example/x"
	})
	for i, want := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vitrine//EN", "BEGIN:VEVENT", "UID:https://a.example/users/ada/statuses/1", "DTSTAMP:20261122T120000Z",
		"DTSTART:20261201T180000Z", "DTEND:20261201T203000Z", `SUMMARY:Tea\, scones\; and\nmore`, `LOCATION:Pier 3\, Dock`,
		`DESCRIPTION:Bring cake.\n\nhttps://meet.example/x\n\nhttps://a.example/events/1\,2\;x`, "URL:https://a.example/events/1,2;x", "END:VEVENT", "END:VCALENDAR", "",
	} {
		if i >= len(lines) || lines[i] != want {
			t.Errorf("line %d: %q, want %q", i+1, lines[min(i, len(lines)-1)], want)
		}
	}
}

func TestABadEventMakesAGoodCalendarFile(t *testing.T) {
	file, lines := calendar(t, func(p *feeds.Post) {
		p.Event.Status = feeds.EventCancelled
		p.Title = strings.Repeat("ö", 100) + "\r\nATTENDEE:mailto:eve@b.example\x00"
		p.Event.Ends = p.Event.Starts.Add(-time.Hour)
	})
	if !strings.Contains(file, "\r\nSTATUS:CANCELLED\r\n") {
		t.Error("it isn't cancelled: " + file)
	}
	if strings.Contains(file, "DTEND") || strings.Contains(file, "\nATTENDEE") || strings.Contains(file, "\x00") {
		t.Error(file)
	}
	want := "SUMMARY:" + strings.Repeat("ö", 100) + `\nATTENDEE:mailto:eve@b.example`
	found := false
	for _, l := range lines {
		found = found || l == want
	}
	if !found {
		t.Errorf("%q", lines)
	}
}
