package reader

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/conversation"
)

// What is asked to complete a conversation, at first and each time that a reader asks for more.
const (
	requestsPerHost = 20
	requestsInAll   = 90
	serversAtMost   = 12
	questionsAtOnce = 4
	completedAtOnce = 250 * time.Millisecond // how often a conversation that grows is shown at most
	longestHold     = time.Hour              // how long a server that refuses for a while is waited for at most
)

// Search is what further servers said of a conversation.
type Search struct {
	Busy     bool
	Waits    *feeds.Error          // it waits until a server may be asked on (RetryAt); nil while it doesn't
	Done     bool                  // it went to its end
	More     bool                  // there is more to ask
	Servers  []conversation.Server // in the order in which they were asked
	Requests int
	Limit    int                // requests
	Missing  map[feeds.Kind]int // answers that are counted and not there, by why
}

// run is one time of asking further servers.
type run struct{ stop context.CancelFunc }

// reply is what came of a question.
type reply struct {
	conversation.Question
	conversation.Answer
}

// limits are what may be asked now. The lock is held.
func (t *Thread) limits() conversation.Limits {
	n := t.rounds + 1
	return conversation.Limits{
		PerHost: n * requestsPerHost, All: n * requestsInAll, Hosts: n * serversAtMost, Holes: t.rounds > 0, Closed: t.r.blocked.Host,
	}
}

// More has Complete ask so many more times as it did already, and for posts that are missing.
func (t *Thread) More() {
	t.mu.Lock()
	t.rounds++
	t.mu.Unlock()
}

// Stop ends asking further servers. What they said stays.
func (t *Thread) Stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.run != nil {
		t.run.stop()
	}
}

// Complete asks the post's own server and those of the people who answer for what the server that is read doesn't tell, until nothing is
// worth asking or as much was asked as is right. The conversation is shown as it grows, and stored. A server that refuses for a while is
// asked on when that has passed. It returns when all that is done.
func (t *Thread) Complete(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	own := &run{stop}
	t.mu.Lock()
	t.completes = true
	g := t.graph
	if g == nil || t.last.Stale || t.last.Err != nil {
		t.mu.Unlock()
		return
	}
	if t.run != nil {
		t.run.stop()
	}
	t.run = own
	g.Resume(t.r.clock.Now())
	t.mu.Unlock()

	brought := false
	for waits := true; waits; {
		grown := t.askOthers(ctx, own, g)
		brought = brought || grown
		t.mu.Lock()
		current := t.run == own && t.graph == g
		t.mu.Unlock()
		if !current {
			return
		}
		if grown {
			t.keep(context.WithoutCancel(ctx), g)
		}
		waits = t.wait(ctx, own, g)
	}
	t.update(func(s *ThreadSnapshot) {
		if t.run == own {
			t.run = nil
		}
		if t.graph == g {
			if brought {
				s.AsOf = t.r.clock.Now()
			}
			t.take(s, g)
			s.Search = t.search(g)
			s.Search.Done, s.Search.More = ctx.Err() == nil, t.more(g)
		}
	})
}

// wait waits until a server that refuses for a while may be asked on; false where there is none, or asking was stopped.
func (t *Thread) wait(ctx context.Context, own *run, g *conversation.Graph) bool {
	t.mu.Lock()
	held, now := g.Held(t.limits()), t.r.clock.Now()
	again := t.last.Around == nil // else the conversation is read again then (Refresh)
	t.mu.Unlock()
	if held == nil || held.RetryAt.Sub(now) > longestHold || !again || ctx.Err() != nil {
		return false
	}
	t.show(own, g, held)
	select {
	case now = <-t.r.clock.After(held.RetryAt.Sub(now) + retryDelay):
	case <-ctx.Done():
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	g.Resume(now)
	return true
}

// readAgain refreshes, and goes on completing where that was begun.
func (t *Thread) readAgain(ctx context.Context) {
	if t.Refresh(ctx) != nil {
		return
	}
	t.mu.Lock()
	completes := t.completes
	t.mu.Unlock()
	if completes {
		t.Complete(ctx)
	}
}

// askOthers asks, and shows what comes. It reports that something did.
func (t *Thread) askOthers(ctx context.Context, own *run, g *conversation.Graph) (grown bool) {
	answers := make(chan reply)
	flying := map[string]bool{}
	shown, dirty := time.Time{}, false
	for {
		if t.begin(ctx, own, g, flying, answers) {
			dirty = true
		}
		if len(flying) == 0 {
			return grown
		}
		var soon <-chan time.Time
		if dirty {
			if wait := completedAtOnce - t.r.clock.Now().Sub(shown); wait > 0 {
				soon = t.r.clock.After(wait)
			} else {
				shown, dirty = t.r.clock.Now(), false
				t.show(own, g, nil)
			}
		}
		select {
		case a := <-answers:
			delete(flying, a.Host)
			if ctx.Err() != nil {
				continue
			}
			t.mu.Lock()
			grown = g.Take(a.Question, a.Answer) > 0 || grown
			t.mu.Unlock()
			dirty = true
		case <-soon:
			shown, dirty = t.r.clock.Now(), false
			t.show(own, g, nil)
		}
	}
}

// begin asks what is worth asking, one question of each server at a time.
func (t *Thread) begin(ctx context.Context, own *run, g *conversation.Graph, flying map[string]bool, answers chan<- reply) (begun bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ctx.Err() != nil || t.run != own || t.graph != g || len(flying) >= questionsAtOnce {
		return false
	}
	for _, q := range g.Next(t.limits()) {
		if flying[q.Host] {
			continue
		}
		if len(flying) == questionsAtOnce {
			break
		}
		g.Begin(q)
		flying[q.Host], begun = true, true
		go func() { answers <- reply{q, t.r.question(ctx, q)} }()
	}
	return begun
}

// show emits the conversation as it has grown. held is what it waits for now, if it does.
func (t *Thread) show(own *run, g *conversation.Graph, held *feeds.Error) {
	t.update(func(s *ThreadSnapshot) {
		if t.run != own || t.graph != g {
			return
		}
		t.take(s, g)
		s.Search = t.search(g)
		s.Search.Busy, s.Search.Waits = true, held
	})
}

// search says how far asking has come. The lock is held.
func (t *Thread) search(g *conversation.Graph) Search {
	return Search{Servers: g.Servers(), Requests: g.Requests(), Limit: t.limits().All, Missing: g.Missing()}
}

// more reports that there is something to ask if that is wanted. The lock is held.
func (t *Thread) more(g *conversation.Graph) bool {
	l := t.limits()
	l.PerHost, l.All, l.Hosts, l.Holes = l.PerHost+requestsPerHost, l.All+requestsInAll, l.Hosts+serversAtMost, true
	return len(g.Next(l)) > 0
}

// question asks one question.
func (r *Reader) question(ctx context.Context, q conversation.Question) (a conversation.Answer) {
	ctx, cancel := context.WithTimeout(feeds.Beside(ctx), Patience)
	defer cancel()
	s, err := source[feeds.Threads](ctx, r, q.Host)
	if err != nil {
		return conversation.Answer{Err: timely(ctx, q.Host, err)}
	}
	if q.Check || q.Hole {
		a.Post, a.Err = s.Post(ctx, q.ID)
	}
	if a.Err == nil && !q.Hole && (!q.Check || a.Post.Key == q.Key) {
		a.Above, a.Below, a.Err = s.Context(ctx, q.ID)
	}
	a.Err = timely(ctx, q.Host, a.Err)
	return a
}
