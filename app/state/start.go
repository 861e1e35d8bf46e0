package state

import (
	"context"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// StartModel is the start: the address box, servers worth a look, what is followed and who could be.
type StartModel struct {
	static
	suggester
	Malformed bool // the address that led here can't be read
	Unbuilt   bool // it names a view that this version doesn't have

	Language, Software string       // of the servers that are shown; "" for all
	Look               *ServerModel // the server of which more is shown; nil for none

	stop context.CancelFunc // ends what Look is asked
}

// NewStart makes the model of the start. It asks nobody.
func NewStart(a *App, _ route.Route) *StartModel { return &StartModel{suggester: suggester{app: a}} }

// Ready implements Model: what is followed stands above the servers.
func (m *StartModel) Ready() bool { return m.app.FollowsKnown || m.app.FollowsErr != nil }

// Open implements Model.
func (m *StartModel) Open(ctx context.Context) { m.lookAround(ctx, mostAtStart, m) }

// followsChanged implements followsWatcher.
func (m *StartModel) followsChanged(ctx context.Context, r follows.Record) {
	if r == follows.RecordFollows {
		m.lookAround(ctx, mostAtStart, m)
		m.app.changed(m)
	}
}

// Handle implements Model: the list of servers is narrowed down, more of one is shown, or somebody who is suggested is followed.
func (m *StartModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.FilterChange:
		switch e.Name {
		case "language":
			m.Language = e.Value
		case "software":
			m.Software = e.Value
		}
		return true
	case browser.Click:
		switch {
		case e.Action == "follow-author":
			return m.pressSuggested(follows.Address(e.Post), m.Suggested)
		case e.Action == "look":
			m.look(ctx, string(e.Post))
			return true
		case e.Action == "again" && m.Look != nil:
			m.Look.Refresh(feeds.Anew(ctx), false)
			return true
		}
	}
	return false
}

// look shows more of a server and asks it for its newest posts, or shows no more of it.
func (m *StartModel) look(ctx context.Context, host string) {
	was := m.Look
	if was != nil {
		m.stop()
		m.Look = nil
	}
	if was == nil || was.Route.Host != host {
		ctx, m.stop = context.WithCancel(ctx)
		m.Look = NewServer(m.app, route.Route{View: route.Server, Host: host})
		m.Look.Open(ctx)
	}
}

// Posts implements Model.
func (m *StartModel) Posts() []*feeds.Post {
	if m.Look == nil {
		return nil
	}
	return m.Look.Posts()
}
