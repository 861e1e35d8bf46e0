package conversation

import (
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// MostPosts is how many posts of a conversation are kept. What comes after them is left out.
const MostPosts = 6000

// Ref names a copy of a post: its id at a server.
type Ref struct{ Host, ID string }

// node is a post of a conversation.
type node struct {
	post   *feeds.Post
	copies []replica
	origin Ref  // where its address says that it was written; zero where that isn't known
	fresh  bool // it came with an answer, not only from what was stored
	above  bool // a server said that it stands above the focused post
	below  bool // a server said that it stands below another one
}

// replica is what one server says of a post.
type replica struct {
	Ref
	parent  string // the id there of what it answers; "" for none or unknown
	replies int    // how many answers the server counts; -1 when unknown
	all     bool   // with the answers to answers
	origin  bool
}

// Graph is what is known of a conversation.
type Graph struct {
	focus   feeds.Key
	nodes   map[feeds.Key]*node
	order   []*node // as they came
	at      map[Ref]*node
	asked   map[Ref]bool
	whole   map[Ref]bool // what is below these copies came whole
	why     map[Ref]feeds.Kind
	servers map[string]*Server
	hosts   []string // those of servers, in the order in which they were asked

	version  int    // changes with what is known
	measured *shape // of the version; nil until it is asked for
}

// New makes the Graph of the conversation around a post.
func New(focus *feeds.Post) *Graph {
	g := &Graph{
		focus: focus.Key, nodes: map[feeds.Key]*node{}, at: map[Ref]*node{}, asked: map[Ref]bool{}, whole: map[Ref]bool{}, why: map[Ref]feeds.Kind{},
		servers: map[string]*Server{},
	}
	g.add(focus, true)
	return g
}

// Version is another number after each change of what is known.
func (g *Graph) Version() int { return g.version }

// changed notes that something else is known now.
func (g *Graph) changed() {
	g.version++
	g.measured = nil
}

// Focus is the post around which the conversation is read.
func (g *Graph) Focus() *feeds.Post { return g.nodes[g.focus].post }

// Len is how many posts are known.
func (g *Graph) Len() int { return len(g.order) }

// Post returns a post by its key, nil for one that isn't known.
func (g *Graph) Post(key feeds.Key) *feeds.Post {
	if n := g.nodes[key]; n != nil {
		return n.post
	}
	return nil
}

// add joins a post with what is known of it, where an answer counts more than what was stored (see answered). It is nil where there are too
// many.
func (g *Graph) add(p *feeds.Post, fresh bool) (n *node, added bool) {
	g.changed()
	n = g.nodes[p.Key]
	switch {
	case n == nil && len(g.order) >= MostPosts:
		return nil, false
	case n == nil:
		n = &node{post: p, origin: originOf(p)}
		g.nodes[p.Key], added = n, true
		g.order = append(g.order, n)
	case fresh && !n.fresh:
		n.post = answered(p, n.post)
	case n.fresh && !fresh:
		n.post = answered(n.post, p)
	default:
		n.post = join(n.post, p)
	}
	n.fresh = n.fresh || fresh
	for i, s := range p.Sightings {
		count := -1
		if i == 0 && fresh {
			count = p.Counts.Replies
		}
		g.see(n, replica{Ref{s.Host, s.ID}, s.ParentID, count, p.Counts.AllBelow, s.Origin})
	}
	return n, added
}

// see notes what a server says of a post. An id that means another post already goes on meaning that.
func (g *Graph) see(n *node, c replica) {
	if other := g.at[c.Ref]; c.ID == "" || other != nil && other != n {
		return
	}
	g.at[c.Ref] = n
	for i := range n.copies {
		if n.copies[i].Host == c.Host {
			if c.replies < 0 {
				c.replies, c.all = n.copies[i].replies, n.copies[i].all
			}
			n.copies[i] = c
			return
		}
	}
	n.copies = append(n.copies, c)
}

// join returns what is known of a post from two answers. Another server's copy that isn't better doesn't replace what is shown.
func join(known, p *feeds.Post) *feeds.Post {
	if len(known.Sightings) == 0 || len(p.Sightings) == 0 || known.Sightings[0].Host == p.Sightings[0].Host ||
		p.Sightings[0].Origin && !known.Sightings[0].Origin || p.Edited.After(known.Edited) {
		return feeds.MergePost(known, p)
	}
	return unite(known, p, false)
}

// answered returns what is known of a post from an answer and from what was stored. A copy that wasn't edited since doesn't replace what the
// post's own server said before: that one may say more, and is asked again.
func answered(answer, stored *feeds.Post) *feeds.Post {
	own := len(stored.Sightings) > 0 && stored.Sightings[0].Origin
	copied := len(answer.Sightings) > 0 && !answer.Sightings[0].Origin
	return unite(answer, stored, own && copied && !answer.Edited.After(stored.Edited))
}

// unite returns one of two values of a post with the sightings of both.
func unite(win, other *feeds.Post, second bool) *feeds.Post {
	if second {
		win, other = other, win
	}
	joined := *win
	joined.Sightings = append([]feeds.Sighting{}, win.Sightings...)
	for _, s := range other.Sightings {
		if _, ok := win.SeenAt(s.Host); !ok {
			joined.Sightings = append(joined.Sightings, s)
		}
	}
	return &joined
}

// originOf is where a post was written, as its addresses say.
func originOf(p *feeds.Post) Ref {
	for _, s := range p.Sightings {
		if s.Origin {
			return Ref{s.Host, s.ID}
		}
	}
	for _, link := range []string{p.URL, p.URI} {
		if a, err := address.Parse(link); err == nil && a.Kind == address.Post && !a.Copy {
			return Ref{a.Host, a.ID}
		}
	}
	return Ref{}
}

// Stored adds what was kept of the conversation since it was read before; focus is nil where nothing was kept of it. What no answer confirms is
// left out where a server said all that it has in its place (see stale).
func (g *Graph) Stored(above []*feeds.Post, focus *feeds.Post, below []*feeds.Post) {
	var turn feeds.Turn
	if focus != nil {
		g.add(focus, false)
	}
	for _, p := range above {
		if n, _ := g.add(p, false); n != nil {
			n.above = true
		}
	}
	for _, p := range below {
		turn.Next()
		if n, _ := g.add(p, false); n != nil {
			n.below = true
		}
	}
}

// stale reports a post that was stored, and that a server which had it doesn't tell any more, while it told all that stands there. known are
// the copies that were looked at: whether what is below them came whole, or what is below one above them.
func (g *Graph) stale(n *node, known map[Ref]bool) bool {
	if n.fresh {
		return false
	}
	for _, c := range n.copies {
		if g.told(c, known) {
			return true
		}
	}
	return false
}

// told reports that a server told all that stands below one of the posts above its copy.
func (g *Graph) told(c replica, known map[Ref]bool) (all bool) {
	var path []Ref
	for c.parent != "" {
		up := Ref{c.Host, c.parent}
		var looked bool
		if all, looked = known[up]; looked {
			break
		}
		known[up] = false // ends a circle, too
		path = append(path, up)
		if all = g.whole[up]; all || g.at[up] == nil {
			break
		}
		i := indexOf(g.at[up].copies, c.Host)
		if i < 0 {
			break
		}
		c = g.at[up].copies[i]
	}
	for _, up := range path {
		known[up] = all
	}
	return all
}

func indexOf(copies []replica, host string) int {
	for i := range copies {
		if copies[i].Host == host {
			return i
		}
	}
	return -1
}

// parentOf is what a post answers, and what that is called where it isn't there. The word of the post's own server counts before that of
// others, and no post answers itself.
func (g *Graph) parentOf(n *node) (parent *node, missing Ref) {
	for _, c := range n.copies {
		if !c.origin || c.parent == "" {
			continue
		}
		if up := g.at[Ref{c.Host, c.parent}]; up != nil && up != n {
			return up, Ref{}
		}
		missing = Ref{c.Host, c.parent}
	}
	if to := n.post.ReplyTo; to != nil && to.Key != "" {
		if up := g.nodes[to.Key]; up != nil && up != n {
			return up, Ref{}
		}
	}
	for _, c := range n.copies {
		if c.parent == "" {
			continue
		}
		if up := g.at[Ref{c.Host, c.parent}]; up != nil && up != n {
			return up, Ref{}
		}
		if missing.ID == "" {
			missing = Ref{c.Host, c.parent}
		}
	}
	if g.at[missing] == n { // it is its own parent
		missing = Ref{}
	}
	return nil, missing
}
