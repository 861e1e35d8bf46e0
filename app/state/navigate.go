package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
)

const (
	// placeholdersAfter is how long the old view stays when a new one has nothing yet.
	placeholdersAfter = 200 * time.Millisecond
	// visitsKept is how many views keep what they read for going back.
	visitsKept = 12
)

// Shown returns the view that is drawn, nil before the first.
func (a *App) Shown() *Visit { return a.shown }

// Arrived reports that the view that is drawn has content.
func (a *App) Arrived() bool { return a.shown != nil && a.shown.Model.Ready() }

// current is the view that the reader wants to see: the next one, or the one that is drawn; nil before the first.
func (a *App) current() *Visit {
	if a.next != nil {
		return a.next
	}
	return a.shown
}

// navigate opens the view of a fragment. traversed: the reader went back or forward to it.
func (a *App) navigate(fragment string, traversed bool) {
	a.remember()
	if a.next != nil {
		a.next.cancel() // nobody waits for it any more
	}
	a.links.forgetStrangers()
	id := a.browser.HistoryID()
	if v := a.kept(id); v != nil && v.Hash == fragment {
		a.next = nil
		a.show(v, true)
		v.refresh(true)
		return
	}
	r, err := route.Parse(fragment)
	v := &Visit{ID: id, Hash: fragment, Route: r, Model: a.model(r, err)}
	if traversed || a.shown == nil {
		v.position = a.browser.SessionPosition(a.positionKey(id))
	}
	v.ctx, v.cancel = a.visit()
	a.next = v
	v.Model.Open(v.ctx)
	if !a.arrive() {
		go a.showPlaceholders(v.ctx, v)
	}
}

// model makes the model of a route. A malformed address opens the start with a note.
func (a *App) model(r route.Route, err error) Model {
	if err != nil {
		return &StartModel{Malformed: true, suggester: suggester{app: a}}
	}
	if what, blocked := a.isBlocked(r); blocked {
		return &BlockedModel{What: what}
	}
	if open := a.views[r.View]; open != nil {
		return open(a, r)
	}
	return &StartModel{Unbuilt: true, suggester: suggester{app: a}}
}

// Built reports that a kind of view is there.
func (a *App) Built(v route.View) bool { return a.views[v] != nil }

// showPlaceholders shows a view that has no content yet once its reader has waited a moment.
func (a *App) showPlaceholders(ctx context.Context, v *Visit) {
	select {
	case <-a.clock.After(placeholdersAfter):
		a.later(func() {
			if a.next == v {
				a.show(v, false)
			}
		})
	case <-ctx.Done():
	}
}

// arrive shows the next view as soon as it has something. It reports that it does.
func (a *App) arrive() bool {
	if a.next == nil || !a.next.Model.Ready() {
		return false
	}
	v := a.next
	a.next = nil
	a.show(v, true)
	return true
}

// show makes v what is drawn. Without content it shows placeholders and stays the next one.
func (a *App) show(v *Visit, content bool) {
	first := a.shown != v
	arrived := first || !v.entered
	a.shown = v
	if first {
		a.closeBox()
		a.Box, a.Note, a.LastUndo = Box{Active: -1}, "", nil
	}
	if !content {
		if first && a.started { // before that a front may be on the screen, where its reader scrolled it
			a.browser.ScrollTo(browser.Position{})
		}
		return
	}
	a.keep(v)
	v.entered = true
	started := a.started
	a.started = true
	position := v.position
	if m, ok := v.Model.(*ThreadModel); ok && position.URI != "" {
		m.goesTo(position.URI)
	}
	a.afterDraw(func() {
		if started {
			a.browser.ScrollTo(position)
		} else {
			a.browser.HandOver(position)
		}
		switch {
		case a.focusBox:
			a.focusBox = false
			a.browser.FocusOn("#u")
		case started && arrived && !a.browser.FocusAgain(v.focus):
			a.browser.FocusOn("main")
		}
		a.browser.Reveal(".tabs [aria-current]")
		a.browser.WatchEnd()
	})
	a.showAside(a.browser.Aside())
	a.keepFront(v)
	a.countNew()
}

// keepFront has the loader keep the first screen of a view whenever a server has answered, for the next visit; and forget it when
// its server doesn't show it any more.
func (a *App) keepFront(v *Visit) {
	at, withdrawn := v.Model.Fresh()
	if withdrawn {
		a.browser.KeepFront(v.Hash, v.Model.Host(), "")
		return
	}
	if at.IsZero() || at.Equal(v.fronted) {
		return
	}
	v.fronted = at
	a.browser.Idle(func() {
		a.later(func() {
			if a.shown == v && a.renderer.Front != nil {
				a.browser.KeepFront(v.Hash, v.Model.Host(), a.renderer.Front(a))
			}
		})
	})
}

// rename gives the view of a model another address: what the old one brought was taken, or refused.
func (a *App) rename(m Model, r route.Route) {
	v := a.shown
	if v == nil || v.Model != m || a.next != nil {
		return
	}
	v.Hash, v.Route = r.String(), r
	a.browser.Rename(v.Hash)
}

// changed is called by a model whose content is another now.
func (a *App) changed(m Model) {
	if a.next != nil && a.next.Model == m {
		a.arrive()
		return
	}
	if a.shown != nil && a.shown.Model == m {
		a.afterDraw(a.browser.WatchEnd)
		a.keepFront(a.shown)
		a.countNew()
	}
}

// nearEnd asks for older posts: the end of the list is near.
func (a *App) nearEnd() {
	if a.shown != nil && a.next == nil {
		a.shown.Model.LoadOlder(a.shown.ctx)
	}
}

// Leave notes what has to outlive the page. It is called when the page goes, and nothing that it would begin is ever ended.
func (a *App) Leave() { a.remember() }

// remember notes where the view is scrolled to.
func (a *App) remember() {
	if a.shown != nil && a.shown != a.next {
		caught := a.shown.position.Caught
		a.shown.position = a.browser.ReadPosition()
		a.shown.position.N, a.shown.position.Caught = a.shown.Model.Rows(), caught
		a.shown.focus = a.browser.FocusPlace()
		seen := a.browser.InSight()
		if m, ok := a.shown.Model.(placed); ok {
			m.wasRead(a.shown.position, seen)
		}
		a.browser.KeepSessionPosition(a.positionKey(a.shown.ID), a.shown.position)
	}
}

func (a *App) positionKey(id string) string { return "vitrine:" + a.base + ":at:" + id }

// kept returns the visit of an entry of the history, nil when it was let go.
func (a *App) kept(id string) *Visit {
	for _, v := range a.visits {
		if v.ID == id {
			return v
		}
	}
	return nil
}

// keep notes v as the last shown, and lets the oldest go.
func (a *App) keep(v *Visit) {
	for i, old := range a.visits {
		if old == v {
			a.visits = append(a.visits[:i:i], a.visits[i+1:]...)
			break
		}
	}
	a.visits = append(a.visits, v)
	if len(a.visits) > visitsKept {
		a.visits[0].cancel()
		a.visits = a.visits[1:]
	}
}
