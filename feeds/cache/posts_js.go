package cache

import (
	"context"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// SavePage implements feeds.Store.
func (d *DB) SavePage(ctx context.Context, id feeds.TimelineID, c feeds.Cursor, p *feeds.Page, at time.Time) (feeds.SavedPage, error) {
	var saved feeds.SavedPage
	err := d.write(ctx, "store page", func(t *tx) error {
		line, err := t.get(timelinesStore, string(id))
		if err != nil {
			return err
		}
		posts := withQuoted(p.Posts)
		found, err := t.load(keysOf(posts, p.Entries), append(homes(posts), id.Host())...)
		if err != nil {
			return err
		}
		v, err := line.Result()
		if err != nil {
			return err
		}
		changes := tally{}
		before := headText(v)
		h, err := decodeAs[head](before)
		if err != nil {
			h = nil
		}
		stored := cachedPosts(found)
		tl, after := mergePage(h.timeline(id), stored, c, p, at)
		saved = savedPage(tl, stored, after, p)
		if err := t.putPosts(found, after, changes); err != nil {
			return err
		}
		if err := t.putHead(tl, before, changes); err != nil {
			return err
		}
		if err := t.put(usedStore, string(id), js.ValueOf(d.now(id))); err != nil {
			return err
		}
		return t.count(changes)
	}, postsStore, timelinesStore, usedStore, usageStore)
	if err != nil {
		return feeds.SavedPage{}, err
	}
	return saved, nil
}

// homes lists the hosts that posts will most likely count for.
func homes(posts []*feeds.Post) []string {
	var hosts []string
	for _, p := range posts {
		if h := home(p); len(hosts) == 0 || hosts[len(hosts)-1] != h {
			hosts = append(hosts, h)
		}
	}
	return hosts
}

// headText is a stored timeline's JSON; "" when there is none in our form.
func headText(v js.Value) string {
	if !current(v) {
		return ""
	}
	return textOf(v.Get("j"))
}

// putHead writes a timeline's ranges. before is what stood there, "" for nothing.
func (t *tx) putHead(tl *feeds.Timeline, before string, changes tally) error {
	text, err := jsontext.Marshal(headOf(tl))
	if err != nil {
		return err
	}
	n := 0
	if before == "" {
		n = 1
	}
	changes.timeline(tl.ID.Host(), n, int64(len(text)-len(before)))
	return t.put(timelinesStore, string(tl.ID), js.ValueOf(map[string]any{"j": string(text), "v": codecVersion}))
}

// putPosts writes what changed.
func (t *tx) putPosts(before map[feeds.Key]*stored, after map[feeds.Key]*cachedPost, changes tally) error {
	for k, h := range after {
		was := before[k]
		if was != nil && was.cachedPost != nil {
			h = withStableSightings(was.cachedPost, h)
		}
		r, err := encode(h)
		if err != nil {
			return err
		}
		if was != nil {
			if was.cachedPost != nil && was.Post == r.Post && was.Entries == r.Entries {
				continue
			}
			changes.post(was.record, -1)
		}
		if h.post != nil && (was == nil || was.cachedPost == nil || !samePost(was.cachedPost.post, h.post)) {
			t.noted = append(t.noted, k)
		}
		changes.post(r, 1)
		if err := t.put(postsStore, string(k), r.value()); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many posts are read or written in one go where it needn't be one: the page is held for as long.
const atOnce = 50

// SavePosts implements feeds.Store.
func (d *DB) SavePosts(ctx context.Context, posts []*feeds.Post) error {
	for ; len(posts) > atOnce; posts = posts[atOnce:] {
		if err := d.savePosts(ctx, posts[:atOnce]); err != nil {
			return err
		}
	}
	if len(posts) == 0 {
		return ctx.Err()
	}
	return d.savePosts(ctx, posts)
}

// savePosts is SavePosts in one go.
func (d *DB) savePosts(ctx context.Context, posts []*feeds.Post) error {
	return d.write(ctx, "store posts", func(t *tx) error {
		all := withQuoted(posts)
		found, err := t.load(keysOf(all, nil), homes(all)...)
		if err != nil {
			return err
		}
		changes := tally{}
		if err := t.putPosts(found, mergePosts(cachedPosts(found), posts), changes); err != nil {
			return err
		}
		return t.count(changes)
	}, postsStore, usageStore)
}

// Timeline implements feeds.Store.
func (d *DB) Timeline(ctx context.Context, id feeds.TimelineID, w feeds.Window) (*feeds.Timeline, error) {
	var tl *feeds.Timeline
	err := d.read(ctx, "read timeline", func(t *tx) error {
		tl = nil
		line, err := t.get(timelinesStore, string(id))
		if err != nil {
			return err
		}
		keys, err := t.placed(id, w)
		if err != nil {
			return err
		}
		v, err := line.Result()
		if err != nil {
			return err
		}
		h, err := decodeAs[head](headText(v))
		if err != nil || h == nil {
			return nil // what can't be read is not stored
		}
		more := w.Limit > 0 && len(keys) > w.Limit
		if more {
			keys = keys[:w.Limit]
		}
		values, err := t.values(keys)
		if err != nil {
			return err
		}
		tl = h.timeline(id)
		tl.Entries, tl.More = entriesOf(id, values), more
		return nil
	}, postsStore, timelinesStore)
	if err != nil {
		return nil, err
	}
	if tl != nil && w.Below == nil {
		d.use(id)
	}
	return tl, nil
}

// placed returns the keys of a window's posts and of one more.
func (t *tx) placed(id feeds.TimelineID, w feeds.Window) ([]feeds.Key, error) {
	low := within(string(id))
	if w.Below != nil {
		low = entryKey(id, *w.Below)
	}
	r, err := between(low, beyond(string(id)))
	if err != nil {
		return nil, err
	}
	n := 0
	if w.Limit > 0 {
		n = w.Limit + 1
	}
	texts, err := t.keys(postsStore, entriesIndex, r, n)
	if err != nil {
		return nil, err
	}
	keys := make([]feeds.Key, len(texts))
	for i, s := range texts {
		keys[i] = feeds.Key(s)
	}
	return keys, nil
}

// entriesOf reads the entries of one timeline. They come in order: that of the index.
func entriesOf(id feeds.TimelineID, values []js.Value) []feeds.Entry {
	entries := make([]feeds.Entry, 0, len(values))
	for _, v := range values {
		if !current(v) {
			continue
		}
		all, err := decodeEntries(textOf(v.Get("n")))
		if err != nil {
			continue
		}
		if e, ok := all[id]; ok {
			entries = append(entries, e)
		}
	}
	return entries
}

// now is the time, later for another timeline than the last one used.
func (d *DB) now(id feeds.TimelineID) float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.used, d.last = max(time.Now().UnixMilli(), d.used+1), string(id)
	return float64(d.used)
}

// use notes that a timeline is read. Those of a moment are written together: a list of many timelines reads all of them at once.
func (d *DB) use(id feeds.TimelineID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == string(id) && time.Now().UnixMilli()-d.used < time.Minute.Milliseconds() {
		return
	}
	if len(d.touched) == 0 {
		d.touched = map[string]int64{}
		time.AfterFunc(touchDelay, d.writeUsed)
	}
	d.used, d.last = max(time.Now().UnixMilli(), d.used+1), string(id)
	d.touched[string(id)] = d.used
}

// touchDelay is how long what was read waits to be noted together with what is read next.
const touchDelay = time.Second

// writeUsed writes which timelines were read. Where that fails they count as read before.
func (d *DB) writeUsed() {
	d.mu.Lock()
	conn, touched := d.conn, d.touched
	d.touched = nil
	d.mu.Unlock()
	if conn == nil {
		return
	}
	txn, err := conn.TransactionWithOptions(idb.TransactionOptions{Mode: idb.TransactionReadWrite, Durability: idb.DurabilityRelaxed}, usedStore)
	if err != nil {
		return
	}
	t := &tx{txn: txn}
	for id, at := range touched {
		if t.put(usedStore, id, js.ValueOf(at)) != nil {
			return
		}
	}
	_ = txn.Commit()
}

// Posts implements feeds.Store.
func (d *DB) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	posts := make(map[feeds.Key]*feeds.Post, len(keys))
	if len(keys) == 0 {
		return posts, ctx.Err()
	}
	for len(keys) > 0 {
		some := keys[:min(len(keys), atOnce)]
		keys = keys[len(some):]
		var values []js.Value
		err := d.read(ctx, "read posts", func(t *tx) (err error) {
			values, err = t.values(some)
			return err
		}, postsStore)
		if err != nil {
			return nil, err
		}
		for i, v := range values {
			if p := postOf(v); p != nil {
				posts[some[i]] = p
			}
		}
	}
	return posts, nil
}

// postOf reads a record's post; nil when there is none that can be read.
func postOf(v js.Value) *feeds.Post {
	if !current(v) {
		return nil
	}
	p, err := decodePost(textOf(v.Get("j")))
	if err != nil {
		return nil
	}
	return p
}

// PostAt implements feeds.Store.
func (d *DB) PostAt(ctx context.Context, host, id string) (*feeds.Post, error) {
	var found js.Value
	err := d.read(ctx, "read post", func(t *tx) error {
		s, err := t.txn.ObjectStore(postsStore)
		if err != nil {
			return err
		}
		i, err := s.Index(sightingsIndex)
		if err != nil {
			return err
		}
		r, err := i.Get(js.ValueOf(sightingKey(host, id)))
		if err != nil {
			return err
		}
		if err := t.await(r); err != nil {
			return err
		}
		found, err = r.Result()
		return err
	}, postsStore)
	if err != nil {
		return nil, err
	}
	return postOf(found), nil
}

// SaveList implements feeds.Store. The posts are stored before the list that names them.
func (d *DB) SaveList(ctx context.Context, id feeds.TimelineID, posts []*feeds.Post, at time.Time) error {
	if err := d.SavePosts(ctx, posts); err != nil {
		return err
	}
	return d.savePlain(ctx, listsStore, sightingKey(id.Host(), string(id)), id.Host(), 0, func(js.Value) any { return listOf(posts, at) })
}

// List implements feeds.Store.
func (d *DB) List(ctx context.Context, id feeds.TimelineID) ([]*feeds.Post, time.Time, error) {
	l, err := readPlain[order](ctx, d, listsStore, sightingKey(id.Host(), string(id)))
	if l == nil || err != nil {
		return nil, time.Time{}, err
	}
	found, err := d.Posts(ctx, l.Keys)
	if err != nil {
		return nil, time.Time{}, err
	}
	posts, at := l.posts(found)
	return posts, at, nil
}
