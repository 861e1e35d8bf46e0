package page

import "vitrine/app/markup"

// at is attributes as pairs of name and value. A pair whose value is no is left out.
type at []string

const no = "\x00"

// el makes an element.
func el(tag string, attrs at, kids ...markup.Node) markup.Node {
	n := markup.Node{Tag: tag, Children: kids}
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != no {
			n.Attrs = append(n.Attrs, markup.Attr{Name: attrs[i], Value: attrs[i+1]})
		}
	}
	return n
}

// when returns value if on, else no.
func when(on bool, value string) string {
	if on {
		return value
	}
	return no
}

func text(s string) markup.Node { return markup.Node{Text: s} }

// hidden is text for screen readers only.
func hidden(s string) markup.Node { return el("span", at{"class", "vh"}, text(s)) }

// icon draws a sign of icons.svg.
func icon(s interface{ IconsURL() string }, name, class string) markup.Node {
	return markup.Sign(s.IconsURL(), name, class)
}
