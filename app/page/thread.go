package page

import (
	"cmp"
	"maps"
	"strconv"
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/reader"
)

// thread is a post among what was said around it: ancestors on one line, the post, the author's chain, the answers.
func thread(c canvas, m *state.ThreadModel) Layout {
	w, s, r := c.Words, m.Snapshot, m.Route
	if s.Tree == nil {
		return Layout{Title: w.T("thread.title"), Parts: []Part{
			nodes(c.bar(w.T("thread.title"), r.Host)), nodes(c.section(c.problem(s.Err, "post", outside(r.Host)))),
		}}
	}
	t := s.Tree
	parts := []Part{nodes(c.bar(w.T("thread.title"), c.people(m), c.takeButton("ib"), c.shareButton("ib"), c.fileButton("ib")))}
	if s.Err != nil {
		parts = append(parts, nodes(c.slimProblem(s.Err, "post")))
	}
	age := c.asOf(s.AsOf)
	if s.Archived {
		age = el("p", at{"class", "quiet", "data-asof", s.AsOf.UTC().Format(time.RFC3339)}, c.small("clock"), text(w.T("saved.archive.from", w.Moment(s.AsOf, c.Now, c.Local))))
	}
	parts = append(parts, nodes(age))
	above, replies := c.aboveRows(m), c.replyRows(m)
	chain := m.Moved() // the author's chain goes on where it began
	above, replies = append(above, replies[:chain]...), replies[chain:]
	parts = append(parts, c.list(state.AboveList, "", w.T("thread.title"), true, above))
	parts = append(parts, nodes(c.tally(m)), nodes(c.copyOf(m)...))
	if len(replies) > 0 {
		parts = append(parts, c.list(state.ReplyList, "", w.N("thread.replies", t.Shown), true, replies))
	} else if s.Busy && t.Focus.Counts.Replies != 0 {
		parts = append(parts, nodes(placeholders(c.askingOf(r.Host), w.T("thread.title"))...))
	}
	return Layout{Title: state.PlainName(t.Focus.Author) + " · " + w.T("thread.title"), Parts: parts, SideLabel: w.T("thread.side"), Side: c.threadSide(m)}
}

// people names who talks.
func (c canvas) people(m *state.ThreadModel) string {
	by := state.PlainName(m.Snapshot.Tree.Focus.Author)
	others, _ := m.Tally()
	if others == 0 {
		return by
	}
	return c.Words.N("thread.people", others, by)
}

// copyOf marks a post that was read from a server where it wasn't written, and leads to the origin where its address says which that is. As long
// as servers are asked its own may still answer.
func (c canvas) copyOf(m *state.ThreadModel) []markup.Node {
	p, s := m.Snapshot.Tree.Focus, m.Snapshot
	if len(p.Sightings) == 0 || s.Busy || s.Search.Busy || beginsToAsk(s) {
		return nil
	}
	for _, s := range p.Sightings {
		if s.Origin { // its own server was asked too
			return nil
		}
	}
	w, here := c.Words, p.Sightings[0].Host
	note := el("div", at{"class", "note plain", "data-part", "copy"}, c.icon("server"),
		el("strong", nil, text(w.T("copies.shown", here))), el("p", at{"class", "prose"}, text(w.T("copies.thread", here))))
	if a, err := address.Parse(p.URL); err == nil && a.Kind == address.Post && a.Host != here {
		origin := route.Route{View: route.Post, Host: a.Host, ID: a.ID}
		note.Children = append(note.Children, el("div", at{"class", "row-b"}, el("a", at{"class", "b", "href", origin.String()}, markup.InLines(w.T("copies.own", a.Host))...)))
	}
	return []markup.Node{c.section(note)}
}

// beginsToAsk reports that further servers are about to be asked: what is said of what is missing would be gone in a moment.
func beginsToAsk(s *reader.ThreadSnapshot) bool {
	return len(s.Search.Servers) == 0 && !s.Search.Done && !s.Stale && s.Err == nil
}

