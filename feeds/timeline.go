package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// TimelineID names a stored timeline: host, what is read there and how, as "social.example/local" or
// "social.example/@town@social.example?replies".
type TimelineID string

// Entry is a post's place in a timeline. It is immutable.
type Entry struct {
	Key       Key       `json:",omitzero"`
	At        time.Time `json:",omitzero"` // position: when it was published, or for a boost when it was boosted
	Undated   bool      `json:",omitzero"` // At is when the post was first read: it tells no time
	WrapperID string    `json:",omitzero"` // id at the timeline's host of what stands in the list: the post or the boost of it
	BoostedBy *Author   `json:",omitzero"` // nil unless it is a boost
	Pinned    bool      `json:",omitzero"` // stands outside the time order
	Next      Cursor    `json:",omitzero"` // asks for what is below; only on the last entry of a page that was read
}

// EntriesOf are the entries of a list in which posts stand for themselves: by their own times and ids.
func EntriesOf(posts []*Post) []Entry {
	var entries []Entry
	for _, p := range posts {
		entries = append(entries, Entry{Key: p.Key, At: p.Published, Undated: p.Undated, WrapperID: first(p).ID})
	}
	return entries
}

// Before is the order of a timeline: newest first, and within one moment as Compare says.
func (e Entry) Before(o Entry) bool { return e.Compare(o) < 0 }

// Compare is the order of a timeline for sorting: negative when e stands above o. Within one moment the server's own order stands, as
// far as its ids tell it, then that of the keys.
func (e Entry) Compare(o Entry) int {
	return cmp.Or(o.At.Compare(e.At), CompareIDs(o.WrapperID, e.WrapperID), strings.Compare(string(e.Key), string(o.Key)))
}

// SortEntries brings entries into the order of a timeline.
func SortEntries(list []Entry) {
	if slices.IsSortedFunc(list, Entry.Compare) {
		return
	}
	by := make([]*Entry, len(list)) // all sorts of pointers are one function of the program
	for i, e := range list {
		by[i] = &e
	}
	slices.SortFunc(by, func(a, b *Entry) int { return a.Compare(*b) })
	for i, e := range by {
		list[i] = *e
	}
}

// CompareIDs is the order in which a server gave two ids: the longer is the later, then the greater. It holds for numbers, snowflakes,
// ULIDs, flake ids and addresses that end with a number; of ids that tell nothing (UUIDv4) it is merely the same each time.
func CompareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// EarlierPost orders posts of one server for sorting, the earliest first.
func EarlierPost(p, q *Post) int {
	return cmp.Or(p.Published.Compare(q.Published), CompareIDs(first(p).ID, first(q).ID), strings.Compare(string(p.Key), string(q.Key)))
}

// Range is a stretch of a timeline that was read without a hole.
type Range struct {
	Newest, Oldest time.Time `json:",omitzero"` // positions of its first and last entry
	Older          Cursor    `json:",omitzero"` // goes on below it; "" when its end is the list's end
}

// Equal reports that two ranges say the same.
func (r Range) Equal(o Range) bool {
	return r.Newest.Equal(o.Newest) && r.Oldest.Equal(o.Oldest) && r.Older == o.Older
}

// Gap is a hole between two ranges. It is shown where it is, and filled on demand.
type Gap struct {
	Above, Below time.Time // positions of the entries at its two sides
	Cursor       Cursor    // asks for what is in it
}

// Timeline is what is stored of one list. It is immutable: Merge returns a new one.
type Timeline struct {
	ID      TimelineID
	Entries []Entry // in order, each key once
	Ranges  []Range // newest first, not touching
	Fetched time.Time
	More    bool // the store has entries below the last one
}

// Window says which entries of a stored timeline are asked for.
type Window struct {
	Below *Entry // those that stand after it; nil from the newest on
	Limit int    // at most so many; 0 for all
}

// Host is the server a timeline was read from.
func (id TimelineID) Host() string {
	host, _, _ := strings.Cut(string(id), "/")
	return host
}

// Complete reports that the list was read to its end.
func (t *Timeline) Complete() bool {
	return t != nil && len(t.Ranges) > 0 && t.Ranges[len(t.Ranges)-1].Older == ""
}

// Gaps returns the holes between what was read, newest first.
func (t *Timeline) Gaps() []Gap {
	if t == nil || len(t.Ranges) < 2 {
		return nil
	}
	gaps := make([]Gap, 0, len(t.Ranges)-1)
	for i := range t.Ranges[1:] {
		gaps = append(gaps, Gap{Above: t.Ranges[i].Oldest, Below: t.Ranges[i+1].Newest, Cursor: t.Ranges[i].Older})
	}
	return gaps
}

// Merge returns the timeline with a page added that was asked with c at the given time. A newest page (c is "") that holds
// something of the newest range joins it; one that doesn't leaves a gap. A page asked with a range's Older cursor continues
// that range, and closes the gap below when it holds something of the next range or the list ends there. A post that is
// there already moves up when the page has it at a newer place (it was boosted), and never down.
//
// What becomes of the ranges depends on the page and on those entries alone that it names, so a timeline of which only these
// were loaded gives the same ranges.
func (t *Timeline) Merge(c Cursor, p *Page, at time.Time) *Timeline {
	p = t.FirstSeen(p)
	next := &Timeline{ID: t.ID, Entries: slices.Clone(t.Entries), Ranges: slices.Clone(t.Ranges), Fetched: t.Fetched, More: t.More}
	if c == "" {
		next.Fetched = at
	}
	place := make(map[Key]int, len(t.Entries)+len(p.Entries))
	for i, e := range next.Entries {
		place[e.Key] = i
	}
	var overlaps []time.Time // positions at which the page and what is stored agree
	for _, e := range p.Entries {
		i, known := place[e.Key]
		switch {
		case !known:
			place[e.Key] = len(next.Entries)
			next.Entries = append(next.Entries, e)
		case next.Entries[i].WrapperID == e.WrapperID:
			if i < len(t.Entries) {
				overlaps = append(overlaps, e.At)
			}
			if e.Next == "" {
				e.Next = next.Entries[i].Next
			}
			next.Entries[i] = e
		case e.At.After(next.Entries[i].At):
			next.Entries[i] = e
		}
	}
	SortEntries(next.Entries)
	next.Ranges = mergeRanges(next.Ranges, c, p, overlaps)
	return next
}

