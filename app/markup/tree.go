package markup

// Node is an element or, without Tag, a text. It is made by this package's functions and app/page's views, and drawn by three thin writers: go-app
// elements (app/ui), HTML (HTML) and compact JSON (JSON).
type Node struct {
	Tag      string
	Attrs    []Attr // in a fixed order, each name once
	Text     string // of a text node
	Children []Node
}

// Attr is one attribute. Names come from a closed set (see attrs.go); a boolean attribute has the value "".
type Attr struct{ Name, Value string }
