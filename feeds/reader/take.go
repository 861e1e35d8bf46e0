package reader

import (
	"context"
	"sync"
	"time"

	"vitrine/feeds"
)

// Depth is how far back lists are taken: down to a time, or so many posts of all of them together.
type Depth struct {
	From  time.Time // zero for none
	Posts int       // 0 for none
}

// Taken is what is stored of lists down to a depth.
type Taken struct {
	Entries []feeds.Entry                     // each post once, newest first
	From    time.Time                         // down to where they reach
	Failed  map[feeds.TimelineID]*feeds.Error // why the rest of a list could not be read
}

// taking is a list that is being taken.
type taking struct {
	place   Place
	s       *stream
	entries []feeds.Entry
	ranges  []feeds.Range
	failed  *feeds.Error
	asked   feeds.Cursor // what was asked for last: a server that gives it again goes in a circle
	pages   int
}

// mostPages is how many pages of a list are taken at most.
const mostPages = 2000

// Take reads lists down to a depth and stores what they have: the newest page of each, what is missing between what is stored, and what is
// below. What is stored already isn't asked for, so that who was interrupted calls it again. step is told how many posts there are.
func (r *Reader) Take(ctx context.Context, places []Place, d Depth, step func(posts int)) (Taken, error) {
	q := r.Query(places, func(*Snapshot) {})
	all := make([]*taking, 0, len(q.sources))
	for _, s := range q.sources {
		if !s.place.fleeting() {
			all = append(all, &taking{place: s.place, s: s})
		}
	}
	if err := r.takeEach(ctx, all, func(t *taking) error { return r.takeNewest(ctx, t) }); err != nil {
		return Taken{}, err
	}
	for {
		taken := depthOf(all, d)
		step(len(taken.Entries))
		var open []*taking
		for _, t := range all {
			if _, on := t.lacks(taken.From); on {
				open = append(open, t)
			}
		}
		if len(open) == 0 {
			return taken, nil
		}
		if err := r.takeEach(ctx, open, func(t *taking) error { return r.takeOn(ctx, t, taken.From) }); err != nil {
			return Taken{}, err
		}
	}
}

// takeEach calls f for lists, a few at a time. An error of the store, or the end of ctx, ends it; what a server fails with is its list's alone.
func (r *Reader) takeEach(ctx context.Context, all []*taking, f func(*taking) error) error {
	places := make(chan struct{}, few)
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i, t := range all {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			errs[i] = f(t)
		})
	}
	wg.Wait()
	for i, err := range errs {
		switch feeds.KindOf(err) {
		case "":
			all[i].failed = nil
		case feeds.Storage:
			return err
		default:
			all[i].failed = feeds.AsError(err)
		}
	}
	return ctx.Err()
}

// takeNewest reads the newest page of a list.
func (r *Reader) takeNewest(ctx context.Context, t *taking) error {
	t.s.loadFirst(ctx)
	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := t.s.newest(limited)
	if err == nil {
		err = r.takePage(ctx, t, "", page)
	} else {
		err = timely(limited, t.place.Server(), err)
	}
	if known := r.known(ctx, t); known != nil {
		return known
	}
	return err
}

// takeOn reads the page at the highest place where something is missing.
func (r *Reader) takeOn(ctx context.Context, t *taking, from time.Time) error {
	c, _ := t.lacks(from)
	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := t.s.page(limited, c)
	if err != nil {
		return timely(limited, t.place.Server(), err)
	}
	t.asked, t.pages = c, t.pages+1
	if err := r.takePage(ctx, t, c, page); err != nil {
		return err
	}
	return r.known(ctx, t)
}

func (r *Reader) takePage(ctx context.Context, t *taking, c feeds.Cursor, page *feeds.Page) error {
	_, err := r.store.SavePage(ctx, t.place.ID(), c, page, r.clock.Now())
	return err
}

// known reads what is stored of a list.
func (r *Reader) known(ctx context.Context, t *taking) error {
	tl, err := r.store.Timeline(ctx, t.place.ID(), feeds.Window{})
	if err == nil && tl != nil {
		t.entries, t.ranges = tl.Entries, tl.Ranges
	}
	return err
}

// lacks returns where the list goes on above a time; false where nothing is missing, or the rest can't be read.
func (t *taking) lacks(from time.Time) (feeds.Cursor, bool) {
	if t.failed != nil || t.pages >= mostPages {
		return "", false
	}
	for _, g := range t.ranges {
		if g.Older != "" && g.Oldest.After(from) {
			return g.Older, g.Older != t.asked
		}
	}
	return "", false
}

// depthOf joins what is stored of lists down to a depth.
func depthOf(all []*taking, d Depth) Taken {
	taken := Taken{From: d.From, Failed: map[feeds.TimelineID]*feeds.Error{}}
	seen := map[feeds.Key]bool{}
	for _, t := range all {
		if t.failed != nil {
			taken.Failed[t.place.ID()] = t.failed
		}
		for _, e := range t.entries {
			if !seen[e.Key] && e.At.After(d.From) {
				seen[e.Key] = true
				taken.Entries = append(taken.Entries, e)
			}
		}
	}
	feeds.SortEntries(taken.Entries)
	if d.Posts > 0 && len(taken.Entries) >= d.Posts {
		taken.Entries = taken.Entries[:d.Posts]
		taken.From = feeds.Later(d.From, taken.Entries[d.Posts-1].At)
	}
	return taken
}

// ThreadList names what is stored of a conversation around a post.
func ThreadList(host, id string) feeds.TimelineID { return (&Thread{host: host, id: id}).list() }

// PinnedList names what is stored of the posts that an author shows first.
func PinnedList(a *feeds.Author) feeds.TimelineID { return pinnedList(a) }

// Places finds the places that PlaceName wrote.
func (r *Reader) Places(ctx context.Context, names []string) ([]Place, error) {
	var places []Place
	for _, n := range names {
		p, err := r.named(ctx, n)
		if err != nil {
			return nil, err
		}
		places = append(places, p)
	}
	return places, nil
}
