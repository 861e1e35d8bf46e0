package archive

import (
	"cmp"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
	"vitrine/feeds/jsonfeed"
	"vitrine/feeds/jsontext"
)

// wireFeed is what is read of our own JSON Feeds beside what package syndication reads. Anybody may have written it: addresses are checked, texts are
// parsed into our tree, and what else is wrong is left out.
type wireFeed struct {
	Items []wireItem `json:"items"`
}

type wireItem struct {
	ID        string        `json:"id"`
	URL       string        `json:"url"`
	Title     string        `json:"title"`
	Authors   []wireAuthor  `json:"authors"`
	Handles   wireWho       `json:"_fediverse"`
	Extension jsonfeed.Post `json:"_vitrine"`
}

type wireAuthor struct {
	Name   string `json:"name"`
	Avatar string `json:"avatar"`
}

type wireWho struct {
	Handle string `json:"handle"`
}

// mostParts is how many of a list of parts are taken over: media, options, tags and the like.
const mostParts = 200

// ownItems reads the items that we have written, by their ids and addresses: a post that stands in a file twice, boosted too, has an id of its own
// nevertheless.
func ownItems(body []byte) map[string]*wireItem {
	var w wireFeed
	_ = jsontext.Unmarshal(body, &w) // what doesn't fit is left out, and the feed itself was read
	all := make(map[string]*wireItem, len(w.Items))
	for i := range w.Items {
		if item := &w.Items[i]; item.Handles.Handle != "" && safe(item.ID) != "" {
			all[item.ID], all[item.URL] = item, item
		}
	}
	delete(all, "")
	return all
}

// restore completes a post that was read from an item.
func (w *wireItem) restore(p *feeds.Post) {
	p.Key = feeds.Key(w.ID)
	if user, domain, ok := handle(w.Handles.Handle); ok && p.Author != nil {
		a := *p.Author
		a.User, a.Domain, a.Host, a.Community = user, domain, domain, strings.HasPrefix(w.Handles.Handle, "!")
		if len(w.Authors) > 0 {
			a.Name, a.Avatar = w.Authors[0].Name, safe(w.Authors[0].Avatar)
		}
		p.Author, p.Title = &a, w.Title
	}
	restore(p, &w.Extension)
}

// restore completes a post by what stands beside the fields of its item.
func restore(p *feeds.Post, w *jsonfeed.Post) {
	if w.Complete { // the item's own content holds all of this too
		emoji := emojiOf(w.Emoji)
		p.Body = content.ParseHTML(w.HTML, content.Options{BaseURL: p.URL, Emoji: emoji})
		p.Emoji = emoji
		if p.Author != nil {
			by := *p.Author
			by.Emoji, p.Author = emoji, &by
		}
		p.Media = nil
		for _, m := range some(w.Media) {
			if m, ok := mediumOf(&m); ok {
				p.Media = append(p.Media, m)
			}
		}
		p.Event, p.Poll, p.Card, p.Quote = eventOf(w.Event), pollOf(w.Poll), cardOf(w.Card), quoteOf(w.Quote)
		if p.Poll != nil {
			p.Poll.Emoji = emoji
		}
		for _, r := range some(w.Reactions) {
			if r.Name != "" && r.Count > 0 {
				p.Reactions = append(p.Reactions, feeds.Reaction{Name: r.Name, Count: r.Count, URL: safe(r.Image), Static: safe(r.Static)})
			}
		}
		for _, c := range some(w.CrossPosts) {
			p.CrossPosts = append(p.CrossPosts, feeds.CrossPost{URL: safe(c.URL), Title: c.Title, Group: strings.TrimPrefix(c.Group, "!"), Replies: number(c.Replies)})
		}
		if w.License != nil {
			p.License = feeds.LicenseOf(w.License.Name, safe(w.License.URL))
		}
		if w.Application != nil && w.Application.Name != "" {
			p.Application = &feeds.Application{Name: w.Application.Name, URL: safe(w.Application.URL)}
		}
		if w.Warning != "" {
			p.Warning, p.Warned = w.Warning, true
		}
		p.Deleted, p.Channel, p.Group = w.Deleted, w.Channel, authorOf(w.Group)
		if r := w.ReplyTo; r != nil {
			p.ReplyTo = &feeds.ReplyTo{Key: feeds.Key(safe(r.ID)), Self: r.Self}
			if user, domain, ok := handle(r.Handle); ok {
				p.ReplyTo.Handle = user + "@" + domain
			}
		}
	}
	if at := apiclient.Time(w.Edited); at.After(p.Published) {
		p.Edited = at
	}
	if at := apiclient.Time(w.FirstSeen); !at.IsZero() {
		p.Published, p.Undated = at, true
	}
	p.Sensitive = p.Sensitive || w.Sensitive
	if tags := some(w.Tags); len(tags) > 0 {
		p.Tags = nil
		for _, t := range tags {
			if t.Name != "" {
				p.Tags = append(p.Tags, feeds.Tag{Name: t.Name, URL: safe(t.URL)})
			}
		}
	}
	for _, m := range some(w.Mentions) {
		if user, domain, ok := handle(m.Handle); ok {
			p.Mentions = append(p.Mentions, feeds.Mention{Handle: user + "@" + domain, URL: safe(m.URL)})
		}
	}
	if c := w.Counts; c != nil {
		p.Counts = feeds.Counts{Replies: number(c.Replies), Boosts: number(c.Boosts), Favourites: number(c.Favourites), Quotes: number(c.Quotes), Score: c.Score}
	}
	if tag := apiclient.LanguageTag(w.Language); tag != "" {
		p.Language = tag
	}
	if w.Visibility == string(feeds.Unlisted) {
		p.Visibility = feeds.Unlisted
	}
}

