package page

import (
	"vitrine/app/state"
)

// tag is a hashtag as one server sees it.
func tag(c canvas, m *state.TagModel) Layout {
	w, r := c.Words, m.Route
	head := c.bar("#"+r.Tag, w.T("tag.under", m.Feed.Server()), c.shareButton("ib"))
	parts := []Part{nodes(head)}
	parts = append(parts, c.feed(m.Feed, w.T("tag.feed", r.Tag, r.Host), c.empty("tag", w.T("empty.tag"), w.T("empty.tag.text", r.Tag, r.Host)))...)
	return Layout{Title: "#" + r.Tag, Parts: parts, SideLabel: w.T("tag.side"), Side: c.serverLink(r.Host)}
}
