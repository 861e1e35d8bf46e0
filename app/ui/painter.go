package ui

import (
	"hash/maphash"
	"strconv"
	"time"

	"vitrine/app/markup"
)

// Painter remembers what was drawn.
type Painter struct {
	seed  maphash.Seed
	known map[string]*memory // by key
	round int                // of Paint
	most  int                // posts that a message draws anew
	left  int                // how many this round still may; below zero, there were more
	made  int                // how many pieces of makers this round still may draw anew; below zero, there were more
}

// memory is what a painter knows of a keyed piece or row.
type memory struct {
	sum     uint64
	row     Row // of a row: what it was drawn from,
	drawing *markup.Drawing
	maker   Maker
	round   int // when it was drawn last
}

// madeForPost is how many pieces of makers take as long as a post.
const madeForPost = 12

// NewPainter makes a painter of an empty page. Of posts a message draws at most so many anew, and as many pieces of makers as take that long: a
// long list comes in several, so that none of them holds up the reader.
func NewPainter(most int) *Painter {
	return &Painter{seed: maphash.MakeSeed(), known: map[string]*memory{}, most: most}
}

// Paint writes the message that draws a page: {"t": its pieces, "gone": the keys of those that it doesn't have any more}. An element is
// written as markup.AppendJSON does; a keyed piece is {"k": its key, "t": its element}, and without "t" as it was;
// a chunk of rows also has "c", its name in events, and "h", its height while not all of its rows are drawn, else 0. It isn't the whole page while
// rows or pieces of makers are left for the next message: they aren't there yet, or stand there as they were.
func (p *Painter) Paint(pieces []Piece) (message []byte, whole bool) {
	p.round++
	p.left, p.made = p.most, p.most*madeForPost
	b := []byte(`{"t":[`)
	b, _ = p.pieces(b, pieces, &maphash.Hash{})
	b = append(b, `],"gone":[`...)
	first := true
	for key, m := range p.known {
		if m.round == p.round {
			continue
		}
		delete(p.known, key)
		if !first {
			b = append(b, ',')
		}
		first = false
		b = markup.AppendJSON(b, markup.Text(key))
	}
	return append(b, "]}"...), p.left >= 0 && p.made >= 0
}

// InOne reports that one message draws all that is new in pieces.
func (p *Painter) InOne(pieces []Piece) bool {
	posts, made := p.newIn(pieces)
	return posts <= p.most && made <= p.most*madeForPost
}

// newIn is how many posts and pieces of makers aren't drawn as they are.
func (p *Painter) newIn(pieces []Piece) (posts, made int) {
	for _, x := range pieces {
		switch l := x.List; {
		case l != nil:
			for i := range l.chunks() {
				if rows, height := l.chunk(i); height == 0 {
					posts += p.news(l, i, rows)
				}
			}
		case x.Maker != nil:
			if !p.known[x.Key].by(x.Maker) {
				made++
			}
		default:
			inPosts, inMade := p.newIn(x.Pieces)
			posts, made = posts+inPosts, made+inMade
		}
	}
	return posts, made
}

// news is how many rows of a chunk aren't drawn as they are.
func (p *Painter) news(l *List, chunk int, rows []*Row) int {
	n := 0
	for j, r := range rows {
		if r.Node == nil && !p.known[l.key(rowKey(r, chunk*l.Size+j))].is(l.Drawing, r) {
			n++
		}
	}
	return n
}

// pieces writes pieces behind one another, without those that are left for the next message and aren't on the page yet. It adds their keys to h.
func (p *Painter) pieces(b []byte, pieces []Piece, h *maphash.Hash) (out []byte, news bool) {
	first := len(b)
	for _, x := range pieces {
		if p.lacks(x) {
			continue
		}
		h.WriteString(x.Key + "\n")
		var changed bool
		if len(b) > first || b[first-1] != '[' {
			b = append(b, ',')
		}
		b, changed = p.piece(b, x)
		news = news || changed
	}
	return b, news
}

// piece writes a piece, and reports that something in it is new.
func (p *Painter) piece(b []byte, x Piece) (out []byte, news bool) {
	switch {
	case x.List != nil:
		return p.list(b, x.List)
	case x.Maker != nil:
		return p.make(b, x.Key, x.Maker)
	}
	return p.keyed(b, x.Key, "", func(b []byte, h *maphash.Hash) ([]byte, bool) {
		start := len(b)
		b = markup.OpenJSON(b, x.Node.Tag, x.Node.Attrs)
		for _, c := range x.Node.Children {
			b = markup.AppendJSON(append(b, ','), c)
		}
		h.Write(b[start:])
		b, news := p.pieces(b, x.Pieces, h)
		return append(b, ']'), news
	})
}

// keyed writes what draw writes, under a key if there is one; by its key alone if it is as it was. draw adds to h what tells one state
// from another, but for what it reports as news. more are further members, ",name:value".
func (p *Painter) keyed(b []byte, key, more string, draw func([]byte, *maphash.Hash) ([]byte, bool)) (out []byte, news bool) {
	var h maphash.Hash
	h.SetSeed(p.seed)
	if key == "" {
		return draw(b, &h)
	}
	b = markup.AppendJSON(append(b, `{"k":`...), markup.Text(key))
	short := len(b)
	h.WriteString(more)
	b, news = draw(append(append(b, more...), `,"t":`...), &h)
	m := p.known[key]
	if m == nil {
		m = &memory{}
		p.known[key] = m
		news = true
	}
	m.round = p.round
	if sum := h.Sum64(); sum != m.sum {
		m.sum, news = sum, true
	}
	if !news {
		b = b[:short]
	}
	return append(b, '}'), news
}

