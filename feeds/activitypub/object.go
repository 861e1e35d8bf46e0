package activitypub

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

var (
	errNoObject = errors.New("no object")
	errNoPost   = errors.New("neither a post nor an activity that holds one") // a follow, a like, a collection, a key
	errForeign  = errors.New("an object of another server than the one that it was read from")
)

// people finds who wrote something; nil when that isn't known.
type people func(id string) *feeds.Author

// Object reads a document that was found at a URL: a post, or an activity that holds one. Authors of whom only the address is known
// are called by it. The error is an *feeds.Error of kind BadData, NeedsLogin for what isn't addressed to everybody, Gone for what was
// deleted; it wraps ErrNoPost for documents of another kind.
func Object(body []byte, url string, at time.Time) (*feeds.Post, error) {
	n, err := decode(body)
	if err != nil {
		return nil, apiclient.FailureAt(feeds.BadData, "", err)
	}
	n = placed(unwrapped(n), url)
	p, err := post(n, apiclient.HostOf(n.id()), at, func(id string) *feeds.Author { return named(id) })
	if err != nil {
		return nil, apiclient.FailureAt(kindOf(err), n.id(), err)
	}
	return p, nil
}

// IsNoPost reports the error of a document that is no post, and nothing that is about to be one.
func IsNoPost(err error) bool { return errors.Is(err, errNoPost) }

func kindOf(err error) feeds.Kind {
	if IsNoPost(err) {
		return feeds.NotFound
	}
	return apiclient.KindOf(err)
}

// unwrapped is what an activity is about.
func unwrapped(n node) node {
	for range 3 {
		if !n.is("Create", "Update", "Announce", "Add") {
			return n
		}
		inner := n.first("object")
		if inner == nil {
			return n
		}
		if inner["published"] == nil && n["published"] != nil && !inner.isBare() {
			inner["published"] = n["published"]
		}
		if inner["attributedTo"] == nil && inner["actor"] == nil && n.is("Create", "Update") {
			inner["attributedTo"] = n["actor"]
		}
		n = inner
	}
	return n
}

// placed is an object that has an id: without one of its own it is called by where it was found.
func placed(n node, url string) node {
	if n.id() == "" && !n.isBare() && link(url) != "" {
		n["id"] = link(url)
	}
	return n
}

// timeOf is when something was published, as far as it says.
func timeOf(n node) time.Time {
	return apiclient.Time(cmp.Or(n.text("published"), n.text("updated"), n.text("startTime")))
}

// isPost reports the types of objects that are shown.
func isPost(n node) bool {
	return n.is("Note", "Article", "Page", "Video", "Audio", "Event", "Question", "Image", "Document", "Review", "Comment", "Quotation", "GeneratedNote", "ChatMessage", "PodcastEpisode")
}

// post adapts an object that host showed.
func post(n node, host string, at time.Time, who people) (*feeds.Post, error) {
	visibility, open := visibilityOf(n)
	switch {
	case n.is("Tombstone"):
		return nil, apiclient.ErrDeleted
	case n.isBare() || !isPost(n):
		return nil, errNoPost
	case !open:
		return nil, apiclient.ErrHidden
	}
	id := n.id()
	if id == "" {
		return nil, apiclient.ErrNoID
	}
	published := timeOf(n)
	undated := published.IsZero() || published.After(at) // nothing was written after it was read
	if undated {
		published = at
	}
	author, group := authorsOf(n, who)
	if author == nil {
		author = somebodyOf(apiclient.HostOf(id))
	}
	if author.Wishes.SignInToView {
		return nil, apiclient.ErrClosed
	}
	p := &feeds.Post{
		Key: feeds.Key(id), URI: id, URL: cmp.Or(n.page(), id), Author: author, Group: group, Published: published, Undated: undated,
		Edited: apiclient.Time(n.text("updated")), Sensitive: n.isTrue("sensitive"), Visibility: visibility,
		Emoji: emojiOf(n), Mentions: mentionsOf(n), Tags: tagsOf(n), Media: mediaOf(n), Poll: pollOf(n, at), Event: eventOf(n), Card: cardOf(n),
		Counts: feeds.Counts{Replies: n.count("replies"), Boosts: n.count("shares"), Favourites: n.count("likes"), Quotes: -1},
	}
	if !p.Edited.After(p.Published.Add(time.Minute)) {
		p.Edited = time.Time{}
	}
	p.License = licenseOf(n)
	words(p, n)
	if to := n.first("inReplyTo"); to != nil && to.id() != "" {
		p.ReplyTo = &feeds.ReplyTo{ID: idAt(host, to.id()), Key: feeds.Key(to.id())}
	}
	p.Quote = quoteOf(n)
	s := feeds.Sighting{Host: host, ID: idAt(host, id), At: at, Origin: apiclient.HostOf(id) == host}
	if p.ReplyTo != nil {
		s.ParentID = p.ReplyTo.ID
	}
	p.Sightings = []feeds.Sighting{s}
	return p, nil
}

