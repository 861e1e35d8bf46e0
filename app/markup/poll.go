package markup

import (
	"strconv"
	"strings"

	"vitrine/app/words"
	"vitrine/feeds"
)

// poll draws the results of a vote. Voting needs an account, so nothing here can be pressed.
func (d *Drawing) poll(p *feeds.Post) Node {
	poll := p.Poll
	if poll == nil || len(poll.Options) == 0 {
		return Node{}
	}
	best, hidden := leader(poll)
	items := make([]Node, 0, len(poll.Options))
	for _, o := range poll.Options {
		title := El("span", At("dir", "auto"), d.named(o.Title, poll.Emoji)...)
		if hidden {
			items = append(items, El("li", nil, title))
			continue
		}
		share := strconv.Itoa(words.Share(o.Votes, turnout(poll)))
		items = append(items, El("li", Attrs(nil).When(o.Votes == best && best > 0, "class", "win"),
			title,
			El("span", nil, Text(d.Words.Percent(o.Votes, turnout(poll)))),
			El("progress", At("value", share, "max", "100", "aria-hidden", "true"))))
	}
	return El("div", nil,
		El("ul", At("class", "poll", "aria-label", d.Words.T("poll.results")), items...),
		El("p", At("class", "quiet"), Text(d.pollFoot(poll, hidden))))
}

// leader returns the most votes that an option has, and whether the server hides them until the end.
func leader(p *feeds.Poll) (best int, hidden bool) {
	for _, o := range p.Options {
		if o.Votes < 0 {
			return 0, true
		}
		best = max(best, o.Votes)
	}
	return best, false
}

// turnout is what a share is a share of: of people, where each may choose several answers.
func turnout(p *feeds.Poll) int {
	if p.Multiple && p.Voters > 0 {
		return p.Voters
	}
	total := 0
	for _, o := range p.Options {
		total += max(o.Votes, 0)
	}
	return max(p.Votes, total)
}

func (d *Drawing) pollFoot(p *feeds.Poll, hidden bool) string {
	w := d.Words
	count := w.N("poll.votes", max(p.Votes, 0))
	if p.Multiple && p.Voters >= 0 {
		count = w.N("poll.people", p.Voters)
	}
	parts := []string{count}
	if p.Multiple {
		parts = append(parts, w.T("poll.multiple"))
	}
	over := p.Expired || !p.Ends.IsZero() && !d.Now.IsZero() && p.Ends.Before(d.Now)
	switch {
	case over && p.Ends.IsZero():
		parts = append(parts, w.T("poll.closed"))
	case over:
		parts = append(parts, w.T("poll.closedAt", w.Moment(p.Ends, d.Now, d.Local)))
	case !p.Ends.IsZero():
		parts = append(parts, w.T("poll.ends", w.Moment(p.Ends, d.Now, d.Local)))
	}
	if hidden {
		parts = append(parts, w.T("poll.hidden"))
	}
	return strings.Join(parts, ", ")
}
