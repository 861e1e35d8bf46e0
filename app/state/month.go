package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds/reader"
)

// jump is where the list begins that the address names; nil for the newest posts.
func (m *ProfileModel) jump(ctx context.Context) *reader.Jump {
	if m.Route.Month.IsZero() {
		return nil
	}
	return &reader.Jump{Before: m.MonthEnd(), Heard: func(asked int) {
		m.app.later(func() {
			if m.Asked = asked; ctx.Err() == nil {
				m.app.changed(m)
			}
		})
	}}
}

// MonthEnd is where the month ends that is shown, in the reader's time zone.
func (m *ProfileModel) MonthEnd() time.Time { return m.local(m.Route.Month.AddDate(0, 1, 0)) }

// MonthBegin is where it begins.
func (m *ProfileModel) MonthBegin() time.Time { return m.local(m.Route.Month) }

func (m *ProfileModel) local(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, m.app.browser.Local(t).Location())
}

// Month is the month that a choice begins with: the one that is shown, or the present one.
func (m *ProfileModel) Month() string {
	if !m.Route.Month.IsZero() {
		return m.Route.Month.Format(route.MonthForm)
	}
	return m.app.browser.Local(m.app.clock.Now()).Format(route.MonthForm)
}

// jumpTo opens the month that was chosen. Where browsers have no field for months a reader has typed it.
func (m *ProfileModel) jumpTo(month string) {
	at, err := time.Parse(route.MonthForm, month)
	if m.Wrong = err != nil || at.Year() < 1; m.Wrong {
		m.app.changed(m)
		return
	}
	r := m.Route
	r.Month = at
	m.app.browser.Go(r.String(), false)
}

// chooseMonth does what the choice of a month means, and reports whether the event was of it.
func (m *ProfileModel) chooseMonth(e browser.Event) bool {
	switch e := e.(type) {
	case browser.Submit:
		if e.Form == "months" {
			m.jumpTo(e.Text)
			return true
		}
	case browser.Click:
		if e.Action == "months" {
			m.Choosing = !m.Choosing
			m.app.changed(m)
			return true
		}
	}
	return false
}
