package markup

// Node is an element or, without Tag, a text. It is made by this package's functions and app/page's views, and written as HTML (HTML) and
// as compact JSON (JSON), which the page's scripts draw.
type Node struct {
	Tag      string
	Attrs    []Attr // in a fixed order, each name once
	Text     string // of a text node
	Children []Node
}

// Attr is one attribute. Names come from a closed set (see attrs.go); a boolean attribute has the value "".
type Attr struct{ Name, Value string }
