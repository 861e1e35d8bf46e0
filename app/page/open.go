package page

import (
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
)

// open is shown when what was pasted can't be resolved, or has to be asked about.
func open(c canvas, m *state.OpenModel) Layout {
	w := c.Words
	if m.Tag != "" {
		return c.askServer(m.Tag)
	}
	if m.Err != nil {
		return Layout{Title: w.T("open.title"), Parts: []Part{nodes(
			c.bar(w.T("open.title"), m.Near), c.section(c.problem(m.Err, "page", m.Page)), c.near(m.Near), c.window(m.Text),
		)}}
	}
	key := "open." + string(m.Reason)
	note := el("div", at{"class", "note plain", "role", "alert", "data-kind", string(feeds.NotFound)}, c.icon("search"),
		el("strong", nil, text(w.T("open.failed", m.Text))), el("p", at{"class", "prose"}, text(w.T(key))))
	if m.Near != "" {
		note.Children = append(note.Children, c.near(m.Near))
	}
	return Layout{Title: w.T("open.title"), Parts: []Part{nodes(
		c.bar(w.T("open.title"), ""), c.section(note), c.window(m.Text),
	)}}
}

// near leads to the server that an address named.
func (c canvas) near(host string) markup.Node {
	return el("div", at{"class", "row-b"},
		el("a", at{"class", "b", "href", route.Route{View: route.Server, Host: host}.String()}, text(c.Words.T("profile.server", host))))
}

// askServer asks which server is to look for a hashtag: each has its own view of it.
func (c canvas) askServer(tag string) Layout {
	w := c.Words
	rows := make([]markup.Node, 0, len(c.App.Site.Servers))
	for _, s := range c.App.Site.Servers {
		rows = append(rows, el("li", nil, el("a", at{"class", "line", "href", c.Links.Tag(s.Host, tag)}, c.icon("server"),
			el("span", nil, el("b", nil, el("bdi", nil, text(s.Host))), el("span", at{"class", "quiet"}, text(s.TextIn(w.Lang())))), icon(c.App, "next", "i s turns"))))
	}
	return Layout{Title: "#" + tag, Parts: []Part{nodes(
		c.bar("#"+tag, w.T("open.which")),
		el("section", at{"class", "section"}, el("p", nil, text(w.T("open.which.text"))), el("ul", at{"class", "lines"}, rows...)),
	)}}
}

// blocked says that the site doesn't open something.
func blocked(c canvas, m *state.BlockedModel) Layout {
	title := c.Words.T("blocked.title")
	return Layout{Title: title, Parts: []Part{nodes(
		c.bar(title, m.What), c.section(c.problem(&feeds.Error{Kind: feeds.Refused, Host: m.What}, "site", "")),
	)}}
}
