package conversation

import (
	"sort"
	"time"

	"vitrine/feeds"
)

// Question is a branch of the conversation that a server is asked for, or a post that is missing.
type Question struct {
	Ref
	Key   feeds.Key // of the post; "" for one that is missing
	Check bool      // the id was read from an address: the post itself is asked for too, and the answer counts only if it is this one
	Hole  bool      // the post alone is asked for: it is missing
}

// Requests is how many requests a question takes.
func (q Question) Requests() int {
	if q.Check {
		return 2
	}
	return 1
}

// Limits bound what is asked.
type Limits struct {
	PerHost, All int                    // requests
	Hosts        int                    // servers
	Holes        bool                   // posts that are missing are asked for by themselves, which servers may refuse, and posts at their own servers without a reason
	Closed       func(host string) bool // servers that aren't asked; nil for none
}

// Server is what came of asking a server.
type Server struct {
	Host     string
	Requests int
	Brought  int // posts that nobody had told before
	Failed   int // questions
	Err      *feeds.Error

	cut bool // an answer was so long that more may have been left out
}

// Servers are those that were asked, in that order.
func (g *Graph) Servers() []Server {
	all := make([]Server, 0, len(g.hosts))
	for _, h := range g.hosts {
		all = append(all, *g.servers[h])
	}
	return all
}

// Requests is how many requests were begun.
func (g *Graph) Requests() int {
	sum := 0
	for _, s := range g.servers {
		sum += s.Requests
	}
	return sum
}

// Begin notes that a question is being asked.
func (g *Graph) Begin(q Question) {
	s := g.servers[q.Host]
	if s == nil {
		s = &Server{Host: q.Host}
		g.servers[q.Host] = s
		g.hosts = append(g.hosts, q.Host)
	}
	s.Requests += q.Requests()
	g.asked[q.Ref] = true
}

// The gain of questions whose answers nobody has counted.
const (
	ownServer = 1 << 20 // the focused post's own server knows the most answers
	longAbove = 60      // what is above may have been cut
	hole      = -1      // one post, if any
	blind     = -2      // nobody counts anything, and the post's own server may know better
)

// candidate is a question with how many posts its answer may bring, twice: the better of two questions that may bring as many is one more.
type candidate struct {
	Question
	gain, depth int
}

type candidates []candidate

func (c candidates) Len() int      { return len(c) }
func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c candidates) Less(i, j int) bool {
	switch {
	case c[i].gain != c[j].gain:
		return c[i].gain > c[j].gain
	case c[i].depth != c[j].depth:
		return c[i].depth > c[j].depth
	case c[i].Host != c[j].Host:
		return c[i].Host < c[j].Host
	}
	return c[i].ID < c[j].ID
}

// How far a plan goes without a count that says that something is missing.
const (
	deepHosts  = 3  // servers of those who answer deepest
	mayBeCut   = 10 // posts above another one: fewer than that no server cuts off
	patienceOf = 2  // questions of one server that may fail
)

// Next is what is worth asking, the best first. No question is in it that was asked, and none that the limits forbid.
func (g *Graph) Next(limits Limits) []Question {
	p := planner{Graph: g, limits: limits, shape: g.measure()}
	for _, n := range p.shape.inside {
		p.branch(n)
	}
	p.newServers()
	p.above()
	if limits.Holes {
		p.holes()
	}
	sort.Sort(p.found)
	next := make([]Question, 0, len(p.found))
	seen := map[Ref]bool{}
	left := limits.All - g.Requests()
	for _, c := range p.found {
		if !seen[c.Ref] && c.Requests() <= left {
			seen[c.Ref] = true
			next = append(next, c.Question)
		}
	}
	return next
}

// Missing says how many answers to the focused post and those below it are counted and not there, by why they couldn't be read; "" for those of
// which nobody said.
func (g *Graph) Missing() map[feeds.Kind]int {
	s, missing := g.measure(), map[feeds.Kind]int{}
	for _, n := range s.inside {
		if lacks := s.lacks[n]; lacks > 0 {
			missing[g.reason(n)] += lacks
		}
		if up, ref := g.parentOf(n); up == nil && n.below && g.why[ref] != "" && missing[""] > 0 { // a post whose reason is known is one of those
			missing[""]--
			missing[g.why[ref]]++
		}
	}
	return missing
}

