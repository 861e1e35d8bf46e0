package state

import (
	"context"
	"errors"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/reader"
)

// model makes the model of a route. A malformed address opens the start with a note.
func (a *App) model(r route.Route, err error) Model {
	if err != nil {
		return &StartModel{Malformed: true}
	}
	if what, closed := a.isClosed(r); closed {
		return &BlockedModel{What: what}
	}
	switch r.View {
	case route.Profile, route.Community:
		return &ProfileModel{Route: r, app: a}
	case route.Server:
		return &ServerModel{Route: r, app: a}
	case route.Tag:
		return &TagModel{Route: r, app: a}
	case route.Post:
		return &ThreadModel{Route: r, app: a}
	case route.Feed:
		return &WebFeedModel{Route: r, app: a}
	case route.Settings:
		return &SettingsModel{app: a}
	case route.Embed:
		return &EmbedModel{Query: r.Query, app: a}
	case route.Open:
		return &OpenModel{Text: r.Query, app: a}
	case route.Start:
		return &StartModel{}
	}
	return &StartModel{Unbuilt: true}
}

// still is a model that has all it needs from the beginning.
type still struct{}

func (still) Ready() bool          { return true }
func (still) Open(context.Context) {}
func (still) Refresh(bool)         {}
func (still) LoadOlder()           {}
func (still) Host() string         { return "" }

// Fresh implements Model.
func (still) Fresh() (time.Time, bool) { return time.Time{}, false }

// StartModel is the start: the address box and servers worth a look.
type StartModel struct {
	still
	Malformed bool // the address that led here can't be read
	Unbuilt   bool // it names a view that this version doesn't have

	Language, Software string // of the servers that are shown; "" for all
}

// choose shows only some of the servers.
func (m *StartModel) choose(what, value string) {
	switch what {
	case "language":
		m.Language = value
	case "software":
		m.Software = value
	}
}

// TagModel is a hashtag as one server sees it.
type TagModel struct {
	Route route.Route
	Feed  *FeedModel
	app   *App
}

// Ready implements Model.
func (m *TagModel) Ready() bool { return m.Feed.ready() }

// Host implements Model.
func (m *TagModel) Host() string { return m.Route.Host }

// Open implements Model.
func (m *TagModel) Open(ctx context.Context) {
	host := m.Route.Host
	if m.Route.Via != "" {
		host = m.Route.Via
	}
	m.Feed = m.app.newFeed(ctx, m, reader.TagPlace{Host: host, Tag: m.Route.Tag})
}

// Refresh implements Model.
func (m *TagModel) Refresh(quiet bool) { m.Feed.Refresh(quiet) }

// LoadOlder implements Model.
func (m *TagModel) LoadOlder() { m.Feed.LoadOlder() }

// Fresh implements Model.
func (m *TagModel) Fresh() (time.Time, bool) { return m.Feed.fresh() }

// ThreadModel is a post among what was said around it.
type ThreadModel struct {
	Route    route.Route
	Snapshot *reader.ThreadSnapshot

	app    *App
	ctx    context.Context
	thread *reader.Thread
}

// Ready implements Model.
func (m *ThreadModel) Ready() bool { return m.Snapshot != nil && m.Snapshot.Ready() }

// Host implements Model.
func (m *ThreadModel) Host() string { return m.Route.Host }

// Open implements Model.
func (m *ThreadModel) Open(ctx context.Context) {
	m.ctx = ctx
	m.thread = m.app.reader.Thread(m.Route.Host, m.Route.ID, func(s *reader.ThreadSnapshot) {
		m.app.later(func() { m.take(s) })
	})
	go m.thread.Open(ctx)
}

func (m *ThreadModel) take(s *reader.ThreadSnapshot) {
	if m.ctx.Err() != nil {
		return
	}
	if s.Blocked {
		m.app.refuse(m, "")
		return
	}
	m.Snapshot = s
	m.app.changed(m)
}

// Refresh implements Model. A thread that is being read is left alone.
func (m *ThreadModel) Refresh(quiet bool) {
	if quiet && (m.Snapshot == nil || m.Snapshot.Err == nil || !m.Snapshot.Err.RetryAt.IsZero()) {
		return
	}
	go m.thread.Refresh(m.ctx)
}

// LoadOlder implements Model: a thread comes whole.
func (m *ThreadModel) LoadOlder() {}

// Fresh implements Model.
func (m *ThreadModel) Fresh() (time.Time, bool) {
	s := m.Snapshot
	if s == nil || s.Err != nil || s.Busy || s.Stale || s.Around != nil {
		return time.Time{}, s != nil && lost(s.Err)
	}
	return s.AsOf, false
}

// OpenModel resolves whatever was pasted or shared, and moves on to its view. It stays only when it must ask or can't tell.
type OpenModel struct {
	still
	Text   string
	Reason address.Reason // why nothing was found; "" when it must be asked
	Near   string         // the server that the text named, to be offered instead
	Tag    string         // a hashtag whose server has to be chosen
	Page   string         // a page whose server was asked what it is
	Err    *feeds.Error   // why the page can't be opened

	app   *App
	moved bool
}

// Ready implements Model: while it moves on nothing of it is shown.
func (m *OpenModel) Ready() bool { return !m.moved && (m.Page == "" || m.Err != nil) }

// Host implements Model.
func (m *OpenModel) Host() string { return m.Near }

// Open implements Model.
func (m *OpenModel) Open(ctx context.Context) {
	addr, err := address.Parse(m.Text)
	if err != nil {
		var why *address.Error
		m.Reason = address.NotAnAddress
		if errors.As(err, &why) {
			m.Reason, m.Near = why.Reason, why.Host
		}
		return
	}
	if addr.Kind == address.Page {
		m.Page, m.Near = addr.URL, addr.Host
		if m.app.blocked.Page(m.Page) {
			m.app.refuse(m, "")
			return
		}
		go m.look(ctx)
		return
	}
	r, ok := route.FromAddress(addr)
	switch {
	case ok && addr.Copy:
		m.Page, m.Near = addr.URL, addr.Host
		go m.hop(ctx, r)
		return
	case ok:
		m.moveOn(r)
		return
	}
	m.Tag = addr.Tag
}

func (m *OpenModel) moveOn(r route.Route) {
	m.moved = true
	m.app.drawn(func() { browser.Go(r.String(), true) })
}

// hop moves on to a post at its origin, or where that doesn't answer to the copy that was named.
func (m *OpenModel) hop(ctx context.Context, to route.Route) {
	host, id, ok := m.app.reader.Origin(ctx, to.Host, to.ID)
	if ok {
		to.Host, to.ID = host, id
	}
	m.app.later(func() {
		if ctx.Err() == nil {
			m.moveOn(to)
		}
	})
}

// look asks what stands at a page, and moves on to it.
func (m *OpenModel) look(ctx context.Context) {
	found, err := m.app.reader.Look(ctx, m.Page)
	m.app.later(func() {
		switch {
		case ctx.Err() != nil:
		case err != nil:
			m.Err = feeds.AsError(err)
			m.app.changed(m)
		default:
			m.moveOn(route.FromFound(found))
		}
	})
}

// Refresh implements Model: the page is asked for again.
func (m *OpenModel) Refresh(quiet bool) {
	if quiet || m.Err == nil {
		return
	}
	m.Err = nil
	m.app.changed(m)
	go m.look(context.Background())
}

// Refused says why an address can't be opened, as an error for the page's words; nil when it was only a question.
func (m *OpenModel) Refused() *feeds.Error {
	if m.Reason == "" {
		return nil
	}
	return &feeds.Error{Kind: feeds.NotFound}
}
