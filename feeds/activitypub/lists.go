package activitypub

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// ProfilePosts implements feeds.Profiles: the outbox, a page at a time. What was only passed on is asked for at its own server, up to
// a number of posts a page.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if a.Wishes.SignInToView {
		return nil, apiclient.FailureAt(feeds.NeedsLogin, a.URI, apiclient.ErrClosed)
	}
	q := s.asking(ctx)
	d, err := q.listPage(a, "outbox", string(c))
	if err != nil {
		return nil, err
	}
	page, older := &feeds.Page{}, c != ""
	read := []feeds.Cursor{c, feeds.Cursor(d.id())}
	for n := 1; ; n++ {
		for _, item := range d.items() {
			if f.NoBoosts && item.is("Announce") {
				continue // before it is asked for
			}
			entry, post, err := q.entry(item, d, a)
			if err != nil || f.NoBoosts && entry.BoostedBy != nil || !f.Replies && post.ReplyTo != nil && entry.BoostedBy == nil ||
				f.OnlyMedia && len(post.Media) == 0 {
				continue
			}
			page.Entries, page.Posts = append(page.Entries, entry), append(page.Posts, post)
		}
		next := d.first("next")
		if page.Older = ""; next == nil || apiclient.HostOf(next.id()) != apiclient.HostOf(d.url) || next.id() == d.id() || slices.Contains(read, feeds.Cursor(next.id())) {
			break
		}
		c = feeds.Cursor(next.id())
		if page.Older = c; len(page.Entries) > 0 || n == maxEmptyPages {
			break
		}
		read = append(read, c)
		if d, err = q.fetch(q.ctx, next.id()); err != nil {
			return nil, err
		}
	}
	placeUndated(page.Entries, older)
	return page, nil
}

// maxEmptyPages is how many pages of an outbox are read in a row that have nothing a guest may see.
const maxEmptyPages = 3

// Jump implements feeds.Jumper, for an outbox whose pages are counted in their addresses.
func (s *Source) Jump(ctx context.Context, a *feeds.Author, _ feeds.ProfileFilter) (*feeds.Jump, error) {
	d, err := s.asking(ctx).listPage(a, "outbox", "")
	if err != nil {
		return nil, err
	}
	j := &feeds.Jump{Asked: 3, Light: true} // the actor, the list and its first page
	next := d.first("next")
	if next == nil {
		return j, nil
	}
	before, after, ok := strings.Cut(next.id(), "page=2")
	if !ok || after != "" && after[0] != '&' {
		return j, nil
	}
	j.Lists, j.At = []int{0}, func(pages []int, _ time.Time) feeds.Cursor {
		return feeds.Cursor(before + "page=" + strconv.Itoa(pages[0]) + after)
	}
	if n := len(d.items()); n > 0 && a.Counts.Posts > 0 {
		j.Lists[0] = a.Counts.Posts/n + 1
	}
	return j, nil
}

// Pinned implements feeds.Pinner: the featured collection, where there is one.
func (s *Source) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	q := s.asking(ctx)
	d, err := q.listPage(a, "featured", "")
	if err != nil {
		return &feeds.Page{}, nil // few have one, and a profile without one is complete
	}
	page := &feeds.Page{}
	for _, item := range d.items()[:min(len(d.items()), 5)] {
		if entry, post, err := q.entry(item, d, a); err == nil && entry.BoostedBy == nil {
			entry.Pinned = true
			page.Entries, page.Posts = append(page.Entries, entry), append(page.Posts, post)
		}
	}
	return page, nil
}

// listPage reads a page of an actor's collection; the first for no cursor.
func (q *asking) listPage(a *feeds.Author, list, cursor string) (document, error) {
	if cursor != "" {
		if link(cursor) == "" || apiclient.HostOf(cursor) != apiclient.HostOf(a.URI) {
			return document{}, apiclient.FailureAt(feeds.NotFound, cursor, errForeign)
		}
		return q.fetch(q.ctx, cursor)
	}
	who, err := q.get(q.ctx, a.URI)
	if err != nil {
		return document{}, err
	}
	at := who.first(list)
	if at == nil || at.id() == "" {
		return document{}, apiclient.FailureAt(feeds.NotFound, a.URI, errNoObject)
	}
	return q.collection(at, who)
}

// collection reads a collection, and its first page where its elements stand there.
func (q *asking) collection(n node, in document) (document, error) {
	d := document{node: n, url: in.url, at: in.at}
	if n.isBare() {
		var err error
		if d, err = q.fetch(q.ctx, n.id()); err != nil {
			return document{}, err
		}
	}
	if len(d.items()) > 0 {
		return d, nil
	}
	first := d.first("first")
	switch {
	case first == nil:
		return d, nil
	case !first.isBare():
		return document{node: first, url: d.url, at: d.at}, nil
	}
	return q.fetch(q.ctx, first.id())
}

func (d document) items() []node {
	return slices.Concat(d.nodes("orderedItems"), d.nodes("items"))
}

// entry adapts what stands in an outbox: an activity, or an object alone.
func (q *asking) entry(item node, in document, by *feeds.Author) (feeds.Entry, *feeds.Post, error) {
	d := document{node: item, url: in.url, at: in.at}
	boost := item.is("Announce")
	inner := unwrapped(item)
	foreign := inner.id() != "" && apiclient.HostOf(inner.id()) != apiclient.HostOf(in.url)
	if inner.isBare() || foreign { // what another server wrote, only that server can say
		if q.left <= 0 {
			return feeds.Entry{}, nil, errNoObject
		}
		q.left--
		var err error
		if d, err = q.get(q.ctx, inner.id()); err != nil {
			return feeds.Entry{}, nil, err
		}
	}
	if found := unwrapped(d.node); timeOf(found).IsZero() && !item.isBare() && !boost {
		found["published"] = item["published"] // the activity's, of an object that was asked for by itself
	}
	post, err := q.post(d)
	if err != nil {
		return feeds.Entry{}, nil, err
	}
	if post.Author.URI == by.URI {
		post.Author = by
	}
	entry := feeds.Entry{Key: post.Key, At: post.Published, Undated: post.Undated, WrapperID: post.Sightings[0].ID}
	if boost {
		entry.At, entry.BoostedBy, entry.WrapperID = timeOf(item), by, idAt(q.host, item.id())
		if entry.Undated = entry.At.IsZero() || entry.At.After(in.at); entry.Undated {
			entry.At = in.at
		}
	}
	return entry, post, nil
}

// placeUndated gives what tells no time the place where its list has it: just below what stands above it. On an older page what
// stands first is just above what follows, and else where it was first seen.
func placeUndated(entries []feeds.Entry, older bool) {
	dated := slices.IndexFunc(entries, func(e feeds.Entry) bool { return !e.Undated })
	for i := dated - 1; older && i >= 0; i-- {
		entries[i].At = entries[i+1].At.Add(time.Millisecond)
	}
	for i := 1; i < len(entries); i++ {
		if entries[i].Undated && (!older || i > dated) {
			entries[i].At = entries[i-1].At.Add(-time.Millisecond)
		}
	}
}
