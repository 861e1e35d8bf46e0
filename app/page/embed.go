package page

import (
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
)

// embed is the builder: what to show, how, and what to copy into one's own website for it.
func embed(c canvas, m *state.EmbedModel) Layout {
	w := c.Words
	left := []markup.Node{c.embedWhat(m)}
	var right []markup.Node
	if m.Feed != nil || m.Live != "" {
		left = append(left, c.embedHow(m))
		right = append(right, c.embedCode(m))
	}
	if m.Feed != nil {
		right = append(right, c.preview(m))
	}
	return Layout{Title: w.T("embed.title"), Wide: true, Parts: []Part{nodes(
		c.bar(w.T("embed.title"), w.T("embed.under")), el("div", at{"class", "two"}, el("div", nil, left...), el("div", nil, right...)),
	)}}
}

func (c canvas) part(id, title string, kids ...markup.Node) markup.Node {
	return el("section", at{"class", "section", "aria-labelledby", id}, append([]markup.Node{el("header", nil, el("h2", at{"id", id}, text(title)))}, kids...)...)
}

// embedWhat asks for a feed of the site, or for an address.
func (c canvas) embedWhat(m *state.EmbedModel) markup.Node {
	w := c.Words
	first := el("p", at{"class", "prose"}, text(w.T("embed.none")))
	if list := c.App.Site.Feeds; len(list) > 0 {
		current := ""
		options := [][2]string{{"", w.T("embed.other")}}
		for _, f := range list {
			options = append(options, [2]string{f.Name, f.Title})
		}
		if m.Feed != nil {
			current = m.Feed.Name
		}
		first = el("div", at{"class", "set"}, c.option("feed", w.T("embed.feed"), "", c.choice("feed", current, options)))
	}
	ask := el("form", at{"class", "build", "data-action", "embed"},
		el("label", at{"for", "e"}, text(w.T("embed.address"))),
		el("div", at{"class", "ask"},
			el("input", at{"class", "field", "id", "e", "name", "u", "type", "text", "inputmode", "url", "autocapitalize", "none", "autocomplete", "off", "spellcheck", "false", "placeholder", "@town@social.example", "value", m.Query}),
			el("button", at{"class", "b", "type", "submit"}, text(w.T("embed.take")))))
	wrong := markup.Node{}
	if m.Wrong {
		wrong = c.plainNote("search", w.T("open.failed", m.Query), w.T("embed.wrong"))
	}
	return c.part("g1", w.T("embed.what"), first, ask, wrong)
}

// embedHow offers what can be chosen for the way.
func (c canvas) embedHow(m *state.EmbedModel) markup.Node {
	w := c.Words
	way := "live"
	var kids, options []markup.Node
	if m.Feed != nil {
		way = m.Way
		kids = append(kids, el("fieldset", nil, el("legend", nil, text(w.T("embed.way"))), el("div", at{"class", "radios"},
			c.radio("way", "include", w.T("embed.include"), way), c.radio("way", "iframe", w.T("embed.iframe"), way), c.radio("way", "element", w.T("embed.element"), way))),
			el("p", at{"class", "prose"}, text(w.T("embed."+way+".text"))))
	}
	if way == "live" || m.Load == "live" && way == "element" {
		kids = append(kids, el("div", at{"class", "note care", "data-part", "live"}, c.icon("eye"), el("strong", nil, text(w.T("embed.live"))), el("p", at{"class", "prose"}, text(w.T("embed.live.text", hostOf(m.Live))))))
	}
	if way != "include" {
		kids = append(kids, el("fieldset", nil, el("legend", nil, text(w.T("embed.theme"))), el("div", at{"class", "radios"},
			c.radio("theme", "", w.T("embed.theme.auto"), m.Theme), c.radio("theme", "light", w.T("set.theme.light"), m.Theme), c.radio("theme", "dark", w.T("set.theme.dark"), m.Theme))))
	}
	if way == "element" || way == "live" {
		loads := [][2]string{{"", w.T("embed.load.once")}, {"click", w.T("embed.load.click")}}
		if m.Feed != nil && m.Live != "" {
			loads = append(loads, [2]string{"live", w.T("embed.load.live")})
		}
		options = append(options,
			c.option("limit", w.T("embed.limit"), "", c.choice("limit", m.Limit, [][2]string{{"", w.T("embed.limit.all")}, {"3", "3"}, {"5", "5"}, {"10", "10"}})),
			c.option("load", w.T("embed.load"), "", c.choice("load", m.Load, loads)))
	}
	if way != "iframe" {
		accent := m.Accent
		if accent == "" {
			accent = accentLight
		}
		options = append(options, c.option("accent", w.T("embed.accent"), w.T("embed.accent.text"), el("input", at{"id", "accent", "name", "accent", "type", "color", "value", accent, "data-action", "set"})))
	}
	kids = append(kids, el("div", at{"class", "set"}, options...))
	if way != "iframe" {
		kids = append(kids, c.contrasts(m, way))
	}
	return c.part("g2", w.T("embed.how"), kids...)
}

