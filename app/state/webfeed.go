package state

import (
	"context"
	"net/url"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// WebFeedModel is an RSS, Atom or JSON feed.
type WebFeedModel struct {
	Route route.Route
	Feed  *FeedModel

	app *App
}

// Ready implements Model.
func (m *WebFeedModel) Ready() bool { return m.Feed.ready() }

// Host implements Model.
func (m *WebFeedModel) Host() string {
	u, err := url.Parse(m.Route.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Open implements Model.
func (m *WebFeedModel) Open(ctx context.Context) {
	m.Feed = m.app.newFeed(ctx, m, reader.WebFeedPlace{URL: m.Route.URL})
}

// Author is who publishes the feed; nil until it was read.
func (m *WebFeedModel) Author() *feeds.Author {
	for _, s := range m.Feed.Snapshot.Sources {
		if s.Publisher != nil {
			return s.Publisher
		}
	}
	return nil
}

// Publisher is who publishes the feed as far as that is known: from the store only the entries are, and who wrote them.
func (m *WebFeedModel) Publisher() *feeds.Author {
	if a := m.Author(); a != nil {
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

// NewWebFeed makes the model of a web feed.
func NewWebFeed(a *App, r route.Route) *WebFeedModel { return &WebFeedModel{Route: r, app: a} }
