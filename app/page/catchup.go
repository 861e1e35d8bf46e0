package page

import (
	"cmp"
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
)

// catchUp is a span of what is followed: by time, or in groups.
func (c canvas) catchUp(m *state.HomeModel, title string) Layout {
	w, s := c.Words, m.Feed.Snapshot
	since := w.Moment(m.Route.Since, c.Now, c.Local)
	var parts []Part
	add := func(n ...markup.Node) { parts = append(parts, nodes(n...)) }
	add(c.bar(w.T("catch.title"), w.T("catch.under", title, since), c.chooseButton(m), c.fileButton("ib")), c.choices(m))
	parts = append(parts, c.chips(m))
	add(c.spanState(m), c.groupButtons(m))
	end := markup.Node{}
	switch {
	case len(s.Items) == 0 && s.Err != nil:
		add(c.section(c.problem(s.Err, "feed", "")))
	case len(s.Items) == 0 && !m.Loading():
		add(c.section(c.empty("home", w.T("catch.none"), w.T("catch.none.text", since))))
	case m.Route.By == "":
		l := c.list(state.FeedList, "", w.T("catch.feed", since), true, c.homeRows(m))
		l.List.Busy = m.Loading()
		parts = append(parts, l)
	}
	for n, g := range m.Groups {
		add(c.groupHead(g))
		rows := make([]*ui.Row, 0, len(g.Items))
		for _, i := range g.Items {
			rows = append(rows, c.homeRow(m, i))
		}
		parts = append(parts, c.list("group"+strconv.Itoa(n), "", cmp.Or(g.Name, g.Under), true, rows))
	}
	if m.Ungrouped > 0 {
		end = el("p", at{"class", "section quiet"}, text(w.N("catch.apart", m.Ungrouped)))
	}
	add(end, c.hiddenCount(m.Feed, m.Scope(), false))
	return Layout{Title: w.T("catch.title"), Parts: parts}
}

// chooseButton offers a catch-up.
func (c canvas) chooseButton(m *state.HomeModel) markup.Node {
	return c.clockButton("ib", "catch-up", "catch.title", m.Choosing)
}

// clockButton opens the choice of a time.
func (c canvas) clockButton(class, action, words string, open bool) markup.Node {
	return el("button", at{"class", class, "type", "button", "data-action", action, "aria-expanded", strconv.FormatBool(open)}, c.icon("clock"), hidden(c.Words.T(words)))
}

// choices are where a catch-up may begin, while one is being chosen.
func (c canvas) choices(m *state.HomeModel) markup.Node {
	if !m.Choosing {
		return markup.Node{}
	}
	w, r := c.Words, route.Route{View: route.Home, List: m.Route.List}
	row := el("div", at{"class", "row-b"})
	for _, choice := range m.Choices() {
		r.Since = choice.Since
		row.Children = append(row.Children, el("a", at{"class", "b", "href", r.String()}, text(w.T("catch."+choice.Name, w.Moment(choice.Since, c.Now, c.Local)))))
	}
	form := c.listForm("catch-up", "since", w.T("catch.date"), w.T("catch.go"), "", "", "date")
	return el("section", at{"class", "section", "aria-labelledby", "h-catch"}, el("h2", at{"id", "h-catch"}, text(w.T("catch.choose"))), row, form)
}

// spanState says how far a span is loaded, who can't give it, and what is new in it.
func (c canvas) spanState(m *state.HomeModel) markup.Node {
	w := c.Words
	if m.Loading() {
		return c.spanProgress(m)
	}
	said := w.T("catch.loaded")
	var names []string
	for _, s := range m.Short() {
		names = append(names, state.FollowName(s.Follow))
	}
	if len(names) > 0 {
		return c.careNote(w.T("catch.short", w.List(names)), "refresh", "", "catch.again")
	}
	if n := m.News(); n > 0 {
		said += " " + w.N("catch.news", n)
	}
	return el("p", at{"class", "section quiet", "role", "status"}, text(said))
}

// spanProgress is how far a span is loaded, with a button that ends that.
func (c canvas) spanProgress(m *state.HomeModel) markup.Node {
	n, all := m.Loaded()
	p := c.meter("catch.asking", n, all)
	p.Children = append(p.Children, el("span", nil, el("button", at{"class", "b plain", "type", "button", "data-action", "stop"}, text(c.Words.T("catch.stop")))))
	return p
}

// meter is how many sources are done.
func (c canvas) meter(words string, n, all int) markup.Node {
	said := c.Words.T(words, c.Words.Number(n), c.Words.Number(all))
	return el("p", at{"class", "section quiet"}, el("progress", at{"class", "meter", "value", strconv.Itoa(n), "max", strconv.Itoa(max(all, 1)), "aria-label", said}), text(" "+said))
}

// groupButtons choose how a catch-up is grouped.
func (c canvas) groupButtons(m *state.HomeModel) markup.Node {
	w := c.Words
	row := el("div", at{"class", "row-b", "role", "group", "aria-label", w.T("catch.groups")})
	for _, by := range []string{"", route.ByAuthor, route.BySource, route.ByLink} {
		row.Children = append(row.Children, el("button", at{"class", "b", "type", "button", "data-action", "group", "data-key", by, "aria-pressed", strconv.FormatBool(by == m.Route.By)}, text(w.T("catch.by"+by))))
	}
	order, words := route.Oldest, "catch.oldest"
	if m.Route.Order == route.Oldest {
		order, words = "", "home.downwards"
	}
	return c.section(row, el("div", nil, c.orderLink(m, "b plain", order, words)))
}

// groupHead is a group's name, and what is in it.
func (c canvas) groupHead(g *state.Group) markup.Node {
	under := ""
	for n, key := range []string{"count.posts", "catch.boosts", "catch.pictures"} {
		if k := []int{g.Posts, g.Boosts, g.Pictures}[n]; k > 0 {
			under += " · " + c.Words.N(key, k)
		}
	}
	said := []markup.Node{text(strings.TrimPrefix(under, " · "))}
	if g.Under != "" {
		said = []markup.Node{named(g.Under), text(under)}
	}
	outside := !strings.HasPrefix(g.Href, "#")
	link := el("a", at{"href", g.Href, "target", when(outside, "_blank"), "rel", when(outside, "nofollow noopener noreferrer")}, el("bdi", nil, text(cmp.Or(g.Name, g.Href))))
	return el("div", at{"class", "section group"}, el("h2", nil, link), el("p", at{"class", "quiet", "data-part", "summary"}, said...))
}
