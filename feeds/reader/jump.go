package reader

import (
	"context"
	"strconv"
	"time"

	"vitrine/feeds"
)

// MostAsked is how many requests a jump into the middle of a list may take.
const MostAsked = 20

// Jump has a ProfilePlace begin with what was posted before a time, for a reader who jumps to a month. What can't be reached within MostAsked
// requests begins with later posts.
type Jump struct {
	Before time.Time
	Heard  func(asked int) // is called after each request of the jump; nil for nobody
}

// name tells the timeline of a jump from the others of an author; "" for none.
func (j *Jump) name() feeds.TimelineID {
	if j == nil {
		return ""
	}
	return feeds.TimelineID("&before=" + strconv.FormatInt(j.Before.Unix(), 10))
}

// jumpTo reads the first page of a jump.
func (p ProfilePlace) jumpTo(ctx context.Context, r *Reader, s feeds.Profiles, a *feeds.Author) (*feeds.Page, error) {
	j := &jump{place: p, source: s, author: a, before: p.Jump.Before.UnixMilli(), now: r.clock.Now(), cost: 1}
	if c, ok := r.landed.Load(p.ID()); ok { // it is where it was a moment ago
		return j.down(ctx, c.(feeds.Cursor))
	}
	c, err := j.find(ctx)
	if err != nil {
		return nil, err
	}
	page, err := j.down(ctx, c)
	if err == nil {
		r.landed.Store(p.ID(), c)
	}
	return page, err
}

// jump looks for the page with the newest post that is older than a time. Times are in milliseconds since 1970.
type jump struct {
	place  ProfilePlace
	source feeds.Profiles
	author *feeds.Author
	before int64
	now    time.Time
	asked  int
	cost   int // requests for a page of what is shown
}

// find returns where the list is to be read from; "" for its top, where there is no other way in.
func (j *jump) find(ctx context.Context) (feeds.Cursor, error) {
	s, ok := j.source.(feeds.Jumper)
	if !ok {
		return "", nil
	}
	how, err := s.Jump(ctx, j.author, j.place.Filter)
	if err != nil { // reading the list says what is wrong
		return "", nil
	}
	j.count(how.Asked)
	switch {
	case how.Before != nil:
		return how.Before(j.place.Jump.Before), nil
	case how.At == nil:
		return "", nil
	}
	j.cost = len(how.Lists)
	pages, shown := make([]int, j.cost), j.place.Jump.Before
	for i := range pages {
		found, err := j.search(ctx, how, i, pages)
		if err != nil {
			return "", err
		}
		if !found {
			shown = time.Time{}
		}
	}
	return how.At(pages, shown), nil
}

// search finds the number of the first page of a list that reaches below the time; where it isn't found within the bounds, it is that of the last
// page that is known to stand above. Pages are guessed by the times that were seen, and every other one halves what is left, so that neither
// an even list nor a bursty one takes long.
func (j *jump) search(ctx context.Context, how *feeds.Jump, list int, pages []int) (found bool, err error) {
	filter := j.place.Filter
	filter.NoBoosts = filter.NoBoosts || how.Light
	steps := how.Lists[list]
	low, high := 0, steps+1 // a page that doesn't reach below, and one that does
	above, below := j.now.UnixMilli(), j.author.Joined.UnixMilli()
	last := MostAsked - leftToRead - (len(how.Lists) - 1 - list) // one at least is left for each list that follows
	probe := make([]int, len(pages))
	for n := 0; high-low > 1 || steps == 0 && high == 1; n++ {
		if j.asked >= last {
			pages[list] = max(low, 1)
			return false, nil
		}
		middle := low + (high-low)/2
		switch {
		case steps == 0: // nothing was seen yet that reaches below
			middle = max(4*low, 1)
		case n%2 == 0 && below > 0 && above > below && above > j.before:
			middle = low + int(float64(high-low)*float64(above-j.before)/float64(above-below))
		}
		if steps > 0 {
			middle = min(max(middle, low+1), high-1)
		}
		probe[list] = middle
		c, newest, oldest := how.At(probe, time.Time{}), int64(0), int64(0)
		for first := true; newest == 0 && (first || c != "" && j.asked < last); first = false { // what a page has may not be for guests
			page, err := j.source.ProfilePosts(ctx, j.author, filter, c)
			j.count(1)
			if err != nil {
				if feeds.KindOf(err) != feeds.NotFound {
					return false, err
				}
				break // there is no such page
			}
			c = page.Older
			newest, oldest = reach(page)
		}
		switch {
		case oldest >= j.before:
			low, above = middle, oldest
		case newest >= j.before:
			pages[list] = middle
			return true, nil
		default:
			high, steps = middle, max(steps, 1)
			if newest > 0 {
				below = newest
			}
		}
	}
	pages[list] = high
	return true, nil
}

// leftToRead is how many of the requests are left for reading from where the search ends.
const leftToRead = 4

// down reads pages from c on until there are enough posts that are old enough. Those that aren't are left out, unless nothing else is found.
func (j *jump) down(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	found := &feeds.Page{}
	for {
		page, err := j.source.ProfilePosts(ctx, j.author, j.place.Filter, c)
		j.count(j.cost)
		if err != nil {
			if len(found.Entries) > 0 {
				return found, nil // what is below is asked for again
			}
			return nil, err
		}
		found.Older = page.Older
		if page.Older == c {
			found.Older = ""
		}
		short := j.asked >= MostAsked
		all := short && len(found.Entries) == 0
		for i := range page.Entries {
			if all = all || page.Entries[i].At.UnixMilli() < j.before; all {
				found.Entries = append(found.Entries, page.Entries[i])
			}
		}
		found.Posts = append(found.Posts, page.Posts...)
		if short || found.Older == "" || len(found.Entries) >= enough {
			return found, nil
		}
		c = found.Older
	}
}

// enough is how many posts a list asks for at first.
const enough = 20

// count counts requests, and tells who waits.
func (j *jump) count(n int) {
	if j.asked += n; n > 0 && j.place.Jump.Heard != nil {
		j.place.Jump.Heard(j.asked)
	}
}

// reach is the times that a page spans; 0 for a page without posts.
func reach(p *feeds.Page) (newest, oldest int64) {
	for i := range p.Entries {
		at := p.Entries[i].At.UnixMilli()
		if p.Entries[i].At.Year() <= unknownYear {
			continue
		}
		newest = max(newest, at)
		if oldest == 0 || at < oldest {
			oldest = at
		}
	}
	return newest, oldest
}