// The grounds and accents of web/css/embed.css.
const (
	groundLight, accentLight = "#f6f8f9", "#26435c"
	groundDark, accentDark   = "#1b2128", "#a9c8e2"
)

// contrasts says whether links can be read in the accent, on each ground that visitors may have.
func (c canvas) contrasts(m *state.EmbedModel, way string) markup.Node {
	w := c.Words
	var rows []markup.Node
	for _, g := range [][3]string{{"light", groundLight, accentLight}, {"dark", groundDark, accentDark}} {
		if way != "include" && m.Theme != "" && m.Theme != g[0] {
			continue
		}
		accent := m.Accent
		if accent == "" {
			accent = g[2]
		}
		tenths := int(contrast(accent, g[1]) * 10)
		sign, verdict := "check", "pass"
		if tenths < 45 {
			sign, verdict = "warn", "fail"
		}
		rows = append(rows, el("li", at{"class", "line", "data-kind", verdict}, c.icon(sign),
			el("span", nil, text(w.T("embed.contrast."+g[0], w.Tenths(tenths))), el("span", at{"class", "quiet"}, text(w.T("embed.contrast."+verdict)))), sample(accent, g[1])))
	}
	return el("ul", at{"class", "lines", "data-part", "contrast", "aria-live", "polite"}, rows...)
}

// sample is what links look like in the accent on a ground.
func sample(accent, ground string) markup.Node {
	return el("span", at{"class", "sample", "aria-hidden", "true"}, el("svg", at{"viewBox", "0 0 56 28"},
		el("rect", at{"width", "56", "height", "28", "rx", "4", "fill", ground}),
		el("rect", at{"x", "10", "y", "8", "width", "36", "height", "6", "rx", "2", "fill", accent}),
		el("rect", at{"x", "10", "y", "18", "width", "36", "height", "1.5", "fill", accent})))
}

// embedCode is what to copy.
func (c canvas) embedCode(m *state.EmbedModel) markup.Node {
	w := c.Words
	boxes := snippets(c.App.Root(), c.App.Base(), m)
	if m.Accent != "" && (m.Feed == nil || m.Way != "iframe") {
		boxes = append(boxes, snippet{"style", ":root { --v-accent: " + m.Accent + "; }"})
	}
	var kids []markup.Node
	if m.Unread {
		kids = append(kids, c.plainNote("warn", w.T("embed.unread"), w.T("embed.unread.text")))
	}
	for _, b := range boxes {
		title := w.T("embed.box." + b.name)
		kids = append(kids, el("div", at{"class", "snippet", "data-part", b.name}, el("h3", nil, text(title)), el("pre", nil, el("code", nil, text(b.text))),
			el("button", at{"class", "b", "type", "button", "data-action", "clip", "data-part", b.text}, c.small("copy"), text(w.T("embed.copy")), hidden(title))))
	}
	if m.Feed == nil || m.Way != "include" {
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.T("embed.hosting"))))
	}
	return c.part("g3", w.T("embed.code"), kids...)
}

// preview frames what is served. Its box is another one each time that it shows something else: a frame that is sent on would
// leave a step in the history.
func (c canvas) preview(m *state.EmbedModel) markup.Node {
	box := "div"
	if m.Turn%2 == 1 {
		box = "figure"
	}
	return c.part("g4", c.Words.T("embed.preview"), el(box, nil, el("iframe", at{"class", "preview", "src", c.App.Base() + "feeds/" + m.Feed.Name + "/embed.html" + themed(m), "title", m.Feed.Title, "sandbox", framed})))
}

// embedLink leads to the builder.
func (c canvas) embedLink(address string) markup.Node {
	return el("a", at{"class", "line", "href", route.Route{View: route.Embed, Query: address}.String()}, c.icon("code"), el("span", nil, text(c.Words.T("embed.link"))), icon(c.App, "next", "i s turns"))
}
