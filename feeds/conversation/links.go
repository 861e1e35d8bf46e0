package conversation

import "vitrine/feeds"

// Links is who answers whom, of all posts that are known.
type Links struct {
	Above, Below []*feeds.Post // what servers said to stand above the focused post, and below another one

	at       map[feeds.Key]link
	children map[feeds.Key][]*feeds.Post
}

type link struct {
	post, parent *feeds.Post
	missing      Ref
	why          feeds.Kind
}

// Links says who answers whom, as far as is known now.
func (g *Graph) Links() *Links {
	l := &Links{at: make(map[feeds.Key]link, len(g.order)), children: map[feeds.Key][]*feeds.Post{}}
	known := map[Ref]bool{}
	for _, n := range g.order {
		if g.stale(n, known) {
			continue
		}
		x := link{post: n.post}
		var up *node
		if up, x.missing = g.parentOf(n); up != nil && !g.stale(up, known) {
			x.parent = up.post
			l.children[up.post.Key] = append(l.children[up.post.Key], n.post)
		}
		x.why = g.why[x.missing]
		l.at[n.post.Key] = x
		if n.above {
			l.Above = append(l.Above, n.post)
		}
		if n.below {
			l.Below = append(l.Below, n.post)
		}
	}
	return l
}

// Parent is what a post answers; nil where that isn't there.
func (l *Links) Parent(p *feeds.Post) *feeds.Post { return l.at[p.Key].parent }

// Missing names what a post answers where that isn't there, and why, if somebody said; the zero Ref where it answers nothing.
func (l *Links) Missing(p *feeds.Post) (Ref, feeds.Kind) { return l.at[p.Key].missing, l.at[p.Key].why }

// Children are the answers to a post, as they came.
func (l *Links) Children(p *feeds.Post) []*feeds.Post { return l.children[p.Key] }
