package feeds

import (
	"context"
	"errors"
)

// Pair is a value under a key.
type Pair struct {
	Key   string
	Value []byte // as a change, nil removes what stands under the key
}

// Records keeps values by key, in the order of their keys, which are ASCII. Its errors are those of Shelf. Kinds of records share one by
// the beginnings of their keys; ranges go from a key (inclusive) to a key (exclusive).
type Records interface {
	// Values returns what stands under keys, nil where nothing does.
	Values(ctx context.Context, keys []string) ([][]byte, error)
	// Range returns at most n pairs; 0 for all.
	Range(ctx context.Context, from, to string, n int) ([]Pair, error)
	// Keys returns at most n keys of a range; 0 for all.
	Keys(ctx context.Context, from, to string, n int) ([]string, error)
	// Change writes and removes, all or nothing.
	Change(ctx context.Context, pairs ...Pair) error
	// Clear removes a range.
	Clear(ctx context.Context, from, to string) error
}

// KeyRange returns the range of all keys that begin with first.
func KeyRange(first string) (from, to string) { return first, first + "\x7f" }

// MediaFile is a picture, a film or a sound to keep.
type MediaFile struct {
	URL  string
	Type string // MIME type as the post says, or its beginning ("image/"); what a server sends has to agree with it
}

// KeptMedia is what is kept of a file.
type KeptMedia struct {
	Type  string // MIME type
	Bytes int64
}

// MediaStore keeps the bytes of media for as long as somebody wants them. Whoever wants them is named: "saved KEY", "list ID". Pages get them
// by their URLs, without a network too. Files are asked for with CORS, so that their real size is known: what a host doesn't let be read is
// an *Error of kind Unreachable. Its other errors are those of Fetcher (TooLarge for more than most bytes, BadData for what ends early or is of another type) and
// of Shelf. It is safe for concurrent use, by several programs too.
type MediaStore interface {
	// Keep asks for a file, unless it is kept already, and keeps it for an owner. Nothing half is ever kept. A host that was found to let no
	// page read its files isn't asked for more of them until a day is over, unless ctx is Anew's: the error wraps ErrClosed then too.
	Keep(ctx context.Context, owner string, f MediaFile, most int64) (KeptMedia, error)
	// Put keeps a file that is here already, under a URL and for an owner, unless something is kept under it. head are its first bytes, at most FileHead:
	// what isn't of the type that f says is BadData.
	Put(ctx context.Context, owner string, f MediaFile, head []byte, b FileBody) (KeptMedia, error)
	// Release lets go of what an owner wanted; bytes that nobody else wants are removed.
	Release(ctx context.Context, owner string) error
	// Kept returns what is kept of files, by URL.
	Kept(ctx context.Context, urls []string) (map[string]KeptMedia, error)
	// Bytes returns a kept file; nil for one that isn't.
	Bytes(ctx context.Context, url string) (data []byte, mime string, err error)
	// Owned returns the sum of bytes that are kept for each owner. What several want counts for each.
	Owned(ctx context.Context) (map[string]KeptSum, error)
	// Closed returns the hosts that are known to let no page read their files.
	Closed(ctx context.Context) (map[string]bool, error)
	// Tidy removes what a program that was killed, or a browser that cleared one of two stores, has left: bytes that nobody wants, and notes
	// of bytes that are gone.
	Tidy(ctx context.Context) error
}

// ErrClosed is the cause why a file is Unreachable whose host answers, but lets no page of another site read its files (CORS).
var ErrClosed = errors.New("its host lets no page read its files")

// FileFetcher asks for files.
type FileFetcher interface {
	// File asks for a file, within its host's pace. Its error is an *Error as Fetcher's is (TooLarge for more than most bytes), or of kind BadData
	// where the file ends early. An answer of any status is no error here.
	File(ctx context.Context, url string, most int64) (*FileAnswer, error)
}

// FileHead is how many of a file's first bytes stand in its answer: enough to tell its type.
const FileHead = 512

// FileAnswer is an answer that holds a file.
type FileAnswer struct {
	Status int
	URL    string            // after redirects
	Header map[string]string // names in lower case; in a browser only what CORS exposes
	Head   []byte            // the first bytes, at most FileHead
	Body   FileBody
}

// FileBody are the bytes of a file, wherever they are: a browser keeps them outside of the program's memory. Where they are inside, it
// has a method Bytes() []byte.
type FileBody interface {
	Size() int64
}

// KeptSum is how much is kept for somebody.
type KeptSum struct {
	Files int
	Bytes int64
}
