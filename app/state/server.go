package state

import (
	"context"
	"time"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// ServerModel is a server: one of its timelines, what it talks about, or what it is.
type ServerModel struct {
	Route    route.Route
	Instance *feeds.Instance // nil until known, and where it can't be
	Err      *feeds.Error    // why the server can't be read at all
	Closed   *feeds.Error    // the live feed is for members; what is open is shown instead
	Feed     *FeedModel      // nil on the about tab
	Talk     *reader.Talk    // trending hashtags and links; nil when not asked or closed
	Can      feeds.Capabilities
	Seen     feeds.Access // what its answers showed, on the about tab
	Budget   feeds.Budget // what it lets itself be asked; the zero value when it doesn't say
	Long     content.Doc  // the long description, on the about tab

	app   *App
	ctx   context.Context
	busy  bool
	retry time.Time
	asked bool // Instance was asked for and is there or won't come
}

// Ready implements Model.
func (m *ServerModel) Ready() bool {
	switch {
	case m.Err != nil:
		return true
	case m.Feed != nil:
		return m.Feed.ready()
	}
	return m.asked && m.Instance != nil
}

// Host implements Model.
func (m *ServerModel) Host() string { return m.Route.Host }

// Open implements Model.
func (m *ServerModel) Open(ctx context.Context) {
	m.ctx = ctx
	go func() {
		i := m.app.reader.StoredInstance(ctx, m.Route.Host)
		can := m.app.reader.Capabilities(ctx, m.Route.Host)
		m.app.later(func() {
			m.Can = can
			if i == nil {
				m.ask()
				return
			}
			m.Instance, m.asked = i, true
			m.read()
			m.app.changed(m)
			m.renew()
		})
	}()
}

// renew asks a server that is known from the store what it is by now, once while the program runs.
func (m *ServerModel) renew() {
	if m.app.renewed[m.Route.Host] {
		return
	}
	m.app.renewed[m.Route.Host] = true
	go func() {
		i, err := m.app.reader.Instance(m.ctx, m.Route.Host)
		if err != nil {
			return // the posts say what is wrong
		}
		can := m.app.reader.Capabilities(m.ctx, m.Route.Host)
		m.app.later(func() { m.Instance, m.Can = i, can; m.app.changed(m) })
	}()
}

func (m *ServerModel) ask() {
	if m.busy {
		return
	}
	m.busy = true
	go func() {
		i, err := m.app.reader.Instance(m.ctx, m.Route.Host)
		can := m.app.reader.Capabilities(m.ctx, m.Route.Host)
		m.app.later(func() {
			m.Can = can
			m.busy, m.asked, m.Err = false, true, nil
			if err != nil && !m.mayStillRead(err) {
				m.Err = feeds.AsError(err)
				m.app.retryAt(m.ctx, m.Err.RetryAt, &m.retry, m.ask)
				m.app.changed(m)
				return
			}
			m.Instance, m.app.renewed[m.Route.Host] = i, true
			m.read()
			m.app.changed(m)
		})
	}()
}

// mayStillRead reports that a server which can't describe itself may still show its posts: some have no such endpoint.
func (m *ServerModel) mayStillRead(err error) bool {
	switch feeds.KindOf(err) {
	case feeds.NotFound, feeds.BadData, feeds.NeedsLogin, feeds.Refused:
		return m.Route.Tab != "about"
	}
	return false
}

// Tab is what is shown: of a server without a local timeline for guests, what else there is.
func (m *ServerModel) Tab() string {
	if m.Route.Tab != "" || m.Can.Local || m.Instance == nil {
		return m.Route.Tab
	}
	if m.Can.Federated {
		return "federated"
	}
	return "about"
}

// read begins to read what the tab shows.
func (m *ServerModel) read() {
	if m.Feed != nil {
		m.Feed.Refresh(false)
		return
	}
	switch m.Tab() {
	case "about":
		m.readLong()
		m.readSeen()
	case "trending":
		m.readTalk()
		m.Feed = m.app.newFeed(m.ctx, m, reader.TrendPlace{Host: m.Route.Host})
	case "federated":
		m.Feed = m.app.newFeed(m.ctx, m, reader.ServerPlace{Host: m.Route.Host, Scope: feeds.Federated})
	default:
		m.Feed = m.app.newFeed(m.ctx, m, reader.ServerPlace{Host: m.Route.Host, Scope: feeds.Local})
	}
}

// close shows what is open on a server whose live feed isn't.
func (m *ServerModel) close(err *feeds.Error) {
	m.Closed = err
	m.readTalk()
	m.Feed = m.app.newFeed(m.ctx, m, reader.TrendPlace{Host: m.Route.Host})
}

func (m *ServerModel) readTalk() {
	go func() {
		t, err := m.app.reader.Talk(m.ctx, m.Route.Host)
		if err != nil {
			return // the posts say what is wrong
		}
		m.app.later(func() { m.Talk = t; m.app.changed(m) })
	}()
}

func (m *ServerModel) readSeen() {
	go func() {
		seen := m.app.reader.Seen(m.ctx, m.Route.Host)
		m.app.later(func() {
			m.Seen = seen
			m.Budget, _ = m.app.fetcher.Budget(m.Route.Host)
			m.app.changed(m)
		})
	}()
}

func (m *ServerModel) readLong() {
	go func() {
		doc, err := m.app.reader.About(m.ctx, m.Route.Host)
		if err != nil {
			return // the short description serves
		}
		m.app.later(func() { m.Long = doc; m.app.changed(m) })
	}()
}

// noticed looks at what the feed brought, before the view is drawn.
func (m *ServerModel) noticed() {
	live := m.Route.Tab == "" || m.Route.Tab == "federated"
	if m.Feed == nil || !live || m.Closed != nil {
		return
	}
	if err := m.Feed.Snapshot.Err; err != nil && err.Kind == feeds.NeedsLogin {
		m.Feed.closed = true
		m.close(err)
	}
}

// Refresh implements Model.
func (m *ServerModel) Refresh(quiet bool) {
	if m.Feed == nil || m.Err != nil {
		if !quiet || m.Err != nil && m.Err.RetryAt.IsZero() {
			m.ask()
		}
		return
	}
	m.Feed.Refresh(quiet)
}

// Fresh implements Model.
func (m *ServerModel) Fresh() (time.Time, bool) {
	if m.Err != nil || m.Closed != nil {
		return time.Time{}, m.Closed != nil || lost(m.Err)
	}
	return m.Feed.fresh()
}

// LoadOlder implements Model.
func (m *ServerModel) LoadOlder() { m.Feed.LoadOlder() }
