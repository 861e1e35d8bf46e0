package page

import (
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/feeds"
)

// profile is a person, group or channel: the head, pinned posts outside of the time order, and the list of the tab.
func profile(c canvas, m *state.ProfileModel) Layout {
	w := c.Words
	if m.Author == nil {
		r, sign, page := m.Route, "@", outside(m.Route.Domain)+"@"
		if r.View == route.Community {
			sign, page = "!", outside(r.Domain)+"c/"
		}
		return Layout{Title: r.User + "@" + r.Domain, Parts: []Part{
			nodes(c.bar(w.T("profile.title"), sign+r.User+"@"+r.Domain, c.followButton(m))),
			nodes(c.section(c.problem(m.Err, "profile", page+r.User))),
			nodes(c.copies(r, m.Err)...),
		}}
	}
	a := m.Author
	parts := []Part{nodes(append([]markup.Node{c.back("ib over")}, markup.ProfileHead(c.Drawing, a, c.followButton(m), c.monthsButton(m), c.takeButton("b ib"), c.shareButton("b ib"), c.fileButton("b ib")))...)}
	if a.IsCopy() {
		parts = append(parts, nodes(c.isCopy(m.Route, a.Domain, "copies.profile")...))
	}
	parts = append(parts, nodes(c.moved(m)...), nodes(c.marks(a)...))
	parts = append(parts, nodes(c.tabs(w.T("profile.tabs"), c.profileTabs(m))))
	if m.Err != nil && (m.Feed == nil || m.Feed.Snapshot.Err == nil || m.Feed.Snapshot.Err.Kind != m.Err.Kind) {
		parts = append(parts, nodes(c.slimProblem(m.Err, "profile")))
	}
	switch {
	case a.Gone != "":
		parts = append(parts, nodes(c.section(c.problem(a.Failure(), "profile", a.URL))))
	case m.Route.Tab == "about":
		parts = append(parts, nodes(c.profileAbout(m)))
	default:
		parts = append(parts, nodes(c.months(m)))
		if len(m.Pinned) > 0 {
			parts = append(parts, c.pinned(m))
		}
		parts = append(parts, c.feed(m.Feed, w.T("profile.feed."+tabName(m.Route.Tab), state.PlainName(a)), c.nothing(m))...)
		if !a.Wishes.SignInToView && len(m.Feed.Snapshot.Items) == 0 && m.Route.Via == "" {
			parts = append(parts, nodes(c.copies(m.Route, m.Feed.Snapshot.Err)...))
		}
	}
	return Layout{Title: state.PlainName(a), Parts: parts, SideLabel: w.T("profile.side"), Side: c.profileSide(m)}
}

func tabName(tab string) string {
	if tab == "" {
		return "posts"
	}
	return tab
}

func (c canvas) profileTabs(m *state.ProfileModel) []tabLink {
	var tabs []tabLink
	for _, t := range []string{"", "replies", "media", "about"} {
		if t == "replies" && (!m.Can.Replies || m.Author.Community) || t == "media" && (!m.Can.Media || m.Author.Community) {
			continue
		}
		r := m.Route
		if r.Tab = t; t == "about" {
			r.Month, r.Tag = time.Time{}, ""
		}
		tabs = append(tabs, tabLink{r, c.Words.T("profile.tab." + tabName(t))})
	}
	return tabs
}

// moved says where somebody went, and offers to follow them there.
func (c canvas) moved(m *state.ProfileModel) []markup.Node {
	to := m.Author.Moved
	if to == nil {
		return nil
	}
	w := c.Words
	row := el("div", at{"class", "row-b"}, el("a", at{"class", "b", "href", c.Links.Profile(to)}, el("bdi", nil, text("@"+to.Handle()))))
	if f, ok := m.Successor(); ok {
		row.Children = append(row.Children, c.sourceButton(f, state.PlainName(to)))
	}
	return []markup.Node{el("div", at{"class", "section"}, el("div", at{"class", "note plain", "data-part", "moved"}, icon(c.App, "forward", "i turns"),
		el("strong", nil, text(w.T("profile.moved", state.PlainName(m.Author)))),
		el("p", at{"class", "prose"}, text(w.T("profile.moved.text"))), row))}
}

