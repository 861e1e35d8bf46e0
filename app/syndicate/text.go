package syndicate

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
	"vitrine/feeds/parts"
)

// Text writes a feed for terminals and files of text: nothing that its posts hold is withoutControls by a terminal.
func Text(w io.Writer, f *Feed) error {
	var b strings.Builder
	b.WriteString(f.Title + "\n")
	if f.Home != "" {
		b.WriteString(f.Home + "\n")
	}
	if f.Thread != nil {
		f.conversation(&b)
		_, err := io.WriteString(w, withoutControls(b.String()))
		return err
	}
	for _, i := range f.Items {
		if i.Post != nil {
			b.WriteString("\n" + rule(0) + "\n" + f.text(i.Post, i.Entry, f.entry(i), true) + "\n")
		}
	}
	_, err := io.WriteString(w, withoutControls(b.String()))
	return err
}

// withoutControls removes control characters other than line ends and tabs: a terminal would carry them out.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}

// textParts writes a post as text: blocks with an empty line between them.
type textParts struct {
	*Feed
	how     Entry
	post    *feeds.Post
	whole   bool // with what an entry of a feed says in fields of its own
	quoted  bool
	byGroup bool
	head    []string // lines
	blocks  []string
	small   []string // of the small print
}

// text is a post as text; whole has author, title, times and address too.
func (f *Feed) text(p *feeds.Post, e feeds.Entry, how Entry, whole bool) string {
	v := &textParts{Feed: f, how: how, post: p, whole: whole}
	parts.Walk(how.visible(p), e, v)
	return v.String()
}

func (v *textParts) String() string {
	blocks := append([]string{strings.Join(v.head, "\n")}, v.blocks...)
	blocks = append(blocks, strings.Join(v.small, ", "))
	if v.whole && !v.quoted {
		blocks = append(blocks, v.post.URL)
	}
	out := blocks[:0]
	for _, b := range blocks {
		if b != "" {
			out = append(out, b)
		}
	}
	return strings.Join(out, "\n\n")
}

func (v *textParts) headLine(line string) { v.head = append(v.head, line) }

func (v *textParts) block(lines ...string) { v.blocks = append(v.blocks, strings.Join(lines, "\n")) }

func (v *textParts) Pinned() {
	if v.whole {
		v.headLine(v.Words.T("ctx.pinned"))
	}
}

func (v *textParts) BoostedBy(by *feeds.Author) {
	if by.Group {
		v.byGroup = true
		v.headLine(v.Words.T("ctx.community", handle(by)))
		return
	}
	v.headLine("↻ " + v.Words.T("ctx.boosted", by.DisplayName()))
}

func (v *textParts) Group(g *feeds.Author) {
	if !v.byGroup {
		v.headLine(v.Words.T("ctx.community", handle(g)))
	}
}

func (v *textParts) Channel(name string) { v.headLine(v.Words.T("ctx.community", name)) }

func (v *textParts) ReplyTo(to *feeds.ReplyTo) {
	v.headLine(cmp.Or(v.how.Answers, replyLine(v.Words, to)))
}

// Byline is the first line, above why the post stands here.
func (v *textParts) Byline(a *feeds.Author, _ time.Time) {
	if v.whole {
		v.head = append([]string{a.DisplayName() + " (@" + address.Show(a.Handle()) + "), " + v.when(v.post)}, v.head...)
	}
}

func (v *textParts) Edited(at time.Time) {
	if v.whole {
		v.headLine(v.Words.T("post.editedAt", v.moment(at)))
	}
}

func (v *textParts) Title(title string, _ []content.CustomEmoji) {
	if v.whole {
		v.block(title)
	}
}

func (v *textParts) Warning(warning string, _ []content.CustomEmoji) {
	v.block(v.Words.T("text.warning", v.warningLabel(warning)))
}

// Body writes the text, and below it the addresses that its links lead to, where their words aren't the address, each once.
func (v *textParts) Body(doc content.Doc) {
	if said := content.PlainText(doc); said != "" {
		v.block(said)
	}
	if !v.whole {
		return
	}
	var hidden []string
	var note func([]content.Node)
	note = func(nodes []content.Node) {
		for _, n := range nodes {
			if line := "→ " + n.Href; n.Kind == content.Link && !saysAddress(n) && !slices.Contains(hidden, line) {
				hidden = append(hidden, line)
			}
			note(n.Children)
		}
	}
	note(doc.Blocks)
	if len(hidden) > 0 {
		v.block(hidden...)
	}
}

// saysAddress reports a link whose words are the address that it leads to, perhaps without its scheme.
func saysAddress(n content.Node) bool {
	words := content.PlainText(content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: n.Children}}})
	bare := func(s string) string {
		_, rest, found := strings.Cut(s, "://")
		if !found {
			rest = s
		}
		return strings.TrimSuffix(strings.TrimPrefix(rest, "mailto:"), "/")
	}
	return bare(words) == bare(n.Href)
}

func (v *textParts) Sensitive() {}

func (v *textParts) Picture(_ int, m feeds.Media) {
	v.medium(v.Words.T("text.picture"), cmp.Or(m.URL, m.Original, m.Preview, v.post.URL), m)
}

func (v *textParts) Film(_ int, m feeds.Media) {
	v.medium(v.Words.T("media.video"), cmp.Or(v.post.URL, m.URL, m.Original), m)
}

func (v *textParts) Sound(_ int, m feeds.Media) {
	v.medium(v.Words.T("media.audio"), cmp.Or(m.URL, m.Original, v.post.URL), m)
}

