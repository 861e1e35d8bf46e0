package reader

import (
	"context"
	"slices"
	"time"

	"vitrine/feeds"
)

// add stores a page and shows it. A store that fails doesn't stop reading: the page is merged into what is loaded. change is applied
// under the lock, before the snapshot. It reports that there are more entries than before.
func (s *stream) add(ctx context.Context, c feeds.Cursor, page *feeds.Page, change func()) (grown bool) {
	// One after the other: a page that is stored before the one above it continues nothing, and leaves a gap that isn't there.
	s.adding <- struct{}{}
	defer func() { <-s.adding }()
	q, now := s.q, s.q.r.clock.Now()
	own := func() *feeds.Timeline { // the lock is held
		base := s.tl
		if base == nil || s.place.fleeting() && c == "" {
			base = &feeds.Timeline{ID: s.place.ID()}
		}
		merging := *base.FirstSeen(page).WithNext()
		merging.Entries = q.shared(merging.Entries)
		return base.Merge(c, &merging, now)
	}
	q.mu.Lock()
	first := s.tl == nil && c == "" && !q.threads
	if first { // nobody waits for the store while the list is empty, unless filters do
		q.holdBack()
		q.take(byKey(page.Posts))
		s.tl = own()
		if change != nil {
			change()
		}
		q.send()
	}
	q.mu.Unlock()
	if first && q.r.drawn != nil && q.few() {
		q.r.drawn(ctx)
	}
	posts, stored := s.save(ctx, c, page, now)
	q.knowAbove(ctx, posts)
	q.mu.Lock()
	defer q.mu.Unlock()
	tl := own()
	if stored != nil && !slices.EqualFunc(tl.Ranges, stored.Ranges, feeds.Range.Equal) {
		// Another tab was here, or the page reaches what wasn't loaded.
		limit := max(len(tl.Entries), FirstShown)
		q.mu.Unlock()
		again, err := q.r.store.Timeline(ctx, s.place.ID(), feeds.Window{Limit: limit})
		var more map[feeds.Key]*feeds.Post
		if err == nil && again != nil {
			more = q.missing(ctx, again.Entries)
			q.knowAbove(ctx, more)
		}
		q.mu.Lock()
		tl = own()
		if err == nil && again != nil {
			tl = q.unite(tl, again)
			s.setFloor(again)
			q.take(more)
		}
	}
	grown = first || s.tl == nil || len(tl.Entries) > len(s.tl.Entries) || q.finds(posts)
	if !first {
		q.holdBack()
	}
	q.take(posts)
	s.tl = tl
	if change != nil && !first {
		change()
	}
	q.send()
	return grown
}

// byKey returns posts by their keys.
func byKey(posts []*feeds.Post) map[feeds.Key]*feeds.Post {
	all := make(map[feeds.Key]*feeds.Post, len(posts))
	for _, p := range posts {
		all[p.Key] = p
	}
	return all
}

// holdBack has what comes from now on above the newest shown entry wait as "N new posts". The lock is held.
func (q *Query) holdBack() {
	switch {
	case !q.admitted.at.IsZero():
	case q.flying > 0: // what else has come isn't shown yet
		q.admitted = q.top
	default:
		q.admitted = q.markOf(q.view(0).rows)
	}
}

// save stores a page. It returns the page's posts merged with the stored copies, or with those that are loaded where the store failed;
// and the timeline as it is stored, nil where it isn't.
func (s *stream) save(ctx context.Context, c feeds.Cursor, page *feeds.Page, now time.Time) (map[feeds.Key]*feeds.Post, *feeds.Timeline) {
	q := s.q
	if !s.place.fleeting() {
		if saved, err := q.r.store.SavePage(ctx, s.place.ID(), c, page, now); err == nil {
			return saved.Posts, saved.Timeline
		}
	}
	return q.savePosts(ctx, page.Posts, s.place.fleeting()), nil
}

