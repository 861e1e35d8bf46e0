package conversation

import (
	"errors"

	"vitrine/feeds"
)

// Answer is what a server said.
type Answer struct {
	Post         *feeds.Post   // the post itself, where it was asked for (Question.Check, Question.Hole)
	Above, Below []*feeds.Post // as feeds.Threads.Context gives them
	Err          error
}

// fewest is how many posts below another one are surely all that a server has: no known one cuts off fewer.
const fewest = 40

var (
	errOtherPost   = errors.New("the id means another post there")
	errOtherThread = errors.New("the answer is of another conversation")
)

// First adds what the server that is read says of the focused post. It is believed as it is.
func (g *Graph) First(host string, above, below []*feeds.Post) {
	var turn feeds.Turn
	for _, p := range above {
		turn.Next()
		g.place(p, true)
	}
	for _, p := range below {
		turn.Next()
		g.place(p, false)
	}
	n := g.nodes[g.focus]
	if i := indexOf(n.copies, host); i >= 0 {
		g.Begin(Question{Ref: n.copies[i].Ref, Key: g.focus, Check: true})
		g.servers[host].Brought = len(g.order) - 1
		g.whole[n.copies[i].Ref] = len(below) < fewest
		g.servers[host].cut = len(below) >= fewest
	}
}

// Silent notes that the server that is read didn't say what is around the focused post: it isn't asked for that again.
func (g *Graph) Silent(host string, err error) {
	n := g.nodes[g.focus]
	if i := indexOf(n.copies, host); i >= 0 {
		q := Question{Ref: n.copies[i].Ref, Key: g.focus}
		g.Begin(q)
		g.Take(q, Answer{Err: err})
	}
}

func (g *Graph) place(p *feeds.Post, above bool) {
	if n, _ := g.add(p, true); n != nil && p.Key != g.focus {
		n.above = n.above || above
		n.below = n.below || !above
	}
}

// Take adds what a server answered, as far as it belongs to the conversation, and returns how many posts were new.
func (g *Graph) Take(q Question, a Answer) int {
	g.changed()
	s := g.servers[q.Host]
	before := len(g.order)
	err := a.Err
	switch {
	case err != nil && !(len(a.Above)+len(a.Below) > 0): // an adapter may give a part with an error
	case q.Hole && a.Post != nil:
		err = nil
		g.place(a.Post, g.leadsUp(q.Ref))
		if g.at[q.Ref] == nil { // it calls itself something else
			err = &feeds.Error{Kind: feeds.BadData, Host: q.Host, Err: errOtherPost}
		}
	case q.Check && (a.Post == nil || a.Post.Key != q.Key):
		err = &feeds.Error{Kind: feeds.BadData, Host: q.Host, Err: errOtherPost}
	default:
		if a.Post != nil {
			g.add(a.Post, true)
		}
		if !g.takeBranch(q, a) {
			err = &feeds.Error{Kind: feeds.BadData, Host: q.Host, Err: errOtherThread}
		} else if err == nil {
			g.whole[q.Ref] = len(a.Below) < fewest
			s.cut = s.cut || len(a.Below) >= fewest
		}
	}
	if err != nil {
		failure := feeds.AsError(err)
		if g.why[q.Ref] = failure.Kind; !q.Hole || failure.Kind == feeds.RateLimited {
			s.Failed++
			s.Err = failure
		}
	}
	added := len(g.order) - before
	s.Brought += added
	return added
}

// leadsUp reports that a missing post stands above the focused one.
func (g *Graph) leadsUp(missing Ref) bool {
	for _, n := range g.order {
		if _, m := g.parentOf(n); m == missing && (n.above || n.post.Key == g.focus) {
			return true
		}
	}
	return false
}

// takeBranch adds what is said around a post; false for another conversation, of which nothing is added.
func (g *Graph) takeBranch(q Question, a Answer) bool {
	b := branch{g: g, host: q.Host, in: map[string]*feeds.Post{}, to: map[string]standing{}}
	for _, list := range [][]*feeds.Post{a.Below, a.Above} {
		for _, p := range list {
			b.in[b.id(p)] = p
		}
	}
	own := 0
	for _, p := range a.Below {
		if b.standing(b.id(p)) == connected {
			own++
		}
	}
	if own == 0 && len(a.Below) > 0 {
		return false
	}
	up := g.nodes[q.Key] != nil && g.nodes[q.Key].reaches(g)
	parent := ""
	if n := g.nodes[q.Key]; n != nil {
		if i := indexOf(n.copies, q.Host); i >= 0 {
			parent = n.copies[i].parent
		}
	}
	for range len(a.Above) { // upwards from the post, by the server's own ids
		p := b.in[parent]
		if p == nil || b.id(p) == q.ID {
			break
		}
		g.place(p, up)
		up = up || p.Key == g.focus
		delete(b.in, parent)
		_, parent = seen(p, q.Host)
	}
	for _, p := range a.Below {
		if b.standing(b.id(p)) != foreign {
			g.place(p, false)
		}
	}
	return true
}

// reaches reports that what is above a post is above the focused one too: it is that or stands above it.
func (n *node) reaches(g *Graph) bool { return n.post.Key == g.focus || n.above }

// branch is one answer, by the ids of the server that gave it.
type branch struct {
	g    *Graph
	host string
	in   map[string]*feeds.Post
	to   map[string]standing
}

// standing is how a post of an answer belongs to the conversation.
type standing uint8

const (
	unknown   standing = iota
	connected          // it leads to a post that is known
	orphaned           // it leads to a post that is missing
	foreign            // it leads to the beginning of something else, or in a circle
)

func (b branch) standing(id string) standing {
	var path []string
	result := unknown
	for on := map[string]bool{}; result == unknown; {
		p, known := b.in[id], b.g.at[Ref{b.host, id}]
		switch {
		case b.to[id] != unknown:
			result = b.to[id]
		case known != nil && p != nil && p.Key != known.post.Key: // the id means another post now
			result = foreign
		case known != nil:
			result = connected
		case on[id]:
			result = foreign
		case p == nil:
			result = orphaned
		default:
			if b.g.nodes[p.Key] != nil {
				result = connected
				break
			}
			on[id] = true
			path = append(path, id)
			if _, id = seen(p, b.host); id == "" {
				if result = foreign; p.ReplyTo != nil && (p.ReplyTo.Key == "" || b.g.nodes[p.ReplyTo.Key] != nil) {
					result = orphaned // its server doesn't have what it answers
				}
			}
		}
	}
	for _, step := range path {
		b.to[step] = result
	}
	return result
}

func (b branch) id(p *feeds.Post) string {
	id, _ := seen(p, b.host)
	return id
}

// seen is what a server calls a post, and what that answers.
func seen(p *feeds.Post, host string) (id, parent string) {
	for _, s := range p.Sightings {
		if s.Host == host {
			return s.ID, s.ParentID
		}
	}
	return string(p.Key), ""
}
