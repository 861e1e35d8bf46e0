package markup

import (
	"strconv"
	"strings"

	"vitrine/feeds"
)

// TagTrends draws hashtags that are talked about, with their use of the last days.
func TagTrends(d *Drawing, trends []feeds.TagTrend) Node {
	items := make([]Node, 0, len(trends))
	for i := range trends {
		items = append(items, El("li", nil, TagLine(d, d.Host, &trends[i])))
	}
	return El("ul", At("class", "lines"), items...)
}

// TagLine draws a hashtag as a row that leads to what host knows of it, with its use of the last days.
func TagLine(d *Drawing, host string, t *feeds.TagTrend) Node {
	words := El("span", nil, El("b", nil, El("bdi", nil, Text("#"+t.Tag.Name))), d.lately(t.History))
	return link(d.Links.Tag(host, t.Tag.Name), At("class", "line"), d.icon("tag"), words, sparkline(t.History))
}

// LinkTrends draws links that are passed on.
func LinkTrends(d *Drawing, trends []feeds.LinkTrend) Node {
	items := make([]Node, 0, len(trends))
	for _, t := range trends {
		title := t.Card.Title
		if title == "" {
			title = t.Card.URL
		}
		words := El("span", nil,
			El("b", At("dir", "auto").Filled("lang", language(t.Card.Language)), Text(title)),
			El("span", At("class", "quiet"), El("bdi", nil, Text(host(t.Card.URL)))),
			d.lately(t.History))
		items = append(items, El("li", nil, outside(t.Card.URL, At("class", "line"), d.icon("link"), words, sparkline(t.History))))
	}
	return El("ul", At("class", "lines"), items...)
}

// TagWeek draws how much a hashtag was used in the last days: a line, how many posts there were, and for who can't see the line each day's figure.
func TagWeek(d *Drawing, history []feeds.DayUse) Node {
	total, days := 0, ""
	for i := range history {
		uses := min(max(history[len(history)-1-i].Uses, 0), mostUses)
		total += uses
		if i > 0 {
			days += d.Words.T("list.comma")
		}
		days += d.Words.Number(uses)
	}
	return El("span", At("class", "chip", "data-part", "week"), sparkline(history), Text(d.Words.N("tag.week", total)), Hidden(". "+d.Words.T("tag.week.days", days)))
}

// mostUses is what is believed of a day's figure.
const mostUses = 100_000_000

// lately counts the people of the last two days, as the software's own pages do.
func (d *Drawing) lately(history []feeds.DayUse) Node {
	n := 0
	for _, day := range history[:min(len(history), 2)] {
		n += day.People
	}
	if n == 0 {
		return Node{}
	}
	return El("span", At("class", "quiet"), Text(d.Words.N("trends.people", n)))
}

// A sparkline's box, as the style has it, and the margin that keeps its line whole.
const (
	sparkWidth  = 64
	sparkHeight = 24
	sparkMargin = 3
)

// sparkline draws uses by day, the oldest first. It adds nothing that the words beside it don't say.
func sparkline(history []feeds.DayUse) Node {
	if len(history) < 2 {
		return Node{}
	}
	most := 1
	for _, day := range history {
		most = max(most, min(day.Uses, mostUses))
	}
	points := make([]string, 0, len(history))
	step := (sparkWidth - 2*sparkMargin) / (len(history) - 1)
	for i := range history {
		uses := min(max(history[len(history)-1-i].Uses, 0), mostUses)
		y := sparkHeight - sparkMargin - uses*(sparkHeight-2*sparkMargin)/most
		points = append(points, strconv.Itoa(sparkMargin+i*step)+","+strconv.Itoa(y))
	}
	return El("span", At("class", "spark", "aria-hidden", "true"), El("svg", At("viewBox", "0 0 64 24"),
		El("polyline", At("fill", "none", "stroke", "currentColor", "stroke-width", "2", "stroke-linejoin", "round", "stroke-linecap", "round",
			"points", strings.Join(points, " ")))))
}
