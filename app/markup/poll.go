package markup

import (
	"strconv"

	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/parts"
)

// poll draws the results of a vote. Voting needs an account, so nothing here can be clicked.
func (d *Drawing) poll(poll *feeds.Poll) Node {
	best, hidden := parts.Leader(poll)
	items := make([]Node, 0, len(poll.Options))
	for _, o := range poll.Options {
		title := El("span", At("dir", "auto"), d.named(o.Title, poll.Emoji)...)
		if hidden {
			items = append(items, El("li", nil, title))
			continue
		}
		share := strconv.Itoa(words.Share(o.Votes, parts.Turnout(poll)))
		items = append(items, El("li", Attrs(nil).When(o.Votes == best && best > 0, "class", "win"),
			title,
			El("span", nil, Text(d.Words.Percent(o.Votes, parts.Turnout(poll)))),
			El("progress", At("value", share, "max", "100", "aria-hidden", "true"))))
	}
	return El("div", nil,
		El("ul", At("class", "poll", "aria-label", d.Words.T("poll.results")), items...),
		El("p", At("class", "quiet"), Text(PollState(d, poll))))
}

// PollState says how many have voted, until when, and what is hidden until then.
func PollState(d *Drawing, p *feeds.Poll) string {
	w := d.Words
	count := w.N("poll.votes", max(p.Votes, 0))
	if p.Multiple && p.Voters >= 0 {
		count = w.N("poll.people", p.Voters)
	}
	facts := []string{count}
	if p.Multiple {
		facts = append(facts, w.T("poll.multiple"))
	}
	over := p.Expired || !p.Ends.IsZero() && !d.Now.IsZero() && p.Ends.Before(d.Now)
	switch {
	case over && p.Ends.IsZero():
		facts = append(facts, w.T("poll.closed"))
	case over:
		facts = append(facts, w.T("poll.closedAt", w.Moment(p.Ends, d.Now, d.Local)))
	case !p.Ends.IsZero():
		facts = append(facts, w.T("poll.ends", w.Moment(p.Ends, d.Now, d.Local)))
	}
	if _, hidden := parts.Leader(p); hidden {
		facts = append(facts, w.T("poll.hidden"))
	}
	return w.List(facts)
}
