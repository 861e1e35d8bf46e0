package syndicate

import (
	"encoding/json"
	"io"

	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// The shapes of https://www.jsonfeed.org/version/1.1/. What it has no field for stands under "_fediverse".
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
	Original       string `json:"original,omitempty"` // the post's page at its origin, where url is a copy's
}

// JSONFeed writes a feed as JSON Feed 1.1.
func JSONFeed(w io.Writer, f *Feed) error {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, HomePageURL: f.Home, FeedURL: f.Self, Description: f.Summary, Icon: f.Icon,
		Language: f.Language, Items: []jsonItem{},
	}
	if f.Author != nil {
		doc.Authors = []jsonAuthor{jsonAuthorOf(f.Author)}
	}
	for _, i := range f.Items {
		if i.Post != nil {
			doc.Items = append(doc.Items, f.jsonItem(i))
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func jsonAuthorOf(a *feeds.Author) jsonAuthor {
	return jsonAuthor{Name: a.DisplayName(), URL: a.URL, Avatar: a.Avatar}
}

func (f *Feed) jsonItem(i reader.Item) jsonItem {
	p, how := i.Post, f.entry(i)
	out := jsonItem{
		ID: string(p.Key), URL: how.URL, Title: how.Title, ContentHTML: how.html(p), ContentText: how.text(p), Summary: p.Warning,
		DatePublished: stamp(p.Published), DateModified: stamp(p.Edited), Authors: []jsonAuthor{jsonAuthorOf(p.Author)}, Language: p.Language,
		Fediverse: &jsonFediverse{Handle: "@" + p.Author.Handle(), ContentWarning: p.Warning, Sensitive: p.Sensitive},
	}
	if p.URL != how.URL {
		out.Fediverse.Original = p.URL
	}
	if i.Entry.BoostedBy != nil {
		out.Fediverse.BoostedBy = "@" + i.Entry.BoostedBy.Handle()
	}
	if p.ReplyTo != nil && p.ReplyTo.Handle != "" {
		out.Fediverse.InReplyTo = "@" + p.ReplyTo.Handle
	}
	if p.Card != nil && !how.Fold {
		out.ExternalURL = p.Card.URL
	}
	for _, t := range p.Tags {
		out.Tags = append(out.Tags, t.Name)
	}
	for _, m := range how.open(p) {
		if m.Kind == feeds.Image && out.Image == "" && !p.Sensitive {
			out.Image = m.URL
		}
		if m.URL != "" {
			out.Attachments = append(out.Attachments, jsonAttachment{URL: m.URL, MimeType: mimeType(m), Title: m.Alt, Duration: m.Duration.Seconds()})
		}
	}
	return out
}
