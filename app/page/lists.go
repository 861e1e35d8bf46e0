package page

import (
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
)

// tag is a hashtag as one server sees it.
func tag(c canvas, m *state.TagModel) Layout {
	w, r := c.Words, m.Route
	head := c.bar("#"+r.Tag, w.T("tag.under", m.Feed.Server()), c.followButton(m), c.takeButton("ib"), c.shareButton("ib"), c.fileButton("ib"))
	parts := []Part{nodes(head, c.besideTag(m))}
	parts = append(parts, c.feed(m.Feed, w.T("tag.feed", r.Tag, r.Host), c.empty("tag", w.T("empty.tag"), w.T("empty.tag.text", r.Tag, r.Host)))...)
	return Layout{Title: "#" + r.Tag, Parts: parts, SideLabel: w.T("tag.side"), Side: c.serverLink(r.Host)}
}

// besideTag is how much a hashtag was used lately, and which ones often stand beside it.
func (c canvas) besideTag(m *state.TagModel) markup.Node {
	var items []markup.Node
	if len(m.Week) > 0 {
		items = append(items, el("li", nil, markup.TagWeek(c.Drawing, m.Week)))
	}
	if len(m.Beside) > 0 {
		items = append(items, el("li", at{"class", "quiet"}, text(c.Words.T("tag.beside"))))
	}
	for _, t := range m.Beside {
		items = append(items, el("li", nil, el("a", at{"class", "chip", "href", route.Route{View: route.Tag, Host: m.Feed.Server(), Tag: t.Name}.String()},
			el("bdi", nil, markup.Text("#"+t.Name)), hidden(","), text(" "+c.Words.Number(t.Posts)))))
	}
	if len(items) == 0 {
		return markup.Node{}
	}
	return el("nav", at{"data-part", "beside", "aria-label", c.Words.T("tag.beside")}, el("ul", at{"class", "chips"}, items...))
}

// webFeed is an RSS, Atom or JSON feed: who publishes it, and its entries.
func webFeed(c canvas, m *state.WebFeedModel) Layout {
	if m.Route.View == route.Playlist {
		return c.playlist(m)
	}
	w, a := c.Words, m.Publisher()
	title := m.Host()
	if a != nil {
		title = state.PlainName(a)
	}
	parts := []Part{nodes(c.bar(title, w.T("webfeed.under", m.Host()), c.followButton(m), c.takeButton("ib"), c.shareButton("ib"), c.fileButton("ib")))}
	if by := m.Author(); by != nil && len(by.Bio.Blocks) > 0 {
		parts = append(parts, nodes(c.section(markup.Bio(c.Drawing, by.Bio))))
	}
	parts = append(parts, c.feed(m.Feed, w.T("webfeed.feed", title), c.empty("feed", w.T("empty.webfeed"), w.T("empty.webfeed.text", m.Host())))...)
	return Layout{Title: title, Parts: parts, SideLabel: w.T("webfeed.side"), Side: c.webFeedSide(m)}
}

func (c canvas) webFeedSide(m *state.WebFeedModel) []markup.Node {
	w := c.Words
	panel := el("section", at{"class", "panel"}, el("h2", nil, text(w.T("profile.home"))), el("p", at{"class", "quiet"}, text(w.T("webfeed.text"))),
		away(m.Route.URL, w.T("webfeed.open")))
	if a := m.Author(); a != nil && a.URL != "" {
		panel.Children = append(panel.Children, away(a.URL, w.T("open.at", m.Host())))
	}
	return []markup.Node{panel}
}

// away leads to a page of another site.
func away(href, label string) markup.Node {
	return el("a", at{"class", "b plain", "href", href, "target", "_blank", "rel", "nofollow noopener noreferrer"}, markup.InLines(label)...)
}

// playlist is a list of videos that somebody put together: who that is, what they say of it, and the videos by their time.
func (c canvas) playlist(m *state.WebFeedModel) Layout {
	w, a, host := c.Words, m.Author(), m.Host()
	title := w.T("playlist.title")
	if a != nil {
		title = state.PlainName(a)
	}
	parts := []Part{nodes(c.bar(title, w.T("playlist.under", host), c.followButton(m), c.takeButton("ib"), c.shareButton("ib"), c.fileButton("ib")))}
	parts = append(parts, nodes(c.isCopy(m.Route, m.Route.Host, "profile.copy")...))
	side := el("section", at{"class", "panel"}, el("h2", nil, text(w.T("profile.home"))), el("p", at{"class", "quiet"}, text(w.T("profile.from", host))))
	if a != nil {
		by := "@" + a.Handle()
		parts = append(parts, nodes(c.section(el("p", nil, el("a", at{"href", c.Links.Handle(a.Handle())}, text(w.T("playlist.by", by)))), markup.Bio(c.Drawing, a.Bio))))
		if a.URL != "" {
			side.Children = append(side.Children, away(a.URL, w.T("open.at", a.Domain)))
		}
	}
	parts = append(parts, c.feed(m.Feed, w.T("playlist.feed", title), c.empty("list", w.T("empty.playlist"), w.T("empty.playlist.text", host)))...)
	if s := m.Feed.Snapshot; a != nil && s.End && !s.Stale && !s.LeftOut && s.Err == nil && a.Counts.Posts > len(s.Items)+s.New {
		parts = append(parts, nodes(el("p", at{"class", "feedend quiet", "data-part", "missing"}, text(w.N("playlist.missing", a.Counts.Posts-len(s.Items)-s.New)))))
	}
	return Layout{Title: title, Parts: parts, SideLabel: w.T("playlist.side"), Side: []markup.Node{side}}
}
