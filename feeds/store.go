package feeds

import (
	"context"
	"time"
)

// SavedPage is what became of a page in a store.
type SavedPage struct {
	Timeline *Timeline     // all ranges as they are now, but of the entries only those that the page names
	Posts    map[Key]*Post // those that the page names, merged with the copies that were stored
	New      []Entry       // entries of the page that weren't stored so, or whose posts weren't stored or were edited since
}

// Recent is what a store kept or showed last.
type Recent struct {
	Authors   []*Author
	Timelines []TimelineID
}

// Store keeps what was read: posts, authors, servers and timelines. It is disposable. Every error is an *Error of kind
// Storage, or ctx's own error once that is over; nothing that was stored before a failed call is lost. A nil result without
// an error means "not stored".
type Store interface {
	// SavePage stores a page's posts and merges its entries into a timeline, in one transaction. c is the cursor the page was
	// asked with; the page's Older is kept as the Next of its last entry.
	SavePage(ctx context.Context, id TimelineID, c Cursor, p *Page, at time.Time) (SavedPage, error)
	// Timeline returns all ranges of a timeline, and the entries in the window.
	Timeline(ctx context.Context, id TimelineID, w Window) (*Timeline, error)
	// SavePosts merges posts with their stored copies: the origin's copy wins, then the latest edit; sightings are united.
	SavePosts(ctx context.Context, posts []*Post) error
	Posts(ctx context.Context, keys []Key) (map[Key]*Post, error)
	PostAt(ctx context.Context, host, id string) (*Post, error)
	// SaveList stores posts as SavePosts does, and the order in which a server gave them as a whole: a conversation, the posts that
	// an author shows first. It replaces the list that was stored under id.
	SaveList(ctx context.Context, id TimelineID, posts []*Post, at time.Time) error
	// List returns the posts of a list that are still stored, in its order, and when it was read; the zero time for no list.
	List(ctx context.Context, id TimelineID) (posts []*Post, at time.Time, err error)
	SaveAuthor(ctx context.Context, a *Author) error
	// Author finds an author by the host that was asked and the handle.
	Author(ctx context.Context, host, handle string) (*Author, error)
	// Recent returns at most n of the authors that were saved, the last saved first, and as many of the stored timelines, the last used first.
	Recent(ctx context.Context, n int) (Recent, error)
	// SaveInstance merges a server with what is stored of it (MergeInstance).
	SaveInstance(ctx context.Context, i *Instance) error
	Instance(ctx context.Context, host string) (*Instance, error)
}

// Upkeep keeps a store within bounds. Its errors are those of Store. Each call works in small steps; other programs may read
// and write in between.
type Upkeep interface {
	// Usage returns what is stored from each host, ordered by host.
	Usage(ctx context.Context) ([]Usage, error)
	// Forget removes all that was read from a host: its timelines, its people, itself, and posts that were read nowhere else.
	// Posts that others showed too stay as those have them. "" forgets everything.
	Forget(ctx context.Context, host string) error
	// Sweep makes room, in this order, until both bounds are kept: posts that stand in no timeline, longest unseen first; then
	// whole timelines, least recently used first; of the most recently used one the oldest pages, never its newest page; at
	// last people and servers, longest unseen first.
	Sweep(ctx context.Context, o SweepOptions) error
}

// SweepOptions are the bounds of a sweep.
type SweepOptions struct {
	Budget int64                    // bytes as Usage counts them; 0 for no limit
	Before time.Time                // posts without a timeline, people and servers last seen before go, and timelines last used before; zero for none
	Keep   []TimelineID             // timelines, which are not touched, nor their posts; and lists (SaveList), which are not forgotten
	Cut    map[TimelineID]time.Time `json:",omitempty"` // timelines of Keep whose entries before a time go, as far as the list can go on where it ends
}

// Usage is what a store holds from one host. A post counts for the host of its first sighting.
type Usage struct {
	Host                      string
	Posts, Authors, Timelines int
	Bytes                     int64 // of the values as they are written, uncompressed
}

// Shelf keeps what is the reader's own: records by name, each with the version of its form, which the app gives it. It is never
// dropped, only extended. Its errors are of kind Storage, or ctx's own.
type Shelf interface {
	// Record returns a record's value, which is JSON (its spelling may differ from what was saved), and its version; nil and 0 for one that isn't there or can't be read.
	Record(ctx context.Context, name string) (value []byte, version int, err error)
	// SaveRecord replaces a record. One of a later version is left as it is, which is an error of kind Storage. version is at least 1.
	SaveRecord(ctx context.Context, name string, value []byte, version int) error
}
