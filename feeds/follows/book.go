package follows

import (
	"context"
	"sync"

	"vitrine/feeds"
)

// Record is one of the records that a Book keeps on the shelf.
type Record string

// The records. Each has its version, and is only ever extended.
const (
	RecordFollows Record = "follows" // Data
	RecordLearned Record = "learned" // what is Learned of each source
	RecordLines   Record = "lines"   // the reading lines
)

// Book is what a reader follows, as it is kept. It is safe for concurrent use. Its errors are those of the shelf, of kind Storage; ErrNewer
// and ErrBroken say that what is stored can't be read by this program, and stays as it is.
type Book struct {
	tabs    feeds.Tabs
	channel string
	follows record[Data]
	learned record[learned]
	lines   record[lines]

	mu   sync.Mutex
	hear []func(Record)
}

// Open opens the book of the site with a base path.
func Open(shelf feeds.Shelf, tabs feeds.Tabs, base string) *Book {
	b := &Book{tabs: tabs, channel: "vitrine:" + base + ":follows"}
	b.follows = record[Data]{book: b, shelf: shelf, name: RecordFollows, settle: (*Data).settle, local: make(chan struct{}, 1)}
	b.learned = record[learned]{book: b, shelf: shelf, name: RecordLearned, local: make(chan struct{}, 1)}
	b.lines = record[lines]{book: b, shelf: shelf, name: RecordLines, local: make(chan struct{}, 1)}
	tabs.Listen(b.channel, func(text string) { b.heard(Record(text)) })
	return b
}

// Watch calls hear with each record that was changed, by this program or another one, for as long as this one lives. It must not wait.
func (b *Book) Watch(hear func(Record)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hear = append(b.hear[:len(b.hear):len(b.hear)], hear)
}

func (b *Book) heard(name Record) {
	b.mu.Lock()
	hear := b.hear
	b.mu.Unlock()
	for _, f := range hear {
		f(name)
	}
}

// Load returns what the reader chose. It is shared and isn't changed.
func (b *Book) Load(ctx context.Context) (*Data, error) { return b.follows.load(ctx) }

// Change changes what the reader chose, and returns what takes that back. f is handed a copy that it may change, once no other tab changes
// it; an error of it is returned, and nothing is stored then. A change that can't be stored has not happened. Too many follows
// are TooLarge.
func (b *Book) Change(ctx context.Context, f func(*Data) error) (Undo, error) {
	var u Undo
	err := b.follows.change(ctx, func(now *Data) (*Data, error) {
		next := now.clone()
		if err := f(next); err != nil {
			return nil, err
		}
		if err := next.settle(); err != nil {
			return nil, err
		}
		if u = undoOf(now, next); u.Empty() {
			return nil, nil
		}
		return next, nil
	})
	if err != nil {
		return Undo{}, err
	}
	return u, nil
}