func (c canvas) aboveRows(m *state.ThreadModel) []*ui.Row {
	t := m.Snapshot.Tree
	var rows []*ui.Row
	for i, a := range t.Above {
		if a.Hole != nil {
			n := markup.GhostRow(c.Drawing, markup.Ghost{Above: true, Host: cmp.Or(a.Hole.Host, c.visit.Route.Host), Kind: whyMissing(m, a.Hole.Kind)})
			rows = append(rows, &ui.Row{Node: &n})
			continue
		}
		rows = append(rows, c.chainRow(m, a.Post, markup.Place{Kind: markup.Ancestor}, len(t.Above)-i < t.FocusPart))
	}
	place := markup.Place{Kind: markup.Focused}
	if t.ChainSize > 1 {
		place.Part, place.Parts = t.FocusPart, t.ChainSize
	}
	return append(rows, c.chainRow(m, t.Focus, place, t.ChainSize > 1))
}

// chainRow draws a post above the replies. As one text the posts of the author's chain are whole.
func (c canvas) chainRow(m *state.ThreadModel, p *feeds.Post, place markup.Place, part bool) *ui.Row {
	row := c.row(p, place)
	if m.AsText && part {
		row.Post.Place.AsText = place.Kind != markup.Focused
		row.Post.Open.Whole = true
	}
	return row
}

func (c canvas) row(p *feeds.Post, place markup.Place) *ui.Row {
	r := markup.Row{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}, Place: place, Open: warned(c.App.Opened(p.Key), c.App.Everywhere().Warnings())}
	r.Linked = c.App.Linked(p)
	if m, ok := c.visit.Model.(*state.ThreadModel); ok {
		r.Why = c.whyFolded(m.Folded(p))
	}
	return &ui.Row{Post: r}
}

func (c canvas) replyRows(m *state.ThreadModel) []*ui.Row {
	t := m.Snapshot.Tree
	author := t.Focus.Author.Handle()
	replies := m.Replies()
	rows := make([]*ui.Row, 0, len(replies))
	for i, r := range replies {
		if !m.Drawn(i) {
			rows = append(rows, nil)
			continue
		}
		if r.Hole != nil {
			n := markup.GhostRow(c.Drawing, markup.Ghost{Depth: r.Depth, Step: r.Step, Host: cmp.Or(r.Hole.Host, c.visit.Route.Host), Kind: whyMissing(m, r.Hole.Kind)})
			rows = append(rows, &ui.Row{Node: &n})
			continue
		}
		place := markup.Place{Kind: markup.Reply, Depth: r.Depth, Step: r.Step, Parent: answered(r.Reply), MissingParent: r.Missing, Below: r.Below, Folded: r.Folded}
		switch {
		case r.Chain > 0:
			place.Kind, place.Part, place.Parts = markup.Chain, r.Chain, t.ChainSize
		case r.Answers > 0:
			place.Answers, place.Parts = r.Answers, t.ChainSize
		case r.Parent != nil && (r.Step > markup.MaxStep || m.Order != state.TreeOrder && r.Depth > 1):
			place.ReplyTo = r.Parent.Author.Handle()
		}
		if r.Parent != nil && place.ReplyTo == "" && place.Answers == 0 {
			place.To = state.PlainName(r.Parent.Author)
		}
		place.New, place.Later = r.New, c.later(r.Later)
		place.GoesOn = r.Step == markup.MaxStep && r.Below > 0
		if m.Sources && len(r.Post.Sightings) > 0 {
			place.From = r.Post.Sightings[0].Host
		}
		place.ByAuthor = place.Kind == markup.Reply && r.Post.Author.Handle() == author
		rows = append(rows, c.chainRow(m, r.Post, place, r.Chain > 0))
	}
	return rows
}

// whyMissing is why a post isn't there: where nobody said, and its server couldn't be asked, that is why.
func whyMissing(m *state.ThreadModel, said feeds.Kind) feeds.Kind {
	s := m.Snapshot
	if err := cmp.Or(s.Around, s.Err); said == "" && err != nil {
		return err.Kind
	}
	return said
}

