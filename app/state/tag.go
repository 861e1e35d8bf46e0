package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// TagModel is a hashtag as one server sees it.
type TagModel struct {
	Route route.Route
	Feed  *FeedModel
	app   *App
}

// NewTag makes the model of a hashtag.
func NewTag(a *App, r route.Route) *TagModel { return &TagModel{Route: r, app: a} }

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

// Handle implements Model.
func (m *TagModel) Handle(ctx context.Context, e browser.Event) bool { return m.Feed.handle(ctx, e) }

// Refresh implements Model.
func (m *TagModel) Refresh(ctx context.Context, quiet bool) { m.Feed.Refresh(ctx, quiet) }

// LoadOlder implements Model.
func (m *TagModel) LoadOlder(ctx context.Context) { m.Feed.LoadOlder(ctx) }

// Posts implements Model.
func (m *TagModel) Posts() []*feeds.Post { return m.Feed.posts() }

// Rows implements Model.
func (m *TagModel) Rows() int { return m.Feed.rows() }

// Fresh implements Model.
func (m *TagModel) Fresh() (time.Time, bool) { return m.Feed.fresh() }
