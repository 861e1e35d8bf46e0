package page

import (
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/feeds/search"
)

// searched is what is found in all that is stored and, once somebody wants that, at servers.
func searched(c canvas, m *state.SearchModel) Layout {
	w, q := c.Words, m.Query
	title := w.T("search.title")
	if q.Text != "" {
		title = w.T("search.of", shortened(q.Text))
	}
	l := Layout{Title: title}
	l.Parts = []Part{nodes(c.bar(title, w.T("search.under"))), nodes(c.searchHead(m)...)}
	f := m.Feed
	switch {
	case f == nil:
	case f.Snapshot.Err != nil && len(f.Snapshot.Items) == 0:
		l.Parts = append(l.Parts, nodes(c.section(c.problem(f.Snapshot.Err, "feed", ""))))
	case len(f.Snapshot.Items) > 0:
		rows := c.rows(f.Snapshot)
		for i := range rows {
			if rows[i] != nil {
				rows[i].Post.Marks, rows[i].Post.Kept = m.Marks, m.Kept[f.Snapshot.Items[i].Entry.Key]
			}
		}
		list := c.list(state.FeedList, "", w.T("search.feed", shortened(q.Text)), true, rows)
		l.Parts = append(l.Parts, list, nodes(c.below(f)))
	case f.Snapshot.End:
		l.Parts = append(l.Parts, nodes(c.section(c.empty("search", w.T("search.none"), w.T("search.none.text")+" "+w.T("search.posts", w.Number(m.Stored))))))
	}
	if f != nil && q.Plain() != "" {
		l.Parts = append(l.Parts, c.searchServers(m))
	}
	return l
}

// shortened is a query as it stands in headings.
func shortened(text string) string {
	const most = 60
	if letters := []rune(text); len(letters) > most {
		return strings.TrimSpace(string(letters[:most])) + "…"
	}
	return text
}

// searchHead is the box with what is looked for, how much was found, and in which order.
func (c canvas) searchHead(m *state.SearchModel) []markup.Node {
	w, q := c.Words, m.Query
	form := el("form", at{"class", "named", "role", "search", "data-action", "search"},
		el("label", at{"for", "search-words"}, text(w.T("search.label"))),
		el("div", at{"class", "row-b"},
			el("input", at{"class", "field", "id", "search-words", "name", "q", "type", "search", "autocomplete", "off", "autocapitalize", "none", "dir", "auto", "value", q.Text}),
			el("button", at{"class", "b main", "type", "submit"}, text(w.T("search.do")))))
	head := c.section(form)
	add := func(n ...markup.Node) { head.Children = append(head.Children, n...) }
	said := func(words string) { add(el("p", at{"class", "quiet", "role", "status"}, text(words))) }
	switch {
	case m.Anew:
		said(w.T("search.anew"))
	case m.Full:
		said(w.T("search.full"))
	case m.Behind > 0:
		said(w.T("search.behind", w.Number(m.Behind)))
	}
	for _, o := range q.Odd {
		add(c.odd(o))
	}
	if q.LeftOut > 0 {
		said(w.T("search.leftOut", w.Number(q.LeftOut), w.Number(search.MostWords)))
	}
	if m.Feed == nil {
		if q.Text != "" {
			said(w.T("search.unsaid"))
		} else if !m.Anew {
			said(w.T("search.posts", w.Number(m.Stored)))
		}
		add(c.searchHelp(true))
		return []markup.Node{head}
	}
	if m.Feed.Snapshot.Err != nil || m.Anew {
		return []markup.Node{head}
	}
	before, after, _ := strings.Cut(w.T("search.count", "\x00"), "\x00")
	add(el("p", at{"role", "status"}, text(before), el("b", at{"data-part", "count"}, text(strconv.Itoa(m.Total))), text(after)))
	if m.Hidden > 0 || m.All {
		words, do := w.T("search.hidden.shown"), "search.hidden.hide"
		if !m.All {
			words, do = w.T("search.hidden", w.Number(m.Hidden)), "search.hidden.show"
		}
		add(el("p", at{"class", "quiet"}, text(words+" "), el("button", at{"class", "b plain", "type", "button", "data-action", "search-all", "aria-pressed", strconv.FormatBool(m.All)}, text(w.T(do)))))
	}
	add(c.searchHelp(false))
	if m.Total < 2 {
		return []markup.Node{head}
	}
	order := func(action, words string, on bool) markup.Node {
		return el("li", nil, el("button", at{"class", "chip", "type", "button", "data-action", action, "aria-pressed", strconv.FormatBool(on), "aria-current", when(on, "true")}, text(w.T(words))))
	}
	return []markup.Node{head, el("nav", at{"aria-label", w.T("search.order")},
		el("ul", at{"class", "chips"}, order("search-newest", "search.newest", !m.Best), order("search-best", "search.best", m.Best)))}
}