// savePosts stores posts without a place in a timeline, if they are to be. It returns them as save does.
func (q *Query) savePosts(ctx context.Context, posts []*feeds.Post, storing bool) map[feeds.Key]*feeds.Post {
	merged := make(map[feeds.Key]*feeds.Post, len(posts))
	if storing && q.r.store.SavePosts(ctx, posts) == nil {
		keys := make([]feeds.Key, 0, len(posts))
		for _, p := range posts {
			keys = append(keys, p.Key)
		}
		if found, err := q.r.store.Posts(ctx, keys); err == nil {
			merged = found
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, p := range posts {
		if merged[p.Key] == nil {
			merged[p.Key] = feeds.MergePost(q.posts[p.Key], p)
		}
	}
	return merged
}

// loadMore loads the next window below what is loaded, and reports that there was something in it. change is as add's.
func (s *stream) loadMore(ctx context.Context, change func()) bool {
	q := s.q
	q.mu.Lock()
	floor, limit := s.floor, len(s.tl.Entries)+ShownMore
	q.mu.Unlock()
	next, err := q.r.store.Timeline(ctx, s.place.ID(), feeds.Window{Below: floor, Limit: ShownMore})
	if err == nil && next != nil && !s.sameRanges(next) {
		next, err = q.r.store.Timeline(ctx, s.place.ID(), feeds.Window{Limit: limit})
	}
	if err != nil || next == nil {
		q.mu.Lock()
		defer q.mu.Unlock()
		s.tl, s.floor = cutAtCursor(s.tl, s.loaded()), nil
		return false
	}
	posts := q.missing(ctx, next.Entries)
	q.knowAbove(ctx, posts)
	q.mu.Lock()
	defer q.mu.Unlock()
	before := len(s.loaded())
	s.setFloor(next)
	q.take(posts)
	s.tl = q.unite(s.tl, next)
	if len(s.loaded()) <= before {
		return false
	}
	change()
	return true
}

func (s *stream) sameRanges(tl *feeds.Timeline) bool {
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	return slices.EqualFunc(s.tl.Ranges, tl.Ranges, feeds.Range.Equal)
}

// setFloor notes how far down the store was read. The lock is held.
func (s *stream) setFloor(tl *feeds.Timeline) {
	if n := len(tl.Entries); n > 0 {
		s.floor = &tl.Entries[n-1]
	}
}

// cutAtCursor returns a timeline whose lower part the store has lost: it ends where the server can be asked on.
func cutAtCursor(tl *feeds.Timeline, shown []feeds.Entry) *feeds.Timeline {
	rest := *tl
	rest.More = false
	for _, e := range slices.Backward(shown) {
		if e.Next != "" {
			i, _ := slices.BinarySearchFunc(tl.Entries, e, feeds.Entry.Compare)
			rest.Entries, rest.Ranges = tl.Entries[:min(i+1, len(tl.Entries))], feeds.Cut(tl.Ranges, e)
			break
		}
	}
	return &rest
}

// unite adds entries that were loaded now to those that were before, under the ranges of the store; under those from before where the store
// has lost a part of them. The lock is held.
func (q *Query) unite(shown, loaded *feeds.Timeline) *feeds.Timeline {
	tl := *loaded
	tl.Entries = slices.Clone(q.shared(loaded.Entries))
	known := make(map[feeds.Key]bool, len(tl.Entries))
	for _, e := range tl.Entries {
		known[e.Key] = true
	}
	for _, e := range shown.Entries {
		if !known[e.Key] {
			tl.Entries = append(tl.Entries, e)
		}
	}
	feeds.SortEntries(tl.Entries)
	if within(loaded.Ranges, shown.Ranges) {
		tl.Ranges = shown.Ranges
	}
	return &tl
}

// within reports that ranges say nothing that others don't say too.
func within(ranges, others []feeds.Range) bool {
	for _, r := range ranges {
		if !slices.ContainsFunc(others, func(o feeds.Range) bool {
			return !r.Newest.After(o.Newest) && !r.Oldest.Before(o.Oldest) && (r.Older == o.Older || r.Oldest.After(o.Oldest))
		}) {
			return false
		}
	}
	return true
}

// take keeps the posts that the site shows in memory. The lock is held.
func (q *Query) take(posts map[feeds.Key]*feeds.Post) {
	q.judgeAgain(posts)
	for k, p := range posts {
		delete(q.absent, k)
		if p = q.r.blocked.Admit(p); p == nil {
			q.left[k] = true
			continue
		}
		if here := q.posts[k]; here != nil && seenElsewhere(here, p) { // what was stored first may come last
			p = feeds.MergePost(here, p)
		}
		q.posts[k] = p
	}
}

// seenElsewhere reports that a post was seen at a host where its other copy wasn't.
func seenElsewhere(p, other *feeds.Post) bool {
	return p != other && slices.ContainsFunc(p.Sightings, func(s feeds.Sighting) bool {
		return !slices.ContainsFunc(other.Sightings, func(o feeds.Sighting) bool { return o.Host == s.Host })
	})
}

// finds reports that one of posts was looked for in vain. The lock is held.
func (q *Query) finds(posts map[feeds.Key]*feeds.Post) bool {
	for k := range posts {
		if q.absent[k] > stored {
			return true
		}
	}
	return false
}

// missing loads the posts of entries that were never loaded.
func (q *Query) missing(ctx context.Context, entries []feeds.Entry) map[feeds.Key]*feeds.Post {
	var keys []feeds.Key
	q.mu.Lock()
	for _, e := range entries {
		if q.posts[e.Key] == nil && !q.left[e.Key] && q.absent[e.Key] == 0 {
			keys = append(keys, e.Key)
		}
	}
	q.mu.Unlock()
	if len(keys) == 0 {
		return nil
	}
	posts, err := q.r.store.Posts(ctx, keys)
	if err != nil {
		return nil
	}
	return posts
}
