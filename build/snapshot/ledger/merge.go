package ledger

import (
	"bytes"
	"encoding/json"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// Answer is what a source showed in a run.
type Answer struct {
	Source     string // address, as configured
	Items      []reader.Item
	End        bool // all there is was read
	Incomplete bool // a post that is missing may still exist: the list is not one of a single author's posts
}

// Take merges what a source showed. It returns the posts that stood in the stretch which was read and weren't shown any more: they
// have to be asked for by themselves. A boost between two posts that are shown was taken back, and is gone at once; one that is
// missing where the list ends is among those returned.
func (l *Ledger) Take(a Answer) (missing []Item) {
	shown := map[feeds.Key]bool{}
	var oldest time.Time
	for _, i := range a.Items {
		if i.Post == nil {
			continue
		}
		shown[i.Post.Key] = true
		if at := l.take(a.Source, i); oldest.IsZero() || at.Before(oldest) {
			oldest = at
		}
	}
	if a.Incomplete || oldest.IsZero() && !a.End {
		return nil
	}
	within := func(k Item) bool {
		return k.Source == a.Source && k.Deleted.IsZero() && !shown[k.Post.Key] && (a.End || k.Entry.At.After(oldest))
	}
	l.Drop(func(k Item) bool {
		return within(k) && k.Entry.BoostedBy != nil && len(shown) > 0 && k.Entry.At.After(oldest)
	})
	for _, k := range l.Posts {
		if within(k) {
			missing = append(missing, k)
		}
	}
	return missing
}

// take adds or replaces one post. It returns where the post stands in its source's list.
func (l *Ledger) take(source string, i reader.Item) time.Time {
	next := Item{Post: plain(i.Post), Entry: plainEntry(i.Entry), Source: source}
	at := l.Index(i.Post.Key)
	if at < 0 {
		l.Posts = append(l.Posts, next)
		return next.Entry.At
	}
	known := l.Posts[at]
	next.Post = firstSeen(known.Post, next.Post)
	if next.Entry.Undated {
		next.Entry.At, next.Entry.Undated = next.Post.Published, next.Post.Undated
	}
	place := next.Entry.At
	// Another source of the feed shows it too: where it first stood it stays, but its author's own list comes before a boost.
	if own := known.Entry.BoostedBy != nil && next.Entry.BoostedBy == nil; known.Source != source && !own {
		next.Source, next.Entry = known.Source, known.Entry
	}
	if i.Post.Partial && !known.Post.Partial { // what a list leaves out was read before
		next.Post = known.Post
	}
	l.Posts[at] = next
	return place
}

// firstSeen returns a post which tells no time as it was seen first, so that it stays where it stands.
func firstSeen(known, next *feeds.Post) *feeds.Post {
	if !next.Undated {
		return next
	}
	kept := *next
	kept.Published, kept.Undated = known.Published, known.Undated
	return &kept
}

// Rename writes a source's address in another way. What is kept under the new one already stays as it is.
func (l *Ledger) Rename(old, address string) {
	if _, there := l.Sources[address]; !there {
		l.Sources[address] = l.Sources[old]
	}
	delete(l.Sources, old)
	for i := range l.Posts {
		if l.Posts[i].Source == old {
			l.Posts[i].Source = address
		}
	}
}

// Replace takes a post that was read by itself.
func (l *Ledger) Replace(p *feeds.Post) {
	if at := l.Index(p.Key); at >= 0 {
		l.Posts[at].Post = firstSeen(l.Posts[at].Post, plain(p))
		l.Posts[at].Deleted = time.Time{}
	}
}

// Gone notes that a post isn't there any more: it is marked where the feed keeps a record, else it goes too.
func (l *Ledger) Gone(key feeds.Key, record bool, at time.Time) {
	if !record {
		l.Drop(func(k Item) bool { return k.Post.Key == key })
		return
	}
	if i := l.Index(key); i >= 0 && l.Posts[i].Deleted.IsZero() {
		l.Posts[i].Deleted = at
	}
}

// Settle notes the time when the ledger differs from what it was, whose bytes are given, and returns its own.
func (l *Ledger) Settle(before []byte, at time.Time) ([]byte, error) {
	l.Sort()
	after, err := l.Bytes()
	if err != nil || bytes.Equal(before, after) {
		return after, err
	}
	l.Changed = at.UTC().Truncate(time.Second)
	return l.Bytes()
}

// plain returns a post without what changes all the time and isn't shown, so that an answer with nothing new changes nothing.
func plain(p *feeds.Post) *feeds.Post {
	q := *p
	q.Author = plainAuthor(p.Author)
	q.Group = plainAuthor(p.Group)
	q.Counts, q.Reactions, q.Application, q.CrossPosts = feeds.Counts{}, nil, nil, nil
	for _, c := range p.CrossPosts {
		c.Replies = -1
		q.CrossPosts = append(q.CrossPosts, c)
	}
	q.Sightings = nil
	for _, s := range p.Sightings {
		q.Sightings = append(q.Sightings, feeds.Sighting{Host: s.Host, ID: s.ID, Origin: s.Origin})
	}
	q.Tags = nil
	for _, t := range p.Tags {
		q.Tags = append(q.Tags, feeds.Tag{Name: t.Name, URL: t.URL})
	}
	if p.Quote != nil {
		quote := *p.Quote
		if quote.Post != nil {
			quote.Post = plain(quote.Post)
		}
		q.Quote = &quote
	}
	return &q
}

func plainEntry(e feeds.Entry) feeds.Entry {
	e.BoostedBy, e.Next = plainAuthor(e.BoostedBy), ""
	return e
}

// plainAuthor is who stands beside a post.
func plainAuthor(a *feeds.Author) *feeds.Author {
	if a == nil {
		return nil
	}
	b := *a
	b.Bio, b.Fields, b.Roles = content.Doc{}, nil, nil
	b.Header, b.HeaderSt = "", ""
	b.Counts, b.LastPost, b.Joined, b.Moved = feeds.AuthorCounts{}, time.Time{}, time.Time{}, nil
	return &b
}

// Profile is what is kept of who stands at an address.
func Profile(a *feeds.Author) *feeds.Author {
	if a == nil {
		return nil
	}
	b := *a
	b.Counts, b.LastPost, b.Moved = feeds.AuthorCounts{}, time.Time{}, nil
	return &b
}

// Same reports that two values are written alike.
func Same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
