package state

import (
	"cmp"
	"context"
	"time"

	"vitrine/app/markup"
	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// carries implements carrier.
func (m *ThreadModel) carries() bool { return m.Snapshot != nil && m.Snapshot.Tree != nil }

// carried implements carrier.
func (m *ThreadModel) carried() carried {
	t := m.Snapshot.Tree
	c := carried{feed: syndicate.Feed{
		Title: PlainName(t.Focus.Author) + ": " + syndicate.Title(t.Focus), Home: cmp.Or(t.Focus.URL, t.Focus.URI), Author: t.Focus.Author, Thread: t,
	}}
	for _, p := range t.Posts() {
		c.add(p)
		c.feed.Items = append(c.feed.Items, reader.Item{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}})
	}
	all := c.feed.Items
	c.items = func(context.Context, int, int, func(int)) ([]reader.Item, error, error) { return all, nil, nil }
	return c
}

// add counts a post that is here.
func (c *carried) add(p *feeds.Post) {
	c.loaded++
	for _, x := range p.Media {
		if x.Kind == feeds.Image || x.Preview != "" {
			c.photos++
		}
	}
	if p.Card != nil && p.Card.Image != "" {
		c.photos++
	}
	if at := p.Published; c.oldest.IsZero() || at.Before(c.oldest) {
		c.oldest = at
	}
}

// carries implements carrier.
func (m *ProfileModel) carries() bool { return m.Author != nil && m.Feed.carries() }

// carried implements carrier.
func (m *ProfileModel) carried() carried {
	return m.Feed.carriedAs(syndicate.Feed{Title: PlainName(m.Author), Summary: content.PlainText(m.Author.Bio), Home: m.Author.URL, Author: m.Author})
}

// carries implements carrier.
func (m *TagModel) carries() bool { return m.Feed.carries() }

// carried implements carrier.
func (m *TagModel) carried() carried {
	host := cmp.Or(m.Route.Via, m.Route.Host)
	return m.Feed.carriedAs(syndicate.Feed{Title: "#" + m.Route.Tag + " · " + address.ShowHost(host), Home: address.Origin(host) + "/tags/" + m.Route.Tag})
}

// carries implements carrier.
func (m *ServerModel) carries() bool { return m.Feed.carries() }

// carried implements carrier.
func (m *ServerModel) carried() carried {
	return m.Feed.carriedAs(syndicate.Feed{Title: address.ShowHost(m.Route.Host), Home: address.Origin(m.Route.Host) + "/"})
}

// carries implements carrier.
func (m *WebFeedModel) carries() bool { return m.Feed.carries() }

// carried implements carrier.
func (m *WebFeedModel) carried() carried {
	f := syndicate.Feed{Title: m.Host(), Home: m.Route.URL}
	if by := m.Publisher(); by != nil {
		f.Title, f.Author, f.Home = PlainName(by), by, cmp.Or(by.URL, m.Route.URL)
	}
	return m.Feed.carriedAs(f)
}

// carries implements carrier.
func (m *HomeModel) carries() bool { return m.Feed.carries() }

// carried implements carrier.
func (m *HomeModel) carried() carried {
	c := m.Feed.carriedAs(syndicate.Feed{Title: cmp.Or(m.List.Name, m.app.Words.T("nav.home"))})
	c.more = c.more && !m.CatchesUp() // a span is loaded by itself
	return c
}

// carries reports that a list, which may be nil, has something to save.
func (m *FeedModel) carries() bool { return m != nil && len(m.Snapshot.Items) > 0 }

// carriedAs is what a list has to save.
func (m *FeedModel) carriedAs(f syndicate.Feed) carried {
	c := carried{feed: f, more: !m.Snapshot.End}
	posts := 0
	for _, i := range m.Snapshot.Items {
		switch {
		case i.Post != nil:
			c.add(i.Post)
			posts++
		case i.Gap == nil: // it is let go of
			c.loaded++
		}
	}
	if posts > 0 {
		c.photos = c.photos * c.loaded / posts
	}
	c.items = m.gather
	return c
}