// odd says of a part of a query that it isn't understood, and what would be.
func (c canvas) odd(o search.Odd) markup.Node {
	can := map[string]string{
		"from": "from:name@server", "host": "host:server", "tag": "tag:…", "is": "is:saved", "lang": "lang:" + c.Words.Lang(),
		"has": "has:media, has:image, has:video, has:audio, has:poll, has:link, has:alt",
	}[o.Name]
	if can == "" { // before, after
		can = o.Name + ":2026, " + o.Name + ":2026-05, " + o.Name + ":2026-05-31"
	}
	before, rest, _ := strings.Cut(c.Words.T("search.odd", "\x00", "\x01"), "\x00")
	between, after, _ := strings.Cut(rest, "\x01")
	return el("p", at{"class", "care", "role", "status", "data-part", "odd"}, c.small("warn"), el("span", nil, text(before), el("bdi", nil, markup.Text(shortened(o.Text))), text(between), el("code", at{"dir", "ltr"}, text(can)), text(after)))
}

// searchHelp says what can be typed.
func (c canvas) searchHelp(open bool) markup.Node {
	row := func(code, words string) markup.Node {
		return el("div", nil, el("dt", nil, el("code", at{"dir", "ltr"}, text(code))), el("dd", nil, text(c.Words.T(words))))
	}
	return el("details", at{"class", "typed", "open", when(open, "")}, el("summary", nil, text(c.Words.T("search.help"))), el("dl", nil,
		row(`"…"`, "search.help.phrase"), row("-…", "search.help.not"), row("from:name@server", "search.help.from"), row("host:server", "search.help.host"),
		row("tag:…", "search.help.tag"), row("has:media", "search.help.media"), row("has:poll", "search.help.poll"), row("has:link", "search.help.link"), row("has:alt", "search.help.alt"),
		row("lang:"+c.Words.Lang(), "search.help.lang"), row("after:2026-05", "search.help.after"), row("before:2026-05-31", "search.help.before"), row("is:saved", "search.help.saved")))
}

// mostElsewhere is how many posts of servers are shown beside what is stored.
const mostElsewhere = 20

// searchServers offers to ask servers, and shows what they find.
func (c canvas) searchServers(m *state.SearchModel) Part {
	w, e := c.Words, m.Elsewhere
	box := el("section", at{"data-part", "servers", "aria-labelledby", "h-elsewhere"}, el("header", at{"class", "section"}, el("h2", at{"id", "h-elsewhere"}, text(w.T("search.servers")))))
	p := Part{Box: &box}
	if e == nil {
		box.Children[0].Children = append(box.Children[0].Children, el("p", at{"class", "prose"}, text(w.T("search.servers.text"))),
			el("button", at{"class", "b", "type", "button", "data-action", "search-servers"}, text(w.T("search.servers.do"))))
		return p
	}
	if e.Asking() {
		p.In = append(p.In, c.said(w.T("find.asking")))
	}
	for _, name := range []string{"people", "communities", "tags"} {
		p.In = append(p.In, c.hits(e, name))
	}
	if posts := e.Posts(); len(posts) > 0 {
		rows := make([]*ui.Row, 0, mostElsewhere)
		for _, item := range e.Feed.Snapshot.Items[:min(len(e.Feed.Snapshot.Items), mostElsewhere)] {
			if item.Post != nil || item.Gap != nil {
				r := c.rowOf(item)
				r.Post.Marks = m.Marks
				rows = append(rows, r)
			}
		}
		p.In = append(p.In, nodes(el("header", at{"class", "section"}, el("h2", nil, text(w.T("find.posts"))))), c.list("elsewhere", "", w.T("find.feed", shortened(e.Query.Text)), false, rows))
	}
	all := route.Route{View: route.Find, Query: e.Query.Text}
	p.In = append(p.In, nodes(el("p", at{"class", "section"}, el("a", at{"class", "b plain", "href", all.String()}, text(w.T("search.servers.all"))))))
	return p
}
