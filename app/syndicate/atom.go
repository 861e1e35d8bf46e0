package syndicate

import (
	"cmp"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/parts"
	"vitrine/feeds/reader"
)

// The shapes of RFC 4287.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Icon     string      `xml:"icon,omitempty"`
	Links    []atomLink  `xml:"link"`
	Author   *atomPerson `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Href   string `xml:"href,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Title  string `xml:"title,attr,omitempty"`
	Length int64  `xml:"length,attr,omitempty"` // bytes
	Lang   string `xml:"hreflang,attr,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated"`
	Author     atomPerson     `xml:"author"`
	Booster    *atomPerson    `xml:"contributor"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Rights     string         `xml:"rights,omitempty"`
	Summary    string         `xml:"summary,omitempty"`
	ReplyTo    *atomReply     // RFC 4685
	Content    atomContent    `xml:"content"`
	Source     *atomSource    `xml:"source"`
}

type atomReply struct {
	XMLName xml.Name `xml:"http://purl.org/syndication/thread/1.0 in-reply-to"`
	Ref     string   `xml:"ref,attr"`
}

// atomSource is where an entry of somebody else's comes from.
type atomSource struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Atom writes a feed as RFC 4287 has it.
func Atom(w io.Writer, f *Feed) error {
	doc := atomFeed{ID: f.ID, Title: printable(f.Title), Subtitle: printable(f.Summary), Icon: f.Icon, Lang: f.Language}
	if doc.ID == "" {
		doc.ID = f.Home
	}
	for _, l := range []atomLink{{Rel: "self", Href: f.Self, Type: "application/atom+xml"}, {Rel: "alternate", Href: f.Home, Type: "text/html"}, {Rel: "alternate", Href: f.Other, Type: "application/feed+json"}} {
		if l.Href != "" {
			doc.Links = append(doc.Links, l)
		}
	}
	if f.Author != nil {
		doc.Author = &atomPerson{Name: printable(f.Author.DisplayName()), URI: f.Author.URL}
	}
	newest := f.Updated
	for _, i := range f.Items {
		if i.Post == nil {
			continue
		}
		entry, err := f.atomEntry(i)
		if err != nil {
			return err
		}
		doc.Entries = append(doc.Entries, entry)
		for _, t := range []time.Time{i.Post.Published, i.Post.Edited} {
			if f.Updated.IsZero() && t.After(newest) {
				newest = t
			}
		}
	}
	doc.Updated = newest.UTC().Format(time.RFC3339)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (f *Feed) atomEntry(i reader.Item) (atomEntry, error) {
	p, how := i.Post, f.entry(i)
	if how.Title == "" {
		how.Title = Title(p)
	}
	v := &atomParts{htmlParts: htmlParts{Feed: f, how: how, post: p}, entry: atomEntry{
		Lang: p.Language, ID: iri(p.Key), Title: printable(how.Title), Updated: stamp(p.Published),
		Author: atomPerson{Name: printable(p.Author.DisplayName()), URI: p.Author.URL}, Summary: printable(f.summary(p)),
	}}
	if !p.Undated {
		v.entry.Published = stamp(p.Published)
	}
	if how.URL != "" {
		v.link("alternate", how.URL)
	}
	if p.URL != "" && p.URL != how.URL {
		v.link("via", p.URL)
	}
	parts.Walk(how.visible(p), i.Entry, v)
	v.entry.Content = atomContent{Type: "html", Text: printable(v.out.String())}
	if a := p.Author; f.Author != nil && a.URL != "" && a.URL != f.Author.URL {
		v.entry.Source = &atomSource{ID: cmp.Or(a.URI, a.URL), Title: printable(a.DisplayName()), Updated: v.entry.Updated,
			Links: []atomLink{{Rel: "alternate", Href: a.URL, Type: "text/html"}}}
	}
	return v.entry, v.err
}

// atomParts writes the content of an entry, and what an entry has elements for.
type atomParts struct {
	htmlParts
	entry atomEntry
}

func (v *atomParts) link(rel, href string) {
	v.entry.Links = append(v.entry.Links, atomLink{Rel: rel, Href: href, Type: "text/html"})
}

func (v *atomParts) BoostedBy(by *feeds.Author) {
	v.htmlParts.BoostedBy(by)
	v.entry.Booster = &atomPerson{Name: printable(by.DisplayName()), URI: by.URL}
}

func (v *atomParts) ReplyTo(to *feeds.ReplyTo) {
	v.htmlParts.ReplyTo(to)
	if to.Key != "" {
		v.entry.ReplyTo = &atomReply{Ref: iri(to.Key)}
	}
}

// License has an element and a link (RFC 4946) in place of a paragraph.
func (v *atomParts) License(l *feeds.License) {
	v.entry.Rights = printable(l.Name)
	if l.URL != "" {
		v.entry.Links = append(v.entry.Links, atomLink{Rel: "license", Href: l.URL})
	}
}

func (v *atomParts) Edited(at time.Time) { v.entry.Updated = stamp(at) }

func (v *atomParts) Picture(index int, m feeds.Media) {
	v.htmlParts.Picture(index, m)
	v.enclosure(m)
}

func (v *atomParts) Film(index int, m feeds.Media) {
	v.htmlParts.Film(index, m)
	v.enclosure(m)
}

func (v *atomParts) Sound(index int, m feeds.Media) {
	v.htmlParts.Sound(index, m)
	v.enclosure(m)
}

func (v *atomParts) File(index int, m feeds.Media) {
	v.htmlParts.File(index, m)
	v.enclosure(m)
}

func (v *atomParts) enclosure(m feeds.Media) {
	src := file(m)
	if src == "" {
		return
	}
	v.entry.Links = append(v.entry.Links, atomLink{Rel: "enclosure", Href: src, Type: mimeType(m), Title: printable(m.Alt), Length: bytesOf(m)})
	if m.Film != nil {
		for _, c := range m.Film.Captions {
			v.entry.Links = append(v.entry.Links, atomLink{Rel: "related", Href: c.URL, Type: "text/vtt", Title: printable(markup.CaptionName(v.Words, m.Film, c)), Lang: c.Language})
		}
	}
}

func (v *atomParts) Card(c *feeds.Card) {
	v.htmlParts.Card(c)
	if c.URL != "" {
		v.link("related", c.URL)
	}
}

func (v *atomParts) Tags(list []feeds.Tag) {
	v.htmlParts.Tags(list)
	for _, t := range list {
		v.entry.Categories = append(v.entry.Categories, atomCategory{Term: printable(t.Name)})
	}
}

// iri is a post's id, which has to be an IRI (RFC 4287, section 4.2.6): a Key of host and id alone gets a scheme.
func iri(key feeds.Key) string {
	id := string(key)
	if !strings.Contains(id, ":") || strings.IndexByte(id, '/') >= 0 && strings.IndexByte(id, '/') < strings.IndexByte(id, ':') {
		return "tag:" + strings.Replace(id, "/", ",2000:", 1) // RFC 4151
	}
	return id
}

// printable leaves out what XML 1.0 can't hold (section 2.2).
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}