// reason is why the answers to a post can't be read: what its own server said when it was asked for them, or for others.
func (g *Graph) reason(n *node) feeds.Kind {
	if kind := g.why[n.origin]; kind != "" {
		return kind
	}
	if s := g.servers[n.origin.Host]; s != nil && s.closed() {
		return s.Err.Kind
	}
	return ""
}

// shape is a conversation as it is known at one moment.
type shape struct {
	inside   []*node // the focused post and all below it
	depth    map[*node]int
	children map[*node][]*node
	told     map[Ref]int   // by server and id: how many answers the server told
	lacks    map[*node]int // answers to a post that are counted and not there; those to answers count there
	missing  int           // of all
}

func (g *Graph) measure() *shape {
	if g.measured == nil {
		g.measured = g.survey()
	}
	return g.measured
}

func (g *Graph) survey() *shape {
	s := &shape{depth: map[*node]int{}, children: map[*node][]*node{}, told: map[Ref]int{}, lacks: map[*node]int{}}
	for _, n := range g.order {
		if up, _ := g.parentOf(n); up != nil {
			s.children[up] = append(s.children[up], n)
		}
		for _, c := range n.copies {
			if c.parent != "" && n.fresh {
				s.told[Ref{c.Host, c.parent}]++
			}
		}
	}
	start := g.nodes[g.focus]
	s.inside, s.depth[start] = []*node{start}, 0
	grow := func(from int) {
		for i := from; i < len(s.inside); i++ {
			for _, c := range s.children[s.inside[i]] {
				if _, known := s.depth[c]; !known {
					s.depth[c] = s.depth[s.inside[i]] + 1
					s.inside = append(s.inside, c)
				}
			}
		}
	}
	grow(0)
	for _, n := range g.order { // what answers a post that is missing; what answers nothing is the beginning of something else
		if up, missing := g.parentOf(n); n.below && up == nil && (missing.ID != "" || n.post.ReplyTo != nil) {
			if _, known := s.depth[n]; !known {
				s.depth[n] = 2
				s.inside = append(s.inside, n)
				grow(len(s.inside) - 1)
			}
		}
	}
	s.count()
	return s
}

// count finds out what is missing where, from below: what a server counts below a post may be missing deeper.
func (s *shape) count() {
	below, missing := map[*node]int{}, map[*node]int{} // of all answers, and answers to answers
	for i := len(s.inside) - 1; i >= 0; i-- {
		n := s.inside[i]
		for _, c := range s.children[n] {
			if s.depth[c] > s.depth[n] { // not in a circle
				below[n] += 1 + below[c]
				missing[n] += missing[c]
			}
		}
		direct, all := -1, -1
		if n.post.Counts.AllBelow {
			all = n.post.Counts.Replies
		} else {
			direct = n.post.Counts.Replies
		}
		for _, c := range n.copies {
			if c.all {
				all = max(all, c.replies)
			} else {
				direct = max(direct, c.replies)
			}
		}
		s.lacks[n] = max(0, direct-len(s.children[n]), all-below[n]-missing[n])
		missing[n] += s.lacks[n]
		s.missing += s.lacks[n]
	}
}

// held reports a server that refuses until a time that it named.
func (s *Server) held() bool {
	return s.Err != nil && s.Err.Kind == feeds.RateLimited && !s.Err.RetryAt.IsZero()
}

// Held is why the first of the servers that refuse for a while is to be asked on later, at its RetryAt; nil where none does, or none may within
// the limits.
func (g *Graph) Held(limits Limits) (first *feeds.Error) {
	most := Question{Check: true}.Requests()
	if limits.All-g.Requests() < most {
		return nil
	}
	for _, s := range g.servers {
		if s.held() && limits.PerHost-s.Requests >= most && (first == nil || s.Err.RetryAt.Before(first.RetryAt)) {
			first = s.Err
		}
	}
	return first
}

// Resume has servers asked on whose time has come, for what they refused too.
func (g *Graph) Resume(now time.Time) {
	g.changed()
	for _, s := range g.servers {
		if !s.held() || s.Err.RetryAt.After(now) {
			continue
		}
		for ref, why := range g.why {
			if ref.Host == s.Host && why == feeds.RateLimited {
				delete(g.why, ref)
				delete(g.asked, ref)
				s.Failed--
			}
		}
		s.Err = nil
	}
}

type planner struct {
	*Graph
	limits Limits
	shape  *shape
	found  candidates
}

