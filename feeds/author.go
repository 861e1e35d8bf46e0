package feeds

import (
	"strings"
	"time"
	"unicode"

	"vitrine/feeds/content"
)

// Author is a person, group, channel or program that posts. It is immutable.
// Source: https://docs.joinmastodon.org/entities/Account/
type Author struct {
	URI      string                `json:",omitzero"` // ActivityPub id; "" when unknown
	URL      string                `json:",omitzero"` // the profile's page at its origin
	Host     string                `json:",omitzero"` // the server this value was read from, with its port
	ID       string                `json:",omitzero"` // the account's id there
	User     string                `json:",omitzero"` // name part of the handle
	Domain   string                `json:",omitzero"` // host part of the handle, with its port; never empty
	Name     string                `json:",omitzero"` // display name, plain text; "" when none was chosen
	Bio      content.Doc           `json:",omitzero"`
	Fields   []Field               `json:",omitzero"`
	Avatar   string                `json:",omitzero"` // may move; "" for none
	AvatarSt string                `json:",omitzero"` // stands still; "" for none
	Header   string                `json:",omitzero"` // banner; "" for none
	HeaderSt string                `json:",omitzero"`
	Emoji    []content.CustomEmoji `json:",omitzero"` // for Name; Bio and Fields have them already
	Bot      bool                  `json:",omitzero"`
	Group    bool                  `json:",omitzero"`
	// Community says that people post in the group rather than that it posts: it is named "!user@domain", as Lemmy has it.
	Community bool         `json:",omitzero"`
	Locked    bool         `json:",omitzero"` // follow requests are answered by hand
	Moved     *Author      `json:",omitzero"` // where the person went; nil when they are here
	Gone      Kind         `json:",omitzero"` // why nothing can be read though the profile answers: Refused (suspended), Gone (memorial is not); "" normally
	Memorial  bool         `json:",omitzero"` // the person has died
	Limited   bool         `json:",omitzero"` // the moderators of Host have limited (silenced) the account
	Banned    bool         `json:",omitzero"` // the moderators of Host let the account write no more; what it wrote may still be read
	ModsOnly  bool         `json:",omitzero"` // only moderators begin posts in the community
	Joined    time.Time    `json:",omitzero"` // day; zero when unknown
	LastPost  time.Time    `json:",omitzero"` // day; zero when unknown
	Counts    AuthorCounts `json:",omitzero"`
	Wishes    Wishes       `json:",omitzero"`
	Roles     []string     `json:",omitzero"` // as the server names them, plain text
}

// Failure is why nothing of a can be read though the profile answers; nil normally.
func (a *Author) Failure() *Error {
	switch a.Gone {
	case "":
		return nil
	case Refused:
		return &Error{Kind: a.Gone, Host: a.Host, Err: ErrSuspended}
	}
	return &Error{Kind: a.Gone, Host: a.Host}
}

// IsCopy reports that a was read from another server than the account's own: what such a server knows of somebody has gaps.
func (a *Author) IsCopy() bool {
	for _, address := range [...]string{a.URI, a.URL} {
		if _, rest, _ := strings.Cut(address, "://"); strings.HasPrefix(rest, a.Host+"/") {
			return false
		}
	}
	return a.Host != a.Domain
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
	Name     string      `json:",omitzero"` // plain text
	Value    content.Doc `json:",omitzero"`
	Verified time.Time   `json:",omitzero"` // when the server found a rel=me link back; zero when it didn't
}

// AuthorCounts are -1 when unknown or hidden.
type AuthorCounts struct {
	Posts     int `json:",omitzero"`
	Followers int `json:",omitzero"`
	Following int `json:",omitzero"`
}

// Wishes are what an author asks of readers, searchers and copies. See docs/decisions/05-wishes.md.
type Wishes struct {
	NoIndex         bool `json:",omitzero"` // noindex: not in search engines
	NotIndexable    bool `json:",omitzero"` // indexable = false: not in full-text search
	NotDiscoverable bool `json:",omitzero"` // discoverable = false: not suggested
	NoBot           bool `json:",omitzero"` // "#nobot" in the bio
	NoArchive       bool `json:",omitzero"` // "#noarchive" in the bio
	SignInToView    bool `json:",omitzero"` // Misskey's requireSigninToViewContents
}

// BioWishes reads the wishes that authors of every software write into their bios, as hashtags.
func BioWishes(bio content.Doc) (w Wishes) {
	words := strings.FieldsFunc(strings.ToLower(content.PlainText(bio)), func(r rune) bool {
		return r != '#' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, word := range words {
		switch word {
		case "#nobot":
			w.NoBot = true
		case "#noarchive":
			w.NoArchive = true
		}
	}
	return w
}
