package syndicate

import (
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/parts"
)

// extension is "_vitrine" of an item: every part of a post as data. docs/jsonfeed.md describes it; times are RFC 3339 in UTC, lengths
// seconds.
type extension struct {
	Complete    bool            `json:"complete,omitempty"` // of a post in a file: HTML is its text alone
	Pinned      bool            `json:"pinned,omitempty"`
	BoostedBy   *extPerson      `json:"boosted_by,omitempty"`
	Group       *extPerson      `json:"group,omitempty"`
	Channel     string          `json:"channel,omitempty"`
	ReplyTo     *extReply       `json:"in_reply_to,omitempty"`
	Author      *extPerson      `json:"author,omitempty"`
	URL         string          `json:"url,omitempty"`        // of a quoted post
	Title       string          `json:"title,omitempty"`      // of a quoted post
	HTML        string          `json:"html,omitempty"`       // of a quoted post, and of a complete one
	Published   string          `json:"published,omitempty"`  // of a quoted post
	FirstSeen   string          `json:"first_seen,omitempty"` // of a post that tells no time
	Edited      string          `json:"edited,omitempty"`
	Warning     string          `json:"warning,omitempty"`
	Sensitive   bool            `json:"sensitive,omitempty"`
	Media       []extMedia      `json:"media,omitempty"`
	Deleted     bool            `json:"deleted,omitempty"`
	Event       *extEvent       `json:"event,omitempty"`
	Poll        *extPoll        `json:"poll,omitempty"`
	Card        *extCard        `json:"card,omitempty"`
	Quote       *extQuote       `json:"quote,omitempty"`
	CrossPosts  []extCrossPost  `json:"cross_posts,omitempty"`
	Tags        []extTag        `json:"tags,omitempty"`
	Mentions    []extMention    `json:"mentions,omitempty"`
	Reactions   []extReaction   `json:"reactions,omitempty"`
	Counts      *extCounts      `json:"counts,omitempty"`
	Language    string          `json:"language,omitempty"`
	Application *extApplication `json:"application,omitempty"`
	License     *extLicense     `json:"license,omitempty"`
	Visibility  string          `json:"visibility,omitempty"`
}

type extPerson struct {
	Name   string `json:"name"`
	Handle string `json:"handle"`
	URL    string `json:"url,omitempty"`
}

type extReply struct {
	ID     string `json:"id,omitempty"`
	Handle string `json:"handle,omitempty"`
	Self   bool   `json:"self,omitempty"`
}

type extMedia struct {
	Kind     string       `json:"kind"`
	URL      string       `json:"url,omitempty"`
	Preview  string       `json:"preview,omitempty"`
	Original string       `json:"original,omitempty"`
	Alt      string       `json:"alt,omitempty"`
	Width    int          `json:"width,omitempty"`
	Height   int          `json:"height,omitempty"`
	Duration float64      `json:"duration,omitempty"`
	Files    []extFile    `json:"files,omitempty"`
	Stream   string       `json:"stream,omitempty"`
	Captions []extCaption `json:"captions,omitempty"`
	Chapters []extChapter `json:"chapters,omitempty"`
	Player   string       `json:"player,omitempty"`
	Live     string       `json:"live,omitempty"`
	Begins   time.Time    `json:"begins,omitzero"`
	Index    string       `json:"chapters_url,omitempty"`
}

type extFile struct {
	URL    string `json:"url"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"`
}

type extCaption struct {
	URL      string `json:"url"`
	Language string `json:"language,omitempty"`
	Label    string `json:"label,omitempty"`
	Type     string `json:"type,omitempty"`
}

type extChapter struct {
	Start float64 `json:"start"`
	Title string  `json:"title"`
}

type extEvent struct {
	Starts string `json:"starts"`
	Ends   string `json:"ends,omitempty"`
	Place  string `json:"place,omitempty"`
	Online string `json:"online,omitempty"`
}

type extPoll struct {
	Options  []extOption `json:"options"`
	Votes    int         `json:"votes"`
	Voters   *int        `json:"voters,omitempty"`
	Multiple bool        `json:"multiple,omitempty"`
	Ends     string      `json:"ends,omitempty"`
	Closed   bool        `json:"closed"`
}

