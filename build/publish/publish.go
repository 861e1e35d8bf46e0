// Package publish writes the files of a site to where it stands, a folder or an object-store bucket, in an order and in steps in
// which a reader never meets half a file, nor a page that names one which isn't there yet.
//
// A bucket is spoken to by a program of its own, build/bucket, which is compiled when one is first named: the drivers of the
// stores would bring 70 modules, 670 packages and a minute of compiling to everybody who writes into a folder.
package publish

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// Target is where a site stands: a folder or a bucket. Names have slashes, are relative and clean: "feeds/town/index.html".
// It may be used from several goroutines, but a name only by one at a time.
type Target interface {
	// Read returns a file, an error that is fs.ErrNotExist where there is none.
	Read(ctx context.Context, name string) ([]byte, error)
	// Write puts a file in one step: a reader sees the old or the new one, never half of one.
	Write(ctx context.Context, name string, data []byte) error
	// Remove removes a file, and no error where there is none. A page that a cache still holds may name it for eleven minutes
	// (CacheControl), so what pages show is better removed a run later than they.
	Remove(ctx context.Context, name string) error
	// List returns the names that start with prefix, sorted.
	List(ctx context.Context, prefix string) ([]string, error)
	Close() error
}

// Open opens a folder, which is made where there is none, or a bucket by its URL:
//
//	s3://BUCKET?region=eu-central-1
//	s3://BUCKET?endpoint=https://store.example&use_path_style=true&region=auto
//	azblob://CONTAINER
//	gs://BUCKET
//	mem://           (forgotten at Close; for tests)
//
// Each may have &prefix=FOLDER. Keys come from the environment, as each store's own tools read them: AWS_ACCESS_KEY_ID and
// AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; AZURE_STORAGE_ACCOUNT with AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN;
// GOOGLE_APPLICATION_CREDENTIALS. A cancelled ctx ends the program that speaks to a bucket.
// Source: https://gocloud.dev/howto/blob/
func Open(ctx context.Context, out string) (Target, error) {
	if out == "mem://" {
		return &memory{files: map[string][]byte{}}, nil
	}
	if IsBucket(out) {
		return openBucket(ctx, out)
	}
	return openFolder(out)
}

// IsBucket reports that out is a URL, not the path of a folder.
func IsBucket(out string) bool { return strings.Contains(out, "://") }

// CheckName says what is wrong with a name: it must stay inside, and mean the same in a folder, a bucket and a URL.
func CheckName(name string) error {
	switch {
	case name == "" || name == "." || path.Clean(name) != name || !filepath.IsLocal(filepath.FromSlash(name)):
		return fmt.Errorf("%q is not the name of a file inside the site", name)
	case strings.ContainsAny(name, "\\\x00\n\r"):
		return fmt.Errorf("%q has characters that a file's name can't have everywhere", name)
	case strings.HasPrefix(path.Base(name), tempPrefix):
		return fmt.Errorf("%q is named like a file that is still being written", name)
	}
	return nil
}
