// Package ledger is what a site keeps of an official feed from one run to the next: its posts, who wrote them, which of their files
// are mirrored. It lies in the feed's folder, so it holds nothing that the site doesn't show.
package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"vitrine/feeds"
)

// File is the ledger's name in the folder of a feed.
const File = "state.json"

const version = 1

// Ledger is all that is kept of one feed. Its times change only when something else does.
type Ledger struct {
	Version int                 `json:"version"`
	Changed time.Time           `json:"changed"` // of the last answer that changed something
	Sources map[string]Source   `json:"sources"` // by address, as configured
	Posts   []Item              `json:"posts"`   // newest first
	Files   map[string]Mirrored `json:"files"`   // mirrored files by their address at the origin
}

// Source is what stood at an address.
type Source struct {
	Author   *feeds.Author `json:"author,omitempty"` // nil for what is nobody's, as a hashtag
	Title    string        `json:"title"`
	Home     string        `json:"home"`               // its page for people
	Software string        `json:"software,omitempty"` // "" when unknown
	WebFeed  bool          `json:"webFeed,omitempty"`  // it is an RSS, Atom or JSON feed
	Whole    bool          `json:"whole,omitempty"`    // nothing older is looked for: it was read to its end, or so far that it would burden its server
	Choices  string        `json:"choices,omitempty"`  // what of it was wanted when it was read; with other choices it is read anew
	RelMe    string        `json:"relMe,omitempty"`    // how the site and the author name each other; "" where that wasn't looked at
}

// Item is a post in its place.
type Item struct {
	Post    *feeds.Post `json:"post"`
	Entry   feeds.Entry `json:"entry"`
	Source  string      `json:"source"`           // address, as configured
	Deleted time.Time   `json:"deleted,omitzero"` // when it was found to be gone at its origin; zero while it is there
}

// Mirrored is what became of a foreign file.
type Mirrored struct {
	Large  Copy   `json:"large,omitzero"`
	Small  Copy   `json:"small,omitzero"`   // of a picture: not larger than Large
	Still  *Copy  `json:"still,omitempty"`  // of a picture that moves
	Failed string `json:"failed,omitempty"` // why there is no copy and won't be one: a feeds.Kind, "format"
	Cap    int64  `json:"cap,omitempty"`    // of what is too large: how many bytes were allowed
}

// Copies are the files of the site that were made of it.
func (m Mirrored) Copies() []Copy {
	out := []Copy{m.Large, m.Small}
	if m.Still != nil {
		out = append(out, *m.Still)
	}
	return slices.DeleteFunc(out, func(c Copy) bool { return c.Name == "" })
}

// Copy is a file of the site.
type Copy struct {
	Name   string `json:"name,omitempty"` // below the feed's folder: "media/0123456789abcdef.webp"
	Type   string `json:"type,omitempty"`
	Width  int    `json:"width,omitempty"` // pixels; 0 for what has none
	Height int    `json:"height,omitempty"`
	Bytes  int    `json:"bytes,omitempty"`
}

// Read reads a ledger; an empty one of no data.
func Read(data []byte) (*Ledger, error) {
	l := &Ledger{Version: version}
	if len(data) > 0 {
		if err := json.Unmarshal(data, l); err != nil {
			return nil, fmt.Errorf("what was kept of the feed can't be read: %w", err)
		}
		if l.Version != version {
			return nil, errors.New("what was kept of the feed is from another version")
		}
	}
	if l.Sources == nil {
		l.Sources = map[string]Source{}
	}
	if l.Files == nil {
		l.Files = map[string]Mirrored{}
	}
	l.Posts = slices.DeleteFunc(l.Posts, func(k Item) bool { return k.Post == nil || k.Post.Author == nil })
	return l, nil
}

// Bytes writes the ledger.
func (l *Ledger) Bytes() ([]byte, error) {
	data, err := json.Marshal(l)
	return append(data, '\n'), err
}

// Index finds a post; -1 for none.
func (l *Ledger) Index(key feeds.Key) int {
	return slices.IndexFunc(l.Posts, func(k Item) bool { return k.Post.Key == key })
}

// Of returns the posts of a source, newest first.
func (l *Ledger) Of(source string) []Item {
	var out []Item
	for _, k := range l.Posts {
		if k.Source == source {
			out = append(out, k)
		}
	}
	return out
}

// Wishes are an author's. Of whom stands at a source these are the profile's: they are newer than those that came with older posts,
// and not every software sends them with posts.
func (l *Ledger) Wishes(a *feeds.Author) feeds.Wishes {
	for _, s := range l.Sources {
		if s.Author != nil && !s.WebFeed && s.Author.URI != "" && s.Author.URI == a.URI {
			return s.Author.Wishes
		}
	}
	return a.Wishes
}

// Drop takes posts away.
func (l *Ledger) Drop(gone func(Item) bool) { l.Posts = slices.DeleteFunc(l.Posts, gone) }

// Sort puts the posts in the order of time.
func (l *Ledger) Sort() {
	slices.SortFunc(l.Posts, func(a, b Item) int { return a.Entry.Compare(b.Entry) })
}
