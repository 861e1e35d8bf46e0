package page

import (
	"vitrine/app/markup"
	"vitrine/feeds/address"
)

// at is attributes as pairs of name and value, short to write. A pair whose value is no is left out.
type at []string

const no = "\x00"

// el makes an element.
func el(tag string, attrs at, kids ...markup.Node) markup.Node {
	var list markup.Attrs
	for i := 0; i+1 < len(attrs); i += 2 {
		list = list.When(attrs[i+1] != no, attrs[i], attrs[i+1])
	}
	return markup.El(tag, list, kids...)
}

// when returns value if on, else no.
func when(on bool, value string) string {
	if on {
		return value
	}
	return no
}

// text is a text of ours, with the hosts that it names as people read them.
func text(s string) markup.Node { return markup.Text(address.Show(s)) }

// named is a handle or a host, which runs from left to right in every language.
func named(s string) markup.Node { return el("bdi", at{"dir", "ltr"}, text(s)) }

// hidden is text for screen readers only.
func hidden(s string) markup.Node { return markup.Hidden(s) }

// icon draws a sign of icons.svg.
func icon(s interface{ IconsURL() string }, name, class string) markup.Node {
	return markup.Sign(s.IconsURL(), name, class)
}
