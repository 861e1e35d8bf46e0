package state

import (
	"context"
	"slices"
	"strconv"

	"vitrine/app/browser"
	"vitrine/app/words"
	"vitrine/feeds"
)

// change takes a setting over, at once and for good.
func (a *App) change(e browser.Event) {
	if e.Action == "import" {
		a.storage(e)
		return
	}
	if m, ok := a.start(); ok && e.Action == "choose" {
		m.choose(e.Name, e.Value)
		return
	}
	if e.Action != "set" {
		return
	}
	if a.shown != nil {
		if m, ok := a.shown.Model.(*EmbedModel); ok {
			m.set(e.Name, e.Value)
			return
		}
	}
	s := &a.Settings
	switch e.Name {
	case "theme":
		s.Theme = oneOf(e.Value, themes()...)
	case "size":
		s.TextSize = percent(e.Value)
	case "face":
		s.Serif = e.Value == "serif"
	case "lang":
		s.Language = oneOf(e.Value, languages()...)
	case "cw":
		s.OpenWarnings = e.Checked
	case "nsfw":
		s.ShowSensitive = e.Checked
	case "autoplay":
		s.Autoplay = e.Checked
	case "saver":
		s.DataSaver = e.Checked
	case "counts":
		s.HideCounts = !e.Checked
	case "boosts":
		s.HideBoosts = !e.Checked
	case "keep":
		s.KeepDays, _ = strconv.Atoi(e.Value)
		*s = sane(*s)
	}
	a.keepSettings()
	if e.Name == "lang" {
		browser.Reload()
	}
}

// keepSettings stores the settings and has the page follow them.
func (a *App) keepSettings() {
	s := a.Settings
	copied := a.shelf.copy(s) // now: the page may be loaded again at once
	go func() {
		if err := a.shelf.own.SaveSettings(context.Background(), s); err != nil && !copied {
			a.later(func() { a.Note = a.problem(err) })
		}
	}()
	browser.Dress(s.Theme, s.TextSize, s.Serif)
	a.redraw()
}

// problem is what went wrong, in a sentence.
func (a *App) problem(err error) string {
	return a.Words.Problem(err, words.Problems{Now: a.clock.Now(), Local: browser.Local}).Title
}

func oneOf(v string, allowed ...string) string {
	if slices.Contains(allowed, v) {
		return v
	}
	return allowed[0]
}

// percent reads a text size; the usual one is 0.
func percent(v string) int {
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	if n < 90 || n > 150 || n == 100 {
		return 0
	}
	return n
}

// fetchSettings takes the settings from the reader's own database where local storage, which is cleared more easily, has none.
func (a *App) fetchSettings() {
	if _, ok := a.shelf.copied(); ok {
		return
	}
	go func() {
		s, err := a.shelf.own.Settings(context.Background())
		if err != nil || s == (feeds.Settings{}) {
			return
		}
		a.later(func() {
			a.Settings = sane(s)
			a.keepSettings()
		})
	}()
}

// start is the start page, where that is what is shown.
func (a *App) start() (*StartModel, bool) {
	if a.shown == nil {
		return nil, false
	}
	m, ok := a.shown.Model.(*StartModel)
	return m, ok
}
