package cache

import (
	"context"
	"slices"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
)

// Usage implements feeds.Upkeep.
func (d *DB) Usage(ctx context.Context) ([]feeds.Usage, error) { return dbSteps{d}.usage(ctx) }

// Forget implements feeds.Upkeep.
func (d *DB) Forget(ctx context.Context, host string) error { return forget(ctx, dbSteps{d}, host) }

// Sweep implements feeds.Upkeep.
func (d *DB) Sweep(ctx context.Context, o feeds.SweepOptions) error {
	return sweep(ctx, dbSteps{d}, o)
}

// dbSteps are the steps of upkeep, each a transaction.
type dbSteps struct{ *DB }

var _ steps = dbSteps{}

// all reads the keys and values of a store.
func (t *tx) all(store string) ([]string, []js.Value, error) {
	s, err := t.txn.ObjectStore(store)
	if err != nil {
		return nil, nil, err
	}
	r, err := idb.NewKeyRangeLowerBound(js.ValueOf(""), false)
	if err != nil {
		return nil, nil, err
	}
	keys, err := t.keys(store, "", r, 0)
	if err != nil {
		return nil, nil, err
	}
	values, err := t.under(s, keys)
	return keys, values, err
}

// under reads the values under keys.
func (t *tx) under(s *idb.ObjectStore, keys []string) ([]js.Value, error) {
	requests := make([]*idb.Request, len(keys))
	var last *idb.Request
	var err error
	for i, k := range keys {
		if requests[i], err = s.Get(js.ValueOf(k)); err != nil {
			return nil, err
		}
		last = requests[i]
	}
	if err := t.await(last); err != nil {
		return nil, err
	}
	values := make([]js.Value, len(keys))
	for i, r := range requests {
		if values[i], err = r.Result(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func (d dbSteps) usage(ctx context.Context) ([]feeds.Usage, error) {
	sum := tally{}
	err := d.read(ctx, "usage", func(t *tx) error {
		clear(sum)
		hosts, values, err := t.all(usageStore)
		for i, v := range values {
			if u, derr := decodeAs[feeds.Usage](textOf(v)); derr == nil && u != nil && !isNote(hosts[i]) {
				sum.add(hosts[i], *u)
			}
		}
		return err
	}, usageStore)
	if err != nil {
		return nil, err
	}
	return sum.list(), nil
}

func (d dbSteps) lines(ctx context.Context) ([]*line, error) {
	var all []*line
	err := d.read(ctx, "list timelines", func(t *tx) error {
		all = nil
		used := map[string]int64{}
		ids, times, err := t.all(usedStore)
		if err != nil {
			return err
		}
		for i, id := range ids {
			used[id] = numberOf(times[i])
		}
		d.mu.Lock()
		for id, at := range d.touched {
			used[id] = at
		}
		d.mu.Unlock()
		if ids, _, err = t.all(timelinesStore); err != nil {
			return err
		}
		for _, id := range ids {
			all = append(all, &line{feeds.TimelineID(id), used[id]})
		}
		return nil
	}, timelinesStore, usedStore)
	return all, err
}

// dropPost deletes a record. It returns what that frees.
func (t *tx) dropPost(key string, v js.Value, changes tally) (int64, error) {
	r := record{Post: textOf(v.Get("j")), Entries: textOf(v.Get("n")), Home: textOf(v.Get("h"))}
	changes.post(r, -1)
	t.noted = append(t.noted, feeds.Key(key))
	return max(r.size(), 1), t.delete(postsStore, key)
}

func (d dbSteps) dropLoose(ctx context.Context, before, free int64) (freed int64, err error) {
	err = d.write(ctx, "sweep posts", func(t *tx) error {
		freed = 0
		// A float holds no larger time exactly; none comes near it.
		r, err := idb.NewKeyRangeUpperBound(js.ValueOf(float64(min(before, endOfTime))), true)
		if err != nil {
			return err
		}
		keys, err := t.keys(postsStore, looseIndex, r, batch)
		if err != nil {
			return err
		}
		s, err := t.txn.ObjectStore(postsStore)
		if err != nil {
			return err
		}
		values, err := t.under(s, keys)
		if err != nil {
			return err
		}
		changes := tally{}
		for i, v := range values {
			if freed >= free {
				break
			}
			n, err := t.dropPost(keys[i], v, changes)
			if err != nil {
				return err
			}
			freed += n
		}
		return t.count(changes)
	}, postsStore, usageStore)
	return freed, err
}

// lowest returns the keys of a timeline's n oldest entries, newest first.
func (t *tx) lowest(id feeds.TimelineID, n int) ([]feeds.Key, error) {
	s, err := t.txn.ObjectStore(postsStore)
	if err != nil {
		return nil, err
	}
	i, err := s.Index(entriesIndex)
	if err != nil {
		return nil, err
	}
	r, err := between(within(string(id)), beyond(string(id)))
	if err != nil {
		return nil, err
	}
	req, err := i.OpenKeyCursorRange(r, idb.CursorPrevious)
	if err != nil {
		return nil, err
	}
	var keys []feeds.Key
	err = req.Iter(t.ctx, func(c *idb.Cursor) error {
		k, err := c.PrimaryKey()
		if err != nil {
			return err
		}
		if keys = append(keys, feeds.Key(k.String())); len(keys) == n {
			return idb.ErrCursorStopIter
		}
		return nil
	})
	if err == nil {
		err = t.ctx.Err() // Iter ends with its context and says nothing
	}
	slices.Reverse(keys)
	return keys, err
}

// trim takes at most a batch; more only where the lowest batch knows no place at which the timeline could end.
func (d dbSteps) trim(ctx context.Context, id feeds.TimelineID, free int64, whole bool) (freed int64, err error) {
	return d.trimTo(ctx, id, whole, func(entries []feeds.Entry, sizes []int64) int { return cutAt(entries, sizes, free) })
}

func (d dbSteps) trimOld(ctx context.Context, id feeds.TimelineID, before time.Time) (freed int64, err error) {
	return d.trimTo(ctx, id, false, func(entries []feeds.Entry, _ []int64) int { return cutBefore(entries, before) })
}

// trimTo removes a timeline's entries below the one that end chooses among the lowest.
func (d dbSteps) trimTo(ctx context.Context, id feeds.TimelineID, whole bool, end func([]feeds.Entry, []int64) int) (freed int64, err error) {
	err = d.write(ctx, "sweep timeline", func(t *tx) error {
		freed = 0
		v, err := t.value(timelinesStore, string(id))
		if err != nil {
			return err
		}
		before := headText(v)
		h, err := decodeAs[head](before)
		if err != nil {
			h = nil
		}
		for n := batch; ; n *= 4 {
			keys, err := t.lowest(id, n)
			if err != nil {
				return err
			}
			found, err := t.load(keys)
			if err != nil {
				return err
			}
			all := len(keys) < n
			var cut int
			freed, cut, err = t.cut(id, keys, found, whole && all, end)
			if err != nil {
				return err
			}
			if cut < -1 && !all {
				continue // no place to end at
			}
			if cut < -1 {
				return nil
			}
			return t.trimmed(h.timeline(id), before, keys, found, cut, &freed)
		}
	}, postsStore, timelinesStore, usedStore, usageStore)
	return freed, err
}

// none is no place to cut at.
const none = -2

// cut chooses after which of the lowest entries a timeline ends; -1 when all of them go, none where there is no such place.
func (t *tx) cut(id feeds.TimelineID, keys []feeds.Key, found map[feeds.Key]*stored, all bool, end func([]feeds.Entry, []int64) int) (int64, int, error) {
	entries, sizes := make([]feeds.Entry, len(keys)), make([]int64, len(keys))
	var sum int64
	for i, k := range keys {
		s := found[k]
		if s == nil {
			continue
		}
		sizes[i] = s.size()
		if s.cachedPost == nil {
			continue
		}
		entries[i] = s.cachedPost.entries[id]
		if rest := s.cachedPost.out(id); rest != nil {
			r, err := encode(rest)
			if err != nil {
				return 0, none, err
			}
			sizes[i] -= r.size()
		}
	}
	at := -1
	if !all {
		if at = end(entries, sizes); at < 0 {
			return 0, none, nil
		}
	}
	for _, n := range sizes[at+1:] {
		sum += n
	}
	return sum, at, nil
}

// trimmed writes a timeline that ends after the cut, or deletes it when nothing is left. freed is corrected by what its ranges take.
func (t *tx) trimmed(tl *feeds.Timeline, before string, keys []feeds.Key, found map[feeds.Key]*stored, cut int, freed *int64) error {
	changes := tally{}
	for _, k := range keys[cut+1:] {
		s := found[k]
		if s == nil {
			continue
		}
		var rest *cachedPost
		if s.cachedPost != nil {
			rest = s.cachedPost.out(tl.ID)
		}
		changes.post(s.record, -1)
		if rest == nil {
			t.noted = append(t.noted, k)
			if err := t.delete(postsStore, string(k)); err != nil {
				return err
			}
			continue
		}
		r, err := encode(rest)
		if err != nil {
			return err
		}
		changes.post(r, 1)
		if err := t.put(postsStore, string(k), r.value()); err != nil {
			return err
		}
	}
	if cut >= 0 {
		last := found[keys[cut]].cachedPost.entries[tl.ID]
		tl.Ranges = feeds.Cut(tl.Ranges, last)
		if err := t.putHead(tl, before, changes); err != nil {
			return err
		}
		return t.count(changes)
	}
	if before != "" {
		changes.timeline(tl.ID.Host(), -1, -int64(len(before)))
		*freed += int64(len(before))
	}
	if err := t.delete(timelinesStore, string(tl.ID)); err != nil {
		return err
	}
	if err := t.delete(usedStore, string(tl.ID)); err != nil {
		return err
	}
	return t.count(changes)
}

func (d dbSteps) dropPeople(ctx context.Context, before, free int64, keep map[feeds.TimelineID]bool) (freed int64, err error) {
	for store, people := range map[string]int{authorsStore: 1, instancesStore: 0, listsStore: 0} {
		if freed > 0 {
			break
		}
		err = d.write(ctx, "sweep "+store, func(t *tx) error {
			freed = 0
			r, err := idb.NewKeyRangeUpperBound(js.ValueOf(float64(min(before, endOfTime))), true)
			if err != nil {
				return err
			}
			most := batch
			if store == listsStore && len(keep) > 0 {
				most = 0
			}
			keys, err := t.keys(store, savedIndex, r, most)
			if err != nil {
				return err
			}
			if most == 0 {
				keys = slices.DeleteFunc(keys, func(k string) bool { parts := keyParts(k); return keep[feeds.TimelineID(parts[len(parts)-1])] })
				keys = keys[:min(len(keys), batch)]
			}
			freed, err = t.dropPlain(store, keys, people, free)
			return err
		}, store, usageStore)
		if err != nil {
			return freed, err
		}
	}
	return freed, nil
}

// dropPlain deletes authors or servers until so much is free.
func (t *tx) dropPlain(store string, keys []string, people int, free int64) (freed int64, err error) {
	s, err := t.txn.ObjectStore(store)
	if err != nil {
		return 0, err
	}
	values, err := t.under(s, keys)
	if err != nil {
		return 0, err
	}
	changes := tally{}
	for i, v := range values {
		if freed >= free {
			break
		}
		if v.Type() != js.TypeObject {
			continue
		}
		size := numberOf(v.Get("z"))
		changes.author(keyParts(keys[i])[0], -people, -size)
		freed += max(size, 1)
		if err := t.delete(store, keys[i]); err != nil {
			return freed, err
		}
	}
	return freed, t.count(changes)
}
