package content

import (
	"slices"
	"strings"
)

// HTML has tables for data and tables for layout, in newsletters above all. Only the first are Tables; what stands in the cells of the others
// stands in the text, row by row. A table around a table is layout. The other signs are those that HTML's specification names, and
// that data has rows and columns.
// Source: https://html.spec.whatwg.org/multipage/tables.html#the-table-element

// layoutTable is the Name of a Table in the making of which its attributes say that it is for layout.
const layoutTable = "layout"

// tableOf is a Table as its attributes describe it, or a mere division.
func tableOf(a attrs) Node {
	role := strings.ToLower(a.role)
	n := Node{Kind: Table}
	switch {
	case role == "presentation" || role == "none":
		return Node{}
	case a.border == "0" || a.border == "" && a.cellpadding == "0" && a.cellspacing == "0":
		n.Name = layoutTable
	}
	return n
}

// cellOf is a Cell as its attributes describe it.
func cellOf(header bool, a attrs) Node {
	c := TableCell{Header: header, Align: alignment(a.align), Columns: a.span(a.colspan, 1), Rows: a.span(a.rowspan, maxNumber)}
	if _, style, found := strings.Cut(a.style, "text-align:"); c.Align == "" && found {
		style, _, _ = strings.Cut(style, ";")
		c.Align = alignment(strings.TrimSpace(style))
	}
	return Node{Kind: Cell, Cell: &c}
}

func alignment(s string) string {
	switch s = strings.ToLower(s); s {
	case "left", "center", "right":
		return s
	}
	return ""
}

// span reads how many rows or columns a cell reaches over; zero stands for all that follow.
func (a attrs) span(s string, zero int) int {
	n := a.number(s)
	switch {
	case n == nil, *n < 0:
		return 1
	case *n == 0:
		return zero
	}
	return *n
}

// beginCell begins a cell, in a row of its own where none has begun.
func (b *builder) beginCell(tag string, n Node) {
	b.endWithin("td", "th", "caption")
	if b.open[len(b.open)-1].Kind == Table {
		b.begin("tr", Node{Kind: Row})
	}
	for i := len(b.scopes) - 1; i >= 0 && b.scopes[i].tag != "table"; i-- {
		if b.scopes[i].tag == "thead" {
			n.Cell.Header = true
		}
	}
	b.begin(tag, n)
}

// endWithin closes all that began with one of the tags in the innermost table.
func (b *builder) endWithin(tags ...string) {
	first := -1
	for i := len(b.scopes) - 1; i >= 0 && b.scopes[i].tag != "table"; i-- {
		if slices.Contains(tags, b.scopes[i].tag) {
			first = i
		}
	}
	if first >= 0 {
		b.endBlocks(first)
	}
}

// isCellTag reports the elements beyond which nothing in them is ended by an end tag.
func isCellTag(tag string) bool { return tag == "td" || tag == "th" || tag == "caption" }

func isTable(n Node) bool { return n.Kind == Table }

// dissolve makes the table around what comes next layout, unless it shows already that it is data.
func (b *builder) dissolve() {
	at := slices.IndexFunc(b.open, isTable)
	if at < 0 || len(b.open) < at+3 {
		return
	}
	table, row, cell := b.open[at], b.open[at+1], b.open[at+2]
	if len(table.Children) > 0 && !cell.Cell.Header {
		heads, wide := table.Children[0].Kind == Caption, len(row.Children) > 0
		cells(append(slices.Clone(table.Children), row), func(_, column int, c *Node) {
			heads = heads || c.Cell != nil && c.Cell.Header
			wide = wide || column > 0
		})
		if heads && wide {
			return
		}
	}
	parent := &b.open[at-1]
	parent.Children = append(parent.Children, contents(table)...)
	parent.Children = append(parent.Children, contents(Node{Children: []Node{row}})...)
	parent.Children = append(parent.Children, cell.Children...)
	b.open = slices.Delete(b.open, at, at+3)
	for i := range b.scopes {
		s := &b.scopes[i]
		if s.holds >= at && s.holds < at+3 {
			s.node, s.holds = Node{}, 0
		}
		if s.around > at {
			s.around = max(s.around-3, at)
		}
		if s.holds > at {
			s.holds -= 3
		}
	}
}

// contents is what stands in a table's cells.
func contents(table Node) (blocks []Node) {
	for _, row := range table.Children {
		if row.Kind == Caption {
			row.Kind = Paragraph
			blocks = append(blocks, row)
			continue
		}
		for _, cell := range row.Children {
			blocks = append(blocks, cell.Children...)
		}
	}
	return blocks
}

