package reader

import (
	"context"
	"net/url"
	"slices"
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
		above, below, at := t.stored(ctx, p)
		t.update(func(s *ThreadSnapshot) {
			s.Tree, s.Stale, s.AsOf = BuildTree(p, above, below), true, at
		})
	}
	t.Refresh(ctx)
}

// list names what is stored of a conversation: what is above the post, the post, and what is below, as the server gave them.
func (t *Thread) list() feeds.TimelineID {
	return feeds.TimelineID(t.host + "/p/" + url.PathEscape(t.id))
}

// stored returns what was said around a post when it was last read.
func (t *Thread) stored(ctx context.Context, p *feeds.Post) (above, below []*feeds.Post, at time.Time) {
	all, at, err := t.r.store.List(ctx, t.list())
	i := slices.IndexFunc(all, func(o *feeds.Post) bool { return o.Key == p.Key })
	if err != nil || i < 0 {
		return nil, nil, seenAt(p, t.host)
	}
	return all[:i], all[i+1:], at
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
		return nil, nil, nil, timely(ctx, t.host, err), nil
	}
	// Reading goes on without a store. What could not be read around the post is no reason to forget what was stored of it.
	if around == nil {
		_ = t.r.store.SaveList(ctx, t.list(), slices.Concat(above, []*feeds.Post{post}, below), t.r.clock.Now())
	} else {
		_ = t.r.store.SavePosts(ctx, []*feeds.Post{post})
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
