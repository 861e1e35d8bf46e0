package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/feeds/find"
	"vitrine/feeds/follows"
)

// found is what is followed or listed here under a name, and what servers find.
func found(c canvas, m *state.FindModel) Layout {
	w, q := c.Words, m.Query
	if q.Name == "" {
		title := w.T("find.title")
		return Layout{Title: title, Parts: []Part{nodes(c.bar(title, "")), nodes(c.section(c.plainNote("search", w.T("find.nothing"), w.T("find.nothing.text")))), nodes(c.window(q.Text))}}
	}
	title := w.T("find.of", q.Text)
	l := Layout{Title: title, Parts: []Part{nodes(c.bar(title, w.T("find.under")), c.smallBox(q.Text)), c.findChips(m)}, SideLabel: w.T("tag.side"), Side: []markup.Node{c.howFound()}}
	if q.Cut {
		l.Parts = append(l.Parts, c.said(w.N("find.cut", find.MaxWords)))
	}
	for _, name := range []string{"people", "communities", "tags", "servers"} {
		l.Parts = append(l.Parts, c.hits(m, name))
	}
	if m.Waits {
		l.Parts = append(l.Parts, c.findAsks())
		return l
	}
	if n := m.Result.LeftOut; n > 0 {
		l.Parts = append(l.Parts, c.said(w.N("find.leftOut", n)))
	}
	if m.AsksPosts() {
		l.Parts = append(l.Parts, c.foundPosts(m))
	}
	return l
}

// said is a sentence on its own.
func (c canvas) said(words string) Part {
	return nodes(el("p", at{"class", "section quiet", "role", "status"}, text(words)))
}

// findAsks says that servers are asked. What stands below it in the page is hidden as long (web/css/app.css).
func (c canvas) findAsks() Part {
	return nodes(el("p", at{"class", "section quiet asking", "role", "status"}, text(c.Words.T("find.asking"))))
}

func (c canvas) howFound() markup.Node {
	return el("section", at{"class", "panel"}, el("h2", nil, text(c.Words.T("find.how"))), el("p", at{"class", "quiet"}, text(c.Words.T("find.how.text"))))
}

// hits are links to views of a kind, in a section of their own where there are any.
func (c canvas) hits(m *state.FindModel, name string) Part {
	rows := c.foundHere(m, name)
	list := m.Result.People
	switch name {
	case "communities":
		list = m.Result.Communities
	case "tags":
		list = m.Result.Tags
	case "servers":
		list = nil
	}
	for _, h := range list {
		if !m.Follows(h) {
			rows = append(rows, c.hit(h))
		}
	}
	n := len(rows)
	if n == 0 {
		return nodes()
	}
	w, id := c.Words, "h-"+name
	if !m.All[name] {
		rows = rows[:min(n, state.FirstHits)]
	}
	box := el("section", at{"class", "section", "data-part", name, "aria-labelledby", id}, el("header", nil, el("h2", at{"id", id}, text(w.T("find."+name)))), el("ul", at{"class", "lines"}, rows...))
	if len(rows) < n {
		box.Children = append(box.Children, el("button", at{"class", "b plain", "type", "button", "data-action", "find-all", "data-key", name}, text(w.N("find.all", n))))
	}
	return nodes(box)
}

// foundHere are the rows of a kind for which nobody was asked.
func (c canvas) foundHere(m *state.FindModel, name string) (rows []markup.Node) {
	for _, f := range m.Followed {
		kind := "people"
		switch f.Kind {
		case follows.Hashtag:
			kind = "tags"
		case follows.Community:
			kind = "communities"
		case follows.Server, follows.WebFeed:
			kind = "servers"
		}
		if kind == name {
			row := c.line(string(f.Address), state.SignOf(f), state.FollowName(f), text(c.Words.T("find.followed")))
			rows = append(rows, el("li", at{"class", "entry"}, append(row.Children, c.sourceButton(f, state.FollowName(f)))...))
		}
	}
	if tag := m.Query.Tag(); name == "tags" && tag != "" && m.Query.Sign == 0 {
		rows = append(rows, c.line(route.Route{View: route.Find, Query: "#" + tag}.String(), "tag", "#"+tag, text(c.Words.T("find.tag.all"))))
	}
	if name == "servers" {
		for _, s := range m.Servers {
			rows = append(rows, el("li", nil, c.serverLine(s)))
		}
	}
	return rows
}

// hit is what was found, and where.
func (c canvas) hit(h *find.Hit) markup.Node {
	var n markup.Node
	if h.Tag != nil {
		n = markup.TagLine(c.Drawing, h.Hosts[0], h.Tag)
	} else {
		n = markup.AuthorLine(c.Drawing, h.Author)
	}
	said := "find.from"
	if h.Stored {
		said = "find.stored"
	}
	about := &n.Children[1]
	about.Children = append(about.Children, el("span", at{"class", "quiet"}, text(c.Words.T(said, c.Words.List(h.Hosts)))))
	f, ok := c.App.FollowOfHit(h)
	if !ok {
		return el("li", nil, n)
	}
	name := state.FollowName(f)
	if h.Author != nil {
		name = state.PlainName(h.Author)
	}
	return el("li", at{"class", "entry"}, n, c.sourceButton(f, name))
}

