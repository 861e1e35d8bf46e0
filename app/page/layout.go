package page

import (
	"vitrine/app/markup"
	"vitrine/app/ui"
)

// Layout is a view, ready to be drawn.
type Layout struct {
	Title string // of the document and, where no head says it, of the page
	Parts []Part // what stands in main, in order
	Side  []markup.Node
	// SideLabel names the side column for people who can't see it.
	SideLabel string
	Wide      bool // no side column: sheet and side together
}

// Part is a piece of main: some nodes, or a list of posts.
type Part struct {
	Nodes []markup.Node
	List  *ui.List
}

// piece is a part as a piece of the page.
func (p Part) piece(key string) ui.Piece {
	if p.List != nil {
		return ui.Piece{List: p.List}
	}
	return ui.Piece{Key: key, Node: el("div", at{"class", "part"}, p.Nodes...)}
}

func nodes(n ...markup.Node) Part { return Part{Nodes: n} }

// lists are the lists of posts in main.
func (l Layout) lists() []*ui.List {
	var all []*ui.List
	for _, p := range l.Parts {
		if p.List != nil {
			all = append(all, p.List)
		}
	}
	return all
}

// frame is the class of what holds navigation, sheet and side.
func (l Layout) frame() string {
	if l.Wide {
		return "frame wide"
	}
	return "frame"
}

// side is the column beside the sheet, where there is one.
func (l Layout) side() (markup.Node, bool) {
	if l.Wide || len(l.Side) == 0 {
		return markup.Node{}, false
	}
	return el("aside", at{"class", "side", "aria-label", l.SideLabel}, l.Side...), true
}
