package misskey

import (
	"vitrine/feeds/apiclient"
	"vitrine/feeds/jsontext"
)

// The structs below are what servers send, of which only what is read is named. Every field may be missing, null, or of a type that
// it shouldn't have.

// ident is an id, "" for what can't be one.
type ident string

// ReadJSON takes whatever stands there.
func (i *ident) ReadJSON(r *jsontext.Reader) bool {
	var t apiclient.Text
	t.ReadJSON(r)
	*i = ""
	if isID(string(t)) {
		*i = ident(t)
	}
	return true
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
	Visibility     string                 `json:"visibility"`
	IsHidden       apiclient.Bool         `json:"isHidden"`
	RenoteCount    apiclient.Number       `json:"renoteCount"`
	RepliesCount   apiclient.Number       `json:"repliesCount"`
	Reactions      counts                 `json:"reactions"`
	ReactionCounts counts                 `json:"reactionCounts"` // 10
	ReactionEmojis emojis                 `json:"reactionEmojis"`
	Emojis         emojis                 `json:"emojis"`
	Files          apiclient.List[file]   `json:"files"`
	ReplyID        ident                  `json:"replyId"`
	Reply          *note                  `json:"reply"`
	RenoteID       ident                  `json:"renoteId"`
	Renote         *note                  `json:"renote"`
	Tags           apiclient.List[string] `json:"tags"`
	URI            string                 `json:"uri"` // of remote notes only
	URL            string                 `json:"url"`
	Poll           *poll                  `json:"poll"`
}

type counts map[string]apiclient.Number

type file struct {
	Type       string         `json:"type"` // a media type
	URL        string         `json:"url"`
	Thumbnail  string         `json:"thumbnailUrl"`
	Comment    string         `json:"comment"` // the description
	Blurhash   string         `json:"blurhash"`
	Sensitive  apiclient.Bool `json:"isSensitive"`
	Properties struct {
		Width       apiclient.Number `json:"width"`
		Height      apiclient.Number `json:"height"`
		Orientation apiclient.Number `json:"orientation"` // EXIF: from 5 on the sides are exchanged
	} `json:"properties"`
}

type poll struct {
	Multiple  apiclient.Bool         `json:"multiple"`
	ExpiresAt string                 `json:"expiresAt"`
	Choices   apiclient.List[choice] `json:"choices"`
}

type choice struct {
	Text  string           `json:"text"`
	Votes apiclient.Number `json:"votes"`
}

// user is UserLite, or UserDetailed where it was asked for.
type user struct {
	ID             ident                  `json:"id"`
	Username       string                 `json:"username"`
	Host           string                 `json:"host"` // "" at home
	Name           string                 `json:"name"`
	AvatarURL      string                 `json:"avatarUrl"`
	BannerURL      string                 `json:"bannerUrl"`
	URI            string                 `json:"uri"`
	URL            string                 `json:"url"`
	Description    string                 `json:"description"`
	Fields         apiclient.List[field]  `json:"fields"`
	VerifiedLinks  apiclient.List[string] `json:"verifiedLinks"`
	Emojis         emojis                 `json:"emojis"`
	IsBot          apiclient.Bool         `json:"isBot"`
	IsLocked       apiclient.Bool         `json:"isLocked"`
	IsSilenced     apiclient.Bool         `json:"isSilenced"`
	IsSuspended    apiclient.Bool         `json:"isSuspended"`
	IsDeleted      apiclient.Bool         `json:"isDeleted"`
	IsExplorable   apiclient.Bool         `json:"isExplorable"`
	IsIndexable    apiclient.Bool         `json:"isIndexable"` // Firefish
	NoCrawl        apiclient.Bool         `json:"noCrawle"`
	NoIndex        apiclient.Bool         `json:"noindex"` // Sharkey
	SignInToView   apiclient.Bool         `json:"requireSigninToViewContents"`
	MandatoryCW    string                 `json:"mandatoryCW"` // Sharkey: for all that they write
	NotesCount     apiclient.Number       `json:"notesCount"`
	FollowersCount apiclient.Number       `json:"followersCount"`
	FollowingCount apiclient.Number       `json:"followingCount"`
	FollowersShown string                 `json:"followersVisibility"` // "public", "followers", "private"
	FollowingShown string                 `json:"followingVisibility"`
	BothShown      string                 `json:"ffVisibility"` // before 2023.12
	CreatedAt      string                 `json:"createdAt"`
	MovedTo        apiclient.Text         `json:"movedTo"` // who they are now, as this server knows them; forks write an address
	Roles          apiclient.List[role]   `json:"roles"`
	Followee       apiclient.Object[user] `json:"followee"` // of an element of a list of whom somebody follows, which has an id of its own: who that is
}

// profile is the answer of users/show. Only there pinned notes are read: those of the authors of pinned notes would never end.
type profile struct {
	user
	PinnedNotes apiclient.List[note] `json:"pinnedNotes"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type role struct {
	Name     string         `json:"name"`
	IsPublic apiclient.Bool `json:"isPublic"`
}

// meta is what a server says of itself.
type meta struct {
	Name            string                 `json:"name"`
	ShortName       string                 `json:"shortName"`
	URI             string                 `json:"uri"`
	Version         string                 `json:"version"`
	RepositoryURL   string                 `json:"repositoryUrl"`
	Description     string                 `json:"description"`
	Langs           apiclient.List[string] `json:"langs"`
	MaintainerEmail string                 `json:"maintainerEmail"`
	BannerURL       string                 `json:"bannerUrl"`
	IconURL         string                 `json:"iconUrl"`
	ServerRules     apiclient.List[string] `json:"serverRules"`
	Policies        struct {
		Local  apiclient.Bool `json:"ltlAvailable"`
		Global apiclient.Bool `json:"gtlAvailable"`
	} `json:"policies"`
	DisableLocal  apiclient.Bool `json:"disableLocalTimeline"` // before 13, Firefish, Iceshrimp
	DisableGlobal apiclient.Bool `json:"disableGlobalTimeline"`
	ForGuests     apiclient.Bool `json:"enableGuestTimeline"` // Firefish
	PrivateMode   apiclient.Bool `json:"privateMode"`         // Firefish, Iceshrimp
	// ForVisitors is what of its members' and others' notes guests may see: "all", "local", "none" (2025 and later).
	ForVisitors string `json:"ugcVisibilityForVisitor"`
}

type stats struct {
	Notes apiclient.Number `json:"originalNotesCount"`
	Users apiclient.Number `json:"originalUsersCount"`
}

type trend struct {
	Tag        string                           `json:"tag"`
	Chart      apiclient.List[apiclient.Number] `json:"chart"` // people of each ten minutes, newest first
	UsersCount apiclient.Number                 `json:"usersCount"`
}
