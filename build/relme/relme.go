// Package relme checks whether a site and an account of the fediverse link to each other with rel=me.
package relme

import (
	"context"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// Proof is how a site and an account link to each other.
// Source: https://microformats.org/wiki/rel-me
type Proof string

// The proofs. Only Both proves that an account is the site's own.
const (
	Both       Proof = "both"    // the profile leads to the site, and a page there leads back with rel=me
	ByProfile  Proof = "profile" // only the profile leads to the site
	BySite     Proof = "site"    // only the site leads to the profile
	Neither    Proof = "none"
	NotChecked Proof = "unknown" // the site doesn't know where it stands, or its page couldn't be read
)

// Prove checks whether an account and the site at baseURL link to each other. It asks for pages of the site only.
func Prove(ctx context.Context, f feeds.Fetcher, baseURL string, a *feeds.Author) Proof {
	site, err := url.Parse(baseURL)
	if a == nil || baseURL == "" || err != nil {
		return NotChecked
	}
	pages, verified := pagesOf(site.Host, a)
	if verified { // its server has read the page and found the link back
		return Both
	}
	named := len(pages) > 0
	back, read := false, false
	for _, page := range append(pages, baseURL) {
		r, err := f.Fetch(ctx, feeds.Request{URL: page, Accept: "text/html"})
		if err != nil || feeds.StatusError(r) != nil {
			continue
		}
		read = true
		for _, me := range content.RelMe(r.Body, r.URL) {
			back = back || samePage(me, a.URL) || samePage(me, a.URI)
		}
	}
	switch {
	case named && back:
		return Both
	case named && read:
		return ByProfile
	case back:
		return BySite
	case read:
		return Neither
	}
	return NotChecked
}

// pagesOf returns the pages of the site that a profile leads to, in its table and its text, and whether its server verified one.
func pagesOf(host string, a *feeds.Author) (pages []string, verified bool) {
	for _, f := range a.Fields {
		for _, link := range links(f.Value.Blocks) {
			if sameSite(link, host) {
				pages = append(pages, link)
				verified = verified || !f.Verified.IsZero()
			}
		}
	}
	for _, link := range links(a.Bio.Blocks) {
		if sameSite(link, host) {
			pages = append(pages, link)
		}
	}
	return pages, verified
}

func links(nodes []content.Node) (out []string) {
	for _, n := range nodes {
		if n.Kind == content.Link {
			out = append(out, n.Href)
		}
		out = append(out, links(n.Children)...)
	}
	return out
}

// sameSite reports that an address is on a host, with or without "www.".
func sameSite(link, host string) bool {
	u, err := url.Parse(link)
	return err == nil && strings.TrimPrefix(strings.ToLower(u.Host), "www.") == strings.TrimPrefix(strings.ToLower(host), "www.")
}

func samePage(a, b string) bool {
	trim := func(s string) string {
		_, rest, _ := strings.Cut(s, "://")
		return strings.TrimSuffix(rest, "/")
	}
	return a != "" && b != "" && trim(a) == trim(b)
}
