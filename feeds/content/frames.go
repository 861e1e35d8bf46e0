package content

import (
	"net/url"
	"strings"

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
	p.partCells()
	p.b.boundary()
	p.b.beginMark("frame", Node{Kind: Link, Href: href})
	p.b.text(label)
	p.b.end("frame")
	p.b.boundary()
	p.written++
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
	default:
		p.start(tag, a)
	}
}
