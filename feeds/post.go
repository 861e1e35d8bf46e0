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
	Key         Key                   `json:",omitzero"`
	URI         string                `json:",omitzero"` // ActivityPub id; "" where a software has none
	URL         string                `json:",omitzero"` // the page for people at its origin; "" where there is none
	Author      *Author               `json:",omitzero"`
	Published   time.Time             `json:",omitzero"`
	Undated     bool                  `json:",omitzero"` // it tells no time of writing that can be believed: Published is when it was first read
	Edited      time.Time             `json:",omitzero"` // zero when it never was
	Title       string                `json:",omitzero"` // plain text; videos, articles and community posts have one
	Body        content.Doc           `json:",omitzero"` // the text
	Warning     string                `json:",omitzero"` // content warning in the author's words, plain text; "" for none
	Warned      bool                  `json:",omitzero"` // the author asked that it be folded away, also where Warning has no words
	Sensitive   bool                  `json:",omitzero"` // its media are hidden until asked for
	Language    string                `json:",omitzero"` // BCP 47, "" when unknown; often merely the author's default
	Media       []Media               `json:",omitzero"`
	Poll        *Poll                 `json:",omitzero"`
	Card        *Card                 `json:",omitzero"`
	Quote       *Quote                `json:",omitzero"`
	ReplyTo     *ReplyTo              `json:",omitzero"` // nil when it answers nothing
	Mentions    []Mention             `json:",omitzero"`
	Tags        []Tag                 `json:",omitzero"`
	Emoji       []content.CustomEmoji `json:",omitzero"` // for Warning, Title and poll options; Body has them already
	Reactions   []Reaction            `json:",omitzero"`
	Counts      Counts                `json:",omitzero"`
	Group       *Author               `json:",omitzero"` // the community, magazine or channel that it was posted in; nil for none
	Channel     string                `json:",omitzero"` // plain text: the room of its server that it was posted in, which has no address of its own (Misskey); "" for none
	CrossPosts  []CrossPost           `json:",omitzero"` // the same link in other communities
	Event       *Event                `json:",omitzero"` // what it announces
	Deleted     bool                  `json:",omitzero"` // taken back by its author or a moderator; it only keeps answers together
	Partial     bool                  `json:",omitzero"` // read from a list that has less of it than its server does when asked for it alone
	Visibility  Visibility            `json:",omitzero"`
	Application *Application          `json:",omitzero"`
	License     *License              `json:",omitzero"` // nil when nothing is said of one
	Sightings   []Sighting            `json:",omitzero"` // where it was read; the first is the one this value was made from
}

// HasWarning reports that what the post says is folded away until a reader asks for it, whether or not its author said why.
func (p *Post) HasWarning() bool { return p.Warned || p.Warning != "" }

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
	Host     string    `json:",omitzero"` // API host that answered, with its port
	ID       string    `json:",omitzero"` // the post's id there
	ParentID string    `json:",omitzero"` // the id there of the post it answers; "" for none or unknown
	At       time.Time `json:",omitzero"` // when it was fetched
	Origin   bool      `json:",omitzero"` // Host is where the post was written
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
	Kind     MediaKind     `json:",omitzero"`
	URL      string        `json:",omitzero"` // the full file at the server asked; "" while it is being processed there
	Preview  string        `json:",omitzero"` // a still, smaller picture; "" for none
	Original string        `json:",omitzero"` // the file at its origin (remote_url); "" when URL is the origin
	Alt      string        `json:",omitzero"` // the author's description, plain text
	Width    int           `json:",omitzero"` // pixels of URL; 0 when unknown
	Height   int           `json:",omitzero"`
	FocusX   float64       `json:",omitzero"` // -1 (left) to 1 (right): the point that cropping keeps
	FocusY   float64       `json:",omitzero"` // -1 (bottom) to 1 (top)
	Blurhash string        `json:",omitzero"` // https://blurha.sh; "" for none
	Duration time.Duration `json:",omitzero"`
	Film     *Film         `json:",omitzero"` // what a film or sound has beside its file; nil for none or not told in a list
}

// Film is what a server of films and broadcasts says of one beside the file that a page plays.
// Source: https://docs.joinpeertube.org/api-rest-reference.html#tag/Video and https://podcasting2.org/docs/podcast-namespace
type Film struct {
	Files    []File    `json:",omitzero"` // all files, the largest first; Media.URL is one of them
	Stream   string    `json:",omitzero"` // HLS playlist (RFC 8216); "" for none
	Captions []Caption `json:",omitzero"`
	Chapters []Chapter `json:",omitzero"` // in order of their start
	Index    string    `json:",omitzero"` // a file of chapters (podcast:chapters, JSON), asked for when they are wanted; "" for none
	Player   string    `json:",omitzero"` // the page of the server's own player, to be framed when asked for; "" for none
	Live     Live      `json:",omitzero"`
	Begins   time.Time `json:",omitzero"` // when a broadcast is to begin; zero when unknown
}

// File is a film in one size.
type File struct {
	URL    string `json:",omitzero"`
	Width  int    `json:",omitzero"` // pixels; 0 when unknown or for sound
	Height int    `json:",omitzero"`
	Bytes  int64  `json:",omitzero"` // 0 when unknown
}

// Caption is what is said in a film, as a file of WebVTT, or of another type to be read as text.
type Caption struct {
	URL      string `json:",omitzero"`
	Language string `json:",omitzero"` // BCP 47
	Label    string `json:",omitzero"` // the language's name, plain text
	Type     string `json:",omitzero"` // the media type of what a player can't show, as a podcast's text; "" for WebVTT
}

