package feeds

import (
	"context"
	"time"

	"vitrine/feeds/content"
)

// Clock tells the time. Tests hand in one that stands still.
type Clock interface {
	Now() time.Time
	// After delivers once d has passed. The channel is never closed.
	After(d time.Duration) <-chan time.Time
}

// Request is a GET, or a POST, without credentials.
type Request struct {
	URL    string // http only for loopback hosts, else https
	Accept string // "" means application/json
	// Body makes it a POST of this JSON, for APIs that are asked in no other way (Misskey): it reads all the same. A browser asks
	// the server first whether it may (a CORS preflight); a GET never causes that.
	Body string
}

// Response is an answer of whatever status; the whole body was read.
type Response struct {
	Status int
	URL    string            // after redirects
	Header map[string]string // names in lower case; in a browser only what CORS exposes
	Body   []byte
	At     time.Time // when it came
}

// Fetcher asks servers. It keeps one pace per host, never has the same request twice under way, cuts off bodies over its cap and
// answers within its deadline.
//
// The error is an *Error of kind Offline, Unreachable, Timeout, TooLarge or RateLimited (the host asked for a pause that is
// longer than a reader waits), or ctx's own error once that is cancelled. An answer of any status is no error here; see
// StatusError.
type Fetcher interface {
	Fetch(ctx context.Context, r Request) (*Response, error)
}

// Budget is what a host lets us ask.
type Budget struct {
	Limit     int // requests a window; 0 when unknown
	Remaining int
	Reset     time.Time
}

// Cursor is where a list goes on, in the words of the adapter that made it. "" asks for the newest page.
type Cursor string

// Page is one answer of a list.
type Page struct {
	Entries []Entry // newest first, as the server ordered them
	Posts   []*Post // what the entries name
	Older   Cursor  // goes on below the last entry; "" at the end
}

// Source reads one server through one API. What else it can do, it says by the interfaces below that it implements.
// Every method may return an *Error of any kind but Storage and Internal.
type Source interface {
	// Host is the API host, with its port.
	Host() string
	// Describe asks what the server is and what a guest may see there.
	Describe(ctx context.Context) (*Instance, error)
	// Capabilities says which views the server can fill. It asks nobody.
	Capabilities() Capabilities
}

// Observer is a Source that remembers what its answers showed a guest.
type Observer interface {
	Seen() Access
}

// Capabilities decide which tabs exist.
type Capabilities struct {
	Profiles, Replies, Media, Pinned, FeaturedTags bool
	Local, Federated, Tags                         bool
	TrendingPosts, TrendingTags                    bool
	TrendingLinks, Directory                       bool
	Threads, Search                                bool
}

// Without returns the views of c that lacks doesn't name.
func (c Capabilities) Without(lacks Capabilities) Capabilities {
	return Capabilities{
		Profiles:      c.Profiles && !lacks.Profiles,
		Replies:       c.Replies && !lacks.Replies,
		Media:         c.Media && !lacks.Media,
		Pinned:        c.Pinned && !lacks.Pinned,
		FeaturedTags:  c.FeaturedTags && !lacks.FeaturedTags,
		Local:         c.Local && !lacks.Local,
		Federated:     c.Federated && !lacks.Federated,
		Tags:          c.Tags && !lacks.Tags,
		TrendingPosts: c.TrendingPosts && !lacks.TrendingPosts,
		TrendingTags:  c.TrendingTags && !lacks.TrendingTags,
		TrendingLinks: c.TrendingLinks && !lacks.TrendingLinks,
		Directory:     c.Directory && !lacks.Directory,
		Threads:       c.Threads && !lacks.Threads,
		Search:        c.Search && !lacks.Search,
	}
}

// ProfileFilter chooses among an author's posts.
type ProfileFilter struct {
	Replies   bool // answers to others too
	NoBoosts  bool
	OnlyMedia bool
	Tag       string // only posts with it; "" for all
}

