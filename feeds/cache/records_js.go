package cache

import (
	"context"
	"syscall/js"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
)

// pairsStore is key -> Uint8Array.
const pairsStore = "pairs"

// DatabaseRecords are records in IndexedDB. They are safe for concurrent use, by several tabs at once too.
type DatabaseRecords struct{ database }

var _ feeds.Records = (*DatabaseRecords)(nil)

// OpenRecords returns the records of this name, in a database of their own, which is opened when it is first asked. Its form never
// changes: no tab with an older program is shut out by a newer one. What is lasting is on the disk itself once a call returns.
func OpenRecords(name string, lasting bool) *DatabaseRecords {
	d := idb.DurabilityRelaxed
	if lasting {
		d = idb.DurabilityStrict
	}
	return &DatabaseRecords{database{name: name, durability: d, build: func(db *idb.Database) error {
		_, err := db.CreateObjectStore(pairsStore, idb.ObjectStoreOptions{})
		return err
	}}}
}

// Values implements feeds.Records.
func (d *DatabaseRecords) Values(ctx context.Context, keys []string) (values [][]byte, err error) {
	err = d.read(ctx, "read records", func(t *tx) (err error) {
		values, err = t.bytes(keys)
		return err
	}, pairsStore)
	return values, err
}

// Range implements feeds.Records.
func (d *DatabaseRecords) Range(ctx context.Context, from, to string, n int) (pairs []feeds.Pair, err error) {
	err = d.read(ctx, "read records", func(t *tx) error {
		keys, err := t.span(from, to, n)
		if err != nil {
			return err
		}
		values, err := t.bytes(keys)
		if err != nil {
			return err
		}
		pairs = make([]feeds.Pair, len(keys))
		for i, k := range keys {
			pairs[i] = feeds.Pair{Key: k, Value: values[i]}
		}
		return nil
	}, pairsStore)
	return pairs, err
}

// Keys implements feeds.Records.
func (d *DatabaseRecords) Keys(ctx context.Context, from, to string, n int) (keys []string, err error) {
	err = d.read(ctx, "list records", func(t *tx) (err error) {
		keys, err = t.span(from, to, n)
		return err
	}, pairsStore)
	return keys, err
}

// Change implements feeds.Records.
func (d *DatabaseRecords) Change(ctx context.Context, pairs ...feeds.Pair) error {
	return d.write(ctx, "store records", func(t *tx) error {
		for _, p := range pairs {
			if p.Value == nil {
				if err := t.delete(pairsStore, p.Key); err != nil {
					return err
				}
				continue
			}
			v := js.Global().Get("Uint8Array").New(len(p.Value))
			js.CopyBytesToJS(v, p.Value)
			if err := t.put(pairsStore, p.Key, v); err != nil {
				return err
			}
		}
		return nil
	}, pairsStore)
}

// Clear implements feeds.Records.
func (d *DatabaseRecords) Clear(ctx context.Context, from, to string) error {
	return d.write(ctx, "clear records", func(t *tx) error {
		keys, err := t.span(from, to, 0)
		if err != nil {
			return err
		}
		for _, k := range keys {
			if err := t.delete(pairsStore, k); err != nil {
				return err
			}
		}
		return nil
	}, pairsStore)
}

// span returns the keys of a range.
func (t *tx) span(from, to string, n int) ([]string, error) {
	if from >= to {
		return nil, nil
	}
	r, err := idb.NewKeyRangeBound(js.ValueOf(from), js.ValueOf(to), false, true)
	if err != nil {
		return nil, err
	}
	return t.keys(pairsStore, "", r, n)
}

// bytes reads what stands under keys.
func (t *tx) bytes(keys []string) ([][]byte, error) {
	s, err := t.txn.ObjectStore(pairsStore)
	if err != nil {
		return nil, err
	}
	found, err := t.under(s, keys)
	if err != nil {
		return nil, err
	}
	values := make([][]byte, len(keys))
	for i, v := range found {
		if v.Type() != js.TypeObject {
			continue
		}
		values[i] = make([]byte, v.Get("length").Int())
		js.CopyBytesToGo(values[i], v)
	}
	return values, nil
}
