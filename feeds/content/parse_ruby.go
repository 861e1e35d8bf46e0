package content

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// annotation is what stands in rt, the annotation of a ruby, or in rp, which is for browsers that know no ruby.
type annotation struct {
	text strings.Builder
	drop bool
}

func (p *htmlParser) startAnnotation(tag atom.Atom) {
	p.endAnnotation()
	if p.b.inMark(Ruby) {
		p.annotation = &annotation{drop: tag == atom.Rp}
	}
}

// startInAnnotation takes the text of an annotation; marks in it are only there to match their ends.
func (p *htmlParser) startInAnnotation(tag atom.Atom, a attrs) {
	switch tag {
	case 0:
	case atom.Br:
		p.text(" ", false)
	case atom.Img:
		p.text(a.alt, false)
	default:
		p.b.beginMark(tag.String(), Node{})
	}
}

func (p *htmlParser) endAnnotation() {
	if p.annotation != nil && !p.annotation.drop {
		p.b.annotate(p.annotation.text.String())
	}
	p.annotation = nil
}