// FirstSeen returns a page whose posts without a date stand where the timeline has them already: at their first sight.
func (t *Timeline) FirstSeen(p *Page) *Page {
	if !slices.ContainsFunc(p.Entries, func(e Entry) bool { return e.Undated }) {
		return p
	}
	known := make(map[Key]Entry, len(t.Entries))
	for _, e := range t.Entries {
		known[e.Key] = e
	}
	moved := *p
	moved.Entries = slices.Clone(p.Entries)
	for i, e := range moved.Entries {
		if k, ok := known[e.Key]; ok && e.Undated && k.WrapperID == e.WrapperID && k.At.Before(e.At) {
			moved.Entries[i].At, moved.Entries[i].Undated = k.At, k.Undated
		}
	}
	return &moved
}

// WithNext returns the page with its Older as the Next of the entry that stands lowest.
func (p *Page) WithNext() *Page {
	if p.Older == "" || len(p.Entries) == 0 {
		return p
	}
	entries := slices.Clone(p.Entries)
	low := 0
	for i := range entries {
		if entries[low].Before(entries[i]) {
			low = i
		}
	}
	entries[low].Next = p.Older
	return &Page{Entries: entries, Posts: p.Posts, Older: p.Older}
}

// Cut returns the ranges of a timeline whose entries below e are dropped: e is the last, and what is below is asked for with
// its Next.
func Cut(ranges []Range, e Entry) []Range {
	var kept []Range
	for _, r := range ranges {
		if r.Newest.Before(e.At) {
			break
		}
		if r.Oldest.Before(e.At) {
			r.Oldest, r.Older = e.At, e.Next
		}
		kept = append(kept, r)
	}
	if len(kept) > 0 {
		last := &kept[len(kept)-1]
		last.Older = e.Next
	}
	return kept
}

func mergeRanges(ranges []Range, c Cursor, p *Page, overlaps []time.Time) []Range {
	newest, oldest, some := span(p.Entries)
	if c != "" {
		i := slices.IndexFunc(ranges, func(r Range) bool { return r.Older == c })
		if i < 0 {
			return standAlone(ranges, Range{Newest: newest, Oldest: oldest, Older: p.Older}, some)
		}
		ranges[i].Older = p.Older
		if some {
			ranges[i].Newest = Later(ranges[i].Newest, newest)
			ranges[i].Oldest = Earlier(ranges[i].Oldest, oldest)
		}
		return join(ranges, i, overlaps)
	}
	r := Range{Newest: newest, Oldest: oldest, Older: p.Older}
	switch {
	case len(ranges) == 0:
		return []Range{r}
	case !some, p.Older == "" && !ranges[0].containsAny(overlaps):
		// The list ends above what is stored: the rest is gone there, what is stored stays readable.
		ranges[0].Newest = Later(ranges[0].Newest, newest)
		return ranges
	}
	return join(slices.Insert(ranges, 0, r), 0, overlaps)
}

// standAlone adds a page that continues no range. What stood above it was lost, and it stands for itself; or it answers a question from
// before, and where it reaches into a range no claim is made.
func standAlone(ranges []Range, r Range, some bool) []Range {
	i := slices.IndexFunc(ranges, func(o Range) bool { return !o.Newest.After(r.Newest) })
	if i < 0 {
		i = len(ranges)
	}
	switch {
	case !some, i < len(ranges) && !ranges[i].Newest.Before(r.Oldest):
		return ranges
	case i > 0 && (ranges[i-1].Older == "" || !ranges[i-1].Oldest.After(r.Newest)), i < len(ranges) && r.Older == "":
		return ranges
	}
	return slices.Insert(ranges, i, r)
}

// join unites range i with those below it that its newest page has reached.
func join(ranges []Range, i int, overlaps []time.Time) []Range {
	for i+1 < len(ranges) && (ranges[i].Older == "" || ranges[i+1].containsAny(overlaps)) {
		up, below := ranges[i], ranges[i+1]
		united := Range{Newest: Later(up.Newest, below.Newest), Oldest: below.Oldest, Older: below.Older}
		if up.Oldest.Before(below.Oldest) && up.Older != "" {
			united.Oldest, united.Older = up.Oldest, up.Older
		}
		ranges = slices.Replace(ranges, i, i+2, united)
	}
	return ranges
}

// containsAny reports that one of the positions lies in the range.
func (r Range) containsAny(at []time.Time) bool {
	return slices.ContainsFunc(at, func(t time.Time) bool { return !t.After(r.Newest) && !t.Before(r.Oldest) })
}

func span(entries []Entry) (newest, oldest time.Time, some bool) {
	for i, e := range entries {
		if i == 0 {
			newest, oldest = e.At, e.At
			continue
		}
		newest, oldest = Later(newest, e.At), Earlier(oldest, e.At)
	}
	return newest, oldest, len(entries) > 0
}

// Later is the later of two times.
func Later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Earlier is the earlier of two times.
func Earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
