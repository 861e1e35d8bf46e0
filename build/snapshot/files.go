package snapshot

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/pages"
)

// put writes files that differ from what stands there, compressed ones beside them.
func (r *run) put(ctx context.Context, files map[string][]byte) error {
	if r.Compress == nil {
		return r.write(ctx, files)
	}
	changed := map[string][]byte{}
	for name, data := range files {
		old, err := r.read(ctx, name)
		if err != nil {
			return err
		}
		if old == nil || !bytes.Equal(old, data) {
			changed[name] = data
		}
	}
	if len(changed) == 0 {
		return nil
	}
	small := site.Files{}
	for name, data := range changed {
		// Nobody's browser asks for the first two; the third is also written by `site`, which has no compressed one.
		if name != statusFile && !strings.HasSuffix(name, "/"+ledger.File) && name != robotsFile {
			small[name] = data
		}
	}
	if err := r.Compress.Add(ctx, small); err != nil {
		return err
	}
	for name := range changed { // what is too small to be compressed now may not have been before
		for _, ext := range []string{".br", ".gz"} {
			if small[name+ext] == nil && site.Compressible(name) {
				if err := r.remove(ctx, name+ext); err != nil {
					return err
				}
			}
		}
	}
	maps.Copy(changed, small)
	return r.write(ctx, changed)
}

func (r *run) write(ctx context.Context, files map[string][]byte) error {
	n, err := publish.Put(ctx, r.Target, files)
	r.mu.Lock()
	r.written += n
	r.mu.Unlock()
	return err
}

// read returns a file of the target; nil for none.
func (r *run) read(ctx context.Context, name string) ([]byte, error) {
	data, err := r.Target.Read(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// finish writes what all feeds share, and takes away feeds that are no more.
func (r *run) finish(ctx context.Context) error {
	var all []*pages.Feed
	for _, f := range r.Config.Feeds {
		if shown := r.shown[f.Name]; shown != nil {
			all = append(all, shown)
		}
	}
	if err := r.removeFormer(ctx); err != nil {
		return err
	}
	files := map[string][]byte{robotsFile: r.site.Robots(all)}
	if len(r.Config.Feeds) == 0 {
		for _, name := range []string{directoryFile, sitemapFile, statusFile, pages.IconFile} {
			if err := r.remove(ctx, name, name+".br", name+".gz"); err != nil {
				return err
			}
		}
		return r.put(ctx, files)
	}
	if len(all) > 0 {
		data, err := r.site.Directory(all)
		if err != nil {
			return err
		}
		files[directoryFile] = data
	}
	sitemap, err := r.site.Sitemap(all)
	if err != nil {
		return err
	}
	if sitemap != nil {
		files[sitemapFile] = sitemap
	} else if err := r.remove(ctx, sitemapFile, sitemapFile+".br", sitemapFile+".gz"); err != nil {
		return err
	}
	status, err := r.status.bytes()
	if err != nil {
		return err
	}
	files[statusFile] = status
	return r.put(ctx, files)
}

// What all feeds share beside their folder.
const (
	directoryFile = "feeds/index.html"
	robotsFile    = "robots.txt"
	sitemapFile   = "sitemap.xml"
)

func (r *run) remove(ctx context.Context, names ...string) error {
	for _, name := range names {
		if err := r.Target.Remove(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// removeFormer takes away feeds that are not configured any more. Only folders with a ledger are ours.
func (r *run) removeFormer(ctx context.Context) error {
	there, err := r.Target.List(ctx, "feeds/")
	if err != nil {
		return err
	}
	former := map[string]bool{}
	for _, file := range there {
		name, rest, _ := strings.Cut(strings.TrimPrefix(file, "feeds/"), "/")
		if rest == ledger.File && !slices.ContainsFunc(r.Config.Feeds, func(f config.Feed) bool { return f.Name == name }) {
			former[name] = true
		}
	}
	for _, file := range there {
		name, _, below := strings.Cut(strings.TrimPrefix(file, "feeds/"), "/")
		if below && former[name] {
			if err := r.Target.Remove(ctx, file); err != nil {
				return err
			}
		}
	}
	for name := range former {
		delete(r.status.Feeds, name)
		r.warn("%s: is not configured any more and was taken away", name)
	}
	return nil
}