// foundPosts are the posts that were found, in their section.
func (c canvas) foundPosts(m *state.FindModel) Part {
	w, f := c.Words, m.Feed
	box := el("section", at{"data-part", "posts", "aria-labelledby", "h-posts"}, el("header", at{"class", "section"}, el("h2", at{"id", "h-posts"}, text(w.T("find.posts")))))
	p := Part{Box: &box}
	if len(m.Here) > 0 {
		title := w.T("search.posts", w.Number(m.HereAll))
		box.Children[0].Children = append(box.Children[0].Children, el("h3", at{"class", "quiet"}, text(title)))
		p.In = c.foundStored(m, title)
	}
	switch {
	case f == nil && m.Result.Busy() || f != nil && f.Snapshot.Err == nil && f.Snapshot.Busy && len(f.Snapshot.Items) == 0:
		p.In = append(p.In, c.findAsks())
	case f == nil || len(f.Snapshot.Sources) == 0:
		p.In = append(p.In, c.said(w.T("find.noPosts")))
	default:
		if hosts := m.Unsearched(); len(hosts) > 0 && f.Snapshot.Err == nil {
			p.In = append(p.In, c.said(w.T("find.unsearched", c.Words.List(hosts))))
		}
		nothing := c.empty("text", w.T("find.none"), w.T("find.none.text"))
		if len(m.Here) > 0 {
			nothing = el("p", at{"class", "quiet"}, text(w.T("find.none.text")))
		}
		p.In = append(p.In, c.feed(f, w.T("find.feed", m.Query.Text), nothing)...)
	}
	return p
}

// foundStored are the first posts of what is stored, and the way to all of them.
func (c canvas) foundStored(m *state.FindModel, title string) []Part {
	var parts []Part
	if beside := m.Beside(); len(beside) > 0 {
		rows := make([]*ui.Row, 0, len(beside))
		for _, i := range beside {
			rows = append(rows, c.rowOf(i))
		}
		parts = append(parts, c.list("here", "", title, false, rows))
	}
	if c.App.Built(route.Search) {
		all := route.Route{View: route.Search, Query: m.SearchText()}
		words := c.Words.T("box.here", m.Query.Text)
		if m.HereAll > len(m.Here) {
			words = c.Words.N("find.all", m.HereAll)
		}
		parts = append(parts, nodes(el("p", at{"class", "feedend"}, el("a", at{"class", "b plain", "href", all.String()}, c.small("search"), text(words)))))
	}
	return parts
}

// findChips are the servers that are asked; below them stands what is known of the one that was tapped, or the choice of others.
func (c canvas) findChips(m *state.FindModel) Part {
	w := c.Words
	panel := markup.Node{}
	sources := m.Chips()
	for _, s := range sources {
		if s.Address == m.Asked {
			panel = c.sourcePanel(s, "find-drop", "find.drop")
		}
	}
	change := el("li", nil, el("button", at{"class", "chip", "type", "button", "data-action", "find-servers", "aria-expanded", strconv.FormatBool(m.Choosing)},
		c.small("settings"), text(w.T("find.change"))))
	if m.Choosing {
		panel = c.findChoice(m)
	}
	p := c.chipsOf(w.T("find.servers.asked"), sources, m.Asked, panel)
	list := &p.In[0].In[0]
	list.In = append([]Part{{Box: &change, Name: "change"}}, list.In...) // before the servers, of which the last may be out of sight
	return p
}

// findChoice changes which servers are asked. The choice is kept.
func (c canvas) findChoice(m *state.FindModel) markup.Node {
	w := c.Words
	add := el("div", at{"class", "row-b"})
	button := func(action, host, words string) {
		add.Children = append(add.Children, el("button", at{"class", "b", "type", "button", "data-action", action, "data-key", host}, text(words)))
	}
	for _, host := range m.Others {
		button("find-add", host, host)
	}
	if m.Own {
		button("find-usual", "", w.T("find.usual"))
	}
	return c.section(el("form", at{"class", "note plain", "data-action", "find-add", "data-part", "servers"},
		el("label", at{"for", "find-host"}, text(w.T("find.add"))),
		el("div", at{"class", "ask"}, el("input", at{"class", "field", "id", "find-host", "name", "host", "type", "text", "inputmode", "url", "autocapitalize", "none", "autocomplete", "off", "spellcheck", "false"}),
			el("button", at{"class", "b main", "type", "submit"}, text(w.T("find.add.do")))), add))
}
