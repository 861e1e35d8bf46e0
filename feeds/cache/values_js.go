package cache

import (
	"strings"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"

	"vitrine/feeds"
)

// What stands in the store of posts: j is the post in JSON, n its entries, v the codec's version, h the host that it counts for,
// z its size; s, e and l are what the indexes are made of. Texts are strings, since the browser copies one string faster than
// a tree of objects.

// codecVersion is the form of what encode writes. A record in another form counts as not stored.
const codecVersion = 1

// value makes a record an object of JavaScript.
func (r record) value() js.Value {
	m := map[string]any{"j": r.Post, "n": r.Entries, "v": codecVersion, "h": r.Home, "z": r.size(), "s": list(r.Sightings)}
	if len(r.Places) > 0 {
		m["e"] = list(r.Places)
	}
	if r.Loose != 0 {
		m["l"] = r.Loose
	}
	return js.ValueOf(m)
}

func list(texts []string) []any {
	l := make([]any, len(texts))
	for i, s := range texts {
		l[i] = s
	}
	return l
}

// textOf returns a string's text, and "" of everything else.
func textOf(v js.Value) string {
	if v.Type() != js.TypeString {
		return ""
	}
	return v.String()
}

func numberOf(v js.Value) int64 {
	if v.Type() != js.TypeNumber {
		return 0
	}
	return int64(v.Float())
}

// current reports that a value is there and in our form.
func current(v js.Value) bool {
	return v.Type() == js.TypeObject && numberOf(v.Get("v")) == codecVersion
}

// stored is what stands under a key: the texts as they are, and what they say.
type stored struct {
	record
	cachedPost *cachedPost // nil when the texts can't be read
}

// readStored reads a complete record; nil when there is none.
func readStored(v js.Value) *stored {
	if v.Type() != js.TypeObject {
		return nil
	}
	// One in another form is still counted until it is replaced.
	s := &stored{record: record{Post: textOf(v.Get("j")), Entries: textOf(v.Get("n")), Home: textOf(v.Get("h"))}}
	if !current(v) {
		return s
	}
	if h, err := decode(s.Post, s.Entries); err == nil {
		s.cachedPost = h
	}
	return s
}

// load reads what is stored under keys. With usage it asks for the counts of hosts in the same go.
func (t *tx) load(keys []feeds.Key, hosts ...string) (map[feeds.Key]*stored, error) {
	values, err := t.values(keys, hosts...)
	if err != nil {
		return nil, err
	}
	found := make(map[feeds.Key]*stored, len(keys))
	for i, k := range keys {
		if s := readStored(values[i]); s != nil {
			found[k] = s
		}
	}
	return found, nil
}

// values reads the objects under keys, undefined where there is none.
func (t *tx) values(keys []feeds.Key, hosts ...string) ([]js.Value, error) {
	last, err := t.askUsage(hosts...)
	if err != nil {
		return nil, err
	}
	s, err := t.txn.ObjectStore(postsStore)
	if err != nil {
		return nil, err
	}
	requests := make([]*idb.Request, len(keys))
	for i, k := range keys {
		if requests[i], err = s.Get(js.ValueOf(string(k))); err != nil {
			return nil, err
		}
		last = requests[i]
	}
	if err := t.await(last); err != nil {
		return nil, err
	}
	values := make([]js.Value, len(keys))
	for i, r := range requests {
		if values[i], err = r.Result(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func cachedPosts(found map[feeds.Key]*stored) map[feeds.Key]*cachedPost {
	all := make(map[feeds.Key]*cachedPost, len(found))
	for k, s := range found {
		if s.cachedPost != nil {
			all[k] = s.cachedPost
		}
	}
	return all
}

// keyParts divides a key again.
func keyParts(key string) []string { return strings.Split(key, divider) }

// timeline returns a timeline without entries.
func (h *head) timeline(id feeds.TimelineID) *feeds.Timeline {
	tl := &feeds.Timeline{ID: id}
	if h == nil {
		return tl
	}
	tl.Ranges = h.Ranges
	if h.Fetched != 0 {
		tl.Fetched = time.Unix(0, h.Fetched).UTC()
	}
	return tl
}
