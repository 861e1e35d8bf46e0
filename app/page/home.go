package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// home is what is followed as one feed: its sources, what fails among them, and the posts.
func home(c canvas, m *state.HomeModel) Layout {
	w := c.Words
	title := w.T("nav.home")
	if m.List.Name != "" {
		title = m.List.Name
	}
	if m.Feed == nil {
		under := w.T("home.under.none")
		switch {
		case !m.Known:
			title, under = w.T("home.noList"), w.T("home.noList.text")
		case m.Route.List != "":
			under = w.N("home.under", 0)
		}
		return Layout{Title: title, Parts: []Part{nodes(c.bar(title, under)), c.homeLists(m), nodes(c.homeEmpty(m)...)}}
	}
	if m.CatchesUp() {
		return c.catchUp(m, title)
	}
	under := w.N("home.under", len(m.Sources))
	if m.Route.Order == route.Oldest {
		under = w.T("catch.oldest")
	}
	parts := []Part{
		nodes(c.bar(title, under, c.chooseButton(m), c.takeButton("ib"), c.fileButton("ib"), c.homeButton(m))),
		nodes(c.choices(m)),
		c.homeLists(m),
		c.chips(m),
		nodes(c.homeAbove(m)...),
	}
	s := m.Feed.Snapshot
	switch {
	case len(s.Items) > 0:
		l := c.list(state.FeedList, "", w.T("home.feed", title), true, c.homeRows(m))
		l.List.Busy = s.Busy
		parts = append(parts, l, nodes(c.hiddenCount(m.Feed, m.Scope(), false), c.below(m.Feed)))
	case s.Err != nil:
	case s.Busy:
		parts = append(parts, nodes(placeholders(c.askingOf(""), title)...))
	case m.Route.Order == route.Oldest:
		parts = append(parts, nodes(c.section(c.empty("home", w.T("home.nothingNewer"), w.T("home.nothingNewer.text")))))
	default:
		parts = append(parts, nodes(c.hiddenCount(m.Feed, m.Scope(), false), c.section(c.empty("home", w.T("home.none"), w.T("home.none.text")))))
	}
	return Layout{Title: title, Parts: parts}
}

// homeLists lead to the reader's lists, where there are some.
func (c canvas) homeLists(m *state.HomeModel) Part {
	lists := c.App.Follows.Lists
	if len(lists) == 0 {
		return nodes()
	}
	link := func(id, name string) markup.Node {
		return el("li", nil, el("a", at{"href", route.Route{View: route.Home, List: id}.String(), "aria-current", when(id == m.Route.List, "page")}, el("bdi", nil, text(name))))
	}
	items := []markup.Node{link("", c.Words.T("nav.home"))}
	for _, l := range lists {
		items = append(items, link(l.ID, l.Name))
	}
	return nodes(el("nav", at{"class", "tabs", "aria-label", c.Words.T("follow.lists")}, el("ul", nil, items...)))
}

// homeButton asks all sources again, or stops that.
func (c canvas) homeButton(m *state.HomeModel) markup.Node {
	if m.Feed.Snapshot.Busy {
		return el("button", at{"class", "ib", "type", "button", "data-action", "stop"}, c.icon("close"), hidden(c.Words.T("home.stop")))
	}
	return el("button", at{"class", "ib", "type", "button", "data-action", "refresh"}, c.icon("refresh"), hidden(c.Words.T("home.refresh")))
}

// chips are the sources; below them stands what is known of the one that was tapped.
func (c canvas) chips(m *state.HomeModel) Part {
	panel := markup.Node{}
	for _, s := range m.Sources {
		if s.Address == m.Asked {
			panel = c.sourcePanel(s, "unfollow", "home.unfollow", c.instead(m, s)...)
		}
	}
	if panel.Tag == "" && m.Feed.Snapshot.Err == nil && !m.CatchesUp() {
		panel = c.failing(m)
	}
	return c.chipsOf(c.Words.T("home.sources"), m.Sources, m.Asked, panel)
}

// chipsOf are sources as chips, with more behind them; below stands a panel, if there is one.
func (c canvas) chipsOf(label string, sources []*state.HomeSource, asked follows.Address, panel markup.Node, more ...Part) Part {
	items := make([]Part, 0, len(sources)+len(more))
	for _, s := range sources {
		items = append(items, Part{Name: string(s.Address), Maker: chip{c, s, s.Address == asked}})
	}
	part, nav, list := el("div", at{"class", "part"}), el("nav", at{"aria-label", label}), el("ul", at{"class", "chips"})
	in := []Part{{Box: &nav, In: []Part{{Box: &list, In: append(items, more...)}}}}
	if panel.Tag != "" {
		in = append(in, Part{Box: &panel})
	}
	return Part{Box: &part, In: in}
}

// offline reports a source that wasn't asked for want of a network, which says nothing of it.
func (c canvas) offline(s *state.HomeSource) bool {
	return s.Err != nil && (c.App.Offline || s.Err.Kind == feeds.Offline)
}

