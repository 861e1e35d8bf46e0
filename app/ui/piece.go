package ui

import (
	"slices"
	"strconv"

	"vitrine/app/markup"
)

// Piece is an element of a page.
type Piece struct {
	// Key names it on the page, "" where its place among its siblings is name enough. Keys are unique on a page.
	Key string
	// Node is the element with its first children.
	Node markup.Node
	// Pieces are the next children.
	Pieces []Piece
	// Maker makes the element in place of all of that. The piece has a key.
	Maker Maker
	// List is drawn in place of all of that.
	List *List
}

// Maker makes an element from what it holds, and from nothing else: what an equal one has made isn't made again. Makers are compared with ==.
type Maker interface{ Make() markup.Node }

// List is rows of posts.
type List struct {
	Drawing *markup.Drawing
	Visit   string // names the view that it stands in, so that lists of other views are others
	ID      string // names it in its view, and its chunks in events: letters
	Class   string
	Feed    bool // it is a feed in time order, not a plain list
	Label   string
	Busy    bool
	Size    int    // rows a chunk
	Rows    []*Row // nil for one that isn't drawn
	Heights []int  // by chunk: pixels of one that isn't drawn; 0 or missing: it is
	Last    []int  // by chunk: pixels that one had when it was last seen; it isn't drawn while posts of it are missing
}

// Row is one row of a list: a post, or when Node is set something else (a gap, a hole). A row with neither, or none, has its post read again.
type Row struct {
	Post markup.Row
	Node *markup.Node
}

// box is the list's element without its rows.
func (l *List) box() markup.Node {
	attrs := markup.At("aria-label", l.Label).Filled("class", l.Class)
	if !l.Feed {
		return markup.El("div", append(attrs, markup.At("role", "group")...))
	}
	return markup.El("div", append(attrs, markup.At("role", "feed", "aria-busy", strconv.FormatBool(l.Busy || l.away()))...))
}

// away reports that no row is drawn, since all are far from the screen: a feed without articles is one that is being filled (WAI-ARIA, feed).
func (l *List) away() bool {
	for i := range l.chunks() {
		if _, height := l.chunk(i); height == 0 {
			return false
		}
	}
	return l.chunks() > 0
}

// key names something of the list on the page.
func (l *List) key(name string) string { return l.Visit + " " + l.ID + " " + name }

// chunks is how many chunks the rows are in.
func (l *List) chunks() int { return (len(l.Rows) + l.Size - 1) / l.Size }

// chunk returns the rows of a chunk, and how high it is if they aren't drawn.
func (l *List) chunk(i int) (rows []*Row, height int) {
	if i < len(l.Heights) {
		height = l.Heights[i]
	}
	rows = l.Rows[i*l.Size : min((i+1)*l.Size, len(l.Rows))]
	if height == 0 && slices.ContainsFunc(rows, (*Row).missing) {
		height = len(rows) * guessedHeight
		if i < len(l.Last) && l.Last[i] > 0 {
			height = l.Last[i]
		}
	}
	return rows, height
}

// guessedHeight is how many pixels a row has that was never seen.
const guessedHeight = 200

// missing reports a row that can't be drawn: its post is being read again.
func (r *Row) missing() bool { return r == nil || r.Node == nil && r.Post.Post == nil }

// node draws a row.
func (r *Row) node(d *markup.Drawing) markup.Node {
	if r.Node != nil {
		return *r.Node
	}
	return markup.Article(d, r.Post)
}

// Tree is a piece as one tree, with the first rows of each list and nothing opened: a front.
func (p Piece) Tree(rows int) markup.Node {
	if l := p.List; l != nil {
		box, chunk := l.box(), markup.El("div", markup.At("class", "chunk"))
		for _, r := range l.Rows[:min(len(l.Rows), rows)] {
			if r.missing() {
				break
			}
			closed := *r
			closed.Post.Open = markup.Opened{Saved: r.Post.Open.Saved}
			chunk.Children = append(chunk.Children, closed.node(l.Drawing))
		}
		box.Children = []markup.Node{chunk}
		return box
	}
	if p.Maker != nil {
		return p.Maker.Make()
	}
	n := p.Node
	n.Children = append([]markup.Node{}, n.Children...)
	for _, c := range p.Pieces {
		n.Children = append(n.Children, c.Tree(rows))
	}
	return n
}
