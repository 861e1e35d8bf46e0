package markup

import "strings"

// Attrs are an element's attributes, in the order they are written.
type Attrs []Attr

// At makes attributes of names and values in turn.
func At(pairs ...string) Attrs {
	attrs := make(Attrs, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		attrs = append(attrs, Attr{Name: pairs[i], Value: pairs[i+1]})
	}
	return attrs
}

// When adds an attribute if on.
func (a Attrs) When(on bool, name, value string) Attrs {
	if !on {
		return a
	}
	return append(a, Attr{Name: name, Value: value})
}

// Filled adds an attribute unless its value is empty.
func (a Attrs) Filled(name, value string) Attrs { return a.When(value != "", name, value) }

// El makes an element. Children that are the zero Node are left out, so that a part which may be missing needs no branch.
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
// stands on a box around the drawing, because go-app can't give one to an SVG element (it sets className, which SVG has not).
func Sign(icons, name, class string) Node {
	return El("span", At("class", class, "aria-hidden", "true"), El("svg", nil, El("use", At("href", icons+"#"+name))))
}

// Void reports the elements that have no end tag.
func Void(tag string) bool {
	switch tag {
	case "br", "hr", "img", "input", "link", "source", "track":
		return true
	}
	return false
}

// known reports the closed set of tags. What stores and draws trees elsewhere (the loader's fronts) knows the same.
func known(tag string) bool {
	switch tag {
	case "a", "article", "aside", "audio", "b", "bdi", "blockquote", "br", "button", "caption", "code", "dd", "del", "details", "dialog", "div", "dl", "dt", "em",
		"fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "img", "input", "kbd", "label", "legend", "li", "main",
		"nav", "ol", "option", "p", "picture", "pre", "progress", "rp", "rt", "ruby", "section", "select", "source", "span", "strong", "sub",
		"summary", "sup", "table", "tbody", "td", "th", "thead", "time", "tr", "track", "u", "ul", "video",
		"circle", "ellipse", "g", "path", "polyline", "rect", "svg", "use":
		return true
	}
	return false
}

// allowed reports the closed set of attributes. None of them runs a script, and style is none of them: the pages'
// Content-Security-Policy forbids it.
func allowed(name string) bool {
	switch name {
	case "accept", "allowfullscreen", "alt", "aria-busy", "aria-controls", "aria-current", "aria-describedby", "aria-expanded", "aria-hidden", "aria-label", "aria-labelledby", "aria-live", "aria-posinset", "aria-setsize",
		"autocapitalize", "autocomplete", "autoplay", "checked", "cite", "class", "colspan", "controls", "crossorigin", "datetime", "decoding", "dir", "disabled", "for", "height",
		"hidden", "href", "id", "inputmode", "kind", "label", "lang", "loading", "loop", "max", "media", "min", "muted", "name", "open", "placeholder", "playsinline", "poster",
		"preload", "referrerpolicy", "rel", "reversed", "role", "rowspan", "sandbox", "scope", "selected", "sizes", "spellcheck", "src", "srclang", "srcset", "start", "step", "tabindex", "target", "title", "type", "value",
		"width",
		"data-action", "data-asof", "data-depth", "data-index", "data-key", "data-kind", "data-known", "data-parent", "data-part", "data-shown", "data-uri",
		"cx", "cy", "d", "r", "rx", "ry", "fill", "points", "preserveAspectRatio", "stroke", "stroke-linecap", "stroke-linejoin", "stroke-width", "viewBox", "x", "y":
		return true
	}
	return false
}

// SafeURL returns an address that may stand in href, src, srcset, poster or cite, or "": http, https, mailto, and addresses
// without a scheme, as those of mirrored pictures and of views. An adapter has looked at it before; this is the last gate.
func SafeURL(raw string) string {
	end := strings.IndexAny(raw, ":/?#\\")
	if end < 0 || raw[end] != ':' {
		return raw
	}
	switch strings.ToLower(raw[:end]) {
	case "http", "https", "mailto":
		return raw
	}
	return ""
}

func isURL(name string) bool {
	switch name {
	case "href", "src", "srcset", "poster", "cite":
		return true
	}
	return false
}
