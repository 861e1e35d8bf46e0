package syndicate

import (
	"bytes"
	"io"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/jsonfeed"
	"vitrine/feeds/jsontext"
	"vitrine/feeds/parts"
	"vitrine/feeds/reader"
)

// The shapes of https://www.jsonfeed.org/version/1.1/. What it has no field for stands under "_fediverse" and, whole, under
// "_vitrine" (docs/jsonfeed.md).
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url,omitempty"`
	FeedURL     string       `json:"feed_url,omitempty"`
	Description string       `json:"description,omitempty"`
	Icon        string       `json:"icon,omitempty"`
	Language    string       `json:"language,omitempty"`
	Authors     []jsonAuthor `json:"authors,omitempty"`
	Items       []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name   string `json:"name,omitempty"`
	URL    string `json:"url,omitempty"`
	Avatar string `json:"avatar,omitempty"`
}

type jsonItem struct {
	ID            string           `json:"id"`
	URL           string           `json:"url,omitempty"`
	ExternalURL   string           `json:"external_url,omitempty"`
	Title         string           `json:"title,omitempty"`
	ContentHTML   string           `json:"content_html"`
	ContentText   string           `json:"content_text,omitempty"`
	Summary       string           `json:"summary,omitempty"`
	Image         string           `json:"image,omitempty"`
	DatePublished string           `json:"date_published,omitempty"`
	DateModified  string           `json:"date_modified,omitempty"`
	Authors       []jsonAuthor     `json:"authors"`
	Tags          []string         `json:"tags,omitempty"`
	Language      string           `json:"language,omitempty"`
	Attachments   []jsonAttachment `json:"attachments,omitempty"`
	Fediverse     *jsonFediverse   `json:"_fediverse,omitempty"`
	Vitrine       *jsonfeed.Post   `json:"_vitrine,omitempty"`
}

type jsonAttachment struct {
	URL      string  `json:"url"`
	MimeType string  `json:"mime_type"`
	Title    string  `json:"title,omitempty"`
	Size     int64   `json:"size_in_bytes,omitempty"`
	Duration float64 `json:"duration_in_seconds,omitempty"`
}

type jsonFediverse struct {
	Handle         string `json:"handle"`
	BoostedBy      string `json:"boosted_by,omitempty"`
	ContentWarning string `json:"content_warning,omitempty"`
	Sensitive      bool   `json:"sensitive,omitempty"`
	InReplyTo      string `json:"in_reply_to,omitempty"`
	Original       string `json:"original,omitempty"` // the post's page at its origin, where url is a copy's
}

// JSONFeed writes a feed as JSON Feed 1.1, a post at a time.
func JSONFeed(w io.Writer, f *Feed) error {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, HomePageURL: f.Home, FeedURL: f.Self, Description: f.Summary, Icon: f.Icon,
		Language: f.Language, Items: []jsonItem{},
	}
	if f.Author != nil {
		doc.Authors = []jsonAuthor{jsonAuthorOf(f.Author)}
	}
	head, err := jsontext.Marshal(doc)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.Write(indented(nil, head, ""))
	b.Truncate(b.Len() - len("]\n}")) // the items follow, one at a time: there may be thousands
	before := "\n    "
	var turn feeds.Turn
	for _, i := range f.Items {
		if i.Post == nil {
			continue
		}
		turn.Next()
		item, err := f.jsonItem(i)
		if err != nil {
			return err
		}
		text, err := jsontext.Marshal(item)
		if err != nil {
			return err
		}
		b.WriteString(before)
		b.Write(indented(nil, text, "    "))
		if _, err := b.WriteTo(w); err != nil {
			return err
		}
		before = ",\n    "
	}
	if before[0] == ',' {
		b.WriteString("\n  ")
	}
	b.WriteString("]\n}\n")
	_, err = b.WriteTo(w)
	return err
}

// indented writes JSON without white space in lines, by two characters for each level, after what stands before each line.
func indented(to, text []byte, margin string) []byte {
	line := []byte("\n" + margin)
	quoted := false
	for i, c := range text {
		if quoted {
			to = append(to, c)
			quoted = c != '"' || escaped(text[:i])
			continue
		}
		switch c {
		case '{', '[':
			to = append(to, c)
			if text[i+1] != c+2 { // "}" and "]" stand two behind what they close
				line = append(line, "  "...)
				to = append(to, line...)
			}
		case '}', ']':
			if text[i-1] != c-2 {
				line = line[:len(line)-2]
				to = append(to, line...)
			}
			to = append(to, c)
		case ',':
			to = append(append(to, c), line...)
		case ':':
			to = append(to, ": "...)
		default:
			to, quoted = append(to, c), c == '"'
		}
	}
	return to
}