func emojiOf(w []jsonfeed.Emoji) (out []content.CustomEmoji) {
	for _, e := range some(w) {
		if at := safe(e.URL); at != "" && e.Shortcode != "" {
			out = append(out, content.CustomEmoji{Shortcode: e.Shortcode, URL: at, Static: safe(e.Static)})
		}
	}
	return out
}

func authorOf(w *jsonfeed.Person) *feeds.Author {
	if w == nil {
		return nil
	}
	user, domain, ok := handle(w.Handle)
	if !ok {
		return nil
	}
	community := strings.HasPrefix(w.Handle, "!")
	return &feeds.Author{User: user, Domain: domain, Host: domain, Name: w.Name, URL: safe(w.URL), Group: community, Community: community}
}

func mediumOf(w *jsonfeed.Media) (m feeds.Media, ok bool) {
	m = feeds.Media{
		Kind: feeds.UnknownMedia, URL: safe(w.URL), Preview: safe(w.Preview), Original: safe(w.Original), Alt: w.Alt,
		Width: max(0, w.Width), Height: max(0, w.Height), Duration: seconds(w.Duration),
	}
	switch k := feeds.MediaKind(w.Kind); k {
	case feeds.Image, feeds.Video, feeds.Gifv, feeds.Audio:
		m.Kind = k
	}
	f := feeds.Film{Stream: safe(w.Stream), Index: safe(w.Index), Player: safe(w.Player), Begins: w.Begins}
	switch l := feeds.Live(w.Live); l {
	case feeds.LiveNow, feeds.LiveWaiting, feeds.LiveEnded:
		f.Live = l
	}
	for _, file := range some(w.Files) {
		if at := safe(file.URL); at != "" {
			f.Files = append(f.Files, feeds.File{URL: at, Width: max(0, file.Width), Height: max(0, file.Height), Bytes: max(0, file.Bytes)})
		}
	}
	for _, c := range some(w.Captions) {
		if at := safe(c.URL); at != "" {
			f.Captions = append(f.Captions, feeds.Caption{URL: at, Language: apiclient.LanguageTag(c.Language), Label: c.Label, Type: c.Type})
		}
	}
	for _, c := range some(w.Chapters) {
		f.Chapters = append(f.Chapters, feeds.Chapter{Start: seconds(c.Start), Title: c.Title})
	}
	apiclient.SortStable(f.Chapters, func(a, b feeds.Chapter) int { return cmp.Compare(a.Start, b.Start) })
	if f.Stream != "" || f.Index != "" || f.Player != "" || f.Live != "" || len(f.Files)+len(f.Captions)+len(f.Chapters) > 0 {
		m.Film = &f
	}
	return m, m.URL != "" || m.Original != "" || m.Preview != "" || m.Alt != ""
}

