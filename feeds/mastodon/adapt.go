package mastodon

import (
	"errors"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

var (
	errHidden   = errors.New("not addressed to everybody") // a post that is dropped, which is no failure
	errNoID     = errors.New("a status without an id")
	errNoTime   = errors.New("a status without a time")
	errNoAuthor = errors.New("a status without an account")
	errNoName   = errors.New("an account without a name")
)

// ghost is the in_reply_to_id that Akkoma writes for a parent which is known to exist and can't be read.
const ghost = "_"

// entry adapts what stands in a list: a status, or a boost, which has an id and a time of its own and holds the boosted status.
func (a *answer) entry(w *status) (feeds.Entry, *feeds.Post, error) {
	if w.ID == "" {
		return feeds.Entry{}, nil, errNoID
	}
	if !isOpen(visibilityOf(w.Visibility)) {
		return feeds.Entry{}, nil, errHidden
	}
	original := w
	if w.Reblog != nil && w.Reblog.ID != "" {
		original = w.Reblog
	}
	post, err := a.post(original, withQuote)
	if err != nil {
		return feeds.Entry{}, nil, err
	}
	entry := feeds.Entry{Key: post.Key, At: post.Published, WrapperID: string(w.ID)}
	if original == w {
		return entry, post, nil
	}
	if entry.At = parseTime(w.CreatedAt); entry.At.IsZero() {
		return feeds.Entry{}, nil, errNoTime
	}
	if w.Account == nil {
		return feeds.Entry{}, nil, errNoAuthor
	}
	entry.BoostedBy, err = a.author(w.Account)
	return entry, post, err
}

// depth says what becomes of a quoted post: within a quoted post only its address is kept.
type depth bool

const (
	withQuote depth = true
	bareQuote depth = false
)

// post adapts a status that is no boost.
func (a *answer) post(w *status, d depth) (*feeds.Post, error) {
	visibility := visibilityOf(w.Visibility)
	if !isOpen(visibility) {
		return nil, errHidden
	}
	published := parseTime(w.CreatedAt)
	switch {
	case w.ID == "":
		return nil, errNoID
	case published.IsZero():
		return nil, errNoTime
	case w.Account == nil:
		return nil, errNoAuthor
	}
	author, err := a.author(w.Account)
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:         a.link(w.URI),
		URL:         a.link(w.URL),
		Author:      author,
		Published:   published,
		Edited:      parseTime(w.EditedAt),
		Sensitive:   w.Sensitive == yes,
		Language:    languageTag(w.Language),
		Media:       a.mediaOf(w.Media),
		Poll:        a.pollOf(w.Poll),
		Card:        a.cardOf(w.Card),
		Mentions:    a.mentionsOf(w.Mentions),
		Tags:        a.tagsOf(w.Tags),
		Emoji:       a.emojiOf(w.Emojis),
		Reactions:   a.reactionsOf(w),
		Counts:      countsOf(w),
		Visibility:  visibility,
		Application: a.applicationOf(w.Application),
		Quote:       a.quoteOf(w, d),
	}
	p.Key = a.keyOf(w, p)
	if p.URL == "" {
		p.URL = p.URI
	}
	if !p.Edited.After(p.Published) { // Friendica repeats the time of writing
		p.Edited = time.Time{}
	}
	p.Title, p.Warning = titleAndWarning(w)
	p.Body = a.body(w, p)
	p.ReplyTo = a.replyOf(w, p)
	p.Sightings = []feeds.Sighting{a.sightingOf(w, p)}
	return p, nil
}

// keyOf is the URI as it is checked; Mastodon before 2.0 had URIs of the scheme tag.
func (a *answer) keyOf(w *status, p *feeds.Post) feeds.Key {
	for _, k := range [...]string{p.URI, w.URI, p.URL} {
		if k != "" {
			return feeds.Key(k)
		}
	}
	return feeds.Key(a.host + "/" + string(w.ID))
}

