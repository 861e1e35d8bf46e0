package page

import (
	"strconv"

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
	Waits     bool // it stands for a view that isn't there yet
}

// Part is a piece of main: some nodes, a list of posts, an element that is made of few things, or one with parts of its own.
type Part struct {
	Nodes []markup.Node
	List  *ui.List
	Maker ui.Maker
	Name  string       // of what Maker makes, among the parts that stand beside it
	Box   *markup.Node // with its first children
	In    []Part       // what stands in Box after these
}

// piece is a part as a piece of the page.
func (p Part) piece(key string) ui.Piece {
	if p.List != nil {
		return ui.Piece{List: p.List}
	}
	if p.Box != nil {
		box := ui.Piece{Key: key, Node: *p.Box}
		for i, in := range p.In {
			name := in.Name
			if name == "" {
				name = strconv.Itoa(i)
			}
			box.Pieces = append(box.Pieces, in.piece(key+"."+name))
		}
		return box
	}
	if p.Maker != nil {
		return ui.Piece{Key: key, Maker: p.Maker}
	}
	return ui.Piece{Key: key, Node: el("div", at{"class", "part"}, p.Nodes...)}
}

func nodes(n ...markup.Node) Part { return Part{Nodes: n} }

// pieces are the parts as pieces of the page, for the visit of a name. Nothing of a view that is waited for becomes a part of the view itself: what
// stays an element is moved, and that is seen.
func (l Layout) pieces(visit string) []ui.Piece {
	if l.Waits {
		visit += " waits"
	}
	all := make([]ui.Piece, 0, len(l.Parts))
	for i, p := range l.Parts {
		all = append(all, p.piece(visit+" "+strconv.Itoa(i)))
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
