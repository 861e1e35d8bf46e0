package misskey

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/wire"
)

var (
	errHidden   = errors.New("not for everybody") // a note that is dropped, which is no failure
	errNoID     = errors.New("a note without an id")
	errNoTime   = errors.New("a note without a time")
	errNoAuthor = errors.New("a note without a user")
	errNoName   = errors.New("a user without a name")
	errNoList   = errors.New("no list where one is expected")
)

// visibilityOf maps home, which is shown everywhere but in timelines, to Unlisted. The rest isn't for guests.
func visibilityOf(w *note) (feeds.Visibility, error) {
	if w.IsHidden == wire.Yes || w.DeletedAt != "" {
		return "", errHidden
	}
	switch w.Visibility {
	case "public", "":
		return feeds.Public, nil
	case "home":
		return feeds.Unlisted, nil
	}
	return "", errHidden
}

// isRenote reports a note that only passes another one on; one with words of its own is a quote.
func (w *note) isRenote() bool {
	return w.RenoteID != "" && w.Text == "" && w.CW == nil && len(w.Files) == 0 && w.Poll == nil
}

// page adapts a list of notes. What a guest may not read is left out, and so is what can't be adapted: one broken note must not
// cost the others. When all are broken the answer is BadData.
func (a *answer) page(ctx context.Context, list wire.List[note]) (*feeds.Page, error) {
	a.loadEmoji(ctx, slices.ContainsFunc(list, func(n note) bool { return a.needsEmoji(&n) }))
	page := &feeds.Page{}
	var broken error
	for i := range list {
		entry, post, err := a.entry(&list[i])
		switch {
		case err == nil:
			page.Entries = append(page.Entries, entry)
			page.Posts = append(page.Posts, post)
		case !errors.Is(err, errHidden):
			broken = err
		}
	}
	if broken != nil && len(page.Entries) == 0 {
		return nil, a.server.BadData(a.Answer, broken)
	}
	return page, nil
}

// needsEmoji reports a note of the server's own that names emoji whose addresses didn't come with it.
func (a *answer) needsEmoji(w *note) bool {
	for n := w; n != nil; n = n.Renote {
		if n.User != nil && n.User.Host == "" {
			for _, text := range [...]string{n.Text, n.User.Name} {
				for name := range shortcodes(text) {
					if n.Emojis[name] == "" && n.User.Emojis[name] == "" {
						return true
					}
				}
			}
		}
		for name := range n.Reactions {
			if strings.HasSuffix(name, "@.:") {
				return true
			}
		}
	}
	return false
}

func (a *answer) entry(w *note) (feeds.Entry, *feeds.Post, error) {
	if w.ID == "" {
		return feeds.Entry{}, nil, errNoID
	}
	if _, err := visibilityOf(w); err != nil {
		return feeds.Entry{}, nil, err
	}
	original := w
	if w.isRenote() {
		if original = w.Renote; original == nil {
			return feeds.Entry{}, nil, errHidden // of a note that was deleted, or isn't for guests
		}
	}
	post, err := a.note(original, true)
	if err != nil {
		return feeds.Entry{}, nil, err
	}
	entry := feeds.Entry{Key: post.Key, At: post.Published, WrapperID: w.ID}
	if original == w {
		return entry, post, nil
	}
	if entry.At = wire.Time(w.CreatedAt); entry.At.IsZero() {
		return feeds.Entry{}, nil, errNoTime
	}
	if w.User == nil {
		return feeds.Entry{}, nil, errNoAuthor
	}
	entry.BoostedBy, err = a.author(w.User)
	return entry, post, err
}

// note adapts a note that is no renote. Of what a quoted note quotes only the address is kept.
func (a *answer) note(w *note, withQuote bool) (*feeds.Post, error) {
	visibility, err := visibilityOf(w)
	published := wire.Time(w.CreatedAt)
	switch {
	case err != nil:
		return nil, err
	case w.ID == "":
		return nil, errNoID
	case published.IsZero():
		return nil, errNoTime
	case w.User == nil:
		return nil, errNoAuthor
	}
	author, err := a.author(w.User)
	if err != nil {
		return nil, err
	}
	local := w.User.Host == ""
	p := &feeds.Post{
		URI:        a.server.Link(w.URI),
		Author:     author,
		Published:  published,
		Edited:     wire.Time(w.UpdatedAt),
		Language:   wire.LanguageTag(w.Lang),
		Media:      a.mediaOf(w.Files),
		Reactions:  a.reactionsOf(w),
		Counts:     feeds.Counts{Replies: w.RepliesCount.Count(), Boosts: w.RenoteCount.Count(), Favourites: -1, Quotes: -1},
		Visibility: visibility,
	}
	if p.URI == "" {
		p.URI = a.server.Origin() + "/notes/" + url.PathEscape(w.ID)
	}
	p.Key, p.URL = feeds.Key(p.URI), cmp.Or(a.server.Link(w.URL), p.URI)
	if !p.Edited.After(p.Published) {
		p.Edited = time.Time{}
	}
	a.finish(p, w, local, withQuote)
	return p, nil
}

