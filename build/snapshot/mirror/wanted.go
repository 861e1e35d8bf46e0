package mirror

import (
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// use is what a foreign file is for: it says how large it may be and what it may be.
type use uint8

const (
	asPicture  use = iota // shown large
	asThumb               // a portrait, an emoji, a preview
	asFilm                // a video or sound
	asCaptions            // WebVTT
)

// walker visits every address in a post that a page would load a file from, and puts in its place what f returns.
type walker func(url string, u use) string

func (f walker) url(url string, u use) string {
	if url == "" {
		return ""
	}
	return f(url, u)
}

// post returns a copy of a post with other addresses of files.
func (f walker) post(p *feeds.Post) *feeds.Post {
	if p == nil {
		return nil
	}
	q := *p
	q.Author, q.Group = f.author(p.Author), f.author(p.Group)
	q.Body = f.doc(p.Body)
	q.Emoji = f.emoji(p.Emoji)
	q.Reactions = nil // they are not shown
	q.Media = make([]feeds.Media, 0, len(p.Media))
	for _, m := range p.Media {
		q.Media = append(q.Media, f.media(m))
	}
	if p.Poll != nil {
		poll := *p.Poll
		poll.Emoji = f.emoji(poll.Emoji)
		q.Poll = &poll
	}
	if p.Card != nil {
		card := *p.Card
		card.Image = f.url(card.Image, asThumb)
		q.Card = &card
	}
	if p.Quote != nil {
		quote := *p.Quote
		quote.Post = f.post(quote.Post)
		q.Quote = &quote
	}
	return &q
}

// author returns a copy with other pictures. The portrait that stands still is enough: embedded feeds are quiet.
func (f walker) author(a *feeds.Author) *feeds.Author {
	if a == nil {
		return nil
	}
	b := *a
	b.Avatar = f.still(a.AvatarSt, a.Avatar)
	b.AvatarSt = b.Avatar
	b.Header, b.HeaderSt = "", ""
	b.Emoji = f.emoji(a.Emoji)
	b.Bio = f.doc(a.Bio)
	return &b
}

func (f walker) emoji(list []content.CustomEmoji) []content.CustomEmoji {
	if list == nil {
		return nil
	}
	out := make([]content.CustomEmoji, 0, len(list))
	for _, e := range list {
		src := f.still(e.Static, e.URL)
		out = append(out, content.CustomEmoji{Shortcode: e.Shortcode, URL: src, Static: src})
	}
	return out
}

// still is the form of a small picture that stands still, or else the one that may move.
func (f walker) still(static, moving string) string {
	src := f.url(static, asThumb)
	if src == "" {
		src = f.url(moving, asThumb)
	}
	return src
}

func (f walker) doc(d content.Doc) content.Doc {
	return content.Doc{Blocks: f.nodes(d.Blocks), QuoteFallback: d.QuoteFallback}
}

func (f walker) nodes(list []content.Node) []content.Node {
	if list == nil {
		return nil
	}
	out := make([]content.Node, 0, len(list))
	for _, n := range list {
		if n.Kind == content.Emoji {
			n.Href = f.still(n.Static, n.Href)
			n.Static = n.Href
		}
		n.Children = f.nodes(n.Children)
		out = append(out, n)
	}
	return out
}

// media chooses one file of each medium: of a picture the whole one, of a film the one its server plays, or the next smaller one that
// may be had.
func (f walker) media(m feeds.Media) feeds.Media {
	switch m.Kind {
	case feeds.Image:
		src := f.url(first(m.URL, m.Original), asPicture)
		if src == "" {
			src = f.url(m.Preview, asPicture)
		}
		m.URL, m.Preview, m.Original = src, src, ""
	case feeds.Video, feeds.Gifv, feeds.Audio:
		f.film(&m)
	default: // a file is a link, which loads nothing by itself
		m.Preview = ""
	}
	return m
}

func (f walker) film(m *feeds.Media) {
	m.Preview = f.url(m.Preview, asThumb)
	files := []string{m.URL, m.Original}
	if m.Film != nil {
		smaller := m.Film.Files
		if i := slices.IndexFunc(smaller, func(file feeds.File) bool { return file.URL == m.URL }); i >= 0 {
			smaller = smaller[i+1:]
		}
		for _, file := range smaller {
			files = append(files, file.URL)
		}
	}
	m.URL, m.Original = "", ""
	for _, url := range files {
		if strings.HasSuffix(strings.ToLower(url), ".m3u8") {
			continue
		}
		if m.URL = f.url(url, asFilm); m.URL != "" {
			break
		}
	}
	if m.Film == nil {
		return
	}
	film := *m.Film
	film.Stream, film.Player, film.Index, film.Captions = "", "", "", nil // other sizes are links, which load nothing by themselves
	for _, c := range m.Film.Captions {
		if c.Type != "" { // a page without a program can't read it
			continue
		}
		if c.URL = f.url(c.URL, asCaptions); c.URL != "" && m.URL != "" {
			film.Captions = append(film.Captions, c)
		}
	}
	m.Film = &film
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
