package feedstest

import (
	"fmt"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Epoch is the time that builders count from.
func Epoch() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// Author makes a person of a server.
func Author(user, domain string) *feeds.Author {
	return &feeds.Author{
		User: user, Domain: domain, Host: domain, ID: user, Name: user,
		URI: "https://" + domain + "/users/" + user, URL: "https://" + domain + "/@" + user,
	}
}

// Post makes a public post with the given id at host, written minutes after Epoch.
func Post(host, id string, minutes int) *feeds.Post {
	uri := fmt.Sprintf("https://%s/users/ada/statuses/%s", host, id)
	return &feeds.Post{
		Key: feeds.Key(uri), URI: uri, URL: fmt.Sprintf("https://%s/@ada/%s", host, id), Author: Author("ada", host),
		Published:  Epoch().Add(time.Duration(minutes) * time.Minute),
		Body:       content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: "post " + id}}}}},
		Visibility: feeds.Public,
		Sightings:  []feeds.Sighting{{Host: host, ID: id, At: Epoch(), Origin: true}},
	}
}

// Reply makes a post that answers the one with the id parent at the same host.
func Reply(host, id, parent string, minutes int) *feeds.Post {
	p := Post(host, id, minutes)
	p.ReplyTo = &feeds.ReplyTo{ID: parent}
	p.Sightings[0].ParentID = parent
	return p
}

// Page makes a page of posts in the given order.
func Page(older feeds.Cursor, posts ...*feeds.Post) *feeds.Page {
	page := &feeds.Page{Posts: posts, Older: older}
	for _, p := range posts {
		page.Entries = append(page.Entries, feeds.Entry{Key: p.Key, At: p.Published, WrapperID: p.Sightings[0].ID})
	}
	return page
}

// Clock stands still until it is moved.
type Clock struct{ at chan time.Time }

// NewClock makes a clock that shows Epoch.
func NewClock() *Clock {
	c := &Clock{at: make(chan time.Time, 1)}
	c.at <- Epoch()
	return c
}

// Now returns what the clock shows.
func (c *Clock) Now() time.Time {
	t := <-c.at
	c.at <- t
	return t
}

// After delivers at once: nothing waits in tests.
func (c *Clock) After(d time.Duration) <-chan time.Time {
	ch := make(chan time.Time, 1)
	ch <- c.Now().Add(d)
	return ch
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	t := <-c.at
	c.at <- t.Add(d)
}

var _ feeds.Clock = (*Clock)(nil)
