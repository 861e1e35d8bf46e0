package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// tempPrefix begins the names of files that are still being written.
const tempPrefix = ".vitrine-tmp-"

// folder is a folder of this machine. os.Root keeps everything inside: a symbolic link that leads out is not followed.
type folder struct {
	dir  string
	root *os.Root
	lock *os.File // the folder itself, locked while files are being written into it, nil where that can't be
}

func openFolder(dir string) (Target, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, root: root}
	var alone bool
	if f.lock, alone = lockFolder(dir); alone {
		f.sweep()
		share(f.lock)
	}
	return f, nil
}

// sweep removes what killed runs left. The lock says that no other run is writing.
func (f *folder) sweep() {
	_ = f.walk(".", func(name string) {
		if strings.HasPrefix(path.Base(name), tempPrefix) {
			_ = f.root.Remove(name) // the next run tries again
		}
	})
}

func (f *folder) Close() error {
	if f.lock != nil {
		_ = f.lock.Close() // was only read
	}
	return f.root.Close()
}

func (f *folder) Read(ctx context.Context, name string) ([]byte, error) {
	if err := checkCall(ctx, name); err != nil {
		return nil, err
	}
	data, err := f.root.ReadFile(name)
	return data, f.withPath(name, err)
}

func (f *folder) same(ctx context.Context, name string, data []byte) (bool, error) {
	if err := checkCall(ctx, name); err != nil {
		return false, err
	}
	info, err := f.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, nil // stage reports what can't be looked at
	}
	old, err := f.root.ReadFile(name)
	return bytes.Equal(old, data), f.withPath(name, err)
}

func (f *folder) Write(ctx context.Context, name string, data []byte) error {
	w, err := f.stage(ctx, name, data)
	if err != nil {
		return err
	}
	if err := w.commit(); err != nil {
		w.discard()
		return err
	}
	return f.syncFolders([]string{name})
}

// stage writes a file under a temporary name in the folder of the one it will replace, so that both are on one file system and the renaming is one step.
func (f *folder) stage(ctx context.Context, name string, data []byte) (staged, error) {
	if err := checkCall(ctx, name); err != nil {
		return staged{}, err
	}
	if info, err := f.root.Lstat(name); err == nil && info.IsDir() {
		return staged{}, fmt.Errorf("%s is a folder", filepath.Join(f.dir, name))
	}
	dir := path.Dir(name)
	if err := f.root.MkdirAll(dir, 0o755); err != nil {
		return staged{}, f.withPath(dir, err)
	}
	temp := path.Join(dir, tempPrefix+rand.Text())
	w := staged{
		commit:  func() error { return f.withPath(name, f.root.Rename(temp, name)) },
		discard: func() { _ = f.root.Remove(temp); f.prune(name) }, // else the next Open removes it
	}
	if err := f.create(temp, data); err != nil {
		w.discard()
		return staged{}, f.withPath(name, err)
	}
	return w, nil
}

// create writes a new file to the disk itself, since a renamed file whose content isn't there yet is empty after a power cut.
func (f *folder) create(name string, data []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(0o644) // a web server reads it, whatever the umask of who runs this
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// syncFolders writes the folders of new files to the disk. Some file systems can't: then the old files may come back after a power
// cut, whole as they were.
func (f *folder) syncFolders(names []string) error {
	done := map[string]bool{}
	for _, name := range names {
		for dir := path.Dir(name); !done[dir]; dir = path.Dir(dir) {
			done[dir] = true
			if d, err := f.root.Open(dir); err == nil {
				_ = d.Sync()
				_ = d.Close()
			}
		}
	}
	return nil
}

func (f *folder) Remove(ctx context.Context, name string) error {
	if err := checkCall(ctx, name); err != nil {
		return err
	}
	if info, err := f.root.Lstat(name); err == nil && info.IsDir() {
		return nil // a folder is not a file of that name
	}
	if err := f.withPath(name, f.root.Remove(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f.prune(name)
	return nil
}

// prune removes the folders of a name that are empty: a bucket has none either.
func (f *folder) prune(name string) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if f.root.Remove(dir) != nil {
			return
		}
	}
}

func (f *folder) List(ctx context.Context, prefix string) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var names []string
	below := path.Dir(prefix + "x") // the deepest folder that the names can be in
	if below != "." {
		if err := CheckName(below); err != nil {
			return nil, err
		}
	}
	err := f.walk(below, func(name string) {
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(path.Base(name), tempPrefix) {
			names = append(names, name)
		}
	})
	slices.Sort(names)
	return names, f.withPath(below, err)
}

// walk calls see for all files below a folder. Folders that may not be read hold nothing of ours.
func (f *folder) walk(dir string, see func(name string)) error {
	return fs.WalkDir(f.root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission) && name != ".":
			return nil
		case err == nil && !d.IsDir():
			see(name)
		}
		return err
	})
}

// withPath names the file in full in an error, where os.Root names it below the folder.
func (f *folder) withPath(name string, err error) error {
	var link *os.LinkError
	var at *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &link):
		err = link.Err
	case errors.As(err, &at):
		err = at.Err
	}
	if errors.Is(err, syscall.ENOTDIR) { // below a file there is nothing
		err = fs.ErrNotExist
	}
	return fmt.Errorf("%s: %w", filepath.Join(f.dir, filepath.FromSlash(name)), err)
}