// failing names the first source that fails, and since when; a tap says more. Without a network it says that alone.
func (c canvas) failing(m *state.HomeModel) markup.Node {
	var first *state.HomeSource
	n := 0
	for _, s := range m.Sources {
		if c.offline(s) {
			return c.slimProblem(&feeds.Error{Kind: feeds.Offline}, "feed")
		}
		if s.Err == nil {
			continue
		}
		n++
		if first == nil {
			first = s
		}
	}
	if first == nil {
		return markup.Node{}
	}
	w := c.Words
	said := w.T("home.failing", state.FollowName(first.Follow), w.Moment(first.FailsSince, c.Now, c.Local))
	if n > 1 {
		said += " " + w.N("home.failing.more", n-1)
	}
	return c.careNote(said, "source", string(first.Address), "home.why")
}

// careNote says what isn't well, with a button.
func (c canvas) careNote(said, action, key, words string) markup.Node {
	return el("div", at{"class", "note slim care", "role", "status"}, c.icon("unplug"), el("p", nil, text(said)),
		el("button", at{"class", "b plain", "type", "button", "data-action", action, "data-key", when(key != "", key)}, text(c.Words.T(words))))
}

// chip is a source in the list of them.
type chip struct {
	canvas
	source *state.HomeSource
	open   bool
}

// Make implements ui.Maker.
func (c chip) Make() markup.Node {
	s := c.source
	class, sign, kind, said := "chip", state.SignOf(s.Follow), no, markup.Node{}
	if s.Err != nil {
		kind = string(s.Err.Kind)
	}
	if s.Err != nil && !c.offline(s) {
		class, sign = "chip bad", "unplug"
		said = hidden(": " + c.Words.Problem(s.Err, words.Problems{Now: c.Now, Local: c.Local}).Title)
	}
	name := string(s.Address)
	return el("li", nil, el("button", at{"class", class, "type", "button", "data-action", "source", "data-key", name, "data-source", name, "data-kind", kind,
		"aria-busy", strconv.FormatBool(s.Busy), "aria-expanded", strconv.FormatBool(c.open)},
		c.small(sign), el("bdi", nil, text(state.FollowName(s.Follow))), said))
}

// instead is what may be read in place of a source that fails: copies of it, and its web feed.
func (c canvas) instead(m *state.HomeModel, s *state.HomeSource) []markup.Node {
	var ways []markup.Node
	for _, r := range m.Copies(s) {
		ways = append(ways, el("a", at{"class", "b", "href", r.String()}, text(c.Words.T("home.copy", r.Via))))
	}
	if m.WebFeed != "" && s.Err != nil {
		ways = append(ways, el("button", at{"class", "b", "type", "button", "data-action", "follow-feed", "data-key", string(s.Address)}, text(c.Words.T("home.webfeed"))))
	}
	return ways
}

// sourcePanel says how it stands with a source, and what can be done: also by what else there is. drop is the action that takes it off the list.
func (c canvas) sourcePanel(s *state.HomeSource, drop, dropWords string, more ...markup.Node) markup.Node {
	w := c.Words
	button := func(action, words string) markup.Node {
		return el("button", at{"class", "b", "type", "button", "data-action", action, "data-key", string(s.Address)}, text(w.T(words)))
	}
	tone, sign, title, role := "plain", state.SignOf(s.Follow), state.FollowName(s.Follow), no
	var lines []markup.Node
	if s.Err != nil {
		p := w.Problem(s.Err, words.Problems{Now: c.Now, Local: c.Local})
		tone, sign, title, role = p.Tone, p.Icon, p.Title, "alert"
		lines = append(lines, el("p", at{"class", "prose"}, text(p.Text)))
		if !s.FailsSince.IsZero() { // a server that is only searched has no history
			lines = append(lines, el("p", at{"class", "quiet"}, text(w.T("home.fails", w.Moment(s.FailsSince, c.Now, c.Local)))))
		}
	}
	if !s.AsOf.IsZero() {
		lines = append(lines, c.asOf(s.AsOf))
	}
	kids := append([]markup.Node{c.icon(sign), el("strong", nil, el("bdi", nil, text(title)))}, lines...)
	ways := append([]markup.Node{button("retry-source", "do.retry"), el("a", at{"class", "b", "href", string(s.Address)}, text(w.T("home.open")))}, more...)
	kids = append(kids, el("div", at{"class", "row-b"}, append(ways, button(drop, dropWords))...))
	kind := no
	if s.Err != nil {
		kind = string(s.Err.Kind)
	}
	return c.section(el("div", at{"class", "note " + tone, "role", role, "data-kind", kind, "data-part", "source"}, kids...))
}

