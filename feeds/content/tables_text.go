package content

import (
	"slices"
	"strings"
	"unicode"
)

// textWidth is how many columns of a terminal a table may take. A wider one is written row by row.
const textWidth = 78

const gap = 2 // between columns

// tableText writes a table with aligned columns, or where that would be too wide, each row by itself.
func tableText(table Node) string {
	rows, head := TableRows(table), HeaderRows(table)
	grid, widths := gridOf(rows)
	var lines []string
	if len(rows) < len(table.Children) {
		lines = append(lines, InlineText(table.Children[0].Children))
	}
	if spanned(widths) > textWidth {
		return strings.Join(append(lines, rowsText(grid, head)...), "\n")
	}
	for y, row := range grid {
		for n := range height(row) {
			lines = append(lines, alignedLine(row, n, widths))
		}
		if y == head-1 {
			rule := make([]string, 0, len(widths))
			for _, w := range widths {
				rule = append(rule, strings.Repeat("─", w))
			}
			lines = append(lines, strings.Join(rule, strings.Repeat(" ", gap)))
		}
	}
	return strings.Join(lines, "\n")
}

// height is how many lines a row has.
func height(row []textCell) int {
	n := 1
	for _, c := range row {
		n = max(n, strings.Count(c.text, "\n")+1)
	}
	return n
}

// alignedLine writes a line of a row, counted from 0.
func alignedLine(row []textCell, n int, widths []int) string {
	var line strings.Builder
	for x, c := range row {
		if c.columns == 0 {
			continue
		}
		text := ""
		if lines := strings.Split(c.text, "\n"); n < len(lines) {
			text = lines[n]
		}
		room := spanned(widths[x:x+c.columns]) - width(text)
		before := 0
		switch c.align {
		case "right":
			before = room
		case "center":
			before = room / 2
		}
		line.WriteString(strings.Repeat(" ", before) + text + strings.Repeat(" ", room-before+gap))
	}
	return strings.TrimRight(line.String(), " ")
}

// spanned is how wide a cell over these columns is.
func spanned(widths []int) int {
	total := -gap
	for _, w := range widths {
		total += w + gap
	}
	return total
}

// rowsText writes rows under the names of their columns, or for want of these with bars between the cells.
func rowsText(grid [][]textCell, head int) []string {
	var lines []string
	if head == 0 {
		for _, row := range grid {
			lines = append(lines, barred(row))
		}
		return lines
	}
	for y, row := range grid[head:] {
		if y > 0 {
			lines = append(lines, "")
		}
		for x, c := range row {
			if c.text == "" {
				continue
			}
			text := c.text
			if name := columnNames(grid[:head], x, x+c.columns); name != "" {
				text = name + ": " + text
			}
			lines = append(lines, Indent(text, "", "  "))
		}
	}
	return lines
}

// columnNames joins what the rows of a head say above the columns from x to end.
func columnNames(head [][]textCell, x, end int) string {
	var names []string
	for ; x < end; x++ {
		for _, row := range head {
			at := x
			for at > 0 && at < len(row) && row[at].columns == 0 {
				at--
			}
			if at < len(row) && row[at].text != "" && !slices.Contains(names, oneLine(row[at].text)) {
				names = append(names, oneLine(row[at].text))
			}
		}
	}
	return strings.Join(names, ", ")
}

// barred writes a row on one line.
func barred(row []textCell) string {
	var line strings.Builder
	for x, c := range row {
		switch {
		case c.columns == 0:
			continue
		case x == 1 && row[0].header && !c.header:
			line.WriteString(": ")
		case x > 0:
			line.WriteString(" | ")
		}
		line.WriteString(oneLine(c.text))
	}
	return strings.TrimRight(line.String(), " ")
}

// tableLine writes a table on one line.
func tableLine(table Node) string {
	grid, _ := gridOf(TableRows(table))
	lines := make([]string, 0, len(grid)+1)
	if table.Children[0].Kind == Caption {
		lines = append(lines, InlineText(table.Children[0].Children))
	}
	for _, row := range grid {
		lines = append(lines, barred(row))
	}
	return strings.Join(lines, " | ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

type textCell struct {
	text, align string
	columns     int // 0: the cell before it stands here too
	header      bool
}

// gridOf places the texts of cells in their columns, and says how wide these are.
func gridOf(rows []Node) (grid [][]textCell, widths []int) {
	grid = make([][]textCell, len(rows))
	cells(rows, func(y, x int, n *Node) {
		for len(grid[y]) < x {
			grid[y] = append(grid[y], textCell{columns: 1})
		}
		c := textCell{text: blocksText(n.Children, "\n"), columns: 1}
		if n.Cell != nil {
			c.align, c.columns, c.header = n.Cell.Align, max(n.Cell.Columns, 1), n.Cell.Header
		}
		grid[y] = append(append(grid[y], c), make([]textCell, c.columns-1)...)
		for len(widths) < x+c.columns {
			widths = append(widths, 0)
		}
		if c.columns == 1 {
			widths[x] = max(widths[x], width(c.text))
		}
	})
	for _, row := range grid {
		for x, c := range row {
			if c.columns > 1 {
				over := widths[x : x+c.columns]
				over[len(over)-1] += max(width(c.text)-spanned(over), 0)
			}
		}
	}
	return grid, widths
}

// width is how many columns of a terminal the widest line of a text takes: none for marks, two for characters that are as wide as high.
// Source: https://www.unicode.org/reports/tr11/
func width(s string) int {
	n, widest := 0, 0
	for _, r := range s {
		switch {
		case r == '\n':
			widest, n = max(widest, n), 0
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f ||
			r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1f64f || r >= 0x1f680 && r <= 0x1f6ff || r >= 0x1f900 && r <= 0x1f9ff || r >= 0x20000 && r <= 0x3fffd):
			n += 2
		default:
			n++
		}
	}
	return max(widest, n)
}
