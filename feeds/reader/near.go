package reader

import (
	"context"
	"slices"

	"vitrine/feeds"
)

// Nearby says which posts of a list a page needs, by their keys.
type Nearby struct {
	Near   []feeds.Key // it draws them: what the store has lost of them is asked for from the servers
	Around []feeds.Key // it may draw them soon: they are read from the store alone
	Far    []feeds.Key // it doesn't draw them, and they are let go of
}

// Empty reports that nothing is needed and nothing let go of.
func (n Nearby) Empty() bool { return len(n.Near)+len(n.Around)+len(n.Far) == 0 }

// absence is why the post of a row isn't in memory though the list has shown it.
type absence int

const (
	unseen absence = iota + 1 // the store should have it, and it was never read
	stored                    // it was let go of, and the store should have it
	lost                      // the store doesn't have it
	failed                    // neither has the store, and its server can't be asked or didn't show it in few pages
	gone                      // its server doesn't have it any more
)

// Whole reports that the list is held as a whole: its order isn't time's, so that no page says what it should have had; and it is short.
func (q *Query) Whole() bool {
	return slices.ContainsFunc(q.all(), func(s *stream) bool { return s.place.fleeting() })
}

// Hold lets go of posts and reads others again, then emits a snapshot. What neither the store nor a server has is left out; where a server
// can't be asked there is a gap. It is not called for a list that is held as a whole.
func (q *Query) Hold(ctx context.Context, n Nearby) {
	q.mu.Lock()
	for _, k := range n.Far {
		if q.posts[k] != nil {
			delete(q.posts, k)
			q.absent[k] = stored
		}
	}
	var keys []feeds.Key
	for _, k := range slices.Concat(n.Near, n.Around) {
		if why := q.absent[k]; why == stored || why == unseen {
			keys = append(keys, k)
		}
	}
	q.mu.Unlock()
	if !q.readAgain(ctx, keys) {
		return
	}

	q.mu.Lock()
	missing, passed := map[feeds.Key]bool{}, map[feeds.Key]bool{}
	for _, k := range n.Near {
		if q.absent[k] == lost {
			missing[k] = true
		}
	}
	q.send()
	q.mu.Unlock()
	if len(missing) == 0 {
		return
	}
	_ = q.each(q.all(), func(s *stream) error { return s.recover(ctx, missing, passed) })
	q.mu.Lock()
	defer q.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	for k := range missing {
		switch {
		case q.absent[k] != lost:
		case passed[k]:
			q.absent[k] = gone
		default:
			q.absent[k] = failed
		}
	}
	q.send()
}

// readAgain reads posts from the store that were let go of, and notes those that it has lost. It reports that ctx isn't over.
func (q *Query) readAgain(ctx context.Context, keys []feeds.Key) bool {
	if len(keys) == 0 {
		return true
	}
	posts, _ := q.r.store.Posts(ctx, keys) // a store that can't be read has nothing
	if ctx.Err() != nil {
		return false
	}
	q.knowAbove(ctx, posts)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.take(posts)
	for _, k := range keys {
		if why := q.absent[k]; why == stored || why == unseen {
			q.absent[k] = lost
		}
	}
	return true
}

// recover asks the server for the pages that had the posts of keys, a few at most, and adds to passed those that they don't have any more.
// The store keeps the posts alone: which stretches of the timeline were read is for those to say who read them in order.
func (s *stream) recover(ctx context.Context, keys, passed map[feeds.Key]bool) error {
	q := s.q
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	var begun, next feeds.Cursor
	own := map[feeds.Key]bool{} // as passed, of this source
	for n := range emptyPages {
		q.mu.Lock()
		cursor, some := s.pageOf(keys, own)
		q.mu.Unlock()
		switch {
		case !some:
			return nil
		case n > 0 && cursor == begun: // the page ended above the post
			cursor = next
		default:
			begun = cursor
		}
		page, err := s.page(ctx, cursor)
		if err != nil {
			return err
		}
		posts := q.savePosts(ctx, page.Posts, true)
		q.mu.Lock()
		q.take(posts)
		for _, k := range s.missed(keys, page) {
			own[k], passed[k] = true, true
		}
		q.send()
		q.mu.Unlock()
		next = page.Older
	}
	return nil
}

// pageOf returns the cursor of the page that had the first of the posts that are lost, of keys without but. The lock is held.
func (s *stream) pageOf(keys, but map[feeds.Key]bool) (c feeds.Cursor, some bool) {
	if s.tl == nil {
		return "", false
	}
	for _, e := range s.tl.Entries {
		if keys[e.Key] && !but[e.Key] && s.q.absent[e.Key] == lost {
			return c, true
		}
		if e.Next != "" {
			c = e.Next
		}
	}
	return "", false
}

