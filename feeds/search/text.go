package search

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// mostWords is how many words of a post are indexed.
const mostWords = 4000

// Facets are properties of a post. They stand among the words of a segment, behind all of these.
const (
	facetFrom = 'f' // who wrote it: "user@host", and "user"
	facetHost = 'h' // the server that its author is on
	facetTag  = 't' // a hashtag
	facetHas  = 'm' // what it has, see below
	facetLang = 'l' // its language: "pt-br", and "pt"
	facetHide = 'w' // its author doesn't wish it to be found (Options.Hides)
)

const (
	hasMedia = "media"
	hasImage = "image"
	hasVideo = "video"
	hasAudio = "audio"
	hasPoll  = "poll"
	hasLink  = "link"
	hasAlt   = "alt"
)

const (
	// facetSign begins properties: no word does.
	facetSign = "\xff"
	// longestFacet is how many bytes of a property count.
	longestFacet = 200
)

// facet is a property as it stands in a segment.
func facet(kind byte, value string) string {
	if kind == facetTag {
		value = folded(value)
	}
	if value = strings.ToLower(value); len(value) > longestFacet {
		value = strings.ToValidUTF8(value[:longestFacet], "")
	}
	return facetSign + string(kind) + value
}

// Texts are what of a post can be found by words, in the order in which it is read. What its author calls themself comes last.
func Texts(p *feeds.Post) []string {
	var all []string
	add := func(texts ...string) {
		for _, t := range texts {
			if t != "" {
				all = append(all, t)
			}
		}
	}
	add(p.Warning, p.Title, content.PlainText(p.Body))
	for _, m := range p.Media {
		add(m.Alt)
	}
	if p.Poll != nil {
		for _, o := range p.Poll.Options {
			add(o.Title)
		}
	}
	if c := p.Card; c != nil {
		add(c.Title, c.Description)
	}
	if p.Event != nil {
		add(p.Event.Place)
	}
	for _, t := range p.Tags {
		add(t.Name)
	}
	if p.Quote != nil && p.Quote.Post != nil {
		q := p.Quote.Post
		add(q.Warning, q.Title, content.PlainText(q.Body))
	}
	if p.Group != nil {
		add(p.Group.Handle())
	}
	if a := p.Author; a != nil {
		add(a.Name, address.Show(a.Handle()))
	}
	return all
}

// facets are the properties of a post, each once.
func facets(p *feeds.Post) []string {
	seen := map[string]bool{}
	add := func(kind byte, value string) {
		if value != "" {
			seen[facet(kind, value)] = true
		}
	}
	if a := p.Author; a != nil {
		add(facetFrom, a.Handle())
		add(facetFrom, a.User)
		add(facetHost, a.Domain)
	}
	for _, t := range p.Tags {
		add(facetTag, t.Name)
	}
	for _, m := range p.Media {
		add(facetHas, hasMedia)
		if m.Alt != "" {
			add(facetHas, hasAlt)
		}
		switch m.Kind {
		case feeds.Image:
			add(facetHas, hasImage)
		case feeds.Video, feeds.Gifv:
			add(facetHas, hasVideo)
		case feeds.Audio:
			add(facetHas, hasAudio)
		}
	}
	if p.Poll != nil {
		add(facetHas, hasPoll)
	}
	links := p.Card != nil && p.Card.URL != ""
	walk(p.Body.Blocks, func(n content.Node) {
		switch n.Kind {
		case content.Link:
			links = true
		case content.Hashtag:
			add(facetTag, n.Name)
		}
	})
	if links {
		add(facetHas, hasLink)
	}
	if tag := p.Language; tag != "" {
		add(facetLang, tag)
		primary, _, _ := strings.Cut(tag, "-")
		add(facetLang, primary)
	}
	all := make([]string, 0, len(seen))
	for f := range seen {
		all = append(all, f)
	}
	return all
}

func walk(nodes []content.Node, f func(content.Node)) {
	for _, n := range nodes {
		f(n)
		walk(n.Children, f)
	}
}
