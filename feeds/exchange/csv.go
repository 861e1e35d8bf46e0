package exchange

import "strings"

// record is a row of a table.
type record struct {
	cells []string
	line  int // where it begins
}

func (r record) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

func (r record) blank() bool {
	for i := range r.cells {
		if r.cell(i) != "" {
			return false
		}
	}
	return true
}

// maxCells is how many cells of a row are read.
const maxCells = 100

// table reads CSV, tolerantly: any end of a line, quotation marks within a cell, rows of different lengths. A cell whose closing mark is
// missing ends with its line.
// Source: RFC 4180, section 2
type table struct {
	src   string
	comma byte
	pos   int
	line  int
	ended bool // no quotation mark closes a cell any more
	cut   int  // the line of a cell whose closing mark is missing; 0 for none
}

func newTable(src string, comma byte) *table { return &table{src: src, comma: comma, line: 1} }

// next returns the next row that isn't empty; ok is false at the end.
func (t *table) next() (r record, ok bool) {
	for t.pos < len(t.src) {
		r = record{line: t.line}
		for more := true; more; {
			var cell string
			cell, more = t.cell()
			if len(r.cells) < maxCells {
				r.cells = append(r.cells, cell)
			}
		}
		if !r.blank() {
			return r, true
		}
	}
	return record{}, false
}

// cell reads a cell and what separates it from the next one; more is whether that is in the same row.
func (t *table) cell() (cell string, more bool) {
	if t.pos < len(t.src) && t.src[t.pos] == '"' && !t.ended {
		if quoted, ok := t.quoted(); ok {
			cell = quoted
		}
	}
	start := t.pos
	for ; t.pos < len(t.src); t.pos++ {
		switch c := t.src[t.pos]; c {
		case t.comma:
			cell += t.src[start:t.pos]
			t.pos++
			return cell, true
		case '\n', '\r':
			cell += t.src[start:t.pos]
			t.pos++
			if c == '\r' && t.pos < len(t.src) && t.src[t.pos] == '\n' {
				t.pos++
			}
			t.line++
			return cell, false
		}
	}
	return cell + t.src[start:], false
}

// quoted reads a cell in quotation marks; ok is false where the closing one is missing.
func (t *table) quoted() (cell string, ok bool) {
	var s strings.Builder
	for from := t.pos + 1; ; {
		i := strings.IndexByte(t.src[from:], '"')
		if i < 0 {
			t.ended = true
			t.cut = t.line
			return "", false
		}
		s.WriteString(t.src[from : from+i])
		from += i + 1
		if from < len(t.src) && t.src[from] == '"' {
			s.WriteByte('"')
			from++
			continue
		}
		t.pos = from
		t.line += strings.Count(s.String(), "\n")
		return s.String(), true
	}
}

// writeRow writes a row of CSV, as Mastodon does with a line feed at its end.
func writeRow(w *strings.Builder, cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			w.WriteByte(',')
		}
		if strings.ContainsAny(cell, ",\"\r\n;\t") || strings.TrimSpace(cell) != cell {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		w.WriteString(cell)
	}
	w.WriteByte('\n')
}
