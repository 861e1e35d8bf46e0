// Package forum is what the readers of forums (Lemmy, PieFed, Mbin) share: communities and persons who have their own numbers and may
// share a name, posts that moderators keep on top, links to files, and comments in a tree.
//
// It imports feeds and feeds/apiclient.
package forum

import (
	"context"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// The beginnings of an author's id, which the number of a community or a person follows.
const (
	CommunityID = "c:"
	PersonID    = "u:"
)

// Find looks for an author by a handle's name. One that begins with "!" is a community's; without it a person is looked for, and a
// community of that name where there is nobody.
func Find(user string, community, person func(name string) (*feeds.Author, error)) (*feeds.Author, error) {
	name, isCommunity := strings.CutPrefix(user, "!")
	if isCommunity {
		return community(name)
	}
	author, err := person(name)
	if feeds.KindOf(err) != feeds.NotFound {
		return author, err
	}
	author, again := community(name)
	if feeds.KindOf(again) == feeds.NotFound {
		return nil, err
	}
	return author, again
}

// Server is one that knows authors by its own numbers.
type Server interface {
	Host() string
	Profile(ctx context.Context, user, domain string) (*feeds.Author, error)
}

// AuthorID is the id of an author at s. One that was read elsewhere has another id there and is looked up first.
func AuthorID(ctx context.Context, s Server, a *feeds.Author) (string, error) {
	if a.Host == s.Host() && isAuthorID(a.ID) {
		return a.ID, nil
	}
	user := a.User
	if a.Group {
		user = "!" + user
	}
	here, err := s.Profile(ctx, user, a.Domain)
	if err != nil {
		return "", err
	}
	return here.ID, nil
}

func isAuthorID(id string) bool {
	for _, prefix := range [...]string{CommunityID, PersonID} {
		if number, ok := strings.CutPrefix(id, prefix); ok {
			return apiclient.IsNumeral(number)
		}
	}
	return false
}

// IsName reports that a text can be a part of a handle.
func IsName(s string) bool { return s != "" && !strings.ContainsAny(s, "@/!? \t\n") }

// Chronological orders posts by time. A list may begin with what is kept on top there, however old: such a post stays where it
// belongs by its time, or is left out when that is below the page. In the list it would make a page seem to reach down to it, and all
// between would never be asked for.
func Chronological(posts []*feeds.Post, onTop func(*feeds.Post) bool) []*feeds.Post {
	var end time.Time
	for _, p := range posts {
		if !onTop(p) && (end.IsZero() || p.Published.Before(end)) {
			end = p.Published
		}
	}
	posts = slices.DeleteFunc(posts, func(p *feeds.Post) bool { return onTop(p) && p.Published.Before(end) })
	slices.SortStableFunc(posts, NewestFirst)
	return posts
}

// NewestFirst is the order of a list that is ordered by time.
func NewestFirst(p, q *feeds.Post) int { return q.Published.Compare(p.Published) }

// OnlyMedia leaves of a page what has media.
func OnlyMedia(page *feeds.Page) *feeds.Page {
	posts := slices.DeleteFunc(page.Posts, func(p *feeds.Post) bool { return len(p.Media) == 0 })
	return &feeds.Page{Posts: posts, Entries: feeds.EntriesOf(posts), Older: page.Older}
}

// NameParents fills in of each comment what it answers, where that was read with it. The comments are new, and may still be changed.
func NameParents(posts []*feeds.Post) {
	byID := make(map[string]*feeds.Post, len(posts))
	for _, p := range posts {
		byID[p.Sightings[0].ID] = p
	}
	for _, p := range posts {
		if p.ReplyTo == nil {
			continue
		}
		parent := byID[p.ReplyTo.ID]
		if parent == nil || parent == p {
			continue
		}
		p.ReplyTo.Key = parent.Key
		p.ReplyTo.Handle = parent.Author.Handle()
		p.ReplyTo.Self = p.ReplyTo.Handle == p.Author.Handle()
	}
}

// PagesAt is the cursor of several lists that are shown as one, entered at these pages. Source: feeds.Jump.At.
func PagesAt(pages []int, before time.Time) feeds.Cursor {
	return feeds.Paging{Pages: pages, Shown: before}.Cursor()
}

// MaxCrossPosts is how many posts of the same link are named.
const MaxCrossPosts = 50

// CrossPost names a post as another one of the same link.
func CrossPost(p *feeds.Post) feeds.CrossPost {
	other := feeds.CrossPost{ID: p.Sightings[0].ID, URL: p.URL, Title: p.Title, Replies: p.Counts.Replies}
	if p.Group != nil {
		other.Group = p.Group.Handle()
	}
	return other
}
