package markup

import "vitrine/feeds"

// quote draws a post within a post, or says why it isn't there. A quote within it is named and never drawn.
func (d *Drawing) quote(r Row) Node {
	q := r.Post.Quote
	if q.Post == nil {
		return El("blockquote", At("class", "quote", "data-part", "quote").Filled("cite", first(q.URL)), d.quoteMissing(q))
	}
	p := q.Post
	inner := Row{Post: p, Place: Place{Kind: Reply}, quoted: true}
	by := El("div", At("class", "by"), d.avatar(p.Author, quoteSize), d.who(inner, ""), d.when(p, ""))
	children := []Node{by}
	if p.Title != "" {
		title := d.named(p.Title, p.Emoji)
		children = append(children, El("p", At("class", "headline", "dir", "auto"), link(d.Links.Post(p), nil, title...)))
	}
	if p.Warning == "" {
		children = append(children, d.quotedParts(inner)...)
	} else {
		children = append(children, d.warning(inner, d.quotedParts(inner)))
	}
	return El("blockquote", At("class", "quote", "data-part", "quote").Filled("cite", first(p.URL)), children...)
}

// quotedParts are the text, the media and the poll of a quoted post. What it quotes and links to is one tap away.
func (d *Drawing) quotedParts(r Row) []Node {
	p := r.Post
	var out []Node
	if blocks := spoken(p); len(blocks) > 0 {
		out = append(out, El("div", Attrs(nil).Filled("lang", language(p.Language)).When(true, "dir", "auto"), d.blocks(blocks, &outline{above: 2})...))
	}
	out = append(out, d.media(r)...)
	out = append(out, d.poll(p))
	if p.Quote != nil {
		out = append(out, El("p", At("class", "quiet"), link(d.Links.Post(p), nil, Text(d.Words.T("quote.nested")))))
	}
	return out
}

func (d *Drawing) quoteMissing(q *feeds.Quote) Node {
	words := Text(d.Words.T(quoteWords(q.State)))
	if q.URL == "" || q.State == feeds.QuoteDeleted {
		return El("p", At("class", "quiet"), words)
	}
	return El("p", At("class", "quiet"), words, Text(" "), outside(q.URL, nil, Text(d.Words.T("quote.open"))))
}

func quoteWords(s feeds.QuoteState) string {
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
