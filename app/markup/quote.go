package markup

import (
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/parts"
)

// quote draws a post within a post, or says why it isn't there. A quote within it is named and never drawn. id is that of the post that quotes it.
func (d *Drawing) quote(q *feeds.Quote, id string) Node {
	if q.Post == nil {
		return El("blockquote", At("class", "quote", "data-part", "quote").Filled("cite", first(q.URL)), d.quoteMissing(q))
	}
	inner := quoted{article{Drawing: d.noted(q.Post.Body.Blocks, "q"+id), row: Row{Post: q.Post, Place: Place{Kind: Reply}, quoted: true}}}
	parts.Walk(q.Post, feeds.Entry{}, &inner)
	return El("blockquote", At("class", "quote", "data-part", "quote").Filled("cite", first(q.Post.URL)),
		append([]Node{inner.byline, inner.headline}, inner.behind()...)...)
}

// quoted draws the text, the media, the event and the poll of a quoted post. What else it has is one tap away.
type quoted struct{ article }

func (q *quoted) Byline(a *feeds.Author, _ time.Time) {
	q.byline = El("div", At("class", "by"), q.avatar(a, quoteSize), q.who(q.row, ""), q.when(q.row.Post, ""))
}

func (q *quoted) Title(title string, emoji []content.CustomEmoji) {
	q.headline = El("p", At("class", "headline", "dir", "auto"), link(q.Links.Post(q.row.Post), nil, q.named(title, emoji)...))
}

func (q *quoted) Body(doc content.Doc) {
	if len(doc.Blocks) > 0 {
		attrs := Attrs(nil).Filled("lang", language(q.row.Post.Language)).When(true, "dir", "auto")
		q.text = []Node{El("div", attrs, q.blocks(doc.Blocks, &outline{above: 2})...)}
	}
}

func (q *quoted) Quote(*feeds.Quote) {
	q.rest = append(q.rest, El("p", At("class", "quiet"), link(q.Links.Post(q.row.Post), nil, Text(q.Words.T("quote.nested")))))
}

// Card is drawn where the text can't have its link.
func (q *quoted) Card(c *feeds.Card) {
	if len(q.text) == 0 {
		q.article.Card(c)
	}
}

func (q *quoted) Reactions([]feeds.Reaction)     {}
func (q *quoted) Counts(feeds.Counts)            {}
func (q *quoted) CrossPosts([]feeds.CrossPost)   {}
func (q *quoted) Application(*feeds.Application) {}
func (q *quoted) License(*feeds.License)         {}

func (d *Drawing) quoteMissing(q *feeds.Quote) Node {
	words := Text(d.Words.T(QuoteWords(q.State)))
	if q.URL == "" || q.State == feeds.QuoteDeleted {
		return El("p", At("class", "quiet"), words)
	}
	return El("p", At("class", "quiet"), words, Text(" "), outside(q.URL, nil, Text(d.Words.T("quote.open"))))
}

// QuoteWords is the key of the sentence that says why a quoted post isn't there.
func QuoteWords(s feeds.QuoteState) string {
	switch s {
	case feeds.QuoteAccepted:
		return "quote.notLoaded"
	case feeds.QuotePending:
		return "quote.pending"
	case feeds.QuoteRejected:
		return "quote.rejected"
	case feeds.QuoteRevoked:
		return "quote.revoked"
	case feeds.QuoteDeleted:
		return "quote.deleted"
	case feeds.QuoteBlocked:
		return "quote.blocked"
	}
	return "quote.unauthorized"
}
