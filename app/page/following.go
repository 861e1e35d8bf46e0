package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/follows"
)

// silentAfter is how long a source has to be silent until that is said.
const silentAfter = 90 * 24 * time.Hour

// following is what is followed, by list or by server.
func following(c canvas, m *state.FollowingModel) Layout {
	w, d := c.Words, c.App.Follows
	under := w.N("following.sources", len(d.Follows))
	if len(d.Lists) > 0 {
		under = w.T("following.under", under, w.N("following.lists", len(d.Lists)))
	}
	parts := []Part{nodes(c.bar(w.T("following.title"), under))}
	if err := c.App.FollowsErr; err != nil {
		parts = append(parts, nodes(c.section(c.problemWith(err, ""))))
	}
	parts = append(parts, nodes(c.bringing(m)...), nodes(c.importPreview(m)...))
	if len(d.Follows) == 0 {
		parts = append(parts, nodes(c.section(c.empty("following", w.T("following.none"), w.T("following.none.text"), el("a", at{"href", "#/"}, text(w.T("following.none.start")))))))
	} else {
		parts = append(parts, nodes(c.followingTools(m)))
	}
	for _, g := range c.groups(m) {
		parts = append(parts, nodes(c.group(m, g)))
	}
	label := w.T("following.list.new")
	if len(m.Picked) > 0 {
		label = w.T("following.list.new.picked")
	}
	newList := markup.Node{}
	if len(d.Follows) > 0 || len(d.Lists) > 0 {
		newList = c.section(c.listForm("list-new", "list-new", label, w.T("following.list.make"), "", ""))
	}
	parts = append(parts, nodes(newList, c.suggestions(m), c.carry()))
	return Layout{Title: w.T("following.title"), Parts: parts}
}

// group is some of what is followed, under a heading.
type group struct {
	name    string
	list    *follows.List // nil for none
	follows []follows.Follow
	count   int // with those that stand in a group before
}

// groups are what is followed by list, each source once: in the first of its lists in the reader's order; or by server.
func (c canvas) groups(m *state.FollowingModel) []group {
	d := c.App.Follows
	if m.ByServer {
		return byServer(d.Follows)
	}
	all := make([]group, 0, len(d.Lists)+1)
	at := map[string]int{}
	for i := range d.Lists {
		at[d.Lists[i].ID] = i
		all = append(all, group{name: d.Lists[i].Name, list: &d.Lists[i]})
	}
	rest := group{}
	if len(d.Lists) > 0 {
		rest.name = c.Words.T("following.unlisted")
	} else {
		rest.name = c.Words.T("following.all")
	}
	for _, f := range d.Follows {
		first := len(all)
		for _, id := range f.Lists {
			if i, ok := at[id]; ok {
				first = min(first, i)
				all[i].count++
			}
		}
		if first == len(all) {
			rest.follows = append(rest.follows, f)
			continue
		}
		all[first].follows = append(all[first].follows, f)
	}
	if rest.count = len(rest.follows); rest.count > 0 {
		all = append(all, rest)
	}
	return all
}

func byServer(all []follows.Follow) []group {
	at := map[string][]follows.Follow{}
	for _, f := range all {
		at[f.Host] = append(at[f.Host], f)
	}
	groups := make([]group, 0, len(at))
	for _, host := range slices.Sorted(maps.Keys(at)) {
		groups = append(groups, group{name: host, follows: at[host], count: len(at[host])})
	}
	return groups
}

