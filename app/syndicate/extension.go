package syndicate

import (
	"slices"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/jsonfeed"
	"vitrine/feeds/parts"
)

// extensionParts writes the parts of a post as data.
type extensionParts struct {
	*Feed
	how    Entry
	post   *feeds.Post // of a quote; nil for the item's own
	out    jsonfeed.Post
	quoted bool
}

func person(a *feeds.Author) *jsonfeed.Person {
	return &jsonfeed.Person{Name: a.DisplayName(), Handle: handle(a), URL: a.URL}
}

// emojiOf are the custom emoji in the texts and names of a post, each once.
func emojiOf(p *feeds.Post) (out []jsonfeed.Emoji) {
	seen := map[string]bool{}
	for _, e := range slices.Concat(p.Emoji, p.Author.Emoji) { // those of a poll are the post's
		if !seen[e.Shortcode] {
			seen[e.Shortcode] = true
			out = append(out, jsonfeed.Emoji{Shortcode: e.Shortcode, URL: e.URL, Static: e.Static})
		}
	}
	return out
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
	v.out.ReplyTo = &jsonfeed.Reply{ID: string(to.Key), Self: to.Self}
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
	out := jsonfeed.Media{
		Kind: string(m.Kind), URL: m.URL, Preview: m.Preview, Original: m.Original, Alt: m.Alt, Width: m.Width, Height: m.Height,
		Duration: m.Duration.Seconds(),
	}
	if f := m.Film; f != nil {
		out.Stream, out.Player, out.Live = f.Stream, f.Player, string(f.Live)
		out.Begins = f.Begins
		for _, file := range f.Files {
			out.Files = append(out.Files, jsonfeed.File(file))
		}
		out.Index = f.Index
		for _, c := range f.Captions {
			out.Captions = append(out.Captions, jsonfeed.Caption(c))
		}
		for _, c := range f.Chapters {
			out.Chapters = append(out.Chapters, jsonfeed.Chapter{Start: c.Start.Seconds(), Title: c.Title})
		}
	}
	v.out.Media = append(v.out.Media, out)
}

func (v *extensionParts) Deleted() { v.out.Deleted = true }

func (v *extensionParts) Event(e *feeds.Event) {
	v.out.Event = &jsonfeed.Event{Starts: stamp(e.Starts), Ends: stamp(e.Ends), Place: e.Place, Online: e.Online, Status: string(e.Status)}
}

func (v *extensionParts) Poll(p *feeds.Poll) {
	out := &jsonfeed.Poll{Votes: max(p.Votes, 0), Voters: known(p.Voters), Multiple: p.Multiple, Ends: stamp(p.Ends), Closed: p.Expired}
	_, hidden := parts.Leader(p)
	for _, o := range p.Options {
		option := jsonfeed.Option{Title: o.Title}
		if !hidden {
			share := words.Share(o.Votes, parts.Turnout(p))
			option.Votes, option.Percent = &o.Votes, &share
		}
		out.Options = append(out.Options, option)
	}
	v.out.Poll = out
}

func (v *extensionParts) Card(c *feeds.Card) {
	v.out.Card = &jsonfeed.Card{
		URL: c.URL, Title: c.Title, Description: c.Description, Provider: c.Provider, Author: c.AuthorName, AuthorHandle: c.AuthorHandle, Image: c.Image, ImageAlt: c.ImageAlt,
		Language: c.Language, Published: stamp(c.Published), Player: c.Player,
	}
}

func (v *extensionParts) Quote(q *feeds.Quote) {
	v.out.Quote = &jsonfeed.Quote{State: string(q.State), URL: q.URL}
	if q.Post == nil || v.quoted {
		return
	}
	inner := &extensionParts{Feed: v.Feed, how: Entry{Warnings: v.how.Warnings}, post: q.Post, quoted: true}
	parts.Walk(inner.how.visible(q.Post), feeds.Entry{}, inner)
	if v.Complete {
		inner.out.Emoji = emojiOf(q.Post)
	}
	v.out.Quote.Post = &inner.out
}

func (v *extensionParts) CrossPosts(list []feeds.CrossPost) {
	for _, c := range list {
		out := jsonfeed.CrossPost{URL: c.URL, Title: c.Title, Replies: known(c.Replies)}
		if c.Group != "" {
			out.Group = "!" + c.Group
		}
		v.out.CrossPosts = append(v.out.CrossPosts, out)
	}
}

func (v *extensionParts) Tags(list []feeds.Tag) {
	for _, t := range list {
		v.out.Tags = append(v.out.Tags, jsonfeed.Tag{Name: t.Name, URL: t.URL})
	}
}

func (v *extensionParts) Mentions(list []feeds.Mention) {
	for _, m := range list {
		v.out.Mentions = append(v.out.Mentions, jsonfeed.Mention{Handle: "@" + m.Handle, URL: m.URL})
	}
}

func (v *extensionParts) Reactions(list []feeds.Reaction) {
	if v.HideCounts {
		return
	}
	for _, r := range list {
		v.out.Reactions = append(v.out.Reactions, jsonfeed.Reaction{Name: r.Name, Count: r.Count, Image: r.URL, Static: r.Static})
	}
}

func (v *extensionParts) Counts(c feeds.Counts) {
	if !v.HideCounts {
		v.out.Counts = &jsonfeed.Counts{Replies: known(c.Replies), Boosts: known(c.Boosts), Favourites: known(c.Favourites), Quotes: known(c.Quotes), Score: c.Score}
	}
}

func (v *extensionParts) Language(tag string) { v.out.Language = tag }

func (v *extensionParts) Application(a *feeds.Application) {
	v.out.Application = &jsonfeed.Application{Name: a.Name, URL: a.URL}
}

func (v *extensionParts) License(l *feeds.License) {
	v.out.License = &jsonfeed.License{Name: l.Name, URL: l.URL}
}

func (v *extensionParts) Visibility(vis feeds.Visibility) { v.out.Visibility = string(vis) }
