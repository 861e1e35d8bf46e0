package state

import (
	"sort"
	"strconv"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// ThreadOrder is how the replies of a conversation are ordered.
type ThreadOrder string

// The orders. In a tree each reply stands below what it replies to.
const (
	TreeOrder   ThreadOrder = ""
	OldestFirst ThreadOrder = "oldest"
	NewestFirst ThreadOrder = "newest"
)

// ThreadReply is a reply where it is shown.
type ThreadReply struct {
	reader.Reply
	Below  int           // how many replies stand below it; 0 by time
	Folded bool          // they are folded away
	Later  time.Duration // how much later it was written than what stands before it, where that is long; 0 otherwise
}

// farApart is how long after what stands before it a reply was written to have that said.
const farApart = 30 * 24 * time.Hour

// Replies are the rows below the post as they are shown.
func (m *ThreadModel) Replies() []ThreadReply {
	if m.rows == nil && m.Snapshot != nil && m.Snapshot.Tree != nil {
		m.rows = arrange(m.Snapshot.Tree, m.Order, m.folded)
	}
	return m.rows
}

// Orders reports that there are enough replies to order them.
func (m *ThreadModel) Orders() bool { return m.Snapshot.Tree.Shown > 2 }

// arrange puts replies in order, and leaves out what is folded away. The author's chain stays on top.
func arrange(t *reader.Tree, order ThreadOrder, folded map[feeds.Key]bool) []ThreadReply {
	rows := make([]ThreadReply, len(t.Replies))
	for i, r := range t.Replies {
		rows[i].Reply = r
	}
	if order == TreeOrder {
		countBelow(rows)
		rows = unfolded(rows, folded)
	} else {
		chain := 0
		for chain < len(rows) && rows[chain].Chain > 0 {
			chain++
		}
		for i := range rows[chain:] {
			rows[chain+i].Step = 0
		}
		sort.Stable(byTime{rows[chain:], order == NewestFirst})
	}
	for i := range rows {
		rows[i].Later = later(rows, i, t.Focus, order)
	}
	return rows
}

// later is how much later a reply was written than both what it replies to and what stands before it; by time, than the latter alone.
func later(rows []ThreadReply, i int, focus *feeds.Post, order ThreadOrder) time.Duration {
	p, before := rows[i].Post, focus
	if p == nil {
		return 0
	}
	if i > 0 {
		before = rows[i-1].Post
	}
	if before == nil {
		return 0
	}
	apart := p.Published.Sub(before.Published)
	switch up := rows[i].Parent; {
	case order == NewestFirst:
		if i == 0 {
			return 0
		}
		apart = -apart
	case order == TreeOrder && up != nil:
		apart = min(apart, p.Published.Sub(up.Published))
	}
	if apart < farApart {
		return 0
	}
	return apart
}

// byTime orders replies by time; posts that are missing have none and come last.
type byTime struct {
	rows   []ThreadReply
	newest bool
}

func (b byTime) Len() int      { return len(b.rows) }
func (b byTime) Swap(i, j int) { b.rows[i], b.rows[j] = b.rows[j], b.rows[i] }
func (b byTime) Less(i, j int) bool {
	p, q := b.rows[i].Post, b.rows[j].Post
	switch {
	case p == nil || q == nil:
		return p != nil && q == nil
	case b.newest:
		return feeds.EarlierPost(q, p) < 0
	}
	return feeds.EarlierPost(p, q) < 0
}

// countBelow counts the replies below each one.
func countBelow(rows []ThreadReply) {
	var open []int // rows that others may stand below, each deeper than the one before
	closed := func(step int) {
		for len(open) > 0 && rows[open[len(open)-1]].Step >= step {
			last := rows[open[len(open)-1]]
			if open = open[:len(open)-1]; len(open) > 0 {
				up := &rows[open[len(open)-1]]
				if up.Below += last.Below; last.Post != nil {
					up.Below++
				}
			}
		}
	}
	for i, r := range rows {
		if r.Chain > 0 {
			continue
		}
		closed(r.Step)
		open = append(open, i)
	}
	closed(0)
}

// unfolded are the rows without those below one that is folded.
func unfolded(rows []ThreadReply, folded map[feeds.Key]bool) []ThreadReply {
	if len(folded) == 0 {
		return rows
	}
	left := rows[:0]
	under := -1 // the step of a folded row; -1 outside of one
	for _, r := range rows {
		if under >= 0 && r.Chain == 0 && r.Step > under {
			continue
		}
		if under = -1; r.Post != nil && r.Below > 0 && folded[r.Post.Key] {
			r.Folded, under = true, r.Step
		}
		left = append(left, r)
	}
	return left
}

// fold folds the replies to one away, or shows them again.
func (m *ThreadModel) fold(key feeds.Key) {
	if m.folded == nil {
		m.folded = map[feeds.Key]bool{}
	}
	if m.rows = nil; m.folded[key] {
		delete(m.folded, key)
	} else {
		m.folded[key] = true
	}
}

// rowOf is the number of a reply's row, -1 for what isn't one.
func (m *ThreadModel) rowOf(key feeds.Key) int {
	for i, r := range m.Replies() {
		if r.Post != nil && r.Post.Key == key {
			return i
		}
	}
	return -1
}

// Replied reports that a post is among the replies.
func (m *ThreadModel) Replied(key feeds.Key) bool { return m.rowOf(key) >= 0 }

// key does what a key means for the reply that has the focus.
func (m *ThreadModel) key(name string) bool {
	switch name {
	case "u", "n", "w", "x":
	default:
		return false
	}
	at := -1
	if link := m.app.browser.FocusedLink(); link != "" {
		for i, r := range m.Replies() {
			if r.Post != nil && (route.Links{}).Post(r.Post) == link {
				at = i
				break
			}
		}
	}
	if name != "x" {
		m.step(at, name)
	} else if at >= 0 && m.Replies()[at].Below > 0 {
		m.fold(m.Replies()[at].Post.Key)
	}
	return true
}

// step goes from a row, -1 for none, to what it replies to, to the next one that isn't below it, or to the next new one.
func (m *ThreadModel) step(at int, where string) {
	rows := m.Replies()
	switch where {
	case "u", "to-parent":
		if at < 0 || rows[at].Parent == nil {
			return
		}
		up := rows[at].Parent
		m.jump(m.rowOf(up.Key), up)
	case "n", "to-sibling":
		for i := at + 1; i < len(rows); i++ {
			if rows[i].Post != nil && (at < 0 || rows[i].Step <= rows[at].Step) {
				m.jump(i, rows[i].Post)
				return
			}
		}
	case "w":
		for n := range rows {
			i := (at + 1 + n) % len(rows)
			if rows[i].Post != nil && rows[i].New {
				m.jump(i, rows[i].Post)
				return
			}
		}
	}
}

// belowBar is how many pixels below the top of the screen a post is put that was jumped to.
const belowBar = 80

// comesNear has a chunk of the replies drawn from now on.
func (m *ThreadModel) comesNear(chunk int) {
	if m.near == nil {
		m.near = map[int]bool{}
	}
	m.near[chunk] = true
}

// drawRow has the chunk drawn in which a row stands, however far it is from the screen.
func (m *ThreadModel) drawRow(row int) {
	if row -= m.Moved(); row >= 0 {
		m.app.listed(ReplyList).move(browser.ChunkMove{List: ReplyList, Chunk: row / ChunkSize, Near: true})
		m.comesNear(row / ChunkSize)
	}
}

// goesTo has a post drawn with what is around it, since the page is about to be scrolled there.
func (m *ThreadModel) goesTo(uri string) {
	for i, r := range m.Replies() {
		if r.Post != nil && markup.URI(r.Post) == uri {
			m.drawRow(i)
			m.drawRow(min(i+ChunkSize, len(m.Replies())-1))
			return
		}
	}
}

// jump goes to a post; row is its number among the replies, -1 for one above them. What is far from the screen is drawn first.
func (m *ThreadModel) jump(row int, p *feeds.Post) {
	uri := markup.URI(p)
	m.drawRow(row)
	m.app.afterDraw(func() {
		if m.app.shown.Model != m {
			m.app.browser.Bring("#aside article[data-uri=" + strconv.Quote(uri) + "]")
			return
		}
		m.app.browser.ScrollTo(browser.Position{Y: m.app.browser.ReadPosition().Y, URI: uri, Off: belowBar})
		m.app.browser.FocusOn("article[data-uri=" + strconv.Quote(uri) + "]")
	})
}
