package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// listFile names, in the folder of a site, the files that the last build put there. Only those are ever replaced or removed.
const listFile = ".vitrine-files"

// Publish puts the files into dir. What a former build put there and this one didn't is removed; all else (official feeds, files
// of the owner's) stays. The new files are written beside first and then renamed, pages last, so that a page never names a
// file that isn't there, and a build that fails leaves the old site.
func Publish(dir string, files Files) error {
	former, err := formerFiles(dir)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.SortFunc(names, pagesLast)
	if err := mayReplace(dir, names, former); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	beside, err := os.MkdirTemp(dir, ".vitrine-new-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(beside) }() // empty after success
	for _, name := range names {
		if err := write(filepath.Join(beside, filepath.FromSlash(name)), files[name]); err != nil {
			return err
		}
	}
	// The list comes first and names both, so that after a crash the next build still knows what is ours.
	if err := writeList(dir, slices.Concat(former, names)); err != nil {
		return err
	}
	for _, name := range names {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(beside, filepath.FromSlash(name)), to); err != nil {
			return err
		}
	}
	return removeStale(dir, files, former)
}

// removeStale removes former files that are no more, and writes the list of what is left.
func removeStale(dir string, files Files, former []string) error {
	var kept []string
	for name := range files {
		kept = append(kept, name)
	}
	for _, name := range former {
		if _, current := files[name]; current {
			continue
		}
		if stays(name) {
			kept = append(kept, name)
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		_ = os.Remove(filepath.Dir(file)) // only if that left it empty
	}
	return writeList(dir, kept)
}

// stays reports files that other people's pages name: an embed script with a hash is theirs for ever.
func stays(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "embed.") && strings.Contains(base, ".js") && base != "embed.js"
}

// formerFiles reads the list of the last build, none in a new folder.
func formerFiles(dir string) ([]string, error) {
	data, err := os.ReadFile(filepath.Join(dir, listFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(string(data)) {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, fmt.Errorf("%s names %q, which is outside", filepath.Join(dir, listFile), name)
		}
		names = append(names, name)
	}
	return names, nil
}

func writeList(dir string, names []string) error {
	slices.Sort(names)
	names = slices.Compact(names)
	return writeBeside(filepath.Join(dir, listFile), []byte(strings.Join(names, "\n")+"\n"))
}

// mayReplace makes sure that nothing is overwritten that no build has written.
func mayReplace(dir string, names, former []string) error {
	for _, name := range names {
		if slices.Contains(former, name) {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			return fmt.Errorf("%s is there already and not from a former build: choose another folder with -out, or move it away", filepath.Join(dir, name))
		}
	}
	return nil
}

// pagesLast orders assets before what names them, index.html after all else, and last the service worker, which fetches it.
func pagesLast(a, b string) int {
	rank := func(name string) int {
		switch {
		case strings.HasPrefix(name, "assets/"):
			return 0
		case strings.HasPrefix(name, "index.html"):
			return 2
		case strings.HasPrefix(name, workerFile):
			return 3
		}
		return 1
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// writeBeside replaces a file in one step.
func writeBeside(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".new-")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
