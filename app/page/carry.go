package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/follows"
)

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
	quiet := func(words string) { kids = append(kids, el("p", at{"class", "quiet"}, text(words))) }
	if n := len(in.NewLists); n > 0 {
		said := w.T("following.import.lists", w.List(in.NewLists[:min(n, previewed)]))
		if n > previewed {
			said += " + " + w.Number(n-previewed)
		}
		quiet(said)
	}
	if in.Repeated > 0 {
		quiet(w.N("following.import.repeated", in.Repeated))
	}
	if !in.Changes() && in.Known > 0 {
		quiet(w.T("following.import.nothing"))
	}
	kids = append(kids, c.oneByOne(in.People))
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
	take := markup.Node{}
	if in.Changes() {
		take = el("button", at{"class", "b main", "type", "button", "data-action", "confirm"}, c.small("check"), text(confirm))
	}
	kids = append(kids, el("div", at{"class", "row-b"}, take,
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
