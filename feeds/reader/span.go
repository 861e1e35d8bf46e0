package reader

import (
	"cmp"
	"context"
	"math"
	"time"

	"vitrine/feeds"
)

// How far a span is loaded at most: it is held in memory as a whole.
const (
	mostOfSource = 500
	mostOfSpan   = 10000
	readAtOnce   = 100 // posts from the store
)

// OpenSpan is Open for what is newer than a time, and for no more: each source is loaded down to there with its gaps, as far as it goes and
// lets itself be asked. It returns when that is done or StopSpan was called; nobody is asked for anything afterwards. SourceState says who is
// still being loaded, and who can't give the span.
func (q *Query) OpenSpan(ctx context.Context, from time.Time) {
	q.mu.Lock()
	q.from = from
	q.reachAll(true)
	q.mu.Unlock()
	q.Show(ctx)
	q.LoadSpan(ctx)
}

// LoadSpan loads the span again, what came since then too.
func (q *Query) LoadSpan(ctx context.Context) {
	asking, stop := context.WithCancel(ctx)
	defer stop() // who refuses for a while isn't asked again
	q.mu.Lock()
	q.stop = stop
	q.reachAll(true)
	q.mu.Unlock()
	_ = q.turns(asking, q.all(), func(s *stream) error { return s.readSpan(asking) }) // the snapshot says it
	q.mu.Lock()
	q.reachAll(false) // those too that nobody waited for
	q.shown, q.admitted = mostOfSpan, mark{}
	q.mu.Unlock()
	q.readSpanned(ctx)
	q.mu.Lock()
	q.sendNow()
	q.mu.Unlock()
	q.readParents(ctx)
}

// StopSpan ends loading: what has come is the span.
func (q *Query) StopSpan() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stop != nil {
		q.stop()
	}
}

// reachAll notes whether the sources are being loaded. The lock is held.
func (q *Query) reachAll(on bool) {
	for _, s := range q.sources {
		s.reaching = on
	}
}

// readSpanned reads the posts of the span that aren't in memory, some at a time.
func (q *Query) readSpanned(ctx context.Context) {
	for {
		var keys []feeds.Key
		q.mu.Lock()
		for _, r := range q.view(math.MaxInt).rows {
			if q.absent[r.Key] == unseen && len(keys) < readAtOnce {
				keys = append(keys, r.Key)
			}
		}
		q.mu.Unlock()
		if len(keys) == 0 || !q.readAgain(ctx, keys) {
			return
		}
	}
}

// readSpan loads a source down to where the span begins.
func (s *stream) readSpan(ctx context.Context) error {
	err := s.refresh(ctx, nil)
	err = cmp.Or(s.reach(ctx, err == nil), err)
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	s.reaching = false
	s.q.send()
	return err
}

// reach reads what is stored, then, when the server may be asked, what it has, until there is nothing more of the span.
func (s *stream) reach(ctx context.Context, asking bool) error {
	q := s.q
	last := feeds.Cursor("")
	for {
		q.mu.Lock()
		stored, c := s.lacking()
		q.mu.Unlock()
		if stored && s.loadMore(ctx, func() {}) {
			continue
		}
		if stored { // the store has lost it
			q.mu.Lock()
			stored, c = s.lacking()
			q.mu.Unlock()
		}
		if stored || c == "" || c == last || !asking || ctx.Err() != nil {
			return nil
		}
		last = c
		_, err := s.readOn(ctx, c, nil)
		if err != nil && ctx.Err() != nil { // nobody waits for it any more
			return err
		}
		q.mu.Lock()
		s.oldErr = feeds.AsError(err)
		q.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// lacking says what of the span wasn't read: the store has some of it, or the server's page at c; neither when it is all there, or too much.
// The lock is held.
func (s *stream) lacking() (stored bool, c feeds.Cursor) {
	if s.tl == nil || s.place.fleeting() || len(s.loaded()) >= mostOfSource {
		return false, ""
	}
	all := 0
	for _, o := range s.q.sources {
		all += len(o.loaded())
	}
	if all >= mostOfSpan {
		return false, ""
	}
	return s.unread()
}

// unread is lacking without its bounds.
func (s *stream) unread() (stored bool, c feeds.Cursor) {
	if s.tl.More && s.floor != nil {
		if s.floor.At.After(s.q.from) {
			return true, ""
		}
	}
	for i, r := range s.tl.Ranges {
		lowest := r.Oldest
		if i == len(s.tl.Ranges)-1 {
			lowest = s.bottom()
		}
		if r.Older != "" && lowest.After(s.q.from) {
			return false, r.Older
		}
	}
	return false, ""
}

// reaches reports that all of the span was read. A web feed that ends within it has lost what came before. The lock is held.
func (s *stream) reaches() bool {
	if s.tl == nil {
		return false
	}
	stored, c := s.unread()
	if _, feed := s.place.(published); feed && s.bottom().After(s.q.from) {
		return false
	}
	return !stored && c == ""
}
