package page

import (
	"strconv"

	"vitrine/app/markup"
	"vitrine/app/state"
	"vitrine/feeds/address"
	"vitrine/feeds/follows"
)

// suggestions are those whom the followed ones boosted, each with a button.
func (c canvas) suggestions(all []state.Suggestion) markup.Node {
	if len(all) == 0 {
		return markup.Node{}
	}
	w := c.Words
	return el("section", at{"class", "section bundle", "aria-labelledby", "h-suggest", "data-part", "suggestions"},
		el("header", nil, el("h2", at{"id", "h-suggest"}, text(w.T("suggest.title")))),
		el("p", at{"class", "quiet"}, text(w.T("suggest.text"))),
		c.suggested(all))
}

// oneByOne are the people of a list that is imported, of whom some can be followed without the others.
func (c canvas) oneByOne(people []state.Suggestion) markup.Node {
	if len(people) == 0 {
		return markup.Node{}
	}
	return el("details", at{"class", "edit", "data-part", "suggestions"}, el("summary", nil, text(c.Words.T("suggest.each"))),
		el("p", at{"class", "quiet"}, text(c.Words.T("suggest.each.text"))), c.suggested(people[:min(len(people), mostPeople)]))
}

// mostPeople is how many people of a list are shown one by one.
const mostPeople = 400

// suggested are rows of people with a button for each.
func (c canvas) suggested(all []state.Suggestion) markup.Node {
	rows := make([]markup.Node, 0, len(all))
	for _, s := range all {
		boosted := markup.Node{}
		if s.Boosts > 0 {
			boosted = el("span", at{"class", "quiet"}, text(c.Words.N("suggest.boosts", s.Boosts)))
		}
		rows = append(rows, el("li", at{"class", "line followed"}, c.icon("person"),
			el("div", nil, el("b", nil, el("a", at{"href", c.Links.Profile(s.Author)}, el("bdi", nil, text(state.PlainName(s.Author))))),
				el("bdi", at{"class", "quiet"}, text("@"+address.Show(s.Author.Handle()))), boosted),
			c.sourceButton(s.Follow, state.PlainName(s.Author))))
	}
	return el("ul", at{"class", "lines"}, rows...)
}

// sourceButton follows a source in a row, or no longer. Its name is read to who can't see what it belongs to.
func (c canvas) sourceButton(f follows.Follow, name string) markup.Node {
	_, on := c.App.Followed(f)
	sign, words := "follow", "do.follow"
	if on {
		sign, words = "following", "do.following"
	}
	return el("button", at{"class", "b follow", "type", "button", "data-action", "follow-author", "data-key", string(f.Address), "aria-pressed", strconv.FormatBool(on)},
		c.small(sign), text(c.Words.T(words)), hidden(": "+name))
}
