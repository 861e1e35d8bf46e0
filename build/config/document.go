package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// document knows where each key of a file stands. The decoder alone reports only the first value of a wrong type, and
// nothing about where the good ones are.
type document struct {
	name     string
	parser   unstable.Parser
	lines    map[string]int // path as at writes it -> line
	count    map[string]int // tables of a list so far
	mistakes Mistakes
}

// at writes the path of a key: at("feed", 1, "limit") is "feed[1].limit".
func at(parts ...any) string {
	var b strings.Builder
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			b.WriteString("[" + strconv.Itoa(p) + "]")
		case string:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(p)
		}
	}
	return b.String()
}

func (d *document) has(path string) bool { return d.lines[path] > 0 }

// line is where a key stands; for one that isn't said, where its table begins.
func (d *document) line(path string) int {
	for {
		if l := d.lines[path]; l > 0 {
			return l
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return 1
		}
		path = path[:i]
	}
}

// decode reads data into to, a pointer to a struct with toml tags that name all there is.
func decode(name string, data []byte, to any) (*document, Mistakes) {
	d := &document{name: name, lines: map[string]int{}, count: map[string]int{}}
	d.walk(data, reflect.TypeOf(to).Elem())
	if len(d.mistakes) > 0 {
		return d, d.mistakes.sorted()
	}
	if err := toml.Unmarshal(data, to); err != nil { // syntax, and keys that stand twice
		m := Mistake{File: name, Line: 1, Text: err.Error()}
		var de *toml.DecodeError
		if errors.As(err, &de) {
			m.Line, _ = de.Position()
			m.Key = strings.Join(de.Key(), ".")
			m.Text = strings.TrimPrefix(de.Error(), "toml: ")
		}
		return d, Mistakes{m}
	}
	return d, nil
}

// walk notes all lines and finds unknown keys and values of the wrong type. It stops at a mistake of syntax, which the decoder
// reports.
func (d *document) walk(data []byte, root reflect.Type) {
	d.parser.Reset(data)
	prefix, table := "", root
	for d.parser.NextExpression() {
		e := d.parser.Expression()
		keys, line := d.key(e)
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			prefix, table = d.header(e.Kind, keys, line, root)
		case unstable.KeyValue:
			if table != nil { // what stands below an unknown header is not looked at
				d.keyValue(prefix, keys, line, e.Value(), table)
			}
		}
	}
}

func (d *document) key(e *unstable.Node) (keys []string, line int) {
	for it := e.Key(); it.Next(); {
		if line == 0 {
			line = d.parser.Shape(it.Node().Raw).Start.Line
		}
		keys = append(keys, string(it.Node().Data))
	}
	return keys, line
}

// header takes "[name]" or "[[name]]" and returns the path and type of what stands below it, nil for an unknown one.
func (d *document) header(kind unstable.Kind, keys []string, line int, root reflect.Type) (string, reflect.Type) {
	name := strings.Join(keys, ".")
	field, ok := fields(root)[name]
	switch {
	case !ok:
		d.mistake(line, name, "is not known", suggest(name, root, root))
		return "", nil
	case !isTables(field):
		d.mistake(line, name, "is no table", "write "+name+" = …, above the first table")
		return "", nil
	case kind == unstable.Table:
		d.mistake(line, name, "is a list of tables", "write [["+name+"]]")
		return "", nil
	}
	path := at(name, d.count[name])
	d.count[name]++
	d.lines[path] = line
	return path, field.Elem()
}

func (d *document) keyValue(prefix string, keys []string, line int, value *unstable.Node, table reflect.Type) {
	name := strings.Join(keys, ".")
	path := name
	if prefix != "" {
		path = at(prefix, name)
	}
	d.lines[path] = line
	field, ok := fields(table)[name]
	if !ok {
		d.mistake(line, path, "is not known", suggest(name, table, reflect.TypeFor[Site]()))
		return
	}
	d.value(path, line, value, field)
}

