package state

import (
	"context"
	"strings"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// TagModel is a hashtag as one server sees it.
type TagModel struct {
	Route  route.Route
	Feed   *FeedModel
	Week   []feeds.DayUse // how much it was used lately, newest first; nil where the server doesn't say
	Beside []TagCount     // the hashtags that most often stand beside it in the posts that were loaded, most first

	app     *App
	asked   bool                // how much it was used
	counted map[feeds.Key]bool  // posts
	beside  map[string]TagCount // by name in small letters
}

// TagCount is how many posts have a hashtag.
type TagCount struct {
	Name  string
	Posts int
}

const (
	// mostBeside is how many hashtags are shown beside one; oftenBeside is in how many posts each stands at least.
	mostBeside, oftenBeside = 8, 2
	// tagsOfPost is how many hashtags of a post are counted: those with more are lists of hashtags.
	tagsOfPost = 30
)

// NewTag makes the model of a hashtag.
func NewTag(a *App, r route.Route) *TagModel {
	return &TagModel{Route: r, app: a, counted: map[feeds.Key]bool{}, beside: map[string]TagCount{}}
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
	m.Feed.changed = func(ctx context.Context) {
		if m.count() && (len(m.Beside) > 0 || m.app.browser.AtTop()) { // nothing comes in above what is being read
			m.Beside = m.most()
		}
		if s := m.Feed.Snapshot; !m.asked && !s.Busy && s.Err == nil && len(s.Items) > 0 {
			m.asked = true
			go func() {
				week := m.app.reader.TagWeek(ctx, host, m.Route.Tag)
				m.app.later(func() {
					if len(week) > 1 && (len(m.Beside) > 0 || m.app.browser.AtTop()) {
						m.Week = week
						m.app.changed(m)
					}
				})
			}()
		}
	}
}

// count counts the hashtags of posts that came in, each once a post, and reports whether there were any.
func (m *TagModel) count() (more bool) {
	own := strings.ToLower(m.Route.Tag)
	for _, p := range m.Feed.posts() {
		if m.counted[p.Key] {
			continue
		}
		m.counted[p.Key], more = true, true
		seen := map[string]bool{own: true, "": true}
		for _, t := range p.Tags[:min(len(p.Tags), tagsOfPost)] {
			key := strings.ToLower(t.Name)
			if seen[key] {
				continue
			}
			seen[key] = true
			c := m.beside[key]
			if c.Posts++; c.Name == "" {
				c.Name = t.Name
			}
			m.beside[key] = c
		}
	}
	return more
}

// most are the hashtags that were counted most often, of equals the first in the alphabet.
func (m *TagModel) most() (all []TagCount) {
	chosen := map[string]bool{}
	for len(all) < mostBeside {
		best := ""
		for key, c := range m.beside {
			if b := m.beside[best]; !chosen[key] && c.Posts >= oftenBeside && (best == "" || c.Posts > b.Posts || c.Posts == b.Posts && key < best) {
				best = key
			}
		}
		if best == "" {
			break
		}
		chosen[best] = true
		all = append(all, m.beside[best])
	}
	return all
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