func (v *textParts) File(_ int, m feeds.Media) {
	src := cmp.Or(m.URL, m.Original)
	v.medium(fileName(v.Words, src), cmp.Or(src, v.post.URL), m)
}

func (v *textParts) medium(label, href string, m feeds.Media) {
	label = labelled(label, m.Alt)
	if m.Duration > 0 {
		label += ", " + v.Words.Duration(m.Duration)
	}
	lines := []string{strings.TrimSpace("[" + label + "] " + href)}
	if f := m.Film; f != nil {
		lines = append(lines, v.film(f, m, href)...)
	}
	v.block(lines...)
}

func (v *textParts) film(f *feeds.Film, m feeds.Media, shown string) []string {
	var lines []string
	if said := v.live(f); said != "" {
		lines = append(lines, "  "+said)
	}
	if m.URL != "" && m.URL != shown {
		lines = append(lines, "  "+m.URL)
	}
	for _, c := range f.Chapters {
		lines = append(lines, "  "+v.Words.Duration(c.Start)+" "+c.Title)
	}
	for _, file := range f.Files {
		if file.URL != m.URL {
			lines = append(lines, "  "+v.Words.T("media.sizes")+" "+size(v.Words, file)+" "+file.URL)
		}
	}
	for _, c := range f.Captions {
		lines = append(lines, "  "+v.Words.T("media.captions")+" "+markup.CaptionName(v.Words, f, c)+" "+c.URL)
	}
	return lines
}

func (v *textParts) Deleted() { v.block(v.Words.T("post.deleted")) }

func (v *textParts) Event(e *feeds.Event) {
	var lines []string
	if e.Status != "" {
		lines = append(lines, v.Words.T("event."+string(e.Status)))
	}
	lines = append(lines, v.Words.T("text.when", v.span(e)))
	if e.Place != "" {
		lines = append(lines, v.Words.T("text.place", e.Place))
	}
	if e.Online != "" {
		lines = append(lines, v.Words.T("event.online", hostOf(e.Online))+": "+e.Online)
	}
	v.block(lines...)
}

func (v *textParts) Poll(p *feeds.Poll) {
	var lines []string
	for _, line := range pollLines(v.Words, p) {
		lines = append(lines, "• "+line)
	}
	v.block(append(lines, markup.PollState(v.drawing(), p))...)
}

func (v *textParts) Card(c *feeds.Card) {
	lines := []string{"→ " + cmp.Or(c.Title, c.URL)}
	for _, line := range cardLines(c, v.date) {
		lines = append(lines, "  "+line)
	}
	if c.Title != "" {
		lines = append(lines, "  "+c.URL)
	}
	v.block(lines...)
}

func (v *textParts) Quote(q *feeds.Quote) {
	switch {
	case v.quoted:
		v.block(v.Words.T("quote.nested"))
	case q.Post == nil:
		v.block(strings.TrimSpace("> " + v.Words.T(markup.QuoteWords(q.State)) + " " + q.URL))
	default:
		inner := &textParts{Feed: v.Feed, how: Entry{Warnings: v.how.Warnings}, post: q.Post, whole: true, quoted: true}
		parts.Walk(inner.how.visible(q.Post), feeds.Entry{}, inner)
		lines := strings.Split(inner.String()+"\n"+q.Post.URL, "\n")
		for i, line := range lines {
			lines[i] = strings.TrimRight("> "+line, " ")
		}
		v.block(lines...)
	}
}

func (v *textParts) CrossPosts(list []feeds.CrossPost) {
	lines := []string{v.Words.T("post.crossposts")}
	for _, c := range list {
		lines = append(lines, "• "+c.Title+crossPostTail(v.Words, c)+" "+c.URL)
	}
	v.block(lines...)
}

func (v *textParts) Tags(list []feeds.Tag) {
	var names []string
	for _, t := range tagsNotInText(v.post.Body, list) {
		names = append(names, "#"+t.Name)
	}
	if len(names) > 0 {
		v.block(v.Words.T("text.tags") + " " + strings.Join(names, " "))
	}
}

// Mentions stand in the text.
func (v *textParts) Mentions([]feeds.Mention) {}

func (v *textParts) Reactions(list []feeds.Reaction) {
	if v.HideCounts {
		return
	}
	line := v.Words.T("post.reactions")
	for _, r := range list {
		line += " " + reaction(r) + " " + v.Words.Number(r.Count)
	}
	v.block(line)
}

func (v *textParts) Counts(c feeds.Counts) {
	if !v.whole || v.quoted || v.HideCounts {
		return
	}
	count := func(n int, key string) {
		if n > 0 {
			v.small = append(v.small, v.Words.Number(n)+" "+v.Words.N(key, n))
		}
	}
	count(c.Replies, "act.replies")
	count(c.Boosts, "act.boosts")
	if c.Score != nil {
		v.small = append(v.small, v.Words.Number(*c.Score)+" "+v.Words.T("act.score"))
	} else {
		count(c.Favourites, "act.favourites")
	}
	if c.Quotes > 0 {
		v.small = append(v.small, v.Words.N("post.quotes", c.Quotes))
	}
}

func (v *textParts) Language(tag string) {
	if v.whole && !v.quoted {
		v.small = append(v.small, v.Words.LanguageName(tag))
	}
}

func (v *textParts) Application(a *feeds.Application) {
	if v.whole && !v.quoted && a.Name != "" {
		v.small = append(v.small, v.Words.T("post.with", a.Name))
	}
}

func (v *textParts) License(l *feeds.License) {
	if v.whole && !v.quoted {
		v.small = append(v.small, v.Words.T("post.license", cmp.Or(l.Name, l.URL)))
	}
}

func (v *textParts) Visibility(feeds.Visibility) {}
