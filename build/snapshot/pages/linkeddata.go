package pages

import (
	"time"

	"vitrine/app/syndicate"
	"vitrine/build/snapshot/ledger"
	"vitrine/feeds"
	"vitrine/feeds/content"
)

// The shapes of https://schema.org/SocialMediaPosting.
type ldList struct {
	Context string   `json:"@context"`
	Type    string   `json:"@type"`
	Name    string   `json:"name"`
	URL     string   `json:"url,omitempty"`
	Parts   []ldPost `json:"hasPart"`
}

type ldPost struct {
	Type      string   `json:"@type"`
	ID        string   `json:"@id,omitempty"`
	URL       string   `json:"url,omitempty"`
	Headline  string   `json:"headline"`
	Body      string   `json:"articleBody,omitempty"`
	Published string   `json:"datePublished,omitempty"`
	Modified  string   `json:"dateModified,omitempty"`
	Language  string   `json:"inLanguage,omitempty"`
	Image     []string `json:"image,omitempty"`
	Author    ldAuthor `json:"author"`
}

type ldAuthor struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	Alt  string `json:"alternateName,omitempty"`
}

// linkedData says of a page what it says itself, for programs. What stands behind a warning is left out.
func (m *feedBuilder) linkedData(posts []ledger.Item, name string) ldList {
	out := ldList{Context: "https://schema.org", Type: "CollectionPage", Name: m.f.title(), URL: m.absolute(name), Parts: []ldPost{}}
	for _, k := range posts {
		p := k.Post
		one := ldPost{
			Type: "SocialMediaPosting", ID: p.URI, URL: p.URL, Headline: syndicate.Title(p), Language: p.Language,
			Author: ldAuthor{Type: "Person", Name: p.Author.DisplayName(), URL: p.Author.URL, Alt: "@" + p.Author.Handle()},
		}
		if !p.Undated {
			one.Published = p.Published.UTC().Format(time.RFC3339)
		}
		if p.Author.Group {
			one.Author.Type = "Organization"
		}
		if !p.HasWarning() {
			one.Body = content.PlainText(p.Body)
		}
		if !p.Edited.IsZero() {
			one.Modified = p.Edited.UTC().Format(time.RFC3339)
		}
		if base := m.absolute(""); base != "" && !p.HasWarning() && !p.Sensitive {
			for _, media := range p.Media {
				if f := m.f.Ledger.Files[media.URL]; media.Kind == feeds.Image && f.Large.Width > 0 {
					one.Image = append(one.Image, base+f.Large.Name)
				}
			}
		}
		out.Parts = append(out.Parts, one)
	}
	return out
}
