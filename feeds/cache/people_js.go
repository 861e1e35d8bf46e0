package cache

import (
	"context"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// SaveAuthor implements feeds.Store.
func (d *DB) SaveAuthor(ctx context.Context, a *feeds.Author) error {
	return d.savePlain(ctx, authorsStore, sightingKey(a.Host, a.Handle()), a.Host, 1, func(js.Value) any { return a })
}

// Author implements feeds.Store.
func (d *DB) Author(ctx context.Context, host, handle string) (*feeds.Author, error) {
	return readPlain[feeds.Author](ctx, d, authorsStore, sightingKey(host, handle))
}

// Recent implements feeds.Store.
func (d *DB) Recent(ctx context.Context, n int) (feeds.Recent, error) {
	lines, err := dbSteps{d}.lines(ctx)
	if err != nil {
		return feeds.Recent{}, err
	}
	var authors []*feeds.Author
	err = d.read(ctx, "list authors", func(t *tx) error {
		r, err := idb.NewKeyRangeLowerBound(js.ValueOf(0), false)
		if err != nil {
			return err
		}
		keys, err := t.keys(authorsStore, savedIndex, r, 0)
		if err != nil {
			return err
		}
		s, err := t.txn.ObjectStore(authorsStore)
		if err != nil {
			return err
		}
		values, err := t.under(s, keys[max(len(keys)-n, 0):])
		authors = nil
		for i := range values {
			if a := plain[feeds.Author](values[len(values)-1-i]); a != nil {
				authors = append(authors, a)
			}
		}
		return err
	}, authorsStore)
	return feeds.Recent{Authors: authors, Timelines: latest(lines, n)}, err
}

// SaveInstance implements feeds.Store.
func (d *DB) SaveInstance(ctx context.Context, i *feeds.Instance) error {
	return d.savePlain(ctx, instancesStore, i.Host, i.Host, 0, func(before js.Value) any { return feeds.MergeInstance(plain[feeds.Instance](before), i) })
}

// Instance implements feeds.Store.
func (d *DB) Instance(ctx context.Context, host string) (*feeds.Instance, error) {
	return readPlain[feeds.Instance](ctx, d, instancesStore, host)
}

// savePlain writes under a key the value that next makes of the one before. people is how many authors it counts for.
func (d *DB) savePlain(ctx context.Context, store, key, host string, people int, next func(before js.Value) any) error {
	return d.write(ctx, "store "+store, func(t *tx) error {
		if _, err := t.askUsage(host); err != nil {
			return err
		}
		before, err := t.value(store, key)
		if err != nil {
			return err
		}
		text, err := jsontext.Marshal(next(before))
		if err != nil {
			return err
		}
		changes, n, size := tally{}, people, int64(len(text))
		if before.Type() == js.TypeObject {
			n, size = 0, size-numberOf(before.Get("z"))
		}
		changes.author(host, n, size)
		v := map[string]any{"j": string(text), "v": codecVersion, "z": len(text), "t": time.Now().UnixMilli()}
		if err := t.put(store, key, js.ValueOf(v)); err != nil {
			return err
		}
		return t.count(changes)
	}, store, usageStore)
}

// readPlain reads a value; nil when there is none that can be read.
func readPlain[T any](ctx context.Context, d *DB, store, key string) (*T, error) {
	var found js.Value
	err := d.read(ctx, "read "+store, func(t *tx) (err error) {
		found, err = t.value(store, key)
		return err
	}, store)
	if err != nil {
		return nil, err
	}
	return plain[T](found), nil
}

// plain decodes a value that savePlain wrote; nil for one that can't be read.
func plain[T any](found js.Value) *T {
	if !current(found) {
		return nil
	}
	v, err := decodeAs[T](textOf(found.Get("j")))
	if err != nil {
		return nil
	}
	return v
}