// finish fills what needs the author, and the emoji that all texts of a note share.
func (a *answer) finish(p *feeds.Post, w *note, local, withQuote bool) {
	warning := ""
	if w.CW != nil {
		warning = strings.TrimSpace(*w.CW)
		p.Sensitive = true // "" hides the text without saying why
	}
	for _, f := range w.Files {
		p.Sensitive = p.Sensitive || f.Sensitive == wire.Yes
	}
	p.Warning = warning
	p.Emoji = a.emojiIn(local, []emojis{w.Emojis, w.User.Emojis}, w.Text, warning)
	p.Body = content.ParseMFM(w.Text, content.Options{Emoji: p.Emoji, BaseURL: a.homeOf(p.Author)})
	p.Poll = a.pollOf(w, p.Emoji)
	for _, t := range w.Tags {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "#"); t != "" {
			p.Tags = append(p.Tags, feeds.Tag{Name: t, URL: a.server.Origin() + "/tags/" + url.PathEscape(t)})
		}
	}
	p.ReplyTo = a.replyOf(w, p)
	if w.RenoteID != "" {
		p.Quote = a.quoteOf(w, withQuote)
	}
	p.Sightings = []feeds.Sighting{{Host: a.Host(), ID: w.ID, ParentID: w.ReplyID, At: a.At, Origin: local}}
}

// homeOf is where a mention without a host, and a hashtag, lead: the author's own server.
func (a *answer) homeOf(author *feeds.Author) string {
	if author.Domain == a.Host() {
		return a.server.Origin() + "/"
	}
	return "https://" + author.Domain + "/"
}

func (a *answer) replyOf(w *note, p *feeds.Post) *feeds.ReplyTo {
	if w.ReplyID == "" {
		return nil
	}
	to := &feeds.ReplyTo{ID: w.ReplyID}
	if r := w.Reply; r != nil && r.User != nil {
		to.Key = feeds.Key(cmp.Or(a.server.Link(r.URI), a.server.Origin()+"/notes/"+url.PathEscape(w.ReplyID)))
		to.Handle = r.User.Username + "@" + cmp.Or(strings.ToLower(r.User.Host), a.Host())
		to.Self = to.Handle == p.Author.Handle()
	}
	return to
}

func (a *answer) quoteOf(w *note, withQuote bool) *feeds.Quote {
	page := a.server.Origin() + "/notes/" + url.PathEscape(w.RenoteID)
	if w.Renote == nil {
		return &feeds.Quote{State: feeds.QuoteUnauthorized, ID: w.RenoteID, URL: page}
	}
	q := &feeds.Quote{State: feeds.QuoteAccepted, ID: w.RenoteID, URL: cmp.Or(a.server.Link(w.Renote.URL), a.server.Link(w.Renote.URI), page)}
	if !withQuote {
		return q
	}
	post, err := a.note(w.Renote, false)
	if err != nil {
		return &feeds.Quote{State: feeds.QuoteUnauthorized, ID: w.RenoteID}
	}
	q.Post = post
	return q
}

func (a *answer) pollOf(w *note, emoji []content.CustomEmoji) *feeds.Poll {
	if w.Poll == nil || len(w.Poll.Choices) == 0 {
		return nil
	}
	p := &feeds.Poll{ID: w.ID, Voters: -1, Multiple: w.Poll.Multiple == wire.Yes, Ends: wire.Time(w.Poll.ExpiresAt), Emoji: emoji}
	p.Expired = !p.Ends.IsZero() && p.Ends.Before(a.At)
	for _, c := range w.Poll.Choices {
		p.Options = append(p.Options, feeds.PollOption{Title: c.Text, Votes: c.Votes.Count()})
		p.Votes += max(c.Votes.Count(), 0)
	}
	return p
}

// reactionsOf are the emoji that people answered with, the most frequent first. A custom one is called ":name@.:" or
// ":name@host:".
func (a *answer) reactionsOf(w *note) []feeds.Reaction {
	var out []feeds.Reaction
	for name, n := range w.Reactions {
		if n.Count() <= 0 {
			continue
		}
		r := feeds.Reaction{Name: name, Count: n.Count()}
		if code, custom := strings.CutPrefix(name, ":"); custom {
			code = strings.TrimSuffix(code, ":")
			short, host, _ := strings.Cut(code, "@")
			address := cmp.Or(w.ReactionEmojis[code], w.Emojis[code], w.Emojis[short])
			if address == "" && (host == "" || host == ".") {
				address = a.own[short]
			}
			r.Name, r.URL = short, a.server.Link(address)
			if r.URL == "" {
				r.Name = ":" + short + ":"
			}
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(x, y feeds.Reaction) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), strings.Compare(x.Name, y.Name))
	})
	return out
}

func (a *answer) mediaOf(files wire.List[file]) []feeds.Media {
	var out []feeds.Media
	for _, f := range files {
		m := feeds.Media{
			Kind: kindOf(f.Type), URL: a.server.Link(f.URL), Preview: a.server.Link(f.Thumbnail), Alt: strings.TrimSpace(f.Comment), Blurhash: f.Blurhash,
			Width: f.Properties.Width.Size(), Height: f.Properties.Height.Size(),
		}
		if m.URL == "" {
			continue
		}
		if f.Properties.Orientation.Size() >= 5 {
			m.Width, m.Height = m.Height, m.Width
		}
		out = append(out, m)
	}
	return out
}

func kindOf(mediaType string) feeds.MediaKind {
	main, _, _ := strings.Cut(mediaType, "/")
	switch main {
	case "image":
		return feeds.Image
	case "video":
		return feeds.Video
	case "audio":
		return feeds.Audio
	}
	return feeds.UnknownMedia
}
