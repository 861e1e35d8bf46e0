package content

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// within is what inline content already stands in. Nothing stands in its like: a link in a link, strong in strong.
type within map[Kind]bool

func (w within) with(k Kind) within {
	next := within{k: true}
	for kind := range w {
		next[kind] = true
	}
	return next
}

// inline reads nodes where only inline content may stand. Blocks become their content, on lines of their own.
func (p *parser) inline(nodes []*html.Node, depth int, in within) []Node {
	var out []Node
	for _, n := range nodes {
		if p.full {
			return out
		}
		out = append(out, p.span(n, depth, in)...)
	}
	return out
}

func (p *parser) span(n *html.Node, depth int, in within) []Node {
	switch {
	case n.Type == html.TextNode:
		return p.text(n.Data, in)
	case n.Type != html.ElementNode || isMute(n):
		return nil
	case depth > MaxDepth:
		return p.text(textOf(n), in)
	}
	switch n.DataAtom {
	case atom.Br, atom.Hr:
		return p.made(Node{Kind: Break}, p.room())
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		text := strings.Join(strings.Fields(clean(textOf(n))), " ")
		return p.made(Node{Kind: Code, Text: text}, text != "" && p.room())
	case atom.Img:
		return p.image(n, in)
	case atom.A:
		return p.link(n, depth, in)
	case atom.Ruby:
		return p.ruby(n, depth, in)
	}
	if kind, ok := mark(n, in); ok && !in[kind] {
		kids := p.inline(children(n), depth+1, in.with(kind))
		return p.made(Node{Kind: kind, Children: kids}, len(kids) > 0 && p.room())
	}
	kids := p.inline(children(n), depth, in)
	if isTransparent(n) || isBlock(n) {
		kids = append(append([]Node{{Kind: Break}}, kids...), Node{Kind: Break})
	}
	return kids
}

// mark returns the kind of an element that only marks its text.
func mark(n *html.Node, in within) (Kind, bool) {
	switch n.DataAtom {
	case atom.Em, atom.I, atom.Cite, atom.Dfn, atom.Var:
		return Emphasis, true
	case atom.Strong, atom.B:
		return Strong, true
	case atom.Del, atom.S, atom.Strike:
		return Strike, true
	case atom.U, atom.Ins:
		return Underline, true
	case atom.Sub:
		return Sub, true
	case atom.Sup:
		return Sup, true
	case atom.Span:
		if !in[Link] || in[Invisible] || in[Ellipsis] {
			return 0, false
		}
		for _, c := range classes(n) {
			switch c {
			case "invisible":
				return Invisible, true
			case "ellipsis":
				return Ellipsis, true
			}
		}
	}
	return 0, false
}

func (p *parser) text(s string, in within) []Node {
	s = clean(s)
	index := p.emoji
	if in[Invisible] || in[Ellipsis] {
		index = nil // a shortened address
	}
	var out []Node
	lines := []string{s}
	if p.lines {
		lines = strings.Split(strings.Trim(s, "\n"), "\n")
	}
	for i, line := range lines {
		if i > 0 {
			out = append(out, p.made(Node{Kind: Break}, p.room())...)
		}
		for _, n := range splitEmoji(line, index) {
			out = append(out, p.made(n, p.room())...)
		}
	}
	return out
}

// image takes a custom emoji that the post declares; of any other picture only its words. A picture in a text would be loaded
// from wherever the text says.
func (p *parser) image(n *html.Node, in within) []Node {
	alt := attr(n, "alt")
	if alt == "" {
		alt = attr(n, "title")
	}
	if e, ok := p.emoji[strings.Trim(alt, ":")]; ok {
		return p.made(e, p.room())
	}
	return p.text(alt, in)
}

// link reads a link, mention or hashtag. Where its target isn't safe its text stays.
func (p *parser) link(n *html.Node, depth int, in within) []Node {
	href, ok := SafeURL(attr(n, "href"), p.o.BaseURL)
	if !ok || in[Link] {
		return p.inline(children(n), depth, in)
	}
	kids := p.inline(children(n), depth+1, in.with(Link))
	if len(kids) == 0 {
		return nil
	}
	l := Node{Kind: Link, Href: href, Children: kids}
	label := strings.TrimSpace(clean(textOf(n)))
	switch {
	case p.isHashtag(n, label):
		l.Kind, l.Name = Hashtag, strings.TrimPrefix(label, "#")
	case p.isMention(n, href, label):
		l.Kind, l.Name = Mention, p.handle(attr(n, "href"), href, label)
	}
	return p.made(l, p.room())
}

func (p *parser) isHashtag(n *html.Node, label string) bool {
	if !strings.HasPrefix(label, "#") || len(label) < 2 || strings.ContainsAny(label, " \n\t/") {
		return false
	}
	for _, c := range classes(n) {
		if c == "hashtag" {
			return true
		}
	}
	for _, rel := range strings.Fields(attr(n, "rel")) {
		if rel == "tag" {
			return true
		}
	}
	for _, tag := range p.o.Tags {
		if strings.EqualFold(tag, label[1:]) {
			return true
		}
	}
	return false
}

func (p *parser) isMention(n *html.Node, href, label string) bool {
	for _, m := range p.o.Mentions {
		if m.URL != "" && (m.URL == attr(n, "href") || m.URL == href) {
			return true
		}
	}
	for _, c := range classes(n) {
		if c == "mention" {
			return strings.HasPrefix(label, "@")
		}
	}
	return false
}

// handle finds out whom a mention names: what the post declares, what its text says, or the shape of its address.
func (p *parser) handle(raw, href, label string) string {
	for _, m := range p.o.Mentions {
		if m.URL != "" && (m.URL == raw || m.URL == href) {
			return m.Handle
		}
	}
	user, host, _ := strings.Cut(strings.TrimPrefix(label, "@"), "@")
	u, err := url.Parse(href)
	if err != nil || user == "" || strings.ContainsAny(user+host, " \n\t/?#<>\"") {
		return ""
	}
	if host != "" {
		return user + "@" + strings.ToLower(host)
	}
	path := strings.ToLower(strings.TrimSuffix(u.Path, "/"))
	if path == "/@"+strings.ToLower(user) || path == "/users/"+strings.ToLower(user) {
		return user + "@" + u.Host
	}
	return ""
}

// ruby reads bases with their annotations. https://html.spec.whatwg.org/#the-ruby-element
func (p *parser) ruby(n *html.Node, depth int, in within) []Node {
	if in[Ruby] {
		return p.inline(children(n), depth, in)
	}
	var out, base []Node
	for _, c := range children(n) {
		if c.DataAtom != atom.Rt {
			base = append(base, p.inline([]*html.Node{c}, depth+1, in.with(Ruby))...)
			continue
		}
		if len(base) > 0 {
			text := strings.Join(strings.Fields(clean(textOf(c))), " ")
			out = append(out, p.made(Node{Kind: Ruby, Text: text, Children: base}, text != "" && p.room())...)
			if text == "" {
				out = append(out, base...)
			}
			base = nil
		}
	}
	return append(out, base...)
}
