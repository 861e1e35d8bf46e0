package software

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds/address"
)

// lookup finds a software by the name that NodeInfo, or a server's version, has for it; nil when it isn't known.
func lookup(nodeinfoName string) *software {
	name := canonicalName(nodeinfoName)
	for i := range table {
		if slices.Contains(table[i].names, name) {
			return &table[i]
		}
	}
	return nil
}

// NameOf is how a software writes itself. One that isn't known is returned as it was named.
func NameOf(nodeinfoName string) (name string, known bool) {
	if s := lookup(nodeinfoName); s != nil {
		return s.name, true
	}
	return nodeinfoName, false
}

// GuestsOf says what a guest may expect of a software; of an unknown one nothing is known.
func GuestsOf(nodeinfoName string) Guests {
	if s := lookup(nodeinfoName); s != nil {
		return s.guests
	}
	return Guests{}
}

// SpeaksMastodon reports that a software, as NodeInfo names it, is read by Mastodon's API, or may be: of an unknown one nobody knows.
func SpeaksMastodon(nodeinfoName string) bool {
	s := lookup(nodeinfoName)
	return s == nil || s.sameFamily(assumed())
}

// assumed is what a server is taken for that nobody knows.
func assumed() *software { return &software{api: mastodonAPI{}} }

// sameFamily reports that two softwares answer the same questions.
func (s *software) sameFamily(o *software) bool {
	if s.api == nil || o.api == nil {
		return s.api == o.api
	}
	return s.api.family() == o.api.family()
}

// probed returns the softwares that describe themselves at an address of their own, in the order in which they are asked.
func probed() []*software {
	var rows []*software
	for i := range table {
		if table[i].probe > 0 {
			rows = append(rows, &table[i])
		}
	}
	slices.SortFunc(rows, func(a, b *software) int { return cmp.Compare(a.probe, b.probe) })
	return rows
}

// webFeeds are the paths of a software's web feeds, likeliest first, with USER in the place of the name or hashtag.
type webFeeds struct {
	member    []string
	community []string // nil: as a member's
	tag       string   // of a hashtag; "" for none
	local     string   // of what its members post; "" for none
	standIn   bool     // a member's first one is read where the API is closed to guests
}

// commonFeeds are tried where nothing is known.
var commonFeeds = webFeeds{member: []string{"/@USER.rss", "/users/USER/feed.atom"}}

// WebFeeds returns the addresses where a server of a software, as NodeInfo names it, may have the web feed of a member or a community,
// likeliest first.
func WebFeeds(host, nodeinfoName, user string, community bool) []string {
	f := commonFeeds
	if s := lookup(nodeinfoName); s != nil && s.feeds.member != nil {
		f = s.feeds
	}
	paths := f.member
	if community && f.community != nil {
		paths = f.community
	}
	var all []string
	for _, p := range paths {
		all = append(all, address.Origin(host)+fill(p, user))
	}
	return all
}

// StandsIn reports that what a software's web feeds show may be read where its API is closed to guests.
func StandsIn(nodeinfoName string) bool {
	s := lookup(nodeinfoName)
	return s == nil || s.feeds.standIn
}

// TagFeed returns the address where a server of a software, as NodeInfo names it, has the web feed of a hashtag, and LocalFeed that of its
// local posts; "" for none, and where the software isn't known.
func TagFeed(host, nodeinfoName, tag string) string {
	return feedAt(host, nodeinfoName, func(f webFeeds) string { return f.tag }, tag)
}

// LocalFeed is like TagFeed.
func LocalFeed(host, nodeinfoName string) string {
	return feedAt(host, nodeinfoName, func(f webFeeds) string { return f.local }, "")
}

func feedAt(host, nodeinfoName string, path func(webFeeds) string, name string) string {
	s := lookup(nodeinfoName)
	if s == nil || path(s.feeds) == "" {
		return ""
	}
	return address.Origin(host) + fill(path(s.feeds), name)
}

// fill puts a name into the path of a web feed.
func fill(template, user string) string {
	path, query, has := strings.Cut(template, "?")
	path = strings.ReplaceAll(path, "USER", url.PathEscape(user))
	if !has {
		return path
	}
	return path + "?" + strings.ReplaceAll(query, "USER", url.QueryEscape(user))
}
