// Package syndicate writes posts as Atom (RFC 4287), JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) and text.
package syndicate

import (
	"cmp"
	"net/url"
	"path"
	"strings"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/jsonfeed"
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
	Thread   *reader.Tree // of a conversation, whose posts Items are: entries say then who answers whom, and text what is missing; nil for a list

	Words      *words.Words              // of the sentences beside what was posted
	Local      func(time.Time) time.Time // into the time zone of dates in texts; nil for UTC, which is named then
	HideCounts bool                      // what changes all the time is left out: counts and reactions
	// Saved adds what the reader says of a post that they have saved, for a file of their own; nil: nothing is.
	Saved    func(feeds.Key, *jsonfeed.Post)
	Complete bool // items of JSON Feed have a post's text by itself too, so that the post comes back from it as it was
	// Entry says how a post of a published feed is written; nil: as it is.
	Entry func(reader.Item) Entry

	answered map[feeds.Key]string // what the posts of Thread answer, in words; nil until it is asked for
}

// Entry is how a post is written beside what it says itself.
type Entry struct {
	URL      string // its permanent page; "" for none
	Title    string // "" for none in JSON Feed, and for Title in Atom
	Warnings Warnings
	Answers  string // what it answers in its conversation, in words; "" for what the post says of that itself
}

// Warnings is what becomes of what stands behind an author's warning.
type Warnings uint8

// The ways of warnings.
const (
	WarningsFolded Warnings = iota // a details element, in text below the warning
	WarningsOpen                   // below the warning
	WarningsLinked                 // left out; the warning leads to the post's page: not all readers of feeds know the details element
)

// With is the feed with other items.
func (f Feed) With(items []reader.Item) Feed {
	f.Items, f.answered = items, nil
	return f
}

func (f *Feed) entry(i reader.Item) Entry {
	how := Entry{URL: i.Post.URL, Title: i.Post.Title}
	if f.Entry != nil {
		how = f.Entry(i)
	}
	if f.Thread != nil {
		if f.answered == nil {
			f.answered = map[feeds.Key]string{}
			for _, r := range f.rows() {
				if r.post != nil {
					f.answered[r.post.Key] = r.answers
				}
			}
		}
		how.Answers = f.answered[i.Post.Key]
	}
	return how
}

// visible returns the post, or the part of it that may be seen without opening its warning. Parts that are new stay behind it until they are named here.
func (e Entry) visible(p *feeds.Post) *feeds.Post {
	if e.Warnings != WarningsLinked || !p.HasWarning() {
		return p
	}
	return &feeds.Post{
		Key: p.Key, URI: p.URI, URL: p.URL, Author: p.Author, Published: p.Published, Undated: p.Undated, Edited: p.Edited, Title: p.Title, Emoji: p.Emoji,
		Warning: p.Warning, Warned: p.Warned, Sensitive: p.Sensitive, Language: p.Language, ReplyTo: p.ReplyTo, Tags: p.Tags, Counts: p.Counts,
		Group: p.Group, Channel: p.Channel, Application: p.Application, License: p.License, Visibility: p.Visibility,
	}
}

// warning is what an author's warning says.
func (f *Feed) warning(words string) string { return cmp.Or(words, f.Words.T("post.warned")) }

// summary stands for a post whose text is folded away; "" for others.
func (f *Feed) summary(p *feeds.Post) string {
	if !p.HasWarning() {
		return ""
	}
	return f.warning(p.Warning)
}

// warningLabel is what an author's warning says, called a warning.
func (f *Feed) warningLabel(words string) string {
	if words == "" {
		return f.warning(words)
	}
	return f.Words.T("post.warning") + " " + words
}

// Title is what a post is called where a title is asked for: its own, its warning, or its first words where nothing hides them.
func Title(p *feeds.Post) string {
	switch {
	case p.Title != "":
		return p.Title
	case p.Warning != "":
		return p.Warning
	}
	if t := content.Title(p.Body, 80); t != "" && !p.HasWarning() {
		return t
	}
	if p.Undated {
		return p.Author.DisplayName()
	}
	return p.Author.DisplayName() + ", " + p.Published.UTC().Format(time.DateOnly)
}

// file is the address of a medium's file: at its origin, where the server asked has none; "" for none.
func file(m feeds.Media) string { return cmp.Or(m.URL, m.Original) }

// mimeType finds the type by the file's name, or by what the server said it is. It doesn't ask the system, whose table differs
// from machine to machine.
func mimeType(m feeds.Media) string {
	if u, err := url.Parse(file(m)); err == nil {
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
		case ".svg":
			return "image/svg+xml"
		case ".jxl":
			return "image/jxl"
		case ".heic":
			return "image/heic"
		case ".webp":
			return "image/webp"
		case ".jpg", ".jpeg":
			return "image/jpeg"
		case ".png", ".gif":
			return "image/" + ext[1:]
		case ".pdf":
			return "application/pdf"
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
