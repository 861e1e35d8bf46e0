package document

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// section is a part of a file under a heading of its own: a day, or a part of a conversation.
type section struct {
	title string
	rows  []row
}

// row is a post, or a hole in a conversation.
type row struct {
	markup.Row
	hole string // key of its label; "" for a post
	day  string // the date, where the first post of a day stands here; "" otherwise
}

const (
	mostInSection = 100 // posts: what is read at a time, and held in memory
	fullSection   = 40  // posts of a conversation after which no further branch begins in a section
)

// sections parts the posts: a list by days, a conversation by its branches.
func (b *book) sections() []section {
	var out []section
	if b.Thread != nil {
		out = b.branches()
	} else {
		out = b.days()
	}
	seen := map[string]bool{}
	for s := range out {
		for r := range out[s].rows {
			row := &out[s].rows[r]
			if row.hole != "" {
				continue
			}
			if day := b.Words.Date(b.local(at(row))); !seen[day] {
				seen[day], row.day = true, day
			}
		}
	}
	return out
}

// at is the time that a row stands at.
func at(r *row) time.Time {
	if r.Entry.At.IsZero() {
		return r.Post.Published
	}
	return r.Entry.At
}

func (b *book) local(t time.Time) time.Time {
	if b.Local == nil {
		return t.UTC()
	}
	return b.Local(t)
}

func (b *book) days() []section {
	var out []section
	last, part := "", 1
	for _, i := range b.Items {
		r := row{Row: markup.Row{Post: i.Post, Entry: i.Entry, Others: max(len(i.Boosts)-1, 0), Answers: i.Answers, Kept: gone(b.Kept[i.Post.Key])}}
		title := b.Words.Date(b.local(at(&r)))
		if i.Entry.Pinned {
			title, r.Place.Kind = b.Words.T("ctx.pinned"), markup.Pinned
		}
		switch {
		case title != last:
			out, last, part = append(out, section{title: title}), title, 1
		case len(out[len(out)-1].rows) >= mostInSection:
			part++
			out = append(out, section{title: title + " (" + strconv.Itoa(part) + ")"})
		}
		s := &out[len(out)-1]
		s.rows = append(s.rows, r)
	}
	return out
}

// branches are what stands above the focused post with its author's chain, then the conversations below it, small ones together.
func (b *book) branches() []section {
	t := b.Thread
	out := []section{{title: b.Title}}
	add := func(r row) { s := &out[len(out)-1]; s.rows = append(s.rows, r) }
	listed := map[feeds.Key]feeds.Entry{}
	for _, i := range b.Items {
		listed[i.Post.Key] = i.Entry
	}
	post := func(p *feeds.Post, place markup.Place) {
		if e, ok := listed[p.Key]; ok {
			add(row{Row: markup.Row{Post: p, Entry: e, Place: place}})
		}
	}
	for _, a := range t.Above {
		if a.Post == nil {
			add(row{hole: "ghost.above"})
			continue
		}
		post(a.Post, markup.Place{Kind: markup.Ancestor})
	}
	if t.Focus != nil {
		place := markup.Place{Kind: markup.Focused}
		if t.ChainSize > 1 {
			place.Part, place.Parts = t.FocusPart, t.ChainSize
		}
		post(t.Focus, place)
	}
	for _, r := range t.Replies {
		s := &out[len(out)-1]
		if first := r.Chain == 0 && r.Step == 0; r.Post != nil && (first && (len(out) == 1 || len(s.rows) >= fullSection) || len(s.rows) >= mostInSection) {
			out = append(out, section{title: without(r.Post.Author.DisplayName(), r.Post.Author.Emoji) + ": " + without(syndicate.Title(r.Post), r.Post.Emoji)})
		}
		if r.Post == nil {
			add(row{hole: "ghost.reply"})
			continue
		}
		post(r.Post, placeOf(r, t))
	}
	return out
}

func placeOf(r reader.Reply, t *reader.Tree) markup.Place {
	p := markup.Place{
		Kind: markup.Reply, Depth: r.Depth, Step: r.Step, Answers: r.Answers, MissingParent: r.Missing,
		ByAuthor: t.Focus != nil && r.Post.Author.Handle() == t.Focus.Author.Handle(),
	}
	if r.Answers > 0 {
		p.Parts = t.ChainSize
	}
	if r.Chain > 0 {
		p.Kind, p.Part, p.Parts, p.ByAuthor = markup.Chain, r.Chain, t.ChainSize, false
		return p
	}
	if r.Parent != nil {
		p.Parent = markup.URI(r.Parent)
		if r.Answers == 0 {
			p.ReplyTo = r.Parent.Author.Handle()
		}
	}
	return p
}

// authors are those of the posts, in the order of their first post, each once.
func (b *book) authors() []*feeds.Author {
	var out []*feeds.Author
	seen := map[string]bool{}
	for _, i := range b.Items {
		if a := i.Post.Author; !seen[a.Handle()] {
			seen[a.Handle()] = true
			out = append(out, a)
		}
	}
	return out
}

// languages are the interface's, in which the frame is written, and those of the posts.
func (b *book) languages() []string {
	out := []string{b.Words.Lang()}
	seen := map[string]bool{b.Words.Lang(): true}
	for _, i := range b.Items {
		if tag := markup.LanguageTag(i.Post.Language); tag != "" && !seen[tag] {
			seen[tag] = true
			out = append(out, tag)
		}
	}
	return out
}

// span is when the first and the last post of the file were written.
func (b *book) span() (from, to time.Time) {
	for _, i := range b.Items {
		t := i.Post.Published
		if from.IsZero() || t.Before(from) {
			from = t
		}
		if t.After(to) {
			to = t
		}
	}
	return from, to
}

// title is that of the file, without the codes of symbols, which no title shows.
func (b *book) title() string {
	title := cmp.Or(b.Title, b.Home, b.ID)
	for _, a := range b.authors() {
		title = without(title, a.Emoji)
	}
	return cmp.Or(title, b.Home, b.ID)
}

// without leaves the codes of symbols out of a text.
func without(text string, symbols []content.CustomEmoji) string {
	for _, e := range symbols {
		if code := ":" + e.Shortcode + ":"; strings.Contains(text, code) {
			text = strings.Join(strings.Fields(strings.ReplaceAll(text, code, "")), " ")
		}
	}
	return text
}
