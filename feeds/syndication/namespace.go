package syndication

import "strings"

// namespace is a declaration: what is written, and the usual prefix of what is meant.
type namespace struct{ prefix, usual string }

// The elements that make up a feed. They mean what they say wherever the format has its own elements, whatever default namespace a
// template has put on one of them or on those around it.
const (
	rssNames  = " channel item items image title link description pubdate guid category comments enclosure author source lastbuilddate language generator url managingeditor "
	atomNames = " entry title link id updated published issued modified created summary content author contributor name uri email category subtitle tagline generator icon logo source rights "
)

// nameOf is the name of an element that was opened.
func (r *treeReader) nameOf(raw string, tag *element) string {
	name := r.resolve(raw)
	prefix, local, found := strings.Cut(raw, ":")
	if !found {
		prefix, local = "", raw
	}
	if prefix != r.prefix || name == r.own+local || len(r.open) < 2 || !strings.Contains(r.names, " "+local+" ") {
		return name
	}
	if own := usualPrefix(tag.attr("xmlns"), ""); own != "" && own != "atom" && own != "xhtml" { // another format's, named on the spot
		return name
	}
	switch parent := r.open[len(r.open)-2].element.name; strings.TrimPrefix(parent, r.own) {
	case "rss", "rdf", "rdf:rdf", "channel", "item", "items", "image", "feed", "entry", "author", "contributor", "source":
		return r.own + local
	}
	return name
}

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
	case "purl.org/rss/1.0", "my.netscape.com/rdf/simple/0.9", "channel.netscape.com/rdf/simple/0.9", "backend.userland.com/rss2":
		return ""
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
	case "backend.userland.com/creativecommonsrssmodule", "cyber.law.harvard.edu/rss/creativecommonsrssmodule.html":
		return "creativecommons"
	case "web.resource.org/cc", "creativecommons.org/ns":
		return "cc"
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
