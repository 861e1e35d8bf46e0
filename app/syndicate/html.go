package syndicate

import (
	"cmp"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/parts"
)

// htmlParts writes a post as HTML that any reader of feeds shows: it needs no style, no script and no element of our own. What an
// entry says beside its content (author, title, times) isn't repeated.
type htmlParts struct {
	*Feed
	how       Entry
	post      *feeds.Post
	out       strings.Builder
	byGroup   bool // the post was passed on by a group, which is named
	folded    bool // a details element is open
	sensitive bool
	quoted    bool
	err       error
}

// html is the content of an entry.
func (f *Feed) html(p *feeds.Post, e feeds.Entry, how Entry) (string, error) {
	v := &htmlParts{Feed: f, how: how, post: p}
	parts.Walk(how.visible(p), e, v)
	return v.out.String(), v.err
}

func (v *htmlParts) write(nodes ...markup.Node) {
	for _, n := range nodes {
		if err := markup.HTML(&v.out, n); err != nil && v.err == nil {
			v.err = err
		}
	}
}

func (v *htmlParts) paragraph(nodes ...markup.Node) { v.write(markup.El("p", nil, nodes...)) }

// link makes a link, or its text alone where the address is none that may be followed.
func link(href string, nodes ...markup.Node) markup.Node {
	if href, ok := content.SafeURL(href, ""); ok {
		return markup.El("a", markup.At("href", href), nodes...)
	}
	return markup.El("span", nil, nodes...)
}

func image(src, alt string) markup.Node {
	src, ok := content.SafeMedia(src, "")
	if !ok {
		return markup.Node{}
	}
	return markup.El("img", markup.At("src", src, "alt", alt))
}

// isolated is a foreign text within a line of ours: neither decides the direction of the other.
func isolated(s string) markup.Node { return markup.El("bdi", nil, markup.Text(s)) }

// phrase puts a node in the place of {0}.
func (v *htmlParts) phrase(key string, n markup.Node) []markup.Node {
	before, after, _ := strings.Cut(v.Words.T(key), "{0}")
	return []markup.Node{markup.Text(before), n, markup.Text(after)}
}

// Pinned means nothing in a feed, which has no place for it.
func (v *htmlParts) Pinned() {}

func (v *htmlParts) BoostedBy(by *feeds.Author) {
	if by.Group {
		v.byGroup = true
		v.paragraph(v.phrase("ctx.community", link(by.URL, isolated(handle(by))))...)
		return
	}
	line := append(v.phrase("ctx.boosted", isolated(by.DisplayName())), markup.Text(": "), isolated(v.post.Author.DisplayName()))
	v.paragraph(line...)
}

func (v *htmlParts) Group(g *feeds.Author) {
	if !v.byGroup {
		v.paragraph(v.phrase("ctx.community", link(g.URL, isolated(handle(g))))...)
	}
}

func (v *htmlParts) Channel(name string) {
	v.paragraph(v.phrase("ctx.community", isolated(name))...)
}

func (v *htmlParts) ReplyTo(to *feeds.ReplyTo) {
	v.paragraph(markup.Text(cmp.Or(v.how.Answers, replyLine(v.Words, to))))
}

func (v *htmlParts) Byline(a *feeds.Author, _ time.Time) {
	if v.quoted {
		v.paragraph(link(v.post.URL, isolated(a.DisplayName())), markup.Text(" ("), isolated(handle(a)), markup.Text("), "+v.when(v.post)))
	}
}

func (v *htmlParts) Edited(time.Time) {}

func (v *htmlParts) Title(title string, _ []content.CustomEmoji) {
	if v.quoted {
		v.paragraph(markup.El("strong", markup.At("dir", "auto"), markup.Text(title)))
	}
}

// Warning folds what follows, which readers of feeds that don't know the element show open: WarningsLinked is for whoever minds that.
func (v *htmlParts) Warning(warning string, _ []content.CustomEmoji) {
	said := markup.El("strong", nil, markup.Text(v.Words.T("post.warned")))
	if warning != "" {
		said = markup.El("strong", nil, markup.Text(v.Words.T("post.warning")+" "), isolated(warning))
	}
	if v.how.Warnings == WarningsFolded {
		v.folded = true
		v.out.WriteString("<details>")
		v.write(markup.El("summary", nil, said))
		return
	}
	v.paragraph(said)
	if v.how.Warnings == WarningsLinked && markup.SafeURL(v.how.URL) != "" {
		v.paragraph(link(v.how.URL, markup.Text(v.Words.T("post.show"))))
	}
}

