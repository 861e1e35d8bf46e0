package syndicate

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/words"
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
	parts.Walk(how.shown(p), e, v)
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

// sentence puts a node in the place of {0}.
func (v *htmlParts) sentence(key string, n markup.Node) []markup.Node {
	before, after, _ := strings.Cut(v.Words.T(key), "{0}")
	return []markup.Node{markup.Text(before), n, markup.Text(after)}
}

// Pinned means nothing in a feed, which has no place for it.
func (v *htmlParts) Pinned() {}

func (v *htmlParts) BoostedBy(by *feeds.Author) {
	if by.Group {
		v.byGroup = true
		v.paragraph(v.sentence("ctx.community", link(by.URL, markup.Text(handle(by))))...)
		return
	}
	v.paragraph(markup.Text(v.Words.T("ctx.boosted", by.DisplayName()) + ": " + v.post.Author.DisplayName()))
}

func (v *htmlParts) Group(g *feeds.Author) {
	if !v.byGroup {
		v.paragraph(v.sentence("ctx.community", link(g.URL, markup.Text(handle(g))))...)
	}
}

func (v *htmlParts) Channel(name string) {
	v.paragraph(markup.Text(v.Words.T("ctx.community", name)))
}

func (v *htmlParts) ReplyTo(to *feeds.ReplyTo) { v.paragraph(markup.Text(answers(v.Words, to))) }

func (v *htmlParts) Byline(a *feeds.Author, published time.Time) {
	if v.quoted {
		v.paragraph(link(v.post.URL, markup.Text(a.DisplayName())), markup.Text(" ("+handle(a)+"), "+v.moment(published)))
	}
}

func (v *htmlParts) Edited(time.Time) {}

func (v *htmlParts) Title(title string, _ []content.CustomEmoji) {
	if v.quoted {
		v.paragraph(markup.El("strong", nil, markup.Text(title)))
	}
}

// Warning folds what follows, which readers of feeds that don't know the element show open: Linked is for whoever minds that.
func (v *htmlParts) Warning(warning string, _ []content.CustomEmoji) {
	said := markup.El("strong", nil, markup.Text(v.Words.T("post.warning")+" "+warning))
	if v.how.Warnings == Closed {
		v.folded = true
		v.out.WriteString("<details>")
		v.write(markup.El("summary", nil, said))
		return
	}
	v.paragraph(said)
	if v.how.Warnings == Linked && markup.SafeURL(v.how.URL) != "" {
		v.paragraph(link(v.how.URL, markup.Text(v.Words.T("post.show"))))
	}
}

func (v *htmlParts) Body(doc content.Doc) { v.out.WriteString(content.HTML(doc)) }

func (v *htmlParts) Sensitive() { v.sensitive = true }

// Picture shows a picture. A sensitive one is a link: readers of feeds know nothing of what is hidden until it is asked for.
func (v *htmlParts) Picture(_ int, m feeds.Media) {
	src := first(m.URL, m.Original, m.Preview)
	switch {
	case src != "" && !v.sensitive:
		v.paragraph(image(src, m.Alt))
	case src != "" || m.Alt != "":
		v.paragraph(link(src, markup.Text(labelled(v.Words.T("text.picture"), m.Alt))))
	}
}

func (v *htmlParts) Film(_ int, m feeds.Media) {
	page := first(v.post.URL, m.URL, m.Original)
	if m.Preview != "" && !v.sensitive {
		v.paragraph(link(page, image(m.Preview, m.Alt)))
	}
	v.played(page, v.Words.T("media.video"), m)
}

func (v *htmlParts) Sound(_ int, m feeds.Media) {
	v.played(first(m.URL, m.Original, v.post.URL), v.Words.T("media.audio"), m)
}

