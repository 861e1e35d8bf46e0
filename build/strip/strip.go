package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Names returns a js/wasm program of Go 1.26, linked with -s -w, without the names and lines that only stack traces show. Its memory
// layout stays the same. The error says what is not as expected; then nothing was changed.
func Names(wasm []byte) ([]byte, error) {
	m, err := parseModule(wasm)
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	t, err := findTable(m.memory)
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	if err := t.empty(); err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	return m.encode(), nil
}

// tableStart is how pclntab begins: the magic number of Go 1.20 and later, two bytes of padding, the smallest instruction (1) and the
// size of a pointer (8).
var tableStart = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// table is pclntab. Each part is a slice of the memory image.
type table struct {
	names     []byte // zero-terminated names of functions
	units     []byte // the files of each compilation unit
	files     []byte // zero-terminated names of files
	pcValues  []byte // tables of values by program counter, which functions share
	functions []byte // the index of functions, then their records
	count     int    // functions
}

// findTable finds pclntab by its header: runtime.pcHeader.
func findTable(memory []byte) (*table, error) {
	var found *table
	for at := 0; ; at++ {
		i := bytes.Index(memory[at:], tableStart)
		if i < 0 {
			break
		}
		at += i
		t, ok := tableAt(memory[at:])
		if !ok {
			continue
		}
		if found != nil {
			return nil, errors.New("there are two tables of functions")
		}
		found = t
	}
	if found == nil {
		return nil, errors.New("there is no table of functions that Go 1.26 would write")
	}
	return found, nil
}

func tableAt(data []byte) (*table, bool) {
	const headerSize = 8 + 8*8
	if len(data) < headerSize {
		return nil, false
	}
	field := func(i int) uint64 { return binary.LittleEndian.Uint64(data[8+8*i:]) }
	count := field(0)
	bounds := []uint64{headerSize, field(3), field(4), field(5), field(6), field(7), uint64(len(data))}
	for i := 1; i < len(bounds); i++ {
		if bounds[i] < bounds[i-1] {
			return nil, false
		}
	}
	functions := data[bounds[5]:]
	if count == 0 || count > uint64(len(functions))/functionSize {
		return nil, false
	}
	return &table{
		names: data[bounds[1]:bounds[2]], units: data[bounds[2]:bounds[3]], files: data[bounds[3]:bounds[4]],
		pcValues: data[bounds[4]:bounds[5]], functions: functions, count: int(count),
	}, true
}

// A function's record, runtime._func, begins with these fields of four bytes each. Its tables of PCDATA follow.
const (
	nameField      = 1
	pcspField      = 4
	pcfileField    = 5
	pclnField      = 6
	npcdataField   = 7
	unitField      = 8
	startLineField = 9
	idField        = 10 // its first byte is the function's kind
	functionSize   = 44
)

// wrapperKind is abi.FuncIDWrapper of Go 1.26.
const wrapperKind = 23

// empty clears what only stack traces need. All is checked before anything is written.
func (t *table) empty() error {
	records := make([][]byte, t.count)
	keptNames, keptValues := make([]bool, len(t.names)), make([]bool, len(t.pcValues))
	for i := range records {
		f, err := t.record(i)
		if err != nil {
			return err
		}
		records[i] = f
		name, err := t.name(f)
		if err != nil {
			return err
		}
		if isCompared(name, f[4*idField]) {
			from := int(field(f, nameField))
			mark(keptNames[from : from+len(name)])
		}
		offsets := []uint32{field(f, pcspField)}
		for j := range int(field(f, npcdataField)) {
			offsets = append(offsets, field(f, functionSize/4+j))
		}
		for _, offset := range offsets {
			if err := t.keep(keptValues, offset); err != nil {
				return err
			}
		}
	}
	for _, f := range records {
		for _, i := range []int{pcfileField, pclnField, unitField, startLineField} {
			binary.LittleEndian.PutUint32(f[4*i:], 0)
		}
	}
	clearUnless(t.names, keptNames)
	clearUnless(t.pcValues, keptValues)
	clear(t.units)
	clear(t.files)
	return nil
}

// isCompared reports names that the runtime looks at while a program runs: it recognizes its own functions and reflect's stubs by them, and
// reads from a wrapper's name which method was called on a nil pointer.
func isCompared(name string, kind byte) bool {
	return strings.HasPrefix(name, "runtime.") || strings.HasPrefix(name, "reflect.") || strings.HasPrefix(name, "internal/runtime/") ||
		kind == wrapperKind && strings.Contains(name, ".(*")
}

// record returns a function's record, with its tables of PCDATA.
func (t *table) record(i int) ([]byte, error) {
	at := uint64(binary.LittleEndian.Uint32(t.functions[8*i+4:])) // the index has two fields of four bytes for each function
	if at < uint64(8*t.count) || at+functionSize > uint64(len(t.functions)) {
		return nil, fmt.Errorf("function %d is outside of the table", i)
	}
	f := t.functions[at:]
	if n := field(f, npcdataField); n > 64 || functionSize+4*int(n) > len(f) {
		return nil, fmt.Errorf("function %d has %d tables", i, n)
	}
	return f, nil
}

func (t *table) name(f []byte) (string, error) {
	from := field(f, nameField)
	if uint64(from) >= uint64(len(t.names)) {
		return "", errors.New("a name is outside of the table")
	}
	end := bytes.IndexByte(t.names[from:], 0)
	if end < 0 {
		return "", errors.New("a name has no end")
	}
	return string(t.names[from : int(from)+end]), nil
}

// keep marks a table of values by program counter. It is a list of pairs of variable-length numbers, a difference of values and one of
// program counters, and ends with a difference of zero that isn't the first. Offset 0 means that there is none.
func (t *table) keep(kept []bool, offset uint32) error {
	if offset == 0 {
		return nil
	}
	r := reader{t.pcValues, int(min(offset, uint32(len(t.pcValues))))}
	from := r.at
	for first := true; ; first = false {
		if r.uvarint() == 0 && !first {
			break
		}
		r.uvarint()
		if r.failed() {
			return errors.New("a table of values by program counter has no end")
		}
	}
	if r.failed() {
		return errors.New("a table of values by program counter has no end")
	}
	mark(kept[from:r.at])
	return nil
}

func field(f []byte, i int) uint32 { return binary.LittleEndian.Uint32(f[4*i:]) }

func mark(kept []bool) {
	for i := range kept {
		kept[i] = true
	}
}

func clearUnless(data []byte, kept []bool) {
	for i := range data {
		if !kept[i] {
			data[i] = 0
		}
	}
}
