package syndication

import "strings"

// namespace is a declaration: what is written, and the usual prefix of what is meant.
type namespace struct{ prefix, usual string }

// resolve puts the usual prefix before a name.
func (r *treeReader) resolve(raw string) string {
	prefix, local, found := strings.Cut(raw, ":")
	if !found {
		prefix, local = "", raw
	}
	usual := prefix
search:
	for i := len(r.open) - 1; i >= 0; i-- {
		spaces := r.open[i].spaces
		for j := len(spaces) - 1; j >= 0; j-- {
			if spaces[j].prefix == prefix {
				usual = spaces[j].usual
				break search
			}
		}
	}
	if usual == "" {
		return local
	}
	return usual + ":" + local
}

// usualPrefix is the prefix by which the code knows a namespace. One that isn't known keeps the prefix it is written with; that of
// RSS 1.0 and what else stands without a prefix are those of RSS.
func usualPrefix(uri, prefix string) string {
	_, name, _ := strings.Cut(strings.ToLower(strings.TrimSpace(uri)), "://")
	switch strings.TrimRight(name, "/#") {
	case "www.w3.org/2005/atom", "purl.org/atom/ns":
		return "atom"
	case "www.w3.org/1999/xhtml":
		return "xhtml"
	case "www.w3.org/1999/02/22-rdf-syntax-ns":
		return "rdf"
	case "search.yahoo.com/mrss", "www.rssboard.org/media-rss":
		return "media"
	case "www.itunes.com/dtds/podcast-1.0.dtd":
		return "itunes"
	case "podcastindex.org/namespace/1.0", "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md":
		return "podcast"
	case "podlove.org/simple-chapters":
		return "psc"
	case "purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0":
		return "dc"
	case "purl.org/dc/terms":
		return "dcterms"
	case "purl.org/rss/1.0/modules/content":
		return "content"
	case "purl.org/rss/1.0/modules/slash":
		return "slash"
	case "purl.org/syndication/thread/1.0":
		return "thr"
	case "purl.org/syndication/history/1.0":
		return "fh"
	case "source.scripting.com":
		return "source"
	case "webfeeds.org/rss/1.0":
		return "webfeeds"
	case "activitystrea.ms/spec/1.0":
		return "activity"
	}
	return prefix
}
