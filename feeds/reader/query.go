package reader

import (
	"context"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// Query reads one timeline, or several as one list. Each source is asked, stored and fails by itself. Of several, nothing is shown
// below the horizon, the point that every source has loaded down to; a source that fails, or hasn't answered yet, holds nothing back,
// and what is stored of it is shown.
type Query struct {
	r       *Reader
	emit    func(*Snapshot)
	sources []*stream

	mu        sync.Mutex
	line      follows.Line              // above which a post stands where it was seen first, and which is shown; zero for none
	reveal    bool                      // what filters hide is folded instead
	flying    int                       // how many of many sources are still to answer
	gathering int                       // how many calls of gather are under way
	sending   bool                      // a snapshot is to be sent in a moment
	took      time.Duration             // how long the last one took to make
	merged    []*placed                 // what was loaded of all sources, newest first (merge)
	places    map[feeds.Key]*places     // of several sources: where posts stand in it
	posts     map[feeds.Key]*feeds.Post // as the site shows them
	absent    map[feeds.Key]absence     // posts of the list that aren't in memory any more
	boosters  map[string]*feeds.Author  // by handle, as they were read last
	left      map[feeds.Key]bool        // posts that the site doesn't open
	shown     int                       // how many entries of those that are let in
	parents   map[feeds.Key]*feeds.Post // what posts answer, by their keys; nil where that isn't known
	threads   bool                      // filters take conversations away: what stands above a post is looked for before it is shown
	changes   int                       // counts what may make view's list another one
	list      list                      // view's last one,
	viewed    viewed                    // and what it was made of; the zero value for nothing that holds
	top       mark                      // of what was shown last
	admitted  mark                      // entries above this wait as "N new posts"; the zero value lets all in
	older     bool                      // LoadOlder is under way
	from      time.Time                 // of a span where it begins; zero for a list without a beginning
	stop      context.CancelFunc        // ends loading the span; nil before
	opened    bool
	awaited   map[*stream]bool // are asked by another program (Await)
}

// Query opens several timelines as one list. emit is called with each new snapshot, from whichever goroutine made it, one at a time;
// it must not call back into the Query.
func (r *Reader) Query(places []Place, emit func(*Snapshot)) *Query {
	sources := make([]Source, 0, len(places))
	for _, p := range places {
		sources = append(sources, Source{Place: p})
	}
	return r.Merge(sources, emit)
}

// Merge opens what is followed as one list, as Query does.
func (r *Reader) Merge(sources []Source, emit func(*Snapshot)) *Query {
	q := &Query{r: r, emit: emit, posts: map[feeds.Key]*feeds.Post{}, absent: map[feeds.Key]absence{}, boosters: map[string]*feeds.Author{}, left: map[feeds.Key]bool{}, shown: FirstShown}
	q.join(sources)
	return q
}

// Feed opens one timeline: a Query of one.
func (r *Reader) Feed(p Place, emit func(*Snapshot)) *Query { return r.Query([]Place{p}, emit) }

// ShowAtFirst has Open load and show so many stored posts, for a reader who comes back to a place far down. It is called before Open.
func (q *Query) ShowAtFirst(n int) { q.shown = min(max(n, FirstShown), mostAtFirst) }

// Open emits what is stored, then asks the servers. atTop says whether new posts may appear above what is shown (the reader is
// at the top); when it is nil they may. A server that refuses for a while is asked again when that has passed, unless ctx is over.
func (q *Query) Open(ctx context.Context, atTop func() bool) {
	q.Show(ctx)
	_ = q.Refresh(ctx, atTop) // the snapshot says it
}

// Show emits what is stored. It is called once, by who has the servers asked afterwards.
func (q *Query) Show(ctx context.Context) {
	q.mu.Lock()
	q.opened = true
	q.mu.Unlock()
	_ = q.inTurn(q.all(), func(s *stream) error {
		s.loadFirst(ctx)
		return nil
	})
	q.readShown(ctx)
	q.mu.Lock()
	stored := q.started()
	if stored {
		q.sendNow()
	}
	q.mu.Unlock()
	if stored && q.r.drawn != nil {
		q.r.drawn(ctx)
	}
	go q.readParents(ctx) // nobody waits for it
}

// Refresh asks for the newest pages. It returns an error when no source could be read: the one that the snapshot carries.
func (q *Query) Refresh(ctx context.Context, atTop func() bool) error {
	q.release()
	sources := q.all()
	if len(sources) > few {
		atTop = q.early(atTop)
	}
	err := q.turns(ctx, sources, func(s *stream) error { return s.refresh(ctx, atTop) })
	q.readParents(ctx)
	return err
}

// Poll asks quietly for the newest pages; what they bring waits as Snapshot.New. A failure shows no alert while posts are shown:
// the next poll comes soon enough. Its error is that of Refresh.
func (q *Query) Poll(ctx context.Context) error {
	return q.turns(ctx, q.all(), func(s *stream) error { return s.poll(ctx) })
}

// each calls f for all sources at once. The error is the first one's when there is none that succeeded.
func (q *Query) each(sources []*stream, f func(*stream) error) error {
	errs := make([]error, len(sources))
	var wg sync.WaitGroup
	for i, s := range sources {
		wg.Go(func() { errs[i] = f(s) })
	}
	wg.Wait()
	for _, err := range errs {
		if err == nil {
			return nil
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return errs[0]
}

// inTurn calls f, which reads the store, for a few sources at once: the page is drawn meanwhile. Its error is that of each.
func (q *Query) inTurn(sources []*stream, f func(*stream) error) error {
	places := make(chan struct{}, few)
	return q.each(sources, func(s *stream) error {
		places <- struct{}{}
		defer func() { <-places }()
		return f(s)
	})
}

// ShowNew lets in what waits.
func (q *Query) ShowNew() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.admitted = mark{}
	q.sendNow()
}

// SetLine says down to where the list was read before.
func (q *Query) SetLine(l follows.Line) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.line = l; q.started() {
		q.sendNow()
	}
}

// waitOlder is how long ReachLine waits for another call of LoadOlder.
const waitOlder = 200 * time.Millisecond

// belowLine is how many posts below the line ReachLine shows, so that a screen can begin there.
const belowLine = 8

// ReachLine shows all that is newer than the line, and some posts below it. It returns once that is done, or nothing more can be read.
func (q *Query) ReachLine(ctx context.Context) {
	for ctx.Err() == nil {
		q.mu.Lock()
		waits, rows, shown, down := q.older, q.view(q.shown).rows, q.shown, q.bottom()
		n := min(len(rows), shown)
		reached := n >= belowLine && !rows[n-belowLine].At.After(q.line.At)
		q.mu.Unlock()
		switch {
		case reached && !waits: // another call may have shown them a moment ago, and not have said so
			q.readShown(ctx)
			q.mu.Lock()
			q.sendNow()
			q.mu.Unlock()
			return
		case waits:
			select {
			case <-q.r.clock.After(waitOlder):
			case <-ctx.Done():
			}
			continue
		}
		err := q.LoadOlder(ctx)
		q.mu.Lock()
		more := q.older || min(len(q.view(q.shown).rows), q.shown) > n || q.shown > shown && len(rows) > shown || !q.bottom().Equal(down)
		q.mu.Unlock()
		if err != nil || !more {
			return
		}
	}
}

// Reveal shows what filters hide, folded with the reason, or hides it again.
func (q *Query) Reveal(on bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.reveal = on
	q.sendNow()
}

// Newest are the times of the newest posts of a source that were read, for who learns how often it has some.
func (q *Query) Newest(name follows.Address) (times []time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, s := range q.sources {
		if !slices.ContainsFunc(s.asked, func(a asked) bool { return a.name == name }) {
			continue
		}
		entries := s.loaded()
		for _, e := range entries[:min(len(entries), FirstShown)] {
			if !e.Undated {
				times = append(times, e.At)
			}
		}
	}
	return times
}

// LoadOlder shows more: first what is stored, then what the servers have. Of several sources those are read on that the others wait
// for. Its error is that of Refresh.
func (q *Query) LoadOlder(ctx context.Context) error {
	q.mu.Lock()
	if q.older || !q.started() || !q.from.IsZero() {
		q.mu.Unlock()
		return nil
	}
	rows := q.view(q.shown).rows
	if q.shown < len(rows) {
		q.shown += ShownMore
		q.mu.Unlock()
		q.readShown(ctx)
		q.mu.Lock()
		q.sendNow()
		q.mu.Unlock()
		q.readParents(ctx)
		return nil
	}
	behind := q.behind()
	if len(behind) == 0 {
		q.mu.Unlock()
		return nil
	}
	q.older = true
	q.mu.Unlock()

	more := sync.OnceFunc(func() { q.shown += ShownMore }) // called under the lock
	var err error
	for range emptyPages {
		var mu sync.Mutex
		some := false
		err = q.each(behind, func(s *stream) error {
			grown, err := s.readOlder(ctx, more)
			mu.Lock()
			defer mu.Unlock()
			some = some || grown
			return err
		})
		q.mu.Lock()
		now := q.view(q.shown).rows
		behind = q.behind()
		q.mu.Unlock()
		if !some || len(now) > len(rows) || len(behind) == 0 {
			break
		}
	}
	q.readShown(ctx)
	q.mu.Lock()
	q.older = false
	q.sendNow()
	q.mu.Unlock()
	q.readParents(ctx)
	return err
}

// behind returns the sources that can be read on and that reach least far down: the others wait for them. Those that failed are tried
// again only when there is no other. The lock is held.
func (q *Query) behind() []*stream {
	var open, failed, behind []*stream
	for _, s := range q.sources {
		switch {
		case !s.goesOn():
		case s.oldErr != nil || s.err != nil && !s.tl.More:
			failed = append(failed, s)
		default:
			open = append(open, s)
		}
	}
	if len(open) == 0 {
		return failed
	}
	var top time.Time
	for _, s := range open {
		bottom := s.bottom()
		if bottom.IsZero() { // nothing was read of it yet: all others wait
			bottom = time.Unix(1<<40, 0)
		}
		switch c := bottom.Compare(top); {
		case c > 0:
			behind, top = []*stream{s}, bottom
		case c == 0:
			behind = append(behind, s)
		}
	}
	return behind
}

// Fill reads one page into the gap of a source that goes on at c.
func (q *Query) Fill(ctx context.Context, source feeds.TimelineID, c feeds.Cursor) error {
	for _, s := range q.all() {
		if s.from[0] == source {
			return s.fill(ctx, c)
		}
	}
	return nil
}

// started reports that something is known of a source. The lock is held.
func (q *Query) started() bool {
	for _, s := range q.sources {
		if s.tl != nil {
			return true
		}
	}
	return false
}
