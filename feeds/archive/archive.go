package archive

import (
	"context"
	"errors"
	"path"
	"strings"

	"vitrine/feeds"
)

// Blob is a file that is read by pieces, wherever it is.
type Blob interface {
	// Name is its path below the folder that was chosen, or its name.
	Name() string
	Size() int64
	// Piece returns n bytes from a place on. What is packed (RFC 1951) is unpacked: what is more than most bytes is an *Error of kind TooLarge, what can't
	// be unpacked, or isn't there, BadData.
	Piece(ctx context.Context, from, n int64, packed bool, most int64) (Piece, error)
}

// Piece are bytes that may be outside of the program's memory.
type Piece interface {
	feeds.FileBody
	// Head are the first bytes, at most feeds.FileHead.
	Head() []byte
	// Read returns all of it.
	Read(ctx context.Context) ([]byte, error)
}

const (
	// mostJSON is how many bytes a file of JSON may have that is read as a whole.
	mostJSON = 160 << 20
	// mostFiles is how many files an archive may have.
	mostFiles = 300_000
)

var (
	errNoArchive = errors.New("no archive of an account")
	errLies      = errors.New("a file of another size than its archive says")
)

// Looks reports that a file looks like an archive or a JSON Feed, by how it begins.
func Looks(ctx context.Context, b Blob) bool {
	head, err := bytesAt(ctx, b, 0, min(b.Size(), feeds.FileHead))
	text := string(head)
	return err == nil && (strings.HasPrefix(text, "PK\x03\x04") || strings.HasPrefix(text, "PK\x05\x06") || isTar(head) || strings.Contains(text, feedVersion))
}

// isTar reports the beginning of a tar archive, packed by gzip or as it is.
func isTar(head []byte) bool {
	return strings.HasPrefix(string(head), "\x1f\x8b") || len(head) >= 262 && string(head[257:262]) == "ustar"
}

// Archive is an archive of an account.
type Archive struct {
	// Cut says that the archive ends early: what stands before that can be read.
	Cut bool

	root  string // of its files, with a slash at its end, or ""
	files map[string]entry
}

// entry is where a file is.
type entry struct {
	blob   Blob
	offset int64 // of its head in a ZIP; -1 where its bytes begin at from
	from   int64
	packed bool
	bytes  int64 // as they are packed
	size   int64 // unpacked; -1 when unknown
}

// Open finds the files of an archive: in a ZIP or a tar archive alone, or in the files of a folder. Its error is an *Error: Unsupported where the
// browser can't unpack it, NotFound for what is no archive of an account, BadData for one that can't be read, TooLarge for one with too many files.
func Open(ctx context.Context, blobs []Blob) (*Archive, error) {
	a := &Archive{files: map[string]entry{}}
	if len(blobs) == 1 && !strings.HasSuffix(blobs[0].Name(), ".json") {
		if err := a.readZIP(ctx, blobs[0]); err != nil {
			return nil, fail(err)
		}
	} else {
		for _, b := range blobs[:min(len(blobs), mostFiles)] {
			if name, ok := cleanName(b.Name()); ok {
				a.files[name] = entry{blob: b, offset: -1, bytes: b.Size(), size: b.Size()}
			}
		}
	}
	found := ""
	for _, main := range []string{"outbox.json", "actor.json", "bookmarks.json", "likes.json"} {
		for name := range a.files {
			if path.Base(name) == main && (found == "" || strings.Count(name, "/") < strings.Count(found, "/") || strings.Count(name, "/") == strings.Count(found, "/") && name < found) {
				found = name
			}
		}
		if found != "" {
			break
		}
	}
	switch {
	case found == "" && a.Cut: // it may be in what isn't there
		return nil, fail(errCut)
	case found == "":
		return nil, &feeds.Error{Kind: feeds.NotFound, Op: "read archive", Err: errNoArchive}
	}
	a.root = strings.TrimSuffix(found, path.Base(found))
	return a, nil
}

// fail gives an error its kind.
func fail(err error) error {
	var known *feeds.Error
	switch {
	case errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return &feeds.Error{Kind: feeds.BadData, Op: "read archive", Err: err}
}

// cleanName is a file's name within its archive; false for one that leads out of it, or is none.
func cleanName(name string) (string, bool) {
	name = strings.ReplaceAll(name, "\\", "/")
	if name == "" || strings.HasSuffix(name, "/") || strings.ContainsRune(name, 0) || len(name) > 4096 {
		return "", false
	}
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return "", false
	}
	for _, part := range strings.Split(name, "/") {
		if part == ".." {
			return "", false
		}
	}
	clean := path.Clean(name)
	return clean, clean != "."
}

// Has reports that an archive has a file.
func (a *Archive) Has(name string) bool {
	_, ok := a.files[a.root+name]
	return ok
}

// Files is how many files it has.
func (a *Archive) Files() int { return len(a.files) }

// File returns a file of at most most bytes. The errors are those of Piece; NotFound for a file that isn't there.
func (a *Archive) File(ctx context.Context, name string, most int64) (Piece, error) {
	e, ok := a.files[a.root+name]
	switch {
	case !ok:
		return nil, &feeds.Error{Kind: feeds.NotFound, Op: "read archive"}
	case e.size > most:
		return nil, &feeds.Error{Kind: feeds.TooLarge, Op: "read archive"}
	}
	p, err := e.read(ctx, most)
	if err != nil {
		return nil, fail(err)
	}
	if e.size >= 0 && p.Size() != e.size {
		return nil, fail(errLies)
	}
	return p, nil
}

// read reads a file.
func (e entry) read(ctx context.Context, most int64) (Piece, error) {
	if e.offset < 0 {
		return e.blob.Piece(ctx, e.from, e.bytes, false, most)
	}
	from, err := e.begins(ctx)
	if err != nil {
		return nil, err
	}
	if from+e.bytes > e.blob.Size() {
		return nil, errCut
	}
	return e.blob.Piece(ctx, from, e.bytes, e.packed, most)
}

// json reads a file of JSON; nil where there is none.
func (a *Archive) json(ctx context.Context, names ...string) ([]byte, error) {
	for _, name := range names {
		if !a.Has(name) {
			continue
		}
		p, err := a.File(ctx, name, mostJSON)
		if err != nil {
			return nil, err
		}
		return p.Read(ctx)
	}
	return nil, nil
}
