package pages

import (
	"bytes"
	"net/url"
	"strings"

	"vitrine/app/markup"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/mirror"
	"vitrine/build/syndicate"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// syndicate makes feed.atom and feed.json. Readers of feeds load them from anywhere, so their addresses are whole ones where the site
// knows where it stands; where it doesn't, files are named at their origin.
func (m *making) syndicate(shown []ledger.Kept) error {
	rewrite := mirror.Rewriter{Mode: mirror.Mode(m.f.Media), Files: m.f.Ledger.Files, Prefix: m.absolute("")}
	if rewrite.Mode == mirror.Mirrored && rewrite.Prefix == "" {
		rewrite.Mode = mirror.Linked
	}
	feed := &syndicate.Feed{
		Title: m.f.title(), Summary: m.description(), Language: m.f.Language, Updated: m.f.Ledger.Changed, ID: m.identity(),
		Entry: func(i reader.Item) syndicate.Entry { return m.entry(i, m.permalinks(shown)) },
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

func (m *making) permalinks(posts []ledger.Kept) map[feeds.Key]string {
	out := make(map[feeds.Key]string, len(posts))
	for _, k := range posts {
		out[k.Post.Key] = m.s.permalink(k)
	}
	return out
}

// identity names the feed for ever: where it stands, or else who it is of.
func (m *making) identity() string {
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

// entry is a post in a feed: with its warning before it, behind which the text stays, with its pictures, and with the place here as
// its page.
func (m *making) entry(i reader.Item, permalinks map[feeds.Key]string) syndicate.Entry {
	p := i.Post
	e := syndicate.Entry{URL: p.URL, Title: syndicate.Title(p)}
	if m.s.BaseURL != "" {
		e.URL = m.absolute(permalinks[p.Key])
	}
	if by := i.Entry.BoostedBy; by != nil && !by.Group {
		e.Before = text(markup.El("p", nil, markup.Text(strings.ReplaceAll(m.w.T("ctx.boosted"), "{0}", by.DisplayName())+": "+p.Author.DisplayName())))
	}
	if p.Warning != "" && m.f.Warnings == "fold" {
		e.Fold = true
		e.Before += text(markup.El("p", nil, markup.El("strong", nil, markup.Text(m.w.T("post.warning")+" "+p.Warning))))
		if markup.SafeURL(e.URL) != "" {
			e.Before += text(markup.El("p", nil, markup.El("a", markup.At("href", e.URL), markup.Text(m.w.T("post.show")))))
		}
		return e
	}
	for _, media := range p.Media {
		if src := markup.SafeURL(media.URL); media.Kind == feeds.Image && src != "" && !p.Sensitive {
			e.After += text(markup.El("p", nil, markup.El("img", markup.At("src", src, "alt", media.Alt))))
		}
	}
	if q := p.Quote; q != nil && q.Post != nil {
		e.After += text(markup.El("blockquote", markup.Attrs(nil).Filled("cite", markup.SafeURL(q.Post.URL)),
			markup.El("p", nil, markup.Text(q.Post.Author.DisplayName()+": "+syndicate.Title(q.Post)))))
	}
	return e
}

// text writes a tree whose addresses were looked at.
func text(n markup.Node) string {
	var b strings.Builder
	if err := markup.HTML(&b, n); err != nil {
		return ""
	}
	return b.String()
}

// image is the first picture of a list that may be shown anywhere, as an absolute address; "" for none.
func (m *making) image(posts []ledger.Kept) string {
	base := m.absolute("")
	if base == "" || mirror.Mode(m.f.Media) != mirror.Mirrored {
		return ""
	}
	for _, k := range posts {
		if k.Post.Sensitive || k.Post.Warning != "" {
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
