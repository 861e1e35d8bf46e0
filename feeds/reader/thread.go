package reader

import (
	"context"
	"sync"
	"time"

	"vitrine/feeds"
)

// ThreadSnapshot is all that a page needs to draw a conversation. It is immutable.
type ThreadSnapshot struct {
	Tree   *Tree // nil until something is there
	AsOf   time.Time
	Stale  bool // the post comes from the store and the server has not answered yet
	Busy   bool
	Err    *feeds.Error // why the post couldn't be read
	Around *feeds.Error // why what was said around it couldn't be read
}

// Ready reports that there is something to show.
func (s *ThreadSnapshot) Ready() bool { return s.Tree != nil || s.Err != nil }

// Thread reads one conversation.
type Thread struct {
	r        *Reader
	host, id string
	emit     func(*ThreadSnapshot)

	mu   sync.Mutex
	busy bool
	last *ThreadSnapshot
}

// Thread opens a conversation around a post. emit is called as Reader.Feed's.
func (r *Reader) Thread(host, id string, emit func(*ThreadSnapshot)) *Thread {
	return &Thread{r: r, host: host, id: id, emit: emit, last: &ThreadSnapshot{}}
}

// Open emits the post that is stored, then asks for it and what is around it.
func (t *Thread) Open(ctx context.Context) {
	if p, err := t.r.store.PostAt(ctx, t.host, t.id); err == nil && p != nil {
		t.update(func(s *ThreadSnapshot) {
			s.Tree, s.Stale, s.AsOf = BuildTree(p, nil, nil), true, seenAt(p, t.host)
		})
	}
	t.Refresh(ctx)
}

// Refresh asks for the post and its surroundings at once.
func (t *Thread) Refresh(ctx context.Context) error {
	t.mu.Lock()
	if t.busy {
		t.mu.Unlock()
		return nil
	}
	t.busy = true
	t.mu.Unlock()
	t.update(func(s *ThreadSnapshot) { s.Busy = true })

	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	post, above, below, err, around := t.ask(ctx)
	t.mu.Lock()
	t.busy = false
	t.mu.Unlock()
	if err != nil {
		t.update(func(s *ThreadSnapshot) {
			s.Busy, s.Err = false, feeds.AsError(err)
			if kind := s.Err.Kind; kind == feeds.Gone || kind == feeds.NeedsLogin || kind == feeds.Refused {
				s.Tree = nil // it was deleted or closed since: the stored copy isn't shown either
			}
		})
		return err
	}
	t.update(func(s *ThreadSnapshot) {
		*s = ThreadSnapshot{Tree: BuildTree(post, above, below), AsOf: t.r.clock.Now(), Around: feeds.AsError(around)}
	})
	return nil
}

func (t *Thread) ask(ctx context.Context) (post *feeds.Post, above, below []*feeds.Post, err, around error) {
	s, err := source[feeds.Threads](ctx, t.r, t.host)
	if err != nil {
		return nil, nil, nil, err, nil
	}
	var wg sync.WaitGroup
	wg.Go(func() { post, err = s.Post(ctx, t.id) })
	wg.Go(func() { above, below, around = s.Context(ctx, t.id) })
	wg.Wait()
	if err != nil {
		return nil, nil, nil, timely(ctx, t.host, t.r.explain(ctx, t.host, err)), nil
	}
	all := append(append([]*feeds.Post{post}, above...), below...)
	if serr := t.r.store.SavePosts(ctx, all); serr != nil {
		return post, above, below, nil, timely(ctx, t.host, around) // reading goes on without a store
	}
	return post, above, below, nil, timely(ctx, t.host, around)
}

// update changes the last snapshot and emits the new one.
func (t *Thread) update(change func(*ThreadSnapshot)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := *t.last
	change(&next)
	t.last = &next
	t.emit(&next)
}

func seenAt(p *feeds.Post, host string) time.Time {
	for _, s := range p.Sightings {
		if s.Host == host {
			return s.At
		}
	}
	return time.Time{}
}
