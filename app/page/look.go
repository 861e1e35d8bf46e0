package page

import (
	"strconv"
	"time"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/feeds"
)

// oldFacts is when what is known of a server is called old.
const oldFacts = 30 * 24 * time.Hour

// serverRow is a server worth a look with a button that shows more of it. Only that asks it.
func (c canvas) serverRow(m *state.StartModel, s state.SiteServer) markup.Node {
	line := c.serverLine(s)
	if s.Feed != "" {
		return el("li", nil, line)
	}
	open := m.Look != nil && m.Look.Route.Host == s.Host
	row := el("li", nil, el("div", at{"class", "entry"}, line,
		el("button", at{"class", "ib", "type", "button", "data-action", "look", "data-key", s.Host, "aria-expanded", strconv.FormatBool(open)}, c.icon("eye"), hidden(c.Words.T("start.look.more", s.Host)))))
	if open {
		row.Children = append(row.Children, c.look(m.Look))
	}
	return row
}

// look is what is known of a server, as of when, and its newest post.
func (c canvas) look(m *state.ServerModel) markup.Node {
	w, host := c.Words, m.Route.Host
	box := el("div", at{"class", "look", "data-part", "look"})
	if i := m.Instance; i != nil {
		access := i.Access.With(m.Seen)
		if m.MembersOnly != nil {
			access.Local = feeds.Members
		}
		box.Children = append(markup.ServerFacts(c.Drawing, i, access), c.asOf(i.Fetched))
		if c.Now.Sub(i.Fetched) > oldFacts {
			box.Children = append(box.Children, el("p", at{"class", "quiet"}, text(w.T("start.look.old"))))
		}
	}
	err, said := m.Err, w.T("wait.asking", host)
	if f := m.Feed; f != nil && err == nil {
		for _, i := range f.Snapshot.Items {
			if row := c.rowOf(i); row.Post.Post != nil {
				box.Children = append(box.Children, markup.Article(c.Drawing, row.Post))
				return box
			}
		}
		if err = f.Snapshot.Err; err == nil && !f.Snapshot.Busy {
			said = w.T("empty.server.text", host)
		}
	}
	if err != nil {
		box.Children = append(box.Children, c.problem(err, "server", outside(host)))
	} else {
		box.Children = append(box.Children, el("p", at{"class", "quiet", "role", "status"}, text(said)))
	}
	return box
}
