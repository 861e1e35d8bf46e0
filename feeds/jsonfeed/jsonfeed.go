// Package jsonfeed is what our JSON Feeds hold of a post beside what the format has fields for: "_vitrine" of an item. app/syndicate writes it,
// feeds/archive reads it again. docs/jsonfeed.md describes it.
//
// It imports nothing.
package jsonfeed

import "time"

// Post is "_vitrine" of an item: every part of a post as data. Times are RFC 3339 in UTC, lengths seconds.
type Post struct {
	Complete    bool         `json:"complete,omitempty"` // of a post in a file: HTML is its text alone
	Pinned      bool         `json:"pinned,omitempty"`
	BoostedBy   *Person      `json:"boosted_by,omitempty"`
	Group       *Person      `json:"group,omitempty"`
	Channel     string       `json:"channel,omitempty"`
	ReplyTo     *Reply       `json:"in_reply_to,omitempty"`
	Author      *Person      `json:"author,omitempty"`
	URL         string       `json:"url,omitempty"`        // of a quoted post
	Title       string       `json:"title,omitempty"`      // of a quoted post
	HTML        string       `json:"html,omitempty"`       // of a quoted post, and of a complete one
	Published   string       `json:"published,omitempty"`  // of a quoted post
	FirstSeen   string       `json:"first_seen,omitempty"` // of a post that tells no time
	Edited      string       `json:"edited,omitempty"`
	Warning     string       `json:"warning,omitempty"`
	Sensitive   bool         `json:"sensitive,omitempty"`
	Media       []Media      `json:"media,omitempty"`
	Deleted     bool         `json:"deleted,omitempty"`
	Event       *Event       `json:"event,omitempty"`
	Poll        *Poll        `json:"poll,omitempty"`
	Card        *Card        `json:"card,omitempty"`
	Quote       *Quote       `json:"quote,omitempty"`
	CrossPosts  []CrossPost  `json:"cross_posts,omitempty"`
	Tags        []Tag        `json:"tags,omitempty"`
	Mentions    []Mention    `json:"mentions,omitempty"`
	Reactions   []Reaction   `json:"reactions,omitempty"`
	Counts      *Counts      `json:"counts,omitempty"`
	Language    string       `json:"language,omitempty"`
	Application *Application `json:"application,omitempty"`
	License     *License     `json:"license,omitempty"`
	Visibility  string       `json:"visibility,omitempty"`
	Emoji       []Emoji      `json:"emoji,omitempty"`  // of a complete post
	Labels      []string     `json:"labels,omitempty"` // these three are of a reader who has saved the post
	Note        string       `json:"note,omitempty"`
	Gone        string       `json:"gone,omitempty"` // when it was learned that its server doesn't have it any more
}

// Emoji is a picture that stands for ":shortcode:" in texts and names.
type Emoji struct {
	Shortcode string `json:"shortcode"`
	URL       string `json:"url"`
	Static    string `json:"static,omitempty"`
}

// Person is who wrote, boosted or holds a community; the handle begins with its sign.
type Person struct {
	Name   string `json:"name"`
	Handle string `json:"handle"`
	URL    string `json:"url,omitempty"`
}

// Reply is what a post answers.
type Reply struct {
	ID     string `json:"id,omitempty"`
	Handle string `json:"handle,omitempty"`
	Self   bool   `json:"self,omitempty"`
}

// Media is a picture, film, sound or file.
type Media struct {
	Kind     string    `json:"kind"`
	URL      string    `json:"url,omitempty"`
	Preview  string    `json:"preview,omitempty"`
	Original string    `json:"original,omitempty"`
	Alt      string    `json:"alt,omitempty"`
	Width    int       `json:"width,omitempty"`
	Height   int       `json:"height,omitempty"`
	Duration float64   `json:"duration,omitempty"`
	Files    []File    `json:"files,omitempty"`
	Stream   string    `json:"stream,omitempty"`
	Captions []Caption `json:"captions,omitempty"`
	Chapters []Chapter `json:"chapters,omitempty"`
	Player   string    `json:"player,omitempty"`
	Live     string    `json:"live,omitempty"`
	Begins   time.Time `json:"begins,omitzero"`
	Index    string    `json:"chapters_url,omitempty"`
}

// File is a film in one size.
type File struct {
	URL    string `json:"url"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"`
}

// Caption is what is said in a film.
type Caption struct {
	URL      string `json:"url"`
	Language string `json:"language,omitempty"`
	Label    string `json:"label,omitempty"`
	Type     string `json:"type,omitempty"`
}

// Chapter is a part of a film or sound.
type Chapter struct {
	Start float64 `json:"start"`
	Title string  `json:"title"`
}

// Event is what a post announces.
type Event struct {
	Starts string `json:"starts"`
	Ends   string `json:"ends,omitempty"`
	Place  string `json:"place,omitempty"`
	Online string `json:"online,omitempty"`
	Status string `json:"status,omitempty"`
}

// Poll is a vote with its results.
type Poll struct {
	Options  []Option `json:"options"`
	Votes    int      `json:"votes"`
	Voters   *int     `json:"voters,omitempty"`
	Multiple bool     `json:"multiple,omitempty"`
	Ends     string   `json:"ends,omitempty"`
	Closed   bool     `json:"closed"`
}

// Option is an answer of a poll, without numbers while its server hides them.
type Option struct {
	Title   string `json:"title"`
	Votes   *int   `json:"votes,omitempty"`
	Percent *int   `json:"percent,omitempty"`
}

// Card is the preview of a link.
type Card struct {
	URL          string `json:"url"`
	Title        string `json:"title,omitempty"`
	Description  string `json:"description,omitempty"`
	Provider     string `json:"provider,omitempty"`
	Author       string `json:"author,omitempty"`
	AuthorHandle string `json:"author_handle,omitempty"`
	Image        string `json:"image,omitempty"`
	ImageAlt     string `json:"image_alt,omitempty"`
	Language     string `json:"language,omitempty"`
	Published    string `json:"published,omitempty"`
	Player       bool   `json:"player,omitempty"`
}

// Quote is a post within a post.
type Quote struct {
	State string `json:"state"`
	URL   string `json:"url,omitempty"`
	Post  *Post  `json:"post,omitempty"`
}

// CrossPost is the same link elsewhere.
type CrossPost struct {
	URL     string `json:"url,omitempty"`
	Title   string `json:"title,omitempty"`
	Group   string `json:"group,omitempty"`
	Replies *int   `json:"replies,omitempty"`
}

// Tag is a hashtag, without "#".
type Tag struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// Mention is an account that is named.
type Mention struct {
	Handle string `json:"handle"`
	URL    string `json:"url,omitempty"`
}

// Reaction is how many answered with one emoji.
type Reaction struct {
	Name   string `json:"name"`
	Count  int    `json:"count"`
	Image  string `json:"image,omitempty"`
	Static string `json:"static,omitempty"`
}

// Counts is what is known of how often something was done with a post.
type Counts struct {
	Replies    *int `json:"replies,omitempty"`
	Boosts     *int `json:"boosts,omitempty"`
	Favourites *int `json:"favourites,omitempty"`
	Quotes     *int `json:"quotes,omitempty"`
	Score      *int `json:"score,omitempty"`
}

// License is what others may do with it.
type License struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Application is the program that it was written with.
type Application struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}