func (p *Painter) list(b []byte, l *List) (out []byte, news bool) {
	return p.keyed(b, l.key("list"), "", func(b []byte, h *maphash.Hash) ([]byte, bool) {
		news := false
		box := l.box()
		start := len(b)
		b = markup.OpenJSON(b, box.Tag, box.Attrs)
		h.Write(b[start:])
		h.WriteString(strconv.Itoa(l.chunks()))
		for i := range l.chunks() {
			var changed bool
			b, changed = p.chunk(append(b, ','), l, i)
			news = news || changed
		}
		return append(b, ']'), news
	})
}

func (p *Painter) chunk(b []byte, l *List, i int) (out []byte, news bool) {
	rows, height := l.chunk(i)
	name := l.ID + ":" + strconv.Itoa(i)
	held := height // a chunk that comes in several messages keeps the height it had
	if height == 0 && i < len(l.Last) && p.news(l, i, rows) > max(p.left, 0) {
		held = l.Last[i]
	}
	return p.keyed(b, l.key(name), `,"c":"`+name+`","h":`+strconv.Itoa(held), func(b []byte, h *maphash.Hash) ([]byte, bool) {
		news := false
		b = markup.OpenJSON(b, "div", markup.At("class", "chunk"))
		if height > 0 {
			return append(b, ']'), false
		}
		for j, r := range rows {
			key := l.key(rowKey(r, i*l.Size+j))
			if p.waits(key, l.Drawing, r) {
				continue
			}
			h.WriteString(key + "\n")
			var changed bool
			b, changed = p.row(append(b, ','), key, l.Drawing, r)
			news = news || changed
		}
		return append(b, ']'), news
	})
}

// rowKey names a row in its list: a post by its key, a boost also by who boosted it and when; anything else by its place. Ids at a host
// aren't part of it: what was stored may lack them, and the answer that brings them doesn't make another row.
func rowKey(r *Row, at int) string {
	if r.Node != nil {
		return strconv.Itoa(at)
	}
	key, e := string(r.Post.Post.Key), r.Post.Entry
	if e.BoostedBy != nil {
		key += " " + e.BoostedBy.User + "@" + e.BoostedBy.Domain + " " + e.At.Format(time.RFC3339Nano)
	}
	return key
}

// waits reports that a row is left for the next message, and isn't on the page yet.
func (p *Painter) waits(key string, d *markup.Drawing, r *Row) bool {
	m := p.known[key]
	if r.Node != nil || m.is(d, r) {
		return false
	}
	p.left--
	return m == nil && p.left < 0
}

// is reports that a row was drawn from the same post in the same way.
func (m *memory) is(d *markup.Drawing, r *Row) bool { return m != nil && m.drawing == d && m.row == *r }

// row writes a row. One that is as it was isn't looked at any further, nor is one that is left for the next message.
func (p *Painter) row(b []byte, key string, d *markup.Drawing, r *Row) (out []byte, news bool) {
	if m := p.known[key]; m.is(d, r) || m != nil && p.left < 0 && r.Node == nil {
		return p.same(b, key, m), false
	}
	b, news = p.keyed(b, key, "", func(b []byte, h *maphash.Hash) ([]byte, bool) {
		return appendNode(b, r.node(d), h), false
	})
	m := p.known[key]
	m.row, m.drawing = *r, d
	return b, news
}

// same writes what stands as it was, by its key alone.
func (p *Painter) same(b []byte, key string, m *memory) []byte {
	m.round = p.round
	return append(markup.AppendJSON(append(b, `{"k":`...), markup.Text(key)), '}')
}

// appendNode writes an element, and adds it to h.
func appendNode(b []byte, n markup.Node, h *maphash.Hash) []byte {
	start := len(b)
	b = markup.AppendJSON(b, n)
	h.Write(b[start:])
	return b
}

// lacks reports that a piece of a maker is left for the next message, and isn't on the page yet.
func (p *Painter) lacks(x Piece) bool {
	m := p.known[x.Key]
	if x.Maker == nil || m.by(x.Maker) {
		return false
	}
	p.made--
	return m == nil && p.made < 0
}

// by reports that a piece was made by an equal maker.
func (m *memory) by(maker Maker) bool { return m != nil && m.maker == maker }

// make writes what a maker makes. It treats the piece as row treats a row.
func (p *Painter) make(b []byte, key string, by Maker) (out []byte, news bool) {
	if m := p.known[key]; m.by(by) || m != nil && p.made < 0 {
		return p.same(b, key, m), false
	}
	b, news = p.keyed(b, key, "", func(b []byte, h *maphash.Hash) ([]byte, bool) { return appendNode(b, by.Make(), h), false })
	p.known[key].maker = by
	return b, news
}
