package cache

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"vitrine/feeds"
)

// batch is how many posts a step of upkeep touches, so that other programs don't wait long for their turn.
const batch = 200

// everything is a size that is never reached, and a time that never comes.
const everything = math.MaxInt64

// line is a stored timeline and when it was last used, in milliseconds.
type line struct {
	id   feeds.TimelineID
	used int64
}

// latest returns the ids of at most n lines, the last used first. It changes their order.
func latest(lines []*line, n int) []feeds.TimelineID {
	var ids []feeds.TimelineID
	for i := range min(n, len(lines)) {
		for j := range lines[i:] {
			if lines[i+j].used > lines[i].used {
				lines[i], lines[i+j] = lines[i+j], lines[i]
			}
		}
		ids = append(ids, lines[i].id)
	}
	return ids
}

// steps are the parts of upkeep, each in one transaction. free is how many bytes are wanted; the number returned is what the
// step made room for, 0 when there was nothing to do.
type steps interface {
	usage(ctx context.Context) ([]feeds.Usage, error)
	lines(ctx context.Context) ([]*line, error)
	// dropLoose removes posts without a timeline that were last seen before a time, longest unseen first.
	dropLoose(ctx context.Context, before, free int64) (int64, error)
	// trim removes a timeline's oldest entries down to one that says what is below; with whole, in the end all of it.
	trim(ctx context.Context, id feeds.TimelineID, free int64, whole bool) (int64, error)
	// trimOld removes a timeline's entries before a time, down to one that says what is below, and with it: 0 where there are none.
	trimOld(ctx context.Context, id feeds.TimelineID, before time.Time) (int64, error)
	// dropPeople removes authors, servers and lists that were last saved before a time, oldest first, but for lists that are kept.
	dropPeople(ctx context.Context, before, free int64, keep map[feeds.TimelineID]bool) (int64, error)
	// forgetPosts removes a host's sightings, and posts that have no other.
	forgetPosts(ctx context.Context, host string) (int64, error)
	// forgetPeople removes a host's authors and the host.
	forgetPeople(ctx context.Context, host string) error
	clear(ctx context.Context) error
}

// repeat takes a step until it has nothing to do.
func repeat(step func() (int64, error)) error {
	for {
		if n, err := step(); err != nil || n == 0 {
			return err
		}
	}
}

func forget(ctx context.Context, s steps, host string) error {
	if host == "" {
		return s.clear(ctx)
	}
	lines, err := s.lines(ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.id.Host() == host {
			if err := dropLine(ctx, s, l.id); err != nil {
				return err
			}
		}
	}
	if err := repeat(func() (int64, error) { return s.forgetPosts(ctx, host) }); err != nil {
		return err
	}
	return s.forgetPeople(ctx, host)
}

func dropLine(ctx context.Context, s steps, id feeds.TimelineID) error {
	return repeat(func() (int64, error) { return s.trim(ctx, id, everything, true) })
}

func sweep(ctx context.Context, s steps, o feeds.SweepOptions) error {
	lines, err := s.lines(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(lines, func(a, b *line) int { return cmp.Or(cmp.Compare(a.used, b.used), cmp.Compare(a.id, b.id)) })
	newest := len(lines) - 1
	keep := map[feeds.TimelineID]bool{}
	for _, id := range o.Keep {
		keep[id] = true
	}
	if !o.Before.IsZero() {
		before := o.Before.UnixMilli()
		if err := repeat(func() (int64, error) { return s.dropLoose(ctx, before, everything) }); err != nil {
			return err
		}
		for i, l := range lines {
			if l.used >= before || keep[l.id] {
				continue
			}
			if err := dropLine(ctx, s, l.id); err != nil {
				return err
			}
			lines[i].id = ""
		}
		if err := repeat(func() (int64, error) { return s.dropPeople(ctx, before, everything, keep) }); err != nil {
			return err
		}
	}
	for id, before := range o.Cut {
		if err := repeat(func() (int64, error) { return s.trimOld(ctx, id, before) }); err != nil {
			return err
		}
	}
	if o.Budget <= 0 {
		return nil
	}
	over, err := s.usage(ctx)
	if err != nil {
		return err
	}
	b := &bound{over: -o.Budget}
	for _, u := range over {
		b.over += u.Bytes
	}
	if err := b.until(func() (int64, error) { return s.dropLoose(ctx, everything, b.over) }); err != nil {
		return err
	}
	for i, l := range lines {
		if l.id == "" || keep[l.id] {
			continue
		}
		if i == newest {
			err = b.until(func() (int64, error) { return s.trim(ctx, l.id, b.over, false) })
		} else if b.over > 0 {
			// A timeline that was begun is taken to its end: a rest of it would be of no use to anybody.
			err = repeat(func() (int64, error) {
				n, err := s.trim(ctx, l.id, everything, true)
				b.over -= n
				return n, err
			})
		}
		if err != nil {
			return err
		}
	}
	return b.until(func() (int64, error) { return s.dropPeople(ctx, everything, b.over, keep) })
}

// bound is by how many bytes a store is over its budget.
type bound struct{ over int64 }

// until takes a step until the budget is kept or there is nothing more to do.
func (b *bound) until(step func() (int64, error)) error {
	for b.over > 0 {
		n, err := step()
		if err != nil || n == 0 {
			return err
		}
		b.over -= n
	}
	return nil
}

// cutBefore says after which of the lowest entries of a timeline it can end so that all that go stood before a time; -1 for none.
func cutBefore(entries []feeds.Entry, before time.Time) int {
	for i := range len(entries) - 1 {
		if entries[i].Next != "" && entries[i+1].At.Before(before) {
			return i
		}
	}
	return -1
}

// cutAt says after which of the lowest entries of a timeline it can end: one that knows what asks for those below. It takes the
// lowest that gives back so many bytes, or else the highest there is; -1 for none. sizes are what each entry would give back.
func cutAt(entries []feeds.Entry, sizes []int64, free int64) int {
	at, given := -1, int64(0)
	for i := len(entries) - 2; i >= 0; i-- {
		given += sizes[i+1]
		if entries[i].Next == "" {
			continue
		}
		at = i
		if given >= free {
			break
		}
	}
	return at
}