func (v *htmlParts) Body(doc content.Doc) { v.out.WriteString(content.DirectedHTML(doc)) }

func (v *htmlParts) Sensitive() { v.sensitive = true }

// Picture shows a picture. One without a file is a link to the post, with its description. A sensitive one is a link: readers of feeds know nothing of what is hidden until it is asked for.
func (v *htmlParts) Picture(_ int, m feeds.Media) {
	src := cmp.Or(m.URL, m.Original, m.Preview)
	switch {
	case src != "" && !v.sensitive:
		v.paragraph(image(src, m.Alt))
	default:
		v.paragraph(link(cmp.Or(src, v.post.URL), markup.Text(labelled(v.Words.T("text.picture"), m.Alt))))
	}
}

func (v *htmlParts) Film(_ int, m feeds.Media) {
	page := cmp.Or(v.post.URL, m.URL, m.Original)
	if m.Preview != "" && !v.sensitive {
		v.paragraph(link(page, image(m.Preview, m.Alt)))
	}
	v.playable(page, v.Words.T("media.video"), m)
}

func (v *htmlParts) Sound(_ int, m feeds.Media) {
	v.playable(cmp.Or(m.URL, m.Original, v.post.URL), v.Words.T("media.audio"), m)
}

func (v *htmlParts) playable(href, label string, m feeds.Media) {
	line := []markup.Node{link(href, markup.Text(labelled(label, m.Alt)))}
	if m.Duration > 0 {
		line = append(line, markup.Text(", "+v.Words.Duration(m.Duration)))
	}
	v.paragraph(line...)
	if m.Film == nil {
		return
	}
	if said := v.live(m.Film); said != "" {
		v.paragraph(markup.Text(said))
	}
	if len(m.Film.Chapters) > 0 {
		items := make([]markup.Node, 0, len(m.Film.Chapters))
		for _, c := range m.Film.Chapters {
			items = append(items, markup.El("li", nil, markup.Text(v.Words.Duration(c.Start)+" "+c.Title)))
		}
		v.paragraph(markup.Text(v.Words.N("media.chapters", len(items))))
		v.write(markup.El("ul", nil, items...))
	}
	var sizes, captions []markup.Node
	for _, f := range m.Film.Files {
		if f.URL != m.URL {
			sizes = append(sizes, markup.Text(" "), link(f.URL, markup.Text(size(v.Words, f))))
		}
	}
	for _, c := range m.Film.Captions {
		captions = append(captions, markup.Text(" "), link(c.URL, markup.Text(markup.CaptionName(v.Words, m.Film, c))))
	}
	v.labelledList("media.sizes", sizes)
	v.labelledList("media.captions", captions)
	if m.Film.Player != "" {
		v.paragraph(link(m.Film.Player, markup.Text(v.Words.T("media.player", hostOf(m.Film.Player)))))
	}
}

func (v *htmlParts) labelledList(key string, nodes []markup.Node) {
	if len(nodes) > 0 {
		v.paragraph(append([]markup.Node{markup.Text(v.Words.T(key))}, nodes...)...)
	}
}

func (v *htmlParts) File(_ int, m feeds.Media) {
	src := cmp.Or(m.URL, m.Original)
	v.paragraph(link(cmp.Or(src, v.post.URL), markup.Text(labelled(fileName(v.Words, src), m.Alt))))
}

func (v *htmlParts) Deleted() { v.paragraph(markup.Text(v.Words.T("post.deleted"))) }

func (v *htmlParts) Event(e *feeds.Event) {
	var rows []markup.Node
	if e.Status != "" {
		rows = append(rows, markup.El("li", nil, markup.El("strong", nil, markup.Text(v.Words.T("event."+string(e.Status))))))
	}
	rows = append(rows, markup.El("li", nil, markup.Text(v.span(e))))
	if e.Place != "" {
		rows = append(rows, markup.El("li", markup.At("dir", "auto"), markup.Text(e.Place)))
	}
	if e.Online != "" {
		rows = append(rows, markup.El("li", nil, link(e.Online, markup.Text(v.Words.T("event.online", hostOf(e.Online))))))
	}
	v.write(markup.El("ul", nil, rows...))
}

