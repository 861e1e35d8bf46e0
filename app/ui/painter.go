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
}

// memory is what a painter knows of a keyed piece or row.
type memory struct {
	sum     uint64
	row     Row // of a row: what it was drawn from,
	drawing *markup.Drawing
	round   int // when it was drawn last
}

// NewPainter makes a painter of an empty page. Of posts a message draws at most so many anew: a long list comes in several, so that none
// of them holds up the reader.
func NewPainter(most int) *Painter {
	return &Painter{seed: maphash.MakeSeed(), known: map[string]*memory{}, most: most}
}

// Paint writes the message that draws a page: {"t": its pieces, "gone": the keys of those that it doesn't have any more}. An element is
// written as markup.AppendJSON does; a keyed piece is {"k": its key, "t": its element}, and without "t" as it was;
// a chunk of rows also has "c", its name in events, and "h", its height while not all of its rows are drawn, else 0. It isn't the whole page while
// rows are left for the next message: they aren't there yet, or stand there as they were.
func (p *Painter) Paint(pieces []Piece) (message []byte, whole bool) {
	p.round++
	p.left = p.most
	b := []byte(`{"t":[`)
	for i, x := range pieces {
		if i > 0 {
			b = append(b, ',')
		}
		b, _ = p.piece(b, x)
	}
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
	return append(b, "]}"...), p.left >= 0
}

// InOne reports that one message draws all rows of lists.
func (p *Painter) InOne(lists []*List) bool {
	left := p.most
	for _, l := range lists {
		for i := range l.chunks() {
			rows, height := l.chunk(i)
			if height > 0 {
				continue
			}
			left -= p.news(l, i, rows)
		}
	}
	return left >= 0
}

// news is how many rows of a chunk aren't drawn as they are.
func (p *Painter) news(l *List, chunk int, rows []Row) int {
	n := 0
	for j, r := range rows {
		if r.Node == nil && !p.known[l.key(rowKey(r, chunk*l.Size+j))].is(l.Drawing, r) {
			n++
		}
	}
	return n
}

// piece writes a piece, and reports that something in it is new.
func (p *Painter) piece(b []byte, x Piece) (out []byte, news bool) {
	if x.List != nil {
		return p.list(b, x.List)
	}
	return p.keyed(b, x.Key, "", func(b []byte, h *maphash.Hash) ([]byte, bool) {
		news := false
		start := len(b)
		b = markup.OpenJSON(b, x.Node.Tag, x.Node.Attrs)
		for _, c := range x.Node.Children {
			b = markup.AppendJSON(append(b, ','), c)
		}
		h.Write(b[start:])
		for _, c := range x.Pieces {
			h.WriteString(c.Key + "\n")
			var changed bool
			b, changed = p.piece(append(b, ','), c)
			news = news || changed
		}
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
func rowKey(r Row, at int) string {
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
func (p *Painter) waits(key string, d *markup.Drawing, r Row) bool {
	m := p.known[key]
	if r.Node != nil || m.is(d, r) {
		return false
	}
	p.left--
	return m == nil && p.left < 0
}

// is reports that a row was drawn from the same post in the same way.
func (m *memory) is(d *markup.Drawing, r Row) bool { return m != nil && m.drawing == d && m.row == r }

// row writes a row. One that is as it was isn't looked at any further, nor is one that is left for the next message.
func (p *Painter) row(b []byte, key string, d *markup.Drawing, r Row) (out []byte, news bool) {
	if m := p.known[key]; m.is(d, r) || m != nil && p.left < 0 && r.Node == nil {
		m.round = p.round
		return append(markup.AppendJSON(append(b, `{"k":`...), markup.Text(key)), '}'), false
	}
	b, news = p.keyed(b, key, "", func(b []byte, h *maphash.Hash) ([]byte, bool) {
		start := len(b)
		b = markup.AppendJSON(b, r.node(d))
		h.Write(b[start:])
		return b, false
	})
	m := p.known[key]
	m.row, m.drawing = r, d
	return b, news
}
