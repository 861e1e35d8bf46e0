package page

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/feeds/follows"
)

// followButton follows what a view shows, or no longer.
func (c canvas) followButton(m state.Followable) markup.Node {
	f, ok := m.Follow(c.Now)
	if !ok {
		return markup.Node{}
	}
	_, on := c.App.Followed(f)
	class, sign, pressed, words := "b main follow", "follow", "false", "do.follow"
	if on {
		class, sign, pressed, words = "b follow", "following", "true", "do.following"
	}
	button := el("button", at{"class", class, "type", "button", "data-action", "follow", "aria-pressed", pressed}, c.small(sign), text(c.Words.T(words)))
	row := el("div", at{"class", "row-b"}, button) // also while it is alone: who pressed it keeps the focus on it
	if on {
		row.Children = append(row.Children, c.optionsButton("b ib", "", ""))
	}
	return row
}

// optionsButton opens how a source is followed; that of the open view for no address.
func (c canvas) optionsButton(class string, address follows.Address, name string) markup.Node {
	words := c.Words.T("follow.options")
	if name != "" {
		words = c.Words.T("follow.options.of", name)
	}
	return el("button", at{"class", class, "type", "button", "data-action", "follow-options", "data-key", string(address)}, c.icon("more"), hidden(words))
}

// followMenu is how a source is followed, and in which lists.
func followMenu(s *state.App) markup.Node {
	d := el("dialog", at{"id", "follow", "class", "menu", "aria-labelledby", "follow-title"})
	if s.FollowMenu == nil {
		return d
	}
	f, ok := s.Follows.Find(s.FollowMenu.Address)
	if !ok {
		return d
	}
	w := s.Words
	c := canvas{App: s, Drawing: s.Drawing("")}
	lists := make([]markup.Node, 0, len(s.Follows.Lists))
	for _, l := range s.Follows.Lists {
		lists = append(lists, el("label", nil, el("input", at{"type", "checkbox", "name", "follow-list", "value", l.ID, "checked", when(slices.Contains(f.Lists, l.ID), ""), "data-action", "set"}),
			el("bdi", nil, text(l.Name))))
	}
	kids := []markup.Node{el("h2", at{"id", "follow-title"}, text(state.FollowName(f)))}
	if len(lists) > 0 {
		kids = append(kids, el("fieldset", nil, el("legend", nil, text(w.T("follow.lists"))), el("div", at{"class", "radios"}, lists...)))
	}
	said := func(form string) string {
		if s.FollowMenu.SaidOf != form {
			return ""
		}
		return s.FollowMenu.Said
	}
	kids = append(kids, c.listForm("follow-list", "follow-new-"+strconv.Itoa(s.FollowMenu.Made), w.T("following.list.new"), w.T("following.list.make"), "", "", "text"), refused(said("follow-list")))
	var switches []markup.Node
	if f.Kind == follows.Profile || f.Kind == follows.Server || f.Kind == follows.Hashtag {
		switches = append(switches,
			c.switched("follow-boosts", w.T("follow.boosts"), "", !f.Filter.NoBoosts),
			c.switched("follow-replies", w.T("follow.replies"), "", !f.Filter.NoReplies))
	}
	switches = append(switches,
		c.switched("follow-media", w.T("follow.media"), "", f.Filter.OnlyMedia),
		c.switched("follow-muted", w.T("follow.muted"), w.T("follow.muted.text"), f.Muted))
	kids = append(kids, el("div", at{"class", "set"}, switches...))
	if f.Kind == follows.Hashtag {
		kids = append(kids, c.furtherTags(f, said("follow-tags")))
	}
	kids = append(kids,
		el("div", at{"class", "row-b"},
			el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", "follow"}, text(w.T("viewer.close"))),
			el("button", at{"class", "b stop", "type", "button", "data-action", "unfollow", "data-key", string(f.Address)}, text(w.T("follow.stop")))),
		el("div", at{"class", "row-b"}, c.filterButton("b", follows.ScopeOf(f.Address), ""), el("a", at{"class", "b", "href", "#/following"}, text(w.T("following.all")))))
	d.Children = kids
	return d
}

// furtherTags are the servers at which a hashtag is read beside the first, and the hashtags that its posts have beside it.
func (c canvas) furtherTags(f follows.Follow, said string) markup.Node {
	w := c.Words
	form := func(which, words string, names []string) markup.Node {
		return c.listForm("follow-tags", "follow-"+which, w.T(words), w.T("follow.set"), which, strings.Join(names, " "), "text")
	}
	return el("details", at{"class", "edit"}, el("summary", nil, text(w.T("follow.further"))), el("p", at{"class", "quiet"}, text(w.T("follow.further.text"))),
		form("hosts", "follow.hosts", f.Hosts), form("any", "follow.tags.any", f.Tags.Any), form("all", "follow.tags.all", f.Tags.All), form("none", "follow.tags.none", f.Tags.None), refused(said))
}

// refused says in a dialog why what was written there can't be: what is said of the page stands behind it.
func refused(said string) markup.Node {
	if said == "" {
		return markup.Node{}
	}
	return el("p", at{"class", "care", "role", "alert"}, text(said))
}

// listForm is a field for a list's name, or something else of a kind, with a button.
func (c canvas) listForm(action, id, label, button, list, name, kind string) markup.Node {
	return el("form", at{"class", "named", "data-action", action, "data-key", when(list != "", list)},
		el("label", at{"for", id}, text(label)),
		el("div", at{"class", "row-b"},
			el("input", at{"class", "field", "id", id, "name", "name", "type", kind, "autocomplete", "off", "value", when(name != "", name)}),
			el("button", at{"class", "b", "type", "submit"}, text(button))))
}

// undoNote says what was changed in what is followed, and offers to take it back.
func undoNote(s *state.App) markup.Node {
	u := s.LastUndo
	if u == nil {
		return el("div", at{"class", "fresh", "role", "status"})
	}
	return el("div", at{"class", "fresh", "role", "status"}, el("span", nil, text(u.Text)),
		el("button", at{"class", "b plain", "type", "button", "data-action", "undo"}, text(s.Words.T("do.undo"))),
		el("button", at{"class", "ib", "type", "button", "data-action", "undone"}, icon(s, "close", "i"), hidden(s.Words.T("do.dismiss"))))
}