func (v *htmlParts) Poll(p *feeds.Poll) {
	rows := make([]markup.Node, 0, len(p.Options))
	for _, line := range pollLines(v.Words, p) {
		rows = append(rows, markup.El("li", markup.At("dir", "auto"), markup.Text(line)))
	}
	v.write(markup.El("ul", nil, rows...))
	v.paragraph(markup.Text(markup.PollState(v.drawing(), p)))
}

func (v *htmlParts) Card(c *feeds.Card) {
	nodes := []markup.Node{link(c.URL, markup.El("strong", nil, isolated(cmp.Or(c.Title, c.URL))))}
	for _, line := range cardLines(c, v.date) {
		nodes = append(nodes, markup.El("br", nil), isolated(line))
	}
	if c.Image != "" && !v.sensitive {
		v.paragraph(link(c.URL, image(c.Image, c.ImageAlt)))
	}
	v.paragraph(nodes...)
}

func (v *htmlParts) Quote(q *feeds.Quote) {
	switch {
	case v.quoted:
		v.paragraph(link(v.post.URL, markup.Text(v.Words.T("quote.nested"))))
	case q.Post == nil:
		line := []markup.Node{markup.Text(v.Words.T(markup.QuoteWords(q.State)))}
		if q.URL != "" && q.State != feeds.QuoteDeleted {
			line = append(line, markup.Text(" "), link(q.URL, markup.Text(v.Words.T("quote.open"))))
		}
		v.write(markup.El("blockquote", nil, markup.El("p", nil, line...)))
	default:
		inner := &htmlParts{Feed: v.Feed, how: Entry{URL: q.Post.URL, Warnings: v.how.Warnings}, post: q.Post, quoted: true}
		parts.Walk(inner.how.visible(q.Post), feeds.Entry{}, inner)
		v.out.WriteString("<blockquote>" + inner.out.String() + "</blockquote>")
		v.err = cmp.Or(v.err, inner.err)
	}
}

func (v *htmlParts) CrossPosts(list []feeds.CrossPost) {
	rows := make([]markup.Node, 0, len(list))
	for _, c := range list {
		rows = append(rows, markup.El("li", nil, link(c.URL, isolated(c.Title)), markup.Text(crossPostTail(v.Words, c))))
	}
	v.paragraph(markup.Text(v.Words.T("post.crossposts")))
	v.write(markup.El("ul", nil, rows...))
}

func (v *htmlParts) Tags(list []feeds.Tag) {
	var nodes []markup.Node
	for _, t := range tagsNotInText(v.post.Body, list) {
		nodes = append(nodes, markup.Text(" "), link(t.URL, isolated("#"+t.Name)))
	}
	v.labelledList("text.tags", nodes)
}

// Mentions are links in the text.
func (v *htmlParts) Mentions([]feeds.Mention) {}

func (v *htmlParts) Reactions(list []feeds.Reaction) {
	if v.HideCounts {
		return
	}
	var nodes []markup.Node
	for _, r := range list {
		nodes = append(nodes, markup.Text(" "+reaction(r)+" "+v.Words.Number(r.Count)))
	}
	v.labelledList("post.reactions", nodes)
}

// Counts aren't written: an entry is kept by its readers as it was when they read it. What stands behind a warning ends here.
func (v *htmlParts) Counts(feeds.Counts) {
	if v.folded {
		v.out.WriteString("</details>")
	}
}

func (v *htmlParts) Language(string) {}

func (v *htmlParts) Application(a *feeds.Application) {
	if a.Name != "" && !v.quoted {
		v.paragraph(v.phrase("post.with", link(a.URL, isolated(a.Name)))...)
	}
}

func (v *htmlParts) License(l *feeds.License) {
	if !v.quoted {
		v.paragraph(v.phrase("post.license", link(l.URL, isolated(cmp.Or(l.Name, l.URL))))...)
	}
}

func (v *htmlParts) Visibility(feeds.Visibility) {}
