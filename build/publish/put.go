package publish

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// stager is a target that can write a file under a temporary name, to be renamed to its place later.
type stager interface {
	stage(ctx context.Context, name string, data []byte) (staged, error)
	syncFolders(names []string) error // after the last commit: makes the new names survive a power cut
}

// staged is a file under a temporary name. Exactly one of the functions is called, once.
type staged struct {
	commit  func() error
	discard func()
}

// comparer is a target that knows cheaper than by Read whether it holds a file with just these bytes.
type comparer interface {
	same(ctx context.Context, name string, data []byte) (bool, error)
}

// skipper is a target that has no use for some files.
type skipper interface{ skips(name string) bool }

// Put writes files in the order of Order, so that nobody ever sees a page that names a file which isn't there, each only if its
// bytes differ. When a file can't be written, all that come after it stay as they were; in a folder all files are first
// written under temporary names, so that a full disk changes nothing at all. written counts the files that changed.
func Put(ctx context.Context, t Target, files map[string][]byte) (written int, err error) {
	names := make([]string, 0, len(files))
	for name := range files {
		if s, ok := t.(skipper); ok && s.skips(name) {
			continue
		}
		if err := CheckName(name); err != nil {
			return 0, err
		}
		names = append(names, name)
	}
	slices.SortFunc(names, Order)
	if err := clash(names); err != nil {
		return 0, err
	}
	if s, ok := t.(stager); ok {
		return putStaged(ctx, t, s, names, files)
	}
	var count atomic.Int64
	for len(names) > 0 {
		// One kind after the other; the files of a kind, which don't name each other, at once.
		n := 1
		for n < len(names) && rank(names[n]) == rank(names[0]) && rank(names[n]) != rankIndex {
			n++
		}
		err := each(ctx, names[:n], func(ctx context.Context, name string) error {
			if same, err := isSame(ctx, t, name, files[name]); err != nil || same {
				return err
			}
			if err := t.Write(ctx, name, files[name]); err != nil {
				return err
			}
			count.Add(1)
			return nil
		})
		if err != nil {
			return int(count.Load()), err
		}
		names = names[n:]
	}
	return int(count.Load()), nil
}

// putStaged writes all files under temporary names and then renames them to their places.
func putStaged(ctx context.Context, t Target, s stager, names []string, files map[string][]byte) (written int, err error) {
	var waiting []staged
	defer func() {
		for _, w := range waiting[written:] {
			w.discard()
		}
	}()
	var changed []string
	for _, name := range names {
		same, err := isSame(ctx, t, name, files[name])
		if err != nil {
			return 0, err
		}
		if same {
			continue
		}
		w, err := s.stage(ctx, name, files[name])
		if err != nil {
			return 0, err
		}
		waiting, changed = append(waiting, w), append(changed, name)
	}
	for _, w := range waiting {
		if err := w.commit(); err != nil {
			return written, err
		}
		written++
	}
	return written, s.syncFolders(changed)
}

// atOnce is how many files are sent to a store at the same time: enough to hide the way there, too few to be slowed down for it.
const atOnce = 6

// each calls do for all names, several at once. After an error no more are begun.
func each(ctx context.Context, names []string, do func(context.Context, string) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for _, name := range names {
		free <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		all.Go(func() {
			defer func() { <-free }()
			if err := do(ctx, name); err != nil {
				stop(err) // the first one counts: it is the cause of the others
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// isSame reports that the target holds just these bytes. What can't be read for another reason than that it isn't there is told
// now and not overwritten.
func isSame(ctx context.Context, t Target, name string, data []byte) (bool, error) {
	if c, ok := t.(comparer); ok {
		return c.same(ctx, name, data)
	}
	old, err := t.Read(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && bytes.Equal(old, data), err
}

// clash finds a name that is both a file's and a folder's.
func clash(names []string) error {
	isFile := make(map[string]bool, len(names))
	for _, name := range names {
		isFile[name] = true
	}
	for _, name := range names {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if isFile[dir] {
				return fmt.Errorf("%s can't be a file and the folder of %s", dir, name)
			}
		}
	}
	return nil
}

// The ranks of files, those first that others name.
const (
	rankAsset  = iota // pictures, films, scripts, styles: they name nothing, or what has a hash in its name
	rankData          // names media
	rankPage          // names all these
	rankIndex         // names pages, too
	rankWorker        // the service worker fetches the start page as soon as it is new
)

// uncompressed is the name of a file without what says how it is compressed.
func uncompressed(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz")
}

func rank(name string) int {
	name = uncompressed(name)
	switch base := path.Base(name); {
	case base == "sw.js":
		return rankWorker
	case base == "index.html":
		return rankIndex
	}
	switch path.Ext(name) {
	case ".html":
		return rankPage
	case ".json", ".atom", ".xml":
		return rankData
	}
	return rankAsset
}

// Order compares names by when they are written: media and assets, data, pages, index pages from the deepest folder to the
// site's own, the service worker. Compressed files come before the one that they are made of: while that one is an old one, whoever
// looks whether something changed sees that there is something to do.
func Order(a, b string) int {
	if d := cmp.Compare(rank(a), rank(b)); d != 0 {
		return d
	}
	if rank(a) == rankIndex {
		if d := cmp.Compare(strings.Count(b, "/"), strings.Count(a, "/")); d != 0 {
			return d
		}
	}
	return cmp.Or(strings.Compare(uncompressed(a), uncompressed(b)), strings.Compare(b, a))
}
