package follows

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// version is that of the form of all records.
const version = 1

// ErrNewer is why a record isn't read: a later version of the program wrote it, which may run in another tab.
var ErrNewer = errors.New("a later version wrote it")

// ErrBroken is why a record isn't read: it isn't what any version wrote.
var ErrBroken = errors.New("it can't be read")

// record is one record of the shelf, and its value as it was last read or written.
type record[T any] struct {
	book   *Book
	shelf  feeds.Shelf
	name   Record
	settle func(*T) error // brings what was read into its form; nil where it needs none

	local chan struct{} // holds one token while it is changed: a lock of tabs may be free for everybody

	mu    sync.Mutex
	text  []byte // that value was read from
	value *T
}

// load reads the value; an empty one where there is no record.
func (r *record[T]) load(ctx context.Context) (*T, error) {
	text, stored, err := r.shelf.Record(ctx, string(r.name))
	switch {
	case err != nil:
		return nil, err
	case stored > version:
		return nil, &feeds.Error{Kind: feeds.Storage, Op: "read " + string(r.name), Err: ErrNewer}
	case stored == 0:
		return new(T), nil
	}
	if value := r.known(text); value != nil {
		return value, nil
	}
	value := new(T)
	if err := decode(text, value, r.settle); err != nil {
		return nil, &feeds.Error{Kind: feeds.Storage, Op: "read " + string(r.name), Err: errors.Join(ErrBroken, err)}
	}
	r.keep(text, value)
	return value, nil
}

// known is the value of a text that was read before; nil for any other.
func (r *record[T]) known(text []byte) *T {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !bytes.Equal(r.text, text) {
		return nil
	}
	return r.value
}

func (r *record[T]) keep(text []byte, value *T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text, r.value = text, value
}

// change reads the value, and stores and announces the one that f makes of it; nil from f leaves it as it is.
func (r *record[T]) change(ctx context.Context, f func(now *T) (*T, error)) error {
	changed, err := r.replace(ctx, f)
	if changed {
		r.book.tabs.Send(r.book.channel, string(r.name))
		r.book.heard(r.name)
	}
	return err
}

func (r *record[T]) replace(ctx context.Context, f func(now *T) (*T, error)) (changed bool, err error) {
	select {
	case r.local <- struct{}{}:
		defer func() { <-r.local }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	release, err := r.book.tabs.Lock(ctx, r.book.channel+":"+string(r.name), false)
	if err != nil {
		return false, err
	}
	defer release()
	now, err := r.load(ctx)
	if err != nil {
		return false, err
	}
	next, err := f(now)
	if err != nil || next == nil {
		return false, err
	}
	text, err := jsontext.Marshal(next)
	if err != nil {
		return false, &feeds.Error{Kind: feeds.Internal, Op: "write " + string(r.name), Err: err}
	}
	if err := r.shelf.SaveRecord(ctx, string(r.name), text, version); err != nil {
		return false, err
	}
	r.keep(text, next)
	return true, nil
}

func decode[T any](text []byte, into *T, settle func(*T) error) error {
	if err := jsontext.Unmarshal(text, into); err != nil {
		return err
	}
	if settle == nil {
		return nil
	}
	return settle(into)
}

// Encode writes what the reader chose as JSON, as it is stored and carried away.
func Encode(d *Data) ([]byte, error) {
	text, err := jsontext.Marshal(d)
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Internal, Op: "write follows", Err: err}
	}
	return text, nil
}

// Decode reads what Encode wrote. What isn't is BadData; more than a reader can follow is TooLarge.
func Decode(text []byte) (*Data, error) {
	d := new(Data)
	if err := decode(text, d, (*Data).settle); err != nil {
		return nil, &feeds.Error{Kind: kindOf(err), Op: "read follows", Err: err}
	}
	return d, nil
}

func kindOf(err error) feeds.Kind {
	if feeds.KindOf(err) == feeds.TooLarge {
		return feeds.TooLarge
	}
	return feeds.BadData
}

// DecodeSections is Decode for what stands in three parts, as in a file that is carried away; nil for a part that there isn't.
func DecodeSections(follows, lists, filter []byte) (*Data, error) {
	part := func(text []byte, none string) string {
		if text == nil {
			return none
		}
		return string(text)
	}
	return Decode([]byte(`{"follows":` + part(follows, "[]") + `,"lists":` + part(lists, "[]") + `,"filter":` + part(filter, "{}") + `}`))
}
