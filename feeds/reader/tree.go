package reader

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/conversation"
)

// MissingPost is a post that should stand in a thread and couldn't be read.
type MissingPost struct {
	Host string     // a server that names it; "" when none does
	ID   string     // its id there
	Kind feeds.Kind // why; "" when nobody said
}

// Ancestor is a row above the focused post: a post or a hole.
type Ancestor struct {
	Post *feeds.Post // nil for a hole
	Hole *MissingPost
}

// Reply is a row below the focused post: a post or a hole, at its depth.
type Reply struct {
	Post    *feeds.Post // nil for a hole
	Hole    *MissingPost
	Depth   int         // how many answers lead to it from the focused post: 1 for a direct one
	Step    int         // the same, counted from the focused post or the part of the author's chain above it, from 0: how far it is indented
	Chain   int         // the post's number in the author's own chain, from 1; 0 outside of it
	Answers int         // the number of the chain's part that it answers, where the chain goes on below the focused post; 0 otherwise
	Parent  *feeds.Post // what it answers; nil when that is missing, or when it answers nothing
	Missing bool        // what it answers is missing here
	New     bool        // it wasn't there when the conversation was read before
}

// Tree is a conversation as it is shown. It is immutable.
type Tree struct {
	Focus     *feeds.Post
	Above     []Ancestor // oldest first, each answered by the next; the last is answered by Focus
	Replies   []Reply    // the author's chain first, then conversations by time, depth first
	ChainSize int        // posts of the author's chain, Above and Focus included; 0 or 1: there is no chain
	FocusPart int        // the focused post's number in it
	Shown     int        // posts among Replies
}

// Posts returns all posts of the conversation, from its beginning.
func (t *Tree) Posts() []*feeds.Post {
	posts := make([]*feeds.Post, 0, len(t.Above)+1+len(t.Replies))
	for _, a := range t.Above {
		if a.Post != nil {
			posts = append(posts, a.Post)
		}
	}
	posts = append(posts, t.Focus)
	for _, r := range t.Replies {
		if r.Post != nil {
			posts = append(posts, r.Post)
		}
	}
	return posts
}

// BuildTree orders a post and what a server told of its surroundings. Servers send both lists flat, in any order and with
// holes (Pleroma sends the whole conversation): the parent's id decides. Only above a hole the server's word counts that a post is an
// ancestor.
func BuildTree(focus *feeds.Post, ancestors, descendants []*feeds.Post) *Tree {
	g := conversation.New(focus)
	g.First(firstHost(focus), ancestors, descendants)
	return treeOf(g)
}

func firstHost(p *feeds.Post) string {
	if len(p.Sightings) == 0 {
		return ""
	}
	return p.Sightings[0].Host
}

// treeOf orders what is known of a conversation.
func treeOf(g *conversation.Graph) *Tree {
	focus := g.Focus()
	b := &branches{focus: focus, Links: g.Links(), placed: map[feeds.Key]bool{focus.Key: true}}
	t := &Tree{Focus: focus, Above: b.climb(b.Above)}
	before := ownBefore(focus, t.Above)
	chain := append([]*feeds.Post{focus}, b.chain(focus)...)
	t.FocusPart, t.ChainSize = before+1, before+len(chain)
	for i, p := range chain[1:] {
		t.Replies = append(t.Replies, Reply{Post: p, Depth: i + 1, Chain: before + 2 + i, Parent: chain[i]})
	}
	var roots []*Reply // by pointers, which share one function that sorts
	for i, part := range chain {
		for _, p := range b.childrenOf(part) {
			root := &Reply{Post: p, Depth: i + 1, Parent: part}
			if len(chain) > 1 {
				root.Answers = before + 1 + i
			}
			roots = append(roots, root)
		}
	}
	slices.SortStableFunc(roots, func(x, y *Reply) int { return feeds.EarlierPost(x.Post, y.Post) })
	for _, r := range roots {
		t.Replies = b.walk(t.Replies, *r)
	}
	t.Replies = b.orphans(t.Replies)
	for _, r := range t.Replies {
		if r.Post != nil {
			t.Shown++
		}
	}
	return t
}

// branches gives each post its place.
type branches struct {
	*conversation.Links
	focus  *feeds.Post
	placed map[feeds.Key]bool
	over   map[feeds.Key]bool // what a server said to be above; nil until it is asked for

	courses map[feeds.Key]course // of posts that were followed
}

// hole is what a post answers and that isn't there.
func (b *branches) hole(p *feeds.Post) (*MissingPost, bool) {
	ref, why := b.Missing(p)
	return &MissingPost{Host: ref.Host, ID: ref.ID, Kind: why}, ref.ID != ""
}

// climb follows the parents of the focused post upwards, and goes on above each hole with what the server says is above.
func (b *branches) climb(ancestors []*feeds.Post) []Ancestor {
	var above []Ancestor
	for p := b.focus; ; {
		path := []*feeds.Post{b.Parent(p)}
		if path[0] == nil {
			hole, named := b.hole(p)
			if !named && p.ReplyTo == nil {
				break
			}
			above = append(above, Ancestor{Hole: hole})
			path = b.stem(ancestors)
		}
		if len(path) == 0 || b.placed[path[0].Key] {
			break
		}
		for _, next := range path {
			b.placed[next.Key] = true
			above = append(above, Ancestor{Post: next})
			p = next
		}
	}
	slices.Reverse(above)
	return above
}

// mostStems is how many ancestors are looked at for what must stand above a hole: those that a server told last. No known one tells more than 40.
const mostStems = 100

