package page

import (
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/feeds"
)

// mostCopies is how many servers are offered to read a copy from.
const mostCopies = 4

// copies offers to read somebody whose own server can't be read as another server knows them.
func (c canvas) copies(r route.Route, err *feeds.Error) []markup.Node {
	switch {
	case err == nil:
		return nil
	case r.Via != "":
		return []markup.Node{c.section(c.original(r, r.Domain))}
	}
	switch err.Kind {
	case feeds.Unsupported, feeds.Unreachable, feeds.NeedsLogin:
	default:
		return nil
	}
	w := c.Words
	var rows []markup.Node
	for _, s := range c.App.Site.Servers {
		if len(rows) == mostCopies || s.Host == r.Domain || s.Software != "" && s.Software != "mastodon" {
			continue
		}
		there := r
		there.Via = s.Host
		rows = append(rows, el("li", nil, el("a", at{"class", "line", "href", there.String()}, c.icon("server"),
			el("span", nil, el("b", nil, el("bdi", nil, text(s.Host))), el("span", at{"class", "quiet"}, text(w.T("copies.at")))), icon(c.App, "next", "i s turns"))))
	}
	if len(rows) == 0 {
		return nil
	}
	return []markup.Node{el("section", at{"class", "section", "aria-labelledby", "h-copies"},
		el("header", nil, el("h2", at{"id", "h-copies"}, text(w.T("copies.title")))), el("p", at{"class", "prose"}, text(w.T("copies.text"))), el("ul", at{"class", "lines"}, rows...))}
}

// isCopy marks what another server holds.
func (c canvas) isCopy(r route.Route, home, said string) []markup.Node {
	if r.Via == "" {
		return nil
	}
	return []markup.Node{el("div", at{"class", "section"}, el("div", at{"class", "note plain", "data-part", "copy"}, c.icon("server"),
		el("strong", nil, text(c.Words.T("copies.shown", r.Via))), el("p", at{"class", "prose"}, text(c.Words.T(said, r.Via))), c.original(r, home)))}
}

// original leads from a copy to the server that it is a copy of.
func (c canvas) original(r route.Route, home string) markup.Node {
	r.Via = ""
	return el("div", at{"class", "row-b"}, el("a", at{"class", "b", "href", r.String()}, markup.InLines(c.Words.T("copies.own", home))...))
}
