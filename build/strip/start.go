package strip

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// loop fills in what counts up from function to function: their entries, which are the numbers of WebAssembly functions, and where their
// records begin. They are a fifth of the compressed table, and written in less than a millisecond.
type loop struct {
	index   int // address of the index of functions
	records int // address of the records
	offset  int // of the first record, as the index has it
	size    int // of a record
	entry   int // the first function's
	count   int // functions
}

// Instructions of WebAssembly.
// Source: https://webassembly.github.io/spec/core/binary/instructions.html
const (
	opLoop     = 0x03
	opEnd      = 0x0b
	opBranchIf = 0x0d
	opLocalGet = 0x20
	opLocalSet = 0x21
	opStore32  = 0x36
	opConst32  = 0x41
	opLess32   = 0x49 // unsigned
	opAdd32    = 0x6a
	typeI32    = 0x7f
	typeFunc   = 0x60
	noResult   = 0x40
)

// code is a WebAssembly function without parameters and results that does it.
func (l loop) code() []byte {
	counters := []struct{ from, step int }{{l.index, indexSize}, {l.records, l.size}, {l.offset, l.size}, {l.entry, 1}}
	const index, records, offset, entry = 0, 1, 2, 3
	code := []byte{1, byte(len(counters)), typeI32} // one group of local variables
	for i, c := range counters {
		code = append(appendVarint(append(code, opConst32), int64(c.from)), opLocalSet, byte(i))
	}
	code = append(code, opLoop, noResult)
	for _, s := range []struct{ to, at, value byte }{{index, 0, entry}, {index, 4, offset}, {records, 4 * entryField, entry}} {
		code = append(code, opLocalGet, s.to, opLocalGet, s.value, opStore32, 2, s.at) // 2: addresses are multiples of four
	}
	for i, c := range counters {
		code = append(code, opLocalGet, byte(i), opConst32)
		code = append(appendVarint(code, int64(c.step)), opAdd32, opLocalSet, byte(i))
	}
	code = append(code, opLocalGet, entry, opConst32)
	code = append(appendVarint(code, int64(l.entry+l.count)), opLess32, opBranchIf, 0)
	return append(code, opEnd, opEnd)
}

// startWith adds a function that runs when the module is instantiated.
func (m *module) startWith(code []byte) error {
	imported, err := m.importedFunctions()
	if err != nil {
		return err
	}
	if m.find(startSection) >= 0 {
		return errors.New("the module has a function of its own that runs first")
	}
	kind, err := m.add(typeSection, []byte{typeFunc, 0, 0})
	if err != nil {
		return err
	}
	own, err := m.add(functionSection, binary.AppendUvarint(nil, kind))
	if err != nil {
		return err
	}
	body, err := m.add(codeSection, append(binary.AppendUvarint(nil, uint64(len(code))), code...))
	if err != nil {
		return err
	}
	if own != body {
		return fmt.Errorf("the module declares %d functions and has %d", own, body)
	}
	at := 0
	for at < len(m.sections) && (m.sections[at].id < startSection) { // sections stand in the order of their ids, custom ones (0) anywhere
		at++
	}
	start := section{startSection, binary.AppendUvarint(nil, imported+own)}
	m.sections = append(m.sections[:at:at], append([]section{start}, m.sections[at:]...)...)
	return nil
}

// add appends an entry to a section that begins with the number of its entries, and returns the entry's index.
func (m *module) add(id byte, entry []byte) (uint64, error) {
	i := m.find(id)
	if i < 0 {
		return 0, fmt.Errorf("the module has no section %d", id)
	}
	r := reader{m.sections[i].body, 0}
	count := r.uvarint()
	if r.failed() {
		return 0, errCutOff
	}
	body := binary.AppendUvarint(nil, count+1)
	m.sections[i].body = append(append(body, r.data[r.at:]...), entry...)
	return count, nil
}

// importedFunctions is how many functions the module imports. Go's linker imports nothing else.
func (m *module) importedFunctions() (uint64, error) {
	i := m.find(importSection)
	if i < 0 {
		return 0, nil
	}
	r := reader{m.sections[i].body, 0}
	count := r.uvarint()
	for range count {
		r.bytes(r.uvarint())
		r.bytes(r.uvarint())
		kind := r.byte()
		r.uvarint()
		if r.failed() {
			return 0, errCutOff
		}
		if kind != 0 {
			return 0, errors.New("the module imports more than functions")
		}
	}
	return count, nil
}