// Chapter is a part of a film or sound.
type Chapter struct {
	Start time.Duration `json:",omitzero"`
	Title string        `json:",omitzero"` // plain text
}

// Live is the state of a broadcast; "" for what is no broadcast.
type Live string

// The states of a broadcast.
const (
	LiveNow     Live = "now"
	LiveWaiting Live = "waiting" // it is to begin
	LiveEnded   Live = "ended"
)

// Poll is a vote with its results. Source: https://docs.joinmastodon.org/entities/Poll/
type Poll struct {
	ID       string                `json:",omitzero"` // at the first sighting's host
	Options  []PollOption          `json:",omitzero"`
	Votes    int                   `json:",omitzero"` // total
	Voters   int                   `json:",omitzero"` // people; -1 when unknown; less than Votes when Multiple
	Multiple bool                  `json:",omitzero"` // several answers may be chosen
	Ends     time.Time             `json:",omitzero"` // zero: never
	Expired  bool                  `json:",omitzero"`
	Emoji    []content.CustomEmoji `json:",omitzero"`
}

// PollOption is one answer; Votes is -1 while the result is hidden.
type PollOption struct {
	Title string `json:",omitzero"` // plain text
	Votes int    `json:",omitzero"`
}

// Card is the preview of a link. Source: https://docs.joinmastodon.org/entities/PreviewCard/
// Its html (an iframe) is never taken.
type Card struct {
	URL          string    `json:",omitzero"`
	Title        string    `json:",omitzero"` // plain text
	Description  string    `json:",omitzero"` // plain text
	Provider     string    `json:",omitzero"` // plain text, as "The Example Times"
	AuthorName   string    `json:",omitzero"` // plain text; several names are separated by commas
	AuthorHandle string    `json:",omitzero"` // "user@host" of the author in the fediverse; "" for none or several authors
	Image        string    `json:",omitzero"`
	ImageAlt     string    `json:",omitzero"`
	Width        int       `json:",omitzero"` // pixels of Image; 0 when unknown
	Height       int       `json:",omitzero"`
	Blurhash     string    `json:",omitzero"`
	Language     string    `json:",omitzero"`
	Published    time.Time `json:",omitzero"` // zero when unknown
	Player       bool      `json:",omitzero"` // it is a film or sound at its source (type "video")
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
	State QuoteState `json:",omitzero"`
	Post  *Post      `json:",omitzero"` // nil unless accepted; in a quoted post its own quote has no Post
	ID    string     `json:",omitzero"` // the quoted post's id at the first sighting's host; "" when unknown
	URL   string     `json:",omitzero"` // its page; "" when unknown
}

// ReplyTo names what a post answers.
type ReplyTo struct {
	ID     string `json:",omitzero"` // at the first sighting's host; "" when that server doesn't have it
	Key    Key    `json:",omitzero"` // "" when unknown
	Handle string `json:",omitzero"` // "user@host" of its author; "" when unknown
	Self   bool   `json:",omitzero"` // the author answers themself
}

// Mention is an account named in a post.
type Mention struct {
	Handle string `json:",omitzero"` // "user@host"
	URL    string `json:",omitzero"`
}

// Tag is a hashtag, without "#".
type Tag struct {
	Name string `json:",omitzero"`
	URL  string `json:",omitzero"` // its page at the server asked; "" when unknown
	Uses int    `json:",omitzero"` // posts with it by one author (featured tags); 0 when unknown
}

// Reaction is how many people answered with one emoji (Misskey, Pleroma, Fedibird).
type Reaction struct {
	Name  string `json:",omitzero"` // the character, or a shortcode without colons
	Count int    `json:",omitzero"`
	URL   string `json:",omitzero"` // picture of a custom emoji; "" for a character

	Static string `json:",omitzero"` // its form that doesn't move; "" where it is unknown
}

// Counts are how often something was done with a post. -1 means unknown.
type Counts struct {
	Replies    int `json:",omitzero"`
	Boosts     int `json:",omitzero"`
	Favourites int `json:",omitzero"`
	Quotes     int `json:",omitzero"`
	// AllBelow says that Replies counts the answers to answers too, not only the direct ones.
	AllBelow bool `json:",omitzero"`
	// Score is votes for less votes against; nil where a software has none. Favourites are the votes for then.
	Score *int `json:",omitzero"`
}

// CrossPost is another post of the same link.
type CrossPost struct {
	ID      string `json:",omitzero"` // at the first sighting's host
	URL     string `json:",omitzero"`
	Title   string `json:",omitzero"` // plain text
	Group   string `json:",omitzero"` // "name@host" of its community
	Replies int    `json:",omitzero"` // -1 when unknown
}

// Event is something that happens at a time and a place.
// Source: https://www.w3.org/TR/activitystreams-vocabulary/#dfn-event
type Event struct {
	Starts time.Time   `json:",omitzero"`
	Ends   time.Time   `json:",omitzero"` // zero when unknown
	Place  string      `json:",omitzero"` // plain text; "" when unknown
	Online string      `json:",omitzero"` // where to take part; "" for none
	Status EventStatus `json:",omitzero"` // "" where nothing else is known than that it takes place
}

// EventStatus is whether an event takes place. Source: RFC 5545, section 3.8.1.11
type EventStatus string

// The statuses that a reader is told of.
const (
	EventTentative EventStatus = "tentative"
	EventCancelled EventStatus = "cancelled"
)

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
	Name string `json:",omitzero"` // plain text
	URL  string `json:",omitzero"` // "" for none
}
