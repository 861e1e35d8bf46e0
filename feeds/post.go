package feeds

import (
	"time"

	"vitrine/feeds/content"
)

// Key identifies a post across all servers that hold a copy: its canonical ActivityPub URI; without one its URL; without
// that "host/id" of the server it was seen on.
type Key string

// Post is one post, note, video or comment. It is immutable.
// Source of the fields, unless said otherwise: https://docs.joinmastodon.org/entities/Status/
type Post struct {
	Key         Key
	URI         string // ActivityPub id; "" where a software has none
	URL         string // the page for people at its origin; "" where there is none
	Author      *Author
	Published   time.Time
	Edited      time.Time   // zero when it never was
	Title       string      // plain text; videos, articles and community posts have one
	Body        content.Doc // the text
	Warning     string      // content warning in the author's words, plain text; "" for none
	Sensitive   bool        // its media are hidden until asked for
	Language    string      // BCP 47, "" when unknown; often merely the author's default
	Media       []Media
	Poll        *Poll
	Card        *Card
	Quote       *Quote
	ReplyTo     *ReplyTo // nil when it answers nothing
	Mentions    []Mention
	Tags        []Tag
	Emoji       []content.CustomEmoji // for Warning, Title and poll options; Body has them already
	Reactions   []Reaction
	Counts      Counts
	Visibility  Visibility
	Application *Application
	Sightings   []Sighting // where it was read; the first is the one this value was made from
}

// SeenAt returns the id that host uses for the post, and whether it was read there.
func (p *Post) SeenAt(host string) (id string, ok bool) {
	for _, s := range p.Sightings {
		if s.Host == host {
			return s.ID, true
		}
	}
	return "", false
}

// Sighting is one copy of a post: ids mean something on their own server only.
type Sighting struct {
	Host     string    // API host that answered, with its port
	ID       string    // the post's id there
	ParentID string    // the id there of the post it answers; "" for none or unknown
	At       time.Time // when it was fetched
	Origin   bool      // Host is where the post was written
}

// MediaKind is what a player has to be.
type MediaKind string

// The kinds of media. Gifv is a short silent film that replays, as Mastodon makes of GIFs.
const (
	Image        MediaKind = "image"
	Video        MediaKind = "video"
	Gifv         MediaKind = "gifv"
	Audio        MediaKind = "audio"
	UnknownMedia MediaKind = "unknown" // shown as a link
)

// Media is a picture, film, sound or file that hangs on a post.
// Source: https://docs.joinmastodon.org/entities/MediaAttachment/
type Media struct {
	Kind     MediaKind
	URL      string // the full file at the server asked; "" while it is being processed there
	Preview  string // a still, smaller picture; "" for none
	Original string // the file at its origin (remote_url); "" when URL is the origin
	Alt      string // the author's description, plain text
	Width    int    // pixels of URL; 0 when unknown
	Height   int
	FocusX   float64 // -1 (left) to 1 (right): the point that cropping keeps
	FocusY   float64 // -1 (bottom) to 1 (top)
	Blurhash string  // https://blurha.sh; "" for none
	Duration time.Duration
}

// Poll is a vote with its results. Source: https://docs.joinmastodon.org/entities/Poll/
type Poll struct {
	ID       string // at the first sighting's host
	Options  []PollOption
	Votes    int       // total
	Voters   int       // people; -1 when unknown; less than Votes when Multiple
	Multiple bool      // several answers may be chosen
	Ends     time.Time // zero: never
	Expired  bool
	Emoji    []content.CustomEmoji
}

// PollOption is one answer; Votes is -1 while the result is hidden.
type PollOption struct {
	Title string // plain text
	Votes int
}

// Card is the preview of a link. Source: https://docs.joinmastodon.org/entities/PreviewCard/
// Its html (an iframe) is never taken.
type Card struct {
	URL         string
	Title       string // plain text
	Description string // plain text
	Provider    string // plain text, as "The Example Times"
	AuthorName  string // plain text
	Image       string
	ImageAlt    string
	Width       int // pixels of Image; 0 when unknown
	Height      int
	Blurhash    string
	Language    string
	Published   time.Time // zero when unknown
	Player      bool      // it is a film or sound at its source (type "video")
}

// QuoteState says whether a quoted post may be shown.
type QuoteState string

// The states of https://docs.joinmastodon.org/entities/Quote/. One that is not known is QuoteUnauthorized.
const (
	QuoteAccepted     QuoteState = "accepted"
	QuotePending      QuoteState = "pending"
	QuoteRejected     QuoteState = "rejected"
	QuoteRevoked      QuoteState = "revoked"
	QuoteDeleted      QuoteState = "deleted"
	QuoteUnauthorized QuoteState = "unauthorized"
	QuoteBlocked      QuoteState = "blocked" // blocked_account, blocked_domain, muted_account
)

// Quote is a post within a post.
type Quote struct {
	State QuoteState
	Post  *Post  // nil unless accepted; in a quoted post its own quote has no Post
	ID    string // the quoted post's id at the first sighting's host; "" when unknown
	URL   string // its page; "" when unknown
}

// ReplyTo names what a post answers.
type ReplyTo struct {
	ID     string // at the first sighting's host; "" when that server doesn't have it
	Key    Key    // "" when unknown
	Handle string // "user@host" of its author; "" when unknown
	Self   bool   // the author answers themself
}

// Mention is an account named in a post.
type Mention struct {
	Handle string // "user@host"
	URL    string
}

// Tag is a hashtag, without "#".
type Tag struct {
	Name string
	URL  string // its page at the server asked; "" when unknown
	Uses int    // posts with it by one author (featured tags); 0 when unknown
}

// Reaction is how many people answered with one emoji (Misskey, Pleroma, Fedibird).
type Reaction struct {
	Name  string // the character, or a shortcode without colons
	Count int
	URL   string // picture of a custom emoji; "" for a character
}

// Counts are how often something was done with a post. -1 means unknown.
type Counts struct {
	Replies    int
	Boosts     int
	Favourites int
	Quotes     int
}

// Visibility is who a post was addressed to. Only Public and Unlisted are ever kept.
type Visibility string

// The visibilities of https://docs.joinmastodon.org/entities/Status/#visibility, forks' words mapped to the nearest.
const (
	Public   Visibility = "public"
	Unlisted Visibility = "unlisted"
	Limited  Visibility = "private" // followers, circles, members
	Direct   Visibility = "direct"
)

// Application is the program a post was written with.
type Application struct {
	Name string // plain text
	URL  string // "" for none
}
