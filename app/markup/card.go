package markup

import (
	"strconv"

	"vitrine/feeds"
)

// card draws the preview of a link: a picture, a title, a line or two, and always the host it leads to.
func (d *Drawing) card(c *feeds.Card) Node {
	title := c.Title
	if title == "" {
		title = c.URL
	}
	words := El("span", nil,
		El("strong", At("dir", "auto").Filled("lang", language(c.Language)), Text(title)),
		quietLine(c.Description, language(c.Language)),
		quietLine(d.cardAuthor(c), ""),
		quietLine(d.cardSource(c), ""))
	src := first(c.Image)
	if src == "" || d.Settings.DataSaver {
		return outside(c.URL, At("class", "card bare"), words)
	}
	attrs := At("src", src, "alt", c.ImageAlt)
	if c.Width > 0 && c.Height > 0 {
		attrs = append(attrs, At("width", strconv.Itoa(c.Width), "height", strconv.Itoa(c.Height))...)
	}
	attrs = append(attrs, At("loading", "lazy", "decoding", "async", "referrerpolicy", "no-referrer")...)
	return outside(c.URL, At("class", "card"), El("img", attrs), words)
}

// cardAuthor names who wrote what a card leads to; one in the fediverse is named below it, with a link.
func (d *Drawing) cardAuthor(c *feeds.Card) string {
	if c.AuthorName == "" || c.AuthorHandle != "" {
		return ""
	}
	return d.Words.T("card.by", c.AuthorName)
}

func quietLine(s, lang string) Node {
	if s == "" {
		return Node{}
	}
	return El("span", At("class", "quiet", "dir", "auto").Filled("lang", lang), Text(s))
}

// cardSource is the host that a card's link leads to, after the name that it gives itself.
func (d *Drawing) cardSource(c *feeds.Card) string {
	at := host(c.URL)
	name := c.Provider
	switch {
	case at == "":
		return name
	case c.Player:
		return d.Words.T("card.player", at)
	case name == "" || name == at:
		return at
	}
	return name + ", " + at
}