// snapshot is what the list shows now, asked for from any goroutine.
func (m *FeedModel) snapshot(ctx context.Context) (*reader.Snapshot, error) {
	now := make(chan *reader.Snapshot, 1)
	m.app.later(func() { now <- m.Snapshot })
	select {
	case s := <-now:
		return s, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// still is how often in a row a list may bring nothing before no more is asked for.
const still = 3

// gather loads older posts, as the list does when its end comes near, until there are so many, or they reach so many days back; 0 and 0: nothing
// more. Then it reads those again that the list has let go of.
func (m *FeedModel) gather(ctx context.Context, n, days int, told func(int)) (items []reader.Item, older, err error) {
	var since time.Time
	if days > 0 {
		since = m.app.clock.Now().AddDate(0, 0, -days)
	}
	enough := func(s *reader.Snapshot) bool {
		if days > 0 {
			for i := len(s.Items) - 1; i >= 0; i-- {
				if s.Items[i].Gap == nil && !s.Items[i].Entry.Pinned {
					return s.Items[i].Entry.At.Before(since)
				}
			}
		}
		return len(s.Items) >= n
	}
	s, err := m.snapshot(ctx)
	last, again := -1, 0
	for err == nil && (n > 0 || days > 0) && !s.End && !enough(s) {
		if len(s.Items) > last {
			last, again = len(s.Items), 0
		} else if again++; again >= still {
			break
		}
		told(len(s.Items))
		older = m.feed.LoadOlder(feeds.Anew(ctx))
		if s, err = m.snapshot(ctx); older != nil || s != nil && s.OldErr != nil {
			break
		}
		if again > 0 { // somebody else is loading
			select {
			case <-m.app.clock.After(time.Second):
			case <-ctx.Done():
			}
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if older == nil && s.OldErr != nil && !enough(s) && (n > 0 || days > 0) {
		older = s.OldErr
	}
	for _, i := range s.Items {
		if i.Gap != nil || i.Lost || days > 0 && i.Entry.At.Before(since) && !i.Entry.Pinned || n > 0 && len(items) >= n {
			continue
		}
		items = append(items, i)
	}
	return items, older, m.app.readAgain(ctx, items)
}

// readAgain puts posts from the store where none are.
func (a *App) readAgain(ctx context.Context, items []reader.Item) error {
	const together = 100
	for from := 0; from < len(items); from += together {
		some := items[from:min(from+together, len(items))]
		var keys []feeds.Key
		for _, i := range some {
			if i.Post == nil {
				keys = append(keys, i.Entry.Key)
			}
		}
		if len(keys) == 0 {
			continue
		}
		posts, err := a.store.Posts(ctx, keys)
		if err != nil {
			return err
		}
		for i := range some {
			if some[i].Post == nil {
				some[i].Post = posts[some[i].Entry.Key]
			}
		}
	}
	return nil
}

// carries implements carrier.
func (m *SavedModel) carries() bool { return len(m.Keys) > 0 }

// carried implements carrier.
func (m *SavedModel) carried() carried {
	c := carried{feed: syndicate.Feed{Title: m.app.Words.T("saved.title")}, kept: map[feeds.Key]*markup.Kept{}}
	if m.Name != "" {
		c.feed.Title = m.Name
		if about := m.About; about != nil {
			by := about.Author
			c.feed.Title, c.feed.Summary, c.feed.Home, c.feed.Author = PlainName(by), content.PlainText(by.Bio), by.URL, by
		}
	}
	for _, i := range m.Items {
		c.add(i.Post.Post)
	}
	if c.loaded > 0 {
		c.photos = c.photos * len(m.Keys) / c.loaded
	}
	c.loaded = len(m.Keys)
	keys, book := m.Keys, m.book
	c.items = func(ctx context.Context, _, _ int, told func(int)) (items []reader.Item, older, err error) {
		const together = 100
		for from := 0; from < len(keys); from += together {
			posts, err := book.Posts(ctx, keys[from:min(from+together, len(keys))])
			if err != nil {
				return nil, nil, err
			}
			for _, p := range posts {
				if p != nil {
					k := &markup.Kept{Tags: p.Tags, Note: p.Note}
					if p.Gone != nil {
						k.Gone = p.Gone.At
					}
					c.kept[p.Post.Key] = k
					items = append(items, reader.Item{Post: p.Post, Entry: feeds.Entry{Key: p.Post.Key, At: p.Post.Published}})
				}
			}
			told(len(items))
		}
		return items, nil, nil
	}
	return c
}
