package markup

import (
	"cmp"
	"strconv"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
	"vitrine/feeds/parts"
)

// Article draws a post: context, by-line, body, counts.
func Article(d *Drawing, r Row) Node {
	id, from := mark(r), r.Post.Language
	translation := d.translation(r)
	r.Post = d.said(r)
	p := r.Post
	a := article{Drawing: d, row: r, id: id, from: from, translation: translation}
	parts.Walk(p, r.Entry, &a)
	attrs := At("class", articleClass(r.Place), "data-uri", URI(p), "data-key", string(p.Key)).
		When(r.Place.Depth > 0, "data-depth", strconv.Itoa(r.Place.Depth)).Filled("data-parent", r.Place.Parent).
		When(r.Place.Kind == Focused || r.Place.Selected, "aria-current", "true")
	name := "n" + id + " t" + id
	if r.Place.Depth > 0 {
		name += " p" + id
	}
	attrs = append(attrs.Filled("data-from", r.From), At("aria-labelledby", name, "tabindex", "0")...)
	switch {
	case r.Why != "":
		return El("article", attrs, a.byline, a.marked(a.folded()))
	case a.warned:
		attrs = append(attrs, At("aria-describedby", "w"+id)...)
	case len(p.Body.Blocks) > 0:
		attrs = append(attrs, At("aria-describedby", "c"+id)...)
	}
	return El("article", attrs, append(a.contexts(), a.byline, a.marked(a.body()), a.acts)...)
}

// partID is the id of a part of the post with an id, "" in a post without one: what is quoted may stand on the page a second time.
func partID(part, id string) string {
	if id == "" {
		return ""
	}
	return part + id
}

// folded is a post that a filter folds away, with the reason.
func (a *article) folded() Node {
	do := "post.show"
	if a.row.Open.Fold {
		do = "post.hide"
	}
	attrs := At("class", "cw", "data-action", "toggle", "data-part", "fold").When(a.row.Open.Fold, "open", "")
	summary := El("summary", nil, a.icon("eye-off"), El("span", nil, El("strong", nil, Text(a.row.Why))), El("span", At("class", "do"), Text(a.Words.T(do))))
	return El("details", attrs, summary, El("div", At("class", "inner"), append(a.contexts(), a.body(), a.acts)...))
}

// MaxStep is the deepest step that the style knows; the next replies stand as deep and name whom they answer.
const MaxStep = 4

// replyClass is the class of a row among the replies, with how far it is indented.
func replyClass(step int) string { return "post r s" + strconv.Itoa(min(max(step, 0), MaxStep)) }

func articleClass(p Place) string {
	if p.AsText {
		return "post flow"
	}
	switch p.Kind {
	case Ancestor:
		return "post anc"
	case Focused:
		return "post focus"
	case Chain:
		return "post anc chain"
	case Reply:
		if p.New {
			return replyClass(p.Step) + " new"
		}
		return replyClass(p.Step)
	}
	if p.Selected {
		return "post selected"
	}
	return "post"
}

// URI is what a post is called everywhere: without an ActivityPub id its page, without that our own key.
func URI(p *feeds.Post) string {
	switch {
	case p.URI != "":
		return p.URI
	case p.URL != "":
		return p.URL
	}
	return string(p.Key)
}

func (d *Drawing) context(sign string, words ...Node) Node {
	return El("p", At("class", "ctx"), d.small(sign), El("span", nil, words...))
}

// boosted names who passed a post on. Groups pass on all that is posted to them: that is where it was posted.
func (d *Drawing) boosted(by *feeds.Author, others int) Node {
	if by.Group {
		return d.context("people", d.sentence("ctx.community", link(d.Links.Profile(by), nil, El("bdi", nil, Text("!"+address.Show(by.Handle())))))...)
	}
	name := El("bdi", nil, d.named(by.DisplayName(), by.Emoji)...)
	words := d.sentence("ctx.boosted", link(d.Links.Profile(by), nil, name))
	if others > 0 {
		words = append(words, Text(" "+d.Words.N("ctx.boostedToo", others)))
	}
	return d.context("boost", words...)
}

// lineLength is how many characters of what a post answers are shown with it.
const lineLength = 90

// lineOf is the beginning of a post, in one line: its author's warning where there is one, else its title or text.
func lineOf(p *feeds.Post) string {
	text := p.Warning
	if !p.HasWarning() {
		text = cmp.Or(p.Title, content.PlainText(p.Body))
	}
	return beginning(text, lineLength)
}

// plainStart is the beginning of a post's text, in one line of at most so many characters.
func plainStart(p *feeds.Post, most int) string { return beginning(content.PlainText(p.Body), most) }

// beginning is the beginning of a text, in one line of at most so many characters.
func beginning(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if letters := []rune(text); len(letters) > most {
		text = strings.TrimSpace(string(letters[:most])) + "…"
	}
	return text
}

// answers says what a post answers, where the page doesn't show it. to is nil where its server doesn't say.
func (d *Drawing) answers(place Place, to *feeds.ReplyTo) ([]Node, bool) {
	w := d.Words
	switch {
	case place.MissingParent && to != nil && to.Handle != "":
		return d.sentence("ctx.replyMissingOf", d.person(to.Handle)), true
	case place.MissingParent:
		return []Node{Text(w.T("ctx.replyMissing"))}, true
	case place.Answers > 0:
		return []Node{Text(w.T("ctx.replyPart", w.Number(place.Answers), w.Number(place.Parts)))}, true
	case place.ReplyTo != "":
		return d.sentence("ctx.reply", d.person(place.ReplyTo)), true
	case to == nil || place.Kind != InFeed && place.Kind != Pinned:
		return nil, false
	case to.Self:
		return []Node{Text(w.T("ctx.replySelf"))}, true
	case to.Handle != "":
		return d.sentence("ctx.reply", d.person(to.Handle)), true
	}
	return []Node{Text(w.T("ctx.replyPost"))}, true
}

func (d *Drawing) person(handle string) Node {
	return link(d.Links.Handle(handle), nil, El("bdi", nil, Text("@"+address.Show(handle))))
}

// warning folds a post away behind its author's words. It is a details element, so it opens without a program too.
func (d *Drawing) warning(r Row, id string, inner []Node) Node {
	w, open := d.Words, r.Open.Warning.open(d.Settings.OpenWarnings)
	do := "post.show"
	if open {
		do = "post.hide"
	}
	return El("details", d.folding(r, "cw", open),
		El("summary", nil, d.icon("warn"),
			El("span", Attrs(nil).Filled("id", partID("w", id)), d.warningWords(r.Post)...),
			El("span", At("class", "do"), Text(w.T(do)))),
		El("div", At("class", "inner"), inner...))
}

// warningWords are what an author's warning says.
func (d *Drawing) warningWords(p *feeds.Post) []Node {
	if p.Warning == "" {
		return []Node{El("strong", nil, Text(d.Words.T("post.warned")))}
	}
	return []Node{Hidden(d.Words.T("post.warning") + " "), El("strong", At("dir", "auto"), d.named(p.Warning, p.Emoji)...)}
}

// folding are the attributes of a part of a post that opens. Opening it is reported to the program, so that it stays open wherever the post is
// drawn again; what is opened in a quote is left to the browser.
func (d *Drawing) folding(r Row, part string, open bool) Attrs {
	attrs := At("class", part)
	if d.Actions && !r.quoted {
		attrs = append(attrs, At("data-action", "toggle", "data-part", part)...)
	}
	return attrs.When(open, "open", "")
}
