package content

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ParseHTML reads HTML as the fediverse sends it. What has no place in a Doc becomes its text; scripts, styles, drawings and
// media vanish, frames become links, pictures become their alternative text unless they are custom emoji that Options know.
//
// It reads tokens, not the tree that a browser would make of them: nothing here is ever handed to a browser as HTML, so the two
// needn't agree on wrongly nested text, and neither time nor depth can be driven up by it.
//
// White space collapses as in HTML, but not with Options.Spaces in a text without layout of its source. In a text of nothing but
// paragraphs and inline marks, line ends are kept as Breaks, since its server relies on their being shown (see keepsLines).
func ParseHTML(src string, o Options) Doc {
	p := &htmlParser{b: newBuilder(o)}
	cut := len(src) > MaxSource
	if cut {
		src = src[:MaxSource]
	}
	p.lines = keepsLines(src)
	p.b.spaces = o.Spaces && (p.lines || !strings.Contains(src, "\n"))
	p.z = html.NewTokenizer(strings.NewReader(src))
	for !p.b.full && p.next() {
	}
	p.endAnnotation()
	for len(p.objects) > 0 {
		p.endObject()
	}
	if cut {
		p.b.cut()
	}
	return p.b.normalise()
}

// keepsLines reports that a text's line ends are the author's and not those of its source. Bridgy Fed, Hubzilla and GNU social
// send such texts, and the web apps of Mastodon and GoToSocial show them by "white-space: pre-wrap". Articles from blogs and
// forums, rendered Markdown and templates have line ends for the layout of their source: they give themselves away by other
// elements, comments or indented lines.
func keepsLines(src string) bool {
	if !strings.Contains(src, "\n") {
		return false
	}
	for z := html.NewTokenizer(strings.NewReader(src)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return true
		case html.CommentToken:
			return false
		case html.TextToken:
			if text := string(z.Raw()); strings.Contains(text, "\n\t") || strings.Contains(text, "\n  ") {
				return false
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			switch name, _ := z.TagName(); atom.Lookup(name) {
			case atom.P, atom.Br, atom.A, atom.Span, atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.S, atom.Del, atom.Code, atom.Sub, atom.Sup,
				atom.Small, atom.Q, atom.Ruby, atom.Rt, atom.Rp, atom.Wbr:
			default:
				return false
			}
		}
	}
}

// htmlParser drives a builder by the tokens of HTML.
type htmlParser struct {
	z          *html.Tokenizer
	b          *builder
	lines      bool // line ends in text are Breaks
	afterBr    bool // the last token was a br
	written    int  // texts and pictures so far
	objects    []object
	source     string // of Markdown that the tokens stand in, in which what is no element is text
	quotes     int    // q elements around
	annotation *annotation
}

// next reads one token, and returns false at the end.
func (p *htmlParser) next() bool {
	afterBr := p.afterBr
	p.afterBr = false
	kind := p.z.Next()
	if p.source != "" {
		if raw := string(p.z.Raw()); p.isText(raw, kind) { // before its name, which is made lower case in place
			p.text(raw, false)
			return true
		}
	}
	switch kind {
	case html.ErrorToken:
		return false
	case html.TextToken:
		p.text(string(p.z.Text()), afterBr)
	case html.SelfClosingTagToken:
		name, more := p.z.TagName()
		p.selfClosed(atom.Lookup(name), p.attrs(more))
	case html.StartTagToken:
		name, more := p.z.TagName()
		if string(name) == spoilerTag {
			p.endAnnotation()
			p.b.begin(spoilerTag, Node{Kind: Fold})
			break
		}
		p.start(atom.Lookup(name), p.attrs(more))
	case html.EndTagToken:
		name, _ := p.z.TagName()
		if string(name) == spoilerTag {
			p.endAnnotation()
			p.b.end(spoilerTag)
			break
		}
		p.end(atom.Lookup(name))
	}
	return true
}

// spoilerTag is an element of PieFed's for what is hidden within a text; Telegram's pages have it too.
const spoilerTag = "tg-spoiler"

