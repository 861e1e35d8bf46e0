package page

import (
	"strconv"

	"vitrine/app/document"
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/words"
	"vitrine/feeds"
)

// fileButton offers to save the posts of the view as a file, where there are some.
func (c canvas) fileButton(class string) markup.Node {
	if !c.App.CanSaveFile(c.visit.Model) {
		return markup.Node{}
	}
	return el("button", at{"class", class, "type", "button", "data-action", "save-file"}, c.icon("text"), hidden(c.Words.T("carry.open")))
}

// formatButtons save as a file, each in a format.
func formatButtons(s *state.App) markup.Node {
	row := el("div", at{"class", "row-b"})
	for _, f := range document.Formats() {
		label := "JSON Feed" // what it is called everywhere
		if f != document.JSONFeed {
			label = s.Words.T("carry." + string(f))
		}
		row.Children = append(row.Children, el("button", at{"class", "b", "type", "button", "data-action", "export", "data-format", string(f)}, icon(s, "keep", "i s"), text(label)))
	}
	return row
}

// fileMenu saves the posts of a view as a file.
func fileMenu(s *state.App) markup.Node {
	d := el("dialog", at{"id", state.FileDialog, "class", "menu", "aria-labelledby", "file-title"})
	m := s.FileMenu
	if m == nil {
		if v := s.Shown(); v != nil && s.CanSaveFile(v.Model) { // scripts press them: what is loaded is saved at once
			d.Children = []markup.Node{formatButtons(s)}
		}
		return d
	}
	w := s.Words
	kids := []markup.Node{el("h2", at{"id", "file-title"}, text(w.T("carry.open"))), el("p", at{"class", "quiet", "dir", "auto"}, markup.Text(m.Title))}
	close := "viewer.close"
	switch {
	case m.Running:
		kids = append(kids, fileProgress(s, m))
		close = "following.import.cancel"
	case m.Over:
		kids = append(kids, fileResult(s, m)...)
	default:
		kids = append(kids, el("p", at{"class", "quiet"}, text(w.T("carry.text"))), fileChoices(s, m))
		kids = append(kids, formatButtons(s))
	}
	d.Children = append(kids, el("button", at{"class", "b", "type", "button", "data-action", "close", "data-part", state.FileDialog}, text(w.T(close))))
	return d
}

// fileChoices are how much of the list is saved, and with which pictures.
func fileChoices(s *state.App, m *state.FileMenu) markup.Node {
	w := s.Words
	choice := func(name, label, chosen string, options ...[2]string) []markup.Node {
		items := make([]markup.Node, 0, len(options))
		for _, o := range options {
			items = append(items, el("option", at{"value", o[0], "selected", when(o[0] == chosen, "")}, text(o[1])))
		}
		return []markup.Node{el("label", at{"for", name}, text(label)), el("select", at{"class", "field", "id", name, "name", name, "data-action", "set"}, items...)}
	}
	var kids []markup.Node
	if m.More {
		var amounts [][2]string
		for _, much := range state.FileAmounts() {
			posts, days := state.Amount(much)
			label := w.N("carry.loaded", m.Loaded)
			switch {
			case days > 0:
				label = w.N("carry.days", days)
			case posts > 0 && posts <= m.Loaded:
				continue
			case posts > 0:
				label = w.N("count.posts", posts)
			}
			amounts = append(amounts, [2]string{much, label})
		}
		kids = append(kids, choice("file-much", w.T("carry.much"), m.Much, amounts...)...)
	}
	kids = append(kids, choice("file-pictures", w.T("carry.pictures"), string(m.Pictures),
		[2]string{string(document.None), w.T("carry.none")}, [2]string{string(document.Small), w.T("carry.small")}, [2]string{string(document.Full), w.T("carry.full")})...)
	said := w.T("carry.size", w.Bytes(m.Size))
	if !m.More {
		said = w.N("count.posts", m.Loaded) + w.T("list.comma") + said
	}
	return el("div", at{"class", "build"}, append(kids, el("p", at{"class", "quiet", "role", "status"}, text(said)))...)
}

func fileProgress(s *state.App, m *state.FileMenu) markup.Node {
	w := s.Words
	said, done, total := w.T("carry.writing", w.Number(m.Done), w.Number(m.Total)), m.Done, m.Total
	if m.Reading {
		said, done = w.T("carry.reading", w.Number(m.Read)), m.Read
		total, _ = state.Amount(m.Much)
	}
	meter := el("progress", at{"class", "meter", "value", strconv.Itoa(min(done, max(total, 1))), "max", strconv.Itoa(max(total, 1)), "aria-label", said})
	if total == 0 { // nobody knows how many there will be
		meter = el("progress", at{"class", "meter", "aria-label", said})
	}
	return el("p", at{"class", "quiet"}, meter, text(" "+said))
}

// fileResult says what is in the file, and what isn't.
func fileResult(s *state.App, m *state.FileMenu) []markup.Node {
	w := s.Words
	line := func(kids []markup.Node, words string) []markup.Node {
		return append(kids, el("p", at{"class", "quiet"}, text(words)))
	}
	problem := func(err *feeds.Error) string {
		return w.Problem(err, words.Problems{Now: s.Drawing("").Now}).Title
	}
	if m.Err != nil {
		title := problem(m.Err)
		if m.Err.Kind == feeds.Internal { // the disk is full, or nothing may be written
			title = ""
		}
		note := el("div", at{"class", "note plain", "role", "alert", "data-kind", string(m.Err.Kind)}, icon(s, "warn", "i"), el("strong", nil, text(w.T("carry.failed"))))
		if title != "" {
			note.Children = append(note.Children, el("p", at{"class", "prose"}, text(title)))
		}
		return []markup.Node{note}
	}
	said := w.T("carry.done", w.N("count.posts", m.Report.Posts), w.Bytes(m.Report.Bytes))
	if m.Empty {
		said = w.T("carry.empty")
	}
	kids := []markup.Node{el("p", at{"role", "status", "data-part", "file"}, text(said))}
	if m.Report.LeftOut > 0 {
		kids = line(kids, w.N("file.left", m.Report.LeftOut))
	}
	if m.Report.Lost > 0 {
		kids = line(kids, w.N("file.lost", m.Report.Lost))
	}
	if m.Older != nil {
		kids = line(kids, w.T("carry.older", problem(m.Older)))
	}
	return kids
}
