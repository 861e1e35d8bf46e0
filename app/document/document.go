// Package document writes posts as files that people carry away: one page of HTML that needs nothing else, a book (EPUB 3), Markdown with
// its pictures in a ZIP, JSON Feed. A post is drawn by app/markup, as on any page; what a file can't have becomes a link or words. A file is
// written as it is made, so that thousands of posts need no more memory than the few that are being drawn.
//
//	report, err := document.Write(ctx, w, document.Document{Feed: feed, Format: document.EPUB, Media: media, Pictures: document.Small, Made: now})
package document

import (
	"context"
	"io"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/jsonfeed"
	"vitrine/feeds/reader"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	HTML     Format = "html"
	EPUB     Format = "epub"     // https://www.w3.org/TR/epub-33/
	Markdown Format = "markdown" // CommonMark with the tables of GitHub's, and its pictures, in a ZIP
	JSONFeed Format = "jsonfeed" // https://www.jsonfeed.org/version/1.1/
)

// Formats are all of them, in the order in which they are offered.
func Formats() []Format { return []Format{HTML, EPUB, Markdown, JSONFeed} }

// Ending is how the names of files of a format end, and MIME their type.
func (f Format) Ending() string {
	switch f {
	case HTML:
		return ".html"
	case EPUB:
		return ".epub"
	case Markdown:
		return ".zip"
	}
	return ".json"
}

// MIME is the type of a format's files.
func (f Format) MIME() string {
	switch f {
	case HTML:
		return "text/html"
	case EPUB:
		return "application/epub+zip"
	case Markdown:
		return "application/zip"
	}
	return "application/feed+json"
}

// Pictures says which pictures a file holds.
type Pictures string

// The choices of pictures.
const (
	None  Pictures = "none" // links in their place
	Small Pictures = "small"
	Full  Pictures = "full"
)

// Want is a picture that a file is to hold.
type Want struct {
	URL   string
	Small bool   // it is shown small: a symbol in a text, or what was chosen for all
	Types string // MIME types that the file may hold, between spaces
}

// Media returns the bytes of a picture, in one of the types that are wanted, and says which. An error makes the picture a link; it ends
// nothing. It is called by several goroutines at a time.
type Media func(ctx context.Context, w Want) (data []byte, mime string, err error)

// MaxPicture is the most bytes of a picture that a file holds.
const MaxPicture = 8 << 20

// Document is what is written. Its Feed's Items are in the order of the file.
type Document struct {
	*syndicate.Feed
	Format   Format
	Pictures Pictures      // None for JSONFeed
	Media    Media         // nil where Pictures is None
	Files    feeds.Fetcher // asks for files of chapters; nil: they are left out
	Made     time.Time
	Kept     map[feeds.Key]*markup.Kept // what the reader says of saved posts, and which are gone; nil for none
	// Progress is told how many posts are written; nil for nobody.
	Progress func(posts int)
}

// Report is what was written.
type Report struct {
	Posts   int
	LeftOut int // posts that aren't in the file because their authors don't want it
	Shown   int // pictures that are in it
	Lost    int // pictures that couldn't be read: links stand in their place
	Bytes   int64
}

// Write writes a file. The error is that of w or ctx; what was written then is no file.
func Write(ctx context.Context, w io.Writer, d Document) (Report, error) {
	feed := *d.Feed
	d.Feed = &feed
	left := d.leaveOut()
	out := &output{to: w}
	var err error
	b := &book{Document: d, ctx: ctx, out: out}
	b.LeftOut = left
	switch d.Format {
	case HTML:
		err = b.html()
	case EPUB:
		err = b.epub()
	case Markdown:
		err = b.markdown()
	default:
		if feed.Thread != nil && feed.Thread.Focus == nil { // what is left of it is a list
			feed.Thread = nil
		}
		for _, i := range feed.Items {
			if i.Post != nil {
				b.Posts++
			}
		}
		feed.Complete, feed.Saved = true, b.saved
		err = syndicate.JSONFeed(&watched{ctx: ctx, to: out, told: b.told}, &feed)
	}
	b.Report.Bytes = out.bytes
	return b.Report, err
}