// marks are what a server says of an account as a whole: its moderators limited it, or it is kept in memory.
func (c canvas) marks(a *feeds.Author) []markup.Node {
	var out []markup.Node
	note := func(sign, title, prose string) {
		out = append(out, el("div", at{"class", "section"}, el("div", at{"class", "note plain"}, c.icon(sign), el("strong", nil, text(title)), el("p", at{"class", "prose"}, text(prose)))))
	}
	if a.Limited {
		note("shield", c.Words.T("profile.limited"), c.Words.T("profile.limited.text", a.Host))
	}
	if a.Banned {
		note("shield", c.Words.T("profile.banned"), c.Words.T("profile.banned.text", a.Host))
	}
	if a.Memorial {
		note("star", c.Words.T("about.memorial"), c.Words.T("about.memorial.text"))
	}
	return out
}

func (c canvas) pinned(m *state.ProfileModel) Part {
	rows := make([]*ui.Row, 0, len(m.Pinned))
	for _, i := range m.Pinned {
		rows = append(rows, &ui.Row{Post: markup.Row{Post: i.Post, Entry: i.Entry, Place: markup.Place{Kind: markup.Pinned}, Open: c.App.Opened(i.Post.Key), Linked: c.App.Linked(i.Post), Why: c.everywhere(i.Post)}})
	}
	return c.list("pins", "pins", c.Words.T("profile.pinned"), false, rows)
}

// nothing is what an empty list says.
func (c canvas) nothing(m *state.ProfileModel) markup.Node {
	w := c.Words
	name := state.PlainName(m.Author)
	if !m.Route.Month.IsZero() || m.Route.Tag != "" {
		return c.empty("text", w.T("empty.server"), "")
	}
	if m.Route.Tab == "media" {
		posts := m.Route
		posts.Tab = ""
		return c.empty("image", w.T("empty.media"), w.T("empty.media.text", name), el("a", at{"href", posts.String()}, text(w.T("empty.media.link"))))
	}
	if m.Others != nil && len(m.Others.Snapshot.Items) > 0 {
		replies := m.Route
		replies.Tab = "replies"
		return c.empty("reply", w.T("empty.others"), w.T("empty.others.text", name), el("a", at{"href", replies.String()}, text(w.T("empty.others.link"))))
	}
	if n := m.Author.Counts.Posts; n > 0 && m.Route.Tab == "" {
		return c.empty("lock", w.T("empty.hidden", m.Author.Host), w.T("empty.hidden.text", m.Author.Host, w.N("count.posts", n)))
	}
	return c.empty("text", w.T("empty.posts"), w.T("empty.posts.text", name, m.Author.Host))
}

// profileAbout says in words what the head can't hold.
func (c canvas) profileAbout(m *state.ProfileModel) markup.Node {
	w, a := c.Words, m.Author
	var rows []markup.Node
	fact := func(sign, name, value string) {
		if value != "" {
			rows = append(rows, el("li", at{"class", "line"}, c.icon(sign), el("span", nil, el("b", nil, text(name)), el("span", at{"class", "quiet"}, text(value)))))
		}
	}
	if !a.Joined.IsZero() {
		fact("clock", w.T("about.joined"), w.Date(c.Local(a.Joined)))
	}
	if !a.LastPost.IsZero() {
		fact("text", w.T("about.last"), w.Date(c.Local(a.LastPost)))
	}
	if a.Bot {
		fact("robot", w.T("about.bot"), w.T("about.bot.text"))
	}
	if a.Group {
		fact("people", w.T("about.group"), w.T("about.group.text"))
	}
	if a.Locked {
		fact("lock", w.T("about.locked"), w.T("about.locked.text"))
	}
	if a.ModsOnly {
		fact("shield", w.T("about.modsonly"), w.T("about.modsonly.text"))
	}
	if a.Memorial {
		fact("star", w.T("about.memorial"), w.T("about.memorial.text"))
	}
	for _, role := range a.Roles {
		fact("shield", w.T("about.role"), role)
	}
	fact("server", w.T("about.home"), a.Domain)
	if !a.Community {
		rows = append(rows, el("li", nil, c.embedLink("@"+a.Handle())))
	}
	sections := c.lines("h-about", "about.title", rows)
	sections = append(sections, c.featured(m.Featured)...)
	sections = append(sections, c.playlists(m.Playlists)...)
	sections = append(sections, c.wishes(a.Wishes)...)
	return el("div", nil, sections...)
}

