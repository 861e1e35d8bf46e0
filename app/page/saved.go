package page

import (
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/feeds"
)

// savedPosts is what the reader has saved, in the order of time.
func savedPosts(c canvas, m *state.SavedModel) Layout {
	w := c.Words
	title, under := w.T("saved.title"), w.T("saved.under")
	if m.Name != "" {
		title, under = m.Name, w.T("saved.archive.under")
		if m.About != nil {
			title, under = state.PlainName(m.About.Author), "@"+m.Name
		}
	}
	l := Layout{Title: title, Parts: []Part{nodes(c.bar(title, under))}}
	if m.Name == "" {
		l.Parts[0] = nodes(c.bar(title, under, c.fileButton("ib")))
	}
	if m.Err != nil {
		l.Parts = append(l.Parts, nodes(c.section(c.problem(m.Err, "", ""))))
		return l
	}
	switch {
	case m.Name == "":
		l.Parts = append(l.Parts, nodes(c.savedNotes(m)...), nodes(c.archiving()...))
	case m.About != nil:
		l.Parts = append(l.Parts, nodes(c.archiveHead(m.About), c.archiveBoosts(m)))
	}
	if m.Name != "" && m.All == 0 {
		l.Parts = append(l.Parts, nodes(c.section(c.empty("person", w.T("saved.archive.none"), w.T("saved.archive.none.text"), el("a", at{"href", "#/saved"}, text(w.T("saved.title")))))))
		return l
	}
	if m.All == 0 {
		l.Parts = append(l.Parts, nodes(c.section(c.empty("saved", w.T("saved.none"), w.T("saved.none.text")))), nodes(c.archives(m)))
		return l
	}
	l.Parts = append(l.Parts, nodes(c.savedHead(m)...))
	if m.Name == "" {
		l.Parts = append(l.Parts, nodes(c.archives(m)))
	}
	if len(m.Keys) == 0 {
		l.Parts = append(l.Parts, nodes(c.section(c.empty("search", w.T("saved.nothing"), w.T("saved.nothing.text"),
			el("button", at{"class", "b", "type", "button", "data-action", "saved-all"}, text(w.T("saved.all")))))))
		return l
	}
	rows := make([]*ui.Row, m.Rows())
	for n := range rows {
		if i := m.Items[m.Keys[n]]; i != nil && c.draws(n) {
			rows[n] = c.savedRow(i)
		}
	}
	l.Parts = append(l.Parts, c.list(state.FeedList, "", title, true, rows))
	if m.Rows() < len(m.Keys) {
		l.Parts = append(l.Parts, nodes(el("p", at{"class", "feedend"}, el("button", at{"class", "b", "type", "button", "data-action", "older"}, text(w.T("feed.older"))))))
	} else {
		l.Parts = append(l.Parts, nodes(el("p", at{"class", "feedend quiet"}, text(w.T("feed.end")))))
	}
	return l
}

// savedRow is a saved post as it was when it was saved: what was changed since stands beside it.
func (c canvas) savedRow(i *state.SavedItem) *ui.Row {
	p := i.Post.Post
	return &ui.Row{Post: markup.Row{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}, Open: c.App.Opened(p.Key), Kept: i.Mark,
		Place: markup.Place{Selected: c.selected != "" && c.selected == c.Links.Post(p)}}}
}

