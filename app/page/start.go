package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
)

// start is the address box and servers worth a look. It asks nobody.
func start(c canvas, m *state.StartModel) Layout {
	w := c.Words
	var note []markup.Node
	switch {
	case m.Malformed:
		note = append(note, c.plainNote("search", w.T("start.malformed"), w.T("start.malformed.text")))
	case m.Unbuilt:
		note = append(note, c.plainNote("search", w.T("start.unbuilt"), w.T("start.unbuilt.text")))
	}
	parts := []Part{nodes(
		el("div", at{"class", "sign"}, el("h1", nil, text(w.T("start.title"))), el("p", nil, text(w.T("start.lead")))),
	)}
	if len(note) > 0 {
		parts = append(parts, nodes(el("section", at{"class", "section"}, note...)))
	}
	parts = append(parts, nodes(c.window("")), nodes(c.followed()), nodes(c.suggestions(m.Suggested)), nodes(c.starterLists()), nodes(c.servers(m)))
	return Layout{Parts: parts, SideLabel: w.T("start.about"), Side: []markup.Node{c.howItWorks()}}
}

// followed leads to what is followed, once there is something, else to where it can be brought.
func (c canvas) followed() markup.Node {
	w, d := c.Words, c.App.Follows
	row := func(r route.Route, sign, name, under string) markup.Node {
		return c.line(r.String(), sign, name, text(under))
	}
	if len(d.Follows) == 0 {
		if !c.App.FollowsKnown {
			return markup.Node{}
		}
		if c.App.Wiped {
			return c.section(c.wiped(el("a", at{"class", "b main", "href", route.Route{View: route.Following}.String()}, text(w.T("start.following.import")))))
		}
		return el("p", at{"class", "section"}, el("a", at{"href", route.Route{View: route.Following}.String()}, text(w.T("start.following.import"))))
	}
	var rows []markup.Node
	if c.App.Built(route.Home) {
		rows = append(rows, row(route.Route{View: route.Home}, "home", w.T("nav.home"), w.T("start.following.home")))
		for _, l := range d.Lists {
			rows = append(rows, row(route.Route{View: route.Home, List: l.ID}, "list", l.Name, w.N("following.sources", len(d.In(l.ID)))))
		}
	}
	rows = append(rows, row(route.Route{View: route.Following}, "following", w.T("following.all"), w.N("following.sources", len(d.Follows))))
	return el("section", at{"class", "section", "aria-labelledby", "h-followed"},
		el("header", nil, el("h2", at{"id", "h-followed"}, text(w.T("start.following")))), el("ul", at{"class", "lines"}, rows...))
}

// wiped says that the browser has deleted what was followed, and offers to bring it back.
func (c canvas) wiped(way markup.Node) markup.Node {
	w := c.Words
	return el("div", at{"class", "note plain", "role", "status", "data-part", "wiped"}, c.icon("following"), el("strong", nil, text(w.T("following.wiped"))),
		el("p", at{"class", "prose"}, text(w.T("following.wiped.text"))),
		el("div", at{"class", "row-b"}, way, el("button", at{"class", "b", "type", "button", "data-action", "wiped"}, text(w.T("following.wiped.know")))))
}

// line is a row that leads on.
func (c canvas) line(href, sign, name string, under ...markup.Node) markup.Node {
	return el("li", nil, el("a", at{"class", "line", "href", href}, c.icon(sign),
		el("span", nil, el("b", nil, el("bdi", nil, text(name))), el("span", at{"class", "quiet"}, under...)), icon(c.App, "next", "i s turns")))
}

// starterLists are what the site's owner suggests to follow, but for what is followed. Each leads to its preview.
func (c canvas) starterLists() markup.Node {
	w := c.Words
	var rows []markup.Node
	for _, l := range c.App.Site.Lists {
		under := []markup.Node{text(w.N("following.sources", len(l.Addresses)))}
		if said := l.TextIn(w.Lang()); said != "" { // it may be in another language than the interface
			under = []markup.Node{el("bdi", nil, text(said)), text(" · "), under[0]}
		}
		if link := l.Link(); link != "" && !c.App.FollowsAllOf(link) {
			rows = append(rows, c.line(link, "list", l.Name, under...))
		}
	}
	if len(rows) == 0 {
		return markup.Node{}
	}
	return el("section", at{"class", "section", "aria-labelledby", "h-lists"},
		el("header", nil, el("h2", at{"id", "h-lists"}, text(w.T("start.lists")))), el("ul", at{"class", "lines"}, rows...))
}

