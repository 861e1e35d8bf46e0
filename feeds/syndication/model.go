package syndication

import (
	"time"

	"vitrine/feeds"
)

// channel is a feed of whatever format before it is adapted. Addresses are as they were written, unless said otherwise.
type channel struct {
	title     text
	about     text
	base      string // what relative addresses are resolved against; a checked address
	home      string // the page that it is the feed of
	icon      string
	header    string
	by        person
	language  string
	explicit  bool
	generator string
	license   *feeds.License
	next      string // where the feed goes on, towards older posts
	items     []*item
}

// item is one entry of a feed.
type item struct {
	id        string
	permalink bool // the id may be an address of the item
	link      string
	external  string // what a link blog speaks of, where it is not the link
	title     text
	content   text // all of it
	summary   text
	base      string // xml:base, a checked address; "" for none
	published time.Time
	updated   time.Time
	by        person
	from      person // the feed that it was taken from, for an item without an author
	language  string
	license   *feeds.License
	tags      []string
	files     []*file
	pictures  []string // that stand for the item: previews
	shown     bool     // pictures are the item's own, and shown beside its other media
	captions  []caption
	chapters  []feeds.Chapter
	index     string // a file of chapters
	length    time.Duration
	explicit  *bool // nil: as the feed says
	replyTo   string
	replies   int // -1 when unknown
	live      feeds.Live
	begins    time.Time // of a broadcast; zero when unknown
	hidden    bool      // not addressed to everybody
	note      bool      // a short post, whose title the software made
}

// file is something that hangs on an item.
type file struct {
	url, mime, medium string
	alt               string
	preview           string
	player            string
	width, height     int
	bytes             int64
	length            time.Duration
	group             int // files of one number (not 0) are the same film in several sizes
	first             bool
	enclosed          bool // it is an enclosure: its author hung it on the item
}

type caption struct{ url, mime, language string }
