package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/markup"
)

const svgNamespace = "http://www.w3.org/2000/svg"

// Draw makes go-app elements of a tree.
func Draw(n markup.Node) app.UI { return draw(n, false) }

// DrawAll makes go-app elements of several trees.
func DrawAll(nodes []markup.Node) []app.UI { return drawAll(nodes, false) }

func drawAll(nodes []markup.Node, svg bool) []app.UI {
	out := make([]app.UI, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, draw(n, svg))
	}
	return out
}

func draw(n markup.Node, svg bool) app.UI {
	if n.Tag == "" {
		return app.Text(n.Text)
	}
	svg = svg || n.Tag == "svg"
	if markup.Void(n.Tag) {
		el := app.ElemSelfClosing(n.Tag)
		for _, a := range attrs(n) {
			el = el.Attr(a.Name, a.Value)
		}
		return el
	}
	el := app.Elem(n.Tag)
	if svg {
		el = el.XMLNS(svgNamespace)
	}
	for _, a := range attrs(n) {
		el = el.Attr(a.Name, a.Value)
	}
	return el.Body(drawAll(n.Children, svg)...)
}

// attrs returns an element's attributes as go-app takes them: a boolean one is set as a property from "true" or "false", and
// has to be said either way, since taking `checked` away leaves a control as its reader left it.
func attrs(n markup.Node) []markup.Attr {
	out := make([]markup.Attr, 0, len(n.Attrs)+1)
	has := map[string]bool{}
	for _, a := range n.Attrs {
		if property(a.Name) {
			has[a.Name] = true
			a.Value = "true"
		}
		out = append(out, a)
	}
	switch {
	case n.Tag == "input" && !has["checked"]:
		out = append(out, markup.Attr{Name: "checked", Value: "false"})
	case n.Tag == "details" && !has["open"]:
		out = append(out, markup.Attr{Name: "open", Value: "false"})
	case n.Tag == "option" && !has["selected"]:
		out = append(out, markup.Attr{Name: "selected", Value: "false"})
	}
	return out
}

// property reports the attributes that go-app sets as properties, by a boolean.
func property(name string) bool {
	switch name {
	case "allowfullscreen", "autofocus", "autoplay", "checked", "disabled", "hidden", "loop", "multiple", "muted", "open", "required", "reversed", "selected":
		return true
	}
	return false
}
