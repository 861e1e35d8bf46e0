package mbin

import "encoding/json"

// The types below hold what is read of the answers. Source: https://github.com/MbinOrg/mbin/tree/main/src/DTO

// list is a page of one.
type list[T any] struct {
	Items      []T `json:"items"`
	Pagination struct {
		Last number `json:"maxPage"`
	} `json:"pagination"`
}

// results are what a search finds: contents, and who is named by its words. In its second version magazines and users too.
type results struct {
	list[thing]
	Actors []struct {
		Type   string          `json:"type"` // "user", "magazine"
		Object json.RawMessage `json:"object"`
	} `json:"apActors"`
}

// thing is an entry, a microblog post or a comment of one of them; or it wraps one.
type thing struct {
	EntryID   ident     `json:"entryId"`
	PostID    ident     `json:"postId"`
	CommentID ident     `json:"commentId"` // beside one of the others
	ParentID  ident     `json:"parentId"`  // of a comment that answers one
	RootID    ident     `json:"rootId"`    // the comment at the top of those
	Magazine  *magazine `json:"magazine"`
	User      *user     `json:"user"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Image     *image    `json:"image"`
	Body      string    `json:"body"`
	Lang      string    `json:"lang"`
	Tags      []string  `json:"tags"`
	Mentions  []string  `json:"mentions"` // "@user@host"

	NumComments number `json:"numComments"` // of an entry
	Comments    number `json:"comments"`    // of a microblog post
	ChildCount  number `json:"childCount"`  // of a comment
	Boosts      number `json:"uv"`
	Down        number `json:"dv"`
	Favourites  number `json:"favourites"` // votes for

	Adult      boolean `json:"isAdult"`
	Pinned     boolean `json:"isPinned"`
	CreatedAt  string  `json:"createdAt"`
	EditedAt   string  `json:"editedAt"`
	Visibility string  `json:"visibility"`
	Type       string  `json:"type"` // of an entry: article, link, image, video
	APID       string  `json:"apId"` // null for what was written here

	Children    []thing `json:"children"`
	CrossPosted []thing `json:"crosspostedEntries"`

	// Wrapped, where a list has things of all kinds.
	Entry        *thing `json:"entry"`
	Post         *thing `json:"post"`
	EntryComment *thing `json:"entryComment"`
	PostComment  *thing `json:"postComment"`
}

type magazine struct {
	ID          ident  `json:"magazineId"`
	Name        string `json:"name"` // "cats", or "cats@host" from elsewhere
	Title       string `json:"title"`
	Description string `json:"description"`
	Icon        *image `json:"icon"`
	Banner      *image `json:"banner"`
	Subscribers number `json:"subscriptionsCount"`
	Entries     number `json:"entryCount"`
	Posts       number `json:"postCount"`
	ProfileID   string `json:"apProfileId"` // null for the server's own
}

type user struct {
	ID           ident   `json:"userId"`
	Name         string  `json:"username"` // "ada", or "@ada@host" from elsewhere
	Title        string  `json:"title"`    // Mbin 1.9 and later
	About        string  `json:"about"`
	Avatar       *image  `json:"avatar"`
	Cover        *image  `json:"cover"`
	CreatedAt    string  `json:"createdAt"`
	Followers    number  `json:"followersCount"`
	ProfileID    string  `json:"apProfileId"`
	Bot          boolean `json:"isBot"`
	Discoverable boolean `json:"discoverable"`
	Indexable    boolean `json:"indexable"`
}

type image struct {
	StorageURL string `json:"storageUrl"`
	SourceURL  string `json:"sourceUrl"`
	Alt        string `json:"altText"`
	Width      number `json:"width"`
	Height     number `json:"height"`
	Blurhash   string `json:"blurHash"`
}

// info is the answer of /api/info.
type info struct {
	Software string `json:"softwareName"`
	Version  string `json:"softwareVersion"`
	Domain   string `json:"websiteDomain"`
	Email    string `json:"websiteContactEmail"`
	Title    string `json:"websiteTitle"`
	Lang     string `json:"websiteDefaultLang"`
}

// texts is the answer of /api/instance.
type texts struct {
	About string `json:"about"`
}

// problem is an error after RFC 7807.
type problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Status number `json:"status"`
}