func (p *htmlParser) text(s string, afterBr bool) {
	if p.annotation != nil {
		p.annotation.text.WriteString(s)
		return
	}
	if strings.Trim(s, " \t\n\f") != "" {
		p.written++
	}
	if p.b.options.Formulas && p.b.code == nil && !p.b.inMark(Code) {
		s = p.formulas(s)
	}
	if !p.lines {
		p.b.text(s)
		return
	}
	if afterBr { // "<br>\n", as PHP's nl2br and Markdown write it, is one line end
		s = strings.TrimPrefix(s, "\n")
	}
	p.b.textLines(s)
}

func (p *htmlParser) start(tag atom.Atom, a attrs) {
	if p.annotation != nil && isInline(tag) {
		p.startInAnnotation(tag, a)
		return
	}
	p.endAnnotation()
	switch tag {
	case 0:
	case atom.Br:
		p.b.lineBreak()
		p.afterBr = true
	case atom.Hr:
		p.b.endInside("p")
		p.b.rule()
	case atom.Img:
		p.image(a)
	case atom.Q:
		p.text([...]string{"“", "‘"}[p.quotes%2], false)
		p.quotes++
	case atom.Input:
		if strings.EqualFold(a.kind, "checkbox") {
			p.text(map[bool]string{false: "☐ ", true: "☑ "}[a.checked], false)
		}
	case atom.Rt, atom.Rp:
		p.startAnnotation(tag)
	case atom.Thead, atom.Tbody, atom.Tfoot:
		p.b.endWithin("thead", "tr", "td", "th", "caption")
		if tag == atom.Thead {
			p.b.begin("thead", Node{})
		}
	case atom.Tr:
		p.b.endWithin("tr", "td", "th", "caption")
		p.b.begin("tr", Node{Kind: Row})
	case atom.Td, atom.Th:
		p.b.beginCell(tag.String(), cellOf(tag == atom.Th, a))
	case atom.Span:
		if a.has("katex-html") { // what is seen of the MathML beside it
			p.skip(tag)
			break
		}
		p.span(a)
	case atom.Math:
		p.written++
		p.b.formula(p.formula(), a.display == "block")
	case atom.Video, atom.Audio:
		p.media(tag, a)
	case atom.Summary:
		p.b.boundary()
		p.b.setTitle(p.summary())
	default:
		if p.embedded(tag, a) {
			return
		}
		if hasNoText(tag) {
			p.skip(tag)
			return
		}
		p.element(tag, a)
	}
}

// element starts what becomes a mark or a block. Other elements are as if they weren't there.
func (p *htmlParser) element(tag atom.Atom, a attrs) {
	if tag == atom.A {
		p.b.end("a") // a link in a link ends it
	}
	if tag == atom.Code {
		p.b.setLanguage(a.language())
	}
	if kind, ok := markOf(tag); ok {
		n := Node{Kind: kind}
		if kind == Code && a.language() == Formula {
			n.Name = Formula
		}
		p.b.beginMark(tag.String(), p.link(n, a))
		return
	}
	n, ok := blockOf(tag, a)
	if !ok {
		return
	}
	p.b.endInside("p")
	switch {
	case n.Kind == Heading:
		p.b.endInside("h1", "h2", "h3", "h4", "h5", "h6")
	case n.Kind == ListItem:
		p.b.endInside("li")
	case n.Kind == Term, n.Kind == Definition:
		p.b.endInside("dt", "dd")
	case tag == atom.P && a.has("quote-inline"):
		p.b.beginQuoteFallback("p")
		return
	}
	p.b.begin(tag.String(), n)
}

// end closes an element. An end tag without a start is ignored, but for </p>, which parts paragraphs all the same.
func (p *htmlParser) end(tag atom.Atom) {
	if p.annotation != nil && (tag == atom.Rt || tag == atom.Rp || tag == atom.Ruby || !isInline(tag)) {
		p.endAnnotation()
	}
	switch tag {
	case 0, atom.Rt, atom.Rp:
	case atom.Object:
		p.endObject()
	case atom.Br:
		p.b.lineBreak()
	case atom.Q:
		if p.quotes > 0 {
			p.quotes--
			p.text([...]string{"”", "’"}[p.quotes%2], false)
		}
	case atom.Caption, atom.Thead, atom.Tr, atom.Td, atom.Th:
		p.b.endWithin(tag.String())
	default:
		if !p.b.end(tag.String()) && tag == atom.P {
			p.b.boundary()
		}
	}
}

