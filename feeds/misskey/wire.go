package misskey

import (
	"encoding/json"
	"strings"

	"vitrine/feeds/wire"
)

// The structs below are what servers send, of which only what is read is named.

// note is Note of the API. Of a renote's note one level is there, of its quotes' often none.
type note struct {
	ID             string                             `json:"id"`
	CreatedAt      string                             `json:"createdAt"`
	UpdatedAt      string                             `json:"updatedAt"` // forks with edits
	DeletedAt      string                             `json:"deletedAt"` // forks
	User           *user                              `json:"user"`
	Text           string                             `json:"text"`
	CW             *string                            `json:"cw"`
	Lang           string                             `json:"lang"` // Sharkey, Firefish
	Visibility     string                             `json:"visibility"`
	IsHidden       wire.Bool                          `json:"isHidden"`
	RenoteCount    wire.Number                        `json:"renoteCount"`
	RepliesCount   wire.Number                        `json:"repliesCount"`
	Reactions      map[string]wire.Number             `json:"reactions"`
	ReactionEmojis emojis                             `json:"reactionEmojis"`
	Emojis         emojis                             `json:"emojis"`
	Files          wire.List[file]                    `json:"files"`
	ReplyID        string                             `json:"replyId"`
	Reply          *note                              `json:"reply"`
	RenoteID       string                             `json:"renoteId"`
	Renote         *note                              `json:"renote"`
	Tags           wire.List[string]                  `json:"tags"`
	URI            string                             `json:"uri"` // of remote notes only
	URL            string                             `json:"url"`
	Poll           *poll                              `json:"poll"`
	Channel        wire.Object[struct{ Name string }] `json:"channel"`
}

type file struct {
	Type       string    `json:"type"` // a media type
	Name       string    `json:"name"`
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
	Multiple  wire.Bool `json:"multiple"`
	ExpiresAt string    `json:"expiresAt"`
	Choices   wire.List[struct {
		Text  string      `json:"text"`
		Votes wire.Number `json:"votes"`
	}] `json:"choices"`
}

// user is UserLite, or UserDetailed where it was asked for.
type user struct {
	ID             string      `json:"id"`
	Username       string      `json:"username"`
	Host           string      `json:"host"` // "" at home
	Name           string      `json:"name"`
	AvatarURL      string      `json:"avatarUrl"`
	BannerURL      string      `json:"bannerUrl"`
	URI            string      `json:"uri"`
	URL            string      `json:"url"`
	Description    string      `json:"description"`
	Emojis         emojis      `json:"emojis"`
	IsBot          wire.Bool   `json:"isBot"`
	IsLocked       wire.Bool   `json:"isLocked"`
	IsSuspended    wire.Bool   `json:"isSuspended"`
	IsExplorable   wire.Bool   `json:"isExplorable"`
	NoCrawl        wire.Bool   `json:"noCrawle"`
	SignInToView   wire.Bool   `json:"requireSigninToViewContents"`
	NotesCount     wire.Number `json:"notesCount"`
	FollowersCount wire.Number `json:"followersCount"`
	FollowingCount wire.Number `json:"followingCount"`
	FollowersShown string      `json:"followersVisibility"` // "public", "followers", "private"
	FollowingShown string      `json:"followingVisibility"`
	CreatedAt      string      `json:"createdAt"`
	Fields         wire.List[struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}] `json:"fields"`
	VerifiedLinks wire.List[string] `json:"verifiedLinks"`
	PinnedNotes   wire.List[note]   `json:"pinnedNotes"`
	Roles         wire.List[struct {
		Name     string    `json:"name"`
		IsPublic wire.Bool `json:"isPublic"`
	}] `json:"roles"`
}

// emojis are custom emoji in any of three shapes: a list of {name, url} (before 13), an object from name to address, or none: what
// is the server's own is named in the list that /api/emojis gives.
type emojis map[string]string

func (e *emojis) UnmarshalJSON(b []byte) error {
	var byName map[string]string
	if json.Unmarshal(b, &byName) == nil {
		*e = byName
		return nil
	}
	var list wire.List[struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}]
	_ = list.UnmarshalJSON(b)
	if len(list) == 0 {
		return nil
	}
	*e = emojis{}
	for _, one := range list {
		(*e)[strings.Trim(one.Name, ":")] = one.URL
	}
	return nil
}

// meta is what a server says of itself.
type meta struct {
	Name            string            `json:"name"`
	ShortName       string            `json:"shortName"`
	URI             string            `json:"uri"`
	Version         string            `json:"version"`
	Description     string            `json:"description"`
	Langs           wire.List[string] `json:"langs"`
	MaintainerName  string            `json:"maintainerName"`
	MaintainerEmail string            `json:"maintainerEmail"`
	BannerURL       string            `json:"bannerUrl"`
	IconURL         string            `json:"iconUrl"`
	ServerRules     wire.List[string] `json:"serverRules"`
	Policies        struct {
		LTL wire.Bool `json:"ltlAvailable"`
		GTL wire.Bool `json:"gtlAvailable"`
	} `json:"policies"`
	DisableLTL wire.Bool `json:"disableLocalTimeline"` // before 13
	DisableGTL wire.Bool `json:"disableGlobalTimeline"`
	// ForVisitors is what of its members' and others' notes guests may see: "all", "local", "none" (2025 and later).
	ForVisitors string `json:"ugcVisibilityForVisitor"`
}

type stats struct {
	Notes wire.Number `json:"originalNotesCount"`
	Users wire.Number `json:"originalUsersCount"`
}

type trend struct {
	Tag        string                 `json:"tag"`
	Chart      wire.List[wire.Number] `json:"chart"` // notes in the last hours, newest first
	UsersCount wire.Number            `json:"usersCount"`
}

// problem is the body of an error; forks leave out what is around it.
type problem struct {
	Error wire.Object[problem] `json:"error"`

	Code    string `json:"code"`
	Message string `json:"message"`
}
