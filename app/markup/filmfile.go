package markup

import (
	"strconv"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/captions"
)

// FilmFile is a file beside a film that was asked for: its chapters, or what is said in it. Without either it can't be read.
type FilmFile struct {
	Waits    bool // it isn't here yet
	Index    int  // of the captions that are read
	Chapters []feeds.Chapter
	Said     []captions.Passage
}

// chapters are buttons where there is a program, and times to look up where there is none. Those in a file are asked for once they are opened.
func (d *Drawing) chapters(r Row, f *feeds.Film) Node {
	list, b := f.Chapters, r.Open.Chapters
	fold := At("class", "fold", "data-part", "chapters")
	switch {
	case len(list) > 0:
		return El("details", fold, El("summary", nil, Text(d.Words.N("media.chapters", len(list)))), d.chapterList(r, list))
	case first(f.Index) == "" || !d.Actions || r.quoted:
		return Node{}
	case b != nil:
		list = b.Chapters
	}
	inner := d.unread(b, f.Index)
	if len(list) > 0 {
		inner = []Node{d.chapterList(r, list)}
	}
	return d.asked(fold, b, d.Words.T("media.index"), inner)
}

func (d *Drawing) chapterList(r Row, list []feeds.Chapter) Node {
	items := make([]Node, 0, len(list))
	for _, c := range list {
		when, title := Text(d.Words.Duration(c.Start)), El("bdi", nil, Text(c.Title))
		if !d.Actions {
			items = append(items, El("li", nil, when, Text(" "), title))
			continue
		}
		items = append(items, El("li", nil, d.from(r, c.Start, when, Text(" "), title)))
	}
	return El("ol", At("class", "plain"), items...)
}

// from is a button that plays from a time on.
func (d *Drawing) from(r Row, start time.Duration, label ...Node) Node {
	return d.button("b plain", "chapter", At("data-index", strconv.Itoa(int(start/time.Second)), "data-key", string(r.Post.Key)), label...)
}

// asked opens what is asked for then. b is nil while it is shut.
func (d *Drawing) asked(attrs Attrs, b *FilmFile, label string, inner []Node) Node {
	attrs = append(attrs, Attr{"data-action", "toggle"}).When(b != nil, "open", "")
	return El("details", attrs, append([]Node{El("summary", nil, Text(label))}, inner...)...)
}

// unread says that a file is still to come, or leads to it.
func (d *Drawing) unread(b *FilmFile, address string) []Node {
	switch {
	case b == nil:
		return nil
	case b.Waits:
		return []Node{El("p", At("class", "quiet"), Text(d.Words.T("gap.loading")))}
	}
	return []Node{El("p", At("class", "quiet"), Text(d.Words.T("media.unread"))), d.file(address)}
}

// transcript is what is said in a film or sound, as text to read.
func (d *Drawing) transcript(r Row, f *feeds.Film) Node {
	if len(f.Captions) == 0 || !d.Actions || r.quoted {
		return Node{}
	}
	b, chosen := r.Open.Said, 0
	if b != nil && b.Index < len(f.Captions) {
		chosen = b.Index
	}
	c := f.Captions[chosen]
	var inner []Node
	if b != nil && len(f.Captions) > 1 {
		var choices []Node
		for i, other := range f.Captions {
			pressed := At("data-key", string(r.Post.Key), "data-index", strconv.Itoa(i), "aria-pressed", strconv.FormatBool(i == chosen))
			choices = append(choices, d.button("b", "said", pressed, El("bdi", nil, Text(CaptionName(d.Words, f, other)))))
		}
		inner = append(inner, El("p", At("class", "row-b"), choices...))
	}
	if b == nil || len(b.Said) == 0 {
		return d.asked(At("class", "fold", "data-part", "said"), b, d.Words.T("media.said"), append(inner, d.unread(b, c.URL)...))
	}
	for _, p := range b.Said {
		line := []Node{}
		if p.Start >= 0 {
			line = append(line, d.from(r, p.Start, Text(d.Words.Duration(p.Start))), Text(" "))
		}
		if p.Speaker != "" {
			line = append(line, El("b", nil, El("bdi", nil, Text(p.Speaker))), Text(" "))
		}
		inner = append(inner, El("p", At("dir", "auto").Filled("lang", language(c.Language)), append(line, Text(p.Text))...))
	}
	return d.asked(At("class", "fold", "data-part", "said"), b, d.Words.T("media.said"), inner)
}