func (v *htmlParts) played(href, label string, m feeds.Media) {
	line := []markup.Node{link(href, markup.Text(labelled(label, m.Alt)))}
	if m.Duration > 0 {
		line = append(line, markup.Text(", "+v.Words.Duration(m.Duration)))
	}
	v.paragraph(line...)
	if m.Film == nil {
		return
	}
	if m.Film.Live != "" {
		v.paragraph(markup.Text(v.Words.T("media.live." + string(m.Film.Live))))
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
		captions = append(captions, markup.Text(" "), link(c.URL, markup.Text(captionName(c))))
	}
	v.listed("media.sizes", sizes)
	v.listed("media.captions", captions)
	if m.Film.Player != "" {
		v.paragraph(link(m.Film.Player, markup.Text(v.Words.T("media.player", hostOf(m.Film.Player)))))
	}
}

func (v *htmlParts) listed(key string, nodes []markup.Node) {
	if len(nodes) > 0 {
		v.paragraph(append([]markup.Node{markup.Text(v.Words.T(key))}, nodes...)...)
	}
}

func (v *htmlParts) File(_ int, m feeds.Media) {
	if src := first(m.URL, m.Original); src != "" || m.Alt != "" {
		v.paragraph(link(src, markup.Text(labelled(fileName(v.Words, src), m.Alt))))
	}
}

func (v *htmlParts) Deleted() { v.paragraph(markup.Text(v.Words.T("post.deleted"))) }

func (v *htmlParts) Event(e *feeds.Event) {
	rows := []markup.Node{markup.El("li", nil, markup.Text(v.span(e)))}
	if e.Place != "" {
		rows = append(rows, markup.El("li", nil, markup.Text(e.Place)))
	}
	if e.Online != "" {
		rows = append(rows, markup.El("li", nil, link(e.Online, markup.Text(v.Words.T("event.online", hostOf(e.Online))))))
	}
	v.write(markup.El("ul", nil, rows...))
}

func (v *htmlParts) Poll(p *feeds.Poll) {
	rows := make([]markup.Node, 0, len(p.Options))
	for _, line := range pollLines(v.Words, p) {
		rows = append(rows, markup.El("li", nil, markup.Text(line)))
	}
	v.write(markup.El("ul", nil, rows...))
	v.paragraph(markup.Text(markup.PollState(v.drawing(), p)))
}

func (v *htmlParts) Card(c *feeds.Card) {
	nodes := []markup.Node{link(c.URL, markup.El("strong", nil, markup.Text(first(c.Title, c.URL))))}
	for _, line := range cardLines(c, v.date) {
		nodes = append(nodes, markup.El("br", nil), markup.Text(line))
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
		parts.Walk(inner.how.shown(q.Post), feeds.Entry{}, inner)
		v.out.WriteString("<blockquote>" + inner.out.String() + "</blockquote>")
		v.err = first(v.err, inner.err)
	}
}

func (v *htmlParts) CrossPosts(list []feeds.CrossPost) {
	rows := make([]markup.Node, 0, len(list))
	for _, c := range list {
		rows = append(rows, markup.El("li", nil, link(c.URL, markup.Text(c.Title)), markup.Text(crossPostTail(v.Words, c))))
	}
	v.paragraph(markup.Text(v.Words.T("post.crossposts")))
	v.write(markup.El("ul", nil, rows...))
}

func (v *htmlParts) Tags(list []feeds.Tag) {
	var nodes []markup.Node
	for _, t := range unsaid(v.post.Body, list) {
		nodes = append(nodes, markup.Text(" "), link(t.URL, markup.Text("#"+t.Name)))
	}
	v.listed("text.tags", nodes)
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
	v.listed("post.reactions", nodes)
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
		v.paragraph(v.sentence("post.with", link(a.URL, markup.Text(a.Name)))...)
	}
}

func (v *htmlParts) Visibility(feeds.Visibility) {}

// What HTML and text say alike.

func handle(a *feeds.Author) string {
	if a.Community {
		return "!" + a.Handle()
	}
	return "@" + a.Handle()
}

func answers(w *words.Words, to *feeds.ReplyTo) string {
	switch {
	case to.Self:
		return w.T("ctx.replySelf")
	case to.Handle != "":
		return w.T("ctx.reply", "@"+to.Handle)
	}
	return w.T("ctx.replyPost")
}

