package exchange

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// readOPML reads subscriptions: an outline with an address is an entry, and one without is a folder, whose name is a list's.
// Source: http://opml.org/spec2.opml
func readOPML(text string) (Result, error) {
	c := newCollector(OPML)
	s := newScanner(text)
	var folders []string // of the outlines that are open
	whole := false
	for !c.full {
		t, ok := s.next()
		if !ok {
			break
		}
		switch {
		case t.kind == endToken && t.name == "opml":
			whole = true
		case t.name != "outline" || t.kind == textToken:
		case t.kind == startToken:
			folder := c.outline(t, folders)
			if !t.closed {
				folders = append(folders, folder)
			}
		case len(folders) > 0:
			folders = folders[:len(folders)-1]
		}
	}
	if !whole || s.cut {
		c.unread(s.line, "", Broken)
	}
	return c.result()
}

// outline reads one outline, and returns the folder that those within it are in.
func (c *collector) outline(t token, folders []string) string {
	folder := ""
	if len(folders) > 0 {
		folder = folders[len(folders)-1]
	}
	name := cmp.Or(t.attr("title"), t.attr("text"))
	e := Entry{Title: name, Line: t.line}
	if folder != "" {
		e.Lists = []string{folder}
	}
	feed, page := t.attr("xmlurl"), cmp.Or(t.attr("url"), t.attr("htmlurl"))
	switch own := t.attr(ownAttribute); {
	case own != "":
		e.FeedURL = feed
		c.add(own, e)
	case feed != "":
		c.addFeed(feed, e)
	case page != "":
		c.add(page, e)
	case t.attr("type") != "":
		c.unread(t.line, name, NoAddress)
	default:
		return c.list(cmp.Or(t.attr("text"), name))
	}
	return folder
}

// addFeed adds what is known by the URL of a web feed.
func (c *collector) addFeed(raw string, e Entry) {
	checked := feedURL(raw)
	if checked == "" {
		reason := NoAddress
		if strings.ContainsFunc(raw, func(r rune) bool { return isDirection(r) || unicode.IsControl(r) && !unicode.IsSpace(r) }) {
			reason = Hidden
		}
		c.unread(e.Line, cmp.Or(raw, e.Title), reason)
		return
	}
	if source := sourceOfFeed(checked); source != "" {
		e.FeedURL = checked
		c.add(source, e)
		return
	}
	c.add("feed:"+checked, e)
}

// sourceOfFeed returns whose web feed a URL is, by the paths of softwares of the fediverse; "" for any other feed.
// The paths are those of Mastodon, Pleroma, Pixelfed, Misskey, GoToSocial, Lemmy and PeerTube.
func sourceOfFeed(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	path := strings.Trim(u.Path, "/")
	if path == "feeds/videos.xml" || path == "feeds/videos.atom" || path == "feeds/videos.json" {
		q := u.Query()
		return handleAt(cmp.Or(q.Get("videoChannelName"), q.Get("accountName")), u.Host, "@")
	}
	if u.RawQuery != "" {
		return ""
	}
	p := strings.Split(path, "/")
	last, ending := cutEnding(p[len(p)-1])
	if ending == "" {
		return ""
	}
	switch {
	case len(p) == 1 && strings.HasPrefix(last, "@"):
		return handleAt(last[1:], u.Host, "@")
	case len(p) == 2 && last == "feed" && strings.HasPrefix(p[0], "@"):
		return handleAt(p[0][1:], u.Host, "@")
	case ending == ".json":
		return ""
	case len(p) == 2 && p[0] == "users":
		return handleAt(last, u.Host, "@")
	case len(p) == 3 && p[0] == "users" && last == "feed":
		return handleAt(p[1], u.Host, "@")
	case len(p) == 2 && p[0] == "tags":
		return "#" + last + "@" + u.Host
	case len(p) == 3 && p[0] == "feeds" && p[1] == "u":
		return handleAt(last, u.Host, "@")
	case len(p) == 3 && p[0] == "feeds" && p[1] == "c":
		return handleAt(last, u.Host, "!")
	}
	return ""
}

func cutEnding(name string) (rest, ending string) {
	for _, ending := range []string{".rss", ".atom", ".xml", ".json"} {
		if rest, ok := strings.CutSuffix(name, ending); ok {
			return rest, ending
		}
	}
	return name, ""
}