// later is a long time in words, "" for none.
func (c canvas) later(d time.Duration) string {
	days := int(d / (24 * time.Hour))
	switch {
	case days <= 0:
		return ""
	case days < 730:
		return c.Words.N("thread.later.months", (days+15)/30)
	}
	return c.Words.N("thread.later.years", days/365)
}

// answered is the URI of the post that a reply answers, also where that is missing here; "" when its server doesn't say.
func answered(r reader.Reply) string {
	switch {
	case r.Parent != nil:
		return markup.URI(r.Parent)
	case r.Post.ReplyTo != nil:
		return string(r.Post.ReplyTo.Key)
	}
	return ""
}

// tally counts: what the servers say there is, what is shown, and why the rest isn't.
func (c canvas) tally(m *state.ThreadModel) markup.Node {
	w, s := c.Words, m.Snapshot
	t, asked := s.Tree, &s.Search
	total := t.Focus.Counts.Replies
	lost, open := 0, 0
	missing := maps.Clone(asked.Missing)
	if asked.More { // for these nobody was asked yet
		open = missing[""]
		delete(missing, "")
	}
	for _, n := range missing {
		lost += n
	}
	_, known := m.Tally()
	unread := m.Unread()
	if open > 0 && (!asked.Busy || asked.Waits != nil) {
		unread = open
	}
	title := w.N("thread.replies", t.Shown)
	switch {
	case unread > 0 && len(asked.Servers) == 0:
		title = w.N("thread.shown", t.Shown+unread, w.Number(t.Shown))
	case len(asked.Servers) > 0 && lost+open > 0:
		title = w.N("thread.shown", t.Shown+lost+open, w.Number(t.Shown))
	case len(asked.Servers) > 0 && t.Shown > 0:
	case s.Stale:
		title = w.N("thread.replies", max(total, t.Shown))
	case total > t.Shown:
		title = w.N("thread.shown", total, w.Number(t.Shown))
	case total > 0 && total < t.Shown:
		title = w.N("thread.deeper", total, w.Number(t.Shown))
	case t.Shown == 0 && s.Around == nil && !s.Busy && total < 0: // its server counts none and lists none
		title = w.T("thread.unlisted", c.visit.Route.Host)
	case t.Shown == 0 && s.Around == nil && !s.Busy:
		title = w.T("thread.none")
	}
	head := el("div", nil, el("strong", at{"id", "tally"}, text(title)))
	if m.Orders() {
		head.Children = append(head.Children, c.orders(m))
	}
	kids := []markup.Node{head}
	if s.New > 0 {
		kids = append(kids, el("div", nil, el("span", at{"class", "quiet"}, text(w.N("thread.new", s.New, w.Moment(s.Since, c.Now, c.Local)))),
			el("button", at{"class", "b plain", "type", "button", "data-action", "to-new"}, c.small("down"), text(w.T("thread.toNew")))))
	}
	if t.ChainSize > 1 {
		kids = append(kids, el("div", nil, el("button", at{"class", "b plain", "type", "button", "data-action", "as-text", "aria-pressed", strconv.FormatBool(m.AsText)}, c.small("text"), text(w.T("thread.asText")))))
	}
	switch {
	case s.Around != nil:
		kids = append(kids, c.problem(s.Around, "replies", ""))
	case len(asked.Servers) > 0 && lost > 0 && (!asked.Busy || asked.Waits != nil):
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.N("thread.lost", lost, w.Reasons(missing)))))
	case !s.Stale && len(asked.Servers) == 0 && total > t.Shown && !beginsToAsk(s):
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.T("thread.missing", c.visit.Route.Host))))
	}
	if unread > 0 {
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.N("thread.unread", unread))))
	}
	kids = append(kids, c.asking(m)...)
	shown := 0
	for _, r := range m.Replies() {
		if r.Post != nil {
			shown++
		}
	}
	return el("section", at{"class", "tally", "aria-labelledby", "tally", "data-part", "replies", "data-shown", strconv.Itoa(shown), "data-known", strconv.Itoa(known), "aria-busy", strconv.FormatBool(s.Busy || asked.Busy || beginsToAsk(s))}, kids...)
}

