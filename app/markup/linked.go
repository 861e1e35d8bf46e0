package markup

import (
	"cmp"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// MostLinked is how many of the posts that a text links to are shown with it.
const MostLinked = 2

// Linked is a post that another one links to. It is immutable.
type Linked struct {
	URL   string      // the link, as it stands in the text
	Post  *feeds.Post // nil until its server has answered
	Asked bool        // its server is asked although data is saved
}

// replaces reports that a post that is linked to stands, or is to stand, in the place of what its server says of the page at url.
func (l *Linked) replaces(url string, d *Drawing) bool {
	return l != nil && l.URL == url && (l.Post != nil || l.Asked || !d.Settings.DataSaver)
}

// linked draws the posts that a text links to. All have the same height, also while their servers are asked, so that nothing moves.
func (a *article) linked() []Node {
	var out []Node
	for _, l := range a.row.Linked {
		if l != nil {
			out = append(out, a.linkedPost(l))
		}
	}
	return out
}

func (d *Drawing) linkedPost(l *Linked) Node {
	w, attrs := d.Words, At("class", "quote linked", "data-part", "linked", "data-key", l.URL, "cite", first(l.URL))
	if l.Post != nil {
		return El("blockquote", attrs, d.linkedBy(l.Post), d.glance(l.Post), d.thumbnail(l.Post))
	}
	if d.Settings.DataSaver && !l.Asked {
		return d.button("b", "unfold", At("data-key", l.URL), d.small("quote"), Text(w.T("linked.show")))
	}
	attrs[0].Value += " wait"
	return El("blockquote", append(attrs, At("aria-busy", "true")...), El("p", At("class", "quiet"), Text(w.T("wait.asking", address.ShowHost(host(l.URL))))))
}

func (d *Drawing) linkedBy(p *feeds.Post) Node {
	return El("div", At("class", "by"), d.avatar(p.Author, quoteSize), d.who(Row{Post: p}, ""), d.when(p, ""))
}

// glance is the beginning of a post: its title and text, or its author's warning alone.
func (d *Drawing) glance(p *feeds.Post) Node {
	if p.HasWarning() {
		return El("p", nil, append([]Node{d.small("warn"), Text(" ")}, d.warningWords(p)...)...)
	}
	words := plainStart(p, glanceLength)
	if words == "" && len(p.Media) > 0 {
		words = p.Media[0].Alt
	}
	title := Node{}
	if p.Title != "" {
		title = El("strong", nil, Text(p.Title+" "))
	}
	return El("p", Attrs(nil).Filled("lang", language(p.Language)).When(true, "dir", "auto"), title, Text(words))
}

// glanceLength is how many characters of a post that is linked to are drawn; the style shows three lines of them.
const glanceLength = 280

// thumbnail is the first picture of a post that is linked to, where all may see it and no data is saved.
func (d *Drawing) thumbnail(p *feeds.Post) Node {
	if d.Settings.DataSaver || p.Sensitive || p.HasWarning() || len(p.Media) == 0 {
		return Node{}
	}
	m := p.Media[0]
	src := SafeURL(m.Preview)
	if m.Kind == feeds.Image {
		src = cmp.Or(src, SafeURL(m.URL))
	}
	if src == "" {
		return Node{}
	}
	return El("img", At("src", src, "alt", m.Alt, "width", "96", "height", "96", "loading", "lazy", "decoding", "async", "referrerpolicy", "no-referrer"))
}
