package cache

import (
	"maps"
	"slices"
	"time"

	"vitrine/feeds"
)

// cachedPost is what is stored under one key: a post and its place in each timeline. Values are never changed.
type cachedPost struct {
	post    *feeds.Post // nil while only timelines name it
	entries map[feeds.TimelineID]feeds.Entry
}

// with returns the cached post with a post merged into it.
func (h *cachedPost) with(p *feeds.Post) *cachedPost {
	if h == nil {
		return &cachedPost{post: p}
	}
	return &cachedPost{post: feeds.MergePost(h.post, p), entries: h.entries}
}

// at returns the cached post with an entry of a timeline.
func (h *cachedPost) at(id feeds.TimelineID, e feeds.Entry) *cachedPost {
	next := &cachedPost{entries: map[feeds.TimelineID]feeds.Entry{}}
	if h != nil {
		next.post = h.post
		maps.Copy(next.entries, h.entries)
	}
	next.entries[id] = e
	return next
}

// out returns the cached post without its entry in a timeline; nil when it stands in no other.
func (h *cachedPost) out(id feeds.TimelineID) *cachedPost {
	next := &cachedPost{post: h.post, entries: maps.Clone(h.entries)}
	delete(next.entries, id)
	if len(next.entries) == 0 {
		return nil
	}
	return next
}

// has reports that it stands in a timeline as an entry says.
func (h *cachedPost) has(id feeds.TimelineID, e feeds.Entry) bool {
	if h == nil {
		return false
	}
	known, ok := h.entries[id]
	return ok && known.WrapperID == e.WrapperID
}

// seen is when a post was last read from a server.
func seen(p *feeds.Post) time.Time {
	var last time.Time
	for _, s := range p.Sightings {
		if s.At.After(last) {
			last = s.At
		}
	}
	return last
}

// home is the host that a post counts for.
func home(p *feeds.Post) string {
	if p == nil || len(p.Sightings) == 0 {
		return ""
	}
	return p.Sightings[0].Host
}

// withQuoted lists posts with those that they quote.
func withQuoted(posts []*feeds.Post) []*feeds.Post {
	var all []*feeds.Post
	for _, p := range posts {
		all = append(all, p)
		if p.Quote != nil && p.Quote.Post != nil {
			all = append(all, withQuoted([]*feeds.Post{p.Quote.Post})...)
		}
	}
	return all
}

// keysOf lists the keys of posts and entries, each once.
func keysOf(posts []*feeds.Post, entries []feeds.Entry) []feeds.Key {
	keys := make([]feeds.Key, 0, len(posts)+len(entries))
	known := make(map[feeds.Key]bool, cap(keys))
	add := func(k feeds.Key) {
		if !known[k] {
			known[k] = true
			keys = append(keys, k)
		}
	}
	for _, p := range posts {
		add(p.Key)
	}
	for _, e := range entries {
		add(e.Key)
	}
	return keys
}

// mergePage returns what becomes of a timeline and of stored values when a page comes. base has the timeline's ranges. The timeline
// returned has of its entries those of the page; after has every value that the page names.
func mergePage(base *feeds.Timeline, stored map[feeds.Key]*cachedPost, c feeds.Cursor, p *feeds.Page, at time.Time) (*feeds.Timeline, map[feeds.Key]*cachedPost) {
	after := mergePosts(stored, p.Posts)
	here := &feeds.Timeline{ID: base.ID, Ranges: base.Ranges, Fetched: base.Fetched}
	for _, k := range keysOf(nil, p.Entries) {
		if h := stored[k]; h != nil {
			if e, ok := h.entries[base.ID]; ok {
				here.Entries = append(here.Entries, e)
			}
		}
	}
	feeds.SortEntries(here.Entries)
	tl := here.Merge(c, here.FirstSeen(p).WithNext(), at)
	for _, e := range tl.Entries {
		h := after[e.Key]
		if h == nil {
			h = stored[e.Key]
		}
		after[e.Key] = h.at(base.ID, e)
	}
	return tl, after
}

// savedPage is what a store returns of a page, from what was stored and what mergePage made of it.
func savedPage(tl *feeds.Timeline, before, after map[feeds.Key]*cachedPost, p *feeds.Page) feeds.SavedPage {
	s := feeds.SavedPage{Timeline: tl, Posts: make(map[feeds.Key]*feeds.Post, len(p.Posts))}
	for _, k := range keysOf(p.Posts, p.Entries) {
		if h := after[k]; h != nil && h.post != nil {
			s.Posts[k] = h.post
		}
	}
	for _, e := range p.Entries {
		if is := s.Posts[e.Key]; !before[e.Key].has(tl.ID, e) || is != nil && (before[e.Key].post == nil || is.Edited.After(before[e.Key].post.Edited)) {
			s.New = append(s.New, e)
		}
	}
	return s
}

// mergePosts returns what becomes of stored values when posts come.
func mergePosts(stored map[feeds.Key]*cachedPost, posts []*feeds.Post) map[feeds.Key]*cachedPost {
	after := make(map[feeds.Key]*cachedPost, len(posts))
	for _, p := range withQuoted(posts) {
		h := after[p.Key]
		if h == nil {
			h = stored[p.Key]
		}
		after[p.Key] = h.with(p)
	}
	return after
}

// pick returns the entries of a sorted list that a window shows, and whether there are more below.
func pick(entries []feeds.Entry, w feeds.Window) ([]feeds.Entry, bool) {
	if w.Below != nil {
		i, found := slices.BinarySearchFunc(entries, *w.Below, feeds.Entry.Compare)
		if found {
			i++
		}
		entries = entries[i:]
	}
	if w.Limit > 0 && len(entries) > w.Limit {
		return entries[:w.Limit], true
	}
	return entries, false
}

// withStableSightings returns after with the sightings of before where they differ by less than a minute of time only, so that a post that is
// read again and again is not written each time.
func withStableSightings(before, after *cachedPost) *cachedPost {
	if before.post == nil || after.post == nil || len(before.post.Sightings) != len(after.post.Sightings) {
		return after
	}
	for i, s := range after.post.Sightings {
		was := before.post.Sightings[i]
		if s.Host != was.Host || s.ID != was.ID || s.ParentID != was.ParentID || s.Origin != was.Origin || s.At.Sub(was.At).Abs() >= time.Minute {
			return after
		}
	}
	p := *after.post
	p.Sightings = before.post.Sightings
	return &cachedPost{post: &p, entries: after.entries}
}

// order is a list that a server gave as a whole, as it is written.
type order struct {
	Keys []feeds.Key `json:"k"`
	At   int64       `json:"a"` // nanoseconds since 1970
}

func listOf(posts []*feeds.Post, at time.Time) *order {
	l := &order{At: at.UnixNano()}
	for _, p := range posts {
		l.Keys = append(l.Keys, p.Key)
	}
	return l
}

// posts returns those of its posts that are still there, in order, and when it was read.
func (l *order) posts(found map[feeds.Key]*feeds.Post) ([]*feeds.Post, time.Time) {
	posts := make([]*feeds.Post, 0, len(l.Keys))
	for _, k := range l.Keys {
		if p := found[k]; p != nil {
			posts = append(posts, p)
		}
	}
	return posts, time.Unix(0, l.At).UTC()
}
