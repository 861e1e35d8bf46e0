package page

import (
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/feeds"
	"vitrine/feeds/saved"
)

// archives are the archives that were read, and what reads another one.
func (c canvas) archives(m *state.SavedModel) markup.Node {
	w := c.Words
	control := func(id, words, accept string, folder bool) []markup.Node {
		return []markup.Node{
			el("label", at{"class", "b", "for", id}, c.small("plus"), text(w.T(words))),
			el("input", at{"class", "vh", "id", id, "name", "archive", "type", "file", "accept", when(accept != "", accept), "webkitdirectory", when(folder, ""), "data-action", "archive"}),
		}
	}
	kids := []markup.Node{el("summary", nil, text(w.T("saved.archives"))), el("p", at{"class", "prose"}, text(w.T("saved.archives.text"))), el("p", at{"class", "prose"}, text(w.T("saved.archives.feed", "JSON Feed")))}
	if len(m.Archives) > 0 {
		rows := make([]markup.Node, 0, len(m.Archives))
		for _, a := range m.Archives {
			said := w.N("saved.archive.line", a.Posts, w.Moment(a.At, c.Now, c.Local))
			if a.Open {
				said = w.T("saved.archive.open")
			}
			rows = append(rows, el("li", nil, el("a", at{"class", "line", "href", route.Route{View: route.Saved, Query: a.Name}.String()}, c.icon("person"),
				el("span", nil, el("b", nil, el("bdi", nil, text(a.Name))), el("span", at{"class", "quiet"}, text(said))), icon(c.App, "next", "i s turns"))))
		}
		kids = append(kids, el("ul", at{"class", "lines"}, rows...))
	}
	kids = append(kids, el("div", at{"class", "row-b"}, append(control("archive-file", "saved.archive.file", ".zip,application/zip,.tar,.gz,.tgz,application/gzip,.json,application/feed+json", false), control("archive-folder", "saved.archive.folder", "", true)...)...))
	return c.section(el("details", at{"class", "edit", "data-part", "archives", "open", when(m.All == 0 || c.App.Archiving != nil, "")}, kids...))
}

// archiving says how far an archive was read, and what it holds.
func (c canvas) archiving() []markup.Node {
	w, b := c.Words, c.App.Archiving
	if b == nil {
		return nil
	}
	button := func(action, class, words string) markup.Node {
		return el("button", at{"class", class, "type", "button", "data-action", action}, text(words))
	}
	section := func(kids ...markup.Node) []markup.Node {
		return []markup.Node{el("section", at{"class", "section import", "data-part", "import", "aria-busy", strconv.FormatBool(b.Busy)}, kids...)}
	}
	cancel := button("archive-cancel", "b", w.T("following.import.cancel"))
	switch {
	case b.Err != nil:
		return section(c.archiveFailed(b), el("div", at{"class", "row-b"}, cancel))
	case b.Busy:
		said, done, most := w.T("saved.archive.reading"), no, no
		if b.Taken {
			said = w.T("saved.archive.taking")
		}
		if b.Total > 0 {
			done, most = strconv.Itoa(b.Done), strconv.Itoa(b.Total)
		}
		return section(el("p", at{"role", "status"}, text(said)), el("progress", at{"class", "meter", "value", done, "max", most, "aria-label", said}),
			el("div", at{"class", "row-b"}, button("archive-cancel", "b", w.T("following.bring.stop"))))
	case b.Found == nil:
		return nil
	}
	var kids []markup.Node
	f := b.Found
	row := el("div", at{"class", "row-b"})
	if f.Author != nil {
		kids = append(kids, el("header", nil, el("h2", nil, text(w.T("saved.archive.of", f.Name())))), c.brought(f.New, f.Known, f.Unread))
		if f.Private > 0 {
			kids = append(kids, el("p", nil, text(w.N("saved.archive.private", f.Private))))
		}
		if f.Boosts > 0 {
			kids = append(kids, el("p", at{"class", "quiet"}, text(w.N("saved.archive.boosts", f.Boosts))))
		}
		row.Children = append(row.Children, button("confirm", "b main", w.N("saved.archive.take", f.New+f.Known)))
	}
	if f.Posts != nil {
		kids = append(kids, el("header", nil, el("h2", nil, text("JSON Feed"))), c.brought(f.New, f.Known, 0))
		if n := len(f.Posts); n > 0 {
			row.Children = append(row.Children, button("confirm", "b main", w.N("saved.archive.take", n)))
		}
	}
	if f.Cut {
		kids = append(kids, el("p", at{"class", "care", "role", "alert", "data-kind", string(feeds.BadData)}, c.small("warn"), text(w.T("saved.archive.cut"))))
	}
	if l := f.Links; len(l.New)+l.Known+l.Unread > 0 {
		kids = append(kids, el("h3", nil, text(w.T("saved.links"))), c.brought(len(l.New), l.Known, l.Unread))
		if len(l.New) > 0 {
			kids = append(kids, el("p", at{"class", "quiet"}, text(w.N("saved.links.text", l.Hosts))))
			row.Children = append(row.Children, button("archive-links", "b", w.N("saved.links.take", len(l.New))))
		}
	}
	row.Children = append(row.Children, cancel)
	return section(append(kids, row)...)
}