// saved adds what the reader says of a saved post, as data.
func (b *book) saved(key feeds.Key, to *jsonfeed.Post) {
	if k := b.Kept[key]; k != nil {
		to.Labels, to.Note = k.Tags, k.Note
		if !k.Gone.IsZero() {
			to.Gone = stamp(k.Gone)
		}
	}
}

// told is called after each part of a JSON Feed: each post, the first with what stands before it, and the end.
func (b *book) told(parts int) {
	if b.Progress != nil && parts <= b.Posts {
		b.Progress(parts)
	}
}

// watched ends with a context, and says how often something was written.
type watched struct {
	ctx   context.Context
	to    io.Writer
	told  func(parts int)
	parts int
}

func (w *watched) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.to.Write(p)
	w.parts++
	w.told(w.parts)
	return n, err
}

// output counts bytes.
type output struct {
	to    io.Writer
	bytes int64
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.to.Write(p)
	o.bytes += int64(n)
	return n, err
}

// unwanted reports that an author wants no copies of their posts, or shows them only to people who are signed in.
func unwanted(a *feeds.Author) bool {
	return a != nil && (a.Wishes.NoArchive || a.Wishes.SignInToView)
}

// leaveOut takes away what authors don't want to be kept elsewhere, and says how many posts that were. A post that quotes one of these stays
// and leads to it.
func (d *Document) leaveOut() int {
	left := 0
	kept := func(p *feeds.Post) *feeds.Post {
		switch {
		case p == nil:
			return nil
		case unwanted(p.Author) || unwanted(p.Group):
			left++
			return nil
		case p.Quote == nil || p.Quote.Post == nil || !unwanted(p.Quote.Post.Author):
			return p
		}
		left++
		out, quote := *p, *p.Quote
		quote.URL, quote.Post = p.Quote.Post.URL, nil
		out.Quote = &quote
		return &out
	}
	items := make([]reader.Item, 0, len(d.Items))
	byKey := map[feeds.Key]*feeds.Post{}
	for _, i := range d.Items {
		if i.Post == nil {
			continue
		}
		if by := i.Entry.BoostedBy; unwanted(by) {
			left++
			continue
		}
		if i.Post = kept(i.Post); i.Post == nil {
			continue
		}
		if i.Answers != nil && unwanted(i.Answers.Author) {
			i.Answers = nil
		}
		byKey[i.Post.Key] = i.Post
		items = append(items, i)
	}
	d.Items = items
	if d.Thread != nil {
		d.Thread = treeOf(d.Thread, byKey)
	}
	return left
}

// treeOf is a conversation with those of its posts that are kept. Where another one was, nothing is: that it was left out is said once.
func treeOf(t *reader.Tree, kept map[feeds.Key]*feeds.Post) *reader.Tree {
	out := *t
	out.Above, out.Replies = nil, nil
	for _, a := range t.Above {
		if a.Post != nil {
			if a.Post = kept[a.Post.Key]; a.Post == nil {
				continue
			}
		}
		out.Above = append(out.Above, a)
	}
	for _, r := range t.Replies {
		if r.Post != nil {
			if r.Post = kept[r.Post.Key]; r.Post == nil {
				continue
			}
			if r.Parent != nil {
				r.Missing = r.Missing || kept[r.Parent.Key] == nil
				r.Parent = kept[r.Parent.Key]
			}
		}
		out.Replies = append(out.Replies, r)
	}
	out.Focus = kept[t.Focus.Key] // nil where its author wants no copy
	return &out
}

// Name is what a file may be called: the title without what no system allows in names, or "posts".
func Name(title string, f Format) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r):
			return ' '
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f: // they would turn the ending around
			return -1
		}
		return r
	}, title)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if letters := []rune(name); len(letters) > 60 {
		name = strings.TrimSpace(string(letters[:60]))
	}
	if name == "" {
		name = "posts"
	}
	return name + f.Ending()
}
