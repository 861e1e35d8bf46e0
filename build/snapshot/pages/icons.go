package pages

import (
	"encoding/xml"
	"fmt"
	"strings"

	"vitrine/app/markup"
)

// icons are the drawings of icons.svg by name. They stand in the page itself: a page that is opened from a disk, or framed without an
// origin, may not load another file's drawing.
type icons map[string][]markup.Node

type svgElement struct {
	XMLName  xml.Name
	Attrs    []xml.Attr   `xml:",any,attr"`
	Children []svgElement `xml:",any"`
}

func readIcons(data []byte) (icons, error) {
	var doc svgElement
	if err := xml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("icons.svg: %w", err)
	}
	out := icons{}
	for _, symbol := range doc.Children {
		var id string
		for _, a := range symbol.Attrs {
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		for _, c := range symbol.Children {
			out[id] = append(out[id], c.node())
		}
	}
	return out, nil
}

func (e svgElement) node() markup.Node {
	var attrs markup.Attrs
	for _, a := range e.Attrs {
		attrs = append(attrs, markup.Attr{Name: a.Name.Local, Value: a.Value})
	}
	var children []markup.Node
	for _, c := range e.Children {
		children = append(children, c.node())
	}
	return markup.El(e.XMLName.Local, attrs, children...)
}

// draw returns the drawing that a use element names, "#boost"; false for one that isn't there.
func (i icons) draw(href string) (markup.Node, bool) {
	_, name, _ := strings.Cut(href, "#")
	shapes, ok := i[name]
	return markup.El("svg", markup.At("viewBox", "0 0 24 24"), shapes...), ok
}
