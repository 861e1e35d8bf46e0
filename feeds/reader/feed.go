package reader

import (
	"context"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
)

// Item is a row of a list: a post in its place, or a gap.
type Item struct {
	Entry feeds.Entry
	Post  *feeds.Post
	Gap   *feeds.Gap // set: the row is a hole, and there is no post
}

// Snapshot is all that a page needs to draw a list. It is immutable.
type Snapshot struct {
	Items   []Item       // newest first
	AsOf    time.Time    // when the newest page was read
	Stale   bool         // Items come from the store and the server has not answered since the view was opened
	Busy    bool         // the newest page is being asked for
	Older   bool         // older posts are being asked for
	New     int          // posts that came in and are not shown yet
	End     bool         // there is nothing older
	Filling feeds.Cursor // the gap that is being filled
	Err     *feeds.Error // why the last refresh failed
	OldErr  *feeds.Error // why older posts could not be read
}

// Ready reports that there is something to show: posts, the certainty that there are none, or a problem.
func (s *Snapshot) Ready() bool {
	return len(s.Items) > 0 || s.Err != nil || !s.AsOf.IsZero() && !s.Busy
}

// Feed reads one timeline.
type Feed struct {
	r     *Reader
	place Place
	emit  func(*Snapshot)

	mu      sync.Mutex
	tl      *feeds.Timeline // of the entries those that were loaded; all ranges
	floor   *feeds.Entry    // the lowest entry that was loaded from the store; what is below may have holes while tl.More
	posts   map[feeds.Key]*feeds.Post
	shown   int       // how many entries of those that are let in
	letIn   time.Time // entries newer than this wait as "N new posts"; zero lets all in
	fresh   bool      // the server answered since the feed was opened
	busy    bool
	older   bool
	filling feeds.Cursor
	err     *feeds.Error
	oldErr  *feeds.Error
}

// Feed opens a timeline. emit is called with each new snapshot, from whichever goroutine made it, one at a time; it must not
// call back into the Feed.
func (r *Reader) Feed(p Place, emit func(*Snapshot)) *Feed {
	return &Feed{r: r, place: p, emit: emit, posts: map[feeds.Key]*feeds.Post{}, shown: FirstShown}
}

// Place returns what the feed reads.
func (f *Feed) Place() Place { return f.place }

// ShowAtFirst has Open load and show so many stored posts, for a reader who comes back to a place far down. It is called before Open.
func (f *Feed) ShowAtFirst(n int) { f.shown = min(max(n, FirstShown), mostAtFirst) }

// Open emits what is stored, then asks the server. atTop says whether new posts may appear above what is shown (the reader is
// at the top); when it is nil they may.
func (f *Feed) Open(ctx context.Context, atTop func() bool) {
	if !f.place.fleeting() {
		tl, err := f.r.store.Timeline(ctx, f.place.ID(), feeds.Window{Limit: f.shown})
		if err == nil && tl != nil {
			posts := f.missing(ctx, tl.Entries)
			f.mu.Lock()
			f.loaded(tl)
			f.show(tl, posts)
			f.send()
			f.mu.Unlock()
		}
	}
	f.Refresh(ctx, atTop)
}

// Refresh asks for the newest page. It returns the error that the snapshot carries.
func (f *Feed) Refresh(ctx context.Context, atTop func() bool) error {
	f.mu.Lock()
	if f.busy {
		f.mu.Unlock()
		return nil
	}
	f.busy = true
	f.send()
	f.mu.Unlock()

	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := f.place.page(ctx, f.r, "")
	if err != nil {
		err = timely(ctx, f.place.Server(), err)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.busy, f.err = false, feeds.AsError(err)
		f.send()
		return err
	}
	f.r.backoff.succeeded(f.place.Server())
	letAll := atTop == nil || atTop()
	f.add(ctx, "", page, func() {
		f.busy, f.err, f.fresh = false, nil, true
		if letAll {
			f.letIn = time.Time{}
		}
	})
	return nil
}

// Poll asks quietly for the newest page; what it brings waits as Snapshot.New. A failure shows no alert while posts are shown:
// the next poll comes soon enough.
func (f *Feed) Poll(ctx context.Context) error {
	f.mu.Lock()
	skip := f.busy || f.tl == nil || f.place.fleeting() || f.r.backoff.waits(f.place.Server(), f.r.clock.Now())
	f.mu.Unlock()
	if skip {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := f.place.page(ctx, f.r, "")
	if err != nil {
		if ctx.Err() != context.Canceled {
			f.r.backoff.failed(f.place.Server(), f.r.clock.Now(), err)
		}
		return err
	}
	f.r.backoff.succeeded(f.place.Server())
	f.add(ctx, "", page, func() { f.fresh, f.err = true, nil })
	return nil
}

// ShowNew lets in what waits.
func (f *Feed) ShowNew() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.letIn = time.Time{}
	f.send()
}

