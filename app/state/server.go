package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// ServerModel is a server: one of its timelines, its trends, or what it is.
type ServerModel struct {
	reader.ServerSnapshot // Err only where the server can't be read at all
	Route                 route.Route
	MembersOnly           *feeds.Error // the live feed is for members; what is open is shown instead
	Feed                  *FeedModel   // nil on the about tab
	Budget                feeds.Budget // what it lets itself be asked; the zero value when it doesn't say
	Order                 feeds.DirectoryOrder

	app    *App
	server *reader.Server
	begun  bool // what the tab shows is being read
	about  wish // the job that reads what the server says of itself at length
	talked bool // trending hashtags and links were waited for
}

// wish is a job that a view waits for.
type wish int

const (
	unwished wish = iota // there is none
	wished               // it is written down, and no program has begun with it
	begun                // a program does it
)

// aboutWait is how long another program may take to begin with what the about tab waits for.
const aboutWait = 2 * time.Second

// trendsWait is how long posts wait for the hashtags and links above them.
const trendsWait = 2 * time.Second

// Ready implements Model.
func (m *ServerModel) Ready() bool {
	switch {
	case m.Err != nil:
		return true
	case m.Feed != nil: // what is talked about stands above the posts
		return m.Feed.ready() && (m.Trends != nil || m.talked || m.Tab() != "trending" && m.MembersOnly == nil)
	case m.Tab() == "directory":
		return m.Directory != nil && (!m.Directory.Busy || len(m.Directory.People) > 0)
	}
	return m.Instance != nil
}

// Host implements Model.
func (m *ServerModel) Host() string { return m.Route.Host }

// Open implements Model.
func (m *ServerModel) Open(ctx context.Context) {
	m.server = m.app.reader.Server(m.Route.Host, func(s *reader.ServerSnapshot) { m.app.later(func() { m.take(ctx, s) }) })
	go m.server.Open(ctx)
}

// take shows what is known of the server, and begins to read what the tab shows.
func (m *ServerModel) take(ctx context.Context, s *reader.ServerSnapshot) {
	if ctx.Err() != nil {
		return
	}
	m.ServerSnapshot = *s
	if m.Err != nil && m.Route.Tab != "about" && reader.MayShowPosts(m.Err) {
		m.Err = nil
	}
	m.Budget, _ = m.app.fetcher.Budget(m.Route.Host)
	if m.Described && m.Err == nil && !m.begun {
		m.begun = true
		m.read(ctx)
	}
	m.app.changed(m)
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
func (m *ServerModel) read(ctx context.Context) {
	switch m.Tab() {
	case "about":
		m.readAbout(ctx)
	case "trending":
		m.readTrends(ctx)
	case "directory":
		m.readDirectory(ctx)
	case "federated":
		m.readLive(ctx, feeds.Federated)
	default:
		m.readLive(ctx, feeds.Local)
	}
}

// readAbout has the server's long description of itself read: beside the page where that can be, and here when nobody there begins with it.
func (m *ServerModel) readAbout(ctx context.Context) {
	a, j := m.app, feeds.Job{Kind: feeds.JobAbout, Subject: m.Route.Host}
	all := a.jobs
	m.about = wished
	go func() {
		m.server.NoteSeen(ctx)
		if all == nil || all.Add(ctx, j) != nil {
			m.server.ReadAbout(ctx)
			return
		}
		select {
		case <-a.clock.After(aboutWait):
		case <-ctx.Done():
			return
		}
		a.later(func() {
			if m.about != wished {
				return
			}
			m.about = unwished
			go func() {
				m.server.ReadAbout(ctx)
				_ = all.Stop(ctx, j) // nobody need do it any more; other pages hear that it is over
			}()
		})
	}()
}

// hearJob implements watcher.
func (m *ServerModel) hearJob(ctx context.Context, n feeds.JobNews) {
	if m.about == unwished || n.Kind != feeds.JobAbout || n.Subject != m.Route.Host {
		return
	}
	m.about = begun
	if n.Over {
		m.about = unwished
		go m.server.RereadAbout(ctx)
	}
}

func (m *ServerModel) readTrends(ctx context.Context) {
	a := m.app
	go m.server.ReadTrends(ctx)
	go func() {
		select {
		case <-a.clock.After(trendsWait):
			a.later(func() { m.talked = true; a.changed(m) })
		case <-ctx.Done():
		}
	}()
	m.Feed = m.app.newFeed(ctx, m, reader.TrendPlace{Host: m.Route.Host})
}

// readLive begins to read a timeline. Where it turns out to be for members only and nothing of it is stored, what is open is read instead.
func (m *ServerModel) readLive(ctx context.Context, scope feeds.Scope) {
	f := m.app.newFeed(ctx, m, reader.ServerPlace{Host: m.Route.Host, Scope: scope})
	f.changed = func(ctx context.Context) {
		if err := f.Snapshot.Err; m.Feed == f && err != nil && err.Kind == feeds.NeedsLogin && len(f.Snapshot.Items) == 0 {
			f.stopped = true
			m.MembersOnly = err
			m.readTrends(ctx)
		}
	}
	m.Feed = f
}

// Refresh implements Model.
func (m *ServerModel) Refresh(ctx context.Context, quiet bool) {
	switch {
	case m.Feed != nil && m.Err == nil:
		m.Feed.Refresh(ctx, quiet)
	case m.Directory != nil && m.Err == nil:
		switch err := m.Directory.Err; {
		case err == nil && !quiet:
			m.readDirectory(ctx)
		case err != nil && (!quiet || !m.app.waits(err)):
			go m.server.MoreDirectory(ctx)
		}
	case !quiet || m.Err != nil && !m.app.waits(m.Err):
		again := m.begun && m.Tab() == "about"
		go func() {
			if m.server.Refresh(ctx) == nil && again {
				m.app.later(func() { m.readAbout(ctx) })
			}
		}()
	}
}

// Fresh implements Model.
func (m *ServerModel) Fresh() (time.Time, bool) {
	if m.Err != nil || m.MembersOnly != nil {
		return time.Time{}, m.MembersOnly != nil || withdrawn(m.Err)
	}
	at, withdrawn := m.Feed.fresh()
	if i := m.Instance; !at.IsZero() && i != nil && i.Fetched.After(at) { // what stands above the posts is newer
		at = i.Fetched
	}
	return at, withdrawn
}

// LoadOlder implements Model.
func (m *ServerModel) LoadOlder(ctx context.Context) {
	if d := m.Directory; d != nil && d.Err == nil {
		go m.server.MoreDirectory(ctx)
	}
	m.Feed.LoadOlder(ctx)
}

// Handle implements Model.
func (m *ServerModel) Handle(ctx context.Context, e browser.Event) bool {
	if m.Directory != nil && m.handleDirectory(ctx, e) {
		return true
	}
	return m.Feed.handle(ctx, e)
}

// Posts implements Model.
func (m *ServerModel) Posts() []*feeds.Post { return m.Feed.posts() }

// Rows implements Model.
func (m *ServerModel) Rows() int { return m.Feed.rows() }

// NewServer makes the model of a server.
func NewServer(a *App, r route.Route) *ServerModel { return &ServerModel{Route: r, app: a} }