// stem returns what must stand above a hole, upwards: the latest of the ancestors that have no place yet, with what it answers. Where
// these branch, a server sent the whole conversation, and only what all branches share is above.
func (b *branches) stem(ancestors []*feeds.Post) []*feeds.Post {
	var lines [][]*feeds.Post // each of an ancestor and what it answers
	for _, p := range ancestors[max(0, len(ancestors)-mostStems):] {
		if line := b.line(p); line != nil {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	stem := slices.MaxFunc(lines, func(x, y []*feeds.Post) int { return feeds.EarlierPost(x[0], y[0]) })
	whole := stem
	for _, line := range lines {
		if slices.Contains(whole, line[0]) {
			continue
		}
		for _, p := range line {
			if i := slices.Index(stem, p); i >= 0 {
				stem = stem[i:]
				break
			}
		}
	}
	return stem
}

// line returns p and what it answers, upwards; nil when that leads to a post that has its place.
func (b *branches) line(p *feeds.Post) []*feeds.Post {
	var line []*feeds.Post
	on := map[feeds.Key]bool{}
	for ; p != nil; p = b.Parent(p) {
		if b.placed[p.Key] || on[p.Key] {
			return nil
		}
		on[p.Key] = true
		line = append(line, p)
	}
	return line
}

// ownBefore counts the posts right above focus that its author wrote as one chain.
func ownBefore(focus *feeds.Post, above []Ancestor) int {
	n := 0
	for i := len(above) - 1; i >= 0 && above[i].Post != nil && sameAuthor(above[i].Post, focus); i-- {
		n++
	}
	return n
}

// chain follows the author's answers to themself below p, the earliest each time.
func (b *branches) chain(p *feeds.Post) []*feeds.Post {
	var chain []*feeds.Post
	for {
		i := slices.IndexFunc(b.childrenOf(p), func(c *feeds.Post) bool {
			return sameAuthor(c, b.focus) && !b.placed[c.Key]
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
	list := slices.Clone(b.Children(p))
	slices.SortFunc(list, feeds.EarlierPost)
	return list
}

// walk adds a reply and all below it.
func (b *branches) walk(rows []Reply, r Reply) []Reply {
	if b.placed[r.Post.Key] {
		return rows
	}
	b.placed[r.Post.Key] = true
	rows = append(rows, r)
	for _, c := range b.childrenOf(r.Post) {
		rows = b.walk(rows, Reply{Post: c, Depth: r.Depth + 1, Step: r.Step + 1, Parent: r.Post})
	}
	return rows
}

// orphans adds the descendants whose parent isn't there: a hole for each parent, its answers under it. Of a circle the earliest post comes
// first: what it answers can't be said.
func (b *branches) orphans(rows []Reply) []Reply {
	var lost, circling []*feeds.Post
	for _, p := range b.Below {
		switch {
		case b.placed[p.Key]:
		case b.Parent(p) != nil:
			circling = append(circling, p)
		case b.answers(p) && !b.stands(p):
			lost = append(lost, p)
		}
	}
	name := func(p *feeds.Post) string {
		ref, _ := b.Missing(p)
		return ref.ID + " " + ref.Host
	}
	slices.SortFunc(lost, func(p, q *feeds.Post) int {
		return cmp.Or(strings.Compare(name(p), name(q)), feeds.EarlierPost(p, q))
	})
	for i, p := range lost {
		if i == 0 || name(lost[i-1]) != name(p) {
			hole, _ := b.hole(p)
			rows = append(rows, Reply{Hole: hole, Depth: 1})
		}
		rows = b.walk(rows, Reply{Post: p, Depth: 2, Step: 1, Missing: true})
	}
	slices.SortFunc(circling, feeds.EarlierPost)
	for _, p := range circling {
		if b.circles(p) {
			rows = b.walk(rows, Reply{Post: p, Depth: 1, Missing: true})
		}
	}
	return rows
}

// stands reports an older post of which a server said that it is above, too: it answers what is there.
func (b *branches) stands(p *feeds.Post) bool {
	if !p.Published.Before(b.focus.Published) {
		return false
	}
	if b.over == nil {
		b.over = map[feeds.Key]bool{}
		for _, a := range b.Above {
			b.over[a.Key] = true
		}
	}
	return b.over[p.Key]
}

// answers reports that a post answers something.
func (b *branches) answers(p *feeds.Post) bool {
	ref, _ := b.Missing(p)
	return ref.ID != "" || p.ReplyTo != nil
}

// course is where what a post answers leads.
type course uint8

const (
	untried  course = iota
	onPath          // it is being followed
	straight        // away
	round           // back to the post
)

// circles reports that what a post answers leads back to it. Where it leads to another conversation, it has no place here.
func (b *branches) circles(p *feeds.Post) bool {
	if b.courses == nil {
		b.courses = map[feeds.Key]course{}
	}
	var path []*feeds.Post
	up := p
	for ; up != nil && b.courses[up.Key] == untried; up = b.Parent(up) {
		b.courses[up.Key] = onPath
		path = append(path, up)
	}
	leads := straight
	for _, q := range path {
		if up != nil && q.Key == up.Key { // the circle begins here
			leads = round
		}
		b.courses[q.Key] = leads
	}
	return b.courses[p.Key] == round
}

func sameAuthor(p, q *feeds.Post) bool {
	return p.Author != nil && q.Author != nil && p.Author.Handle() == q.Author.Handle()
}
