package state

import (
	"strings"
	"time"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// authorFollow is an author as they are followed from where others read them. home says that they were read at their own server: the id that
// another one has of them means nothing there, so they are looked up by their name.
func authorFollow(author *feeds.Author, home bool, now time.Time) (follows.Follow, bool) {
	r := route.OfAuthor(author)
	if author.URI == "" && strings.Contains(author.ID, "://") { // who publishes a web feed
		r = route.Route{View: route.Feed, URL: author.ID}
	}
	f, ok := followOfRoute(r, now)
	f.Title = chosenName(author)
	if f.Kind == follows.WebFeed {
		return f, ok
	}
	f.URL = author.URL
	if home || author.Host == author.Domain {
		f.Host, f.ID = author.Host, author.ID
	}
	return f, ok
}

// FollowOfPost is the author of a post as they are followed from there.
func (a *App) FollowOfPost(p *feeds.Post) (follows.Follow, bool) {
	home := len(p.Sightings) > 0 && p.Sightings[0].Origin && p.Sightings[0].Host == p.Author.Host
	return authorFollow(p.Author, home, a.clock.Now())
}

// FollowOfAuthor is an author as they are followed from a list of their own server's.
func (a *App) FollowOfAuthor(author *feeds.Author) (follows.Follow, bool) {
	return authorFollow(author, false, a.clock.Now())
}

// pressAuthor follows the author of a post of the open view, or no longer.
func (a *App) pressAuthor(key feeds.Key) {
	if p := a.post(key); p != nil {
		if f, ok := a.FollowOfPost(p); ok {
			a.toggleFollow(f, p.Author.Group)
		}
	}
}

// Successor is the account that somebody has moved to, as it is followed.
func (m *ProfileModel) Successor() (follows.Follow, bool) {
	return authorFollow(m.Author.Moved, false, m.app.clock.Now())
}