func eventOf(w *jsonfeed.Event) *feeds.Event {
	if w == nil {
		return nil
	}
	starts := apiclient.AnyTime(w.Starts)
	if starts.IsZero() {
		return nil
	}
	e := &feeds.Event{Starts: starts, Ends: apiclient.AnyTime(w.Ends), Place: w.Place, Online: safe(w.Online)}
	if s := feeds.EventStatus(w.Status); s == feeds.EventCancelled || s == feeds.EventTentative {
		e.Status = s
	}
	return e
}

func pollOf(w *jsonfeed.Poll) *feeds.Poll {
	if w == nil || len(w.Options) == 0 {
		return nil
	}
	p := &feeds.Poll{Votes: max(0, w.Votes), Voters: number(w.Voters), Multiple: w.Multiple, Ends: apiclient.AnyTime(w.Ends), Expired: w.Closed}
	for _, o := range some(w.Options) {
		p.Options = append(p.Options, feeds.PollOption{Title: o.Title, Votes: number(o.Votes)})
	}
	return p
}

func cardOf(w *jsonfeed.Card) *feeds.Card {
	if w == nil || safe(w.URL) == "" {
		return nil
	}
	return &feeds.Card{
		URL: safe(w.URL), Title: w.Title, Description: w.Description, Provider: w.Provider, AuthorName: w.Author, AuthorHandle: w.AuthorHandle,
		Image: safe(w.Image), ImageAlt: w.ImageAlt, Language: apiclient.LanguageTag(w.Language), Published: apiclient.Time(w.Published), Player: w.Player,
	}
}

// quoteOf restores a quoted post. Whether it may be shown its own server has said, when the file was made.
func quoteOf(w *jsonfeed.Quote) *feeds.Quote {
	if w == nil {
		return nil
	}
	q := &feeds.Quote{State: feeds.QuoteUnauthorized, URL: safe(w.URL)}
	switch s := feeds.QuoteState(w.State); s {
	case feeds.QuoteAccepted, feeds.QuotePending, feeds.QuoteRejected, feeds.QuoteRevoked, feeds.QuoteDeleted, feeds.QuoteBlocked:
		q.State = s
	}
	if w.Post == nil || q.State != feeds.QuoteAccepted {
		return q
	}
	inner := *w.Post
	inner.Complete, inner.Quote = true, nil // as deep as quotes go
	at, author := safe(inner.URL), authorOf(inner.Author)
	if at == "" || author == nil {
		return q
	}
	q.Post = &feeds.Post{Key: feeds.Key(at), URL: at, Author: author, Title: inner.Title, Published: apiclient.Time(inner.Published), Visibility: feeds.Public,
		Counts: feeds.Counts{Replies: -1, Boosts: -1, Favourites: -1, Quotes: -1}}
	restore(q.Post, &inner)
	return q
}

// handle reads "@user@domain" or "!user@domain".
func handle(s string) (user, domain string, ok bool) {
	user, domain, ok = strings.Cut(strings.TrimLeft(s, "@!"), "@")
	return user, domain, ok && user != "" && domain != "" && !strings.ContainsAny(domain, "/@ ")
}

// safe is a checked address, "" for anything else.
func safe(raw string) string {
	at, ok := content.SafeMedia(raw, "")
	if !ok {
		return ""
	}
	return at
}

// number is a count, -1 where it isn't known.
func number(n *int) int {
	if n == nil || *n < 0 {
		return -1
	}
	return *n
}

func seconds(n float64) time.Duration {
	if !(n > 0 && n < 1e6) {
		return 0
	}
	return time.Duration(n * float64(time.Second))
}

func some[T any](all []T) []T { return all[:min(len(all), mostParts)] }
