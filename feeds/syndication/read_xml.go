package syndication

import (
	"cmp"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// maxItems is how many items of a feed are read, the first ones: what follows are the oldest.
const maxItems = 1000

// readXML finds in a tree what is needed.
func readXML(root *element, feedURL string) *channel {
	c := &channel{base: cmp.Or(root.base, feedURL), language: root.attr("xml:lang")}
	if root.name == "atom:entry" {
		c.items = append(c.items, readItem(root, feedURL))
		return c
	}
	c.read(root)
	return c
}

// read reads the parts of a feed: those of RSS stand in channel, where RSS 1.0 has the items beside it.
func (c *channel) read(parent *element) {
	for _, e := range parent.children {
		if isItem(e.name) {
			if len(c.items) < maxItems {
				c.items = append(c.items, readItem(e, c.base))
			}
			continue
		}
		c.readPart(e)
	}
}

func (c *channel) readPart(e *element) {
	switch e.name {
	case "channel":
		c.base = cmp.Or(e.base, c.base)
		c.language = cmp.Or(c.language, e.attr("xml:lang"))
		c.read(e)
	case "items": // RSS 0.9x has had items in it
		c.read(e)
	case "title", "atom:title", "dc:title":
		c.title = c.title.or(construct(e))
	case "description", "atom:subtitle", "atom:tagline", "itunes:summary", "dc:description":
		c.about = c.about.or(construct(e))
	case "link", "atom:link":
		if e.attr("href") == "" {
			c.home = cmp.Or(c.home, c.address(e, e.words()))
			break
		}
		c.readLink(e)
	case "image":
		if url := e.child("url"); url != nil {
			c.icon = cmp.Or(c.icon, c.address(url, url.words()))
		}
	case "itunes:image": // square and large, where others are some pixels wide
		c.icon = cmp.Or(c.address(e, e.attr("href")), c.icon)
	case "atom:icon", "atom:logo", "webfeeds:icon", "webfeeds:logo":
		c.icon = cmp.Or(c.icon, c.address(e, e.words()))
	case "webfeeds:cover":
		c.header = c.address(e, e.attr("image"))
	case "language", "dc:language":
		c.language = cmp.Or(c.language, e.words())
	case "itunes:author", "atom:author", "author", "dc:creator", "managingeditor":
		if c.by.name == "" {
			c.by = readPerson(e)
		}
	case "itunes:explicit":
		c.explicit = isExplicit(e.words())
	case "generator", "atom:generator":
		c.generator = e.words()
	default:
		c.license = readLicense(c.license, e, c.base)
	}
}

// readLicense reads an element that says what others may do with a feed or an item, beside what was read of others before it. One that names a
// licence wins over one that only says whose the rights are.
// Sources: RFC 4287, section 4.2.10; RFC 4946; https://www.rssboard.org/creative-commons; https://www.rssboard.org/media-rss#media-license;
// https://podcasting2.org/docs/podcast-namespace/tags/license
func readLicense(l *feeds.License, e *element, base string) *feeds.License {
	switch e.name {
	case "creativecommons:license", "cc:license", "podcast:license", "media:license":
	case "copyright", "atom:rights", "dc:rights", "media:copyright":
		if l != nil {
			return l
		}
	default:
		return l
	}
	words, base := construct(e).line(), cmp.Or(e.base, base)
	at := resolved(cmp.Or(e.attr("rdf:resource"), e.attr("href"), e.attr("url")), base)
	if strings.HasPrefix(words, "http://") || strings.HasPrefix(words, "https://") {
		words, at = "", cmp.Or(at, resolved(words, base))
	}
	if read := feeds.LicenseOf(words, at); read != nil {
		return read
	}
	return l
}

// address is a checked address that stands in an element; "" for none.
func (c *channel) address(e *element, raw string) string {
	return resolved(raw, cmp.Or(e.base, c.base))
}

func (c *channel) readLink(e *element) {
	href := c.address(e, e.attr("href"))
	switch e.attr("rel") {
	case "", "alternate":
		if kind := e.attr("type"); kind == "" || strings.Contains(kind, "html") {
			c.home = cmp.Or(c.home, href)
		}
	case "prev-archive": // RFC 5005, section 4
		c.next = href
	case "next": // section 3
		c.next = cmp.Or(c.next, href)
	case "license":
		c.license = cmp.Or(feeds.LicenseOf("", href), c.license)
	}
}

// or is the first text that says something.
func (t text) or(other text) text {
	if t.isEmpty() {
		return other
	}
	return t
}

// resolved is a checked address, "" for none.
func resolved(raw, base string) string {
	if strings.TrimSpace(raw) == "" {
		return ""
	}
	checked, ok := content.SafeMedia(raw, base)
	if !ok {
		return ""
	}
	return checked
}

// construct reads an element whose content is a text. Source: RFC 4287, section 3.1; RSS has no types.
func construct(e *element) text {
	t := text{base: e.base}
	mime := strings.ToLower(e.attr("type"))
	switch {
	case e.hasMarkup(): // XHTML, or HTML that somebody forgot to escape
		t.value, t.form = e.inner(), markup
		return t
	case !strings.HasPrefix(e.name, "atom:") && !strings.HasPrefix(e.name, "media:"):
		t.value = e.words()
		return t
	case strings.Contains(mime, "html"):
		t.form = markup
	case mime != "" && mime != "plain" && !strings.HasPrefix(mime, "text"), e.attr("mode") == "base64":
		return t // a picture, or XML of another kind
	default:
		t.form = plain
	}
	t.value = e.words()
	return t
}

// isExplicit reads itunes:explicit, which was "yes" before it was "true".
func isExplicit(s string) bool {
	switch strings.ToLower(s) {
	case "yes", "true", "explicit":
		return true
	}
	return false
}

// readItem reads an item. base is what its addresses are resolved against.
func readItem(e *element, base string) *item {
	r := itemReader{item: &item{base: e.base, language: e.attr("xml:lang"), replies: -1}, base: cmp.Or(e.base, base)}
	r.item.id = e.attr("rdf:about")
	if r.live = liveState(e); r.live != "" {
		r.begins = parseTime(e.attr("start"))
	}
	for _, part := range e.children {
		if !r.readText(part) && !r.readFact(part) {
			r.readMedia(part, 0)
		}
	}
	if r.by.name == "" {
		r.by = r.from
	}
	return r.item
}

// itemReader collects what an item's parts say.
type itemReader struct {
	*item
	base   string
	groups int
	byline string // the name of the elements that by was read from
}

// readText reads what people read, and reports whether it is that.
func (r *itemReader) readText(e *element) bool {
	switch e.name {
	case "title", "atom:title", "dc:title":
		r.title = r.title.or(construct(e))
	case "itunes:title", "media:title":
		if r.title.isEmpty() {
			r.title = construct(e)
		}
	case "content:encoded", "xhtml:body", "xhtml:div", "body":
		r.content = construct(e)
		r.content.form = markup
	case "atom:content":
		if e.attr("src") != "" {
			r.add(&file{url: r.address(e, "src"), mime: e.attr("type")})
			break
		}
		r.content = r.content.or(construct(e))
	case "source:markdown":
		if r.content.isEmpty() {
			r.content = text{value: e.words(), form: markdown}
		}
	case "description", "atom:summary", "dc:description":
		r.summary = construct(e)
	case "itunes:summary", "media:description", "googleplay:description":
		r.summary = r.summary.or(construct(e))
	default:
		return false
	}
	return true
}

// readFact reads what programs read, and reports whether it is that.
func (r *itemReader) readFact(e *element) bool {
	switch e.name {
	case "guid":
		r.id, r.permalink = e.words(), !strings.EqualFold(e.attr("ispermalink"), "false")
	case "atom:id":
		if r.id == "" {
			r.id, r.permalink = e.words(), true
		}
	case "link", "atom:link":
		if e.attr("href") == "" {
			r.link = cmp.Or(r.link, r.resolve(e, e.words()))
			break
		}
		r.readLink(e)
	case "pubdate", "atom:published", "atom:issued", "atom:created", "dc:date", "dcterms:created", "dcterms:issued":
		if t := parseTime(e.words()); r.published.IsZero() {
			r.published = t
		}
	case "atom:updated", "atom:modified", "dcterms:modified":
		if t := parseTime(e.words()); t.After(r.updated) {
			r.updated = t
		}
	case "author", "atom:author", "dc:creator", "itunes:author":
		r.readAuthor(e)
	case "source", "atom:source":
		r.readSource(e)
	case "category", "atom:category", "dc:subject":
		r.tag(e)
	case "language", "dc:language":
		r.language = e.words()
	case "itunes:explicit":
		explicit := isExplicit(e.words())
		r.explicit = &explicit
	case "itunes:duration":
		r.length = parseLength(e.words())
	case "thr:in-reply-to":
		r.replyTo = cmp.Or(resolved(e.attr("ref"), ""), r.address(e, "href"))
	case "thr:total", "slash:comments":
		if n, err := strconv.Atoi(e.words()); err == nil && n >= 0 {
			r.replies = n
		}
	case "activity:object-type":
		r.note = !strings.HasSuffix(e.words(), "/article")
	case "activity:verb": // OStatus: that somebody follows somebody is no post
		verb := localVerb(e.words())
		r.hidden = r.hidden || verb != "post" && verb != "share"
	case "mastodon:scope":
		r.hidden = r.hidden || e.words() == "private" || e.words() == "direct"
	default:
		before := r.license
		r.license = readLicense(before, e, r.base)
		return r.license != before
	}
	return true
}

// readAuthor reads who wrote an item. Several elements of one name are several authors; those of other names say the same again.
func (r *itemReader) readAuthor(e *element) {
	p := readPerson(e)
	if p.name == "" || r.by.name != "" && r.byline != e.name {
		return
	}
	r.by, r.byline = r.by.and(p), e.name
}

// readSource reads which feed an item was taken from: its authors, without one its title. An item of a planet, which collects the
// feeds of many, often names no author itself. Source: RFC 4287, section 4.2.11.
func (r *itemReader) readSource(e *element) {
	if e.name == "source" && !e.hasMarkup() {
		r.from = person{name: nameOf(text{value: e.words()}.line())}
		return
	}
	var feed channel
	feed.base = r.base
	for _, part := range e.children {
		feed.readPart(part)
	}
	r.from = feed.by
	if r.from.name == "" {
		r.from = person{name: nameOf(feed.title.line()), url: feed.home}
	}
}

func localVerb(uri string) string { return uri[strings.LastIndexByte(uri, '/')+1:] }

// maxTags is how many tags of an item are kept.
const maxTags = 50

func (r *itemReader) tag(e *element) {
	if strings.HasSuffix(e.attr("scheme"), "#kind") { // Blogger: that it is a post
		return
	}
	name := text{value: cmp.Or(e.attr("label"), e.attr("term"), e.words())}.line()
	if name != "" && len(r.tags) < maxTags {
		r.tags = append(r.tags, name)
	}
}

func (r *itemReader) readLink(e *element) {
	href := r.address(e, "href")
	switch e.attr("rel") {
	case "", "alternate":
		if kind := e.attr("type"); r.link == "" && (kind == "" || strings.Contains(kind, "html")) {
			r.link = href
		}
	case "enclosure":
		n, _ := strconv.ParseInt(e.attr("length"), 10, 64)
		r.add(&file{url: href, mime: e.attr("type"), alt: oneLine(e.attr("title")), bytes: n, enclosed: true})
	case "license":
		r.license = cmp.Or(feeds.LicenseOf("", href), r.license)
	}
}

// liveState reads the state of a podcast's broadcast.
// Source: https://podcasting2.org/docs/podcast-namespace/tags/live-item
func liveState(e *element) feeds.Live {
	switch strings.ToLower(e.attr("status")) {
	case "live":
		return feeds.LiveNow
	case "pending":
		return feeds.LiveWaiting
	case "ended":
		return feeds.LiveEnded
	}
	return ""
}
