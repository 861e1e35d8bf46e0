package cache

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall/js"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// Notes stand in the store of what is counted, which each transaction that writes posts writes too: no store can be added to a database that is
// there. No host begins as their keys do.
const noteKeys = "\x01"

func isNote(key string) bool { return strings.HasPrefix(key, noteKeys) }

var _ feeds.PostNotes = (*DB)(nil)

// putNote notes posts; none: any may be gone. Notes of several tabs have different names.
func (t *tx) putNote(keys []feeds.Key) error {
	text, err := jsontext.Marshal(keys)
	if err != nil {
		return err
	}
	return t.put(usageStore, fmt.Sprintf("%s%016d %016x", noteKeys, time.Now().UnixMilli(), rand.Uint64()), js.ValueOf(string(text)))
}

// Notes implements feeds.PostNotes.
func (d *DB) Notes(ctx context.Context, n int) (notes []feeds.PostNote, err error) {
	err = d.read(ctx, "read notes", func(t *tx) error {
		notes = nil
		r, err := between(noteKeys, noteKeys+"\x7f")
		if err != nil {
			return err
		}
		names, err := t.keys(usageStore, "", r, n)
		if err != nil {
			return err
		}
		s, err := t.txn.ObjectStore(usageStore)
		if err != nil {
			return err
		}
		values, err := t.under(s, names)
		if err != nil {
			return err
		}
		for i, v := range values {
			keys, err := decodeAs[[]feeds.Key](textOf(v))
			if err != nil || keys == nil { // what can't be read may say anything
				keys = &[]feeds.Key{}
			}
			notes = append(notes, feeds.PostNote{Name: names[i], Keys: *keys})
		}
		return nil
	}, usageStore)
	return notes, err
}

// DropNotes implements feeds.PostNotes.
func (d *DB) DropNotes(ctx context.Context, names []string) error {
	return d.write(ctx, "drop notes", func(t *tx) error {
		for _, name := range names {
			if !isNote(name) {
				continue
			}
			if err := t.delete(usageStore, name); err != nil {
				return err
			}
		}
		return nil
	}, usageStore)
}

// Note implements feeds.PostNotes.
func (d *DB) Note(ctx context.Context, keys []feeds.Key) error {
	if len(keys) == 0 {
		return ctx.Err()
	}
	return d.write(ctx, "note posts", func(t *tx) error { return t.putNote(keys) }, usageStore)
}

// PostKeys implements feeds.PostNotes.
func (d *DB) PostKeys(ctx context.Context, after feeds.Key, n int) (keys []feeds.Key, err error) {
	err = d.read(ctx, "list posts", func(t *tx) error {
		keys = nil
		r, err := between(string(after), "\uffff")
		if err != nil {
			return err
		}
		texts, err := t.keys(postsStore, "", r, n)
		for _, k := range texts {
			keys = append(keys, feeds.Key(k))
		}
		return err
	}, postsStore)
	return keys, err
}
