package markup

import (
	"strconv"
	"strings"

	"vitrine/feeds/content"
)

// table draws a table in a box of its own, which scrolls sideways where it is wider than the text: so that keys reach what is out of
// sight, the box can be focused, and is named by the table's caption or the names of its columns. It begins on the side where the table's
// first column is.
func (d *Drawing) table(n content.Node, o *outline) Node {
	rows, head := content.TableRows(n), content.HeaderRows(n)
	var caption Node
	var names []string
	if len(rows) < len(n.Children) {
		caption = El("caption", At("dir", "auto"), d.words(n.Children[0].Children)...)
		names = append(names, content.InlineText(n.Children[0].Children))
	}
	groups := []Node{El("thead", nil), El("tbody", nil)}
	for y, row := range rows {
		tr := El("tr", nil)
		for _, cell := range row.Children {
			tr.Children = append(tr.Children, d.cell(cell, content.Scope(cell, y < head, len(row.Children) == 1), o))
			if name := content.PlainText(content.Doc{Blocks: cell.Children}); y < head && caption.Tag == "" && name != "" {
				names = append(names, name)
			}
		}
		group := &groups[1]
		if y < head {
			group = &groups[0]
		}
		group.Children = append(group.Children, tr)
	}
	if head == 0 {
		groups = groups[1:]
	}
	attrs := At("class", "table", "dir", content.Direction(n), "tabindex", "0")
	if len(names) > 0 {
		attrs = append(attrs, At("role", "region", "aria-label", strings.Join(strings.Fields(strings.Join(names, ", ")), " "))...)
	}
	return El("div", attrs, El("table", nil, append([]Node{caption}, groups...)...))
}

func (d *Drawing) cell(n content.Node, scope string, o *outline) Node {
	tag, c := "td", content.TableCell{}
	if n.Cell != nil {
		c = *n.Cell
	}
	if c.Header {
		tag = "th"
	}
	cell := d.item(tag, n, o)
	cell.Attrs = Attrs(cell.Attrs).Filled("scope", scope).Filled("class", c.Align).
		When(c.Columns > 1, "colspan", strconv.Itoa(c.Columns)).When(c.Rows > 1, "rowspan", strconv.Itoa(c.Rows))
	return cell
}
