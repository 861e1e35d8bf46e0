package reader

import (
	"context"
	"slices"
	"time"

	"vitrine/feeds"
)

// A feed holds a window of its timeline: what was loaded of the stored entries, from the newest on, and what came since. The
// store has the rest, and the last word on ranges, since other tabs write there too.

// add stores a page and shows it. A store that fails doesn't stop reading: the page is merged into what this feed holds. change
// is applied under the lock, before the snapshot. It reports that there are more entries than before.
func (f *Feed) add(ctx context.Context, c feeds.Cursor, page *feeds.Page, change func()) (grown bool) {
	now := f.r.clock.Now()
	posts, stored := f.save(ctx, c, page, now)
	own := func() *feeds.Timeline {
		base := f.tl
		if base == nil || f.place.fleeting() && c == "" {
			base = &feeds.Timeline{ID: f.place.ID()}
		}
		return base.Merge(c, page, now)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	tl := own()
	if stored != nil && !slices.EqualFunc(tl.Ranges, stored.Ranges, feeds.Range.Equal) {
		// Another tab was here, or the page reaches what wasn't loaded.
		limit := max(len(tl.Entries), FirstShown)
		f.mu.Unlock()
		again, lerr := f.r.store.Timeline(ctx, f.place.ID(), feeds.Window{Limit: limit})
		var more map[feeds.Key]*feeds.Post
		if lerr == nil && again != nil {
			more = f.missing(ctx, again.Entries)
		}
		f.mu.Lock()
		tl = own()
		if lerr == nil && again != nil {
			tl = united(tl, again)
			f.loaded(again)
			for k, p := range more {
				f.posts[k] = p
			}
		}
	}
	grown = f.tl == nil || len(tl.Entries) > len(f.tl.Entries)
	if f.tl != nil && len(f.tl.Entries) > 0 && f.letIn.IsZero() {
		f.letIn = f.tl.Entries[0].At
	}
	f.show(tl, posts)
	if change != nil {
		change()
	}
	f.send()
	return grown
}

// loadMore loads the next window below what is held, and reports that there was something in it.
func (f *Feed) loadMore(ctx context.Context) bool {
	f.mu.Lock()
	floor, limit := f.floor, len(f.tl.Entries)+ShownMore
	f.mu.Unlock()
	next, err := f.r.store.Timeline(ctx, f.place.ID(), feeds.Window{Below: floor, Limit: ShownMore})
	if err == nil && next != nil && !f.sameRanges(next) {
		next, err = f.r.store.Timeline(ctx, f.place.ID(), feeds.Window{Limit: limit})
	}
	if err != nil || next == nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.tl, f.floor = ended(f.tl, f.admitted()), nil
		return false
	}
	posts := f.missing(ctx, next.Entries)
	f.mu.Lock()
	defer f.mu.Unlock()
	before := len(f.admitted())
	f.loaded(next)
	f.show(united(f.tl, next), posts)
	return len(f.admitted()) > before
}

func (f *Feed) sameRanges(tl *feeds.Timeline) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.EqualFunc(f.tl.Ranges, tl.Ranges, feeds.Range.Equal)
}

// ended is a timeline whose lower part the store has lost: it ends where the server can be asked on.
func ended(tl *feeds.Timeline, shown []feeds.Entry) *feeds.Timeline {
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

// united adds entries that were loaded to those that are held, under the ranges of the store.
func united(held, loaded *feeds.Timeline) *feeds.Timeline {
	tl := *loaded
	tl.Entries = slices.Clone(loaded.Entries)
	known := make(map[feeds.Key]bool, len(tl.Entries))
	for _, e := range tl.Entries {
		known[e.Key] = true
	}
	for _, e := range held.Entries {
		if !known[e.Key] {
			tl.Entries = append(tl.Entries, e)
		}
	}
	slices.SortFunc(tl.Entries, feeds.Entry.Compare)
	return &tl
}

// loaded notes how far down the store was read. The lock is held.
func (f *Feed) loaded(tl *feeds.Timeline) {
	if n := len(tl.Entries); n > 0 {
		f.floor = &tl.Entries[n-1]
	}
}

// show makes tl what the feed shows. The lock is held.
func (f *Feed) show(tl *feeds.Timeline, posts map[feeds.Key]*feeds.Post) {
	for k, p := range posts {
		f.posts[k] = p
	}
	f.tl = tl
}

// missing loads the posts of entries that the feed doesn't hold.
func (f *Feed) missing(ctx context.Context, entries []feeds.Entry) map[feeds.Key]*feeds.Post {
	var keys []feeds.Key
	f.mu.Lock()
	for _, e := range entries {
		if f.posts[e.Key] == nil {
			keys = append(keys, e.Key)
		}
	}
	f.mu.Unlock()
	if len(keys) == 0 {
		return nil
	}
	posts, err := f.r.store.Posts(ctx, keys)
	if err != nil {
		return nil
	}
	return posts
}

// save stores a page. It returns the page's posts merged with the stored copies, or with those that the feed holds where the store
// failed; and the timeline as it is stored, nil where it isn't.
func (f *Feed) save(ctx context.Context, c feeds.Cursor, page *feeds.Page, now time.Time) (map[feeds.Key]*feeds.Post, *feeds.Timeline) {
	if !f.place.fleeting() {
		if saved, err := f.r.store.SavePage(ctx, f.place.ID(), c, page, now); err == nil {
			return saved.Posts, saved.Timeline
		}
	}
	posts := make(map[feeds.Key]*feeds.Post, len(page.Posts))
	if f.place.fleeting() && f.r.store.SavePosts(ctx, page.Posts) == nil {
		keys := make([]feeds.Key, 0, len(page.Posts))
		for _, p := range page.Posts {
			keys = append(keys, p.Key)
		}
		if found, err := f.r.store.Posts(ctx, keys); err == nil {
			posts = found
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range page.Posts {
		if posts[p.Key] == nil {
			posts[p.Key] = feeds.MergePost(f.posts[p.Key], p)
		}
	}
	return posts, nil
}
