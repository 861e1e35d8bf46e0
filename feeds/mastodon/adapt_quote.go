package mastodon

import "vitrine/feeds"

// quoteOf reads a quote in any of its forms: Mastodon's with a state; the quoted status itself (Fedibird, Akkoma, Friendica) or
// below "pleroma"; or the mere id or address of one that isn't shown.
func (a *answer) quoteOf(w *status, d depth) *feeds.Quote {
	q, id, page := w.Quote, w.QuoteID, ""
	if w.Pleroma != nil {
		if q.isEmpty() {
			q = w.Pleroma.Quote
		}
		if id == "" {
			id = w.Pleroma.QuoteID
		}
		page = a.Link(w.Pleroma.QuoteURL)
	}
	switch {
	case !q.isEmpty() && q.State != "":
		return a.statedQuote(q, d)
	case !q.isEmpty():
		return a.quoted(&q.status, d)
	case id == "" && page == "":
		return nil
	}
	return &feeds.Quote{State: feeds.QuoteUnauthorized, ID: string(id), URL: page}
}

// isEmpty recognises null, and the false that Sharkey writes for it.
func (q *quote) isEmpty() bool {
	return q == nil || q.State == "" && q.status.ID == ""
}

func (a *answer) statedQuote(q *quote, d depth) *feeds.Quote {
	state := quoteState(q.State)
	if state == feeds.QuoteAccepted && q.QuotedStatus != nil && q.QuotedStatus.ID != "" {
		return a.quoted(q.QuotedStatus, d)
	}
	return &feeds.Quote{State: state, ID: string(q.QuotedStatusID)}
}

// quoted is a quote whose post is there. One that is not for everybody, or broken, is not shown.
func (a *answer) quoted(w *status, d depth) *feeds.Quote {
	q := &feeds.Quote{State: feeds.QuoteAccepted, ID: string(w.ID), URL: a.Link(w.URL)}
	if q.URL == "" {
		q.URL = a.Link(w.URI)
	}
	if d == bareQuote {
		return q
	}
	post, err := a.post(w, bareQuote)
	if err != nil {
		return &feeds.Quote{State: feeds.QuoteUnauthorized, ID: q.ID}
	}
	q.Post = post
	return q
}

// quoteState knows the states up to Mastodon 4.5. https://docs.joinmastodon.org/entities/Quote/#state says of others: show them
// as unauthorized.
func quoteState(s string) feeds.QuoteState {
	switch state := feeds.QuoteState(s); state {
	case feeds.QuoteAccepted, feeds.QuotePending, feeds.QuoteRejected, feeds.QuoteRevoked, feeds.QuoteDeleted:
		return state
	}
	switch s {
	case "blocked_account", "blocked_domain", "muted_account":
		return feeds.QuoteBlocked
	}
	return feeds.QuoteUnauthorized
}
