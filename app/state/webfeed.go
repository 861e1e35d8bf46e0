package state

import (
	"cmp"
	"context"
	"net/url"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// WebFeedModel is a list that says itself what it is called: an RSS, Atom or JSON feed, or a playlist.
type WebFeedModel struct {
	Route route.Route
	Feed  *FeedModel

	app *App
}

// Ready implements Model.
func (m *WebFeedModel) Ready() bool { return m.Feed.ready() }

// Host implements Model.
func (m *WebFeedModel) Host() string {
	if m.Route.View == route.Playlist {
		return cmp.Or(m.Route.Via, m.Route.Host)
	}
	u, err := url.Parse(m.Route.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Open implements Model.
func (m *WebFeedModel) Open(ctx context.Context) {
	var p reader.Place = reader.WebFeedPlace{URL: m.Route.URL}
	if m.Route.View == route.Playlist {
		p = reader.PlaylistPlace{Host: m.Host(), List: m.Route.ID}
	}
	m.Feed = m.app.newFeed(ctx, m, p)
}

// Author is who publishes the list; nil until it was read.
func (m *WebFeedModel) Author() *feeds.Author {
	for _, s := range m.Feed.Snapshot.Sources {
		if s.Publisher != nil {
			return s.Publisher
		}
	}
	return nil
}

// Publisher is who publishes the list as far as that is known: from the store of a web feed only the entries are, and who wrote them.
func (m *WebFeedModel) Publisher() *feeds.Author {
	if a := m.Author(); a != nil || m.Route.View == route.Playlist {
		return a
	}
	for _, i := range m.Feed.Snapshot.Items {
		if i.Post != nil {
			return i.Post.Author
		}
	}
	return nil
}

// Refresh implements Model.
func (m *WebFeedModel) Refresh(ctx context.Context, quiet bool) { m.Feed.Refresh(ctx, quiet) }

// LoadOlder implements Model.
func (m *WebFeedModel) LoadOlder(ctx context.Context) { m.Feed.LoadOlder(ctx) }

// Fresh implements Model.
func (m *WebFeedModel) Fresh() (time.Time, bool) { return m.Feed.fresh() }

// Handle implements Model.
func (m *WebFeedModel) Handle(ctx context.Context, e browser.Event) bool {
	return m.Feed.handle(ctx, e)
}

// Posts implements Model.
func (m *WebFeedModel) Posts() []*feeds.Post { return m.Feed.posts() }

// Rows implements Model.
func (m *WebFeedModel) Rows() int { return m.Feed.rows() }

// NewWebFeed makes the model of a web feed or a playlist.
func NewWebFeed(a *App, r route.Route) *WebFeedModel { return &WebFeedModel{Route: r, app: a} }
