package cache

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// Keys of the records beside the bytes. Addresses and names are escaped: keys are ASCII.
const (
	mediaKey  = "media/"  // and the URL: mediaNote
	ownerKey  = "owner/"  // and the owner, "/" and the URL: the bytes, as a number
	closedKey = "closed/" // and a host: when it was found to let no page read its files, in Unix seconds
)

// closedFor is how long a host that let no page read its files isn't asked for more of them.
const closedFor = 24 * time.Hour

// mediaNote says what is kept of a file and for whom.
type mediaNote struct {
	Type   string   `json:"t"`
	Bytes  int64    `json:"b"`
	Owners []string `json:"o"`
}

// files keeps bytes by URL. Errors are those of Shelf.
type files interface {
	// usable is why nothing can be kept: this browser has no place for bytes; nil where there is one.
	usable() error
	// put keeps a whole file, or nothing.
	put(ctx context.Context, url, mime string, b feeds.FileBody) error
	get(ctx context.Context, url string) (data []byte, mime string, err error)
	has(ctx context.Context, url string) (bool, error)
	urls(ctx context.Context) ([]string, error)
	remove(ctx context.Context, urls []string) error
	// name is a URL as it stands in keys and is listed by urls: ASCII, and the same for all ways to write it.
	name(url string) string
}

// Media is a feeds.MediaStore. Bytes are written before the note of them, and removed after it: what a program that is killed in between
// leaves are bytes that nobody knows of, which Tidy removes.
type Media struct {
	files   files
	records feeds.Records
	fetcher feeds.FileFetcher
	clock   feeds.Clock
	tabs    feeds.Tabs
	name    string // of the lock
	local   sync.Mutex

	mu     sync.Mutex
	coming map[string]chan struct{} // by URL: closed when what asks for it now is done
}

var _ feeds.MediaStore = (*Media)(nil)

// NewMemoryMedia keeps bytes for as long as the program lives.
func NewMemoryMedia(records feeds.Records, fetcher feeds.FileFetcher, clock feeds.Clock, tabs feeds.Tabs) *Media {
	return &Media{files: &memoryFiles{}, records: records, fetcher: fetcher, clock: clock, tabs: tabs, name: "memory:media"}
}

// locked runs a function while no other program changes what is kept.
func (m *Media) locked(ctx context.Context, f func() error) error {
	m.local.Lock()
	defer m.local.Unlock()
	release, err := m.tabs.Lock(ctx, m.name, false)
	if err != nil {
		return err
	}
	defer release()
	return f()
}

// Keep implements feeds.MediaStore.
func (m *Media) Keep(ctx context.Context, owner string, f feeds.MediaFile, most int64) (feeds.KeptMedia, error) {
	f.URL = m.files.name(f.URL)
	u, err := url.Parse(f.URL)
	if err != nil || u.Host == "" {
		return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.Unreachable, Op: "keep media", Err: err}
	}
	if err := m.files.usable(); err != nil {
		return feeds.KeptMedia{}, err
	}
	done, err := m.alone(ctx, f.URL)
	if err != nil {
		return feeds.KeptMedia{}, err
	}
	defer done()
	if kept, done, err := m.share(ctx, owner, f.URL); done || err != nil {
		return kept, err
	}
	host := strings.ToLower(u.Host)
	if err := m.closed(ctx, host); err != nil {
		return feeds.KeptMedia{}, err
	}
	a, err := m.fetcher.File(ctx, f.URL, most)
	if err != nil {
		if errors.Is(err, feeds.ErrClosed) {
			_ = m.records.Change(ctx, feeds.Pair{Key: closedKey + host, Value: strconv.AppendInt(nil, m.clock.Now().Unix(), 10)})
		}
		return feeds.KeptMedia{}, err
	}
	if err := feeds.StatusError(&feeds.Response{Status: a.Status, URL: a.URL, Header: a.Header, At: m.clock.Now()}); err != nil {
		return feeds.KeptMedia{}, err
	}
	mime, err := fileType(f.Type, a.Header["content-type"], a.Head, a.Body.Size())
	if err != nil {
		return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.BadData, Host: host, Op: "keep media", Err: err}
	}
	return m.put(ctx, owner, f.URL, mime, a.Body, feeds.Pair{Key: closedKey + host})
}

// put keeps a file that is here, with what else is to be noted.
func (m *Media) put(ctx context.Context, owner, url, mime string, b feeds.FileBody, more ...feeds.Pair) (feeds.KeptMedia, error) {
	kept := feeds.KeptMedia{Type: mime, Bytes: b.Size()}
	return kept, m.locked(ctx, func() error {
		n, err := m.note(ctx, url)
		if err != nil {
			return err
		}
		if err := m.files.put(ctx, url, mime, b); err != nil {
			return err
		}
		n.Type, n.Bytes = kept.Type, kept.Bytes
		pairs, err := n.pairs(owner, url)
		if err != nil {
			return err
		}
		return m.records.Change(ctx, append(pairs, more...)...)
	})
}