// link fills a Link with what its attributes say; without a safe address it draws nothing.
func (p *htmlParser) link(n Node, a attrs) Node {
	if n.Kind != Link {
		return n
	}
	href, ok := SafeURL(p.partOfPage(a.href), p.b.options.BaseURL)
	if !ok {
		return Node{}
	}
	n.Href = href
	switch {
	case a.has("hashtag") || hasWord(a.rel, "tag"):
		n.Kind = Hashtag
	case a.has("mention"):
		n.Kind = Mention
	}
	return n
}

// partOfPage gives the address of a place in the text itself, as footnotes have it, the page that the text is read from; a site's start page is none.
func (p *htmlParser) partOfPage(href string) string {
	page, _, _ := strings.Cut(p.b.options.BaseURL, "#")
	if fragment := trimURL(href); len(fragment) > 1 && fragment[0] == '#' && !strings.HasSuffix(page, "/") && page != "" {
		return page + fragment
	}
	return href
}

// span begins one of the few spans that mean something. Pleroma and Misskey put what stands in for a quote into a span at a
// paragraph's end, Mastodon into a paragraph.
func (p *htmlParser) span(a attrs) {
	switch {
	case a.has("quote-inline"):
		p.b.beginQuoteFallback("span")
	case a.hides():
		p.b.begin("span", Node{Kind: Fold})
	case a.has("invisible"):
		p.b.beginMark("span", Node{Kind: Invisible})
	case a.has("ellipsis"):
		p.b.beginMark("span", Node{Kind: Ellipsis})
	default:
		p.b.beginMark("span", Node{})
	}
}

// image writes an emoji that the server named; its address comes from the server's list, so a text can't make a browser load
// anything else. Any other picture is its alternative text.
func (p *htmlParser) image(a attrs) {
	a.src = cmp.Or(a.data, a.src)
	isEmoji := a.has("emoji") || a.has("custom-emoji") || a.has("smiley")
	for _, label := range [...]string{a.alt, a.title} {
		if n, ok := p.b.emoji.find(strings.Trim(label, ":")); ok && isEmoji {
			p.b.picture(n)
			p.written++
			return
		}
	}
	if a.has("latex") || a.has("mwe-math-fallback-image-inline") || a.has("mwe-math-fallback-image-display") { // WordPress; Wikipedia's has MathML beside it
		if a.has("latex") {
			p.b.formula(a.alt, false)
		}
		return
	}
	if !isEmoji && p.b.takePicture(a) {
		return
	}
	label := strings.Join(strings.Fields(a.alt), " ")
	if !isEmoji && label != "" {
		label = " " + label + " "
	}
	p.text(label, false)
}

// skip reads on behind the end of an element. When it never ends, nothing comes after it.
func (p *htmlParser) skip(tag atom.Atom) {
	for depth := 1; depth > 0; {
		switch p.z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			if name, _ := p.z.TagName(); atom.Lookup(name) == tag {
				depth++
			}
		case html.EndTagToken:
			if name, _ := p.z.TagName(); atom.Lookup(name) == tag {
				depth--
			}
		}
	}
}

// summary returns the text of a fold's title.
func (p *htmlParser) summary() string {
	var text strings.Builder
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			return text.String()
		case html.TextToken:
			text.Write(p.z.Text())
		case html.StartTagToken:
			name, _ := p.z.TagName()
			switch tag := atom.Lookup(name); {
			case hasNoText(tag):
				p.skip(tag)
			case tag == atom.P, tag == atom.Div, tag == atom.Br:
				text.WriteByte(' ')
			}
		case html.EndTagToken:
			if name, _ := p.z.TagName(); atom.Lookup(name) == atom.Summary || atom.Lookup(name) == atom.Details {
				if atom.Lookup(name) == atom.Details {
					p.end(atom.Details)
				}
				return text.String()
			}
		}
	}
}
