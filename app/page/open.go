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
	if m.Bridge.Network != "" {
		return c.bridged(m)
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

// bridged offers the copies that an address of another network may have in the fediverse.
func (c canvas) bridged(m *state.OpenModel) Layout {
	w, title := c.Words, m.Bridge.Network
	views, hosts := m.Copies()
	rows := make([]markup.Node, 0, len(views))
	for i, r := range views {
		name, sign := "@"+m.Bridge.User+"@"+m.Bridge.Domain, "person"
		if r.View == route.Open {
			name, sign = w.T("bridge.post"), "text"
		}
		rows = append(rows, c.line(r.String(), sign, name, text(w.T("bridge.copy", hosts[i]))))
	}
	return Layout{Title: title, Parts: []Part{nodes(c.bar(title, w.T("bridge.under")), c.section(el("p", at{"class", "prose"}, text(w.T("bridge.text", title))), el("ul", at{"class", "lines"}, rows...))), nodes(c.window(m.Text))}}
}

// near leads to the server that an address named.
func (c canvas) near(host string) markup.Node {
	return el("div", at{"class", "row-b"},
		el("a", at{"class", "b", "href", route.Route{View: route.Server, Host: host}.String()}, text(c.Words.T("profile.server", host))))
}

// blocked says that the site doesn't open something.
func blocked(c canvas, m *state.BlockedModel) Layout {
	title := c.Words.T("blocked.title")
	return Layout{Title: title, Parts: []Part{nodes(
		c.bar(title, m.What), c.section(c.problem(&feeds.Error{Kind: feeds.Refused, Host: m.What}, "site", "")),
	)}}
}
