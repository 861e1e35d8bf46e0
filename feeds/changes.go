package feeds

import "context"

// PostNote names posts that a store got, in another text too, or doesn't have any more.
type PostNote struct {
	Name string // names the note
	Keys []Key  // none: any post may be gone
}

// PostNotes are what a store remembers of its posts until somebody has taken it over, as an index does. A note is written in the transaction of what it
// tells. Its errors are those of Store.
type PostNotes interface {
	// Notes returns at most n notes, the oldest first.
	Notes(ctx context.Context, n int) ([]PostNote, error)
	// DropNotes removes notes that were taken over.
	DropNotes(ctx context.Context, names []string) error
	// Note has posts taken over again.
	Note(ctx context.Context, keys []Key) error
	// PostKeys returns at most n keys of stored posts behind one, in order.
	PostKeys(ctx context.Context, after Key, n int) ([]Key, error)
}