// words fills the title, the warning and the text. A summary is a warning on what is short and on all that is sensitive, as Mastodon,
// WordPress and BookWyrm write it; on anything else it is an excerpt.
// Source: https://docs.joinmastodon.org/spec/activitypub/#properties-used
func words(p *feeds.Post, n node) {
	title, _ := n.localized("name")
	body, language := n.localized("content")
	summary, _ := n.localized("summary")
	o := content.Options{Emoji: p.Emoji, BaseURL: p.URL} // on whose page relative links lead somewhere
	for _, m := range p.Mentions {
		o.Mentions = append(o.Mentions, content.MentionRef{URL: m.URL, Handle: m.Handle})
	}
	for _, t := range p.Tags {
		o.Tags = append(o.Tags, t.Name)
	}
	p.Language = apiclient.LanguageTag(cmp.Or(language, n.text("language"), n.text("inLanguage")))
	p.Title = strings.TrimSpace(title)
	short := n.is("Note", "Question", "ChatMessage")
	o.Spaces = short // articles have the white space of their templates
	if summary != "" && (short || p.Sensitive) {
		p.Warning, p.Warned = apiclient.Warning(cmp.Or(plainSummary(summary), " "), p.Sensitive)
		summary = ""
	}
	markdown := n.text("mediaType") == "text/markdown"
	if body == "" {
		if source := n.first("source"); source != nil && !source.isBare() {
			body, markdown = source.text("content"), source.text("mediaType") == "text/markdown"
		}
	}
	if body == "" && !short {
		body = summary
	}
	if quoted, _ := n.localized("quote"); quoted != "" && n.is("Quotation") { // BookWyrm's
		body = "<blockquote>" + quoted + "</blockquote>" + body
	}
	var pictures []content.Picture
	if len(p.Media) == 0 { // else they are among these
		o.Pictures = &pictures
	}
	if markdown {
		p.Body = content.ParseMarkdown(body, o)
	} else {
		p.Body = content.ParseHTML(body, o)
	}
	p.Media = apiclient.WithPictures(p.Media, pictures)
}

// plainSummary is a summary as plain text: the vocabulary lets a summary hold HTML, and a name never.
// Source: https://www.w3.org/TR/activitystreams-vocabulary/#dfn-summary and #dfn-name
func plainSummary(summary string) string {
	if !strings.ContainsAny(summary, "<&") {
		return strings.TrimSpace(summary)
	}
	return strings.TrimSpace(content.PlainText(content.ParseHTML(summary, content.Options{})))
}

// visibilityOf reads to whom an object is addressed. One that names nobody was given to a guest all the same.
func visibilityOf(n node) (feeds.Visibility, bool) {
	public := func(key string) bool {
		return slices.ContainsFunc(n.all(key), func(v any) bool {
			s, _ := v.(string)
			return s == "https://www.w3.org/ns/activitystreams#Public" || s == "as:Public" || s == "Public"
		})
	}
	switch {
	case public("to"):
		return feeds.Public, true
	case public("cc"):
		return feeds.Unlisted, true
	case len(n.all("to")) == 0 && len(n.all("cc")) == 0, public("audience"):
		return feeds.Public, true
	}
	return "", false
}

// authorsOf separates who wrote from where it was posted: a video has a person and a channel, a page a person and a community.
func authorsOf(n node, who people) (author, group *feeds.Author) {
	for _, key := range [...]string{"attributedTo", "actor", "as:attributedTo"} {
		for _, by := range n.nodes(key) {
			id := by.id()
			if id == "" {
				continue
			}
			var a *feeds.Author
			if !by.isBare() && by.text("preferredUsername") != "" {
				a = actor(by, apiclient.HostOf(id), time.Time{})
			}
			if a == nil {
				a = who(id)
			}
			switch {
			case a == nil:
			case a.Group || by.is("Group"):
				group = cmp.Or(group, a)
			case author == nil:
				author = a
			}
		}
	}
	if author == nil {
		return group, nil
	}
	if group == nil {
		if in := n.first("audience"); in != nil && in.id() != "" && !strings.HasSuffix(in.id(), "#Public") {
			if a := who(in.id()); a != nil && a.Group {
				group = a
			}
		}
	}
	return author, group
}
