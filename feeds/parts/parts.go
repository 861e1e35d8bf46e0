// Package parts names what a post consists of, in the order in which it is read. Every output of posts (pages, Atom, JSON Feed,
// text) is a Visitor, so that a part that is added here doesn't compile until each of them says what it does with it.
package parts

import (
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Visitor is an output of posts. Walk calls a method only for a part that the post has, Byline, Body and Counts always. Addresses are
// those of the post: who writes a link looks at its scheme.
type Visitor interface {
	// Why the post stands in its list.
	Pinned()
	BoostedBy(by *feeds.Author) // a group that passes on what is posted to it, or a person
	Group(g *feeds.Author)
	Channel(name string)
	ReplyTo(to *feeds.ReplyTo)

	Byline(author *feeds.Author, published time.Time) // the zero time for a post that tells none (feeds.Post.Undated)
	Edited(at time.Time)
	Title(title string, emoji []content.CustomEmoji)

	// Warning is the author's, "" where the author asked to fold the post away and said no word of why; what follows it stands behind it,
	// up to and with Reactions.
	Warning(words string, emoji []content.CustomEmoji)
	// Body is the text, without the paragraph that stands in for a quote that follows.
	Body(text content.Doc)
	// Sensitive says that the media that follow are hidden until they are asked for.
	Sensitive()
	// The media, in the order in which their author put them. index counts all kinds, from 0.
	Picture(index int, m feeds.Media)
	Film(index int, m feeds.Media) // Video and Gifv
	Sound(index int, m feeds.Media)
	File(index int, m feeds.Media) // of a kind that isn't known
	Deleted()
	Event(e *feeds.Event)
	Poll(p *feeds.Poll)
	Card(c *feeds.Card)
	Quote(q *feeds.Quote) // its post is walked by the visitor, one level deep
	CrossPosts(list []feeds.CrossPost)
	Tags(list []feeds.Tag)
	Mentions(list []feeds.Mention)
	Reactions(list []feeds.Reaction)

	// What is small print.
	Counts(c feeds.Counts)
	Language(tag string) // BCP 47, as its server wrote it
	Application(a *feeds.Application)
	License(l *feeds.License)
	Visibility(v feeds.Visibility)
}

// Walk visits the parts of a post that stands at an entry of a list; the zero Entry is a post by itself.
func Walk(p *feeds.Post, e feeds.Entry, v Visitor) {
	context(p, e, v)
	if p.Undated {
		v.Byline(p.Author, time.Time{})
	} else {
		v.Byline(p.Author, p.Published)
	}
	if !p.Edited.IsZero() {
		v.Edited(p.Edited)
	}
	if p.Title != "" {
		v.Title(p.Title, p.Emoji)
	}
	if p.HasWarning() {
		v.Warning(p.Warning, p.Emoji)
	}
	v.Body(text(p))
	media(p, v)
	attached(p, v)
	v.Counts(p.Counts)
	if p.Language != "" {
		v.Language(p.Language)
	}
	if p.Application != nil {
		v.Application(p.Application)
	}
	if p.License != nil {
		v.License(p.License)
	}
	if p.Visibility != "" {
		v.Visibility(p.Visibility)
	}
}

func context(p *feeds.Post, e feeds.Entry, v Visitor) {
	if e.Pinned {
		v.Pinned()
	}
	if e.BoostedBy != nil {
		v.BoostedBy(e.BoostedBy)
	}
	if p.Group != nil {
		v.Group(p.Group)
	}
	if p.Channel != "" {
		v.Channel(p.Channel)
	}
	if p.ReplyTo != nil {
		v.ReplyTo(p.ReplyTo)
	}
}

// text is the body without the paragraph that stands in for a quote, when the quote itself follows.
func text(p *feeds.Post) content.Doc {
	at := p.Body.QuoteFallback
	if p.Quote == nil || at == nil || *at < 0 || *at >= len(p.Body.Blocks) {
		return p.Body
	}
	blocks := make([]content.Node, 0, len(p.Body.Blocks)-1)
	blocks = append(blocks, p.Body.Blocks[:*at]...)
	return content.Doc{Blocks: append(blocks, p.Body.Blocks[*at+1:]...)}
}

func media(p *feeds.Post, v Visitor) {
	if p.Sensitive {
		v.Sensitive()
	}
	for i, m := range p.Media {
		switch m.Kind {
		case feeds.Image:
			v.Picture(i, m)
		case feeds.Video, feeds.Gifv:
			v.Film(i, m)
		case feeds.Audio:
			v.Sound(i, m)
		default:
			v.File(i, m)
		}
	}
}

// attached visits what hangs on the text beside its media.
func attached(p *feeds.Post, v Visitor) {
	if p.Deleted {
		v.Deleted()
	}
	if p.Event != nil {
		v.Event(p.Event)
	}
	if p.Poll != nil && len(p.Poll.Options) > 0 {
		v.Poll(p.Poll)
	}
	if p.Card != nil {
		v.Card(p.Card)
	}
	if p.Quote != nil {
		v.Quote(p.Quote)
	}
	if len(p.CrossPosts) > 0 {
		v.CrossPosts(p.CrossPosts)
	}
	if len(p.Tags) > 0 {
		v.Tags(p.Tags)
	}
	if len(p.Mentions) > 0 {
		v.Mentions(p.Mentions)
	}
	if len(p.Reactions) > 0 {
		v.Reactions(p.Reactions)
	}
}

// Leader returns the most votes that an option of a poll has, and whether the server hides them until the end.
func Leader(p *feeds.Poll) (best int, hidden bool) {
	for _, o := range p.Options {
		if o.Votes < 0 {
			return 0, true
		}
		best = max(best, o.Votes)
	}
	return best, false
}

// Turnout is what an option's share is a share of: of people, where each may choose several options.
func Turnout(p *feeds.Poll) int {
	if p.Multiple && p.Voters > 0 {
		return p.Voters
	}
	total := 0
	for _, o := range p.Options {
		total += max(o.Votes, 0)
	}
	return max(p.Votes, total)
}