func (a *answer) body(w *status, p *feeds.Post) content.Doc {
	o := content.Options{Emoji: p.Emoji, BaseURL: a.origin + "/"}
	for _, m := range w.Mentions {
		o.Mentions = append(o.Mentions, content.MentionRef{URL: m.URL, Handle: a.handle(m.Acct, m.Username, m.URL)})
	}
	for _, t := range p.Tags {
		o.Tags = append(o.Tags, t.Name)
	}
	return content.ParseHTML(w.Content, o)
}

func (a *answer) sightingOf(w *status, p *feeds.Post) feeds.Sighting {
	s := feeds.Sighting{Host: a.host, ID: string(w.ID), At: a.at}
	s.Origin = w.Account.isLocal() || hostOf(p.URI) == a.host
	if p.ReplyTo != nil {
		s.ParentID = p.ReplyTo.ID
	}
	return s
}

// replyOf names what a status answers. The account may be known where the status isn't; the account's handle is among the
// mentions, unless the author answers themself.
func (a *answer) replyOf(w *status, p *feeds.Post) *feeds.ReplyTo {
	if w.InReplyToID == "" && w.InReplyToAccountID == "" {
		return nil
	}
	r := &feeds.ReplyTo{Self: w.InReplyToAccountID != "" && w.InReplyToAccountID == w.Account.ID}
	if w.InReplyToID != ghost {
		r.ID = string(w.InReplyToID)
	}
	if w.Akkoma != nil {
		r.Key = feeds.Key(a.link(w.Akkoma.InReplyToAPID))
	}
	if parent := w.InReplyToStatus; parent != nil && r.Key == "" {
		r.Key = feeds.Key(a.link(parent.URI))
	}
	if r.Self {
		r.Handle = p.Author.Handle()
		return r
	}
	for i, m := range w.Mentions {
		if m.ID != "" && m.ID == w.InReplyToAccountID {
			r.Handle = p.Mentions[i].Handle
		}
	}
	if r.Handle == "" && w.Pleroma != nil && w.Pleroma.InReplyToAcct != "" {
		r.Handle = a.handle(w.Pleroma.InReplyToAcct, "", "")
	}
	return r
}

// titleAndWarning tells them apart: Friendica sends a post's title as its content warning.
func titleAndWarning(w *status) (title, warning string) {
	warning = strings.TrimSpace(w.SpoilerText)
	if w.Friendica != nil && warning != "" && warning == strings.TrimSpace(w.Friendica.Title) {
		return warning, ""
	}
	return "", warning
}

// visibilityOf maps the words of forks to the nearest of Mastodon's. What isn't known was hardly meant for everybody.
func visibilityOf(v string) feeds.Visibility {
	switch v {
	case "public", "": // before visibility was told, all was public
		return feeds.Public
	case "unlisted", "public_unlisted": // kmyblue: not in its local timeline
		return feeds.Unlisted
	case "direct":
		return feeds.Direct
	}
	return feeds.Limited // private; mutual, limited, login, circle (Fedibird, kmyblue), local, list (Pleroma), group, self
}

func isOpen(v feeds.Visibility) bool { return v == feeds.Public || v == feeds.Unlisted }

func countsOf(w *status) feeds.Counts {
	c := feeds.Counts{
		Replies:    w.RepliesCount.count(),
		Boosts:     w.ReblogsCount.count(),
		Favourites: w.FavouritesCount.count(),
		Quotes:     w.QuotesCount.count(),
	}
	if !w.RepliesCount.known {
		c.Replies = w.ReplyCount.count()
	}
	if !w.QuotesCount.known && w.Pleroma != nil {
		c.Quotes = w.Pleroma.QuotesCount.count()
	}
	return c
}

// languageTag returns a BCP 47 tag, "" for what can't be one: it goes into an attribute that browsers choose fonts by.
func languageTag(s string) string {
	s = strings.ReplaceAll(s, "_", "-")
	if len(s) > 35 || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return ""
	}
	return s
}
