package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/feeds/address"
)

// suggestions are those whom the followed ones boosted, each with a button.
func (c canvas) suggestions(m *state.FollowingModel) markup.Node {
	if len(m.Suggested) == 0 {
		return markup.Node{}
	}
	w := c.Words
	rows := make([]markup.Node, 0, len(m.Suggested))
	for _, s := range m.Suggested {
		rows = append(rows, el("li", at{"class", "line followed"}, c.icon("person"),
			el("div", nil, el("b", nil, el("a", at{"href", c.Links.Profile(s.Author)}, el("bdi", nil, text(plainName(s.Author))))),
				el("span", at{"class", "quiet"}, text("@"+address.Show(s.Author.Handle()))),
				el("span", at{"class", "quiet"}, text(w.N("suggest.boosts", s.Boosts)))),
			c.authorButton(string(s.Follow.Address), s)))
	}
	return el("section", at{"class", "section bundle", "aria-labelledby", "h-suggest", "data-part", "suggestions"},
		el("header", nil, el("h2", at{"id", "h-suggest"}, text(w.T("suggest.title")))),
		el("p", at{"class", "quiet"}, text(w.T("suggest.text"))),
		el("ul", at{"class", "lines"}, rows...))
}

// authorButton follows somebody who is suggested, or no longer.
func (c canvas) authorButton(key string, s state.Suggestion) markup.Node {
	_, on := c.App.Followed(s.Follow)
	sign, words := "follow", "do.follow"
	if on {
		sign, words = "following", "do.following"
	}
	return el("button", at{"class", "b follow", "type", "button", "data-action", "follow-author", "data-key", key, "aria-pressed", strconv.FormatBool(on)},
		c.small(sign), text(c.Words.T(words)), hidden(": "+plainName(s.Author)))
}
