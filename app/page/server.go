package page

import (
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
)

// server is a server: what it is, and the list of the tab.
func server(c canvas, m *state.ServerModel) Layout {
	w, host := c.Words, m.Route.Host
	var parts []Part
	if m.Instance != nil {
		parts = append(parts, nodes(c.back("ib over"), markup.ServerHead(c.Drawing, m.Instance, c.followButton(m), c.takeButton("b ib"), c.shareButton("b ib"), c.fileButton("b ib"))))
	} else {
		parts = append(parts, nodes(c.bar(host, w.T("server.under"), c.followButton(m), c.takeButton("ib"))))
	}
	if m.Err != nil {
		parts = append(parts, nodes(c.section(c.problem(m.Err, "server", outside(host))), c.perhapsFeed(m.Err, host)))
		return Layout{Title: host, Parts: parts}
	}
	parts = append(parts, nodes(c.tabs(w.T("server.tabs"), c.serverTabs(m))))
	switch {
	case m.Tab() == "about":
		parts = append(parts, nodes(c.serverAbout(m)...))
	case m.Tab() == "directory":
		parts = append(parts, c.directory(m))
	case m.MembersOnly != nil:
		parts = append(parts, nodes(c.section(c.problem(m.MembersOnly, "feed", outside(host)))), nodes(c.talk(m)...))
		if s := m.Feed.Snapshot; s.Err != nil && len(s.Items) == 0 {
			break // all of it is closed: once is enough
		}
		parts = append(parts, c.feed(m.Feed, w.T("server.feed.trending", host), c.empty("trend", w.T("empty.trending"), w.T("empty.trending.text", host)))...)
	case m.Tab() == "trending":
		parts = append(parts, nodes(c.talk(m)...))
		parts = append(parts, c.feed(m.Feed, w.T("server.feed.trending", host), c.empty("trend", w.T("empty.trending"), w.T("empty.trending.text", host)))...)
	default:
		name := "local"
		if m.Tab() != "" {
			name = m.Tab()
		}
		parts = append(parts, c.feed(m.Feed, w.T("server.feed."+name, host), c.empty("text", w.T("empty.server"), w.T("empty.server.text", host)))...)
		if s := m.Feed.Snapshot; m.Instance == nil && s.Err != nil && len(s.Items) == 0 {
			parts = append(parts, nodes(c.perhapsFeed(s.Err, host)))
		}
	}
	return Layout{Title: host, Parts: parts, SideLabel: w.T("server.side"), Side: c.serverSide(m)}
}

// perhapsFeed leads to the web feed of a site that is no server of the fediverse, if it has one.
func (c canvas) perhapsFeed(err *feeds.Error, host string) markup.Node {
	switch err.Kind {
	case feeds.NotFound, feeds.BadData, feeds.Unsupported, feeds.Unreachable:
		return el("div", at{"class", "section row-b"}, el("a", at{"class", "b", "href", route.Route{View: route.Feed, URL: outside(host)}.String()}, c.small("feed"), text(c.Words.T("server.feed.web"))))
	}
	return markup.Node{}
}

func (c canvas) serverTabs(m *state.ServerModel) []tabLink {
	var tabs []tabLink
	for _, t := range []string{"", "federated", "trending", "directory", "about"} {
		if t == "" && !m.Can.Local || t == "federated" && !m.Can.Federated || t == "trending" && !m.Can.TrendingPosts && !m.Can.TrendingTags || t == "directory" && !m.Can.Directory {
			continue
		}
		r := m.Route
		r.Tab = t
		name := t
		switch t {
		case "":
			name = "local"
		case "directory":
			name = listedBy(m.Instance)
		}
		tabs = append(tabs, tabLink{r, c.Words.T("server.tab." + name)})
	}
	return tabs
}

// talk draws trending hashtags and links.
func (c canvas) talk(m *state.ServerModel) []markup.Node {
	if m.Trends == nil {
		return nil
	}
	w := c.Words
	var sections []markup.Node
	if len(m.Trends.Tags) > 0 {
		sections = append(sections, el("section", at{"class", "section", "aria-labelledby", "h-tags"},
			el("header", nil, el("h2", at{"id", "h-tags"}, text(w.T("trends.tags"))), el("span", at{"class", "quiet"}, text(w.T("trends.counted", m.Route.Host)))),
			markup.TagTrends(c.Drawing, m.Trends.Tags[:min(len(m.Trends.Tags), 8)])))
	}
	if len(m.Trends.Links) > 0 {
		sections = append(sections, el("section", at{"class", "section", "aria-labelledby", "h-links"},
			el("header", nil, el("h2", at{"id", "h-links"}, text(w.T("trends.links")))),
			markup.LinkTrends(c.Drawing, m.Trends.Links[:min(len(m.Trends.Links), 5)])))
	}
	return append(sections, el("section", at{"class", "section", "aria-labelledby", "h-posts"}, el("header", nil, el("h2", at{"id", "h-posts"}, text(w.T("trends.posts"))))))
}

func (c canvas) serverAbout(m *state.ServerModel) []markup.Node {
	w, i := c.Words, m.Instance
	out := []markup.Node{el("section", at{"class", "section", "aria-labelledby", "h-about"},
		el("header", nil, el("h2", at{"id", "h-about"}, text(w.T("server.about")))), markup.Bio(c.Drawing, i.Description))}
	out = append(out, markup.Guest(c.Drawing, i, i.Access.With(m.Seen), m.Can, m.Budget))
	if len(i.Rules) > 0 {
		out = append(out, el("section", at{"class", "section", "aria-labelledby", "h-rules"},
			el("header", nil, el("h2", at{"id", "h-rules"}, text(w.T("server.rules")))), markup.Rules(c.Drawing, i.Rules)))
	}
	if len(i.Long.Blocks) > 0 { // it comes last, since it is asked for last
		out = append(out, c.section(markup.Bio(c.Drawing, i.Long)))
	}
	return out
}

func (c canvas) serverSide(m *state.ServerModel) []markup.Node {
	w, i := c.Words, m.Instance
	if i == nil {
		return nil
	}
	var side []markup.Node
	if len(i.Rules) > 0 && m.Route.Tab != "about" {
		side = append(side, el("section", at{"class", "panel"}, el("h2", nil, text(w.T("server.rules"))), markup.Rules(c.Drawing, i.Rules[:min(len(i.Rules), 6)])))
	}
	if i.Contact != nil || i.Email != "" {
		kids := []markup.Node{el("h2", nil, text(w.T("server.contact")))}
		if i.Contact != nil {
			kids = append(kids, markup.AuthorLine(c.Drawing, i.Contact))
		}
		if i.Email != "" {
			kids = append(kids, el("p", at{"class", "quiet"}, el("a", at{"href", "mailto:" + i.Email}, text(i.Email))))
		}
		side = append(side, el("section", at{"class", "panel"}, kids...))
	}
	return append(side, el("section", at{"class", "panel"}, el("h2", nil, text(w.T("server.outside"))),
		el("a", at{"class", "b plain", "href", outside(i.Host), "target", "_blank", "rel", "nofollow noopener noreferrer"}, text(w.T("open.at", i.Host)))))
}
