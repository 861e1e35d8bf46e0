package page

import (
	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/app/ui"
)

// asideColumn is the thread that is shown at the side of a list, where there is one.
func asideColumn(s *state.App) (ui.Piece, bool) {
	shown := s.Shown()
	if shown == nil || shown.Aside == nil {
		return ui.Piece{}, false
	}
	v := shown.Aside
	c := canvas{App: s, visit: v, Drawing: s.Drawing(v.Model.Host())}
	column := ui.Piece{Key: v.ID, Node: el("aside", at{"id", "aside", "class", "side talk", "tabindex", "-1", "aria-labelledby", "aside-title"}, c.asideBar())}
	layout := Layout{Parts: []Part{nodes(placeholders(c.askingOf(v.Model.Host()), s.Words.T("thread.title"))...)}}
	switch m := v.Model.(type) {
	case *state.ThreadModel:
		if m.Ready() {
			layout = thread(c, m)
			layout.Parts[0].Nodes = layout.Parts[0].Nodes[1:] // the bar is the column's own
		}
	case *state.BlockedModel:
		layout = blocked(c, m)
		layout.Parts[0].Nodes = layout.Parts[0].Nodes[1:]
	}
	column.Pieces = layout.pieces(v.ID)
	return column, true
}

// asideBar is the head of the column at the side.
func (c canvas) asideBar() markup.Node {
	w := c.Words
	return el("header", at{"class", "bar"},
		el("h2", at{"id", "aside-title"}, text(w.T("thread.title"))),
		el("a", at{"class", "ib", "href", c.visit.Hash}, c.icon("open"), hidden(w.T("thread.alone"))),
		el("button", at{"class", "ib", "type", "button", "data-action", "leave-aside"}, c.icon("close"), hidden(w.T("viewer.close"))))
}
