package doctor

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/software"
	"vitrine/feeds/syndication"
)

// webFeeds are the web feeds of an address.
type webFeeds struct {
	first string // the likeliest that can be read; "" for none
	err   error  // why none can be read
}

// mostFeeds is how many web feeds are looked at: forums name one for every board.
const mostFeeds = 4

// webFeeds looks at the web feeds that the page and the actor of an address name, then at the addresses where its software has them.
func (e *examination) webFeeds(ctx context.Context, f feeds.Fetcher, a address.Address) webFeeds {
	who := e.guest.who
	if a.User == "" { // somebody who was only seen
		who = nil
	}
	named := feedsNamedBy(ctx, f, pageOf(a, who), "text/html, application/xhtml+xml")
	if who != nil && who.URI != "" {
		named = append(named, feedsNamedBy(ctx, f, who.URI, "application/activity+json")...)
	}
	var found webFeeds
	looked := map[string]bool{}
	look := func(name, link string, reportFailure bool) {
		if looked[link] || len(looked) >= mostFeeds {
			return
		}
		looked[link] = true
		views := len(e.report.Views)
		switch err := e.feed(ctx, name, link); {
		case err == nil && found.first == "":
			found.first = link
		case err != nil:
			found.err = err
			if !reportFailure {
				e.report.Views = e.report.Views[:views]
			}
		}
	}
	for _, link := range named {
		look("web feed "+link, link, true)
	}
	if a.User != "" {
		runs := ""
		if e.report.Instance != nil {
			runs = e.report.Instance.Software
		}
		for _, link := range software.WebFeeds(a.Host, runs, a.User, a.Kind == address.Community) {
			if found.first == "" {
				look("web feed "+link, link, false)
			}
		}
	}
	if len(looked) == 0 || found.first == "" && len(named) == 0 {
		e.skip("web feed", "none was found")
	}
	if found.first != "" {
		found.err = nil
	}
	return found
}

// feedsNamedBy returns the web feeds that a page or an ActivityPub document names: in a Link header, in links of a page, or as an address
// with the type of a feed in a document. Nothing comes of what can't be read.
func feedsNamedBy(ctx context.Context, f feeds.Fetcher, link, accept string) []string {
	resp, err := f.Fetch(ctx, feeds.Request{URL: link, Accept: accept})
	if err != nil || feeds.StatusError(resp) != nil {
		return nil
	}
	at := link
	if resp.URL != "" {
		at = resp.URL
	}
	base, err := url.Parse(at)
	if err != nil {
		return nil
	}
	var out []string
	add := func(href string) {
		u, err := base.Parse(href)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || address.IsPrivate(u.Host) && u.Host != base.Host {
			return
		}
		if !slices.Contains(out, u.String()) {
			out = append(out, u.String())
		}
	}
	for _, href := range linkHeader(resp.Header["link"]) {
		add(href)
	}
	var document any
	if json.Unmarshal(resp.Body, &document) == nil {
		for _, href := range feedsIn(document, 4) {
			add(href)
		}
		return out
	}
	for _, l := range syndication.Discover(resp.Body, at) {
		add(l.URL)
	}
	return out
}

// isFeedType reports the media types of web feeds.
func isFeedType(t string) bool {
	name, _, _ := strings.Cut(strings.ToLower(t), ";")
	switch strings.TrimSpace(name) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json":
		return true
	}
	return false
}

// linkHeader returns the web feeds that a Link header names as alternates.
// Source: RFC 8288, section 3.
func linkHeader(value string) []string {
	var out []string
	for part := range strings.SplitSeq(value, "<") {
		href, rest, ok := strings.Cut(part, ">")
		if !ok {
			continue
		}
		alternate, feed := false, false
		for parameter := range strings.SplitSeq(strings.TrimRight(strings.TrimSpace(rest), ","), ";") {
			name, v, _ := strings.Cut(strings.TrimSpace(parameter), "=")
			v = strings.Trim(strings.TrimSpace(v), `"`)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "rel":
				alternate = slices.Contains(strings.Fields(strings.ToLower(v)), "alternate")
			case "type":
				feed = isFeedType(v)
			}
		}
		if alternate && feed {
			out = append(out, href)
		}
	}
	return out
}

// feedsIn returns the addresses in an ActivityPub document that have the media type of a feed, down to a depth.
// Source: https://www.w3.org/TR/activitystreams-vocabulary/#dfn-link
func feedsIn(v any, depth int) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if depth > 0 {
				out = append(out, feedsIn(item, depth-1)...)
			}
		}
	case map[string]any:
		kind, _ := v["mediaType"].(string)
		if href, ok := v["href"].(string); ok && isFeedType(kind) {
			out = append(out, href)
		}
		for _, name := range []string{"url", "attachment", "tag", "endpoints"} {
			if depth > 0 && v[name] != nil {
				out = append(out, feedsIn(v[name], depth-1)...)
			}
		}
	}
	return out
}
