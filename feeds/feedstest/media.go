package feedstest

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"sync"

	"vitrine/feeds"
)

// MediaStore is a feeds.MediaStore in memory, whose hosts have Files.
type MediaStore struct {
	Files map[string]MediaBytes  // by URL: what hosts have; all others are Unreachable
	Err   func(url string) error // of keeping a file; nil for none
	Asked []string               // the URLs that were asked for, in order
	Shut  map[string]bool        // the hosts that let no page read their files

	mu    sync.Mutex
	kept  map[string]MediaBytes
	wants map[string]map[string]bool // owner -> URLs
}

// MediaBytes are what a host has under a URL.
type MediaBytes struct {
	Type string
	Data []byte
}

var _ feeds.MediaStore = (*MediaStore)(nil)

// NewMediaStore makes a store that keeps nothing yet.
func NewMediaStore() *MediaStore {
	return &MediaStore{Files: map[string]MediaBytes{}, kept: map[string]MediaBytes{}, wants: map[string]map[string]bool{}}
}

// Keep implements feeds.MediaStore.
func (m *MediaStore) Keep(ctx context.Context, owner string, f feeds.MediaFile, most int64) (feeds.KeptMedia, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return feeds.KeptMedia{}, err
	}
	b, ok := m.kept[f.URL]
	if !ok {
		if u, err := url.Parse(f.URL); err == nil && m.Shut[u.Host] {
			return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.Unreachable, Host: u.Host, Op: "keep", Err: feeds.ErrClosed}
		}
		m.Asked = append(m.Asked, f.URL)
		if m.Err != nil {
			if err := m.Err(f.URL); err != nil {
				return feeds.KeptMedia{}, err
			}
		}
		if b, ok = m.Files[f.URL]; !ok {
			return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.Unreachable, Op: "keep"}
		}
		if int64(len(b.Data)) > most {
			return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.TooLarge, Op: "keep"}
		}
		m.kept[f.URL] = b
	}
	if m.wants[owner] == nil {
		m.wants[owner] = map[string]bool{}
	}
	m.wants[owner][f.URL] = true
	return feeds.KeptMedia{Type: b.Type, Bytes: int64(len(b.Data))}, nil
}

// Put implements feeds.MediaStore. Only what begins as a PNG is taken.
func (m *MediaStore) Put(ctx context.Context, owner string, f feeds.MediaFile, head []byte, b feeds.FileBody) (feeds.KeptMedia, error) {
	if !strings.HasPrefix(string(head), PNG[:4]) {
		return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.BadData, Op: "put"}
	}
	data := head
	if here, ok := b.(interface{ Bytes() []byte }); ok {
		data = here.Bytes()
	}
	m.mu.Lock()
	if _, ok := m.kept[f.URL]; !ok {
		m.kept[f.URL] = MediaBytes{Type: "image/png", Data: data}
	}
	m.mu.Unlock()
	return m.Keep(ctx, owner, f, b.Size())
}

// Release implements feeds.MediaStore.
func (m *MediaStore) Release(ctx context.Context, owner string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	urls := m.wants[owner]
	delete(m.wants, owner)
	for _, others := range m.wants {
		for url := range others {
			delete(urls, url)
		}
	}
	for url := range urls {
		delete(m.kept, url)
	}
	return ctx.Err()
}

// Kept implements feeds.MediaStore.
func (m *MediaStore) Kept(ctx context.Context, urls []string) (map[string]feeds.KeptMedia, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]feeds.KeptMedia{}
	for _, u := range urls {
		if b, ok := m.kept[u]; ok {
			found[u] = feeds.KeptMedia{Type: b.Type, Bytes: int64(len(b.Data))}
		}
	}
	return found, ctx.Err()
}

// Bytes implements feeds.MediaStore.
func (m *MediaStore) Bytes(ctx context.Context, url string) ([]byte, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.kept[url]
	return b.Data, b.Type, ctx.Err()
}

// Owned implements feeds.MediaStore.
func (m *MediaStore) Owned(ctx context.Context) (map[string]feeds.KeptSum, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	sums := map[string]feeds.KeptSum{}
	for owner, urls := range m.wants {
		for url := range urls {
			sums[owner] = feeds.KeptSum{Files: sums[owner].Files + 1, Bytes: sums[owner].Bytes + int64(len(m.kept[url].Data))}
		}
	}
	return sums, ctx.Err()
}

// Closed implements feeds.MediaStore.
func (m *MediaStore) Closed(ctx context.Context) (map[string]bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.Shut), ctx.Err()
}

// Tidy implements feeds.MediaStore.
func (*MediaStore) Tidy(ctx context.Context) error { return ctx.Err() }
