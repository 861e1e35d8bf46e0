package state

import (
	"context"
	"slices"
	"strconv"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
)

// openPost opens the thread of a post: at the side of the list where the screen has room for it, so that the list is never left.
func (a *App) openPost(link string) {
	if a.shown == nil || !a.browser.Wide() || a.shown.Route.View == route.Post {
		a.browser.Go(link, false)
		return
	}
	if r, err := route.Parse(link); err != nil || r.View != route.Post {
		a.browser.Go(link, false)
		return
	}
	a.browser.OpenAside(link)
	a.showAside(link)
}

// showAside shows the thread of an address at the side of the view that is shown; "" for none.
func (a *App) showAside(link string) {
	v := a.shown
	old := v.Aside
	if old != nil && old.Hash == link || old == nil && link == "" {
		return
	}
	v.Aside = nil
	if old != nil {
		old.cancel()
	}
	r, err := route.Parse(link)
	if link == "" || err != nil || r.View != route.Post {
		if old != nil {
			a.afterDraw(func() {
				for _, row := range []string{old.opener, old.Hash} { // the latter only if the list has it
					a.browser.FocusOn("main article:has(a.when[href=" + strconv.Quote(row) + "])")
				}
			})
		}
		return
	}
	next := &Visit{ID: v.ID + " " + link, Hash: link, Route: r, Model: a.model(r, nil), opener: link}
	if old != nil && old.holds(link) {
		next.opener = old.opener
	}
	next.ctx, next.cancel = context.WithCancel(v.ctx)
	v.Aside = next
	next.Model.Open(next.ctx)
	a.afterDraw(func() { a.browser.FocusOn("#aside") })
}

// holds reports that a thread shows the post of an address.
func (v *Visit) holds(link string) bool {
	m, ok := v.Model.(*ThreadModel)
	return ok && slices.ContainsFunc(m.Posts(), func(p *feeds.Post) bool { return route.Links{}.Post(p) == link })
}

// leaveAside closes the thread at the side as going back does.
func (a *App) leaveAside() {
	switch {
	case a.shown == nil || a.shown.Aside == nil:
	case a.browser.Aside() == "": // the browser refused to make an entry of it
		a.showAside("")
	default:
		a.browser.Back()
	}
}

// handleAside has the thread at the side do what an event means for it, and reports whether it means anything.
func (a *App) handleAside(e browser.Event) bool {
	if a.shown == nil || a.shown.Aside == nil {
		return false
	}
	return a.shown.Aside.Model.Handle(a.shown.Aside.ctx, e)
}

// listed is the visit whose list has a name.
func (a *App) listed(list string) *Visit {
	if v := a.shown.Aside; v != nil && (list == ReplyList || list == AboveList) {
		return v
	}
	return a.shown
}

// ThreadOf returns the thread that shows a post, by itself or at the side of a list; nil where none does.
func (a *App) ThreadOf(key feeds.Key) *ThreadModel {
	if m, ok := a.shown.Model.(*ThreadModel); ok {
		return m
	}
	if a.shown.Aside == nil {
		return nil
	}
	m, ok := a.shown.Aside.Model.(*ThreadModel)
	if !ok {
		return nil
	}
	for _, p := range m.Posts() {
		if p.Key == key {
			return m
		}
	}
	return nil
}
