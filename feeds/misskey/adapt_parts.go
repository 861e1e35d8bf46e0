package misskey

import (
	"cmp"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// replyOf names what a note answers. The answered note comes along in most lists.
func (a *answer) replyOf(w *note, author *feeds.Author) *feeds.ReplyTo {
	if w.ReplyID == "" {
		return nil
	}
	to := &feeds.ReplyTo{ID: string(w.ReplyID)}
	r := w.Reply
	if r == nil || r.ID != w.ReplyID || r.User == nil {
		return to
	}
	to.Key = feeds.Key(a.uriOf(r))
	if user, domain, ok := a.nameOf(r.User); ok {
		to.Handle = user + "@" + domain
		to.Self = to.Handle == author.Handle()
	}
	return to
}

// quoteOf reads a quote. A quoted note that doesn't come along was deleted or isn't for guests.
func (a *answer) quoteOf(w *note, d depth) *feeds.Quote {
	switch {
	case w.RenoteID == "":
		return nil
	case w.Renote == nil:
		return &feeds.Quote{State: feeds.QuoteUnauthorized, ID: string(w.RenoteID), URL: a.pageOf(w.RenoteID)}
	}
	q := &feeds.Quote{
		State: feeds.QuoteAccepted,
		ID:    string(w.RenoteID),
		URL:   cmp.Or(a.Link(w.Renote.URL), a.Link(w.Renote.URI), a.pageOf(w.RenoteID)),
	}
	if d == bareQuote {
		return q
	}
	post, err := a.note(w.Renote, bareQuote)
	if err != nil {
		return &feeds.Quote{State: feeds.QuoteUnauthorized, ID: string(w.RenoteID)}
	}
	q.Post = post
	return q
}

func (a *answer) pollOf(w *note, emoji []content.CustomEmoji) *feeds.Poll {
	if w.Poll == nil || len(w.Poll.Choices) == 0 {
		return nil
	}
	p := &feeds.Poll{ID: string(w.ID), Voters: -1, Multiple: w.Poll.Multiple == apiclient.Yes, Ends: apiclient.Time(w.Poll.ExpiresAt), Emoji: emoji}
	p.Expired = !p.Ends.IsZero() && p.Ends.Before(a.At)
	for _, c := range w.Poll.Choices {
		p.Options = append(p.Options, feeds.PollOption{Title: c.Text, Votes: c.Votes.Count()})
		p.Votes += c.Votes.Size()
	}
	return p
}

// reactionsOf are the emoji that people answered with, the most frequent first.
func (a *answer) reactionsOf(w *note) []feeds.Reaction {
	given := w.Reactions
	if len(given) == 0 {
		given = w.ReactionCounts
	}
	var reactions []feeds.Reaction
	for name, n := range given {
		if n.Count() > 0 && name != "" {
			r := a.reaction(w, name)
			r.Count = n.Count()
			reactions = append(reactions, r)
		}
	}
	apiclient.SortStable(reactions, func(x, y feeds.Reaction) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), strings.Compare(x.Name, y.Name), strings.Compare(x.URL, y.URL))
	})
	return reactions
}

// reaction reads ":name@.:" and, before 12, ":name:" for an emoji of the server asked; ":name@host:" for one of another; a word of
// versions 10 and 11; or the character itself. What can't be drawn keeps its colons.
func (a *answer) reaction(w *note, key string) feeds.Reaction {
	code, custom := strings.CutPrefix(key, ":")
	if !custom {
		return feeds.Reaction{Name: cmp.Or(formerReaction(key), key)}
	}
	code = strings.TrimSuffix(code, ":")
	name, host, _ := strings.Cut(code, "@")
	address := cmp.Or(w.ReactionEmojis[code], w.Emojis[code], w.Emojis[name])
	if address == "" && (host == "" || host == ".") {
		address = a.ownAddress(name)
	}
	if link := a.Link(address); link != "" {
		return feeds.Reaction{Name: name, URL: link, Static: a.still(link)}
	}
	return feeds.Reaction{Name: ":" + name + ":"}
}

// formerReaction is the character for a word that stood for it up to version 11; "" for anything else.
func formerReaction(word string) string {
	switch word {
	case "like":
		return "👍"
	case "love":
		return "❤"
	case "laugh":
		return "😆"
	case "hmm":
		return "🤔"
	case "surprise":
		return "😮"
	case "congrats":
		return "🎉"
	case "angry":
		return "💢"
	case "confused":
		return "😥"
	case "rip":
		return "😇"
	case "pudding":
		return "🍮"
	case "star":
		return "⭐"
	}
	return ""
}

func (a *answer) mediaOf(files []file) []feeds.Media {
	var media []feeds.Media
	for i := range files {
		f := &files[i]
		m := feeds.Media{
			Kind:     mediaKind(f.Type),
			URL:      a.Link(f.URL),
			Preview:  a.Link(f.Thumbnail),
			Alt:      strings.TrimSpace(f.Comment),
			Blurhash: f.Blurhash,
			Width:    f.Properties.Width.Size(),
			Height:   f.Properties.Height.Size(),
		}
		if m.URL == "" && m.Preview == "" {
			continue
		}
		if f.Properties.Orientation.Size() >= 5 {
			m.Width, m.Height = m.Height, m.Width
		}
		if m.Kind != feeds.Image && m.Preview == m.URL {
			m.Preview = ""
		}
		media = append(media, m)
	}
	return media
}

func mediaKind(mediaType string) feeds.MediaKind {
	sort, _, _ := strings.Cut(mediaType, "/")
	switch strings.ToLower(sort) {
	case "image":
		return feeds.Image
	case "video":
		return feeds.Video
	case "audio":
		return feeds.Audio
	}
	if mediaType == "application/ogg" {
		return feeds.Audio
	}
	return feeds.UnknownMedia
}
