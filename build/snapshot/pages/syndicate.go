package pages

import (
	"bytes"
	"net/url"
	"strings"

	"vitrine/app/syndicate"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/mirror"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// syndicate makes feed.atom and feed.json. Readers of feeds load them from anywhere, so their addresses are whole ones where the site
// knows where it stands; where it doesn't, files are named at their origin.
func (m *feedBuilder) syndicate(shown []ledger.Item) error {
	rewrite := mirror.Rewriter{Mode: mirror.Mode(m.f.Media), Files: m.f.Ledger.Files, Prefix: m.absolute("")}
	if rewrite.Mode == mirror.Mirrored && rewrite.Prefix == "" {
		rewrite.Mode = mirror.Linked
	}
	feed := &syndicate.Feed{
		Title: m.f.title(), Summary: m.description(), Language: m.f.Language, Updated: m.f.Ledger.Changed, ID: m.identity(),
		Words: m.w, Local: m.s.local, HideCounts: true,
		Entry: m.entries(shown),
	}
	if page := m.absolute("index.html"); page != "" {
		feed.Home = strings.TrimSuffix(page, "index.html")
	}
	for _, src := range m.f.sources() {
		if feed.Home == "" {
			feed.Home = src.Home
		}
		if feed.Author == nil && src.Author != nil {
			feed.Author = rewrite.Author(src.Author)
			feed.Icon = feed.Author.Avatar
		}
	}
	for _, k := range shown {
		entry := k.Entry
		entry.BoostedBy = rewrite.Author(entry.BoostedBy)
		feed.Items = append(feed.Items, reader.Item{Post: rewrite.Post(k.Post), Entry: entry})
	}
	var atom, js bytes.Buffer
	feed.Self, feed.Other = m.absolute("feed.atom"), m.absolute("feed.json")
	if err := syndicate.Atom(&atom, feed); err != nil {
		return err
	}
	feed.Self = m.absolute("feed.json")
	if err := syndicate.JSONFeed(&js, feed); err != nil {
		return err
	}
	m.files["feed.atom"], m.files["feed.json"] = atom.Bytes(), js.Bytes()
	return nil
}

// identity names the feed for ever: where it stands, or else who it is of.
func (m *feedBuilder) identity() string {
	if m.s.BaseURL != "" {
		return m.absolute("")
	}
	for _, src := range m.f.sources() {
		if src.Author != nil && src.Author.URI != "" {
			return src.Author.URI
		}
		if src.Home != "" {
			return src.Home
		}
	}
	return "urn:vitrine:" + m.f.Name
}

// entries says how posts stand in a feed: with the place here as their page, and with what is behind a warning as the feed's owner
// wants it.
func (m *feedBuilder) entries(shown []ledger.Item) func(reader.Item) syndicate.Entry {
	pages := make(map[feeds.Key]string, len(shown))
	for _, k := range shown {
		pages[k.Post.Key] = m.s.permalink(k)
	}
	warnings := syndicate.WarningsOpen
	if m.f.Warnings == "fold" {
		warnings = syndicate.WarningsLinked
	}
	return func(i reader.Item) syndicate.Entry {
		e := syndicate.Entry{URL: i.Post.URL, Title: syndicate.Title(i.Post), Warnings: warnings}
		if m.s.BaseURL != "" {
			e.URL = m.absolute(pages[i.Post.Key])
		}
		return e
	}
}

// image is the first picture of a list that may be shown anywhere, as an absolute address; "" for none.
func (m *feedBuilder) image(posts []ledger.Item) string {
	base := m.absolute("")
	if base == "" || mirror.Mode(m.f.Media) != mirror.Mirrored {
		return ""
	}
	for _, k := range posts {
		if k.Post.Sensitive || k.Post.HasWarning() {
			continue
		}
		for _, media := range k.Post.Media {
			if f := m.f.Ledger.Files[media.URL]; media.Kind == feeds.Image && f.Large.Width > 0 {
				return base + f.Large.Name
			}
		}
	}
	return ""
}

// hostOf is the host of an address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