type extOption struct {
	Title   string `json:"title"`
	Votes   *int   `json:"votes,omitempty"`
	Percent *int   `json:"percent,omitempty"`
}

type extCard struct {
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

type extQuote struct {
	State string     `json:"state"`
	URL   string     `json:"url,omitempty"`
	Post  *extension `json:"post,omitempty"`
}

type extCrossPost struct {
	URL     string `json:"url,omitempty"`
	Title   string `json:"title,omitempty"`
	Group   string `json:"group,omitempty"`
	Replies *int   `json:"replies,omitempty"`
}

type extTag struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type extMention struct {
	Handle string `json:"handle"`
	URL    string `json:"url,omitempty"`
}

type extReaction struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	Image string `json:"image,omitempty"`
}

type extCounts struct {
	Replies    *int `json:"replies,omitempty"`
	Boosts     *int `json:"boosts,omitempty"`
	Favourites *int `json:"favourites,omitempty"`
	Quotes     *int `json:"quotes,omitempty"`
	Score      *int `json:"score,omitempty"`
}

type extLicense struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

type extApplication struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// extensionParts writes the parts of a post as data.
type extensionParts struct {
	*Feed
	how    Entry
	post   *feeds.Post // of a quote; nil for the item's own
	out    extension
	quoted bool
}

func person(a *feeds.Author) *extPerson {
	return &extPerson{Name: a.DisplayName(), Handle: handle(a), URL: a.URL}
}

