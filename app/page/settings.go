package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/state"
)

// settings is how a reader wants to read. Each control takes effect at once.
func settings(c canvas, m *state.SettingsModel) Layout {
	w, s := c.Words, c.App.Settings
	size := s.TextSize
	if size == 0 {
		size = 100
	}
	languages := [][2]string{{"", w.T("set.lang.browser")}}
	for _, l := range c.App.Site.Speaks {
		languages = append(languages, [2]string{l.Tag, l.Name})
	}
	look := el("section", at{"class", "section", "aria-labelledby", "g1"}, el("header", nil, el("h2", at{"id", "g1"}, text(w.T("set.look")))),
		el("fieldset", nil, el("legend", at{"class", "vh"}, text(w.T("set.theme"))), el("div", at{"class", "radios"},
			c.radio("theme", "", w.T("set.theme.system"), s.Theme), c.radio("theme", "light", w.T("set.theme.light"), s.Theme), c.radio("theme", "dark", w.T("set.theme.dark"), s.Theme))),
		el("div", at{"class", "set"},
			c.option("size", w.T("set.size"), w.Percent(size, 100), el("input", at{"id", "size", "name", "size", "type", "range", "min", "90", "max", "150", "step", "5", "value", strconv.Itoa(size), "data-action", "set"})),
			c.option("face", w.T("set.face"), "", c.choice("face", when(s.Serif, "serif"), [][2]string{{"", w.T("set.face.plain")}, {"serif", w.T("set.face.serif")}})),
			c.option("lang", w.T("set.lang"), "", c.choice("lang", s.Language, languages)),
		))
	reading := el("section", at{"class", "section", "aria-labelledby", "g2"}, el("header", nil, el("h2", at{"id", "g2"}, text(w.T("set.reading")))),
		el("div", at{"class", "set"},
			c.switched("boosts", w.T("set.boosts"), w.T("set.boosts.text"), !s.HideBoosts),
			c.switched("cw", w.T("set.cw"), "", s.OpenWarnings),
			c.switched("nsfw", w.T("set.nsfw"), "", s.ShowSensitive),
			c.switched("autoplay", w.T("set.autoplay"), w.T("set.autoplay.text"), s.Autoplay),
			c.switched("saver", w.T("set.saver"), w.T("set.saver.text"), s.DataSaver),
			c.switched("counts", w.T("set.counts"), "", !s.HideCounts),
			c.syncSwitch(m),
			c.badgeSwitch(),
		), el("div", at{"class", "row-b"}, el("a", at{"class", "b", "href", "#/following"}, text(w.T("filters.title")))))
	keys := el("section", at{"class", "section"}, el("header", nil, el("h2", nil, text(w.T("keys.title")))),
		el("div", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", "help"}, text(w.T("set.keys")))))
	return Layout{Title: w.T("nav.settings"), Wide: true, Parts: []Part{nodes(
		el("header", at{"class", "bar"}, el("div", nil, el("h1", nil, text(w.T("nav.settings"))), el("p", at{"class", "quiet"}, text(w.T("set.under"))))),
		el("div", at{"class", "two"}, el("div", nil, look, reading), el("div", nil, c.own(), keys, c.part("g5", w.T("embed.own"), c.embedLink("")), c.storage(m))),
	)}}
}

// syncSwitch stands only where the browser can refresh what is followed while no page is open.
func (c canvas) syncSwitch(m *state.SettingsModel) markup.Node {
	if !m.MaySync {
		return markup.Node{}
	}
	return c.switched("sync", c.Words.T("set.sync"), c.Words.T("set.sync.text"), m.Syncs)
}

// badgeSwitch stands only where the icon of an installed app can show a number.
func (c canvas) badgeSwitch() markup.Node {
	if !c.App.Badges() {
		return markup.Node{}
	}
	return c.switched("badge", c.Words.T("set.badge"), c.Words.T("set.badge.text"), c.App.Settings.Badge)
}

func (c canvas) radio(name, value, label, current string) markup.Node {
	return el("label", nil, el("input", at{"type", "radio", "name", name, "value", value, "checked", when(value == current, ""), "data-action", "set"}), text(label))
}

func (c canvas) option(id, label, under string, control markup.Node) markup.Node {
	kids := []markup.Node{text(label)}
	if under != "" {
		kids = append(kids, el("span", at{"class", "quiet"}, text(under)))
	}
	return el("div", at{"class", "opt"}, el("label", at{"for", id}, kids...), control)
}

func (c canvas) switched(id, label, under string, on bool) markup.Node {
	return c.option(id, label, under, el("input", at{"class", "switch", "id", id, "name", id, "type", "checkbox", "role", "switch", "checked", when(on, ""), "data-action", "set"}))
}

func (c canvas) choice(id, current string, options [][2]string) markup.Node {
	if current == no {
		current = ""
	}
	items := make([]markup.Node, 0, len(options))
	for _, o := range options {
		items = append(items, el("option", at{"value", o[0], "selected", when(o[0] == current, "")}, text(o[1])))
	}
	return el("select", at{"id", id, "name", id, "data-action", "set"}, items...)
}