// value checks that a value has a field's type.
func (d *document) value(path string, line int, value *unstable.Node, t reflect.Type) {
	if k := kinds()[t.Kind()]; value.Kind != k.toml {
		d.mistake(line, path, "is "+valueName(value)+", not "+k.name, "")
		return
	}
	switch t.Kind() {
	case reflect.Slice:
		i := 0
		for it := value.Children(); it.Next(); i++ {
			element := path + "[" + strconv.Itoa(i) + "]"
			if raw := it.Node().Raw; raw.Length > 0 {
				line = d.parser.Shape(raw).Start.Line
			}
			d.lines[element] = line
			d.value(element, line, it.Node(), t.Elem())
		}
	case reflect.Struct:
		for it := value.Children(); it.Next(); {
			keys, line := d.key(it.Node())
			d.keyValue(path, keys, line, it.Node().Value(), t)
		}
	}
}

// kind is how a Go type is written in TOML, and what people call it.
type kind struct {
	toml unstable.Kind
	name string
}

// kinds are those of all fields there are.
func kinds() map[reflect.Kind]kind {
	return map[reflect.Kind]kind{
		reflect.String: {unstable.String, "a text in quotes"},
		reflect.Bool:   {unstable.Bool, "true or false"},
		reflect.Int:    {unstable.Integer, "a whole number"},
		reflect.Slice:  {unstable.Array, "a list in [ ]"},
		reflect.Struct: {unstable.InlineTable, "a table"},
	}
}

func valueName(value *unstable.Node) string {
	switch value.Kind {
	case unstable.String:
		return "a text"
	case unstable.Bool:
		return "true or false"
	case unstable.Integer, unstable.Float:
		return "a number"
	case unstable.Array:
		return "a list"
	case unstable.InlineTable:
		return "a table"
	}
	return "a date or time"
}

func isTables(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct
}

// fields are the keys of a table by name.
func fields(t reflect.Type) map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for f := range t.Fields() {
		if tag := f.Tag.Get("toml"); tag != "" {
			m[tag] = f.Type
		}
	}
	return m
}

// suggest names the key that was perhaps meant: the nearest one of its table, or the same one of another table.
func suggest(name string, table, root reflect.Type) string {
	best, distance := "", 1+len(name)/3
	for _, known := range keysOf(table) {
		if d := edits(name, known); d <= distance && (best == "" || d < distance) {
			best, distance = known, d
		}
	}
	meant := func() string { return "did you mean " + best + "?" }
	if best != "" && distance == 1 { // otherwise another table's very word is likelier to be meant
		return meant()
	}
	for _, list := range keysOf(root) {
		if t := fields(root)[list]; isTables(t) && t.Elem() != table && slices.Contains(keysOf(t.Elem()), name) {
			return "it belongs below a [[" + list + "]]"
		}
	}
	switch {
	case table != root && slices.Contains(keysOf(root), name):
		return "it belongs above the first table"
	case best != "":
		return meant()
	}
	return "known are " + strings.Join(keysOf(table), ", ")
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for f := range t.Fields() {
		if tag := f.Tag.Get("toml"); tag != "" {
			keys = append(keys, tag)
		}
	}
	return keys
}

// edits counts the letters to add, take away or replace that turn a into b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := previous
			if a[i] != b[j] {
				cost = 1 + min(previous, row[j], row[j+1])
			}
			previous, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func (d *document) mistake(line int, key, text, suggestion string) {
	d.mistakes = append(d.mistakes, Mistake{File: d.name, Line: line, Key: key, Text: text, Suggestion: suggestion})
}

// Mistake is one thing in a file that can't stay as it is.
type Mistake struct {
	File       string
	Line       int
	Key        string // "feed[0].limit", "" where the file can't be read at all
	Text       string // what is wrong with it
	Suggestion string // what to do, "" where that is plain
}

func (m Mistake) String() string {
	s := fmt.Sprintf("%s:%d: ", m.File, m.Line)
	if m.Key != "" {
		s += m.Key + " "
	}
	s += m.Text
	if m.Suggestion != "" {
		s += " (" + m.Suggestion + ")"
	}
	return s
}

// Mistakes are all of a file, by line.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	lines := make([]string, 0, len(m))
	for _, one := range m {
		lines = append(lines, one.String())
	}
	return strings.Join(lines, "\n")
}

func (m Mistakes) sorted() Mistakes {
	slices.SortStableFunc(m, func(a, b Mistake) int { return a.Line - b.Line })
	return m
}
