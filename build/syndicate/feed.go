// Package syndicate writes posts as Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
package syndicate

import (
	"mime"
	"net/url"
	"path"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// Feed is what is written.
type Feed struct {
	ID       string // an address that names it for ever
	Title    string
	Summary  string // plain text; "" for none
	Home     string // its page for people; "" where there is none
	Self     string // where the file stands: "" where that isn't known
	Other    string // where the feed stands in the other format; "" where it doesn't
	Icon     string
	Language string // BCP 47; "" when unknown
	Author   *feeds.Author
	Updated  time.Time // of the last change; zero: that of the newest post
	Items    []reader.Item
	// Entry says how a post of a published feed is written; nil: as it is.
	Entry func(reader.Item) Entry
}

// Entry is how a post is written beside what it says itself.
type Entry struct {
	URL    string // its permanent page; "" for that at its origin
	Title  string // "" for none in JSON Feed, and for Title in Atom
	Before string // HTML before the text, "" for none
	Fold   bool   // the text stays behind its warning, which leads to URL: readers of feeds know no details element
	After  string // HTML after the text
}

func (f *Feed) entry(i reader.Item) Entry {
	if f.Entry == nil {
		return Entry{URL: i.Post.URL, Title: i.Post.Title}
	}
	return f.Entry(i)
}

// html is the content of an entry.
func (e Entry) html(p *feeds.Post) string {
	if e.Fold {
		return e.Before
	}
	return e.Before + content.HTML(p.Body) + e.After
}

func (e Entry) text(p *feeds.Post) string {
	if e.Fold {
		return p.Warning
	}
	return content.PlainText(p.Body)
}

// open are the media that readers of feeds may show beside the text, without a warning before them.
func (e Entry) open(p *feeds.Post) []feeds.Media {
	if e.Fold {
		return nil
	}
	return p.Media
}

// Title is what a post is called where a title is asked for: its own, its warning, or its first words.
func Title(p *feeds.Post) string {
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

// mimeType tells the type by the file's name, or by what the server said it is. It doesn't ask the system, whose table differs
// from machine to machine.
func mimeType(m feeds.Media) string {
	if u, err := url.Parse(m.URL); err == nil {
		switch ext := strings.ToLower(path.Ext(u.Path)); ext {
		case ".mp4", ".m4v":
			return "video/mp4"
		case ".webm":
			return "video/webm"
		case ".ogv":
			return "video/ogg"
		case ".m3u8":
			return "application/vnd.apple.mpegurl"
		case ".mp3":
			return "audio/mpeg"
		case ".ogg", ".oga", ".opus":
			return "audio/ogg"
		case ".m4a":
			return "audio/mp4"
		case ".flac":
			return "audio/flac"
		case ".wav":
			return "audio/wav"
		case ".avif":
			return "image/avif"
		case ".webp":
			return "image/webp"
		case ".jpg", ".jpeg", ".png", ".gif", ".pdf":
			return mime.TypeByExtension(ext)
		}
	}
	switch m.Kind {
	case feeds.Image:
		return "image/jpeg"
	case feeds.Video, feeds.Gifv:
		return "video/mp4"
	case feeds.Audio:
		return "audio/mpeg"
	}
	return "application/octet-stream"
}

// stamp writes a time as RFC 3339, nothing for no time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