// window is the address box under its decoration.
func (c canvas) window(given string) markup.Node {
	w := c.Words
	form := func(code, words string) markup.Node {
		return el("li", nil, el("code", nil, text(code)), text(" "), el("span", nil, text(w.T(words))))
	}
	return el("section", at{"class", "window", "aria-label", w.T("start.open")},
		decoration(),
		el("form", at{"role", "search", "data-action", "open"},
			el("label", at{"for", "u"}, text(w.T("start.label"))),
			el("div", at{"class", "ask"},
				c.combo(given, "pastes"),
				el("button", at{"class", "b main", "type", "submit"}, text(w.T("start.look"))))),
		el("div", at{"class", "pastes", "id", "pastes"}, el("ul", nil,
			form("@name@server", "start.paste.person"), form("#word@server", "start.paste.tag"), form("server.example", "start.paste.server"), form("https://…", "start.paste.link"))),
	)
}

// combo is the field of the address box with what it suggests; about is the id of what explains it, no for nothing.
func (c canvas) combo(given, about string) markup.Node {
	b := &c.App.Box
	return el("div", at{"class", when(len(b.Options) > 0, "combo")},
		el("input", at{"class", "field", "id", "u", "name", "u", "type", "text", "inputmode", "url", "autocapitalize", "none", "autocomplete", "off", "spellcheck", "false", "placeholder", "@marta@hafenlicht.example", "aria-describedby", about, "value", when(given != "", given),
			"role", "combobox", "aria-expanded", strconv.FormatBool(len(b.Options) > 0), "aria-controls", "options", "aria-activedescendant", when(len(b.Options) > 0 && b.Active >= 0, "option-"+strconv.Itoa(b.Active))}),
		c.options(b))
}

// smallBox is the address box where something was looked for: what was typed can be changed there.
func (c canvas) smallBox(given string) markup.Node {
	w := c.Words
	return c.section(el("form", at{"class", "lookup", "role", "search", "data-action", "open"}, el("label", at{"class", "vh", "for", "u"}, text(w.T("start.label"))),
		c.combo(given, no), el("button", at{"class", "b main", "type", "submit"}, text(w.T("start.look")))))
}

// options are what the address box suggests. They lie over what stands below it.
func (c canvas) options(b *state.Box) markup.Node {
	if len(b.Options) == 0 {
		return markup.Node{}
	}
	list := el("ul", at{"class", "lines", "id", "options", "role", "listbox", "aria-label", c.Words.T("box.options")})
	for i, o := range b.Options {
		under := []markup.Node{text(o.Under)}
		if o.Handle != "" {
			under = []markup.Node{named(o.Handle), text(" · " + o.Under)}
		}
		list.Children = append(list.Children, el("li", at{"class", "line", "id", "option-" + strconv.Itoa(i), "role", "option", "aria-selected", strconv.FormatBool(i == b.Active), "data-action", "choose-option", "data-index", strconv.Itoa(i)},
			c.icon(o.Sign), el("span", nil, el("b", nil, el("bdi", nil, text(o.Name))), el("span", at{"class", "quiet"}, under...))))
	}
	return list
}

// servers lists the site's servers by topic: all, or those of a language or a software.
func (c canvas) servers(m *state.StartModel) markup.Node {
	w := c.Words
	var topics []string
	by := map[string][]state.SiteServer{}
	shown := 0
	for _, s := range c.App.Site.Servers {
		if m.Language != "" && !slices.Contains(s.Languages, m.Language) || m.Software != "" && s.Software != m.Software {
			continue
		}
		shown++
		if by[s.Topic] == nil {
			topics = append(topics, s.Topic)
		}
		by[s.Topic] = append(by[s.Topic], s)
	}
	var groups []markup.Node
	for _, t := range topics {
		rows := make([]markup.Node, 0, len(by[t]))
		for _, s := range by[t] {
			rows = append(rows, c.serverRow(m, s))
		}
		groups = append(groups, el("div", nil, el("h3", nil, text(c.topic(t))), el("ul", at{"class", "lines"}, rows...)))
	}
	return el("section", at{"class", "section", "aria-labelledby", "h-servers"},
		el("header", nil, el("h2", at{"id", "h-servers"}, text(w.T("start.servers"))), el("span", at{"class", "quiet"}, text(w.N("start.servers.count", shown)))),
		c.chooser(m),
		el("div", at{"class", "topics"}, groups...))
}

