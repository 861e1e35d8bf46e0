package cache

import (
	"context"
	"maps"
	"slices"
	"sync"

	"vitrine/feeds"
)

// memoryFiles are files in memory. The zero value is ready.
type memoryFiles struct {
	mu    sync.Mutex
	files map[string]memoryFile
}

type memoryFile struct {
	mime string
	data []byte
}

func (*memoryFiles) usable() error { return nil }

func (*memoryFiles) name(url string) string { return ascii(url) }

func (f *memoryFiles) put(ctx context.Context, url, mime string, b feeds.FileBody) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.files == nil {
		f.files = map[string]memoryFile{}
	}
	if b, ok := b.(interface{ Bytes() []byte }); ok && ctx.Err() == nil { // what is outside of the program's memory isn't brought in
		f.files[url] = memoryFile{mime, b.Bytes()}
	}
	return ctx.Err()
}

func (f *memoryFiles) get(ctx context.Context, url string) ([]byte, string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	file := f.files[url]
	return slices.Clone(file.data), file.mime, ctx.Err()
}

func (f *memoryFiles) has(ctx context.Context, url string) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.files[url]
	return ok, ctx.Err()
}

func (f *memoryFiles) urls(ctx context.Context) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.files)), ctx.Err()
}

func (f *memoryFiles) remove(ctx context.Context, urls []string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, u := range urls {
		delete(f.files, u)
	}
	return ctx.Err()
}