// escaped reports that a quotation mark after a text is a part of it: an odd number of backslashes stands before it.
func escaped(before []byte) bool {
	return (len(before)-len(bytes.TrimRight(before, "\\")))%2 == 1
}

func jsonAuthorOf(a *feeds.Author) jsonAuthor {
	return jsonAuthor{Name: a.DisplayName(), URL: a.URL, Avatar: a.Avatar}
}

func (f *Feed) jsonItem(i reader.Item) (jsonItem, error) {
	p, how := i.Post, f.entry(i)
	html, err := f.html(p, i.Entry, how)
	if err != nil {
		return jsonItem{}, err
	}
	v := &jsonParts{extensionParts: extensionParts{Feed: f, how: how}, item: jsonItem{
		ID: string(p.Key), URL: how.URL, Title: how.Title, ContentHTML: html, ContentText: f.text(p, i.Entry, how, false), Summary: f.summary(p),
		Authors: []jsonAuthor{jsonAuthorOf(p.Author)}, Fediverse: &jsonFediverse{Handle: "@" + p.Author.Handle()},
	}}
	if p.URL != how.URL {
		v.item.Fediverse.Original = p.URL
	}
	parts.Walk(how.visible(p), i.Entry, v)
	if p.Undated {
		v.out.FirstSeen = stamp(p.Published)
	}
	if text := content.DirectedHTML(p.Body); f.Complete && text != html {
		v.out.Complete, v.out.HTML = true, text
	}
	if f.Complete {
		v.out.Emoji = emojiOf(p)
	}
	if f.Saved != nil {
		f.Saved(p.Key, &v.out)
	}
	v.item.Vitrine = &v.out
	return v.item, nil
}

// jsonParts fills the fields of an item, and the extension beside them.
type jsonParts struct {
	extensionParts
	item jsonItem
}

func (v *jsonParts) BoostedBy(by *feeds.Author) {
	v.extensionParts.BoostedBy(by)
	v.item.Fediverse.BoostedBy = "@" + by.Handle()
}

func (v *jsonParts) ReplyTo(to *feeds.ReplyTo) {
	v.extensionParts.ReplyTo(to)
	if to.Handle != "" {
		v.item.Fediverse.InReplyTo = "@" + to.Handle
	}
}

func (v *jsonParts) Byline(_ *feeds.Author, published time.Time) {
	v.item.DatePublished = stamp(published)
}

func (v *jsonParts) Edited(at time.Time) {
	v.extensionParts.Edited(at)
	v.item.DateModified = stamp(at)
}

func (v *jsonParts) Warning(words string, emoji []content.CustomEmoji) {
	v.extensionParts.Warning(words, emoji)
	v.item.Fediverse.ContentWarning = v.warning(words)
}

func (v *jsonParts) Sensitive() {
	v.extensionParts.Sensitive()
	v.item.Fediverse.Sensitive = true
}

func (v *jsonParts) Picture(index int, m feeds.Media) {
	v.extensionParts.Picture(index, m)
	if v.item.Image == "" && !v.out.Sensitive {
		v.item.Image = file(m)
	}
	v.attach(m)
}

func (v *jsonParts) Film(index int, m feeds.Media) {
	v.extensionParts.Film(index, m)
	v.attach(m)
}

func (v *jsonParts) Sound(index int, m feeds.Media) {
	v.extensionParts.Sound(index, m)
	v.attach(m)
}

func (v *jsonParts) File(index int, m feeds.Media) {
	v.extensionParts.File(index, m)
	v.attach(m)
}

func (v *jsonParts) attach(m feeds.Media) {
	if src := file(m); src != "" {
		v.item.Attachments = append(v.item.Attachments, jsonAttachment{URL: src, MimeType: mimeType(m), Title: m.Alt, Size: bytesOf(m), Duration: m.Duration.Seconds()})
	}
}

func (v *jsonParts) Card(c *feeds.Card) {
	v.extensionParts.Card(c)
	v.item.ExternalURL = c.URL
}

func (v *jsonParts) Tags(list []feeds.Tag) {
	v.extensionParts.Tags(list)
	for _, t := range list {
		v.item.Tags = append(v.item.Tags, t.Name)
	}
}

func (v *jsonParts) Language(tag string) {
	v.extensionParts.Language(tag)
	v.item.Language = tag
}

// bytesOf is the size of a medium's file; 0 when unknown.
func bytesOf(m feeds.Media) int64 {
	if m.Film == nil {
		return 0
	}
	for _, f := range m.Film.Files {
		if f.URL == m.URL {
			return f.Bytes
		}
	}
	return 0
}
