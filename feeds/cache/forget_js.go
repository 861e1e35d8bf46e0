package cache

import (
	"context"
	"slices"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
)

func (d dbSteps) forgetPosts(ctx context.Context, host string) (done int64, err error) {
	err = d.write(ctx, "forget posts", func(t *tx) error {
		done = 0
		r, err := between(within(host), beyond(host))
		if err != nil {
			return err
		}
		keys, err := t.keys(postsStore, sightingsIndex, r, batch)
		if err != nil {
			return err
		}
		slices.Sort(keys)
		keys = slices.Compact(keys) // a host may have a post twice
		known := make([]feeds.Key, len(keys))
		for i, k := range keys {
			known[i] = feeds.Key(k)
		}
		found, err := t.load(known, host)
		if err != nil {
			return err
		}
		changes := tally{}
		for _, k := range known {
			if err := t.forgetPost(k, found[k], host, changes); err != nil {
				return err
			}
			done++
		}
		return t.count(changes)
	}, postsStore, usageStore)
	return done, err
}

// forgetPost takes a host's copy off a record.
func (t *tx) forgetPost(k feeds.Key, s *stored, host string, changes tally) error {
	if s == nil {
		return nil
	}
	changes.post(s.record, -1)
	var rest *feeds.Post
	if s.cachedPost != nil && s.cachedPost.post != nil {
		rest = feeds.WithoutSightings(s.cachedPost.post, host)
	}
	if rest == nil {
		t.noted = append(t.noted, k)
		return t.delete(postsStore, string(k))
	}
	r, err := encode(&cachedPost{post: rest, entries: s.cachedPost.entries})
	if err != nil {
		return err
	}
	changes.post(r, 1)
	return t.put(postsStore, string(k), r.value())
}

func (d dbSteps) forgetPeople(ctx context.Context, host string) error {
	return d.write(ctx, "forget people", func(t *tx) error {
		r, err := between(within(host), beyond(host))
		if err != nil {
			return err
		}
		for _, of := range []struct {
			store  string
			people int
		}{{authorsStore, 1}, {listsStore, 0}, {instancesStore, 0}} {
			keys := []string{host}
			if of.store != instancesStore {
				if keys, err = t.keys(of.store, "", r, 0); err != nil {
					return err
				}
			}
			// Counted apart, since a count of the same host reads what stood there before.
			t.asked = map[string]*idb.Request{}
			if _, err := t.dropPlain(of.store, keys, of.people, everything); err != nil {
				return err
			}
		}
		return nil
	}, authorsStore, listsStore, instancesStore, usageStore)
}

func (d dbSteps) clear(ctx context.Context) error {
	stores := []string{postsStore, timelinesStore, usedStore, authorsStore, instancesStore, listsStore, usageStore}
	return d.write(ctx, "forget everything", func(t *tx) error {
		for _, name := range stores {
			s, err := t.txn.ObjectStore(name)
			if err != nil {
				return err
			}
			if _, err := s.Clear(); err != nil {
				return err
			}
		}
		return t.putNote(nil)
	}, stores...)
}
