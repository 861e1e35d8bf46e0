package mbin

import (
	"vitrine/feeds/apiclient"
	"vitrine/feeds/jsontext"
)

// The types below hold what is read of the answers. Source: https://github.com/MbinOrg/mbin/tree/main/src/DTO

// list is a page of one.
type list[T any] struct {
	Items      []T `json:"items"`
	Pagination struct {
		Last apiclient.Number `json:"maxPage"`
	} `json:"pagination"`
}

// results are what a search finds: contents, and who is named by its words. In its second version magazines and users too.
type results struct {
	list[thing]
	Actors []struct {
		Type   string       `json:"type"` // "user", "magazine"
		Object jsontext.Raw `json:"object"`
	} `json:"apActors"`
}

// thing is an entry, a microblog post or a comment of one of them; or it wraps one.
type thing struct {
	EntryID   apiclient.Text `json:"entryId"`
	PostID    apiclient.Text `json:"postId"`
	CommentID apiclient.Text `json:"commentId"` // beside one of the others
	ParentID  apiclient.Text `json:"parentId"`  // of a comment that answers one
	RootID    apiclient.Text `json:"rootId"`    // the comment at the top of those
	Magazine  *magazine      `json:"magazine"`
	User      *user          `json:"user"`
	Title     string         `json:"title"`
	URL       string         `json:"url"`
	Image     *image         `json:"image"`
	Body      string         `json:"body"`
	Lang      string         `json:"lang"`
	Tags      []string       `json:"tags"`
	Mentions  []string       `json:"mentions"` // "@user@host"

	NumComments apiclient.Number `json:"numComments"` // of an entry
	Comments    apiclient.Number `json:"comments"`    // of a microblog post
	ChildCount  apiclient.Number `json:"childCount"`  // of a comment
	Boosts      apiclient.Number `json:"uv"`
	Down        apiclient.Number `json:"dv"`
	Favourites  apiclient.Number `json:"favourites"` // votes for

	Adult      apiclient.Bool `json:"isAdult"`
	Pinned     apiclient.Bool `json:"isPinned"`
	CreatedAt  string         `json:"createdAt"`
	EditedAt   string         `json:"editedAt"`
	Visibility string         `json:"visibility"`
	Type       string         `json:"type"` // of an entry: article, link, image, video
	APID       string         `json:"apId"` // null for what was written here

	Children    []thing `json:"children"`
	CrossPosted []thing `json:"crosspostedEntries"`

	// Wrapped, where a list has things of all kinds.
	Entry        *thing `json:"entry"`
	Post         *thing `json:"post"`
	EntryComment *thing `json:"entryComment"`
	PostComment  *thing `json:"postComment"`
}

type magazine struct {
	ID          apiclient.Text   `json:"magazineId"`
	Name        string           `json:"name"` // "cats", or "cats@host" from elsewhere
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Icon        *image           `json:"icon"`
	Banner      *image           `json:"banner"`
	Subscribers apiclient.Number `json:"subscriptionsCount"`
	Entries     apiclient.Number `json:"entryCount"`
	Posts       apiclient.Number `json:"postCount"`
	ProfileID   string           `json:"apProfileId"` // null for the server's own
	ModsOnly    apiclient.Bool   `json:"isPostingRestrictedToMods"`
	// Mbin 1.9 and later.
	Discoverable apiclient.Bool `json:"discoverable"`
	Indexable    apiclient.Bool `json:"indexable"`
}

type user struct {
	ID           apiclient.Text   `json:"userId"`
	Name         string           `json:"username"` // "ada", or "@ada@host" from elsewhere
	Title        string           `json:"title"`    // Mbin 1.9 and later
	About        string           `json:"about"`
	Avatar       *image           `json:"avatar"`
	Cover        *image           `json:"cover"`
	CreatedAt    string           `json:"createdAt"`
	Followers    apiclient.Number `json:"followersCount"`
	ProfileID    string           `json:"apProfileId"`
	Bot          apiclient.Bool   `json:"isBot"`
	Banned       apiclient.Bool   `json:"isBanned"`
	Discoverable apiclient.Bool   `json:"discoverable"`
	Indexable    apiclient.Bool   `json:"indexable"`
}

type image struct {
	StorageURL string           `json:"storageUrl"`
	SourceURL  string           `json:"sourceUrl"`
	Alt        string           `json:"altText"`
	Width      apiclient.Number `json:"width"`
	Height     apiclient.Number `json:"height"`
	Blurhash   string           `json:"blurHash"`
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
