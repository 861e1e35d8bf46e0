package strip

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The WebAssembly sections that are read here.
// Source: https://webassembly.github.io/spec/core/binary/modules.html
const dataSection = 11

const wasmHeader = "\x00asm\x01\x00\x00\x00"

// maxMemory is the largest initial memory image that is accepted.
const maxMemory = 256 << 20

// Segments are written as Go's linker writes them: runs of zeros that cost more than a new segment are left out, and there are no
// more segments than engines accept.
const (
	segmentOverhead = 8
	maxSegments     = 100_000
)

var errCutOff = errors.New("the module is cut off")

// module is a WebAssembly module with its data segments joined into one memory image.
type module struct {
	before []byte // the header and the sections before the data section
	memory []byte // from address 0
	after  []byte // the sections after it
}

func parseModule(wasm []byte) (*module, error) {
	if len(wasm) < len(wasmHeader) || string(wasm[:len(wasmHeader)]) != wasmHeader {
		return nil, errors.New("not a WebAssembly module of version 1")
	}
	rest := reader{wasm, len(wasmHeader)}
	for rest.at < len(wasm) {
		start := rest.at
		id := rest.byte()
		body := rest.bytes(rest.uvarint())
		if rest.failed() {
			return nil, errCutOff
		}
		if id != dataSection {
			continue
		}
		memory, err := readSegments(body)
		if err != nil {
			return nil, err
		}
		return &module{before: wasm[:start], memory: memory, after: wasm[rest.at:]}, nil
	}
	return nil, errors.New("the module has no data section")
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
		case kind != 0 || op != 0x41 || end != 0x0b: // i32.const ADDRESS, end
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
	var segments []byte
	count := 0
	for at := nonZero(m.memory, 0); at < len(m.memory); count++ {
		end, next := segmentEnd(m.memory, at)
		if count == maxSegments-1 {
			end, next = len(m.memory), len(m.memory)
		}
		segments = append(segments, 0, 0x41)
		segments = appendVarint(segments, int64(at))
		segments = append(segments, 0x0b)
		segments = binary.AppendUvarint(segments, uint64(end-at))
		segments = append(segments, m.memory[at:end]...)
		at = next
	}
	section := append(binary.AppendUvarint(nil, uint64(count)), segments...)
	out := append([]byte(nil), m.before...)
	out = append(out, dataSection)
	out = binary.AppendUvarint(out, uint64(len(section)))
	out = append(out, section...)
	return append(out, m.after...)
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
