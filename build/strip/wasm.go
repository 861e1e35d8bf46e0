package strip

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The WebAssembly sections that are read or written here.
// Source: https://webassembly.github.io/spec/core/binary/modules.html
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	startSection    = 8
	codeSection     = 10
	dataSection     = 11
)

const wasmHeader = "\x00asm\x01\x00\x00\x00"

// maxMemory is the largest initial memory image that is accepted.
const maxMemory = 256 << 20

// Long runs of zeros are left out of the segments. Go's linker leaves out runs of eight already, but each segment that this adds begins with an
// address, which costs more than zeros after compression. There are no more segments than engines accept.
const (
	segmentOverhead = 64
	maxSegments     = 100_000
)

var errCutOff = errors.New("the module is cut off")

// module is a WebAssembly module with its data segments joined into one memory image.
type module struct {
	sections []section
	memory   []byte // from address 0; what the data section has
}

type section struct {
	id   byte
	body []byte
}

func parseModule(wasm []byte) (*module, error) {
	if len(wasm) < len(wasmHeader) || string(wasm[:len(wasmHeader)]) != wasmHeader {
		return nil, errors.New("not a WebAssembly module of version 1")
	}
	m := &module{}
	for r := (reader{wasm, len(wasmHeader)}); r.at < len(wasm); {
		s := section{id: r.byte()}
		s.body = r.bytes(r.uvarint())
		if r.failed() {
			return nil, errCutOff
		}
		m.sections = append(m.sections, s)
	}
	i := m.find(dataSection)
	if i < 0 {
		return nil, errors.New("the module has no data section")
	}
	var err error
	m.memory, err = readSegments(m.sections[i].body)
	return m, err
}

// find returns the place of a section, or -1.
func (m *module) find(id byte) int {
	return slices.IndexFunc(m.sections, func(s section) bool { return s.id == id })
}

// readSegments joins active segments of memory 0 with constant addresses, which is all that Go's linker writes.
func readSegments(section []byte) ([]byte, error) {
	r := reader{section, 0}
	var memory []byte
	for n := r.uvarint(); n > 0; n-- {
		kind, op := r.byte(), r.byte()
		address := r.varint()
		end := r.byte()
		data := r.bytes(r.uvarint())
		switch {
		case r.failed():
			return nil, errCutOff
		case kind != 0 || op != opConst32 || end != opEnd: // i32.const ADDRESS, end
			return nil, errors.New("a data segment is of a kind that Go's linker doesn't write")
		case address < 0 || address+int64(len(data)) > maxMemory:
			return nil, fmt.Errorf("a data segment has the unexpected address %d", address)
		}
		if missing := int(address) + len(data) - len(memory); missing > 0 {
			memory = append(memory, make([]byte, missing)...)
		}
		if nonZero(memory[:int(address)+len(data)], int(address)) < int(address)+len(data) {
			return nil, fmt.Errorf("two data segments share the address %d", address)
		}
		copy(memory[address:], data)
	}
	if r.at != len(section) {
		return nil, errors.New("the data section goes on after its segments")
	}
	return memory, nil
}

// encode writes the module again.
func (m *module) encode() []byte {
	out := []byte(wasmHeader)
	for _, s := range m.sections {
		if s.id == dataSection {
			s.body = segments(m.memory)
		}
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.body)))
		out = append(out, s.body...)
	}
	return out
}

// segments is a data section's body.
func segments(memory []byte) []byte {
	var segments []byte
	count := 0
	for at := nonZero(memory, 0); at < len(memory); count++ {
		end, next := segmentEnd(memory, at)
		if count == maxSegments-1 {
			end, next = len(memory), len(memory)
		}
		segments = append(segments, 0, opConst32)
		segments = appendVarint(segments, int64(at))
		segments = append(segments, opEnd)
		segments = binary.AppendUvarint(segments, uint64(end-at))
		segments = append(segments, memory[at:end]...)
		at = next
	}
	return append(binary.AppendUvarint(nil, uint64(count)), segments...)
}

// segmentEnd returns where the segment that begins at at ends, and where the next one begins.
func segmentEnd(memory []byte, at int) (end, next int) {
	for end = at; ; end = next {
		for end < len(memory) && memory[end] != 0 {
			end++
		}
		next = nonZero(memory, end)
		if next-end >= segmentOverhead || next == len(memory) {
			return end, next
		}
	}
}

// nonZero is the place of the first byte from at on that isn't zero.
func nonZero(memory []byte, at int) int {
	for at < len(memory) && memory[at] == 0 {
		at++
	}
	return at
}

// reader reads a section. After something that isn't there, at is beyond the end.
type reader struct {
	data []byte
	at   int
}

func (r *reader) failed() bool { return r.at > len(r.data) }

func (r *reader) byte() byte {
	if r.at >= len(r.data) {
		r.at = len(r.data) + 1
		return 0
	}
	r.at++
	return r.data[r.at-1]
}

func (r *reader) bytes(n uint64) []byte {
	if r.failed() || n > uint64(len(r.data)-r.at) {
		r.at = len(r.data) + 1
		return nil
	}
	r.at += int(n)
	return r.data[r.at-int(n) : r.at]
}

// uvarint reads an unsigned LEB128 number.
func (r *reader) uvarint() uint64 {
	if r.failed() {
		return 0
	}
	v, n := binary.Uvarint(r.data[r.at:])
	if n <= 0 {
		r.at = len(r.data) + 1
		return 0
	}
	r.at += n
	return v
}

// varint reads a signed LEB128 number, in which the last byte's second highest bit is the sign.
func (r *reader) varint() int64 {
	var v int64
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			if b&0x40 != 0 && shift < 57 {
				v |= -1 << (shift + 7)
			}
			return v
		}
	}
	r.at = len(r.data) + 1
	return 0
}

func appendVarint(b []byte, v int64) []byte {
	for {
		low := byte(v & 0x7f)
		v >>= 7
		if v == 0 && low&0x40 == 0 || v == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}