// orders are the ways to order the replies.
func (c canvas) orders(m *state.ThreadModel) markup.Node {
	var kids []markup.Node
	for _, o := range []struct {
		order state.ThreadOrder
		words string
	}{{state.TreeOrder, "thread.tree"}, {state.OldestFirst, "thread.oldest"}, {state.NewestFirst, "thread.newest"}} {
		kids = append(kids, el("button", at{"type", "button", "data-action", "order", "data-key", string(o.order), "aria-pressed", strconv.FormatBool(m.Order == o.order)}, text(c.Words.T(o.words))))
	}
	return el("div", at{"class", "seg", "role", "group", "aria-label", c.Words.T("thread.order")}, kids...)
}

// asking says how far further servers were asked, with the way to stop it or to go on, and what each of them told.
func (c canvas) asking(m *state.ThreadModel) []markup.Node {
	w, s, t := c.Words, &m.Snapshot.Search, m.Snapshot.Tree
	if len(s.Servers) < 2 && !s.Busy && s.Waits == nil && t.Shown == 0 && t.Focus.Counts.Replies <= 0 {
		return nil
	}
	var out, row []markup.Node
	button := func(action, words string, more ...string) markup.Node {
		return el("button", append(at{"class", "b plain", "type", "button", "data-action", action}, more...), text(words))
	}
	switch {
	case s.Waits != nil:
		why := w.Problem(s.Waits, words.Problems{What: "replies", Now: c.Now, Local: c.Local})
		out = append(out, el("p", at{"class", "quiet", "role", "status"}, el("b", nil, text(why.Title)), text(" · "+why.Text)))
		row = append(row, button("stop-asking", w.T("thread.stop")))
	case s.Busy:
		said := w.T("thread.asking", w.Number(s.Requests), w.Number(s.Limit))
		row = append(row, button("stop-asking", w.T("thread.stop")),
			el("span", at{"class", "quiet", "role", "status"}, el("progress", at{"class", "meter", "value", strconv.Itoa(s.Requests), "max", strconv.Itoa(s.Limit), "aria-label", said}), text(said)))
	case len(s.Servers) > 0 && (s.More || !s.Done):
		row = append(row, button("complete", w.T("thread.more")))
	}
	// The row is there from the beginning, with one button at least: what stands below it stays where it is.
	row = append([]markup.Node{button("sources", w.T("thread.sources"), "aria-pressed", strconv.FormatBool(m.Sources))}, row...)
	out = append(out, el("div", at{"class", "row-b"}, row...))
	if m.Sources && len(s.Servers) > 0 {
		var list []markup.Node
		for _, host := range s.Servers {
			item := el("li", nil, text(w.T("thread.asked", address.ShowHost(host.Host), w.Number(host.Requests), w.Number(host.Brought))))
			if host.Err != nil {
				item.Children = append(item.Children, text(" "+w.Problem(host.Err, words.Problems{What: "replies", Now: c.Now, Local: c.Local}).Title))
			}
			list = append(list, item)
		}
		out = append(out, el("ul", at{"class", "quiet", "data-part", "sources"}, list...))
	}
	return out
}

func (c canvas) threadSide(m *state.ThreadModel) []markup.Node {
	w, t := c.Words, m.Snapshot.Tree
	var rows []markup.Node
	for _, h := range m.Servers()[:min(len(m.Servers()), 8)] {
		rows = append(rows, el("div", nil, el("dt", nil, c.small("server"), el("bdi", nil, text(h.Host))), el("dd", nil, text(w.Number(h.Posts)))))
	}
	side := []markup.Node{el("section", at{"class", "panel"}, el("h2", nil, text(w.T("thread.from"))), el("dl", at{"class", "sees"}, rows...))}
	if t.Focus.URL != "" {
		side = append(side, el("section", at{"class", "panel"}, el("h2", nil, text(w.T("thread.original"))), el("p", at{"class", "quiet"}, text(w.T("thread.read", m.Route.Host))),
			el("a", at{"class", "b plain", "href", t.Focus.URL, "target", "_blank", "rel", "nofollow noopener noreferrer"}, text(w.T("open.at", t.Focus.Author.Domain)))))
	}
	return side
}
