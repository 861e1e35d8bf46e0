package saved

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// ErrNewer is why a post isn't changed: a later version of the program wrote it, or it can't be read.
var ErrNewer = errors.New("a later version wrote it, or it can't be read")

// atOnce is how many values are read in one go where all are looked at.
const atOnce = 200

// Book is what a reader saves. It is safe for concurrent use, by several tabs at once too. Its errors are those of feeds.Records, of kind
// Storage, or ctx's own. What is changed of a post is written in one transaction: a program that ends in the middle changes nothing.
type Book struct {
	records feeds.Records
	tabs    feeds.Tabs
	first   string // begins its keys
	channel string
	local   chan struct{} // holds one token while something is changed: a lock of tabs may be free for everybody

	mu   sync.Mutex
	hear []func(feeds.Key)
}

// Open opens what is saved at the site with a base path.
func Open(r feeds.Records, tabs feeds.Tabs, base string) *Book {
	b := &Book{records: r, tabs: tabs, first: savedFirst, channel: "vitrine:" + base + ":saved", local: make(chan struct{}, 1)}
	tabs.Listen(b.channel, func(text string) { b.heard(feeds.Key(text)) })
	return b
}

// Archive returns the posts of an archive that was read, by its name: a Book beside this one.
func (b *Book) Archive(name string) *Book {
	return &Book{records: b.records, tabs: b.tabs, first: archiveFirst + esc(name) + "/", channel: b.channel + ":archive", local: b.local}
}

// Watch calls hear with the key of each post that was saved, changed or let go, by this program or another one, for as long as this one
// lives; with "" when that were several. It must not wait.
func (b *Book) Watch(hear func(feeds.Key)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hear = append(b.hear[:len(b.hear):len(b.hear)], hear)
}

func (b *Book) heard(key feeds.Key) {
	b.mu.Lock()
	hear := b.hear
	b.mu.Unlock()
	for _, f := range hear {
		f(key)
	}
}

// tell tells all programs that a post has changed.
func (b *Book) tell(key feeds.Key) {
	b.tabs.Send(b.channel, string(key))
	b.heard(key)
}