// LoadOlder shows more: first what is stored, then what the server has.
func (f *Feed) LoadOlder(ctx context.Context) error {
	f.mu.Lock()
	if f.older || f.tl == nil {
		f.mu.Unlock()
		return nil
	}
	if f.shown < len(f.admitted()) {
		f.shown += ShownMore
		f.send()
		f.mu.Unlock()
		return nil
	}
	if f.tl.More {
		f.older = true
		f.mu.Unlock()
		read := f.loadMore(ctx)
		f.mu.Lock()
		f.older = false
		if read {
			f.shown += ShownMore
			f.send()
			f.mu.Unlock()
			return nil
		}
	}
	if f.tl.Complete() || len(f.tl.Ranges) == 0 {
		f.mu.Unlock()
		return nil
	}
	cursor := f.tl.Ranges[len(f.tl.Ranges)-1].Older
	f.older, f.oldErr = true, nil
	f.send()
	f.mu.Unlock()

	err := f.readOn(ctx, cursor, func() { f.shown += ShownMore })
	f.mu.Lock()
	defer f.mu.Unlock()
	f.older, f.oldErr = false, feeds.AsError(err)
	f.send()
	return err
}

// Fill reads one page into the gap that goes on at c.
func (f *Feed) Fill(ctx context.Context, c feeds.Cursor) error {
	f.mu.Lock()
	if f.filling != "" || c == "" {
		f.mu.Unlock()
		return nil
	}
	f.filling = c
	f.send()
	f.mu.Unlock()

	err := f.readOn(ctx, c, nil)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.filling, f.oldErr = "", feeds.AsError(err)
	f.send()
	return err
}

// readOn reads pages from c on until one brings something new.
func (f *Feed) readOn(ctx context.Context, c feeds.Cursor, change func()) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	for range emptyPages {
		page, err := f.place.page(ctx, f.r, c)
		if err != nil {
			return timely(ctx, f.place.Server(), err)
		}
		grown := f.add(ctx, c, page, change)
		if grown || page.Older == "" || page.Older == c {
			return nil
		}
		c = page.Older
	}
	return nil
}

// admitted returns the entries that may be shown. The lock is held.
func (f *Feed) admitted() []feeds.Entry {
	entries := f.tl.Entries
	if f.tl.More && f.floor != nil {
		i, found := slices.BinarySearchFunc(entries, *f.floor, feeds.Entry.Compare)
		if found {
			i++
		}
		entries = entries[:i]
	}
	if f.letIn.IsZero() {
		return entries
	}
	i, _ := slices.BinarySearchFunc(entries, f.letIn, func(e feeds.Entry, at time.Time) int { return at.Compare(e.At) })
	return entries[i:]
}

// send emits the state of things. The lock is held.
func (f *Feed) send() {
	s := &Snapshot{Busy: f.busy, Older: f.older, Filling: f.filling, Err: f.err, OldErr: f.oldErr}
	if f.tl != nil {
		entries := f.admitted()
		s.New = f.waiting()
		s.AsOf, s.Stale = f.tl.Fetched, !f.fresh
		s.End = f.tl.Complete() && !f.tl.More && f.shown >= len(entries)
		s.Items = f.items(entries[:min(f.shown, len(entries))])
	}
	f.emit(s)
}

// waiting counts the entries that are not let in yet. The lock is held.
func (f *Feed) waiting() int {
	if f.letIn.IsZero() {
		return 0
	}
	i, _ := slices.BinarySearchFunc(f.tl.Entries, f.letIn, func(e feeds.Entry, at time.Time) int { return at.Compare(e.At) })
	return i
}

// items joins entries with their posts and puts the gaps where they are. A gap whose upper side isn't shown is none to the reader.
func (f *Feed) items(entries []feeds.Entry) []Item {
	gaps := f.tl.Gaps()
	items := make([]Item, 0, len(entries)+len(gaps))
	for _, e := range entries {
		for len(gaps) > 0 && !e.At.After(gaps[0].Below) {
			if !entries[0].At.Before(gaps[0].Above) {
				items = append(items, Item{Gap: &gaps[0]})
			}
			gaps = gaps[1:]
		}
		if p := f.posts[e.Key]; p != nil {
			items = append(items, Item{Entry: e, Post: p})
		}
	}
	return items
}