// handleAt is the handle of somebody at a host; "" where the name can't be one.
func handleAt(name, host, sign string) string {
	if strings.Contains(name, "@") { // somebody from elsewhere, of whom this server has a copy
		return ""
	}
	if _, _, ok := address.SplitHandle(name + "@" + host); !ok {
		return ""
	}
	return sign + name + "@" + host
}

// ownNamespace and ownAttribute name the attribute with an entry's address where its web feed and page don't show it.
const (
	ownNamespace = "urn:vitrine:opml"
	ownAttribute = "vitrine:address"
)

// WriteOPML writes OPML 2.0: what is in no list first, then a folder for each list. lists is their order; others that entries name
// follow. What has no web feed is written as a link to its page.
func WriteOPML(title string, entries []Entry, lists []string) []byte {
	var w strings.Builder
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:vitrine=\"" + ownNamespace + "\">\n<head>\n<title>" +
		escapeXML(oneLine(title, maxTitle)) + "</title>\n</head>\n<body>\n")
	for _, e := range entries {
		if len(e.Lists) == 0 {
			writeOutline(&w, e)
		}
	}
	in := map[string][]Entry{}
	for _, e := range entries {
		for _, name := range e.Lists {
			in[name] = append(in[name], e)
		}
	}
	for _, name := range AllLists(entries, lists) {
		w.WriteString("<outline text=\"" + escapeXML(name) + "\">\n")
		for _, e := range in[name] {
			writeOutline(&w, e)
		}
		w.WriteString("</outline>\n")
	}
	w.WriteString("</body>\n</opml>\n")
	return []byte(w.String())
}

// AllLists returns lists and those that only entries name, each once.
func AllLists(entries []Entry, lists []string) []string {
	known := map[string]bool{}
	var all []string
	note := func(names []string) {
		for _, n := range names {
			if n != "" && !known[n] {
				known[n] = true
				all = append(all, n)
			}
		}
	}
	note(lists)
	for _, e := range entries {
		note(e.Lists)
	}
	return slices.Clip(all)
}

func writeOutline(w *strings.Builder, e Entry) {
	a, reason := followable(e.Address)
	if reason != "" {
		return
	}
	name := cmp.Or(oneLine(e.Title, maxTitle), a.URL, e.Address)
	w.WriteString(`<outline text="` + escapeXML(name) + `" title="` + escapeXML(name) + `"`)
	feed, shown := feedURL(e.FeedURL), pageOf(a)
	switch {
	case a.Kind == address.Feed:
		writeAttribute(w, "type", "rss")
		writeAttribute(w, "xmlUrl", a.URL)
		shown = cmp.Or(sourceOfFeed(a.URL), "feed:"+a.URL)
	case feed != "":
		writeAttribute(w, "type", "rss")
		writeAttribute(w, "xmlUrl", feed)
		writeAttribute(w, "htmlUrl", shown)
		shown = sourceOfFeed(feed)
	default:
		writeAttribute(w, "type", "link")
		writeAttribute(w, "url", shown)
	}
	if again, reason := followable(shown); reason != "" || again != a {
		writeAttribute(w, ownAttribute, a.String())
	}
	w.WriteString("/>\n")
}

func writeAttribute(w *strings.Builder, name, value string) {
	w.WriteString(" " + name + `="` + escapeXML(value) + `"`)
}

// escapeXML escapes a text for an attribute or element, without the characters that XML 1.0 can't hold.
func escapeXML(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// pageOf is the URL of the page at which people see what an address names, as most softwares have it.
func pageOf(a address.Address) string {
	origin := address.Origin(a.Host)
	switch a.Kind {
	case address.Profile:
		return checkedURL(address.Origin(a.Domain) + "/@" + url.PathEscape(a.User))
	case address.Community:
		return checkedURL(address.Origin(a.Domain) + "/c/" + url.PathEscape(a.User))
	case address.Tag:
		return checkedURL(origin + "/tags/" + url.PathEscape(a.Tag))
	case address.Server:
		if a.Tab == "" {
			return origin + "/"
		}
	}
	return a.String()
}

func checkedURL(raw string) string {
	if checked, ok := content.SafeURL(raw, ""); ok {
		return checked
	}
	return raw
}
