package reader

import (
	"context"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// Answer is what came of asking one place beside a page: RenewAll tells it, and Query.Hear shows it, maybe in another program.
type Answer struct {
	Place   feeds.TimelineID `json:"p"`
	At      time.Time        `json:"t"`
	Stored  bool             `json:"s,omitempty"` // what it brought was stored,
	New     int              `json:"n,omitempty"` // and how many entries of it are needed for all that is new: those above the last new one, with that
	Lowest  time.Time        `json:"l,omitzero"`  // the position of that one
	Kind    feeds.Kind       `json:"k,omitempty"` // why it failed; "" where it answered and was stored
	Host    string           `json:"h,omitempty"` // of a failure
	RetryAt time.Time        `json:"r,omitzero"`  // of a failure: when to ask again; zero where nobody said

	Names []follows.Address `json:"-"` // of the sources that are read there
	Times []time.Time       `json:"-"` // of the newest posts, as Query.Newest has them
}

// RenewAll asks for the newest page of each source, once and in their order, and stores it. quietly: nobody asked for it, so that who failed
// lately is left alone, and several accounts of one server may be read from its local timeline. told is called with each answer, maybe
// several at once.
func (r *Reader) RenewAll(ctx context.Context, sources []Source, quietly bool, told func(Answer)) {
	q := r.Merge(sources, func(*Snapshot) {})
	q.flying = 1 // nothing is shown
	ask := q.sources
	if quietly {
		ask = slices.DeleteFunc(slices.Clone(ask), func(s *stream) bool { return r.backoff.waits(s.server, r.clock.Now()) })
		ask = q.readTogether(ctx, ask, told)
	}
	_ = q.turns(ctx, ask, func(s *stream) error {
		a, err := s.renew(ctx)
		if ctx.Err() == nil {
			told(a)
		}
		return err
	})
}

// renew asks for the newest page and stores it.
func (s *stream) renew(ctx context.Context) (Answer, error) {
	r, now := s.q.r, s.q.r.clock.Now
	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := s.newest(limited)
	if err != nil {
		err = timely(limited, s.server, err)
		e := feeds.AsError(err)
		if ctx.Err() == nil {
			r.backoff.failed(s.server, now(), err)
		}
		return Answer{Place: s.from[0], At: now(), Kind: e.Kind, Host: e.Host, RetryAt: e.RetryAt, Names: s.names}, err
	}
	r.backoff.succeeded(s.server)
	return s.keep(limited, page), nil
}

// storedTop is the newest that is stored of the source; nil for nothing.
func (s *stream) storedTop(ctx context.Context) *feeds.Timeline {
	tl, err := s.q.r.store.Timeline(ctx, s.from[0], feeds.Window{Limit: FirstShown})
	if err != nil {
		return nil
	}
	return tl
}

// keep stores a newest page.
func (s *stream) keep(ctx context.Context, page *feeds.Page) Answer {
	a := Answer{Place: s.from[0], At: s.q.r.clock.Now(), Names: s.names}
	saved, err := s.q.r.store.SavePage(ctx, s.from[0], "", page, a.At)
	a.Stored = err == nil
	for i, e := range saved.New {
		if i == 0 || e.At.Before(a.Lowest) {
			a.Lowest = e.At
		}
	}
	for i, e := range page.Entries {
		if len(saved.New) > 0 && !e.At.Before(a.Lowest) {
			a.New++
		}
		if i < FirstShown && !e.Undated {
			a.Times = append(a.Times, e.At)
		}
	}
	return a
}

// Await shows all sources as being asked: another program asks them, and Hear is called with its answers. It may be called before Show.
func (q *Query) Await() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.awaited == nil {
		q.awaited = map[*stream]bool{}
	}
	for _, s := range q.sources {
		if !q.awaited[s] && !s.busy {
			q.awaited[s], s.busy = true, true
			q.flying++
		}
	}
	if q.opened {
		q.send()
	}
}

// Hear shows what another program was answered; over: it asks nobody any more. atTop is that of Open. A source that refuses for a while is asked
// again here when that has passed, unless ctx is over.
func (q *Query) Hear(ctx context.Context, answers []Answer, over bool, atTop func() bool) {
	byPlace := make(map[feeds.TimelineID]*Answer, len(answers))
	for i := range answers {
		byPlace[answers[i].Place] = &answers[i]
	}
	q.gather(func() {
		_ = q.inTurn(q.all(), func(s *stream) error {
			if a := byPlace[s.from[0]]; a != nil {
				s.hear(ctx, *a, atTop)
			}
			return nil
		})
		q.readShown(ctx)
		if over {
			q.release()
		}
	})
	q.readParents(ctx)
}

// settle ends waiting for what another program is answered. The lock is held.
func (q *Query) settle(s *stream) {
	if q.awaited[s] {
		delete(q.awaited, s)
		s.busy = false
		q.flying--
	}
}

// hear takes an answer that another program had.
func (s *stream) hear(ctx context.Context, a Answer, atTop func() bool) {
	q, came := s.q, false
	come := func() {
		came = true
		letAll := q.awaited[s] && (atTop == nil || atTop())
		q.settle(s)
		switch {
		case a.Kind != "":
			s.err = &feeds.Error{Kind: a.Kind, Host: a.Host, RetryAt: a.RetryAt}
			s.retry.after(ctx, q.r.clock, s.err, func() { _ = s.refresh(ctx, nil) })
		default:
			s.fresh, s.err = true, nil
			if s.tl != nil && a.At.After(s.tl.Fetched) {
				tl := *s.tl
				tl.Fetched = a.At
				s.tl = &tl
			}
		}
		if letAll {
			q.admitted = mark{}
		}
	}
	q.mu.Lock()
	known := s.tl != nil
	q.mu.Unlock()
	if a.Kind == "" && !(a.Stored && a.New == 0 && known) {
		_ = s.reread(ctx, &a, come) // what a store can't say shows a later refresh
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if !came {
		come()
		q.send()
	}
}

// Join shows what another tab stores that asks all sources just now, until over is closed. Then it asks those that the other one has read
// nothing of since a time.
func (q *Query) Join(ctx context.Context, since time.Time, over <-chan struct{}, atTop func() bool) {
	q.Await()
	for ended := false; !ended; {
		select {
		case <-over:
			ended = true
		case <-ctx.Done():
			q.Hear(ctx, nil, true, atTop)
			return
		case <-q.r.clock.After(2 * emitEvery):
		}
		var mu sync.Mutex
		var answers []Answer
		_ = q.each(q.stillAwaited(), func(s *stream) error {
			if tl := s.storedTop(ctx); tl != nil && !tl.Fetched.Before(since) {
				mu.Lock()
				defer mu.Unlock()
				answers = append(answers, Answer{Place: s.from[0], At: tl.Fetched})
			}
			return nil
		})
		q.Hear(ctx, answers, false, atTop)
	}
	rest := q.stillAwaited()
	q.release()
	_ = q.turns(ctx, rest, func(s *stream) error { return s.refresh(ctx, atTop) }) // the snapshot says it
	q.mu.Lock()
	defer q.mu.Unlock()
	q.send()
}

// stillAwaited are the sources that another program is still to be answered.
func (q *Query) stillAwaited() []*stream {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(q.sources), func(s *stream) bool { return !q.awaited[s] })
}

// release ends waiting for another program: who calls it asks itself.
func (q *Query) release() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for s := range q.awaited {
		q.settle(s)
	}
}
