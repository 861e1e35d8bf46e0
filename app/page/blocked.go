package page

import (
	"vitrine/app/state"
	"vitrine/feeds"
)

// blocked says that the site doesn't open something.
func blocked(c canvas, m *state.BlockedModel) Layout {
	title := c.Words.T("blocked.title")
	return Layout{Title: title, Parts: []Part{nodes(
		c.bar(title, m.What), c.section(c.problem(&feeds.Error{Kind: feeds.Refused, Host: m.What}, "site", "")),
	)}}
}