// chooser narrows a long list of servers down by language and software.
func (c canvas) chooser(m *state.StartModel) markup.Node {
	languages, softwares := map[string]int{}, map[string]int{}
	for _, s := range c.App.Site.Servers {
		for _, l := range s.Languages {
			languages[l]++
		}
		if s.Software != "" {
			softwares[s.Software]++
		}
	}
	if len(c.App.Site.Servers) < 12 {
		return markup.Node{}
	}
	w := c.Words
	return el("div", at{"class", "choose"},
		c.picker("language", w.T("start.language"), m.Language, languages, func(l string) string {
			if l == "mul" {
				return w.T("start.languages.many")
			}
			return w.LanguageName(l)
		}),
		c.picker("software", w.T("start.software"), m.Software, softwares, markup.SoftwareName))
}

func (c canvas) picker(name, label, current string, counts map[string]int, called func(string) string) markup.Node {
	names := make([]string, 0, len(counts))
	for k := range counts {
		names = append(names, called(k)+"\x00"+k)
	}
	slices.Sort(names)
	options := []markup.Node{option("", current == "", c.Words.T("start.all"))}
	for _, name := range names {
		_, k, _ := strings.Cut(name, "\x00")
		options = append(options, option(k, k == current, called(k)+" ("+c.Words.Number(counts[k])+")"))
	}
	return choice(name, label, options)
}

// choice is a select that narrows or orders a list.
func choice(name, label string, options []markup.Node) markup.Node {
	return el("label", nil, el("span", nil, text(label)), el("select", at{"name", name, "data-action", "choose"}, options...))
}

func option(value string, selected bool, words string) markup.Node {
	return el("option", at{"value", value, "selected", when(selected, "")}, text(words))
}

// topic is a topic's name; one that a site owner made up stands as written.
func (c canvas) topic(t string) string {
	key := "topic." + t
	if name := c.Words.T(key); name != key {
		return name
	}
	return t
}

func (c canvas) serverLine(s state.SiteServer) markup.Node {
	said := markup.Node{}
	if what := s.TextIn(c.Words.Lang()); what != "" {
		said = el("bdi", nil, text(what)) // it may be in another language than the interface
	}
	others := ""
	if tags := slices.DeleteFunc(slices.Clone(s.Languages), func(l string) bool { return l == c.Words.Lang() || l == "mul" }); len(tags) > 0 {
		names := make([]string, 0, len(tags))
		for _, l := range tags {
			names = append(names, c.Words.LanguageName(l))
		}
		others = " (" + c.Words.List(names) + ")"
	}
	if s.Software != "" {
		others += " · " + markup.SoftwareName(s.Software)
	}
	others += c.lastSeen(s)
	sign, view := "server", route.Route{View: route.Server, Host: s.Host}
	if s.Feed != "" {
		sign, view = "feed", route.Route{View: route.Feed, URL: s.Feed}
	}
	return el("a", at{"class", "line", "href", view.String()},
		icon(c.App, sign, "i"),
		el("span", nil, el("b", nil, el("bdi", nil, text(s.Host))), el("span", at{"class", "quiet"}, said, text(others))),
		icon(c.App, "next", "i s turns"))
}

// lastSeen is how large a server was and what guests could see there when the list was made, and when that was; "" for what isn't known.
func (c canvas) lastSeen(s state.SiteServer) string {
	day, err := time.Parse(time.DateOnly, s.Seen)
	if err != nil {
		return ""
	}
	w, said := c.Words, ""
	if s.Active > 0 {
		said += " · " + w.N("server.active", s.Active)
	}
	switch s.Guests {
	case "all":
		said += " · " + w.T("guest.open")
	case "part":
		said += " · " + w.T("start.guests.part")
	case "none":
		said += " · " + w.T("guest.members")
	}
	if said != "" && c.Now.Sub(day) > oldFacts {
		said += " (" + w.T("start.seen", w.MonthYear(day)) + ")"
	}
	return said
}

func (c canvas) howItWorks() markup.Node {
	w := c.Words
	row := func(sign, name string) markup.Node {
		return el("li", at{"class", "line"}, c.icon(sign), el("span", nil, el("b", nil, text(w.T(name))), el("span", at{"class", "quiet"}, text(w.T(name+".text")))))
	}
	return el("section", at{"class", "panel"}, el("h2", nil, text(w.T("how.title"))),
		el("ul", at{"class", "lines"}, row("clock", "how.time"), row("shield", "how.direct"), row("eye", "how.account")))
}
