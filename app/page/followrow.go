package page

import (
	"slices"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// followRow is one source: what is known of it, and what can be done with it.
type followRow struct {
	canvas
	follow *follows.Follow
	known  follows.Learned
	copies string // the servers that hold a copy of what fails, separated by spaces
	also   string // the other lists that it is in
	picked bool
}

// alsoIn are the lists that a source of a group is in beside that.
func (c canvas) alsoIn(m *state.FollowingModel, g group, f *follows.Follow) string {
	var also []string
	for _, l := range c.App.Follows.Lists {
		if slices.Contains(f.Lists, l.ID) && (g.list == nil || l.ID != g.list.ID) && !m.ByServer {
			also = append(also, l.Name)
		}
	}
	return c.Words.List(also)
}

// Make implements ui.Maker.
func (c followRow) Make() markup.Node {
	f, known := *c.follow, c.known
	w, name := c.Words, state.FollowName(f)
	short := name
	if f.Title == "" && f.Handle != "" {
		short, _, _ = strings.Cut(f.Handle, "@") // all of it stands below
	}
	kids := []markup.Node{
		el("b", nil, el("a", at{"href", string(f.Address)}, el("bdi", nil, text(short)))),
		el("span", at{"class", "quiet"}, append([]markup.Node{c.small(state.SignOf(f))}, c.whereAndHow(f)...)...),
		el("span", at{"class", "quiet"}, text(c.rhythm(f, known))),
	}
	kids = append(kids, c.troubles(f, known)...)
	if c.also != "" {
		kids = append(kids, el("span", at{"class", "quiet"}, text(w.T("following.also", c.also))))
	}
	class := "line followed"
	if f.Muted {
		class += " muted"
	}
	return el("li", at{"class", class, "data-follow", string(f.Address)},
		el("label", at{"class", "pick"}, el("input", at{"type", "checkbox", "name", "pick", "value", string(f.Address), "checked", when(c.picked, ""), "data-action", "set"}), hidden(w.T("following.pick", name))),
		el("div", nil, kids...),
		c.optionsButton("ib", f.Address, name))
}

// whereAndHow says whose it is, and what of it is shown.
func (c canvas) whereAndHow(f follows.Follow) []markup.Node {
	w := c.Words
	var where, all []string
	switch {
	case f.Handle != "" && f.Kind == follows.Community:
		where = []string{"!" + f.Handle}
	case f.Handle != "":
		where = []string{"@" + f.Handle}
	case f.Kind == follows.Server && f.Title != "" && f.Title != f.Host:
		all = append(all, f.Title)
	case f.Host != "" && f.Kind != follows.Server:
		where = append([]string{f.Host}, f.Hosts...)
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
	if len(where) == 0 {
		return []markup.Node{text(strings.Join(all, " · "))}
	}
	nodes := []markup.Node{named(strings.Join(where, ", "))}
	if len(all) > 0 {
		nodes = append(nodes, text(" · "+strings.Join(all, " · ")))
	}
	return nodes
}

// rhythm says when a source last posted, and how often it does.
func (c canvas) rhythm(f follows.Follow, l follows.Learned) string {
	w := c.Words
	if l.LastPost.IsZero() {
		return w.T("following.unknown")
	}
	if c.Now.Sub(l.LastPost) > state.SilentAfter {
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
func (c followRow) troubles(f follows.Follow, l follows.Learned) []markup.Node {
	w := c.Words
	var all []markup.Node
	if !l.FailsSince.IsZero() {
		title := c.problemTitle(&feeds.Error{Kind: l.FailKind, Host: f.Host})
		if !strings.HasSuffix(title, ".") {
			title += "."
		}
		all = append(all, el("span", at{"class", "care", "data-kind", string(l.FailKind)}, c.small("warn"), text(w.T("following.fails", title, w.Moment(l.FailsSince, c.Now, c.Local)))))
		ways := el("span", at{"class", "row-b"})
		r, _ := route.Parse(string(f.Address))
		for _, r.Via = range strings.Fields(c.copies) {
			ways.Children = append(ways.Children, el("a", at{"class", "b", "href", r.String()}, text(w.T("home.copy", r.Via))))
		}
		ways.Children = append(ways.Children, c.keyed("b", "unfollow", string(f.Address), w.T("home.unfollow"), state.FollowName(f)))
		all = append(all, ways)
	}
	if l.Moved != "" {
		name := "@" + l.MovedName
		all = append(all, el("span", at{"class", "care"}, icon(c.App, "forward", "i s turns"), text(w.T("following.gone", name))),
			el("span", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "take-move", "data-key", string(f.Address)}, text(w.T("following.gone.take")), hidden(": "+name))))
	}
	return all
}
