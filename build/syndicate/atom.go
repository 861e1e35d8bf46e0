package syndicate

import (
	"encoding/xml"
	"io"
	"strings"
	"time"

	"vitrine/feeds"
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
	Rel   string `xml:"rel,attr"`
	Href  string `xml:"href,attr"`
	Type  string `xml:"type,attr,omitempty"`
	Title string `xml:"title,attr,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Author     atomPerson     `xml:"author"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
	Content    atomContent    `xml:"content"`
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
		doc.Entries = append(doc.Entries, f.atomEntry(i))
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

func (f *Feed) atomEntry(i reader.Item) atomEntry {
	p, how := i.Post, f.entry(i)
	if how.Title == "" {
		how.Title = Title(p)
	}
	e := atomEntry{
		Lang: p.Language, ID: iri(p), Title: printable(how.Title), Published: stamp(p.Published), Updated: stamp(p.Published),
		Author: atomPerson{Name: printable(p.Author.DisplayName()), URI: p.Author.URL}, Summary: printable(p.Warning),
		Content: atomContent{Type: "html", Text: printable(how.html(p))},
	}
	if !p.Edited.IsZero() {
		e.Updated = stamp(p.Edited)
	}
	if how.URL != "" {
		e.Links = append(e.Links, atomLink{Rel: "alternate", Href: how.URL, Type: "text/html"})
	}
	if p.URL != "" && p.URL != how.URL {
		e.Links = append(e.Links, atomLink{Rel: "via", Href: p.URL, Type: "text/html"})
	}
	for _, m := range how.open(p) {
		if m.URL != "" {
			e.Links = append(e.Links, atomLink{Rel: "enclosure", Href: m.URL, Type: mimeType(m), Title: printable(m.Alt)})
		}
	}
	for _, t := range p.Tags {
		e.Categories = append(e.Categories, atomCategory{Term: printable(t.Name)})
	}
	return e
}

// iri is a post's id, which has to be an IRI (RFC 4287, section 4.2.6): a Key of host and id alone gets a scheme.
func iri(p *feeds.Post) string {
	id := string(p.Key)
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
