package page

import (
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds/reader"
)

// monthsButton opens the choice of a month, where there is a list to jump in.
func (c canvas) monthsButton(m *state.ProfileModel) markup.Node {
	if m.Feed == nil {
		return markup.Node{}
	}
	return c.clockButton("b ib", "months", "month.open", m.Choosing)
}

// months is the choice of a month, and which part of an author's posts is shown, with the way to all of them.
func (c canvas) months(m *state.ProfileModel) markup.Node {
	w := c.Words
	box := el("div", nil)
	if m.Choosing {
		form := c.listForm("months", "month", w.T("month.open"), w.T("month.go"), "", m.Month(), "month")
		if m.Wrong {
			form.Children = append(form.Children, el("p", at{"class", "care", "role", "alert"}, text(w.T("month.wrong"))))
		}
		box.Children = append(box.Children, c.section(form))
	}
	all, said, words := m.Route, "", "month.newest"
	switch {
	case !m.Route.Month.IsZero():
		all.Month = time.Time{}
		said = c.landed(m)
	case m.Route.Tag != "":
		all.Tag = ""
		said, words = w.T("tagged.shown", m.Route.Tag), "tagged.all"
	default:
		return box
	}
	box.Children = append(box.Children, el("p", at{"class", "section quiet", "data-part", "month", "role", "status"}, text(said+" "), el("a", at{"href", all.String()}, text(w.T(words)))))
	return box
}

// landed says how a jump to a month went.
func (c canvas) landed(m *state.ProfileModel) string {
	w, s := c.Words, m.Feed.Snapshot
	month := w.MonthYear(m.Route.Month)
	if len(s.Items) == 0 {
		return w.T("month.empty", month)
	}
	top := s.Items[0].Entry.At
	day := w.Date(c.Local(top))
	switch {
	case !top.Before(m.MonthEnd()):
		return w.T("month.short", w.Number(reader.MostAsked), day)
	case top.Before(m.MonthBegin()):
		return w.T("month.none", month, day)
	}
	return w.T("month.at", month)
}

// tagged is the view of an author's posts with a hashtag.
func tagged(of route.Route, tag string) string {
	of.View, of.Tab, of.Tag, of.Month = route.Profile, "", tag, time.Time{}
	return of.String()
}
