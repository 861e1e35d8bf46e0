package state

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// Group is what belongs together in a catch-up: an author's posts, a source's, or those that share a link.
type Group struct {
	Name  string
	Href  string         // a view, or the link that is shared
	Under string         // a handle, or the host of a link; "" for a source
	Items []*reader.Item // posts alone, in the order of the feed
	// Posts, Boosts and Pictures say how many there are. Nothing is sorted by them.
	Posts, Boosts, Pictures int
}

// group puts the posts of the span into groups, which stand in the order of their newest posts.
func (m *HomeModel) group() {
	m.Groups, m.Ungrouped = nil, 0
	if m.Route.By == "" || !m.settled() {
		return
	}
	items := m.Feed.Snapshot.Items
	newest := make([]*reader.Item, 0, len(items))
	shared := map[string]bool{}
	for n := range items {
		if p := items[n].Post; p != nil {
			newest = append(newest, &items[n])
			shared[linkKey(sharedLink(p))] = true
		}
	}
	upwards := m.Route.Order == route.Oldest
	if upwards {
		slices.Reverse(newest)
	}
	place := map[string]*Group{}
	for _, i := range newest {
		key := m.groupKey(i, shared)
		if key == "" {
			m.Ungrouped++
			continue
		}
		g := place[key]
		if g == nil {
			g = m.groupOf(key, i)
			place[key] = g
			m.Groups = append(m.Groups, g)
		}
		g.add(i)
	}
	if upwards {
		for _, g := range m.Groups {
			slices.Reverse(g.Items)
		}
	}
}

// groupKey names the group of a post; "" for none. shared are the links that posts share.
func (m *HomeModel) groupKey(i *reader.Item, shared map[string]bool) string {
	switch m.Route.By {
	case route.ByAuthor:
		return strings.ToLower(authorOf(i).Handle())
	case route.BySource:
		name, _, _ := strings.Cut(m.From(*i), " ")
		return name
	}
	key := linkKey(sharedLink(i.Post))
	if own := linkKey(i.Post.URL); key == "" && shared[own] { // it is what others link to
		return own
	}
	return key
}

// groupOf makes the group of a key, of which i is the first post.
func (m *HomeModel) groupOf(key string, i *reader.Item) *Group {
	switch m.Route.By {
	case route.ByAuthor:
		a := authorOf(i)
		return &Group{Name: PlainName(a), Href: route.OfAuthor(a).String(), Under: "@" + a.Handle()}
	case route.BySource:
		g := &Group{Name: key, Href: key}
		if f, ok := m.app.Follows.Find(follows.Address(key)); ok {
			g.Name = FollowName(f)
		}
		return g
	}
	host, _, _ := strings.Cut(key, "/")
	return &Group{Href: cmp.Or(sharedLink(i.Post), i.Post.URL), Under: host}
}

// add adds a post to a group.
func (g *Group) add(i *reader.Item) {
	g.Items = append(g.Items, i)
	if authorOf(i) == i.Post.Author {
		g.Posts++
	} else {
		g.Boosts++
	}
	for n := range i.Post.Media {
		if i.Post.Media[n].Kind == feeds.Image {
			g.Pictures++
		}
	}
	if g.Name != "" {
		return
	}
	if c := i.Post.Card; c != nil && linkKey(c.URL) == linkKey(g.Href) {
		g.Name = c.Title
	} else if linkKey(i.Post.URL) == linkKey(g.Href) {
		g.Name = i.Post.Title
	}
}

// authorOf is whose post a row is: of a boost who boosted it, first of several. Groups boost all that is posted to them.
func authorOf(i *reader.Item) *feeds.Author {
	by := i.Entry.BoostedBy
	switch {
	case by == nil || by.Group:
		return i.Post.Author
	case len(i.Boosts) > 0:
		return i.Boosts[0]
	}
	return by
}

// sharedLink is the address that a post shares: that of its card, else the first in its text; "" for none.
func sharedLink(p *feeds.Post) string {
	if p.Card != nil && p.Card.URL != "" {
		return p.Card.URL
	}
	return firstLink(p.Body.Blocks)
}

func firstLink(nodes []content.Node) string {
	for n := range nodes {
		if nodes[n].Kind == content.Link && nodes[n].Name == "" && strings.HasPrefix(nodes[n].Href, "http") {
			return nodes[n].Href
		}
		if href := firstLink(nodes[n].Children); href != "" {
			return href
		}
	}
	return ""
}

// linkKey is what two writings of an address have in common: it is without its scheme, "www.", the place in the page, and what says how a visitor
// came there, which stands last.
func linkKey(raw string) string {
	_, rest, _ := strings.Cut(raw, "://")
	rest, _, _ = strings.Cut(rest, "#")
	path, query, _ := strings.Cut(rest, "?")
	if n := strings.Index(query, "utm_"); n >= 0 {
		query = strings.TrimSuffix(query[:n], "&")
	}
	key := strings.TrimPrefix(strings.TrimSuffix(path, "/"), "www.")
	if query != "" {
		key += "?" + query
	}
	return key
}