// Put implements feeds.MediaStore.
func (m *Media) Put(ctx context.Context, owner string, f feeds.MediaFile, head []byte, b feeds.FileBody) (feeds.KeptMedia, error) {
	f.URL = m.files.name(f.URL)
	done, err := m.alone(ctx, f.URL)
	if err != nil {
		return feeds.KeptMedia{}, err
	}
	defer done()
	if kept, done, err := m.share(ctx, owner, f.URL); done || err != nil {
		return kept, err
	}
	mime, err := fileType(f.Type, "", head, b.Size())
	if err != nil {
		return feeds.KeptMedia{}, &feeds.Error{Kind: feeds.BadData, Op: "keep media", Err: err}
	}
	return m.put(ctx, owner, f.URL, mime, b)
}

// alone waits until nothing else of this program asks for a file.
func (m *Media) alone(ctx context.Context, url string) (done func(), err error) {
	mine := make(chan struct{})
	for {
		m.mu.Lock()
		other := m.coming[url]
		if other == nil {
			if m.coming == nil {
				m.coming = map[string]chan struct{}{}
			}
			m.coming[url] = mine
			m.mu.Unlock()
			return func() {
				m.mu.Lock()
				defer m.mu.Unlock()
				delete(m.coming, url)
				close(mine)
			}, nil
		}
		m.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// share keeps for one more owner what is kept already; false for what isn't.
func (m *Media) share(ctx context.Context, owner, url string) (kept feeds.KeptMedia, done bool, err error) {
	n, err := m.note(ctx, url)
	if err != nil || len(n.Owners) == 0 {
		return kept, false, err
	}
	if there, err := m.files.has(ctx, url); err != nil || !there {
		return kept, false, err
	}
	if slices.Contains(n.Owners, owner) {
		return feeds.KeptMedia{Type: n.Type, Bytes: n.Bytes}, true, nil
	}
	err = m.locked(ctx, func() error {
		n, err := m.note(ctx, url) // another program may have let go of it
		if err != nil || len(n.Owners) == 0 {
			return err
		}
		kept, done = feeds.KeptMedia{Type: n.Type, Bytes: n.Bytes}, true
		pairs, err := n.pairs(owner, url)
		if err != nil {
			return err
		}
		return m.records.Change(ctx, pairs...)
	})
	return kept, done && err == nil, err
}

// pairs write down that an owner wants a file too.
func (n mediaNote) pairs(owner, url string) ([]feeds.Pair, error) {
	if !slices.Contains(n.Owners, owner) {
		n.Owners = append(n.Owners, owner)
	}
	note, err := jsontext.Marshal(n)
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Internal, Op: "note media", Err: err}
	}
	return []feeds.Pair{{Key: mediaKey + url, Value: note}, {Key: ownedBy(owner) + url, Value: strconv.AppendInt(nil, n.Bytes, 10)}}, nil
}

// note reads what is kept of a file; the zero value for one that isn't.
func (m *Media) note(ctx context.Context, url string) (n mediaNote, err error) {
	values, err := m.records.Values(ctx, []string{mediaKey + url})
	if err != nil || values[0] == nil || jsontext.Unmarshal(values[0], &n) != nil {
		return mediaNote{}, err
	}
	return n, nil
}

// closed is the error of a host that let no page read its files a while ago.
func (m *Media) closed(ctx context.Context, host string) error {
	if feeds.IsAnew(ctx) {
		return nil
	}
	values, err := m.records.Values(ctx, []string{closedKey + host})
	if err == nil && m.isClosed(values[0]) {
		err = &feeds.Error{Kind: feeds.Unreachable, Host: host, Op: "keep media", Err: feeds.ErrClosed}
	}
	return err
}

func (m *Media) isClosed(value []byte) bool {
	at, err := strconv.ParseInt(string(value), 10, 64)
	return err == nil && m.clock.Now().Sub(time.Unix(at, 0)).Abs() < closedFor
}

