package reader

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/feeds"
)

// MissingPost is a post that should stand in a thread and couldn't be read.
type MissingPost struct {
	ID   string     // its id at the host asked; "" when only its author is known
	Kind feeds.Kind // why; "" when nobody said
}

// Reply is a row below the focused post: a post or a hole, at its depth.
type Reply struct {
	Post    *feeds.Post // nil for a hole
	Hole    *MissingPost
	Depth   int         // 0 answers the focused post or the author's chain
	Chain   int         // the post's number in the author's own chain, from 1; 0 outside of it
	Parent  *feeds.Post // what it answers; nil when that is missing
	Missing bool        // what it answers is missing here
}

// Tree is a conversation as it is shown. It is immutable.
type Tree struct {
	Focus     *feeds.Post
	Above     []*feeds.Post // oldest first, each answered by the next
	AboveHole *MissingPost  // what the first of them answers and is missing; nil when nothing is
	Replies   []Reply       // the author's chain first, then conversations by time, depth first
	ChainSize int           // posts of the author's chain, Above and Focus included; 0 or 1: there is no chain
	FocusPart int           // the focused post's number in it
	Shown     int           // posts among Replies
}

// Posts returns all posts of the conversation, from its beginning.
func (t *Tree) Posts() []*feeds.Post {
	posts := make([]*feeds.Post, 0, len(t.Above)+1+len(t.Replies))
	posts = append(append(posts, t.Above...), t.Focus)
	for _, r := range t.Replies {
		if r.Post != nil {
			posts = append(posts, r.Post)
		}
	}
	return posts
}

// BuildTree orders a post and what a server told of its surroundings. Servers send both lists flat, in any order and with
// holes (Pleroma sends the whole conversation): only the parent's id decides.
func BuildTree(focus *feeds.Post, ancestors, descendants []*feeds.Post) *Tree {
	b := newBranches(focus, ancestors, descendants)
	t := &Tree{Focus: focus}
	t.Above, t.AboveHole = b.climb()
	before := ownBefore(focus, t.Above)
	chain := b.chain(focus)
	t.FocusPart, t.ChainSize = before+1, before+1+len(chain)
	for i, p := range chain {
		t.Replies = append(t.Replies, Reply{Post: p, Chain: before + 2 + i, Parent: focus})
	}
	roots := b.childrenOf(focus)
	for _, p := range chain {
		roots = append(roots, b.childrenOf(p)...)
	}
	slices.SortFunc(roots, byTime)
	for _, p := range roots {
		if !b.placed[p.Key] {
			t.Replies = b.walk(t.Replies, p, 0)
		}
	}
	t.Replies = b.orphans(t.Replies)
	for _, r := range t.Replies {
		if r.Post != nil {
			t.Shown++
		}
	}
	return t
}

// branches knows who answers whom, by the ids of the host that the focused post was read from.
type branches struct {
	focus    *feeds.Post
	byID     map[string]*feeds.Post
	children map[string][]*feeds.Post
	placed   map[feeds.Key]bool
	below    []*feeds.Post
}

func newBranches(focus *feeds.Post, lists ...[]*feeds.Post) *branches {
	b := &branches{focus: focus, byID: map[string]*feeds.Post{}, children: map[string][]*feeds.Post{}, placed: map[feeds.Key]bool{focus.Key: true}}
	b.byID[id(focus)] = focus
	for _, list := range lists {
		for _, p := range list {
			if p.Key == focus.Key || b.byID[id(p)] != nil {
				continue
			}
			b.byID[id(p)] = p
			b.children[parentID(p)] = append(b.children[parentID(p)], p)
		}
	}
	if len(lists) > 0 {
		b.below = lists[len(lists)-1]
	}
	return b
}

// id and parentID speak of the first sighting: one answer of one host.
func id(p *feeds.Post) string {
	if len(p.Sightings) == 0 {
		return string(p.Key)
	}
	return p.Sightings[0].ID
}

func parentID(p *feeds.Post) string {
	if len(p.Sightings) == 0 {
		return ""
	}
	return p.Sightings[0].ParentID
}

func byTime(a, b *feeds.Post) int {
	if c := a.Published.Compare(b.Published); c != 0 {
		return c
	}
	return strings.Compare(string(a.Key), string(b.Key))
}

// climb follows the parents of the focused post upwards.
func (b *branches) climb() (above []*feeds.Post, hole *MissingPost) {
	for p := b.focus; ; {
		parent := parentID(p)
		next := b.byID[parent]
		switch {
		case parent == "" && p.ReplyTo != nil:
			hole = &MissingPost{}
		case parent != "" && next == nil:
			hole = &MissingPost{ID: parent}
		}
		if next == nil || b.placed[next.Key] {
			slices.Reverse(above)
			return above, hole
		}
		b.placed[next.Key] = true
		above = append(above, next)
		p = next
	}
}

// ownBefore counts the posts right above focus that its author wrote as one chain.
func ownBefore(focus *feeds.Post, above []*feeds.Post) int {
	n := 0
	for i := len(above) - 1; i >= 0 && sameAuthor(above[i], focus); i-- {
		n++
	}
	return n
}

// chain follows the author's answers to themself below p, the earliest each time.
func (b *branches) chain(p *feeds.Post) []*feeds.Post {
	var chain []*feeds.Post
	for {
		i := slices.IndexFunc(b.childrenOf(p), func(c *feeds.Post) bool {
			return sameAuthor(c, b.focus) && c.ReplyTo != nil && !b.placed[c.Key] // a playlist's videos hang on it and answer nothing
		})
		if i < 0 {
			return chain
		}
		p = b.childrenOf(p)[i]
		b.placed[p.Key] = true
		chain = append(chain, p)
	}
}

// childrenOf returns the answers to p, oldest first.
func (b *branches) childrenOf(p *feeds.Post) []*feeds.Post {
	list := slices.Clone(b.children[id(p)])
	slices.SortFunc(list, byTime)
	return list
}

// walk adds p and all below it.
func (b *branches) walk(rows []Reply, p *feeds.Post, depth int) []Reply {
	if b.placed[p.Key] {
		return rows
	}
	b.placed[p.Key] = true
	rows = append(rows, Reply{Post: p, Depth: depth, Parent: b.byID[parentID(p)]})
	for _, c := range b.childrenOf(p) {
		rows = b.walk(rows, c, depth+1)
	}
	return rows
}

// orphans adds the descendants whose parent isn't there: a hole for each parent, its answers under it.
func (b *branches) orphans(rows []Reply) []Reply {
	var lost []*feeds.Post
	for _, p := range b.below {
		if !b.placed[p.Key] && b.byID[parentID(p)] == nil && !p.Published.Before(b.focus.Published) {
			lost = append(lost, p)
		}
	}
	slices.SortFunc(lost, func(p, q *feeds.Post) int {
		return cmp.Or(strings.Compare(parentID(p), parentID(q)), byTime(p, q))
	})
	for i, p := range lost {
		if i == 0 || parentID(lost[i-1]) != parentID(p) {
			rows = append(rows, Reply{Hole: &MissingPost{ID: parentID(p)}})
		}
		first := len(rows)
		rows = b.walk(rows, p, 1)
		if first < len(rows) {
			rows[first].Missing = true
		}
	}
	return rows
}

func sameAuthor(p, q *feeds.Post) bool {
	return p.Author != nil && q.Author != nil && p.Author.Handle() == q.Author.Handle()
}