// missed returns the posts that a page should have had and didn't: pages are asked for from the first lost post on. The lock is held.
func (s *stream) missed(keys map[feeds.Key]bool, page *feeds.Page) (missed []feeds.Key) {
	for _, e := range s.tl.Entries {
		if !keys[e.Key] || s.q.absent[e.Key] != lost {
			continue
		}
		if page.Older == "" || slices.ContainsFunc(page.Entries, func(o feeds.Entry) bool { return o.At.Before(e.At) }) {
			missed = append(missed, e.Key)
		}
	}
	return missed
}

// pageAbove returns the cursor of the page that a row stood on. The lock is held.
func (s *stream) pageAbove(e feeds.Entry) feeds.Cursor {
	i, _ := slices.BinarySearchFunc(s.tl.Entries, e, feeds.Entry.Compare)
	for _, above := range slices.Backward(s.tl.Entries[:i]) {
		if above.Next != "" {
			return above.Next
		}
	}
	return ""
}

// unreadable appends the gap that stands for rows whose posts can't be read again just now. Where only a refresh asks for them there is none.
// The lock is held.
func (q *Query) unreadable(items []Item, r row) []Item {
	i := slices.IndexFunc(q.sources, func(s *stream) bool { return s.place.ID() == r.from[0] })
	c := q.sources[i].pageAbove(*r.Entry)
	if c == "" {
		return items
	}
	gap := feeds.Gap{Above: r.At, Below: r.At, Cursor: c}
	from := q.sources[i].from
	for n, item := range slices.Backward(items) {
		if item.Gap != nil && item.Gap.Cursor == c && item.From[0] == from[0] { // one is enough for a page, whatever of others stands in between
			gap.Above, items[n].Gap = item.Gap.Above, &gap
			return items
		}
	}
	if n := len(items); n > 0 && items[n-1].Gap == nil {
		gap.Above = items[n-1].Entry.At
	}
	return append(items, Item{Gap: &gap, Filling: q.sources[i].filling == c, From: from})
}

// few reports that all posts of the sources are kept in memory as they are read from the store; of many sources those alone that are shown.
func (q *Query) few() bool { return len(q.all()) <= few }

// noteUnread notes the posts of entries that aren't read with them. The lock is held.
func (q *Query) noteUnread(entries []feeds.Entry, posts map[feeds.Key]*feeds.Post) {
	if len(q.sources) <= few {
		return
	}
	for _, e := range entries {
		if posts[e.Key] == nil && q.posts[e.Key] == nil && !q.left[e.Key] && q.absent[e.Key] == 0 {
			q.absent[e.Key] = unseen
		}
	}
}

// firstOfEach is how many stored entries of a source are loaded at first: of many sources a few, since most of the others aren't shown soon.
func (q *Query) firstOfEach() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.sources)
	if n <= few {
		return q.shown
	}
	return min(q.shown, 4+4*q.shown/n)
}

// loadShown loads more of what is stored of many sources until there is as much as is to be shown.
func (q *Query) loadShown(ctx context.Context) {
	for range maxRounds {
		var behind []*stream
		q.mu.Lock()
		if len(q.sources) > few && len(q.view(q.shown).rows) < q.shown {
			for _, s := range q.behind() {
				if s.tl.More {
					behind = append(behind, s)
				}
			}
		}
		q.mu.Unlock()
		if len(behind) == 0 || ctx.Err() != nil {
			return
		}
		_ = q.each(behind, func(s *stream) error {
			s.loadMore(ctx, func() {})
			return nil
		})
	}
}

// readShown reads the posts that are to be shown and were never read, until filters leave no other ones in their places.
func (q *Query) readShown(ctx context.Context) {
	q.loadShown(ctx)
	for range maxRounds {
		q.mu.Lock()
		var keys []feeds.Key
		if len(q.sources) > 1 {
			rows := q.view(q.shown).rows
			for _, r := range rows[:min(len(rows), q.shown)] {
				if q.absent[r.Key] == unseen {
					keys = append(keys, r.Key)
				}
			}
		}
		q.mu.Unlock()
		if len(keys) == 0 || !q.readAgain(ctx, keys) {
			return
		}
	}
}

// maxRounds is how often filters may make room for other posts while a list is read; then what is left is read as the screen comes near.
const maxRounds = 20