// known is a number that may be unknown, which is written as -1 in a post and not at all in a feed.
func known(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

func (v *extensionParts) Pinned()                    { v.out.Pinned = true }
func (v *extensionParts) BoostedBy(by *feeds.Author) { v.out.BoostedBy = person(by) }
func (v *extensionParts) Group(g *feeds.Author)      { v.out.Group = person(g) }
func (v *extensionParts) Channel(name string)        { v.out.Channel = name }

func (v *extensionParts) ReplyTo(to *feeds.ReplyTo) {
	v.out.ReplyTo = &extReply{ID: string(to.Key), Self: to.Self}
	if to.Handle != "" {
		v.out.ReplyTo.Handle = "@" + to.Handle
	}
}

// Byline, Title and Body are fields of an item; a quoted post has them here.
func (v *extensionParts) Byline(a *feeds.Author, published time.Time) {
	v.out.Author, v.out.Published, v.out.URL = person(a), stamp(published), v.post.URL
	if published.IsZero() {
		v.out.FirstSeen = stamp(v.post.Published)
	}
}

func (v *extensionParts) Edited(at time.Time) { v.out.Edited = stamp(at) }

func (v *extensionParts) Title(title string, _ []content.CustomEmoji) {
	if v.quoted {
		v.out.Title = title
	}
}

func (v *extensionParts) Warning(words string, _ []content.CustomEmoji) {
	v.out.Warning = v.warning(words)
}

func (v *extensionParts) Body(doc content.Doc) {
	if v.quoted {
		v.out.HTML = content.DirectedHTML(doc)
	}
}

func (v *extensionParts) Sensitive() { v.out.Sensitive = true }

func (v *extensionParts) Picture(_ int, m feeds.Media) { v.medium(m) }
func (v *extensionParts) Film(_ int, m feeds.Media)    { v.medium(m) }
func (v *extensionParts) Sound(_ int, m feeds.Media)   { v.medium(m) }
func (v *extensionParts) File(_ int, m feeds.Media)    { v.medium(m) }

func (v *extensionParts) medium(m feeds.Media) {
	out := extMedia{
		Kind: string(m.Kind), URL: m.URL, Preview: m.Preview, Original: m.Original, Alt: m.Alt, Width: m.Width, Height: m.Height,
		Duration: m.Duration.Seconds(),
	}
	if f := m.Film; f != nil {
		out.Stream, out.Player, out.Live = f.Stream, f.Player, string(f.Live)
		out.Begins = f.Begins
		for _, file := range f.Files {
			out.Files = append(out.Files, extFile(file))
		}
		out.Index = f.Index
		for _, c := range f.Captions {
			out.Captions = append(out.Captions, extCaption(c))
		}
		for _, c := range f.Chapters {
			out.Chapters = append(out.Chapters, extChapter{Start: c.Start.Seconds(), Title: c.Title})
		}
	}
	v.out.Media = append(v.out.Media, out)
}

func (v *extensionParts) Deleted() { v.out.Deleted = true }

func (v *extensionParts) Event(e *feeds.Event) {
	v.out.Event = &extEvent{Starts: stamp(e.Starts), Ends: stamp(e.Ends), Place: e.Place, Online: e.Online}
}

func (v *extensionParts) Poll(p *feeds.Poll) {
	out := &extPoll{Votes: max(p.Votes, 0), Voters: known(p.Voters), Multiple: p.Multiple, Ends: stamp(p.Ends), Closed: p.Expired}
	_, hidden := parts.Leader(p)
	for _, o := range p.Options {
		option := extOption{Title: o.Title}
		if !hidden {
			share := words.Share(o.Votes, parts.Turnout(p))
			option.Votes, option.Percent = &o.Votes, &share
		}
		out.Options = append(out.Options, option)
	}
	v.out.Poll = out
}

func (v *extensionParts) Card(c *feeds.Card) {
	v.out.Card = &extCard{
		URL: c.URL, Title: c.Title, Description: c.Description, Provider: c.Provider, Author: c.AuthorName, AuthorHandle: c.AuthorHandle, Image: c.Image, ImageAlt: c.ImageAlt,
		Language: c.Language, Published: stamp(c.Published), Player: c.Player,
	}
}

func (v *extensionParts) Quote(q *feeds.Quote) {
	v.out.Quote = &extQuote{State: string(q.State), URL: q.URL}
	if q.Post == nil || v.quoted {
		return
	}
	inner := &extensionParts{Feed: v.Feed, how: Entry{Warnings: v.how.Warnings}, post: q.Post, quoted: true}
	parts.Walk(inner.how.visible(q.Post), feeds.Entry{}, inner)
	v.out.Quote.Post = &inner.out
}

func (v *extensionParts) CrossPosts(list []feeds.CrossPost) {
	for _, c := range list {
		out := extCrossPost{URL: c.URL, Title: c.Title, Replies: known(c.Replies)}
		if c.Group != "" {
			out.Group = "!" + c.Group
		}
		v.out.CrossPosts = append(v.out.CrossPosts, out)
	}
}

func (v *extensionParts) Tags(list []feeds.Tag) {
	for _, t := range list {
		v.out.Tags = append(v.out.Tags, extTag{Name: t.Name, URL: t.URL})
	}
}

func (v *extensionParts) Mentions(list []feeds.Mention) {
	for _, m := range list {
		v.out.Mentions = append(v.out.Mentions, extMention{Handle: "@" + m.Handle, URL: m.URL})
	}
}

func (v *extensionParts) Reactions(list []feeds.Reaction) {
	if v.HideCounts {
		return
	}
	for _, r := range list {
		v.out.Reactions = append(v.out.Reactions, extReaction{Name: r.Name, Count: r.Count, Image: r.URL})
	}
}

func (v *extensionParts) Counts(c feeds.Counts) {
	if !v.HideCounts {
		v.out.Counts = &extCounts{Replies: known(c.Replies), Boosts: known(c.Boosts), Favourites: known(c.Favourites), Quotes: known(c.Quotes), Score: c.Score}
	}
}

func (v *extensionParts) Language(tag string) { v.out.Language = tag }

func (v *extensionParts) Application(a *feeds.Application) {
	v.out.Application = &extApplication{Name: a.Name, URL: a.URL}
}

func (v *extensionParts) License(l *feeds.License) {
	v.out.License = &extLicense{Name: l.Name, URL: l.URL}
}

func (v *extensionParts) Visibility(vis feeds.Visibility) { v.out.Visibility = string(vis) }