// labelled is what something is, and its author's description.
func labelled(label, description string) string {
	if description == "" {
		return label
	}
	return label + ": " + description
}

// fileName is what a file is called at its server.
func fileName(w *words.Words, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return w.T("text.file")
	}
	if name := path.Base(u.Path); name != "." && name != "/" {
		return name
	}
	return w.T("media.file", u.Host)
}

// size is what a film in another size is called: by its shorter side.
func size(w *words.Words, f feeds.File) string {
	label := w.T("media.video")
	if f.Height > 0 {
		side := f.Height
		if f.Width > 0 {
			side = min(side, f.Width)
		}
		label = w.Number(side) + "p"
	}
	if f.Bytes > 0 {
		label += " (" + w.Bytes(f.Bytes) + ")"
	}
	return label
}

func captionName(c feeds.Caption) string { return first(c.Label, c.Language, c.URL) }

func pollLines(w *words.Words, p *feeds.Poll) []string {
	_, hidden := parts.Leader(p)
	out := make([]string, 0, len(p.Options))
	for _, o := range p.Options {
		if hidden {
			out = append(out, o.Title)
			continue
		}
		out = append(out, o.Title+": "+w.Percent(o.Votes, parts.Turnout(p))+", "+w.N("poll.votes", o.Votes))
	}
	return out
}

// cardLines are what stands below the title of a link's preview.
func cardLines(c *feeds.Card, date func(time.Time) string) []string {
	var out, source []string
	if c.Description != "" {
		out = append(out, c.Description)
	}
	for _, s := range []string{c.AuthorName, c.Provider, hostOf(c.URL)} {
		if s != "" && !slices.Contains(source, s) {
			source = append(source, s)
		}
	}
	if !c.Published.IsZero() {
		source = append(source, date(c.Published))
	}
	if len(source) > 0 {
		out = append(out, strings.Join(source, ", "))
	}
	return out
}

func crossPostTail(w *words.Words, c feeds.CrossPost) string {
	tail := ""
	if c.Group != "" {
		tail = " !" + c.Group
	}
	if c.Replies >= 0 {
		tail += ", " + w.N("thread.replies", c.Replies)
	}
	return tail
}

func reaction(r feeds.Reaction) string {
	if r.URL != "" {
		return ":" + r.Name + ":"
	}
	return r.Name
}

// unsaid are the hashtags that don't stand in a text.
func unsaid(doc content.Doc, list []feeds.Tag) []feeds.Tag {
	said := map[string]bool{}
	var note func([]content.Node)
	note = func(nodes []content.Node) {
		for _, n := range nodes {
			if n.Kind == content.Hashtag {
				said[strings.ToLower(n.Name)] = true
			}
			note(n.Children)
		}
	}
	note(doc.Blocks)
	return slices.DeleteFunc(slices.Clone(list), func(t feeds.Tag) bool { return said[strings.ToLower(t.Name)] })
}

func (f *Feed) drawing() *markup.Drawing { return &markup.Drawing{Words: f.Words, Local: f.Local} }

func (f *Feed) local(t time.Time) time.Time {
	if f.Local == nil {
		return t.UTC()
	}
	return f.Local(t)
}

// moment is a time as people read it, with the zone where nobody chose one.
func (f *Feed) moment(t time.Time) string {
	if f.Local == nil {
		return f.Words.Full(t.UTC()) + " UTC"
	}
	return f.Words.Full(f.Local(t))
}

func (f *Feed) date(t time.Time) string { return f.Words.Date(f.local(t)) }

func (f *Feed) span(e *feeds.Event) string {
	if !e.Ends.After(e.Starts) {
		return f.moment(e.Starts)
	}
	return f.moment(e.Starts) + " – " + f.moment(e.Ends)
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// first returns the first value that isn't zero.
func first[T comparable](list ...T) T {
	var zero T
	for _, v := range list {
		if v != zero {
			return v
		}
	}
	return zero
}
