package markup

import (
	"strconv"

	"vitrine/feeds"
)

// Article draws a post: context, by-line, body, counts.
func Article(d *Drawing, r Row) Node {
	p, id := r.Post, mark(r)
	attrs := At("class", articleClass(r.Place.Kind), "data-uri", uri(p), "data-key", string(p.Key)).
		When(r.Place.Kind == Reply, "data-depth", depth(r.Place.Depth))
	attrs = append(attrs, At("aria-labelledby", "n"+id+" t"+id, "tabindex", "0")...)
	children := append(d.contexts(r), d.by(r, id), d.body(r), d.acts(r))
	return El("article", attrs, children...)
}

// maxDepth is the deepest step that the style knows; the next replies stand as deep and name whom they answer.
const maxDepth = 6

func depth(n int) string { return strconv.Itoa(min(max(n, 0), maxDepth)) }

func articleClass(k PlaceKind) string {
	switch k {
	case Ancestor:
		return "post anc"
	case Focused:
		return "post focus"
	case Chain:
		return "post anc chain"
	case Reply:
		return "post r"
	}
	return "post"
}

// uri is what a post is called everywhere: without an ActivityPub id its page, without that our own key.
func uri(p *feeds.Post) string {
	switch {
	case p.URI != "":
		return p.URI
	case p.URL != "":
		return p.URL
	}
	return string(p.Key)
}

// contexts says why a post stands where it stands.
func (d *Drawing) contexts(r Row) []Node {
	var out []Node
	if r.Place.Kind == Pinned {
		out = append(out, d.context("pin", Text(d.Words.T("ctx.pinned"))))
	}
	switch by := r.Entry.BoostedBy; {
	case by != nil:
		out = append(out, d.boosted(by))
	case r.Post.Group != nil && r.Post.Group.Handle() != r.Within && r.Place.Kind != Reply && r.Post.ReplyTo == nil:
		out = append(out, d.boosted(r.Post.Group))
	case r.Post.Channel != "":
		out = append(out, d.context("people", d.sentence("ctx.community", El("bdi", nil, Text(r.Post.Channel)))...))
	}
	if line, ok := d.answers(r); ok {
		out = append(out, d.context("reply", line...))
	}
	return out
}

func (d *Drawing) context(sign string, words ...Node) Node {
	return El("p", At("class", "ctx"), d.small(sign), El("span", nil, words...))
}

// boosted names who passed a post on. Groups pass on all that is posted to them: that is where it was posted.
func (d *Drawing) boosted(by *feeds.Author) Node {
	if by.Group {
		return d.context("people", d.sentence("ctx.community", link(d.Links.Profile(by), nil, El("bdi", nil, Text("!"+by.Handle()))))...)
	}
	name := El("bdi", nil, d.named(by.DisplayName(), by.Emoji)...)
	return d.context("boost", d.sentence("ctx.boosted", link(d.Links.Profile(by), nil, name))...)
}

// answers says what a post answers, where the page doesn't show it.
func (d *Drawing) answers(r Row) ([]Node, bool) {
	to, w := r.Post.ReplyTo, d.Words
	switch {
	case r.Place.MissingParent && to != nil && to.Handle != "":
		return d.sentence("ctx.answersMissingOf", d.person(to.Handle)), true
	case r.Place.MissingParent:
		return []Node{Text(w.T("ctx.answersMissing"))}, true
	case r.Place.ReplyTo != "":
		return d.sentence("ctx.answers", d.person(r.Place.ReplyTo)), true
	case to == nil || r.Place.Kind != InFeed && r.Place.Kind != Pinned:
		return nil, false
	case to.Self:
		return []Node{Text(w.T("ctx.answersSelf"))}, true
	case to.Handle != "":
		return d.sentence("ctx.answers", d.person(to.Handle)), true
	}
	return []Node{Text(w.T("ctx.answersPost"))}, true
}

