package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/feeds"
)

// listedBy is what a server's directory lists: "people", "communities" or "channels".
func listedBy(i *feeds.Instance) string {
	if i != nil {
		switch i.Software {
		case "peertube":
			return "channels"
		case "lemmy", "piefed", "mbin", "kbin":
			return "communities"
		}
	}
	return "people"
}

// directory lists the people, communities or channels of a server, in its own order.
func (c canvas) directory(m *state.ServerModel) Part {
	d, w, kind := m.Directory, c.Words, listedBy(m.Instance)
	title := w.T("server.tab." + kind)
	if kind == "channels" {
		kind = "people"
	}
	box := el("section", at{"data-part", kind, "aria-labelledby", "h-listed"},
		el("header", at{"class", "section"}, el("h2", at{"id", "h-listed"}, text(title)), c.directoryOrder(m)))
	p := Part{Box: &box}
	if d == nil {
		return p
	}
	if len(d.People) > 0 {
		p.In = append(p.In, c.list(state.DirectoryList, "listed", title, false, c.listed(d.People)))
	}
	said, foot := "", markup.Node{}
	switch {
	case d.Err != nil:
		foot = c.section(c.problem(d.Err, "directory", outside(m.Route.Host)))
	case d.Busy:
		said = w.T("wait.asking", m.Route.Host)
	case !d.End:
		foot = el("p", at{"class", "feedend"}, el("button", at{"class", "b", "type", "button", "data-action", "older"}, text(w.T("directory.more"))))
	case len(d.People) == 0:
		said = w.T("directory.empty", m.Route.Host)
	default:
		said = w.T("directory.end")
	}
	if d.LeftOut > 0 {
		said += " " + w.N("find.leftOut", d.LeftOut)
	}
	p.In = append(p.In, nodes(foot))
	if said != "" {
		p.In = append(p.In, c.said(said))
	}
	return p
}

// directoryOrder chooses who stands first.
func (c canvas) directoryOrder(m *state.ServerModel) markup.Node {
	var options []markup.Node
	for _, o := range []feeds.DirectoryOrder{feeds.ActiveFirst, feeds.NewestFirst} {
		options = append(options, option(string(o), m.Order == o, c.Words.T("directory.first."+string(o))))
	}
	return el("div", at{"class", "choose"}, choice("order", c.Words.T("directory.order"), options))
}

// listed are the rows of a directory. Those that aren't drawn just now aren't made either.
func (c canvas) listed(people []*feeds.Author) []*ui.Row {
	rows := make([]*ui.Row, len(people))
	folded := c.visit.Heights(state.DirectoryList)
	for i, a := range people {
		if chunk := i / state.ChunkSize; chunk < len(folded) && folded[chunk] > 0 {
			continue
		}
		row := el("div", at{"class", "entry"}, markup.AuthorEntry(c.Drawing, a))
		if f, ok := c.App.FollowOfAuthor(a); ok {
			row.Children = append(row.Children, c.sourceButton(f, state.PlainName(a)))
		}
		rows[i] = &ui.Row{Node: &row}
	}
	return rows
}
