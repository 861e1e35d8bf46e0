package feeds

import (
	"context"
	"time"

	"vitrine/feeds/content"
)

// Cursor is where a list goes on, in the words of the adapter that made it. "" asks for the newest page.
type Cursor string

// Page is one answer of a list.
type Page struct {
	Entries []Entry // newest first, as the server ordered them
	Posts   []*Post // what the entries name
	Older   Cursor  // goes on below the last entry; "" at the end
}

// Source reads one server through one API. What else it can do, it says by the interfaces below that it implements, and by nothing
// else: see As. Every method may return an *Error of any kind but Storage and Internal.
type Source interface {
	// Host is the API host, with its port.
	Host() string
	// Describe asks what the server is and what a guest may see there.
	Describe(ctx context.Context) (*Instance, error)
	// Capabilities says which views the server can fill: those of the interfaces that are implemented (see Implemented), without
	// what this server lacks. It asks nobody.
	Capabilities() Capabilities
}

// Observer is a Source that remembers what its answers showed a guest.
type Observer interface {
	Seen() Access
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
}

// Pinner reads the posts that an author chose to show first; entries are marked Pinned.
type Pinner interface {
	Pinned(ctx context.Context, a *Author) (*Page, error)
}

// Featurer reads what an author shows on their profile beside posts.
type Featurer interface {
	Featured(ctx context.Context, a *Author) (*Featured, error)
}

// Featured are the hashtags that an author shows, and the accounts that they recommend, as far as the server has these.
type Featured struct {
	Tags     []Tag
	Accounts []*Author
}

// Scope is which posts of a server are read.
type Scope string

// Local posts were written on the server; federated ones are all it knows.
const (
	Local     Scope = "local"
	Federated Scope = "federated"
)

// Following reads whom somebody follows, as far as they and their server show it to a guest.
type Following interface {
	// Following returns a page of the accounts that a follows, and where the list goes on; "" at its end. A page may be short, or even
	// empty, and the list go on. A list that its owner shows nobody is Refused, one for members only NeedsLogin.
	Following(ctx context.Context, a *Author, c Cursor) ([]*Author, Cursor, error)
}

// FollowingPage is how many accounts a page of such a list holds at most on most servers: so many requests it takes to read it.
const FollowingPage = 80

// ServerTimelines reads what a server shows to everybody. A feed closed to guests is NeedsLogin.
type ServerTimelines interface {
	ServerPosts(ctx context.Context, s Scope, c Cursor) (*Page, error)
}

// TagTimelines reads the posts with a hashtag that a server knows. A feed closed to guests is NeedsLogin.
type TagTimelines interface {
	// TagPosts reads the posts with one hashtag. Only where Capabilities.TagsJoined says so it heeds with; of None no more than the
	// server can leave out.
	TagPosts(ctx context.Context, tag string, with TagChoice, c Cursor) (*Page, error)
}

// TagChoice are further hashtags, without "#", that narrow or widen a list of posts with one.
// Source: https://docs.joinmastodon.org/methods/timelines/#tag
type TagChoice struct {
	Any  []string // posts with one of them are listed too
	All  []string // only posts with all of them
	None []string // no post with one of them
}

// Playlists reads lists of posts that somebody put together, in an order of their own.
type Playlists interface {
	// Playlist returns a list as who publishes its posts: the name is its title, the bio its description, the handle that of who made it.
	Playlist(ctx context.Context, id string) (*Author, error)
	// PlaylistPosts returns the posts of a list, newest first. Those that were deleted or aren't for guests are left out.
	PlaylistPosts(ctx context.Context, id string, c Cursor) (*Page, error)
	// PlaylistsOf returns the lists that an author shows to everybody, as Playlist does, the one that was made last first.
	PlaylistsOf(ctx context.Context, a *Author) ([]*Author, error)
}

// Threads reads single posts and what was said around them. Ids are those of Source.Host.
type Threads interface {
	Post(ctx context.Context, id string) (*Post, error)
	// Context returns the posts above (oldest first) and below a post. A server may cut both.
	Context(ctx context.Context, id string) (ancestors, descendants []*Post, err error)
}

// PageReader is implemented by a Threads that takes addresses of posts' pages for ids: a server may show guests a post by its page only.
type PageReader interface {
	// ReadsPage reports that a post is read by such an address.
	ReadsPage(address string) bool
}

// Edits reads what a post said before it was edited.
type Edits interface {
	// Edits returns its versions, the oldest first and the last as it is now, each with when it was published as Published. Where a server
	// keeps none there is one at most.
	Edits(ctx context.Context, id string) ([]*Post, error)
}

// PostTrends reads the posts that are popular on a server.
type PostTrends interface {
	TrendingPosts(ctx context.Context, c Cursor) (*Page, error)
}

// TagTrends reads the hashtags that are popular on a server.
type TagTrends interface {
	TrendingTags(ctx context.Context) ([]TagTrend, error)
}

// TagHistory reads how much a hashtag was used lately.
type TagHistory interface {
	// TagHistory returns the use by day, newest first.
	TagHistory(ctx context.Context, tag string) ([]DayUse, error)
}

// LinkTrends reads the links that are popular on a server.
type LinkTrends interface {
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

// AccountSearch finds accounts by words.
type AccountSearch interface {
	SearchAccounts(ctx context.Context, q string) ([]*Author, error)
}

// TagSearch finds hashtags by words.
type TagSearch interface {
	SearchTags(ctx context.Context, q string) ([]Tag, error)
}

// NameSearch finds accounts, communities and hashtags by words with a single question, where an API has one for them all.
type NameSearch interface {
	SearchNames(ctx context.Context, q string) ([]*Author, []TagTrend, error)
}

// PostSearch finds posts by words, newest first. A server that lets only members search posts is NeedsLogin.
type PostSearch interface {
	SearchPosts(ctx context.Context, q string, c Cursor) (*Page, error)
}

// Directory lists the people, communities or channels of a server that want to be found.
type Directory interface {
	Directory(ctx context.Context, o DirectoryOrder, c Cursor) ([]*Author, Cursor, error)
}

// DirectoryOrder is who stands first in a directory.
type DirectoryOrder string

// Who is most active by the server's own measure, or who came last. The zero value is the former.
const (
	ActiveFirst DirectoryOrder = ""
	NewestFirst DirectoryOrder = "new"
)

// Polls reads a poll anew.
type Polls interface {
	Poll(ctx context.Context, id string) (*Poll, error)
}

// Emojis lists a server's custom emoji.
type Emojis interface {
	CustomEmoji(ctx context.Context) ([]content.CustomEmoji, error)
}

// Describer reads a server's long description of itself; it is empty where there is none.
type Describer interface {
	ExtendedDescription(ctx context.Context) (content.Doc, error)
}