func (d *Drawing) person(handle string) Node {
	return link(d.Links.Handle(handle), nil, El("bdi", nil, Text("@"+handle)))
}

// body is what was posted: the title, then, behind the author's warning if there is one, all the rest.
func (d *Drawing) body(r Row) Node {
	children := []Node{d.headline(r)}
	if r.Post.Warning == "" {
		children = append(children, d.parts(r)...)
	} else {
		children = append(children, d.warning(r, d.parts(r)))
	}
	if r.Place.Kind == Focused {
		children = append(children, d.full(r.Post))
	}
	return El("div", At("class", "body"), children...)
}

func (d *Drawing) headline(r Row) Node {
	if r.Post.Title == "" {
		return Node{}
	}
	words := d.named(r.Post.Title, r.Post.Emoji)
	attrs := At("class", "headline").Filled("lang", language(r.Post.Language))
	attrs = append(attrs, Attr{"dir", "auto"})
	if r.Place.Kind == Focused {
		return El("h2", attrs, words...)
	}
	return El("h2", attrs, link(d.Links.Post(r.Post), nil, words...))
}

// warning folds a post away behind its author's words. It is a details element, so it opens without a program too.
func (d *Drawing) warning(r Row, parts []Node) Node {
	w, open := d.Words, r.Open.Warning.open(d.Settings.OpenWarnings)
	do := "post.show"
	if open {
		do = "post.hide"
	}
	return El("details", d.folding(r, "cw", open),
		El("summary", nil, d.icon("warn"),
			El("span", nil, Hidden(w.T("post.warning")+" "), El("strong", At("dir", "auto"), d.named(r.Post.Warning, r.Post.Emoji)...)),
			El("span", At("class", "do"), Text(w.T(do)))),
		El("div", At("class", "inner"), parts...))
}

// folding are the attributes of a part of a post that opens. The program is told, so that it stays open wherever the post is
// drawn again; what is opened in a quote is left to the browser.
func (d *Drawing) folding(r Row, part string, open bool) Attrs {
	attrs := At("class", part)
	if d.Actions && !r.quoted {
		attrs = append(attrs, At("data-action", "toggle", "data-part", part)...)
	}
	return attrs.When(open, "open", "")
}

// parts are the text and what hangs on it, at most one block of each.
func (d *Drawing) parts(r Row) []Node {
	p := r.Post
	out := append(d.text(r), d.media(r)...)
	if isFilm(p) && r.Place.Kind == Focused { // who opens a video came to see it
		out = append(d.media(r), d.text(r)...)
	}
	out = append(out, d.deleted(p), d.event(p.Event), d.poll(p))
	if p.Card != nil {
		out = append(out, d.card(p.Card))
	}
	if p.Quote != nil {
		out = append(out, d.quote(r))
	}
	return append(out, d.crossPosts(r), d.reactions(p))
}

// full is what the focused post says about itself in small print.
func (d *Drawing) full(p *feeds.Post) Node {
	w := d.Words
	var facts []Node
	fact := func(nodes ...Node) { facts = append(facts, El("span", nil, nodes...)) }
	if name := w.LanguageName(language(p.Language)); name != "" {
		fact(Text(name))
	}
	fact(d.sentence("post.from", El("bdi", nil, Text(p.Author.Domain)))...)
	if a := p.Application; a != nil && a.Name != "" {
		fact(d.sentence("post.with", outside(a.URL, nil, El("bdi", nil, Text(a.Name))))...)
	}
	if !p.Edited.IsZero() {
		fact(d.sentence("post.editedAt", El("time", At("datetime", rfc3339(p.Edited)), Text(w.Moment(p.Edited, d.Now, d.Local))))...)
	}
	if p.Counts.Quotes > 0 {
		fact(Text(w.N("post.quotes", p.Counts.Quotes)))
	}
	when := El("time", At("datetime", rfc3339(p.Published)), Text(w.Full(d.local(p.Published))))
	return El("p", At("class", "full"), append([]Node{when}, facts...)...)
}
