package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/ui"
)

// frontRows is how many rows of each list a front holds: more than any screen shows.
const frontRows = 20

// front is the first screen of the open view as the loader will draw it: the same elements that Root draws, with the first rows
// of each list and nothing opened. "" when there is nothing that can be written.
func front(s *state.App) string {
	layout := view(s)
	sheet := el("main", at{"class", "sheet", "tabindex", "-1"})
	for _, p := range layout.Parts {
		if p.List != nil {
			sheet.Children = append(sheet.Children, frontList(p.List))
			continue
		}
		sheet.Children = append(sheet.Children, el("div", at{"class", "part"}, p.Nodes...))
	}
	sheet.Children = append(sheet.Children, siteLinks(s))
	tree := el("div", at{"class", layout.frame()}, navigation(s), sheet)
	if side, ok := layout.side(); ok {
		tree.Children = append(tree.Children, side)
	}
	data, err := markup.JSON(tree)
	if err != nil {
		return "" // a view without a front is slower, not worse
	}
	return string(data)
}

func frontList(l *ui.List) markup.Node {
	role := "group"
	if l.Feed {
		role = "feed"
	}
	chunk := el("div", at{"class", "chunk"})
	for _, r := range l.Rows[:min(len(l.Rows), frontRows)] {
		if r.Node != nil {
			chunk.Children = append(chunk.Children, *r.Node)
			continue
		}
		r.Post.Open = markup.Opened{}
		chunk.Children = append(chunk.Children, markup.Article(l.Drawing, r.Post))
	}
	attrs := at{"aria-label", l.Label, "role", role}
	if l.Class != "" {
		attrs = append(attrs, "class", l.Class)
	}
	return el("div", attrs, chunk)
}