// cells visits the cells of a table, each with its row and the column that it begins in. A Caption is no row.
// Source: https://html.spec.whatwg.org/multipage/tables.html#forming-a-table
func cells(rows []Node, visit func(row, column int, cell *Node)) {
	var free [maxColumns]int // the row from which on a column is free
	for y := range rows {
		x := 0
		if rows[y].Kind != Row {
			continue
		}
		for i := range rows[y].Children {
			for x < maxColumns && free[x] > y {
				x++
			}
			cell := &rows[y].Children[i]
			visit(y, x, cell)
			columns, height := 1, 1
			if cell.Cell != nil {
				columns, height = max(cell.Cell.Columns, 1), max(cell.Cell.Rows, 1)
			}
			for ; columns > 0; columns-- {
				if x < maxColumns {
					free[x] = y + height
				}
				x++
			}
		}
	}
}

// settle returns a finished table in its canonical form, or else what stands in it.
func settle(table Node) []Node {
	layout := table.Name == layoutTable
	table.Name = ""
	covered := make([]int, len(table.Children)+1) // by how many cells more a row is covered than the one before it
	cells(table.Children, func(y, x int, n *Node) {
		if n.Cell == nil {
			return
		}
		c := *n.Cell
		c.Columns = min(c.Columns, maxColumns-x)
		c.Rows = min(c.Rows, len(table.Children)-y)
		if c.Columns <= 1 {
			c.Columns = 0
		}
		if c.Rows <= 1 {
			c.Rows = 0
		} else {
			covered[y]++
			covered[y+c.Rows]--
		}
		if len(n.Children) == 0 {
			c.Header, c.Align = false, ""
		}
		if n.Cell = &c; c == (TableCell{}) {
			n.Cell = nil
		}
	})
	rows, around := table.Children[:0], 0
	for y, row := range table.Children {
		around += covered[y]
		if around > 0 || row.Kind == Caption || slices.ContainsFunc(row.Children, func(c Node) bool { return len(c.Children) > 0 }) {
			rows = append(rows, row)
		}
	}
	table.Children = rows
	if !isTabular(table, layout) {
		return contents(table)
	}
	return []Node{table}
}

// settleAll settles the tables among blocks anew, of which parts were cut off.
func settleAll(blocks []Node) []Node {
	out := make([]Node, 0, len(blocks))
	for _, n := range blocks {
		if n.Kind >= Paragraph && len(n.Children) > 0 {
			n.Children = settleAll(n.Children)
		}
		if n.Kind == Table {
			out = append(out, settle(n)...)
			continue
		}
		out = append(out, n)
	}
	return out
}

// isTabular reports that a table holds data: it has a caption, or cells that name others, or rows and columns of simple cells.
func isTabular(table Node, layout bool) bool {
	var heads, data int
	var rows, columns [2]int // the first two that hold something, counted from 1
	note := func(of *[2]int, n int) {
		switch {
		case of[0] == 0:
			of[0] = n + 1
		case of[0] != n+1:
			of[1] = n + 1
		}
	}
	simple, mixed := true, false
	cells(table.Children, func(y, x int, c *Node) {
		if len(c.Children) == 0 {
			return
		}
		note(&rows, y)
		note(&columns, x)
		if c.Cell != nil && c.Cell.Header {
			heads++
		} else {
			data++
		}
		simple = simple && len(c.Children) == 1 && c.Children[0].Kind == Paragraph
		mixed = mixed || len(c.Children) > 2 || slices.ContainsFunc(c.Children, func(n Node) bool {
			return n.Kind == Heading || n.Kind == Rule || n.Kind == Fold || n.Kind == Quote
		})
	})
	several := rows[1] > 0 && columns[1] > 0
	switch {
	case heads+data > 1 && table.Children[0].Kind == Caption:
		return true
	case heads > 0 && data > 0:
		return columns[1] > 0 || simple
	}
	return several && !layout && !mixed
}

// HeaderRows is how many rows at the top of a Table name its columns. Its Caption isn't counted.
func HeaderRows(table Node) int {
	rows := TableRows(table)
	n := 0
	for n < len(rows) && !slices.ContainsFunc(rows[n].Children, func(c Node) bool { return len(c.Children) > 0 && (c.Cell == nil || !c.Cell.Header) }) {
		n++
	}
	if n == len(rows) {
		return 0
	}
	crossed := false // a header that names what stands below is no head of a table
	cells(rows[:n], func(y, _ int, c *Node) {
		crossed = crossed || c.Cell != nil && y+c.Cell.Rows > n
	})
	if crossed {
		return 0
	}
	return n
}

// TableRows are a Table's Rows.
func TableRows(table Node) []Node {
	if len(table.Children) > 0 && table.Children[0].Kind == Caption {
		return table.Children[1:]
	}
	return table.Children
}

// Scope is what the attribute scope says of a cell: "col" or "row", or "" for one that names nothing, or all that follows.
func Scope(cell Node, inHead, alone bool) string {
	switch {
	case cell.Cell == nil || !cell.Cell.Header:
		return ""
	case inHead:
		return "col"
	case alone:
		return ""
	}
	return "row"
}
