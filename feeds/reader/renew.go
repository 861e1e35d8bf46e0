package reader

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// placeName is a Place as it is written down. One of the members that name a kind is set.
type placeName struct {
	Server   *ServerPlace   `json:"server,omitempty"`
	Tag      *TagPlace      `json:"tag,omitempty"`
	WebFeed  *WebFeedPlace  `json:"feed,omitempty"`
	Profile  *profileName   `json:"profile,omitempty"`
	Playlist *PlaylistPlace `json:"playlist,omitempty"`
}

// profileName names an author as the store knows them.
type profileName struct {
	Host   string
	Handle string
	Filter feeds.ProfileFilter
}

// PlaceName writes a place down for Renew, maybe of another program; "" for one whose pages aren't stored as a timeline.
func PlaceName(p Place) string {
	var n placeName
	switch p := p.(type) {
	case ServerPlace:
		n.Server = &p
	case TagPlace:
		n.Tag = &p
	case WebFeedPlace:
		n.WebFeed = &p
	case PlaylistPlace:
		p.Bare = true
		n.Playlist = &p
	case ProfilePlace:
		if p.Jump != nil {
			return ""
		}
		n.Profile = &profileName{p.Author.Host, p.Author.Handle(), p.Filter}
	default:
		return ""
	}
	text, err := jsontext.Marshal(n)
	if err != nil {
		return ""
	}
	return string(text)
}

// HostOf is the server of the place that PlaceName wrote; "" for none.
func HostOf(name string) string {
	n, err := readName(name)
	switch p := n.place(); {
	case err != nil:
	case p != nil:
		return p.Server()
	case n.Profile != nil:
		return n.Profile.Host
	}
	return ""
}

func readName(name string) (n placeName, err error) {
	err = jsontext.Unmarshal([]byte(name), &n)
	return n, err
}

// place is the place that has all it needs in its name; nil for an author's.
func (n placeName) place() Place {
	switch {
	case n.Server != nil:
		return *n.Server
	case n.Tag != nil:
		return *n.Tag
	case n.WebFeed != nil:
		return *n.WebFeed
	case n.Playlist != nil:
		return *n.Playlist
	}
	return nil
}

// named finds the place that PlaceName wrote. An author must be stored.
func (r *Reader) named(ctx context.Context, name string) (Place, error) {
	n, err := readName(name)
	switch p := n.place(); {
	case err != nil:
	case p != nil:
		return p, nil
	case n.Profile != nil:
		author, err := r.store.Author(ctx, n.Profile.Host, n.Profile.Handle)
		if err != nil {
			return nil, err
		}
		if author != nil {
			return ProfilePlace{Author: author, Filter: n.Profile.Filter}, nil
		}
	}
	return nil, &feeds.Error{Kind: feeds.Internal, Op: "find " + name, Err: err}
}

// Renew asks quietly for the newest page of the place that PlaceName wrote, and stores it. What has it open shows it by Query.Reread.
func (r *Reader) Renew(ctx context.Context, name string) error {
	p, err := r.named(ctx, name)
	if err != nil {
		return err
	}
	q := r.Feed(p, func(*Snapshot) {})
	s := q.sources[0]
	s.loadFirst(ctx)
	if s.tl == nil {
		return s.refresh(ctx, nil)
	}
	return s.poll(ctx)
}

// Reread reads what is stored again, after another program stored something. What is new waits as Snapshot.New.
func (q *Query) Reread(ctx context.Context) error {
	var err error
	q.gather(func() {
		err = q.inTurn(q.all(), func(s *stream) error { return s.reread(ctx, nil, nil) })
		q.readShown(ctx)
	})
	return err
}

// reread reads what is stored again: all that was loaded, or of an answer what it brought. change is applied under the lock, before the snapshot
// that shows what is new.
func (s *stream) reread(ctx context.Context, a *Answer, change func()) error {
	q := s.q
	q.mu.Lock()
	known := s.tl != nil
	limit := FirstShown
	if known {
		limit = max(limit, len(s.tl.Entries))
	}
	q.mu.Unlock()
	if s.place.fleeting() {
		return nil
	}
	if !known {
		s.loadFirst(ctx)
		q.mu.Lock()
		defer q.mu.Unlock()
		if s.tl != nil {
			s.fresh, s.err = true, nil
		}
		if change != nil {
			change()
		}
		q.send()
		return nil
	}
	stored, err := s.storedDownTo(ctx, a, limit)
	if err != nil || stored == nil {
		return err
	}
	more := q.missing(ctx, stored.Entries)
	changed, err := q.r.store.Posts(ctx, q.held(stored.Entries[:min(len(stored.Entries), FirstShown)])) // a page may bring edits
	if err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if stored.Fetched.After(s.tl.Fetched) {
		s.fresh, s.err = true, nil
	}
	q.holdBack()
	q.take(more)
	q.take(changed)
	united, before := q.unite(s.tl, stored), s.loaded()
	if n, m := len(stored.Entries), len(before); n > 0 && m > 0 && stored.Entries[n-1].Before(before[m-1]) {
		united.More = s.tl.More // what was loaded goes on below
	} else {
		s.setFloor(stored)
	}
	s.tl = united
	if change != nil {
		change()
	}
	q.send()
	return nil
}

// storedDownTo reads what is stored at the top: as far as an answer brought something, else so many entries.
func (s *stream) storedDownTo(ctx context.Context, a *Answer, limit int) (*feeds.Timeline, error) {
	if a != nil && a.Stored && a.New < limit {
		tl, err := s.q.r.store.Timeline(ctx, s.from[0], feeds.Window{Limit: a.New})
		if err != nil || tl == nil || !tl.More || len(tl.Entries) > 0 && !tl.Entries[len(tl.Entries)-1].At.After(a.Lowest) {
			return tl, err
		}
	}
	return s.q.r.store.Timeline(ctx, s.from[0], feeds.Window{Limit: limit})
}

// held are the keys of those entries whose posts are in memory.
func (q *Query) held(entries []feeds.Entry) []feeds.Key {
	q.mu.Lock()
	defer q.mu.Unlock()
	keys := make([]feeds.Key, 0, len(entries))
	for _, e := range entries {
		if q.posts[e.Key] != nil {
			keys = append(keys, e.Key)
		}
	}
	return keys
}
