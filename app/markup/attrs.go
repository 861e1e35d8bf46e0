package markup

// Attrs are an element's attributes, in the order they are written.
type Attrs []Attr

// At makes attributes of names and values in turn.
//
//go:noinline
func At(pairs ...string) Attrs {
	attrs := make(Attrs, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		attrs = append(attrs, Attr{Name: pairs[i], Value: pairs[i+1]})
	}
	return attrs
}

// When adds an attribute if on.
//
//go:noinline
func (a Attrs) When(on bool, name, value string) Attrs {
	if !on {
		return a
	}
	return append(a, Attr{Name: name, Value: value})
}

// Filled adds an attribute unless its value is empty.
func (a Attrs) Filled(name, value string) Attrs { return a.When(value != "", name, value) }

// El makes an element. Children that are the zero Node are left out, so that a part which may be missing needs no branch.
//
//go:noinline
func El(tag string, attrs Attrs, children ...Node) Node {
	n := Node{Tag: tag, Attrs: attrs}
	for _, c := range children {
		if c.Tag != "" || c.Text != "" {
			n.Children = append(n.Children, c)
		}
	}
	return n
}

// Text makes a text node.
func Text(s string) Node { return Node{Text: s} }

// Hidden is text for people who can't see the page.
func Hidden(s string) Node { return El("span", At("class", "vh"), Text(s)) }

// Sign draws an icon of icons.svg, which stands at the URL icons. It says nothing by itself: words stand beside it. The class
// stands on a box around the drawing.
func Sign(icons, name, class string) Node {
	return El("span", At("class", class, "aria-hidden", "true"), El("svg", nil, El("use", At("href", icons+"#"+name))))
}
