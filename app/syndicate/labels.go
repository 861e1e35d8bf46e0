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
	"vitrine/feeds/address"
	"vitrine/feeds/content"
	"vitrine/feeds/parts"
)

// This file has the labels that HTML and text share.

func handle(a *feeds.Author) string {
	if a.Community {
		return "!" + address.Show(a.Handle())
	}
	return "@" + address.Show(a.Handle())
}

func replyLine(w *words.Words, to *feeds.ReplyTo) string {
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
func fileName(w *words.Words, link string) string {
	u, err := url.Parse(link)
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
		tail = " !" + address.Show(c.Group)
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

// tagsNotInText are the hashtags that don't stand in a text.
func tagsNotInText(doc content.Doc, list []feeds.Tag) []feeds.Tag {
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

// when is when a post was written, or that it tells no time and when it was seen.
func (f *Feed) when(p *feeds.Post) string {
	if p.Undated {
		return f.Words.T("post.seen", f.moment(p.Published))
	}
	return f.moment(p.Published)
}

func (f *Feed) date(t time.Time) string { return f.Words.Date(f.local(t)) }

// live says that a broadcast is one, and when it begins; "" for any other film.
func (f *Feed) live(film *feeds.Film) string {
	if film.Live == "" {
		return ""
	}
	said := f.Words.T("media.live." + string(film.Live))
	if film.Live == feeds.LiveWaiting && !film.Begins.IsZero() {
		said += ". " + f.Words.T("media.live.begins", f.moment(film.Begins))
	}
	return said
}

func (f *Feed) span(e *feeds.Event) string {
	if !e.Ends.After(e.Starts) {
		return f.moment(e.Starts)
	}
	return f.moment(e.Starts) + " – " + f.moment(e.Ends)
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return address.ShowHost(strings.TrimPrefix(u.Host, "www."))
}
