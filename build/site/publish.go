package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/build/publish"
)

// listFile names, beside a site, the files that the last build put there. Only those are ever replaced or removed.
const listFile = ".vitrine-files"

// Publish puts the files into a folder, as PublishTo does.
func Publish(dir string, files Files) error {
	ctx := context.Background()
	target, err := publish.Open(ctx, dir)
	if err != nil {
		return err
	}
	return errors.Join(PublishTo(ctx, target, dir, files), target.Close())
}

// PublishTo puts the files where a site stands, which errors call where. What a former build put there and this one didn't is
// removed; all else (official feeds, files of the owner's) stays. The new files come in publish.Order, so that a page never
// names a file that isn't there, and a build that fails leaves the old site.
func PublishTo(ctx context.Context, target publish.Target, where string, files Files) error {
	former, err := formerFiles(ctx, target)
	if err != nil {
		return err
	}
	names := slices.Collect(maps.Keys(files))
	if err := mayReplace(ctx, target, where, names, former); err != nil {
		return err
	}
	// The list comes first and names both, so that after a crash the next build still knows what is ours.
	if err := writeList(ctx, target, slices.Concat(former, names)); err != nil {
		return err
	}
	if _, err := publish.Put(ctx, target, files); err != nil {
		return err
	}
	return removeStale(ctx, target, files, former)
}

// removeStale removes former files that are no more, and writes the list of what is left.
func removeStale(ctx context.Context, target publish.Target, files Files, former []string) error {
	kept := slices.Collect(maps.Keys(files))
	for _, name := range former {
		if _, current := files[name]; current {
			continue
		}
		if embeddedElsewhere(name) {
			kept = append(kept, name)
			continue
		}
		if err := target.Remove(ctx, name); err != nil {
			return err
		}
	}
	return writeList(ctx, target, kept)
}

// embeddedElsewhere reports files that pages of other sites load under a name with a hash; these must stay available.
func embeddedElsewhere(name string) bool {
	base := path.Base(name)
	return (strings.HasPrefix(base, "embed.") || strings.HasPrefix(base, "embed-")) && strings.Count(strings.TrimSuffix(strings.TrimSuffix(base, ".br"), ".gz"), ".") == 2
}

// formerFiles reads the list of the last build, none in a new folder.
func formerFiles(ctx context.Context, target publish.Target) ([]string, error) {
	data, err := target.Read(ctx, listFile)
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
		if err := publish.CheckName(name); err != nil {
			return nil, fmt.Errorf("%s names %q, which is outside", listFile, name)
		}
		names = append(names, name)
	}
	return names, nil
}

func writeList(ctx context.Context, target publish.Target, names []string) error {
	slices.Sort(names)
	names = slices.Compact(names)
	_, err := publish.Put(ctx, target, Files{listFile: []byte(strings.Join(names, "\n") + "\n")})
	return err
}

// mayReplace makes sure that nothing is overwritten that no build has written.
func mayReplace(ctx context.Context, target publish.Target, where string, names, former []string) error {
	there, err := target.List(ctx, "")
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		if _, found := slices.BinarySearch(there, name); found && !slices.Contains(former, name) {
			return fmt.Errorf("%s is there already in %s, and not from a former build: choose another place with -out, or move it away", name, where)
		}
	}
	return nil
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