// Profiles reads people, groups and channels.
type Profiles interface {
	// Profile finds an account by its handle. domain is the handle's; at its home server the adapter asks for the bare name.
	Profile(ctx context.Context, user, domain string) (*Author, error)
	ProfilePosts(ctx context.Context, a *Author, f ProfileFilter, c Cursor) (*Page, error)
	// Pinned returns the posts an author chose to show first; entries are marked Pinned.
	Pinned(ctx context.Context, a *Author) (*Page, error)
	FeaturedTags(ctx context.Context, a *Author) ([]Tag, error)
}

// Scope is which posts of a server are read.
type Scope string

// Local posts were written on the server; federated ones are all it knows.
const (
	Local     Scope = "local"
	Federated Scope = "federated"
)

// Timelines reads what a server shows to everybody. A feed closed to guests is NeedsLogin.
type Timelines interface {
	ServerPosts(ctx context.Context, s Scope, c Cursor) (*Page, error)
	TagPosts(ctx context.Context, tag string, c Cursor) (*Page, error)
}

// Threads reads single posts and what was said around them. Ids are those of Source.Host.
type Threads interface {
	Post(ctx context.Context, id string) (*Post, error)
	// Context returns the posts above (oldest first) and below a post. A server may cut both.
	Context(ctx context.Context, id string) (ancestors, descendants []*Post, err error)
}

// Trends reads what a server's members talk about.
type Trends interface {
	TrendingPosts(ctx context.Context, c Cursor) (*Page, error)
	TrendingTags(ctx context.Context) ([]TagTrend, error)
	TrendingLinks(ctx context.Context) ([]LinkTrend, error)
}

// TagTrend is a hashtag with its use by day, newest first.
// Source: https://docs.joinmastodon.org/methods/trends/
type TagTrend struct {
	Tag     Tag
	History []DayUse
}

// LinkTrend is a link with its use by day, newest first.
type LinkTrend struct {
	Card    Card
	History []DayUse
}

// DayUse counts one UTC day.
type DayUse struct {
	Day    time.Time
	People int
	Uses   int
}

// Searcher finds accounts and hashtags by words.
type Searcher interface {
	SearchAccounts(ctx context.Context, q string) ([]*Author, error)
	SearchTags(ctx context.Context, q string) ([]Tag, error)
}

// Directory lists the people of a server who want to be found.
type Directory interface {
	Directory(ctx context.Context, c Cursor) ([]*Author, Cursor, error)
}

// Extras are what a server tells beside posts.
type Extras interface {
	Poll(ctx context.Context, id string) (*Poll, error)
	CustomEmoji(ctx context.Context) ([]content.CustomEmoji, error)
	ExtendedDescription(ctx context.Context) (content.Doc, error)
}

// Found is what stood at a URL; exactly one of its fields is set.
type Found struct {
	Author *Author
	Post   *Post
	Feed   string  // URL of a web feed
	Posts  []*Post // a collection's
}

// Resolver finds the Source that reads a host. The same host gives the same Source while the program runs.
type Resolver interface {
	// Resolve asks nobody where the software is known or is assumed. The Source finds out what the host is when its first answers
	// make no sense; what can't be read is Unsupported with the software's name.
	Resolve(ctx context.Context, host string) (Source, error)
	// Feeds reads web feeds, wherever they are.
	Feeds() Syndicated
	// Look asks for what stands at a URL whose form tells nothing: an ActivityPub document, or a page that names a web feed.
	Look(ctx context.Context, url string) (Found, error)
	// HomeOf returns the API host of a handle's domain, which WebFinger names where it differs from the domain.
	HomeOf(ctx context.Context, user, domain string) (host string, err error)
}

// Syndicated reads web feeds (RSS, Atom, JSON Feed) by their addresses.
type Syndicated interface {
	// Feed returns who publishes a feed and its newest entries. An empty Cursor asks for the feed itself; others are its archive's
	// pages (RFC 5005). Posts without an ActivityPub id have their link as Key.
	Feed(ctx context.Context, url string, c Cursor) (*Author, *Page, error)
}

