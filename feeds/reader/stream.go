package reader

import (
	"context"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// stream is one source of a Query. It holds a window of its timeline: what was loaded of the stored entries, from the newest on, and
// what came since. The store has the rest, and the last word on ranges, since other tabs write there too. Its fields are guarded by
// the Query's lock.
type stream struct {
	q      *Query
	place  Place
	from   []feeds.TimelineID // its own id alone
	server string             // of place

	asked  []asked           // what is asked of it: one or more
	names  []follows.Address // what its sources are called
	plain  bool              // nothing of it is filtered
	judged *judging          // by the filters

	tl      *feeds.Timeline // of the entries those that were loaded; all ranges; nil while nothing is known
	merged  []feeds.Entry   // what of it stands in Query.merged
	floor   *feeds.Entry    // the lowest entry that was loaded from the store; what is below may have holes while tl.More
	fresh   bool            // the server answered since the Query was opened
	busy    bool            // the newest page is being asked for
	by      *feeds.Author   // SourceState.Publisher
	filling feeds.Cursor    // the gap that is being filled
	err     *feeds.Error
	oldErr  *feeds.Error
	retry   retry

	reaching bool // it is being loaded down to where the span begins

	adding chan struct{} // holds one while a page is being added

	walked map[feeds.Cursor]bool // the pages that were read one below the other
	next   feeds.Cursor          // the one below these
}

// state is what a snapshot says of the source. The lock is held.
func (s *stream) state() SourceState {
	state := SourceState{Names: s.names, Place: s.place, ID: s.from[0], Publisher: s.by, Fresh: s.fresh, Busy: s.busy, Err: s.err, OldErr: s.oldErr, Horizon: s.horizon()}
	if s.tl != nil {
		state.AsOf, state.End = s.tl.Fetched, s.tl.Complete() && !s.tl.More
	}
	if !s.q.from.IsZero() {
		state.Reaching, state.Reaches = s.reaching, s.reaches()
		state.Busy = s.busy || s.reaching
	}
	return state
}

// goesOn reports that there is something older to be asked for. The lock is held.
func (s *stream) goesOn() bool {
	return s.tl != nil && (s.tl.More || len(s.tl.Ranges) > 0 && !s.tl.Complete())
}

// bottom is the position down to which the source was read; zero when nothing was. The lock is held.
func (s *stream) bottom() time.Time {
	switch {
	case s.tl == nil || len(s.tl.Ranges) == 0:
		return time.Time{}
	case s.tl.More && s.floor != nil:
		return s.floor.At
	}
	oldest := s.tl.Ranges[len(s.tl.Ranges)-1].Oldest
	if oldest.Year() <= unknownYear {
		for _, e := range slices.Backward(s.tl.Entries) {
			if e.At.Year() > unknownYear {
				return e.At
			}
		}
	}
	return oldest
}

// unknownYear is what programs write that don't know the time of a post: where it stands says nothing of the others on its page.
const unknownYear = 1970

// horizon is the position below which the other sources wait for this one; zero for none. What is stored can be loaded though the
// server fails. The lock is held.
func (s *stream) horizon() time.Time {
	if !s.q.from.IsZero() && !s.reaching { // what it doesn't give is said of it
		return time.Time{}
	}
	if s.place.fleeting() || !s.goesOn() || !s.tl.More && (s.err != nil || s.oldErr != nil) {
		return time.Time{}
	}
	return s.bottom()
}

// loaded returns the entries between which no stored one is missing. The lock is held.
func (s *stream) loaded() []feeds.Entry {
	if s.tl == nil {
		return nil
	}
	entries := s.tl.Entries
	if s.tl.More && s.floor != nil {
		i, found := slices.BinarySearchFunc(entries, *s.floor, feeds.Entry.Compare)
		if found {
			i++
		}
		entries = entries[:i]
	}
	return entries
}

// loadFirst reads what is stored.
func (s *stream) loadFirst(ctx context.Context) {
	if s.place.fleeting() {
		return
	}
	var by *feeds.Author
	if p, ok := s.place.(published); ok {
		by = s.q.r.storedPublisher(ctx, p)
	}
	tl, err := s.q.r.store.Timeline(ctx, s.place.ID(), feeds.Window{Limit: s.q.firstOfEach()})
	if err != nil || tl == nil {
		return
	}
	posts := map[feeds.Key]*feeds.Post{}
	if few := s.q.few(); few {
		posts = s.q.missing(ctx, tl.Entries)
		s.q.knowAbove(ctx, posts)
	}
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	s.q.noteUnread(tl.Entries, posts)
	s.setFloor(tl)
	s.q.take(posts)
	s.tl, s.by = tl, by
}

// page asks for a page. One that leads back to one of those above it is the last: the server goes in a circle.
func (s *stream) page(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	page, err := s.askFor(ctx, c)
	if err != nil {
		return page, err
	}
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	if c == "" || c != s.next {
		s.walked = map[feeds.Cursor]bool{}
	}
	s.walked[c] = true
	if s.next = page.Older; s.next != "" && s.walked[s.next] {
		page = &feeds.Page{Entries: page.Entries, Posts: page.Posts}
	}
	return page, nil
}

// askFor asks for a page, and notes who publishes it.
func (s *stream) askFor(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	p, ok := s.place.(published)
	if !ok {
		return s.place.page(ctx, s.q.r, c)
	}
	by, page, err := p.published(ctx, s.q.r, c)
	if by != nil {
		s.q.r.storePublisher(ctx, p, by)
		s.q.mu.Lock()
		defer s.q.mu.Unlock()
		s.by = by
	}
	return page, err
}

// newest asks for the newest page that has something: those above it hold nothing that a guest may see.
func (s *stream) newest(ctx context.Context) (*feeds.Page, error) {
	page, err := s.page(ctx, "")
	for range emptyPages {
		if err != nil || len(page.Entries) > 0 || page.Older == "" {
			break
		}
		below, failed := s.page(ctx, page.Older)
		if failed != nil || below.Older == page.Older {
			break
		}
		page = below
	}
	return page, err
}

// refresh asks for the newest page.
func (s *stream) refresh(ctx context.Context, atTop func() bool) error {
	q := s.q
	q.mu.Lock()
	if s.busy {
		q.mu.Unlock()
		return nil
	}
	s.busy = true
	q.send()
	q.mu.Unlock()

	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := s.newest(limited)
	if err != nil {
		err = timely(limited, s.place.Server(), err)
		q.mu.Lock()
		defer q.mu.Unlock()
		s.busy = false
		if ctx.Err() == context.Canceled { // nobody waits for it any more
			q.send()
			return err
		}
		s.err = feeds.AsError(err)
		if q.opened {
			s.retry.after(ctx, q.r.clock, s.err, func() { _ = s.refresh(ctx, nil) })
		}
		q.send()
		return err
	}
	q.r.backoff.succeeded(s.place.Server())
	letAll := atTop == nil || atTop()
	s.add(limited, "", page, func() {
		s.busy, s.err, s.fresh = false, nil, true
		if letAll {
			q.admitted = mark{}
		}
	})
	return nil
}

// poll asks quietly for the newest page. A source that said when to come back is asked then.
func (s *stream) poll(ctx context.Context) error {
	q, now := s.q, s.q.r.clock.Now()
	q.mu.Lock()
	skip := s.busy || s.tl == nil && s.err == nil || s.place.fleeting() || s.err != nil && now.Before(s.err.RetryAt.Add(retryDelay)) || q.r.backoff.waits(s.place.Server(), now)
	q.mu.Unlock()
	if skip {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := s.page(ctx, "")
	if err != nil {
		if ctx.Err() != context.Canceled {
			q.r.backoff.failed(s.place.Server(), q.r.clock.Now(), err)
		}
		return err
	}
	q.r.backoff.succeeded(s.place.Server())
	s.add(ctx, "", page, func() { s.fresh, s.err = true, nil })
	return nil
}

// readOlder reads on below what was loaded, from the store or else from the server. change is applied under the lock, before the
// snapshot that shows what came.
func (s *stream) readOlder(ctx context.Context, change func()) (grown bool, err error) {
	q := s.q
	q.mu.Lock()
	more := s.tl.More
	q.mu.Unlock()
	if more && s.loadMore(ctx, change) {
		return true, nil
	}
	q.mu.Lock()
	if s.tl.Complete() || len(s.tl.Ranges) == 0 {
		q.mu.Unlock()
		return false, nil
	}
	cursor := s.tl.Ranges[len(s.tl.Ranges)-1].Older
	s.oldErr = nil
	q.send()
	q.mu.Unlock()

	grown, err = s.readOn(ctx, cursor, change)
	q.mu.Lock()
	defer q.mu.Unlock()
	s.oldErr = feeds.AsError(err)
	return grown, err
}

// fill reads one page into the gap that goes on at c.
func (s *stream) fill(ctx context.Context, c feeds.Cursor) error {
	q := s.q
	q.mu.Lock()
	if s.filling != "" || c == "" {
		q.mu.Unlock()
		return nil
	}
	s.filling = c
	q.send()
	q.mu.Unlock()

	_, err := s.readOn(ctx, c, nil)
	q.mu.Lock()
	defer q.mu.Unlock()
	s.filling, s.oldErr = "", feeds.AsError(err)
	q.send()
	return err
}

// readOn reads pages from c on until one brings something new.
func (s *stream) readOn(ctx context.Context, c feeds.Cursor, change func()) (grown bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	for range emptyPages {
		page, err := s.page(ctx, c)
		if err != nil {
			return false, timely(ctx, s.place.Server(), err)
		}
		grown = s.add(ctx, c, page, change)
		if grown || page.Older == "" || page.Older == c {
			return grown, nil
		}
		c = page.Older
	}
	return false, nil
}
