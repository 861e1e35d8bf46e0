package document

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/settings"
	"vitrine/feeds"
	"vitrine/feeds/captions"
)

// book makes one file.
type book struct {
	Document
	Report
	ctx context.Context
	out *output

	zip      *archive // nil for HTML
	folder   string   // of all else in the archive: "" or "EPUB/"
	pictures gathered
	posts    int  // that were drawn
	level    int  // how much deeper headings stand than on a page
	pages    int  // days that have a mark
	moves    bool // a picture may move
	noAlt    bool // a picture without a description is in it
	indexes  int  // files of chapters that were asked for
	silent   bool // nobody has answered the post that is drawn
}

// article is a post as it is drawn, and the pictures that it waits for.
type article struct {
	row  row
	node markup.Node
}

// ahead is how many posts are drawn before they are written, so that their pictures are on their way.
const ahead = 8

// each draws the rows of sections and gives them to write in their order, when their pictures are here.
func (b *book) each(sections []section, write func(section int, a article) error) error {
	ctx, cancel := context.WithCancel(b.ctx)
	defer cancel()
	d := &markup.Drawing{
		Words: b.Words, Local: b.Local, Links: markup.Origins{}, Whole: true, Every: true, Settings: settings.Settings{HideCounts: b.HideCounts},
	}
	type waiting struct {
		article
		section int
	}
	var queue []waiting
	var turn feeds.Turn
	next := func() error {
		w := queue[0]
		queue = queue[1:]
		var err error
		if w.row.hole == "" {
			w.node, err = b.placed(w.node)
		}
		if err == nil {
			err = write(w.section, w.article)
		}
		b.letGo()
		if w.row.hole == "" {
			b.Posts++
			if b.Progress != nil {
				b.Progress(b.Posts)
			}
		}
		return err
	}
	for s, section := range sections {
		for _, r := range section.rows {
			if err := b.ctx.Err(); err != nil {
				return err
			}
			turn.Next()
			a := article{row: r}
			if r.hole == "" {
				a.node = b.draw(ctx, d, r)
			} else {
				said := b.Words.T(r.hole)
				if t := b.Thread; t.Focus != nil && len(t.Focus.Sightings) > 0 {
					said += ": " + b.Words.T("ghost.unknown", t.Focus.Sightings[0].Host)
				}
				a.node = markup.El("p", markup.At("class", "quiet"), markup.Text(said))
			}
			if queue = append(queue, waiting{a, s}); len(queue) > ahead {
				if err := next(); err != nil {
					return err
				}
			}
		}
	}
	for len(queue) > 0 {
		if err := next(); err != nil {
			return err
		}
	}
	return nil
}

// draw draws a post for a file, and begins to fetch its pictures.
func (b *book) draw(ctx context.Context, d *markup.Drawing, r row) markup.Node {
	r.Post = b.chaptered(ctx, b.shown(r.Post))
	b.silent = r.Post.Counts.Replies <= 0
	n := b.adapt(ctx, markup.Article(d, r.Row), false)
	b.posts++
	n.Attrs = append(n.Attrs, markup.Attr{Name: "id", Value: "p" + strconv.Itoa(b.posts)})
	if said := b.said(b.Kept[r.Post.Key]); len(said) > 0 {
		n.Children = append(n.Children, markup.El("dl", markup.At("class", "quote"), said...))
	}
	return n
}

// said is what the reader says of a saved post.
func (b *book) said(k *markup.Kept) (out []markup.Node) {
	add := func(name string, all ...string) {
		out = append(out, markup.El("dt", nil, markup.Text(b.Words.T(name))))
		for _, text := range all {
			out = append(out, markup.El("dd", markup.At("dir", "auto"), markup.Text(text)))
		}
	}
	if k != nil && k.Note != "" {
		add("saved.note", strings.FieldsFunc(k.Note, func(r rune) bool { return r == '\n' })...)
	}
	if k != nil && len(k.Tags) > 0 {
		add("saved.tags", strings.Join(k.Tags, ", "))
	}
	return out
}