// brought counts what is new, known and unreadable.
func (c canvas) brought(fresh, known, unread int) markup.Node {
	count := func(key string, n int, part string) markup.Node {
		return el("div", nil, el("dt", nil, text(c.Words.T(key))), el("dd", at{"data-part", part}, text(strconv.Itoa(n))))
	}
	return el("dl", at{"class", "brought"}, count("following.import.new", fresh, "new"), count("saved.archive.known", known, "known"), count("following.import.unread", unread, "unreadable"))
}

// archiveFailed says why an archive can't be read, and what helps.
func (c canvas) archiveFailed(b *state.Archiving) markup.Node {
	w, words := c.Words, c.Words.T("saved.archive.failed.text")
	switch {
	case b.Err.Kind == feeds.NotFound:
		words = w.T("saved.archive.failed.none", "outbox.json", "bookmarks.json")
	case b.Err.Kind == feeds.TooLarge:
		words = w.T("saved.archive.failed.large")
	case b.Err.Kind == feeds.Storage || b.Err.Kind == feeds.Unsupported:
		return c.problemWith(b.Err, "")
	}
	note := c.plainNote("warn", w.T("saved.archive.failed"), words)
	note.Attrs = markup.At("class", "note plain", "role", "alert", "data-kind", string(b.Err.Kind))
	return note
}

// archiveHead is whose archive is shown, and what of it is not there.
func (c canvas) archiveHead(a *saved.Archive) markup.Node {
	w := c.Words
	kids := []markup.Node{el("p", at{"class", "quiet"}, text(w.T("saved.archive.from", w.Moment(a.At, c.Now, c.Local))))}
	line := func(words string) { kids = append(kids, el("p", at{"class", "quiet"}, text(words))) }
	if a.Open {
		line(w.T("saved.archive.open"))
	}
	if a.Cut {
		line(w.T("saved.archive.cut"))
	}
	if a.Private > 0 {
		line(w.N("saved.archive.private", a.Private))
	}
	if a.Lost > 0 {
		line(w.N("saved.archive.lost", a.Lost))
	}
	kids = append(kids, el("div", at{"class", "row-b"},
		el("a", at{"class", "b", "href", c.Links.Profile(a.Author)}, text(w.T("saved.archive.profile"))),
		el("button", at{"class", "b stop", "type", "button", "data-action", "archive-drop", "data-key", a.Name}, text(w.T("saved.archive.drop")))))
	return c.section(append([]markup.Node{markup.Bio(c.Drawing, a.Author.Bio)}, kids...)...)
}

// archiveBoosts are the posts of others that an archive names: their addresses, and when they were boosted.
func (c canvas) archiveBoosts(m *state.SavedModel) markup.Node {
	if len(m.Boosts) == 0 {
		return markup.Node{}
	}
	n := min(m.Boosted, len(m.Boosts))
	rows := make([]markup.Node, 0, n)
	for _, b := range m.Boosts[:n] {
		_, where, _ := strings.Cut(b.URL, "://")
		row := el("li", nil, el("a", at{"href", route.Route{View: route.Open, Query: b.URL}.String()}, el("bdi", nil, markup.Text(where))))
		if !b.At.IsZero() {
			row.Children = append(row.Children, text(" "), el("time", at{"class", "quiet", "datetime", b.At.UTC().Format(time.RFC3339)}, text(c.Words.Moment(b.At, c.Now, c.Local))))
		}
		rows = append(rows, row)
	}
	kids := []markup.Node{el("summary", nil, text(c.Words.N("saved.archive.boosts", len(m.Boosts)))), el("ul", nil, rows...)}
	if n < len(m.Boosts) {
		kids = append(kids, el("button", at{"class", "b", "type", "button", "data-action", "archive-boosts"}, text(c.Words.T("feed.older"))))
	}
	return c.section(el("details", at{"class", "edit", "data-part", "boosts"}, kids...))
}
