package read

import (
	"encoding/xml"
	"io"
	"strings"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// The shapes of RFC 4287.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
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

func writeAtom(w io.Writer, l *Listing, _ *words.Words) error {
	doc := atomFeed{ID: l.ID, Title: l.Title, Subtitle: l.Summary, Icon: l.Icon}
	if doc.ID == "" {
		doc.ID = l.Home
	}
	if l.Home != "" {
		doc.Links = []atomLink{{Rel: "alternate", Href: l.Home, Type: "text/html"}}
	}
	if l.Author != nil {
		doc.Author = &atomPerson{Name: l.Author.DisplayName(), URI: l.Author.URL}
	}
	var newest time.Time
	for _, i := range l.Items {
		if i.Post == nil {
			continue
		}
		doc.Entries = append(doc.Entries, entry(i))
		for _, t := range []time.Time{i.Post.Published, i.Post.Edited} {
			if t.After(newest) {
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

func entry(i reader.Item) atomEntry {
	p := i.Post
	e := atomEntry{
		Lang: p.Language, ID: string(p.Key), Title: title(p), Published: stamp(p.Published), Updated: stamp(p.Published),
		Author: atomPerson{Name: p.Author.DisplayName(), URI: p.Author.URL}, Summary: p.Warning, Content: atomContent{Type: "html", Text: content.HTML(p.Body)},
	}
	if !p.Edited.IsZero() {
		e.Updated = stamp(p.Edited)
	}
	if p.URL != "" {
		e.Links = append(e.Links, atomLink{Rel: "alternate", Href: p.URL, Type: "text/html"})
	}
	for _, m := range p.Media {
		if m.URL != "" {
			e.Links = append(e.Links, atomLink{Rel: "enclosure", Href: m.URL, Type: mimeType(m), Title: m.Alt})
		}
	}
	for _, t := range p.Tags {
		e.Categories = append(e.Categories, atomCategory{Term: t.Name})
	}
	return e
}

// title is what a post is called where a title is asked for: its own, its warning, or its first words.
func title(p *feeds.Post) string {
	switch {
	case p.Title != "":
		return p.Title
	case p.Warning != "":
		return p.Warning
	}
	if t := content.Title(p.Body, 80); t != "" {
		return t
	}
	return p.Author.DisplayName() + ", " + p.Published.UTC().Format(time.DateOnly)
}

func oneLine(d content.Doc) string { return strings.Join(strings.Fields(content.PlainText(d)), " ") }