// group draws a group with its sources.
func (c canvas) group(m *state.FollowingModel, g group) markup.Node {
	w := c.Words
	id := "h-group"
	if g.list != nil {
		id = "h-list-" + g.list.ID
	} else if m.ByServer {
		id = "h-server-" + g.name
	}
	title := el("bdi", nil, text(g.name))
	if g.list != nil && c.App.Built(route.Home) {
		title = el("a", at{"href", route.Route{View: route.Home, List: g.list.ID}.String()}, title)
	}
	rows := make([]markup.Node, 0, len(g.follows))
	for _, f := range g.follows {
		rows = append(rows, c.followRow(m, g, f))
	}
	kids := []markup.Node{el("header", nil, el("h2", at{"id", id}, title), el("span", at{"class", "quiet"}, text(w.N("following.sources", g.count))))}
	if len(rows) > 0 {
		kids = append(kids, el("ul", at{"class", "lines"}, rows...))
	}
	if g.list != nil {
		kids = append(kids, c.editList(m, *g.list))
	}
	return el("section", at{"class", "section bundle", "aria-labelledby", id}, kids...)
}

// editList is what can be done with a list.
func (c canvas) editList(m *state.FollowingModel, l follows.List) markup.Node {
	w, lists := c.Words, c.App.Follows.Lists
	button := func(action, sign, words, class string, off bool) markup.Node {
		return el("button", at{"class", class, "type", "button", "data-action", action, "data-key", l.ID, "disabled", when(off, "")}, c.small(sign), text(words))
	}
	i := slices.IndexFunc(lists, func(o follows.List) bool { return o.ID == l.ID })
	acts := []markup.Node{button("list-up", "up", w.T("following.list.up"), "b", i == 0), button("list-down", "down", w.T("following.list.down"), "b", i == len(lists)-1)}
	if link := c.App.ShareLink(l.ID); link != "" {
		acts = append(acts, el("button", at{"class", "b", "type", "button", "data-action", "share", "data-part", link}, c.small("share"), text(w.T("following.list.share"))))
	}
	acts = append(acts, button("list-delete", "bin", w.T("following.list.delete"), "b stop", false))
	kids := []markup.Node{el("summary", nil, text(w.T("following.list.edit")), hidden(": "+l.Name)),
		c.listForm("list-rename", "rename-"+l.ID, w.T("following.list.name"), w.T("following.list.rename"), l.ID, l.Name)}
	if len(lists) > 1 {
		options := []markup.Node{el("option", at{"value", ""}, text(w.T("following.list.choose")))}
		for _, o := range lists {
			if o.ID != l.ID {
				options = append(options, el("option", at{"value", o.ID, "selected", when(m.MergeInto[l.ID] == o.ID, "")}, text(o.Name)))
			}
		}
		kids = append(kids, el("div", at{"class", "named"}, el("label", at{"for", "merge-" + l.ID}, text(w.T("following.list.merge.into"))),
			el("div", at{"class", "row-b"}, el("select", at{"class", "field", "id", "merge-" + l.ID, "name", "merge:" + l.ID, "data-action", "set"}, options...),
				el("button", at{"class", "b", "type", "button", "data-action", "list-merge", "data-key", l.ID}, text(w.T("following.list.merge"))))))
	}
	return el("details", at{"class", "edit"}, append(kids, el("div", at{"class", "row-b"}, acts...))...)
}

