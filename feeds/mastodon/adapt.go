package mastodon

import (
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// unreadableParent is the in_reply_to_id that Akkoma writes for a parent which is known to exist and can't be read.
const unreadableParent = "_"

// entry adapts what stands in a list: a status, or a boost, which has an id and a time of its own and holds the boosted status.
func (a *answer) entry(w *status) (apiclient.Item, error) {
	if w.ID == "" {
		return apiclient.Item{}, apiclient.ErrNoID
	}
	if !isOpen(visibilityOf(w.Visibility)) {
		return apiclient.Item{}, apiclient.ErrHidden
	}
	original := w
	if w.Reblog != nil && w.Reblog.ID != "" {
		original = w.Reblog
	}
	post, err := a.post(original, withQuote)
	if err != nil {
		return apiclient.Item{}, err
	}
	if original == w {
		return apiclient.ItemOf(post), nil
	}
	return apiclient.BoostOf(post, string(w.ID), w.CreatedAt, w.Account, a.author)
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
		return nil, apiclient.ErrHidden
	}
	published := apiclient.Time(w.CreatedAt)
	switch {
	case w.ID == "":
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	case w.Account == nil:
		return nil, apiclient.ErrNoAuthor
	}
	author, err := a.author(w.Account)
	if err != nil {
		return nil, err
	}
	p := &feeds.Post{
		URI:         a.Link(w.URI),
		URL:         a.Link(w.URL),
		Author:      author,
		Published:   published,
		Edited:      apiclient.Time(w.EditedAt),
		Sensitive:   w.Sensitive == apiclient.Yes,
		Language:    apiclient.LanguageTag(w.Language),
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
		License:     a.licenseOf(w.Media),
		Quote:       a.quoteOf(w, d),
	}
	p.Key = a.keyOf(w, p)
	if p.URL == "" {
		p.URL = p.URI
	}
	if !p.Edited.After(p.Published) { // Friendica repeats the time of writing
		p.Edited = time.Time{}
	}
	if p.Title = titleOf(w); p.Title == "" {
		p.Warning, p.Warned = apiclient.Warning(w.SpoilerText, p.Sensitive)
	}
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
	return feeds.Key(a.Host() + "/" + string(w.ID))
}

// body is the text of a post. Pictures in it, which blogs and forums have, hang on the post.
func (a *answer) body(w *status, p *feeds.Post) content.Doc {
	o := content.Options{Emoji: p.Emoji, BaseURL: a.Origin() + "/", Spaces: true, FilmLinks: true, Formulas: true}
	for _, m := range w.Mentions {
		o.Mentions = append(o.Mentions, content.MentionRef{URL: m.URL, Handle: a.handle(m.Acct, m.Username, m.URL)})
	}
	for _, t := range p.Tags {
		o.Tags = append(o.Tags, t.Name)
	}
	var pictures []content.Picture
	if len(p.Media) == 0 { // else they are among these
		o.Pictures = &pictures
	}
	d := content.ParseHTML(w.Content, o)
	p.Media = apiclient.WithPictures(p.Media, pictures)
	if apiclient.HostOf(p.URI) == a.Host() {
		d = apiclient.OwnPages(d, a.Host())
	}
	return d
}

func (a *answer) sightingOf(w *status, p *feeds.Post) feeds.Sighting {
	s := feeds.Sighting{Host: a.Host(), ID: string(w.ID), At: a.At}
	s.Origin = w.Account.isLocal() || apiclient.HostOf(p.URI) == a.Host()
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
	if w.InReplyToID != unreadableParent {
		r.ID = string(w.InReplyToID)
	}
	if w.Akkoma != nil {
		r.Key = feeds.Key(a.Link(w.Akkoma.InReplyToAPID))
	}
	if parent := w.InReplyToStatus; parent != nil && r.Key == "" {
		r.Key = feeds.Key(a.Link(parent.URI))
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

// titleOf returns the title that Friendica sends as a post's content warning; "" for all else.
func titleOf(w *status) string {
	if title := strings.TrimSpace(w.SpoilerText); w.Friendica != nil && title == strings.TrimSpace(w.Friendica.Title) {
		return title
	}
	return ""
}

// visibilityOf maps the words of forks to the nearest of Mastodon's. What isn't known was hardly meant for everybody.
func visibilityOf(v string) feeds.Visibility {
	switch v {
	case "public", "": // servers from before the field have only public posts
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
		Replies:    w.RepliesCount.Count(),
		Boosts:     w.ReblogsCount.Count(),
		Favourites: w.FavouritesCount.Count(),
		Quotes:     w.QuotesCount.Count(),
	}
	if !w.RepliesCount.Known {
		c.Replies = w.ReplyCount.Count()
	}
	if !w.QuotesCount.Known && w.Pleroma != nil {
		c.Quotes = w.Pleroma.QuotesCount.Count()
	}
	return c
}