// savedHead is how many there are, and what narrows them down: words, the reader's tags.
func (c canvas) savedHead(m *state.SavedModel) []markup.Node {
	w := c.Words
	before, after, _ := strings.Cut(w.N("saved.count", len(m.Keys), "\x00"), "\x00")
	count := el("p", at{"class", "quiet", "role", "status"}, text(before), el("b", at{"data-part", "count"}, text(strconv.Itoa(len(m.Keys)))), text(after))
	label := w.T("saved.find")
	if m.Name != "" {
		label = w.T("saved.archive.find")
	}
	form := el("form", at{"class", "named", "data-action", "saved-find", "role", "search"},
		el("label", at{"for", "saved-words"}, text(label)),
		el("div", at{"class", "row-b"},
			el("input", at{"class", "field", "id", "saved-words", "name", "words", "type", "search", "autocomplete", "off", "value", m.Query}),
			el("button", at{"class", "b", "type", "submit"}, text(w.T("saved.find.do")))))
	section := c.section(form, count)
	if m.Filtered() {
		section.Children = append(section.Children, el("div", at{"class", "row-b"}, el("button", at{"class", "b plain", "type", "button", "data-action", "saved-all"}, text(w.T("saved.all")))))
	}
	if c.App.Built(route.Search) && m.Query != "" && m.Name == "" {
		there := route.Route{View: route.Search, Query: "is:saved " + m.Query}
		section.Children = append(section.Children, el("a", at{"class", "b plain", "href", there.String()}, text(w.T("saved.search"))))
	}
	if len(m.Tags) == 0 {
		return []markup.Node{section}
	}
	chips := make([]markup.Node, 0, len(m.Tags))
	for _, t := range m.Tags {
		on := pickedTag(m, t.Name)
		chips = append(chips, el("li", nil, el("button", at{"class", "chip", "type", "button", "data-action", "saved-tag", "data-key", t.Name, "aria-pressed", strconv.FormatBool(on), "aria-current", when(on, "true")},
			el("bdi", nil, markup.Text(t.Name)), text(" "), el("span", at{"class", "quiet"}, text(w.Number(t.Posts))))))
	}
	return []markup.Node{section, el("nav", at{"aria-label", w.T("saved.tags")}, el("ul", at{"class", "chips"}, chips...))}
}

func pickedTag(m *state.SavedModel, name string) bool {
	for _, t := range m.Picked {
		if t == name {
			return true
		}
	}
	return false
}

// savedMenu edits the tags and the note of a saved post.
func savedMenu(s *state.App) markup.Node {
	d := el("dialog", at{"id", state.SavedDialog, "class", "menu", "aria-labelledby", "saved-title"})
	m := s.SavedMenu
	if m == nil {
		return d
	}
	w := s.Words
	used := make([]string, 0, len(m.Used))
	for _, t := range m.Used[:min(len(m.Used), 12)] {
		used = append(used, t.Name)
	}
	d.Children = []markup.Node{
		el("h2", at{"id", "saved-title"}, text(w.T("saved.edit"))),
		el("form", at{"class", "build", "data-action", "saved-label", "data-key", string(m.Key)},
			el("label", at{"for", "saved-tags"}, text(w.T("saved.tags"))),
			el("input", at{"class", "field", "id", "saved-tags", "name", "tags", "type", "text", "autocomplete", "off", "aria-describedby", "saved-about", "value", strings.Join(m.Tags, ", ")}),
			el("p", at{"class", "quiet", "id", "saved-about"}, text(w.T("saved.tags.text"))),
			usedTags(s, used),
			el("label", at{"for", "saved-note"}, text(w.T("saved.note"))),
			el("textarea", at{"class", "field", "id", "saved-note", "name", "note", "dir", "auto"}, markup.Text(m.Note)),
			el("div", at{"class", "row-b"},
				el("button", at{"class", "b main", "type", "submit"}, text(w.T("saved.keep"))),
				el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", state.SavedDialog}, text(w.T("viewer.close"))))),
	}
	return d
}

// usedTags names the tags that other posts have.
func usedTags(s *state.App, names []string) markup.Node {
	if len(names) == 0 {
		return markup.Node{}
	}
	return el("p", at{"class", "quiet"}, text(s.Words.T("saved.tags.used")+" "), el("bdi", nil, markup.Text(strings.Join(names, ", "))))
}

// savedNotes say what became of what was saved or was to be saved.
func (c canvas) savedNotes(m *state.SavedModel) (notes []markup.Node) {
	w := c.Words
	say := func(title, words, action string) {
		note := c.plainNote("warn", title, words)
		note.Children = append(note.Children, el("div", at{"class", "row-b"}, el("button", at{"class", "b", "type", "button", "data-action", action}, text(w.T("do.dismiss")))))
		notes = append(notes, c.section(note))
	}
	if c.App.SavedWiped {
		say(w.T("saved.wiped"), w.T("saved.wiped.text"), "saved-wiped")
	}
	if m.Lost > 0 {
		say(w.N("saved.links.lost", m.Lost), w.T("saved.links.lost.text"), "archive-seen")
	}
	return notes
}