// followingTools choose how what is followed is shown, and do something with what is selected.
func (c canvas) followingTools(m *state.FollowingModel) markup.Node {
	w := c.Words
	by := func(value, words string) markup.Node {
		return el("label", nil, el("input", at{"type", "radio", "name", "by", "value", value, "checked", when(m.ByServer == (value == "server"), ""), "data-action", "choose"}), text(w.T(words)))
	}
	show := el("fieldset", at{"class", "by"}, el("legend", at{"class", "vh"}, text(w.T("following.by"))), el("div", at{"class", "radios"}, by("list", "following.by.list"), by("server", "following.by.server")))
	n := len(m.Picked)
	if n == 0 {
		return el("div", at{"class", "section picks"}, show, el("button", at{"class", "b plain", "type", "button", "data-action", "pick-all"}, text(w.T("following.pick.all"))))
	}
	options := []markup.Node{el("option", at{"value", "", "selected", when(m.Into == "", "")}, text(w.T("following.into.none")))}
	for _, l := range c.App.Follows.Lists {
		options = append(options, el("option", at{"value", l.ID, "selected", when(m.Into == l.ID, "")}, text(l.Name)))
	}
	act := func(action, words, class string) markup.Node {
		return el("button", at{"class", class, "type", "button", "data-action", action}, text(w.T(words)))
	}
	return el("div", at{"class", "section picks"}, show,
		el("div", at{"class", "picked", "role", "group", "aria-label", w.T("following.picked", w.Number(n))},
			el("p", at{"role", "status"}, el("strong", nil, text(w.T("following.picked", w.Number(n))))),
			act("pick-none", "following.pick.none", "b plain"),
			el("div", at{"class", "row-b"},
				el("label", at{"class", "vh", "for", "into"}, text(w.T("following.into"))),
				el("select", at{"class", "field", "id", "into", "name", "into", "data-action", "set"}, options...),
				act("picked-put", "following.move", "b")),
			el("div", at{"class", "row-b"}, act("picked-mute", "following.mute", "b"), act("picked-unmute", "following.unmute", "b"), act("picked-remove", "following.remove", "b stop"))))
}

// followRow is one source: what is known of it, and what can be done with it.
func (c canvas) followRow(m *state.FollowingModel, g group, f follows.Follow) markup.Node {
	w, name, known := c.Words, state.FollowName(f), m.Known(f.Address)
	short := name
	if f.Title == "" && f.Handle != "" {
		short, _, _ = strings.Cut(f.Handle, "@") // all of it stands below
	}
	kids := []markup.Node{
		el("b", nil, el("a", at{"href", string(f.Address)}, el("bdi", nil, text(short)))),
		el("span", at{"class", "quiet"}, c.small(kindSign(f.Kind)), text(c.whereAndHow(f))),
		el("span", at{"class", "quiet"}, text(c.rhythm(f, known))),
	}
	kids = append(kids, c.troubles(f, known)...)
	var also []string
	for _, l := range c.App.Follows.Lists {
		if slices.Contains(f.Lists, l.ID) && (g.list == nil || l.ID != g.list.ID) {
			also = append(also, l.Name)
		}
	}
	if len(also) > 0 && !m.ByServer {
		kids = append(kids, el("span", at{"class", "quiet"}, text(w.T("following.also", strings.Join(also, ", ")))))
	}
	class := "line followed"
	if f.Muted {
		class += " muted"
	}
	return el("li", at{"class", class, "data-follow", string(f.Address)},
		el("label", at{"class", "pick"}, el("input", at{"type", "checkbox", "name", "pick", "value", string(f.Address), "checked", when(m.Picked[f.Address], ""), "data-action", "set"}), hidden(w.T("following.pick", name))),
		el("div", nil, kids...),
		c.optionsButton("ib", f.Address, name))
}

// kindSign is the icon of a kind of source.
func kindSign(k follows.Kind) string {
	switch k {
	case follows.Hashtag:
		return "tag"
	case follows.Server:
		return "server"
	case follows.Community:
		return "people"
	case follows.WebFeed:
		return "feed"
	case follows.Channel, follows.Playlist:
		return "play"
	}
	return "person"
}

