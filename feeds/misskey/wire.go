package misskey

import (
	"vitrine/feeds/wire"
)

// The structs below are what servers send, of which only what is read is named. Every field may be missing, null, or of a type that
// it shouldn't have.

// ident is an id, "" for what can't be one.
type ident string

func (i *ident) UnmarshalJSON(b []byte) error {
	var t wire.Text
	_ = t.UnmarshalJSON(b)
	*i = ""
	if isID(string(t)) {
		*i = ident(t)
	}
	return nil
}

// note is Note of the API. What it answers and passes on comes with it, one level deep.
type note struct {
	ID          ident   `json:"id"`
	CreatedAt   string  `json:"createdAt"`
	UpdatedAt   string  `json:"updatedAt"` // forks with edits
	DeletedAt   string  `json:"deletedAt"` // 10, forks
	User        *user   `json:"user"`
	Text        string  `json:"text"`
	CW          *string `json:"cw"`
	MandatoryCW string  `json:"mandatoryCW"` // Sharkey: set by moderators
	Lang        string  `json:"lang"`        // Sharkey, Firefish
	Channel     *struct {
		Name string `json:"name"`
	} `json:"channel"`
	Visibility     string            `json:"visibility"`
	IsHidden       wire.Bool         `json:"isHidden"`
	RenoteCount    wire.Number       `json:"renoteCount"`
	RepliesCount   wire.Number       `json:"repliesCount"`
	Reactions      counts            `json:"reactions"`
	ReactionCounts counts            `json:"reactionCounts"` // 10
	ReactionEmojis emojis            `json:"reactionEmojis"`
	Emojis         emojis            `json:"emojis"`
	Files          wire.List[file]   `json:"files"`
	ReplyID        ident             `json:"replyId"`
	Reply          *note             `json:"reply"`
	RenoteID       ident             `json:"renoteId"`
	Renote         *note             `json:"renote"`
	Tags           wire.List[string] `json:"tags"`
	URI            string            `json:"uri"` // of remote notes only
	URL            string            `json:"url"`
	Poll           *poll             `json:"poll"`
}

type counts map[string]wire.Number

type file struct {
	Type       string    `json:"type"` // a media type
	URL        string    `json:"url"`
	Thumbnail  string    `json:"thumbnailUrl"`
	Comment    string    `json:"comment"` // the description
	Blurhash   string    `json:"blurhash"`
	Sensitive  wire.Bool `json:"isSensitive"`
	Properties struct {
		Width       wire.Number `json:"width"`
		Height      wire.Number `json:"height"`
		Orientation wire.Number `json:"orientation"` // EXIF: from 5 on the sides are exchanged
	} `json:"properties"`
}

type poll struct {
	Multiple  wire.Bool         `json:"multiple"`
	ExpiresAt string            `json:"expiresAt"`
	Choices   wire.List[choice] `json:"choices"`
}

type choice struct {
	Text  string      `json:"text"`
	Votes wire.Number `json:"votes"`
}

// user is UserLite, or UserDetailed where it was asked for.
type user struct {
	ID             ident             `json:"id"`
	Username       string            `json:"username"`
	Host           string            `json:"host"` // "" at home
	Name           string            `json:"name"`
	AvatarURL      string            `json:"avatarUrl"`
	BannerURL      string            `json:"bannerUrl"`
	URI            string            `json:"uri"`
	URL            string            `json:"url"`
	Description    string            `json:"description"`
	Fields         wire.List[field]  `json:"fields"`
	VerifiedLinks  wire.List[string] `json:"verifiedLinks"`
	Emojis         emojis            `json:"emojis"`
	IsBot          wire.Bool         `json:"isBot"`
	IsLocked       wire.Bool         `json:"isLocked"`
	IsSuspended    wire.Bool         `json:"isSuspended"`
	IsDeleted      wire.Bool         `json:"isDeleted"`
	IsExplorable   wire.Bool         `json:"isExplorable"`
	IsIndexable    wire.Bool         `json:"isIndexable"` // Firefish
	NoCrawl        wire.Bool         `json:"noCrawle"`
	NoIndex        wire.Bool         `json:"noindex"` // Sharkey
	SignInToView   wire.Bool         `json:"requireSigninToViewContents"`
	MandatoryCW    string            `json:"mandatoryCW"` // Sharkey: for all that they write
	NotesCount     wire.Number       `json:"notesCount"`
	FollowersCount wire.Number       `json:"followersCount"`
	FollowingCount wire.Number       `json:"followingCount"`
	FollowersShown string            `json:"followersVisibility"` // "public", "followers", "private"
	FollowingShown string            `json:"followingVisibility"`
	BothShown      string            `json:"ffVisibility"` // before 2023.12
	CreatedAt      string            `json:"createdAt"`
	MovedTo        ident             `json:"movedTo"` // who they are now, as this server knows them; forks write an address
	Roles          wire.List[role]   `json:"roles"`
}

// profile is the answer of users/show. Only there pinned notes are read: those of the authors of pinned notes would never end.
type profile struct {
	user
	PinnedNotes wire.List[note] `json:"pinnedNotes"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type role struct {
	Name     string    `json:"name"`
	IsPublic wire.Bool `json:"isPublic"`
}

// meta is what a server says of itself.
type meta struct {
	Name            string            `json:"name"`
	ShortName       string            `json:"shortName"`
	URI             string            `json:"uri"`
	Version         string            `json:"version"`
	RepositoryURL   string            `json:"repositoryUrl"`
	Description     string            `json:"description"`
	Langs           wire.List[string] `json:"langs"`
	MaintainerEmail string            `json:"maintainerEmail"`
	BannerURL       string            `json:"bannerUrl"`
	IconURL         string            `json:"iconUrl"`
	ServerRules     wire.List[string] `json:"serverRules"`
	Policies        struct {
		Local  wire.Bool `json:"ltlAvailable"`
		Global wire.Bool `json:"gtlAvailable"`
	} `json:"policies"`
	DisableLocal  wire.Bool `json:"disableLocalTimeline"` // before 13, Firefish, Iceshrimp
	DisableGlobal wire.Bool `json:"disableGlobalTimeline"`
	ForGuests     wire.Bool `json:"enableGuestTimeline"` // Firefish
	PrivateMode   wire.Bool `json:"privateMode"`         // Firefish, Iceshrimp
	// ForVisitors is what of its members' and others' notes guests may see: "all", "local", "none" (2025 and later).
	ForVisitors string `json:"ugcVisibilityForVisitor"`
}

type stats struct {
	Notes wire.Number `json:"originalNotesCount"`
	Users wire.Number `json:"originalUsersCount"`
}

type trend struct {
	Tag        string                 `json:"tag"`
	Chart      wire.List[wire.Number] `json:"chart"` // people of each ten minutes, newest first
	UsersCount wire.Number            `json:"usersCount"`
}

// problem is the body of an error; forks leave out what is around it.
type problem struct {
	Error wire.Object[problem] `json:"error"`

	Code    string `json:"code"`
	Message string `json:"message"`
}
