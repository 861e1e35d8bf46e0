package content

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// object is an object element that has begun. What stands in it is shown; its file is for those in which nothing stands.
type object struct {
	data, title string
	written     int // what was written before it
}

// frame writes a link to what a frame shows, named by its title or else its host: nothing is loaded from there. Frames of no size
// count readers.
func (p *htmlParser) frame(a attrs) {
	href, ok := SafeMedia(a.data, p.b.options.BaseURL)
	if !ok {
		if href, ok = SafeMedia(a.src, p.b.options.BaseURL); !ok {
			return
		}
	}
	if isTiny(a.width) || isTiny(a.height) || strings.Contains(strings.ReplaceAll(a.style, " ", ""), "display:none") {
		return
	}
	label := strings.Join(strings.Fields(a.title), " ")
	if u, err := url.Parse(href); label == "" && err == nil {
		label = strings.TrimPrefix(u.Host, "www.")
	}
	p.b.boundary()
	p.b.beginMark("frame", Node{Kind: Link, Href: href})
	p.b.text(label)
	p.b.end("frame")
	p.b.boundary()
	p.written++
}

// media hands a film or a sound to whoever asked for the pictures of the text, or writes a link to it, named by its title or else its
// file. Which file it is may be told by a source in it, or by a link for browsers that play none, whose words aren't shown else.
func (p *htmlParser) media(tag atom.Atom, a attrs) {
	link := ""
	a.src = cmp.Or(a.data, a.src)
	for depth := 1; depth > 0; {
		kind := p.z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken {
			continue
		}
		name, more := p.z.TagName()
		switch inner := atom.Lookup(name); {
		case inner == tag && kind == html.StartTagToken:
			depth++
		case inner == tag && kind == html.EndTagToken:
			depth--
		case inner == atom.Source:
			a.src = cmp.Or(a.src, p.attrs(more).src)
		case inner == atom.A:
			link = cmp.Or(link, p.attrs(more).href)
		}
	}
	p.player(tag, a, link)
}

// player is media of which all is known.
func (p *htmlParser) player(tag atom.Atom, a attrs, link string) {
	a.src, a.data, a.alt, a.medium = cmp.Or(a.src, link), "", a.title, tag.String()
	if a.src == "" || p.annotation != nil || p.b.takePicture(a) {
		return
	}
	if u, err := url.Parse(a.src); a.title == "" && err == nil {
		a.title = strings.TrimPrefix(path.Base("/"+u.Path), "/")
	}
	p.frame(a)
}

func isTiny(size string) bool {
	size = strings.TrimSuffix(strings.TrimSpace(size), "px")
	return size == "0" || size == "1"
}

// embedded starts an element that shows something from elsewhere, and reports whether tag is one.
func (p *htmlParser) embedded(tag atom.Atom, a attrs) bool {
	switch tag {
	case atom.Iframe:
		p.skip(tag)
		p.frame(a)
	case atom.Embed:
		p.frame(a)
	case atom.Object:
		p.objects = append(p.objects, object{data: a.data, title: a.title, written: p.written})
	case atom.Param: // players in Flash have their address in it
		if n := len(p.objects); n > 0 && p.objects[n-1].data == "" && (a.name == "movie" || a.name == "src") {
			p.objects[n-1].data = a.value
		}
	default:
		return false
	}
	return true
}

// endObject ends the innermost object.
func (p *htmlParser) endObject() {
	n := len(p.objects)
	if n == 0 {
		return
	}
	o := p.objects[n-1]
	p.objects = p.objects[:n-1]
	if o.written == p.written {
		p.frame(attrs{src: o.data, title: o.title})
	}
}

// selfClosed starts what XHTML closes by its slash. HTML's tokenizer would take all that follows for the text of a frame.
func (p *htmlParser) selfClosed(tag atom.Atom, a attrs) {
	p.z.NextIsNotRawText()
	switch tag {
	case atom.Svg, atom.Math: // in HTML too
	case atom.Iframe, atom.Object:
		if p.annotation == nil {
			p.frame(attrs{src: a.src, data: a.data, title: a.title, width: a.width, height: a.height, style: a.style})
		}
	case atom.Video, atom.Audio:
		p.player(tag, a, "")
	default:
		p.start(tag, a)
	}
}
