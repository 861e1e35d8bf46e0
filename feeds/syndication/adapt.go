package syndication

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/content"
)

// adapter makes values of the domain of one feed.
type adapter struct {
	*channel
	url    string // of the feed, checked
	host   string // that publishes it, with its port
	at     time.Time
	author *feeds.Author
	claims map[string]*claim // by what items may be known by: their ids, links and files

	undated int // items so far that tell no time
}

// adapt makes values of the domain of a feed. What a guest may not see is left out, and so is what says nothing: one broken item
// must not cost the others. When all are broken it is an error.
func adapt(c *channel, feedURL string, at time.Time) (*feeds.Author, *feeds.Page, error) {
	a := &adapter{channel: c, url: feedURL, host: apiclient.HostOf(feedURL), at: at, claims: map[string]*claim{}}
	a.home = resolved(a.home, a.base)
	a.language = apiclient.LanguageTag(a.language)
	a.adaptAuthor()
	for _, it := range c.items {
		a.prepare(it)
	}
	page := &feeds.Page{}
	seen := map[feeds.Key]bool{}
	latest, broken := time.Time{}, false
	for _, it := range c.items {
		if it.hidden {
			continue
		}
		p := a.post(it)
		if p.URL == "" && p.Title == "" && len(p.Body.Blocks) == 0 && len(p.Media) == 0 {
			broken = true
			continue
		}
		if seen[p.Key] {
			continue
		}
		seen[p.Key] = true
		if !p.Undated && p.Published.After(latest) {
			latest = p.Published
		}
		page.Posts = append(page.Posts, p)
	}
	if broken && len(page.Posts) == 0 {
		return nil, nil, errBroken
	}
	// Serials are published oldest first, and some feeds put a pinned item before the others.
	sortStable(page.Posts, func(p, q **feeds.Post) bool { return (*p).Published.After((*q).Published) })
	for _, p := range page.Posts {
		page.Entries = append(page.Entries, feeds.Entry{Key: p.Key, At: p.Published, Undated: p.Undated, WrapperID: p.Sightings[0].ID})
	}
	if y, m, d := latest.Date(); !latest.IsZero() {
		a.author.LastPost = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	if apiclient.HostOf(c.next) == a.host && c.next != feedURL {
		page.Older = feeds.Cursor(c.next)
	}
	return a.author, page, nil
}

// prepare resolves an item's addresses and puts right what its dates say.
func (a *adapter) prepare(it *item) {
	it.link = resolved(it.link, cmp.Or(it.base, a.base))
	it.external = resolved(it.external, cmp.Or(it.base, a.base))
	if id := resolved(it.id, ""); id != "" && it.permalink {
		switch {
		case it.link == "":
			it.link = id
		case it.external == "" && apiclient.HostOf(id) == a.host && (apiclient.HostOf(it.link) != a.host || statusID(id) != "" && statusID(it.link) == ""):
			it.link, it.external = id, it.link // a link blog, a community: the item is about another page
		}
	}
	if it.published.IsZero() {
		it.published = it.updated
	}
	if it.published.IsZero() { // a broadcast is announced without a date
		it.published = it.begins
	}
	sum := it.sum()
	for _, name := range it.names() {
		if c := a.claims[name]; c == nil {
			a.claims[name] = &claim{sum: sum}
		} else if c.sum != sum {
			c.shared = true
		}
	}
}

// post adapts an item. They have to come in the feed's order.
func (a *adapter) post(it *item) *feeds.Post {
	p := &feeds.Post{
		URI:        a.uriOf(it),
		URL:        it.link,
		Author:     a.authorOf(it),
		Published:  it.published,
		Language:   cmp.Or(apiclient.LanguageTag(it.language), a.language),
		Sensitive:  a.explicit,
		Counts:     feeds.Counts{Replies: it.replies, Boosts: -1, Favourites: -1, Quotes: -1},
		Visibility: feeds.Public,
		License:    cmp.Or(it.license, a.license),
	}
	if it.explicit != nil {
		p.Sensitive = *it.explicit
	}
	p.Key = a.keyOf(it, p)
	switch {
	case p.Published.IsZero() || p.Published.After(a.at): // nothing was written after it was read
		p.Published, p.Undated = a.at.Add(-time.Duration(a.undated)*time.Millisecond), true // those without a date stay in the feed's order
		a.undated++
	case it.updated.After(it.published.Add(time.Minute)) && !it.updated.After(a.at):
		p.Edited = it.updated
	}
	a.writeText(it, p)
	if it.external != "" && !slices.ContainsFunc(p.Media, func(m feeds.Media) bool { return m.URL == it.external }) {
		p.Card = &feeds.Card{URL: it.external, Title: p.Title, Provider: apiclient.HostOf(it.external)}
	}
	for _, name := range it.tags {
		if name = strings.TrimSpace(strings.TrimLeft(name, "#")); name != "" && !hasTag(p.Tags, name) {
			p.Tags = append(p.Tags, feeds.Tag{Name: name})
		}
	}
	if it.replyTo != "" {
		p.ReplyTo = &feeds.ReplyTo{Key: feeds.Key(it.replyTo)}
	}
	p.Sightings = []feeds.Sighting{{Host: a.host, ID: a.sightingID(p), At: a.at, Origin: apiclient.HostOf(string(p.Key)) == a.host}}
	return p
}

func hasTag(tags []feeds.Tag, name string) bool {
	return slices.ContainsFunc(tags, func(t feeds.Tag) bool { return strings.EqualFold(t.Name, name) })
}

// uriOf is the ActivityPub id that an item has for its id, "" where it isn't one: those of Mastodon and its like, Pleroma's /objects/ID
// and Misskey's /notes/ID.
func (a *adapter) uriOf(it *item) string {
	id := resolved(it.id, "")
	if a.isShared(it.id) {
		return ""
	}
	parts := segments(id)
	if statusAuthor(id) != "" || len(parts) == 2 && (parts[0] == "objects" && isUUID(parts[1]) || parts[0] == "notes" && isNoteID(parts[1])) {
		return id
	}
	return ""
}

// sightingID is the id that the host's own API has for a post, where its address shows it; else the key stands for it.
func (a *adapter) sightingID(p *feeds.Post) string {
	if apiclient.HostOf(string(p.Key)) == a.host {
		if id := statusID(string(p.Key)); id != "" {
			return id
		}
	}
	return string(p.Key)
}

// writeText fills in what an item's texts give: title, body, warning, and the media, some of which stand within the text.
func (a *adapter) writeText(it *item, p *feeds.Post) {
	p.Title = it.title.line()
	if p.URI != "" {
		p.Warning = warningInTitle(it, p.Title)
		p.Title = "" // such posts have none: it is how they begin, or who wrote them
	}
	body := it.content.or(it.summary)
	base := cmp.Or(body.base, it.base, it.link, a.url)
	o := content.Options{BaseURL: base, Tags: it.tags, Formulas: true}
	value, form := body.settled()
	var found extracted
	if form == markup {
		if a.isMastodon() {
			p.Warning, value = cutWarning(value)
		}
		found = extract(value, base)
		value, o.Emoji = found.html, found.emoji
	}
	p.Media = a.mediaOf(it, found.files)
	p.Body = text{value: value, form: form}.doc(o)
	if it.note || isBeginning(p.Title, p.Body) {
		p.Title = ""
	}
}

func (a *adapter) isMastodon() bool { return strings.HasPrefix(a.generator, "Mastodon") }

// cutWarning parts a content warning from the text that it is written before, by Mastodon since 4.0:
// "<p><strong>Content warning:</strong>words</p><hr>", in the language of the post.
func cutWarning(value string) (warning, rest string) {
	head, rest, found := strings.Cut(value, "</p><hr")
	after, isParagraph := strings.CutPrefix(head, "<p><strong>")
	_, words, isStrong := strings.Cut(after, "</strong>")
	if !found || !isParagraph || !isStrong || strings.Contains(words, "<p") {
		return "", value
	}
	_, rest, _ = strings.Cut(rest, ">")
	return text{value: words, form: markup}.line(), rest
}

// warningInTitle returns the content warning that GoToSocial has for a title, "" for none, and takes away the item's summary, which is
// no text of the author's: "@ada@social.example made a new post: "words"". Without a warning the title is how these words begin.
// Source: https://codeberg.org/superseriousbusiness/gotosocial, StatusToRSSItem.
func warningInTitle(it *item, title string) string {
	summary := it.summary.line()
	name, rest, _ := strings.Cut(summary, " ")
	if !strings.HasPrefix(name, "@") || !strings.HasPrefix(rest, "made a new post") && !strings.HasPrefix(rest, "posted ") {
		return ""
	}
	it.summary = text{}
	_, words, _ := strings.Cut(rest, `: "`)
	if strings.HasPrefix(words, strings.TrimSpace(strings.TrimSuffix(title, "..."))) {
		return ""
	}
	return title
}

// isBeginning reports a title that says nothing of its own: softwares without titles make one of how the text begins.
func isBeginning(title string, body content.Doc) bool {
	if title == "" || len(body.Blocks) == 0 {
		return false
	}
	start := title
	for _, dots := range [...]string{"…", "...", "[…]", "[...]"} {
		start = strings.TrimSpace(strings.TrimSuffix(start, dots))
	}
	whole := oneLine(content.PlainText(body))
	if start == title {
		return whole == title
	}
	return start != "" && strings.HasPrefix(whole, start)
}
