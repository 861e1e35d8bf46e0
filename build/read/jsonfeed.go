package read

import (
	"encoding/json"
	"io"
	"mime"
	"net/url"
	"path"
	"time"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/reader"
)

// The shapes of https://www.jsonfeed.org/version/1.1/. What it has no field for stands under "_fediverse".
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url,omitempty"`
	Description string       `json:"description,omitempty"`
	Icon        string       `json:"icon,omitempty"`
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
	DatePublished string           `json:"date_published"`
	DateModified  string           `json:"date_modified,omitempty"`
	Authors       []jsonAuthor     `json:"authors"`
	Tags          []string         `json:"tags,omitempty"`
	Language      string           `json:"language,omitempty"`
	Attachments   []jsonAttachment `json:"attachments,omitempty"`
	Fediverse     *jsonFediverse   `json:"_fediverse,omitempty"`
}

type jsonAttachment struct {
	URL      string  `json:"url"`
	MimeType string  `json:"mime_type"`
	Title    string  `json:"title,omitempty"`
	Duration float64 `json:"duration_in_seconds,omitempty"`
}

type jsonFediverse struct {
	Handle         string `json:"handle"`
	BoostedBy      string `json:"boosted_by,omitempty"`
	ContentWarning string `json:"content_warning,omitempty"`
	Sensitive      bool   `json:"sensitive,omitempty"`
	InReplyTo      string `json:"in_reply_to,omitempty"`
}

func writeJSON(w io.Writer, l *Listing, _ *words.Words) error {
	doc := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: l.Title, HomePageURL: l.Home, Description: l.Summary, Icon: l.Icon, Items: []jsonItem{}}
	if l.Author != nil {
		doc.Authors = []jsonAuthor{author(l.Author)}
	}
	for _, i := range l.Items {
		if i.Post != nil {
			doc.Items = append(doc.Items, item(i))
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func author(a *feeds.Author) jsonAuthor {
	return jsonAuthor{Name: a.DisplayName(), URL: a.URL, Avatar: a.Avatar}
}

func item(i reader.Item) jsonItem {
	p := i.Post
	out := jsonItem{
		ID: string(p.Key), URL: p.URL, Title: p.Title, ContentHTML: content.HTML(p.Body), ContentText: content.PlainText(p.Body), Summary: p.Warning,
		DatePublished: stamp(p.Published), DateModified: stamp(p.Edited), Authors: []jsonAuthor{author(p.Author)}, Language: p.Language,
		Fediverse: &jsonFediverse{Handle: "@" + p.Author.Handle(), ContentWarning: p.Warning, Sensitive: p.Sensitive},
	}
	if i.Entry.BoostedBy != nil {
		out.Fediverse.BoostedBy = "@" + i.Entry.BoostedBy.Handle()
	}
	if p.ReplyTo != nil && p.ReplyTo.Handle != "" {
		out.Fediverse.InReplyTo = "@" + p.ReplyTo.Handle
	}
	if p.Card != nil {
		out.ExternalURL = p.Card.URL
	}
	for _, t := range p.Tags {
		out.Tags = append(out.Tags, t.Name)
	}
	for _, m := range p.Media {
		if m.Kind == feeds.Image && out.Image == "" && !p.Sensitive {
			out.Image = m.URL
		}
		if m.URL != "" {
			out.Attachments = append(out.Attachments, jsonAttachment{URL: m.URL, MimeType: mimeType(m), Title: m.Alt, Duration: m.Duration.Seconds()})
		}
	}
	return out
}

// mimeType tells the type by the file's name, or by what the server said it is.
func mimeType(m feeds.Media) string {
	if u, err := url.Parse(m.URL); err == nil {
		if t := mime.TypeByExtension(path.Ext(u.Path)); t != "" {
			return t
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
