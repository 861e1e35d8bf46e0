package pages

import (
	"encoding/xml"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/app/words"
	"vitrine/build/snapshot/ledger"
)

// Directory makes the page of all feeds, "index.html" in their common folder.
func (s *Site) Directory(all []*Feed) ([]byte, error) {
	w := s.words[s.first]
	page := struct {
		shell
		Description string
		Canonical   string
		Home        string
		Feeds       []directoryRow
	}{
		shell:       shell{Lang: w.Lang(), Dir: words.Direction(w.Lang()), SiteTitle: s.Title, PageTitle: w.T("static.directory") + " · " + s.Title, Style: s.assetFile(s.assets.Style, "../"), Icon: path.Base(IconFile), words: w},
		Description: w.T("static.directory.text"), Home: "../index.html",
	}
	page.Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
	if s.BaseURL != "" {
		page.Canonical = s.BaseURL + "feeds/"
	}
	for _, f := range all {
		row := directoryRow{Name: f.Name, Href: f.Name + "/index.html", Title: f.title()}
		if l := s.wordsFor(f.Language).Lang(); l != w.Lang() {
			row.Lang = l
		}
		for _, src := range f.sources() {
			if label := handle(src.Author); label != "" {
				row.Sources = append(row.Sources, label)
			} else {
				row.Sources = append(row.Sources, hostOf(src.Home))
			}
		}
		if at := f.Ledger.Changed; !at.IsZero() {
			row.AsOf = w.T("static.asOf", w.Moment(at, time.Time{}, s.local))
		}
		page.Feeds = append(page.Feeds, row)
	}
	return s.draw("directory.html", page)
}

type directoryRow struct {
	Name, Href, Title, Lang, AsOf string
	Sources                       []string
}

// The shapes of https://www.sitemaps.org/protocol.html.
type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc string `xml:"loc"`
	Mod string `xml:"lastmod,omitempty"`
}

// Sitemap lists the pages of the site that may be found: nil where the site doesn't know where it stands. Feeds of authors who want
// to be in no search engine, or in no search, are left out.
func (s *Site) Sitemap(all []*Feed) ([]byte, error) {
	if s.BaseURL == "" {
		return nil, nil
	}
	doc := sitemap{URLs: []sitemapURL{{Loc: s.BaseURL}}}
	if len(all) > 0 {
		doc.URLs = append(doc.URLs, sitemapURL{Loc: s.BaseURL + "feeds/"})
	}
	for _, f := range all {
		if f.NoIndex || f.notIndexable() {
			continue
		}
		var mod string
		if !f.Ledger.Changed.IsZero() {
			mod = f.Ledger.Changed.UTC().Format(time.RFC3339)
		}
		base := s.BaseURL + "feeds/" + url.PathEscape(f.Name) + "/"
		doc.URLs = append(doc.URLs, sitemapURL{base, mod})
		years := map[string]bool{}
		for _, k := range f.Posts {
			if file := s.yearFile(k); !years[file] {
				years[file] = true
				doc.URLs = append(doc.URLs, sitemapURL{Loc: base + file})
			}
		}
	}
	data, err := xml.MarshalIndent(doc, "", "  ")
	return append([]byte(xml.Header), append(data, '\n')...), err
}

func (f *Feed) notIndexable() bool {
	return slices.ContainsFunc(f.Posts, func(k ledger.Item) bool { return f.Ledger.Wishes(k.Post.Author).NotIndexable })
}

// Robots says what search engines may look at (RFC 9309). Pages that are not to be found say so themselves, and have to be read for
// that; what would show their posts without saying it is closed.
func (s *Site) Robots(all []*Feed) []byte {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, f := range all {
		if f.NoIndex {
			for _, name := range []string{"media/", "feed.atom", "feed.json", "tree.json", "fragment.html", "state.json"} {
				b.WriteString("Disallow: " + s.Base + "feeds/" + f.Name + "/" + name + "\n")
			}
			continue
		}
		b.WriteString("Disallow: " + s.Base + "feeds/" + f.Name + "/state.json\n")
	}
	b.WriteString("Allow: /\n")
	if s.BaseURL != "" {
		b.WriteString("\nSitemap: " + s.BaseURL + "sitemap.xml\n")
	}
	return []byte(b.String())
}