// gone is the mark that a saved post is gone, without what the reader says of it.
func gone(k *markup.Kept) *markup.Kept {
	if k == nil || k.Gone.IsZero() {
		return nil
	}
	return &markup.Kept{Gone: k.Gone, Bare: true}
}

// mostChapters is how many files of chapters are asked for at most.
const mostChapters = 200

// chaptered is a post with the chapters of its sounds and films that stand in files of their own.
func (b *book) chaptered(ctx context.Context, p *feeds.Post) *feeds.Post {
	for i, m := range p.Media {
		if b.Files == nil || m.Film == nil || m.Film.Index == "" || len(m.Film.Chapters) > 0 || b.indexes >= mostChapters {
			continue
		}
		b.indexes++
		answer, err := b.Files.Fetch(ctx, feeds.Request{URL: m.Film.Index, Accept: "*/*"})
		if err != nil || feeds.StatusError(answer) != nil {
			continue
		}
		if list, err := captions.Chapters(answer.Body); err == nil && len(list) > 0 {
			film, q := *m.Film, *p
			film.Chapters, q.Media = list, slices.Clone(p.Media)
			q.Media[i].Film = &film
			p = &q
		}
	}
	return p
}

// shown is a post with the pictures that the file is to have. A post is shown with its smaller ones otherwise.
func (b *book) shown(p *feeds.Post) *feeds.Post {
	if b.Pictures != Full || len(p.Media) == 0 && (p.Quote == nil || p.Quote.Post == nil) {
		return p
	}
	out := *p
	out.Media = slices.Clone(p.Media)
	for i := range out.Media {
		if m := &out.Media[i]; m.Kind == feeds.Image {
			m.Preview = cmp.Or(m.URL, m.Original, m.Preview)
		}
	}
	if q := p.Quote; q != nil && q.Post != nil {
		quote := *q
		quote.Post = b.shown(q.Post)
		out.Quote = &quote
	}
	return &out
}

// kept are the attributes that a file needs.
const kept = " alt aria-label class colspan cite data-depth data-parent data-uri datetime dir height href lang max open reversed rowspan scope src start title type value width "

// adapt makes of what is drawn for a page what a file can hold: no icons, no portraits, nothing that plays, nothing that only a page's script or
// style gives a meaning. Ids are left out, but for those of footnotes, which are numbered as posts are: a post may stand in a file twice. Pictures begin to be fetched. said says that it stands where words
// are shown that a page says to those who don't see its icons.
func (b *book) adapt(ctx context.Context, n markup.Node, said bool) markup.Node {
	if n.Tag == "" {
		return n
	}
	class := attr(n, "class")
	switch {
	case n.Tag == "svg" || n.Tag == "button" || n.Tag != "progress" && attr(n, "aria-hidden") == "true" || dropped(class):
		return markup.Node{}
	case n.Tag == "a" && b.silent && hasWord(class, "stat"): // it opens a conversation that there isn't
		return markup.Node{}
	case n.Tag == "details" && hasWord(class, "tags"): // its summary names the first of them once more
		return b.adapt(ctx, n.Children[len(n.Children)-1], said)
	case n.Tag == "picture":
		still := attr(n.Children[0], "srcset") // of a symbol that moves
		img := n.Children[len(n.Children)-1]
		img.Attrs = slices.Clone(img.Attrs)
		for i := range img.Attrs {
			if img.Attrs[i].Name == "src" {
				img.Attrs[i].Value = still
			}
		}
		return b.adapt(ctx, img, said)
	case n.Tag == "video" || n.Tag == "audio":
		return b.adapt(ctx, player(n), said)
	case n.Tag == "span" && said && class == "vh":
		class = ""
	}
	said = said || n.Tag == "footer" || n.Tag == "summary" || class == "counts" || class == "when"
	out := markup.Node{Tag: n.Tag, Text: n.Text}
	for _, a := range n.Attrs {
		switch {
		case a.Name == "class" && class == "":
		case a.Name == "id" && strings.HasPrefix(a.Value, markup.NoteIDs):
			out.Attrs = append(out.Attrs, markup.Attr{Name: "id", Value: b.noteID(a.Value)})
		case a.Name == "href" && strings.HasPrefix(a.Value, "#"):
			out.Attrs = append(out.Attrs, markup.Attr{Name: "href", Value: "#" + b.noteID(a.Value[1:])})
		case a.Name == "type" && n.Tag != "ol": // obsolete for other lists
		case a.Name == "aria-label" && n.Tag == "div": // it was a part that scrolls
		case strings.Contains(kept, " "+a.Name+" "):
			out.Attrs = append(out.Attrs, a)
		}
	}
	if len(n.Tag) == 2 && n.Tag[0] == 'h' && n.Tag[1] >= '1' && n.Tag[1] <= '6' {
		out.Tag = "h" + strconv.Itoa(min(int(n.Tag[1]-'0')+b.level, 6))
	}
	if n.Tag == "img" && b.Pictures != None && b.Media != nil {
		b.fetch(ctx, attr(n, "src"), hasWord(class, "emoji"))
	}
	for i, c := range n.Children {
		if class == "when" && i > 0 && attr(c, "class") == "vh" {
			out.Children = append(out.Children, markup.Text(", "))
		}
		if c = b.adapt(ctx, c, said); c.Tag != "" || c.Text != "" {
			out.Children = append(out.Children, c)
		}
	}
	return out
}