func (p *planner) propose(q Question, gain, depth int) {
	s := p.servers[q.Host]
	switch {
	case q.ID == "" || q.Host == "" || p.asked[q.Ref] || p.limits.Closed != nil && p.limits.Closed(q.Host):
		return
	case s == nil && len(p.hosts) >= p.limits.Hosts:
		return
	case s != nil && (s.Requests+q.Requests() > p.limits.PerHost || s.closed()):
		return
	}
	p.found = append(p.found, candidate{q, gain, depth})
}

// closed reports a server that isn't worth asking again.
func (s *Server) closed() bool {
	if s.Err == nil {
		return false
	}
	switch s.Err.Kind {
	case feeds.NeedsLogin, feeds.RateLimited, feeds.Refused, feeds.Unsupported, feeds.Unreachable, feeds.Timeout:
		return true
	}
	return s.Failed >= patienceOf
}

// branch proposes to ask for the answers to a post where a count says that there are more, and always at the focused post's own server.
func (p *planner) branch(n *node) {
	lacks, depth := p.shape.lacks[n], p.shape.depth[n]
	focus := n.post.Key == p.focus
	atOrigin := false
	for _, c := range n.copies {
		atOrigin = atOrigin || c.origin
		q := Question{Ref: c.Ref, Key: n.post.Key}
		gain, untold := lacks, 0
		if c.replies >= 0 && !c.all {
			untold = c.replies - p.shape.told[c.Ref]
			gain = min(gain, untold)
		}
		switch {
		case focus && c.origin:
			p.propose(q, ownServer, depth)
		case gain > 0 && c.origin:
			p.propose(q, 2*gain, depth)
		case gain > 0:
			p.propose(q, 2*gain-1, depth)
		case focus && (lacks > 0 || len(p.hosts) > 1):
			p.propose(q, max(lacks, 1), depth)
		case untold > 0 && p.servers[c.Host] != nil && p.servers[c.Host].cut: // others told these answers; what is below them, this server alone may know
			p.propose(q, min(untold, 1+p.shape.missing), depth)
		}
	}
	if atOrigin || n.origin.Host == "" {
		return
	}
	q := Question{Ref: n.origin, Key: n.post.Key, Check: true}
	switch {
	case focus:
		p.propose(q, ownServer, depth)
	case lacks > 0:
		p.propose(q, 2*lacks, depth)
	case p.limits.Holes:
		p.propose(q, blind, depth)
	}
}

// newServers proposes servers whose people answer and which weren't asked: each for the deepest of their posts, since its answer names all
// above it. While nothing is known to be missing, only those of a few who answer deepest are.
func (p *planner) newServers() {
	deepest := map[string]*node{}
	for _, n := range p.shape.inside {
		h := n.origin.Host
		if h != "" && p.servers[h] == nil && (deepest[h] == nil || p.shape.depth[n] > p.shape.depth[deepest[h]]) {
			deepest[h] = n
		}
	}
	var all candidates
	for h, n := range deepest {
		_, known := n.post.SeenAt(h)
		all = append(all, candidate{Question{Ref: n.origin, Key: n.post.Key, Check: !known}, (p.shape.missing + 1) / 2, p.shape.depth[n]})
	}
	sort.Sort(all)
	left := deepHosts + 1 - len(p.hosts)
	for _, c := range all {
		if p.shape.missing == 0 && (left <= 0 || c.depth == 0) {
			break
		}
		left--
		p.propose(c.Question, c.gain, c.depth)
	}
}

// above proposes to go on above the topmost post where so many are known that a server may have cut them.
func (p *planner) above() {
	top := p.nodes[p.focus]
	seen := map[*node]bool{top: true}
	for up, _ := p.parentOf(top); up != nil && !seen[up]; up, _ = p.parentOf(top) {
		seen[up] = true
		top = up
	}
	if _, missing := p.parentOf(top); len(seen) <= mayBeCut || missing.ID == "" {
		return
	}
	for _, c := range top.copies {
		if c.parent != "" {
			p.propose(Question{Ref: c.Ref, Key: top.post.Key}, longAbove, 0)
		}
	}
}

// holes proposes the posts that are missing.
func (p *planner) holes() {
	for _, n := range p.order {
		if up, missing := p.parentOf(n); up == nil && missing.ID != "" && (n.below || n.above || n.post.Key == p.focus) {
			p.propose(Question{Ref: missing, Hole: true}, hole, 0)
		}
	}
}
