package page

import (
	"time"

	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/ui"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// list draws rows in chunks, folded where this visit has them folded.
func (c canvas) list(id, class, label string, feed bool, rows []*ui.Row) Part {
	return Part{List: &ui.List{
		Drawing: c.Drawing, Visit: c.visit.ID, ID: id, Class: class, Feed: feed, Label: label, Size: state.ChunkSize, Rows: rows, Heights: c.visit.Heights(id),
		Last: c.visit.LastHeights(id),
	}}
}

// feed is a list of posts with what stands above and below it: problems, its age, new posts, the way on.
func (c canvas) feed(m *state.FeedModel, label string, nothing markup.Node) []Part {
	s := m.Snapshot
	var parts []Part
	above := c.above(m)
	if len(above) > 0 {
		parts = append(parts, nodes(above...))
	}
	switch {
	case len(s.Items) > 0:
		l := c.list(state.FeedList, "", label, true, c.rows(s))
		l.List.Busy = s.Busy
		parts = append(parts, l, nodes(c.hiddenCount(m, follows.Everywhere, false), c.below(m)))
	case s.Err == nil && s.Busy:
		parts = append(parts, nodes(placeholders(c.askingOf(m.Server()), label)...))
	case s.Err == nil && len(s.Hidden) > 0:
		parts = append(parts, nodes(c.hiddenCount(m, follows.Everywhere, false), c.below(m)))
	case s.Err == nil:
		parts = append(parts, nodes(c.section(nothing)))
		if !s.End {
			parts = append(parts, nodes(c.below(m)))
		}
	}
	return parts
}

// above says what a reader should know before the first post.
func (c canvas) above(m *state.FeedModel) []markup.Node {
	s := m.Snapshot
	var out []markup.Node
	switch {
	case s.Err != nil && len(s.Items) > 0:
		out = append(out, c.slimProblem(s.Err, m.What(s.Err.Kind)))
	case s.Err != nil:
		out = append(out, c.section(c.problem(s.Err, m.What(s.Err.Kind), outside(s.Err.Host))))
	}
	if len(s.Items) > 0 {
		out = append(out, c.asOf(s.AsOf))
	}
	if n := c.hiddenCount(m, follows.Everywhere, true); n.Tag != "" {
		out = append(out, n)
	}
	if s.New > 0 {
		out = append(out, c.newBar(s.New))
	}
	return out
}

// below is the way on: older posts come by themselves, the button is for when they don't.
func (c canvas) below(m *state.FeedModel) markup.Node {
	w, s := c.Words, m.Snapshot
	switch {
	case s.OldErr != nil:
		return el("div", at{"class", "section"}, c.problemWith(s.OldErr, m.What(s.OldErr.Kind), markup.Action{Name: "older", Words: w.T("do.retry")}))
	case s.End:
		return el("p", at{"class", "feedend quiet"}, text(w.T("feed.end")))
	case s.Older:
		return el("p", at{"class", "feedend quiet", "role", "status"}, text(w.T("feed.loading")))
	}
	return el("p", at{"class", "feedend"}, el("button", at{"class", "b", "type", "button", "data-action", "older"}, text(w.T("feed.older"))))
}

// rows draws posts and gaps.
func (c canvas) rows(s *reader.Snapshot) []*ui.Row {
	rows := make([]*ui.Row, len(s.Items))
	for n := range s.Items {
		if c.draws(n) {
			rows[n] = c.rowOf(s.Items[n])
		}
	}
	return rows
}

// draws reports that a row is in a chunk that is drawn, or in one that a front is made of. Nobody looks at the others: a list may have thousands.
func (c canvas) draws(row int) bool {
	heights, chunk := c.visit.Heights(state.FeedList), row/state.ChunkSize
	return row < frontRows || chunk >= len(heights) || heights[chunk] == 0
}

// within is the community whose page is open.
func (c canvas) within() string {
	if r := c.visit.Route; r.View == route.Community {
		return r.User + "@" + r.Domain
	}
	return ""
}

// waiting is a view that has nothing yet: who is asked, and placeholders.
func waiting(s *state.App, v *state.Visit) Layout {
	c := canvas{App: s, Drawing: s.Drawing(""), visit: v}
	host := ""
	if v != nil {
		host = v.Model.Host()
	}
	title, asking := s.Words.T("wait.title"), c.askingOf(host)
	if v != nil {
		if m, ok := v.Model.(*state.HomeModel); ok && m.Feed != nil && m.Loading() {
			return Layout{Title: title, Waits: true, Parts: []Part{nodes(c.bar(title, ""), c.spanProgress(m)), nodes(placeholders(title, title)...)}}
		}
		if m, ok := v.Model.(*state.ProfileModel); ok && m.Asked > 0 { // below the heading, which would break into several lines
			asking = s.Words.T("month.search", s.Words.MonthYear(m.Route.Month), s.Words.Number(m.Asked))
		}
	}
	return Layout{Title: host, Waits: true, Parts: []Part{nodes(append([]markup.Node{c.bar(title, host)}, placeholders(asking, title)...)...)}}
}

// askingOf says which server is asked; "" is any.
func (c canvas) askingOf(host string) string {
	if host == "" {
		return c.Words.T("wait.title")
	}
	return c.Words.T("wait.asking", host)
}

// placeholders say what is being asked for, and stand for what comes.
func placeholders(asking, label string) []markup.Node {
	return []markup.Node{
		el("p", at{"class", "asking quiet", "role", "status"}, text(asking)),
		el("div", at{"role", "feed", "aria-busy", "true", "aria-label", label}, markup.Placeholders(3)...),
	}
}

func (c canvas) section(kids ...markup.Node) markup.Node {
	return el("div", at{"class", "section"}, kids...)
}

// problem is an alert with all it can say: what failed, what it means, what to do next.
func (c canvas) problem(err *feeds.Error, what, outside string) markup.Node {
	w := c.Words
	var actions []markup.Action
	if again(err.Kind) {
		actions = append(actions, markup.Action{Name: "again", Words: w.T("do.retry")})
	}
	if outside != "" && err.Host != "" {
		actions = append(actions, markup.Action{Href: outside, Words: w.T("open.at", err.Host)})
	}
	return c.problemWith(err, what, actions...)
}

func (c canvas) problemWith(err *feeds.Error, what string, actions ...markup.Action) markup.Node {
	return markup.Problem(c.Drawing, c.Words.Problem(err, words.Problems{What: what, Now: c.Now, Local: c.Local}), false, actions...)
}

// slimProblem is the row above stored posts.
func (c canvas) slimProblem(err *feeds.Error, what string) markup.Node {
	return markup.Problem(c.Drawing, c.Words.Problem(err, words.Problems{What: what, Now: c.Now, Local: c.Local}), true, markup.Action{Name: "again", Words: c.Words.T("do.retry")})
}

// outside is a server's own start page.
func outside(host string) string { return address.Origin(host) + "/" }

// again reports the kinds after which asking again may help.
func again(k feeds.Kind) bool {
	switch k {
	case feeds.Offline, feeds.Unreachable, feeds.ServerError, feeds.Timeout, feeds.BadData, feeds.Storage, feeds.Internal, feeds.NotFound:
		return true
	}
	return false
}

func (c canvas) asOf(t time.Time) markup.Node { return markup.AsOf(c.Drawing, t) }

func (c canvas) plainNote(sign, title, words string) markup.Node {
	return el("div", at{"class", "note plain", "role", "alert", "data-kind", string(feeds.NotFound)}, c.icon(sign), el("strong", nil, text(title)), el("p", at{"class", "prose"}, text(words)))
}

func (c canvas) empty(sign, title, words string, more ...markup.Node) markup.Node {
	p := el("p", nil, append([]markup.Node{text(words + " ")}, more...)...)
	return el("div", at{"class", "empty"}, c.icon(sign), el("h2", nil, text(title)), p)
}

// shareButton offers the address of this view.
func (c canvas) shareButton(class string) markup.Node {
	return el("button", at{"class", class, "type", "button", "data-action", "share", "data-part", c.visit.Hash}, c.icon("share"), hidden(c.Words.T("do.share")))
}

func (c canvas) serverLink(host string) []markup.Node {
	w := c.Words
	return []markup.Node{el("section", at{"class", "panel"}, el("h2", nil, text(host)), el("p", at{"class", "quiet"}, text(w.T("tag.as", host))),
		el("a", at{"class", "b plain", "href", route.Route{View: route.Server, Host: host}.String()}, text(w.T("profile.server", host))))}
}
