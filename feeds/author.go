package feeds

import (
	"time"

	"vitrine/feeds/content"
)

// Author is a person, group, channel or program that posts. It is immutable.
// Source: https://docs.joinmastodon.org/entities/Account/
type Author struct {
	URI      string // ActivityPub id; "" when unknown
	URL      string // the profile's page at its origin
	Host     string // the server this value was read from, with its port
	ID       string // the account's id there
	User     string // name part of the handle
	Domain   string // host part of the handle, with its port; never empty
	Name     string // display name, plain text; "" when none was chosen
	Bio      content.Doc
	Fields   []Field
	Avatar   string // may move; "" for none
	AvatarSt string // stands still; "" for none
	Header   string // banner; "" for none
	HeaderSt string
	Emoji    []content.CustomEmoji // for Name; Bio and Fields have them already
	Bot      bool
	Group    bool
	Locked   bool    // follow requests are answered by hand
	Moved    *Author // where the person went; nil when they are here
	Gone     Kind    // why nothing can be read though the profile answers: Refused (suspended), Gone (memorial is not); "" normally
	Memorial bool
	Joined   time.Time // day; zero when unknown
	LastPost time.Time // day; zero when unknown
	Counts   AuthorCounts
	Wishes   Wishes
	Roles    []string // as the server names them, plain text
}

// Handle returns "user@domain", the name others write after "@".
func (a *Author) Handle() string { return a.User + "@" + a.Domain }

// DisplayName returns Name, or User where no name was chosen.
func (a *Author) DisplayName() string {
	if a.Name != "" {
		return a.Name
	}
	return a.User
}

// Field is one row of a profile's table.
type Field struct {
	Name     string // plain text
	Value    content.Doc
	Verified time.Time // when the server found a rel=me link back; zero when it didn't
}

// AuthorCounts are -1 when unknown or hidden.
type AuthorCounts struct {
	Posts     int
	Followers int
	Following int
}

// Wishes are what an author asks of readers, searchers and copies. See "Wishes of authors and servers" in the README.
type Wishes struct {
	NoIndex         bool // noindex: not in search engines
	NotIndexable    bool // indexable = false: not in full-text search
	NotDiscoverable bool // discoverable = false: not suggested
	NoBot           bool // "#nobot" in the bio
	NoArchive       bool // "#noarchive" in the bio
	SignInToView    bool // Misskey's requireSigninToViewContents
}