// featured leads to the accounts that an author recommends.
func (c canvas) featured(people []*feeds.Author) []markup.Node {
	rows := make([]markup.Node, 0, len(people))
	for _, a := range people {
		rows = append(rows, el("li", nil, markup.AuthorLine(c.Drawing, a)))
	}
	return c.lines("h-featured", "profile.featured", rows)
}

// lines is a section of rows; none for no rows.
func (c canvas) lines(id, title string, rows []markup.Node) []markup.Node {
	if len(rows) == 0 {
		return nil
	}
	return []markup.Node{el("section", at{"class", "section", "aria-labelledby", id},
		el("header", nil, el("h2", at{"id", id}, text(c.Words.T(title)))), el("ul", at{"class", "lines"}, rows...))}
}

// playlists leads to the lists of posts that an author has put together.
func (c canvas) playlists(lists []*feeds.Author) []markup.Node {
	rows := make([]markup.Node, 0, len(lists))
	for _, l := range lists {
		said := el("span", nil, el("b", nil, el("bdi", nil, text(state.PlainName(l)))))
		if l.Counts.Posts >= 0 {
			said.Children = append(said.Children, el("span", at{"class", "quiet"}, text(c.Words.N("playlist.videos", l.Counts.Posts))))
		}
		rows = append(rows, el("li", nil, el("a", at{"class", "line", "href", route.Route{View: route.Playlist, Host: l.Host, ID: l.ID}.String()}, c.icon("list"), said)))
	}
	return c.lines("h-lists", "profile.playlists", rows)
}

// wishes says what the author asks of readers, in words.
func (c canvas) wishes(s feeds.Wishes) []markup.Node {
	var rows []markup.Node
	for _, wish := range []struct {
		on   bool
		name string
	}{
		{s.NoIndex, "wish.noindex"}, {s.NotIndexable, "wish.indexable"}, {s.NotDiscoverable, "wish.discoverable"},
		{s.NoBot, "wish.nobot"}, {s.NoArchive, "wish.noarchive"}, {s.SignInToView, "wish.signin"},
	} {
		if wish.on {
			rows = append(rows, el("li", at{"class", "line"}, c.icon("hand"), el("span", nil, text(c.Words.T(wish.name)))))
		}
	}
	return c.lines("h-wishes", "wish.title", rows)
}

func (c canvas) profileSide(m *state.ProfileModel) []markup.Node {
	w, a := c.Words, m.Author
	var side []markup.Node
	if len(m.Tags) > 0 {
		var rows []markup.Node
		for _, t := range m.Tags {
			rows = append(rows, el("li", nil, el("a", at{"class", "line", "href", tagged(m.Route, t.Name)}, c.icon("tag"),
				el("span", nil, el("b", nil, el("bdi", nil, text("#"+t.Name))), el("span", at{"class", "quiet"}, text(w.N("count.posts", t.Uses)))))))
		}
		side = append(side, el("section", at{"class", "panel"}, el("h2", nil, text(w.T("profile.tags"))), el("ul", at{"class", "lines"}, rows...)))
	}
	origin := w.T("profile.from", a.Host)
	if m.Route.Via != "" && a.IsCopy() {
		origin = w.T("profile.copy", a.Host)
	}
	home := el("section", at{"class", "panel"}, el("h2", nil, text(w.T("profile.home"))), el("p", at{"class", "quiet"}, text(origin)),
		el("a", at{"class", "b plain", "href", route.Route{View: route.Server, Host: a.Host}.String()}, text(w.T("profile.server", a.Host))))
	if a.URL != "" {
		home.Children = append(home.Children, away(a.URL, w.T("open.at", a.Domain)))
	}
	return append(side, home)
}
