package follows

import (
	"slices"
	"time"

	"vitrine/feeds"
)

// Address names what is followed: the fragment of its view, as "#/@user@host". This package only compares it.
type Address string

// Kind is what sort of source is followed.
type Kind string

// The kinds of sources.
const (
	Profile   Kind = "profile"
	Hashtag   Kind = "hashtag"
	Server    Kind = "server"
	Community Kind = "community"
	WebFeed   Kind = "webfeed"
	Channel   Kind = "channel"
	Playlist  Kind = "playlist"
)

// Follow is one source that a reader follows, and how. What was known of it when it was followed is kept, so that nothing has to be
// looked up to ask for its posts.
type Follow struct {
	Address  Address   `json:"address"`
	Kind     Kind      `json:"kind"`
	Title    string    `json:"title,omitempty"`    // plain text, as a person's name; "" when unknown
	Host     string    `json:"host,omitempty"`     // the server that is asked, with its port
	Software string    `json:"software,omitempty"` // what it runs, as feeds/software names it; "" when unknown
	Handle   string    `json:"handle,omitempty"`   // "user@host" of a profile, community or channel
	ID       string    `json:"id,omitempty"`       // the account's or playlist's id at Host; "" when unknown
	URL      string    `json:"url,omitempty"`      // of a web feed; else the page for people at its origin, or ""
	Tag      string    `json:"tag,omitempty"`      // a hashtag's name, without "#"
	Hosts    []string  `json:"hosts,omitempty"`    // further servers that a hashtag is read at
	Tags     Tags      `json:"tags,omitzero"`      // further hashtags
	Added    time.Time `json:"added,omitzero"`     // when it was followed
	Lists    []string  `json:"lists,omitempty"`    // ids of the lists that it is in
	Filter   Filter    `json:"filter,omitzero"`    // of its posts alone
	Muted    bool      `json:"muted,omitempty"`    // it stays followed, and is neither asked nor shown
}

// MaxTags is how many further hashtags there may be, of all three sorts together.
const MaxTags = 4

// Tags narrow or widen a hashtag. Names have no "#". Source: https://docs.joinmastodon.org/methods/timelines/#tag
type Tags struct {
	Any  []string `json:"any,omitempty"`  // posts with one of them are shown too
	All  []string `json:"all,omitempty"`  // only posts with all of them
	None []string `json:"none,omitempty"` // no post with one of them
}

// New makes a follow as the first press of the button does: a person's answers to others aren't shown.
func New(a Address, kind Kind, at time.Time) Follow {
	return Follow{Address: a, Kind: kind, Added: at, Filter: Filter{NoReplies: kind == Profile}}
}

// Posts is which of an author's posts are asked for.
func (f Follow) Posts() feeds.ProfileFilter {
	return feeds.ProfileFilter{Replies: !f.Filter.NoReplies, NoBoosts: f.Filter.NoBoosts, OnlyMedia: f.Filter.OnlyMedia}
}

// List is a group of follows that has a feed of its own.
type List struct {
	ID     string `json:"id"` // stays when the list is renamed; it stands in addresses
	Name   string `json:"name"`
	Filter Filter `json:"filter,omitzero"` // of the posts in this list's feed
}

// Equal reports that both say the same.
func (f Follow) Equal(o Follow) bool {
	return f.Address == o.Address && f.Kind == o.Kind && f.Title == o.Title && f.Host == o.Host && f.Software == o.Software && f.Handle == o.Handle &&
		f.ID == o.ID && f.URL == o.URL && f.Tag == o.Tag && f.Added.Equal(o.Added) && f.Muted == o.Muted &&
		slices.Equal(f.Hosts, o.Hosts) && slices.Equal(f.Lists, o.Lists) &&
		slices.Equal(f.Tags.Any, o.Tags.Any) && slices.Equal(f.Tags.All, o.Tags.All) && slices.Equal(f.Tags.None, o.Tags.None) &&
		f.Filter.Equal(o.Filter)
}

// clone copies what could be changed in place.
func (f Follow) clone() Follow {
	f.Hosts, f.Lists = slices.Clone(f.Hosts), slices.Clone(f.Lists)
	f.Tags = Tags{Any: slices.Clone(f.Tags.Any), All: slices.Clone(f.Tags.All), None: slices.Clone(f.Tags.None)}
	f.Filter = f.Filter.clone()
	return f
}

// Equal reports that both say the same.
func (l List) Equal(o List) bool { return l.ID == o.ID && l.Name == o.Name && l.Filter.Equal(o.Filter) }
