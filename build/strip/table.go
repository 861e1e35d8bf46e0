package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

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
	address   int    // of functions in memory
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
		t, ok := tableAt(memory, at)
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

func tableAt(memory []byte, at int) (*table, bool) {
	const headerSize = 8 + 8*8
	data := memory[at:]
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
		pcValues: data[bounds[4]:bounds[5]], functions: functions, count: int(count), address: at + int(bounds[5]),
	}, true
}

// A function's record, runtime._func, begins with these fields of four bytes each. Its offsets of PCDATA and FUNCDATA follow.
const (
	entryField     = 0
	nameField      = 1
	pcspField      = 4
	pcfileField    = 5
	pclnField      = 6
	npcdataField   = 7
	unitField      = 8
	startLineField = 9
	kindField      = 10 // the function's kind, flags, padding and the number of FUNCDATA, a byte each
	fieldCount     = 11
	functionSize   = 4 * fieldCount
	indexSize      = 8 // an entry of the index: the function's entry and where its record begins, four bytes each
)

// wrapperKind is abi.FuncIDWrapper of Go 1.26.
const wrapperKind = 23

// The PCDATA and FUNCDATA of Go 1.26 that js/wasm doesn't need: where a signal may interrupt a function, and what traces show.
// Source: internal/abi/symtab.go
const (
	pcdataUnsafePoint, pcdataInlineTree, pcdataArgumentsLive                             = 0, 2, 3
	funcdataInlineTree, funcdataArguments, funcdataArgumentsLive, funcdataWrapper        = 3, 5, 6, 7
	noFuncdata                                                                    uint32 = 1<<32 - 1
)

// record is a function's record with what it refers to.
type record struct {
	fields     [fieldCount]uint32
	name       string
	stack      string   // the table of the frame's size
	pcdata     []string // tables, "" for none
	funcdata   []uint32 // offsets in data that stays where it is
	start, end int      // in table.functions
}

// records reads the records of all functions and checks that nothing else stands between them.
func (t *table) records() ([]record, error) {
	out := make([]record, t.count)
	for i := range out {
		r, err := t.record(i)
		if err != nil {
			return nil, fmt.Errorf("function %d: %w", i, err)
		}
		if i > 0 && (r.start < out[i-1].end || r.start >= out[i-1].end+8) {
			return nil, fmt.Errorf("function %d: its record doesn't follow the one before it", i)
		}
		if r.fields[entryField] != t.indexed(i, 0) || r.fields[entryField] != t.indexed(0, 0)+uint32(i) {
			return nil, fmt.Errorf("function %d: the entries are not numbered one by one", i)
		}
		out[i] = r
	}
	return out, nil
}

// indexed is a field of the index of functions.
func (t *table) indexed(i, field int) uint32 {
	return binary.LittleEndian.Uint32(t.functions[indexSize*i+4*field:])
}

func (t *table) record(i int) (r record, err error) {
	r.start = int(t.indexed(i, 1))
	if r.start < indexSize*t.count || r.start+functionSize > len(t.functions) {
		return record{}, errors.New("it is outside of the table")
	}
	data := t.functions[r.start:]
	for f := range r.fields {
		r.fields[f] = binary.LittleEndian.Uint32(data[4*f:])
	}
	pcdata, funcdata := int(r.fields[npcdataField]), int(r.fields[kindField]>>24)
	if size := functionSize + 4*(pcdata+funcdata); pcdata > 64 || size > len(data) {
		return record{}, fmt.Errorf("it has %d and %d tables", pcdata, funcdata)
	}
	r.end = r.start + functionSize + 4*(pcdata+funcdata)
	if r.name, err = t.name(r.fields[nameField]); err != nil {
		return record{}, err
	}
	if r.stack, err = t.values(r.fields[pcspField]); err != nil {
		return record{}, err
	}
	for k := range pcdata {
		values, err := t.values(binary.LittleEndian.Uint32(data[functionSize+4*k:]))
		if err != nil {
			return record{}, err
		}
		r.pcdata = append(r.pcdata, values)
	}
	for k := range funcdata {
		r.funcdata = append(r.funcdata, binary.LittleEndian.Uint32(data[functionSize+4*(pcdata+k):]))
	}
	return r, nil
}

func (t *table) name(from uint32) (string, error) {
	if uint64(from) >= uint64(len(t.names)) {
		return "", errors.New("its name is outside of the table")
	}
	end := bytes.IndexByte(t.names[from:], 0)
	if end < 0 {
		return "", errors.New("its name has no end")
	}
	return string(t.names[from : int(from)+end]), nil
}

// values returns a table of values by program counter. It is a list of pairs of variable-length numbers, a difference of values and one of
// program counters, and ends with a difference of zero that isn't the first. Offset 0 means that there is none.
func (t *table) values(offset uint32) (string, error) {
	if offset == 0 {
		return "", nil
	}
	r := reader{t.pcValues, int(min(offset, uint32(len(t.pcValues))))}
	from := r.at
	for first := true; ; first = false {
		if r.uvarint() == 0 && !first {
			break
		}
		r.uvarint()
		if r.failed() {
			break
		}
	}
	if r.failed() {
		return "", errors.New("a table of values by program counter has no end")
	}
	return string(t.pcValues[from:r.at]), nil
}

// size is how many bytes the record takes.
func (r *record) size() int { return functionSize + 4*(len(r.pcdata)+len(r.funcdata)) }
