package markup

import (
	"cmp"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// article draws the parts of a post and keeps each until it is placed: where a part stands depends on others, and on the page.
type article struct {
	*Drawing
	row Row
	id  string // makes ids of the page

	from        string // the language that the post was written in
	translation Node

	boostedBy, group *feeds.Author
	channel          string
	replyTo          *feeds.ReplyTo

	byline, headline  Node
	warned, sensitive bool
	text              []Node
	pictured          []int  // media that are pictures to be shown
	played            []Node // films, sounds, files
	rest              []Node // what stands below text and media
	acts              Node
	edited, language  Node // of the small print
	with, quotes      Node
	license           Node
}

// contexts says why a post stands where it stands.
func (a *article) contexts() []Node {
	d, r := a.Drawing, a.row
	var out []Node
	if r.Kept != nil && !r.Kept.Gone.IsZero() {
		out = append(out, d.keptMark(r.Kept))
	}
	if r.New {
		out = append(out, El("p", At("class", "ctx", "data-part", "new"), d.small("up"), El("strong", nil, Text(d.Words.T("ctx.new")))))
	}
	if r.Place.Kind == Pinned {
		out = append(out, d.context("pin", Text(d.Words.T("ctx.pinned"))))
	}
	switch {
	case a.boostedBy != nil:
		out = append(out, d.boosted(a.boostedBy, r.Others))
	case a.group != nil && a.group.Handle() != r.Within && r.Place.Kind != Reply && a.replyTo == nil:
		out = append(out, d.boosted(a.group, 0))
	case a.channel != "":
		out = append(out, d.context("people", d.sentence("ctx.community", El("bdi", nil, Text(a.channel)))...))
	}
	if line, ok := d.answers(r.Place, a.replyTo); ok {
		if r.Answers != nil {
			line = append(line, Text(": "), link(d.Links.Post(r.Answers), nil, El("bdi", nil, Text(lineOf(r.Answers)))))
		}
		out = append(out, d.context("reply", line...))
	}
	if r.Place.Later != "" {
		out = append([]Node{El("p", At("class", "ctx later"), d.small("clock"), El("span", nil, Text(r.Place.Later)))}, out...)
	}
	if r.Place.New {
		out = append(out, d.context("clock", El("b", nil, Text(d.Words.T("thread.isNew")))))
	}
	if r.Place.From != "" {
		out = append(out, d.context("server", d.sentence("thread.seen", El("bdi", nil, Text(address.ShowHost(r.Place.From))))...))
	}
	return out
}

// body is what was posted: the title, then, behind the author's warning if there is one, all the rest.
func (a *article) body() Node {
	children := append([]Node{a.headline}, a.behind()...)
	if a.row.Place.Kind == Focused {
		children = append(children, a.smallPrint())
	} else if a.license.Tag != "" && a.opened(a.row) {
		children = append(children, El("p", At("class", "full"), a.license))
	}
	if a.row.Kept != nil {
		children = append(children, a.kept(a.row))
	}
	return El("div", At("class", "body"), children...)
}

// behind is what stands behind the warning of a post; without one it stands open.
func (a *article) behind() []Node {
	media := a.media()
	text := append(a.text, a.translation)
	inner := append(text, media...)
	if isFilm(a.row.Post) && a.row.Place.Kind == Focused { // who opens a video came to see it
		inner = append(media, text...)
	}
	inner = append(append(inner, a.linked()...), a.rest...)
	if a.warned {
		return []Node{a.warning(a.row, a.id, inner)}
	}
	return inner
}

// smallPrint is what the focused post says about itself.
func (a *article) smallPrint() Node {
	p, w := a.row.Post, a.Words
	when := El("time", At("datetime", rfc3339(p.Published)), Text(w.Full(a.local(p.Published))))
	if p.Undated {
		when = El("span", nil, a.sentence("post.seenAt", when)...)
	}
	from := El("span", nil, a.sentence("post.from", El("bdi", nil, Text(address.ShowHost(p.Author.Domain))))...)
	return El("p", At("class", "full"), when, a.language, from, a.with, a.license, a.edited, a.quotes)
}

// Pinned posts have their place in a list of their own, which says so.
func (a *article) Pinned() {}

func (a *article) BoostedBy(by *feeds.Author) { a.boostedBy = by }
func (a *article) Group(g *feeds.Author)      { a.group = g }
func (a *article) Channel(name string)        { a.channel = name }
func (a *article) ReplyTo(to *feeds.ReplyTo)  { a.replyTo = to }

func (a *article) Byline(*feeds.Author, time.Time) { a.byline = a.by(a.row, a.id) }

func (a *article) Edited(at time.Time) {
	stamp := El("time", At("datetime", rfc3339(at)), Text(a.Words.Moment(at, a.Now, a.Local)))
	a.edited = El("span", nil, a.sentence("post.editedAt", stamp)...)
	if a.Actions && len(a.row.Post.Sightings) > 0 {
		a.edited = a.button("b plain", "edits", At("data-key", string(a.row.Post.Key), "title", a.Words.T("edits.title")), a.edited)
	}
}

func (a *article) Title(title string, emoji []content.CustomEmoji) {
	words := a.named(title, emoji)
	attrs := At("class", "headline").Filled("lang", language(a.row.Post.Language)).When(true, "dir", "auto")
	if a.row.Place.Kind != Focused {
		words = []Node{link(a.Links.Post(a.row.Post), nil, words...)}
	}
	a.headline = El("h2", attrs, words...)
}

func (a *article) Warning(string, []content.CustomEmoji) { a.warned = true }
func (a *article) Body(doc content.Doc)                  { a.text = a.Drawing.text(a.row, a.id, doc.Blocks) }
func (a *article) Sensitive()                            { a.sensitive = true }

// Deleted stands for the words of a post that only keeps its answers together.
func (a *article) Deleted() {
	a.rest = append(a.rest, El("p", At("class", "quiet"), Text(a.Words.T("post.deleted"))))
}

func (a *article) Event(*feeds.Event)   { a.rest = append(a.rest, a.event(a.row)) }
func (a *article) Poll(p *feeds.Poll)   { a.rest = append(a.rest, a.poll(p)) }
func (a *article) Quote(q *feeds.Quote) { a.rest = append(a.rest, a.quote(q, a.id)) }

// Card is left out where the post that it would lead to is shown.
func (a *article) Card(c *feeds.Card) {
	for _, l := range a.row.Linked {
		if l.replaces(c.URL, a.Drawing) {
			return
		}
	}
	a.rest = append(a.rest, a.card(c))
	if c.AuthorHandle != "" {
		href := a.Links.Handle(c.AuthorHandle)
		name := link(href, At("title", mentioned(c.AuthorHandle)), El("bdi", nil, Text(cmp.Or(c.AuthorName, mentioned(c.AuthorHandle)))))
		a.rest = append(a.rest, El("p", At("class", "quiet", "data-part", "card-author"), a.sentence("card.by", name)...))
	}
}

// CrossPosts are for whoever opens the conversation.
func (a *article) CrossPosts(list []feeds.CrossPost) {
	if seen := a.row.Post.Sightings; a.opened(a.row) && len(seen) > 0 {
		a.rest = append(a.rest, a.crossPosts(seen[0].Host, list))
	}
}

// Tags and mentions are links in the text.
func (a *article) Tags([]feeds.Tag)         {}
func (a *article) Mentions([]feeds.Mention) {}

func (a *article) Reactions(list []feeds.Reaction) {
	if !a.Settings.HideCounts {
		a.rest = append(a.rest, a.reactions(list))
	}
}

func (a *article) Counts(c feeds.Counts) {
	a.acts = a.Drawing.acts(a.row)
	if c.Quotes > 0 {
		a.quotes = El("span", nil, Text(a.Words.N("post.quotes", c.Quotes)))
	}
}

func (a *article) Language(string) {
	if name := a.Words.LanguageName(language(a.from)); name != "" {
		a.language = El("span", nil, Text(name))
	}
}

func (a *article) Application(app *feeds.Application) {
	if app.Name != "" {
		a.with = El("span", nil, a.sentence("post.with", outside(app.URL, nil, El("bdi", nil, Text(app.Name))))...)
	}
}

func (a *article) License(l *feeds.License) {
	a.license = El("span", nil, a.sentence("post.license", outside(l.URL, nil, El("bdi", nil, Text(cmp.Or(l.Name, host(l.URL))))))...)
}

// Visibility says who a post was addressed to. What isn't public never comes here, and who reads a page sees that it can be read.
func (a *article) Visibility(feeds.Visibility) {}