// whereAndHow says whose it is, and what of it is shown.
func (c canvas) whereAndHow(f follows.Follow) string {
	w := c.Words
	var all []string
	switch {
	case f.Handle != "" && f.Kind == follows.Community:
		all = append(all, "!"+f.Handle)
	case f.Handle != "":
		all = append(all, "@"+f.Handle)
	case f.Kind == follows.Server && f.Title != "" && f.Title != f.Host:
		all = append(all, f.Title)
	case f.Host != "" && f.Kind != follows.Server:
		all = append(all, strings.Join(append([]string{f.Host}, f.Hosts...), ", "))
	}
	for _, more := range []struct {
		key  string
		tags []string
	}{{"following.tags.any", f.Tags.Any}, {"following.tags.all", f.Tags.All}, {"following.tags.none", f.Tags.None}} {
		if len(more.tags) > 0 {
			all = append(all, w.T(more.key, "#"+strings.Join(more.tags, " #")))
		}
	}
	if f.Software != "" {
		all = append(all, markup.SoftwareName(f.Software))
	}
	for _, option := range []struct {
		on  bool
		key string
	}{
		{f.Muted, "following.muted"}, {f.Filter.NoBoosts, "following.noboosts"}, {f.Kind == follows.Profile && !f.Filter.NoReplies, "following.replies"},
		{f.Filter.OnlyMedia, "following.media"},
	} {
		if option.on {
			all = append(all, w.T(option.key))
		}
	}
	return strings.Join(all, " · ")
}

// rhythm says when a source last posted, and how often it does.
func (c canvas) rhythm(f follows.Follow, l follows.Learned) string {
	w := c.Words
	if l.LastPost.IsZero() {
		return w.T("following.unknown")
	}
	if c.Now.Sub(l.LastPost) > silentAfter {
		return w.T("following.silent", w.Moment(l.LastPost, c.Now, c.Local))
	}
	often := ""
	switch {
	case l.PerWeek >= 10:
		often = w.N("following.days", int(l.PerWeek/7+0.5))
	case l.PerWeek >= 1:
		often = w.N("following.weeks", int(l.PerWeek+0.5))
	case l.PerWeek > 0:
		often = w.T("following.rarely")
	}
	last := w.T("following.last", w.Ago(l.LastPost, c.Now, c.Local))
	if often == "" {
		return last
	}
	return last + " · " + often
}

// troubles say why a source can't be read, and where it went.
func (c canvas) troubles(f follows.Follow, l follows.Learned) []markup.Node {
	w := c.Words
	var all []markup.Node
	if !l.FailsSince.IsZero() {
		title := c.problemTitle(&feeds.Error{Kind: l.FailKind, Host: f.Host})
		if !strings.HasSuffix(title, ".") {
			title += "."
		}
		all = append(all, el("span", at{"class", "care", "data-kind", string(l.FailKind)}, c.small("warn"), text(w.T("following.fails", title, w.Moment(l.FailsSince, c.Now, c.Local)))))
	}
	if l.Moved != "" {
		name := "@" + l.MovedName
		all = append(all, el("span", at{"class", "care"}, c.small("forward"), text(w.T("following.gone", name))),
			el("span", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "take-move", "data-key", string(f.Address)}, text(w.T("following.gone.take")), hidden(": "+name))))
	}
	return all
}

