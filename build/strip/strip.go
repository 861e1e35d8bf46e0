package strip

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Tables returns a js/wasm program of Go 1.26, linked with -s -w, whose table of functions has only what a running program needs, and whose
// functions have fewer instructions. The addresses of all else stay the same. The error says what is not as expected; then nothing was changed.
func Tables(wasm []byte) ([]byte, error) {
	m, err := parseModule(wasm)
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	t, err := findTable(m.memory)
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	records, err := t.records()
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	counted, err := t.write(records)
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	if err := m.shorten(); err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	if err := m.startWith(counted.code()); err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	return m.encode(), nil
}

// write replaces the table's parts by what the records need of them. What counts up from function to function is left to the returned
// loop.
func (t *table) write(records []record) (loop, error) {
	first, entry := records[0].start, records[0].fields[entryField]
	room := t.functions[first:records[len(records)-1].end]
	size := 0
	for i := range records {
		records[i].reduce()
		size = max(size, records[i].size())
	}
	if size*len(records) > len(room) {
		return loop{}, errors.New("the records differ too much in size")
	}
	clear(t.units)
	clear(t.files)
	clear(t.functions[:indexSize*t.count])
	clear(room)
	var nameList, valueList []string
	for _, r := range records {
		nameList = append(nameList, r.name)
		valueList = append(append(valueList, r.stack), r.pcdata...)
	}
	names, err := pack(t.names, nameList, "\x00")
	if err != nil {
		return loop{}, err
	}
	values, err := pack(t.pcValues, valueList, "")
	if err != nil {
		return loop{}, err
	}
	for i, r := range records {
		r.fields[entryField], r.fields[nameField], r.fields[pcspField] = 0, names[r.name], values[r.stack]
		out := room[size*i : size*i]
		for _, f := range r.fields {
			out = binary.LittleEndian.AppendUint32(out, f)
		}
		for _, p := range r.pcdata {
			out = binary.LittleEndian.AppendUint32(out, values[p])
		}
		for _, f := range r.funcdata {
			out = binary.LittleEndian.AppendUint32(out, f)
		}
	}
	return loop{index: t.address, records: t.address + first, offset: first, size: size, entry: int(entry), count: len(records)}, nil
}

// pack overwrites an area with texts, each once and followed by end, and returns where each begins: "" at 0. Similar ones stand
// together, so that they and their places compress well.
func pack(area []byte, texts []string, end string) (map[string]uint32, error) {
	texts = slices.Clone(texts)
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	clear(area)
	places := map[string]uint32{"": 0}
	next := 1
	for _, s := range slices.Compact(texts) {
		if s != "" {
			if next+len(s)+len(end) > len(area) {
				return nil, errors.New("there is no room for what has to stay")
			}
			places[s] = uint32(next)
			next += copy(area[next:], s+end)
		}
	}
	return places, nil
}

// reduce leaves out what only stack traces show.
func (r *record) reduce() {
	for _, f := range []int{pcfileField, pclnField, unitField, startLineField} {
		r.fields[f] = 0
	}
	r.name = compared(r.name, byte(r.fields[kindField]))
	for _, k := range []int{pcdataUnsafePoint, pcdataInlineTree, pcdataArgumentsLive} {
		if k < len(r.pcdata) {
			r.pcdata[k] = ""
		}
	}
	for _, k := range []int{funcdataInlineTree, funcdataArguments, funcdataArgumentsLive, funcdataWrapper} {
		if k < len(r.funcdata) {
			r.funcdata[k] = noFuncdata
		}
	}
	for n := len(r.pcdata); n > 0 && r.pcdata[n-1] == ""; n-- {
		r.pcdata = r.pcdata[:n-1]
	}
	for n := len(r.funcdata); n > 0 && r.funcdata[n-1] == noFuncdata; n-- {
		r.funcdata = r.funcdata[:n-1]
	}
	r.fields[npcdataField] = uint32(len(r.pcdata))
	r.fields[kindField] = r.fields[kindField]&0xffffff | uint32(len(r.funcdata))<<24
}

// compared returns what the runtime looks at of a function's name while a program runs. By the prefix it knows goroutines that don't
// count as the program's own, by their whole names reflect's stubs, and a wrapper's name says which method was called on a nil
// pointer.
func compared(name string, kind byte) string {
	const prefix = "runtime."
	switch {
	case strings.HasPrefix(name, prefix):
		return prefix
	case name == "reflect.makeFuncStub" || name == "reflect.methodValueCall", kind == wrapperKind && strings.Contains(name, ".(*"):
		return name
	}
	return ""
}
