package state

import (
	"context"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds/follows"
)

// StartModel is the start: the address box, servers worth a look, what is followed and who could be.
type StartModel struct {
	static
	suggester
	Malformed bool // the address that led here can't be read
	Unbuilt   bool // it names a view that this version doesn't have

	Language, Software string // of the servers that are shown; "" for all
}

// NewStart makes the model of the start.
func NewStart(a *App, _ route.Route) *StartModel { return &StartModel{suggester: suggester{app: a}} }

// Open implements Model.
func (m *StartModel) Open(ctx context.Context) { m.lookAround(ctx, mostAtStart, m) }

// followsChanged implements followsWatcher.
func (m *StartModel) followsChanged(ctx context.Context, r follows.Record) {
	if r == follows.RecordFollows {
		m.lookAround(ctx, mostAtStart, m)
	}
}

// Handle implements Model: the list of servers is narrowed down, or somebody who is suggested is followed.
func (m *StartModel) Handle(_ context.Context, e browser.Event) bool {
	if c, ok := e.(browser.Click); ok && c.Action == "follow-author" {
		return m.pressSuggested(follows.Address(c.Post), m.Suggested)
	}
	f, ok := e.(browser.FilterChange)
	if !ok {
		return false
	}
	switch f.Name {
	case "language":
		m.Language = f.Value
	case "software":
		m.Software = f.Value
	}
	return true
}