// noteID is a footnote's id in the post that is drawn.
func (b *book) noteID(id string) string { return "p" + strconv.Itoa(b.posts+1) + id }

// dropped reports what only a page has: what is pressed, what can be seen of something hidden, a count of none.
func dropped(class string) bool {
	return hasWord(class, "playmark") || hasWord(class, "nil") || hasWord(class, "do") || hasWord(class, "avatar") || hasWord(class, "kept")
}

// player is a link to a film or a sound, with its still picture.
func player(n markup.Node) markup.Node {
	src := attr(n, "src")
	for _, c := range n.Children {
		if c.Tag == "source" {
			src = cmp.Or(src, attr(c, "src"))
		}
	}
	var still markup.Node
	if poster := attr(n, "poster"); poster != "" {
		still = markup.El("img", markup.At("src", poster, "alt", ""))
	}
	return markup.El("a", markup.At("class", "film", "href", src), still, markup.El("span", nil, markup.Text("▶ "+attr(n, "aria-label"))))
}

// placed puts pictures into the file, and words in the place of those that aren't in it.
func (b *book) placed(n markup.Node) (markup.Node, error) {
	switch n.Tag {
	case "":
		return n, nil
	case "img":
		return b.placedPicture(n)
	}
	children := make([]markup.Node, 0, len(n.Children))
	lost := false
	for _, c := range n.Children {
		out, err := b.placed(c)
		if err != nil {
			return n, err
		}
		lost = lost || c.Tag == "img" && out.Tag != "img"
		if out.Tag != "" || out.Text != "" {
			children = append(children, out)
		}
	}
	for i := range children {
		if lost && attr(children[i], "class") == "vh" { // it was the name of the picture
			children[i].Attrs = nil
		}
	}
	n.Children = children
	return n, nil
}

func (b *book) placedPicture(n markup.Node) (markup.Node, error) {
	src, alt, symbol := attr(n, "src"), attr(n, "alt"), hasWord(attr(n, "class"), "emoji")
	name, known := "", b.pictures.all[src]
	if known != nil {
		var err error
		if name, err = b.place(src); err != nil {
			return n, err
		}
		switch {
		case known.told:
		case known.mime == "":
			b.Lost++
		default:
			b.Shown++
		}
		known.told = true
	}
	switch {
	case name != "":
		b.noAlt = b.noAlt || alt == ""
		n.Attrs = slices.Clone(n.Attrs)
		for i := range n.Attrs {
			if n.Attrs[i].Name == "src" {
				n.Attrs[i].Value = name
			}
		}
		return n, nil
	case alt == "":
		return markup.Node{}, nil
	case symbol:
		return markup.Text(alt), nil
	}
	return markup.El("span", markup.At("dir", "auto"), markup.Text(b.Words.T("text.picture")+": "+alt)), nil
}

func attr(n markup.Node, name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

func hasWord(list, word string) bool { return slices.Contains(strings.Fields(list), word) }
