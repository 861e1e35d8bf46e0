package syndication

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"vitrine/feeds/address"
	"vitrine/feeds/apiclient"
)

// Link is a feed that a web page names.
type Link struct {
	URL   string
	Type  string // media type, as "application/rss+xml"
	Title string // plain text; "" for none
}

// maxLinks is how many feeds of a page are listed: forums name one for every board.
const maxLinks = 50

// Discover finds the feeds that a web page at the given address names, in its order.
// Source: https://www.rssboard.org/rss-autodiscovery
func Discover(body []byte, page string) []Link {
	var links []Link
	base := page
	for z := html.NewTokenizer(bytes.NewReader(body)); len(links) < maxLinks; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		switch tag := readTag(z); tag.name {
		case "base":
			if href := resolved(tag.attr("href"), page); href != "" {
				base = href
			}
		case "link":
			if l, ok := feedLink(tag, base); ok {
				links = append(links, l)
			}
		}
	}
	return links
}

// feedLink reads a link. What is on the reader's own network is nothing that a page from elsewhere may send them to.
func feedLink(tag *element, base string) (Link, bool) {
	alternate := false
	for rel := range strings.FieldsSeq(strings.ToLower(tag.attr("rel"))) {
		alternate = alternate || rel == "alternate" || rel == "feed"
	}
	mime, _, _ := strings.Cut(strings.ToLower(tag.attr("type")), ";")
	l := Link{URL: resolved(tag.attr("href"), base), Type: strings.TrimSpace(mime), Title: oneLine(tag.attr("title"))}
	if !alternate || rank(l.Type) == 0 || l.URL == "" {
		return Link{}, false
	}
	if host := apiclient.HostOf(l.URL); address.IsPrivate(host) && host != apiclient.HostOf(base) {
		return Link{}, false
	}
	return l, true
}

// rank orders the formats by how much they contain; 0 is for what is no feed.
func rank(mime string) int {
	switch mime {
	case "application/atom+xml":
		return 4
	case "application/rss+xml", "application/x-rss+xml":
		return 3
	case "application/rdf+xml":
		return 2
	case "application/feed+json":
		return 1
	}
	return 0
}

// pick chooses the feed that a page is meant by: the first of the format that contains most, and no feed of comments.
func pick(links []Link) string {
	best := Link{}
	for _, l := range links {
		if rank(l.Type) > rank(best.Type) && !isOfComments(l) {
			best = l
		}
	}
	return best.URL
}

// isOfComments recognises the feeds that WordPress, Blogger and Habari name beside those of posts.
func isOfComments(l Link) bool {
	path := strings.ToLower(l.URL)
	for _, words := range [...]string{"/comments/", "comments.xml", "feed=comments", "/comments.", "/comment/"} {
		if strings.Contains(path, words) {
			return true
		}
	}
	title := strings.ToLower(l.Title)
	return strings.Contains(title, "comments feed") || strings.Contains(title, "kommentar") || strings.HasSuffix(title, "comments")
}
