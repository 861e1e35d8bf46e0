package syndication

import (
	"hash/fnv"
	"strconv"
	"strings"

	"vitrine/feeds"
)

// claim is a name that an item has: an id, a link, the address of a file. Items that differ share it where it names something else,
// as the site or the word "N/A".
type claim struct {
	sum    uint64
	shared bool
}

// names are what an item may be known by.
func (it *item) names() []string {
	names := []string{it.id, it.link}
	if len(it.files) > 0 {
		names = append(names, it.files[0].url)
	}
	return names
}

// sum distinguishes items by their contents. Two of one sum are one that the feed has twice.
func (it *item) sum() uint64 {
	sum := fnv.New64a()
	written := []string{it.link, it.title.value, it.content.value, it.summary.value, it.published.String()}
	for _, f := range it.files {
		written = append(written, f.url)
	}
	for _, s := range written {
		sum.Write([]byte(s + "\x00"))
	}
	return sum.Sum64()
}

// isShared reports a name of several items, which identifies none of them.
func (a *adapter) isShared(name string) bool {
	c := a.claims[name]
	return c != nil && c.shared
}

// isHome reports the address of the site, which is no item's.
func (a *adapter) isHome(link string) bool {
	return a.home != "" && strings.TrimSuffix(link, "/") == strings.TrimSuffix(a.home, "/")
}

// keyOf is what an item is known by: its link, its id, its file, and where the feed has none that is its own, what it says.
func (a *adapter) keyOf(it *item, p *feeds.Post) feeds.Key {
	switch {
	case p.URI != "":
		return feeds.Key(p.URI)
	case it.link != "" && !a.isShared(it.link) && !a.isHome(it.link):
		return feeds.Key(it.link)
	case it.id != "" && !a.isShared(it.id):
		return feeds.Key(a.url + "#" + oneLine(it.id))
	case it.id == "" && len(it.files) > 0 && !a.isShared(it.files[0].url):
		return feeds.Key(it.files[0].url)
	}
	return feeds.Key(a.url + "#" + strconv.FormatUint(it.sum(), 36))
}