// lock waits until nobody else changes something.
func (b *Book) lock(ctx context.Context) (release func(), err error) {
	select {
	case b.local <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	unlock, err := b.tabs.Lock(ctx, b.channel, false)
	if err != nil {
		<-b.local
		return nil, err
	}
	return func() { unlock(); <-b.local }, nil
}

// Keys returns all that is saved, newest post first. It reads keys alone: no post.
func (b *Book) Keys(ctx context.Context) ([]feeds.Key, error) { return b.keysOf(ctx, timeKeys) }

// keysOf returns the posts at the ends of the keys that begin so.
func (b *Book) keysOf(ctx context.Context, first string) ([]feeds.Key, error) {
	from, to := b.span(first)
	all, err := b.records.Keys(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	keys := make([]feeds.Key, 0, len(all))
	for _, k := range all {
		if key, ok := last(k); ok {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// Posts returns saved posts, in the order of keys; nil for one that isn't there or can't be read.
func (b *Book) Posts(ctx context.Context, keys []feeds.Key) ([]*Post, error) {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = b.postKey(k)
	}
	values, err := b.records.Values(ctx, names)
	if err != nil {
		return nil, err
	}
	posts, turn := make([]*Post, len(values)), feeds.Turn{}
	for i, v := range values {
		turn.Next()
		posts[i] = decode(v)
	}
	return posts, nil
}

// Post returns a saved post, nil where it isn't.
func (b *Book) Post(ctx context.Context, key feeds.Key) (*Post, error) {
	all, err := b.Posts(ctx, []feeds.Key{key})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// At returns the saved post that a server has under an id, nil where there is none.
func (b *Book) At(ctx context.Context, host, id string) (*Post, error) {
	v, err := b.records.Values(ctx, []string{b.atKey(host, id)})
	if err != nil || len(v[0]) == 0 {
		return nil, err
	}
	return b.Post(ctx, feeds.Key(v[0]))
}

// Save saves a post as it is. One that is saved already stays as it was saved.
func (b *Book) Save(ctx context.Context, p *feeds.Post, now time.Time) error {
	_, err := b.Add(ctx, []*Post{{Post: p, At: now}})
	return err
}

// Add saves posts with what is known of them, all or nothing. Of one that is saved already the tags and the note are joined to those that are there. It
// returns how many weren't saved before.
func (b *Book) Add(ctx context.Context, posts []*Post) (added int, err error) {
	release, err := b.lock(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	keys := make([]string, len(posts))
	for i, p := range posts {
		keys[i] = b.postKey(p.Post.Key)
	}
	values, err := b.records.Values(ctx, keys)
	if err != nil {
		return 0, err
	}
	var pairs []feeds.Pair
	seen, turn := map[feeds.Key]bool{}, feeds.Turn{}
	for i, p := range posts {
		turn.Next()
		if seen[p.Post.Key] {
			continue
		}
		seen[p.Post.Key] = true
		next := p.clone()
		if old := decode(values[i]); old != nil {
			next = old.joined(p)
			if next == nil {
				continue
			}
		} else if values[i] != nil {
			continue // a later version's, which knows more
		} else {
			added++
		}
		more, err := b.written(next)
		if err != nil {
			return 0, err
		}
		pairs = append(append(pairs, more...), feeds.Pair{Key: b.looseKey(p.Post.Key)})
	}
	if len(pairs) == 0 {
		return 0, nil
	}
	if err := b.records.Change(ctx, pairs...); err != nil {
		return 0, err
	}
	if len(posts) == 1 {
		b.tell(posts[0].Post.Key)
	} else {
		b.tell("")
	}
	return added, nil
}

// joined is a post with the tags and the note of another record of it; nil where that says nothing new.
func (p *Post) joined(o *Post) *Post {
	next := p.clone()
	next.Tags = CleanTags(append(next.Tags, o.Tags...))
	if !strings.Contains(next.Note, o.Note) {
		next.Note = strings.TrimPrefix(next.Note+"\n"+o.Note, "\n")
	}
	if len(next.Later) == 0 {
		next.Later = o.Later
	}
	if slices.Equal(next.Tags, p.Tags) && next.Note == p.Note && len(next.Later) == len(p.Later) {
		return nil
	}
	return next
}

// Lacks reports that another record of a post says something of it that this one doesn't: tags, a note.
func (p *Post) Lacks(o *Post) bool { return p.joined(o) != nil }

// written are the pairs of a post in its form.
func (b *Book) written(p *Post) ([]feeds.Pair, error) {
	p.Version, p.Tags, p.Note = version, CleanTags(p.Tags), cut(strings.TrimSpace(p.Note), mostNote)
	value, err := jsontext.Marshal(p)
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Internal, Op: "write saved post", Err: err}
	}
	return b.pairs(p, value), nil
}

// Change changes what is kept of a post. f is handed a copy that it may change, once no other tab changes it; false from it leaves all as it
// is. A post that isn't saved (any more) is left alone, and false returned.
func (b *Book) Change(ctx context.Context, key feeds.Key, f func(*Post) bool) (changed bool, err error) {
	release, err := b.lock(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	old, err := b.Post(ctx, key)
	if err != nil || old == nil {
		return false, err
	}
	next := old.clone()
	if !f(next) {
		return false, nil
	}
	pairs, err := b.written(next)
	if err != nil {
		return false, err
	}
	now := b.marks(next)
	for _, k := range b.marks(old) {
		if !slices.Contains(now, k) {
			pairs = append(pairs, feeds.Pair{Key: k})
		}
	}
	if err := b.records.Change(ctx, pairs...); err != nil {
		return false, err
	}
	b.tell(key)
	return true, nil
}

// Label gives a post tags and a note.
func (b *Book) Label(ctx context.Context, key feeds.Key, tags []string, note string) error {
	_, err := b.Change(ctx, key, func(p *Post) bool { p.Tags, p.Note = tags, note; return true })
	return err
}

// See takes over a copy of a saved post that its server told now: it is there, and may have been edited.
func (b *Book) See(ctx context.Context, q *feeds.Post, now time.Time) error {
	_, err := b.Change(ctx, q.Key, func(p *Post) bool {
		was := p.Gone != nil
		p.Gone = nil
		return p.see(q, now) || was
	})
	return err
}

// Lost notes that the server where a post was written doesn't have it any more.
func (b *Book) Lost(ctx context.Context, key feeds.Key, kind feeds.Kind, now time.Time) error {
	_, err := b.Change(ctx, key, func(p *Post) bool {
		if p.Gone != nil {
			return false
		}
		p.Gone = &Gone{At: now, Kind: kind}
		return true
	})
	return err
}

// Removed is what was let go, to take that back.
type Removed struct {
	Key   feeds.Key
	pairs []feeds.Pair
}

// Remove lets go of a post. Its media stay kept until Loose returns it.
func (b *Book) Remove(ctx context.Context, key feeds.Key, now time.Time) (Removed, error) {
	release, err := b.lock(ctx)
	if err != nil {
		return Removed{}, err
	}
	defer release()
	names := []string{b.postKey(key), b.textKey(key), b.talkKey(key)}
	values, err := b.records.Values(ctx, names)
	if err != nil || values[0] == nil {
		return Removed{}, err
	}
	old := decode(values[0])
	if old == nil {
		return Removed{}, &feeds.Error{Kind: feeds.Storage, Op: "remove saved post", Err: ErrNewer}
	}
	r := Removed{Key: key, pairs: b.pairs(old, values[0])}
	if values[2] != nil {
		r.pairs = append(r.pairs, feeds.Pair{Key: names[2], Value: values[2]})
	}
	pairs := []feeds.Pair{{Key: b.looseKey(key), Value: []byte(now.UTC().Format(time.RFC3339))}}
	for _, p := range r.pairs {
		pairs = append(pairs, feeds.Pair{Key: p.Key})
	}
	if err := b.records.Change(ctx, pairs...); err != nil {
		return Removed{}, err
	}
	b.tell(key)
	return r, nil
}

// Restore takes back that something was let go.
func (b *Book) Restore(ctx context.Context, r Removed) error {
	release, err := b.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := b.records.Change(ctx, append(r.pairs[:len(r.pairs):len(r.pairs)], feeds.Pair{Key: b.looseKey(r.Key)})...); err != nil {
		return err
	}
	b.tell(r.Key)
	return nil
}

// Loose returns what was let go before a time, and isn't saved.
func (b *Book) Loose(ctx context.Context, before time.Time) ([]feeds.Key, error) {
	from, to := b.span(looseKeys)
	pairs, err := b.records.Range(ctx, from, to, 0)
	if err != nil {
		return nil, err
	}
	var keys []feeds.Key
	for _, p := range pairs {
		at, err := time.Parse(time.RFC3339, string(p.Value))
		if key, ok := last(p.Key); ok && (err != nil || at.Before(before)) {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// Forget says that the media of what Loose returned are let go.
func (b *Book) Forget(ctx context.Context, key feeds.Key) error {
	return b.records.Change(ctx, feeds.Pair{Key: b.looseKey(key)})
}

// Owner is who wants the media of a post (feeds.MediaStore).
func Owner(key feeds.Key) string { return "saved " + string(key) }