// importPreview says what a file or a shared list brings, before anything of it is taken.
func (c canvas) importPreview(m *state.FollowingModel) []markup.Node {
	w, in := c.Words, m.Import
	if err := m.ImportErr; err != nil {
		title, words := "following.import.failed", "following.import.failed.text"
		switch {
		case m.Shared():
			title, words = "following.import.link", "following.import.link.text"
		case err.Kind == feeds.TooLarge:
			words = "following.import.large.text"
		case err.Kind == feeds.Unsupported:
			words = "own.newer"
		}
		note := c.plainNote("warn", w.T(title), w.T(words))
		note.Attrs = markup.At("class", "note plain", "role", "alert", "data-kind", string(err.Kind), "id", "import-preview", "tabindex", "-1")
		return []markup.Node{c.section(note)}
	}
	if in == nil {
		return nil
	}
	title := w.T("following.import.title")
	switch {
	case in.List != "":
		title = w.T("following.import.list", in.List)
	case m.Shared():
		title = w.T("following.import.shared")
	}
	count := func(key string, n int, part string) markup.Node {
		return el("div", nil, el("dt", nil, text(w.T(key))), el("dd", at{"data-part", part}, text(strconv.Itoa(n))))
	}
	kids := []markup.Node{el("header", nil, el("h2", at{"id", "h-import"}, text(title))),
		el("dl", at{"class", "brought"}, count("following.import.new", len(in.New), "new"), count("following.import.known", in.Known, "known"), count("following.import.unread", in.Unreadable, "unreadable"))}
	if len(in.New) > 0 {
		names := make([]markup.Node, 0, min(len(in.New), previewed))
		for _, f := range in.New[:min(len(in.New), previewed)] {
			names = append(names, el("li", nil, el("bdi", nil, text(previewName(f)))))
		}
		kids = append(kids, el("ul", at{"class", "names"}, names...))
		if n := len(in.New) - previewed; n > 0 {
			kids = append(kids, el("p", at{"class", "quiet"}, text("+ "+w.Number(n))))
		}
	}
	if len(in.Unread) > 0 {
		rows := make([]markup.Node, 0, len(in.Unread))
		for _, u := range in.Unread[:min(len(in.Unread), 200)] {
			line := ""
			if u.Line > 0 {
				line = w.T("following.import.line", w.Number(u.Line)) + ": "
			}
			why, kind := w.T("following.why."+string(u.Reason)), no
			if u.Kind != "" {
				why, kind = c.problemTitle(&feeds.Error{Kind: u.Kind}), string(u.Kind)
			}
			rows = append(rows, el("li", nil, text(line), el("code", nil, markup.Text(u.Text)), text(" "), el("span", at{"class", "quiet", "data-kind", kind}, text(why))))
		}
		kids = append(kids, el("details", at{"class", "edit"}, el("summary", nil, text(w.T("following.import.lines"))), el("ul", at{"class", "unread"}, rows...)))
	}
	kids = append(kids, c.importRest(in)...)
	confirm := w.N("following.import.confirm", len(in.New))
	if len(in.New) == 0 {
		confirm = w.T("following.import.take")
	}
	kids = append(kids, el("div", at{"class", "row-b"},
		el("button", at{"class", "b main", "type", "button", "data-action", "confirm"}, c.small("check"), text(confirm)),
		el("button", at{"class", "b", "type", "button", "data-action", "import-cancel"}, text(w.T("following.import.cancel")))))
	return []markup.Node{el("section", at{"class", "section import", "data-part", "import", "id", "import-preview", "tabindex", "-1", "aria-labelledby", "h-import"}, kids...)}
}

// previewed is how many new follows are named before they are taken.
const previewed = 12

// previewName is a source as an address that people know.
func previewName(f follows.Follow) string {
	switch {
	case f.Kind == follows.Community && f.Handle != "":
		return "!" + address.Show(f.Handle)
	case f.Handle != "":
		return "@" + address.Show(f.Handle)
	case f.Kind == follows.Hashtag:
		return "#" + f.Tag + "@" + address.Show(f.Host)
	}
	return state.FollowName(f)
}

// carry brings and takes away what is followed.
func (c canvas) carry() markup.Node {
	w := c.Words
	export := func(format string) markup.Node {
		return el("button", at{"class", "b", "type", "button", "data-action", "export", "data-format", format}, c.small("upload"), text(w.T("following.export."+format)))
	}
	return el("section", at{"class", "section carry", "aria-labelledby", "h-carry"}, el("header", nil, el("h2", at{"id", "h-carry"}, text(w.T("following.carry")))),
		el("p", at{"class", "quiet"}, text(w.T("following.carry.text"))),
		el("div", at{"class", "row-b"},
			el("label", at{"class", "b main", "for", "import"}, c.small("plus"), text(w.T("following.import"))),
			el("input", at{"class", "vh", "id", "import", "name", "import", "type", "file", "accept", ".csv,.opml,.xml,.json,.txt,.md,text/*,application/json,application/xml", "data-action", "import"})),
		c.bringForm(),
		el("div", at{"class", "row-b"}, export("opml"), export("csv"), export("json")))
}