// homeAbove is what stands between the sources and the first post: problems, how far an update is, the way to the reading line, what is new.
func (c canvas) homeAbove(m *state.HomeModel) []markup.Node {
	w, s := c.Words, m.Feed.Snapshot
	var out []markup.Node
	err := s.Err
	if err != nil && c.App.Offline {
		err = &feeds.Error{Kind: feeds.Offline}
	}
	switch {
	case err != nil && len(s.Items) > 0:
		out = append(out, c.slimProblem(err, "feed"))
	case err != nil:
		out = append(out, c.section(c.problem(err, "feed", "")))
	}
	all := len(s.Sources)
	asks := s.Left > 0 && all > 0 && !m.Loading()
	switch at := m.AsOf(); {
	case len(s.Items) > 0 && !at.IsZero():
		age := c.asOf(at)
		if asks { // in its place, so that nothing moves
			age.Children = append(age.Children[:1:1], c.meter("home.asking", all-min(s.Left, all), all).Children...)
		}
		out = append(out, age)
	case asks:
		out = append(out, c.meter("home.asking", all-min(s.Left, all), all))
	}
	if m.Loading() {
		out = append(out, c.spanProgress(m))
	}
	if m.Unread() {
		out = append(out, el("ul", at{"class", "chips"},
			el("li", nil, el("button", at{"class", "chip", "type", "button", "data-action", "to-line", "aria-busy", strconv.FormatBool(m.Going)}, c.small("down"), text(w.T("home.toLine")))),
			el("li", nil, c.orderLink(m, "chip", route.Oldest, "home.upwards")),
			el("li", nil, el("button", at{"class", "chip", "type", "button", "data-action", "mark-read"}, c.small("check"), text(w.T("home.markRead"))))))
	}
	if m.Route.Order == route.Oldest {
		out = append(out, el("div", at{"class", "section"}, c.orderLink(m, "b plain", "", "home.downwards")))
	}
	if n := c.hiddenCount(m.Feed, m.Scope(), true); n.Tag != "" {
		out = append(out, n)
	}
	if s.New > 0 {
		out = append(out, c.newBar(s.New))
	}
	return out
}

// orderLink leads to the same feed in another order.
func (c canvas) orderLink(m *state.HomeModel, class, order, words string) markup.Node {
	r := m.Route
	r.Order = order
	return el("a", at{"class", class, "href", r.String()}, text(c.Words.T(words)))
}

// homeRows draws posts, gaps and the reading line.
func (c canvas) homeRows(m *state.HomeModel) []*ui.Row {
	s := m.Feed.Snapshot
	rows := make([]*ui.Row, 0, len(s.Items)+1)
	for n := range s.Items {
		if n > 0 && n == s.Line {
			line := el("div", at{"class", "here", "data-part", "line"}, el("span", nil, text(c.Words.T("home.line"))))
			rows = append(rows, &ui.Row{Node: &line})
		}
		var row *ui.Row
		if c.draws(len(rows)) {
			row = c.homeRow(m, &s.Items[n])
		}
		rows = append(rows, row)
	}
	return rows
}

// homeRow draws a post or a gap.
func (c canvas) homeRow(m *state.HomeModel, i *reader.Item) *ui.Row {
	r := c.rowOf(*i)
	if r.Post.Post != nil {
		r.Post.From, r.Post.New = m.From(*i), m.IsNew(i)
		if i.Answers != nil && c.everywhere(i.Answers) == "" {
			r.Post.Answers = i.Answers
		}
		if len(i.Boosts) > 0 {
			r.Post.Entry.BoostedBy, r.Post.Others = i.Boosts[0], len(i.Boosts)-1
		}
	}
	return r
}

// homeEmpty says what to do while nothing is followed.
func (c canvas) homeEmpty(m *state.HomeModel) []markup.Node {
	w := c.Words
	link := func(r route.Route, words string) markup.Node {
		return el("a", at{"href", r.String()}, text(words))
	}
	switch {
	case !m.Known:
		return []markup.Node{c.section(el("div", at{"class", "empty"}, c.icon("list"), el("p", nil, link(route.Route{View: route.Home}, w.T("nav.home")))))}
	case m.Route.List != "":
		return []markup.Node{c.section(c.empty("list", w.T("home.emptyList"), w.T("home.emptyList.text"), link(route.Route{View: route.Home}, w.T("nav.home"))))}
	}
	return []markup.Node{c.section(c.empty("home", w.T("home.empty"), w.T("home.empty.text"), link(route.Route{View: route.Start}, w.T("home.empty.link")))), c.starterLists()}
}

// rowOf draws a post or a gap.
func (c canvas) rowOf(i reader.Item) *ui.Row {
	switch {
	case i.Gap != nil:
		n := markup.GapRow(c.Drawing, *i.Gap, i.Filling)
		return &ui.Row{Node: &n}
	case i.Post == nil: // it isn't drawn
		return &ui.Row{}
	}
	row := markup.Row{Post: i.Post, Entry: i.Entry, Open: c.App.Opened(i.Post.Key), Within: c.within(), Linked: c.App.Linked(i.Post)}
	row.Place.Selected = c.selected != "" && c.selected == c.Links.Post(i.Post)
	return &ui.Row{Post: c.filtered(row, i)}
}

// newBar lets in what waits.
func (c canvas) newBar(n int) markup.Node {
	return el("div", at{"class", "newbar"}, el("button", at{"class", "b", "type", "button", "data-action", "show-new", "data-count", strconv.Itoa(n)},
		c.small("up"), text(c.Words.N("feed.new", n))))
}