// Closed implements feeds.MediaStore.
func (m *Media) Closed(ctx context.Context) (map[string]bool, error) {
	from, to := feeds.KeyRange(closedKey)
	pairs, err := m.records.Range(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	hosts := map[string]bool{}
	for _, p := range pairs {
		if m.isClosed(p.Value) {
			hosts[strings.TrimPrefix(p.Key, closedKey)] = true
		}
	}
	return hosts, nil
}

// Release implements feeds.MediaStore.
func (m *Media) Release(ctx context.Context, owner string) error {
	from, to := feeds.KeyRange(ownedBy(owner))
	return m.locked(ctx, func() error {
		keys, err := m.records.Keys(ctx, from, to, 0)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(keys, 200) {
			if err := m.release(ctx, owner, some); err != nil {
				return err
			}
		}
		return nil
	})
}

// release lets go of some of an owner's files, of which it is given the owner's keys.
func (m *Media) release(ctx context.Context, owner string, keys []string) error {
	notes := make([]string, len(keys))
	for i, k := range keys {
		notes[i] = mediaKey + strings.TrimPrefix(k, ownedBy(owner))
	}
	values, err := m.records.Values(ctx, notes)
	if err != nil {
		return err
	}
	var gone []string
	var pairs []feeds.Pair
	for i, k := range keys {
		pairs = append(pairs, feeds.Pair{Key: k})
		var n mediaNote
		if values[i] == nil || jsontext.Unmarshal(values[i], &n) != nil {
			continue
		}
		n.Owners = slices.DeleteFunc(n.Owners, func(o string) bool { return o == owner })
		if len(n.Owners) == 0 {
			gone = append(gone, strings.TrimPrefix(notes[i], mediaKey))
			pairs = append(pairs, feeds.Pair{Key: notes[i]})
			continue
		}
		note, err := jsontext.Marshal(n)
		if err != nil {
			return &feeds.Error{Kind: feeds.Internal, Op: "note media", Err: err}
		}
		pairs = append(pairs, feeds.Pair{Key: notes[i], Value: note})
	}
	if err := m.records.Change(ctx, pairs...); err != nil {
		return err
	}
	return m.files.remove(ctx, gone)
}

// Kept implements feeds.MediaStore.
func (m *Media) Kept(ctx context.Context, urls []string) (map[string]feeds.KeptMedia, error) {
	keys := make([]string, len(urls))
	for i, u := range urls {
		keys[i] = mediaKey + m.files.name(u)
	}
	values, err := m.records.Values(ctx, keys)
	if err != nil {
		return nil, err
	}
	kept := map[string]feeds.KeptMedia{}
	for i, u := range urls {
		var n mediaNote
		if values[i] != nil && jsontext.Unmarshal(values[i], &n) == nil {
			kept[u] = feeds.KeptMedia{Type: n.Type, Bytes: n.Bytes}
		}
	}
	return kept, nil
}

// Bytes implements feeds.MediaStore.
func (m *Media) Bytes(ctx context.Context, url string) (data []byte, mime string, err error) {
	url = m.files.name(url)
	n, err := m.note(ctx, url)
	if err != nil || len(n.Owners) == 0 {
		return nil, "", err
	}
	return m.files.get(ctx, url)
}

// Owned implements feeds.MediaStore.
func (m *Media) Owned(ctx context.Context) (map[string]feeds.KeptSum, error) {
	from, to := feeds.KeyRange(ownerKey)
	pairs, err := m.records.Range(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	sums := map[string]feeds.KeptSum{}
	for _, p := range pairs {
		escaped, _, _ := strings.Cut(strings.TrimPrefix(p.Key, ownerKey), "/")
		bytes, _ := strconv.ParseInt(string(p.Value), 10, 64)
		s := sums[unescaped(escaped)]
		sums[unescaped(escaped)] = feeds.KeptSum{Files: s.Files + 1, Bytes: s.Bytes + bytes}
	}
	return sums, nil
}

// Tidy implements feeds.MediaStore.
func (m *Media) Tidy(ctx context.Context) error {
	return m.locked(ctx, func() error {
		there, err := m.files.urls(ctx)
		if err != nil {
			return err
		}
		from, to := feeds.KeyRange(mediaKey)
		noted, err := m.records.Keys(ctx, from, to, 0)
		if err != nil {
			return err
		}
		has := map[string]bool{}
		for _, u := range there {
			has[mediaKey+u] = true
		}
		var lost []string
		for _, k := range noted {
			if !has[k] {
				lost = append(lost, k)
			}
			delete(has, k)
		}
		if err := m.forget(ctx, lost); err != nil {
			return err
		}
		return m.files.remove(ctx, slices.DeleteFunc(there, func(u string) bool { return !has[mediaKey+u] }))
	})
}

// forget removes the notes of files whose bytes are gone.
func (m *Media) forget(ctx context.Context, keys []string) error {
	values, err := m.records.Values(ctx, keys)
	if err != nil {
		return err
	}
	var pairs []feeds.Pair
	for i, k := range keys {
		pairs = append(pairs, feeds.Pair{Key: k})
		var n mediaNote
		if values[i] == nil || jsontext.Unmarshal(values[i], &n) != nil {
			continue
		}
		for _, o := range n.Owners {
			pairs = append(pairs, feeds.Pair{Key: ownedBy(o) + strings.TrimPrefix(k, mediaKey)})
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	return m.records.Change(ctx, pairs...)
}

// ownedBy begins the keys of what an owner wants.
func ownedBy(owner string) string { return ownerKey + url.QueryEscape(owner) + "/" }

// ascii escapes what is no ASCII.
func ascii(u string) string {
	var b strings.Builder
	for i := range len(u) {
		if c := u[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", u[i])
	}
	return b.String()
}

func unescaped(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}
