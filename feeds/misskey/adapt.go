package misskey

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// visibilityOf maps home, which is shown everywhere but in timelines, to Unlisted. The rest isn't for guests.
func visibilityOf(w *note) (feeds.Visibility, error) {
	switch {
	case w.DeletedAt != "":
		return "", apiclient.ErrDeleted
	case w.IsHidden == apiclient.Yes: // as the author wishes, who may have changed their mind since
		return "", apiclient.ErrHidden
	}
	switch w.Visibility {
	case "public", "":
		return feeds.Public, nil
	case "home":
		return feeds.Unlisted, nil
	}
	return "", apiclient.ErrHidden
}

// isRenote reports a note that only passes another one on; one with anything of its own is a quote.
func (w *note) isRenote() bool {
	return w.RenoteID != "" && w.ReplyID == "" && w.Text == "" && (w.CW == nil || *w.CW == "") && len(w.Files) == 0 && w.Poll == nil
}

// page adapts a list of notes.
func (a *answer) page(ctx context.Context, list []note) (*feeds.Page, error) {
	return withOwnEmoji(ctx, a, func() (*feeds.Page, error) {
		items, err := apiclient.Each(a.Answer, list, a.entry)
		if err != nil {
			return nil, err
		}
		return apiclient.PageOf(items), nil
	})
}

// entry adapts what stands in a list: a note, or a renote, which has an id and a time of its own and holds the note.
func (a *answer) entry(w *note) (apiclient.Item, error) {
	if w.ID == "" {
		return apiclient.Item{}, apiclient.ErrNoID
	}
	if _, err := visibilityOf(w); err != nil {
		return apiclient.Item{}, err
	}
	original := w
	if w.isRenote() {
		if original = w.Renote; original == nil {
			return apiclient.Item{}, apiclient.ErrHidden // of a note that was deleted, or isn't for guests
		}
	}
	post, err := a.note(original, withQuote)
	if err != nil {
		return apiclient.Item{}, err
	}
	if original == w {
		return apiclient.ItemOf(post), nil
	}
	return apiclient.BoostOf(post, string(w.ID), w.CreatedAt, w.User, a.author)
}

// depth says what becomes of a quoted note: within a quoted note only its address is kept.
type depth bool

const (
	withQuote depth = true
	bareQuote depth = false
)

// note adapts a note that is no renote.
func (a *answer) note(w *note, d depth) (*feeds.Post, error) {
	visibility, err := visibilityOf(w)
	published := apiclient.Time(w.CreatedAt)
	switch {
	case err != nil:
		return nil, err
	case w.ID == "":
		return nil, apiclient.ErrNoID
	case published.IsZero():
		return nil, apiclient.ErrNoTime
	case w.User == nil:
		return nil, apiclient.ErrNoAuthor
	}
	author, err := a.author(w.User)
	if err != nil {
		return nil, err
	}
	local := a.isLocal(w.User)
	p := &feeds.Post{
		URI:        a.uriOf(w),
		Author:     author,
		Published:  published,
		Edited:     apiclient.Time(w.UpdatedAt),
		Warning:    warningOf(w),
		Warned:     w.CW != nil, // an empty one hides the text without saying why
		Sensitive:  w.CW != nil,
		Language:   apiclient.LanguageTag(w.Lang),
		Channel:    w.channel(),
		Media:      a.mediaOf(w.Files),
		Emoji:      a.emojiIn(local, []emojis{w.Emojis, w.User.Emojis}, textsOf(w)...),
		Tags:       a.tagsOf(w.Tags),
		Reactions:  a.reactionsOf(w),
		Counts:     feeds.Counts{Replies: w.RepliesCount.Count(), Boosts: w.RenoteCount.Count(), Favourites: -1, Quotes: -1},
		Visibility: visibility,
	}
	p.URL = cmp.Or(a.Link(w.URL), p.URI, a.pageOf(w.ID))
	p.Key = feeds.Key(cmp.Or(p.URI, a.Link(w.URL), a.Host()+"/"+string(w.ID)))
	if !p.Edited.After(p.Published) {
		p.Edited = time.Time{}
	}
	for _, f := range w.Files {
		p.Sensitive = p.Sensitive || f.Sensitive == apiclient.Yes
	}
	p.Body = apiclient.OwnPages(content.ParseMFM(w.Text, content.Options{Emoji: p.Emoji, BaseURL: a.homeOf(author)}), author.Domain)
	p.Poll = a.pollOf(w, p.Emoji)
	p.ReplyTo = a.replyOf(w, author)
	p.Quote = a.quoteOf(w, d)
	p.Sightings = []feeds.Sighting{{Host: a.Host(), ID: string(w.ID), ParentID: string(w.ReplyID), At: a.At, Origin: local}}
	return p, nil
}

// uriOf is the ActivityPub id. Only remote notes come with theirs; without one a remote note has none that is known.
func (a *answer) uriOf(w *note) string {
	if uri := a.Link(w.URI); uri != "" || w.User == nil || !a.isLocal(w.User) {
		return uri
	}
	return a.pageOf(w.ID)
}

// pageOf is a note's page here, which for those written here is their ActivityPub id too.
func (a *answer) pageOf(id ident) string { return a.Origin() + "/notes/" + string(id) }

// homeOf is where a mention without a host, and a hashtag, lead: the author's own server.
func (a *answer) homeOf(author *feeds.Author) string {
	if author.Domain == a.Host() {
		return a.Origin() + "/"
	}
	return "https://" + author.Domain + "/"
}

// warningOf is the author's warning, and what Sharkey's moderators put before what they or all that they write. Misskey's markup
// is read in it too, and what is left is its text.
func warningOf(w *note) string {
	var warnings []string
	if w.CW != nil {
		warnings = append(warnings, *w.CW)
	}
	warnings = append(warnings, w.MandatoryCW)
	if w.User != nil {
		warnings = append(warnings, w.User.MandatoryCW)
	}
	whole := ""
	for _, warning := range warnings {
		warning, _ = apiclient.Warning(strings.Join(strings.Fields(content.PlainText(content.ParseMFM(warning, content.Options{}))), " "), true)
		switch {
		case warning == "" || strings.Contains(whole, warning):
		case whole == "":
			whole = warning
		default:
			whole += ", " + warning
		}
	}
	return whole
}

// textsOf are the texts of a note that may name emoji.
func textsOf(w *note) []string {
	texts := []string{w.Text, warningOf(w)}
	if w.Poll != nil {
		for _, c := range w.Poll.Choices {
			texts = append(texts, c.Text)
		}
	}
	return texts
}

func (a *answer) tagsOf(names []string) []feeds.Tag {
	var tags []feeds.Tag
	for _, name := range names {
		if t, ok := a.tag(name); ok {
			tags = append(tags, t)
		}
	}
	return tags
}

func (a *answer) tag(name string) (t feeds.Tag, ok bool) {
	name = strings.TrimPrefix(strings.TrimSpace(name), "#")
	t = feeds.Tag{Name: name, URL: a.Link(a.Origin() + "/tags/" + url.PathEscape(name))}
	return t, name != ""
}

// channel is the name of the room that a note was posted in; "" for none.
func (w *note) channel() string {
	if w.Channel == nil {
		return ""
	}
	return strings.TrimSpace(w.Channel.Name)
}