// Store keeps what was read: posts, authors, servers and timelines. It is disposable. Every error is an *Error of kind
// Storage, or ctx's own error once that is over; nothing that was stored before a failed call is lost. A nil result without
// an error means "not stored".
type Store interface {
	// SavePage stores a page's posts and merges its entries into a timeline, in one transaction. c is the cursor the page was
	// asked with; the page's Older is kept as the Next of its last entry. It returns the timeline with its ranges as they are
	// now, but of its entries only those that the page names.
	SavePage(ctx context.Context, id TimelineID, c Cursor, p *Page, at time.Time) (*Timeline, error)
	// Timeline returns all ranges of a timeline, and the entries in the window.
	Timeline(ctx context.Context, id TimelineID, w Window) (*Timeline, error)
	// SavePosts merges posts with their stored copies: the origin's copy wins, then the latest edit; sightings are united.
	SavePosts(ctx context.Context, posts []*Post) error
	Posts(ctx context.Context, keys []Key) (map[Key]*Post, error)
	PostAt(ctx context.Context, host, id string) (*Post, error)
	// SaveList stores posts as SavePosts does, and the order in which a server gave them as a whole: a conversation, the posts that
	// an author shows first. It replaces the list that was stored under id.
	SaveList(ctx context.Context, id TimelineID, posts []*Post, at time.Time) error
	// List returns the posts of a list that are still stored, in its order, and when it was read; the zero time for no list.
	List(ctx context.Context, id TimelineID) (posts []*Post, at time.Time, err error)
	SaveAuthor(ctx context.Context, a *Author) error
	// Author finds an author by the host that was asked and the handle.
	Author(ctx context.Context, host, handle string) (*Author, error)
	SaveInstance(ctx context.Context, i *Instance) error
	Instance(ctx context.Context, host string) (*Instance, error)
}

// Upkeep keeps a store within bounds. Its errors are those of Store. Each call works in small steps; other programs may read
// and write in between.
type Upkeep interface {
	// Usage returns what is stored from each host, ordered by host.
	Usage(ctx context.Context) ([]Usage, error)
	// Forget removes all that was read from a host: its timelines, its people, itself, and posts that were read nowhere else.
	// Posts that others showed too stay as those have them. "" forgets everything.
	Forget(ctx context.Context, host string) error
	// Sweep makes room, in this order, until both bounds are kept: posts that stand in no timeline, longest unseen first; then
	// whole timelines, least recently used first; of the most recently used one the oldest pages, never its newest page; at
	// last people and servers, longest unseen first.
	Sweep(ctx context.Context, o SweepOptions) error
}

// SweepOptions are the bounds of a sweep.
type SweepOptions struct {
	Budget int64        // bytes as Usage counts them; 0 for no limit
	Before time.Time    // posts without a timeline, people and servers last seen before go, and timelines last used before; zero for none
	Keep   []TimelineID // are not touched, nor their posts
}

// Usage is what a store holds from one host. A post counts for the host of its first sighting.
type Usage struct {
	Host                      string
	Posts, Authors, Timelines int
	Bytes                     int64 // of the values as they are written, uncompressed
}

// Shelf keeps what is the reader's own. It is never dropped, only extended.
type Shelf interface {
	Settings(ctx context.Context) (Settings, error)
	SaveSettings(ctx context.Context, s Settings) error
}

// Settings are how a reader wants to read. The zero value is the default.
type Settings struct {
	Theme         string `json:"theme,omitempty"`         // "" as the system, "light", "dark"
	TextSize      int    `json:"textSize,omitempty"`      // per cent, 90 to 150; 0 is 100
	Serif         bool   `json:"serif,omitempty"`         // posts in the serif face
	OpenWarnings  bool   `json:"openWarnings,omitempty"`  // content warnings stand open
	ShowSensitive bool   `json:"showSensitive,omitempty"` // sensitive media are not veiled
	Autoplay      bool   `json:"autoplay,omitempty"`      // silent films replay by themselves
	DataSaver     bool   `json:"dataSaver,omitempty"`     // pictures only on demand
	Language      string `json:"language,omitempty"`      // of the controls: "" as the browser, "en", "de"
	HideCounts    bool   `json:"hideCounts,omitempty"`    // boost and favourite counts are not shown
	HideBoosts    bool   `json:"hideBoosts,omitempty"`
	KeepDays      int    `json:"keepDays,omitempty"` // what was read is kept so long; 0 until room is needed
}
