package cache

import (
	"maps"
	"slices"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// record is a cached post as it is written: a post and its entries apart, since lists of entries are read without the posts.
type record struct {
	Post      string   // JSON; "" for none
	Entries   string   // JSON; "" for none
	Home      string   // the host it counts for
	Sightings []string // sightingKey of each
	Places    []string // entryKey of each
	Loose     int64    // milliseconds, when it was last seen; 0 when it stands in a timeline
}

// size is what a record counts.
func (r record) size() int64 { return int64(len(r.Post) + len(r.Entries)) }

func encode(h *cachedPost) (record, error) {
	var r record
	if h.post != nil {
		text, err := jsontext.Marshal(h.post)
		if err != nil {
			return r, err
		}
		r.Post, r.Home = string(text), home(h.post)
		for _, s := range h.post.Sightings {
			r.Sightings = append(r.Sightings, sightingKey(s.Host, s.ID))
		}
	}
	if len(h.entries) == 0 {
		if h.post != nil {
			r.Loose = max(seen(h.post).UnixMilli(), 1)
		}
		return r, nil
	}
	text, err := jsontext.Marshal(h.entries)
	if err != nil {
		return r, err
	}
	r.Entries = string(text)
	for _, id := range slices.Sorted(maps.Keys(h.entries)) {
		r.Places = append(r.Places, entryKey(id, h.entries[id]))
		if r.Home == "" {
			r.Home = id.Host()
		}
	}
	return r, nil
}

// decode reads a record's two texts. What can't be read is an error and counts as not stored.
func decode(post, entries string) (*cachedPost, error) {
	p, err := decodePost(post)
	if err != nil {
		return nil, err
	}
	e, err := decodeEntries(entries)
	if err != nil {
		return nil, err
	}
	return &cachedPost{post: p, entries: e}, nil
}

func decodePost(text string) (*feeds.Post, error) { return decodeAs[feeds.Post](text) }

func decodeEntries(text string) (map[feeds.TimelineID]feeds.Entry, error) {
	m, err := decodeAs[map[feeds.TimelineID]feeds.Entry](text)
	if m == nil {
		return nil, err
	}
	return *m, err
}

// head is what is stored of a timeline beside its entries.
type head struct {
	Ranges  []feeds.Range `json:"r"`
	Fetched int64         `json:"f"` // nanoseconds since 1970; 0 when never
}

// decodeAs reads one JSON text; nil for "".
func decodeAs[T any](text string) (*T, error) {
	if text == "" {
		return nil, nil
	}
	v := new(T)
	if err := jsontext.Unmarshal([]byte(text), v); err != nil {
		return nil, err
	}
	return v, nil
}

func headOf(tl *feeds.Timeline) head {
	h := head{Ranges: tl.Ranges}
	if !tl.Fetched.IsZero() {
		h.Fetched = tl.Fetched.UnixNano()
	}
	return h
}
