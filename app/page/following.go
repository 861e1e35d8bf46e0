package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds/follows"
)

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
	if c.App.Wiped {
		parts = append(parts, nodes(c.section(c.wiped(el("label", at{"class", "b main", "for", "import"}, c.small("plus"), text(w.T("following.import")))))))
	}
	if len(d.Follows) == 0 {
		parts = append(parts, nodes(c.section(c.empty("following", w.T("following.none"), w.T("following.none.text"), el("a", at{"href", "#/"}, text(w.T("following.none.start")))))))
	} else {
		parts = append(parts, nodes(c.followingTools(m)))
	}
	all := el("div", at{"class", "part"})
	groups := Part{Box: &all}
	for _, g := range c.groups(m) {
		groups.In = append(groups.In, c.group(m, g))
	}
	parts = append(parts, groups)
	label := w.T("following.list.new")
	if len(m.Picked) > 0 {
		label = w.T("following.list.new.picked")
	}
	newList := markup.Node{}
	if len(d.Follows) > 0 || len(d.Lists) > 0 {
		newList = c.section(c.listForm("list-new", "list-new-"+strconv.Itoa(m.Made), label, w.T("following.list.make"), "", "", "text"))
	}
	parts = append(parts, nodes(newList, c.suggestions(m.Suggested), c.allFilters(), c.carry()))
	return Layout{Title: w.T("following.title"), Parts: parts}
}

// group is some of what is followed, under a heading.
type group struct {
	name    string
	list    *follows.List // nil for none
	follows []*follows.Follow
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
	for n := range d.Follows {
		f := &d.Follows[n]
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

// copiesOf are the servers that hold a copy of a source that fails.
func copiesOf(m *state.FollowingModel, f *follows.Follow) string {
	if m.Known(f.Address).FailsSince.IsZero() {
		return ""
	}
	var hosts []string
	for _, r := range m.Copies(f) {
		hosts = append(hosts, r.Via)
	}
	return strings.Join(hosts, " ")
}

func byServer(all []follows.Follow) []group {
	at := map[string][]*follows.Follow{}
	for n := range all {
		at[all[n].Host] = append(at[all[n].Host], &all[n])
	}
	groups := make([]group, 0, len(at))
	for _, host := range slices.Sorted(maps.Keys(at)) {
		groups = append(groups, group{name: host, follows: at[host], count: len(at[host])})
	}
	return groups
}

// group draws a group with its sources.
func (c canvas) group(m *state.FollowingModel, g group) Part {
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
	rows := make([]Part, 0, len(g.follows))
	for _, f := range g.follows {
		rows = append(rows, Part{Name: string(f.Address), Maker: followRow{c, f, m.Known(f.Address), copiesOf(m, f), c.alsoIn(m, g, f), m.Picked[f.Address]}})
	}
	box := el("section", at{"class", "section bundle", "aria-labelledby", id},
		el("header", nil, el("h2", at{"id", id}, title), el("span", at{"class", "quiet"}, text(w.N("following.sources", g.count)))))
	part := Part{Box: &box}
	if len(rows) > 0 {
		list := el("ul", at{"class", "lines"})
		part.In = append(part.In, Part{Box: &list, In: rows})
	}
	if g.list != nil {
		edit := c.editList(m, *g.list)
		part.In = append(part.In, Part{Box: &edit})
	}
	around := el("div", at{"class", "part"})
	return Part{Box: &around, In: []Part{part}, Name: id} // one that is moved stays the same element: what is open in it stays so
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
		acts = append(acts, el("button", at{"class", "b", "type", "button", "data-action", "share", "data-part", link}, c.small("share"), text(w.T("following.list.share"))),
			el("button", at{"class", "b", "type", "button", "data-action", "list-code", "data-key", l.ID, "aria-expanded", strconv.FormatBool(m.Code != nil && m.Code.List == l.ID)}, text(w.T("following.list.code"))))
	}
	acts = append(acts, c.filterButton("b", follows.ListScope(l.ID), l.Name), button("list-delete", "bin", w.T("following.list.delete"), "b stop", false))
	kids := []markup.Node{el("summary", at{"id", "edit-" + l.ID}, text(w.T("following.list.edit")), hidden(": "+l.Name)),
		c.listForm("list-rename", "rename-"+l.ID, w.T("following.list.name"), w.T("following.list.rename"), l.ID, l.Name, "text")}
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
	return el("details", at{"class", "edit"}, append(kids, el("div", at{"class", "row-b"}, acts...), c.listCode(m, l))...)
}

// listCode is the QR code of a list, or why there is none. It is dark on light whatever the theme: many phones read no other.
func (c canvas) listCode(m *state.FollowingModel, l follows.List) markup.Node {
	w, made := c.Words, m.Code
	switch {
	case made == nil || made.List != l.ID:
		return markup.Node{}
	case made.Failed:
		return el("p", at{"class", "quiet", "role", "status"}, text(w.T("following.list.code.failed")))
	case made.Size == 0:
		return el("p", at{"class", "quiet", "role", "status"}, text(w.T("following.list.code.making")))
	case made.Path == "":
		return el("p", at{"class", "quiet", "role", "status"}, text(w.T("following.list.code.long")))
	}
	side := strconv.Itoa(made.Size)
	return el("figure", at{"class", "code", "data-part", "code"},
		el("svg", at{"viewBox", "0 0 " + side + " " + side, "role", "img", "aria-label", w.T("following.list.code.alt", l.Name)}, el("path", at{"d", made.Path})))
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
		silent := markup.Node{}
		if n := len(m.Silent()); n > 0 {
			silent = el("button", at{"class", "b plain", "type", "button", "data-action", "pick-silent"}, text(w.N("following.pick.silent", n)))
		}
		failing := markup.Node{}
		if n := len(m.Failing()); n > 0 {
			failing = el("button", at{"class", "b plain", "type", "button", "data-action", "pick-failing"}, text(w.N("following.pick.failing", n)))
		}
		return el("div", at{"class", "section picks"}, show, silent, failing, el("button", at{"class", "b plain", "type", "button", "data-action", "pick-all"}, text(w.T("following.pick.all"))))
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
