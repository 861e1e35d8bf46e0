package strip

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Instructions that are rewritten, beside those of start.go.
const (
	opBlock       = 0x02
	opIf          = 0x04
	opElse        = 0x05
	opBranch      = 0x0c
	opBranchTable = 0x0e
	opReturn      = 0x0f
	opCall        = 0x10
	opCallThrough = 0x11 // call_indirect
	opDrop        = 0x1a
	opSelect      = 0x1b
	opLocalTee    = 0x22
	opGlobalGet   = 0x23
	opGlobalSet   = 0x24
	opFirstLoad   = 0x28
	opFirstStore  = 0x36
	opLastStore   = 0x3e
	opMemorySize  = 0x3f
	opMemoryGrow  = 0x40
	opConst64     = 0x42
	opConstF32    = 0x43
	opConstF64    = 0x44
	opZero32      = 0x45 // eqz
	opZero64      = 0x50
	opAdd64       = 0x7c
	opWrap        = 0xa7 // i32.wrap_i64
	opExtend      = 0xad // i64.extend_i32_u
	opLast        = 0xc4
	opPrefix      = 0xfc // memory.copy and others
)

// The variables of each of Go's functions: which block to go on with, and where the stack ends. The others are what the compiler takes for
// registers.
const (
	blockLocal = 0
	stackLocal = 1
)

// stackGlobal is where all functions find the end of Go's stack.
const stackGlobal = 0

// emptyType is that of a block without a result, as it is read.
const emptyType = -0x40

// instruction is one of a function, with what is looked at of it.
type instruction struct {
	op     byte
	value  int64  // of a constant; the index of a variable or function
	align  uint64 // of a load or store
	offset uint64
	labels []int  // of a table of branches, without the last
	raw    []byte // as it was read; nil for one that is written anew
	stack  bool   // of an addition: the address of something on Go's stack
}

// shorten rewrites the functions of a module with fewer instructions that do the same.
func (m *module) shorten() error {
	i := m.find(codeSection)
	if i < 0 {
		return errors.New("the module has no code section")
	}
	r := reader{m.sections[i].body, 0}
	count := r.uvarint()
	out := binary.AppendUvarint(nil, count)
	for range count {
		body := r.bytes(r.uvarint())
		if r.failed() {
			return errCutOff
		}
		body, err := shortenFunction(body)
		if err != nil {
			return err
		}
		out = append(binary.AppendUvarint(out, uint64(len(body))), body...)
	}
	m.sections[i].body = out
	return nil
}

func shortenFunction(body []byte) ([]byte, error) {
	r := reader{body, 0}
	for n := r.uvarint(); n > 0 && !r.failed(); n-- { // groups of local variables
		r.uvarint()
		r.byte()
	}
	if r.failed() {
		return nil, errCutOff
	}
	start := r.at
	var code []instruction
	for r.at < len(body) {
		in, err := readInstruction(&r)
		if err != nil {
			return nil, err
		}
		code = appendShort(code, in)
	}
	code = leave(jump(sink(foldAddresses(code))))
	out := slices.Clip(body[:start])
	for _, in := range code {
		out = in.append(out)
	}
	return out, nil
}

// readInstruction reads one, with what belongs to it.
func readInstruction(r *reader) (instruction, error) {
	start := r.at
	in := instruction{op: r.byte()}
	switch op := in.op; {
	case op == opBlock, op == opLoop, op == opIf, op == opConst32, op == opConst64:
		in.value = r.varint()
	case op == opBranch, op == opBranchIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
		in.value = int64(r.uvarint())
	case op == opBranchTable:
		for n := r.uvarint(); n > 0 && !r.failed(); n-- {
			in.labels = append(in.labels, int(r.uvarint()))
		}
		r.uvarint()
	case op == opCallThrough:
		r.uvarint()
		r.uvarint()
	case op >= opFirstLoad && op <= opLastStore:
		in.align, in.offset = r.uvarint(), r.uvarint()
	case op == opMemorySize, op == opMemoryGrow:
		r.byte()
	case op == opConstF32:
		r.bytes(4)
	case op == opConstF64:
		r.bytes(8)
	case op == opPrefix:
		switch sub := r.uvarint(); {
		case sub == 10: // memory.copy
			r.bytes(2)
		case sub == 11: // memory.fill
			r.bytes(1)
		case sub > 7:
			return in, fmt.Errorf("the code has an instruction 0xfc %d, which Go doesn't write", sub)
		}
	case op <= 1, op == opElse, op == opEnd, op == opReturn, op == opDrop, op == opSelect, op >= opZero32 && op <= opLast:
	default:
		return in, fmt.Errorf("the code has an instruction 0x%x, which Go doesn't write", op)
	}
	if r.failed() {
		return in, errCutOff
	}
	in.raw = r.data[start:r.at]
	return in, nil
}

func (in instruction) append(out []byte) []byte {
	if in.raw != nil {
		return append(out, in.raw...)
	}
	out = append(out, in.op)
	switch op := in.op; {
	case op == opConst32, op == opConst64, op == opIf:
		return appendVarint(out, in.value)
	case op >= opLocalGet && op <= opGlobalSet, op == opBranch, op == opBranchIf:
		return binary.AppendUvarint(out, uint64(in.value))
	case op >= opFirstLoad && op <= opLastStore:
		return binary.AppendUvarint(binary.AppendUvarint(out, in.align), in.offset)
	}
	return out
}

// appendShort appends an instruction, joined with those before it where fewer do the same.
func appendShort(code []instruction, in instruction) []instruction {
	n := len(code)
	before := func(back int, op byte) bool { return n >= back && code[n-back].op == op }
	switch {
	case in.op == opWrap && before(1, opConst64): // the lower half of a constant
		return appendShort(code[:n-1], instruction{op: opConst32, value: int64(int32(code[n-1].value))})
	case in.op == opWrap && before(1, opExtend): // there and back
		return code[:n-1]
	case in.op == opZero64 && before(1, opExtend):
		return appendShort(code[:n-1], instruction{op: opZero32})
	case in.op == opLocalGet && before(1, opLocalSet) && code[n-1].value == in.value:
		return append(code[:n-1], instruction{op: opLocalTee, value: in.value})
	case (in.op == opIf || in.op == opBranchIf) && before(1, opZero32) && before(2, opZero32):
		return append(code[:n-2], in)
	case in.op == opReturn && before(1, opConst32) && before(2, opGlobalSet) && before(3, opLocalTee): // the variable ends
		return append(code[:n-3], code[n-2], code[n-1], in)
	case in.op == opGlobalSet && n >= 9 && addsToStack(code[n-4:], in) && addsToStack(code[n-9:], code[n-5]):
		sum := code[n-8].value + code[n-3].value
		return append(code[:n-8], instruction{op: opConst32, value: sum}, code[n-2], code[n-1], in)
	case in.op == opWrap && before(1, opAdd64) && before(2, opConst64) && before(3, opExtend) && before(4, opLocalGet) && code[n-2].value >= 0 && code[n-2].value < 1<<31:
		// A place on Go's stack: its address, a local variable, and how far above it.
		return append(code[:n-3], instruction{op: opConst32, value: code[n-2].value}, instruction{op: opAdd32, stack: true})
	}
	return append(code, in)
}

// addsToStack reports that code begins with an addition to the end of Go's stack, which set stores.
func addsToStack(code []instruction, set instruction) bool {
	return code[0].op == opLocalGet && code[0].value == stackLocal && code[1].op == opConst32 && code[2].op == opAdd32 && code[3].op == opLocalTee && code[3].value == stackLocal &&
		set.op == opGlobalSet && set.value == stackGlobal && code[1].value > 0 && code[1].value < 1<<29
}

// foldAddresses has loads and stores on Go's stack add what is added to its address: they can do so without another instruction.
func foldAddresses(code []instruction) []instruction {
	out := code[:0]
	for i := 0; i < len(code); i++ {
		in := code[i]
		if in.op == opConst32 && i+1 < len(code) && code[i+1].stack {
			if j := consumer(code, i+2); j >= 0 {
				code[j].offset += uint64(in.value)
				code[j].raw = nil
				i++
				continue
			}
		}
		out = append(out, in)
	}
	return out
}

// consumer finds the load or store that takes what is on top of the stack before the instruction from as its address; -1 for none that is near
// and sure.
func consumer(code []instruction, from int) int {
	above := 0
	for j := from; j < len(code); j++ {
		in := code[j]
		pops, pushes, known := in.effect()
		switch {
		case !known:
			return -1
		case pops <= above:
			above += pushes - pops
		case in.op >= opFirstLoad && in.op < opFirstStore && above == 0, in.op >= opFirstStore && in.op <= opLastStore && above == 1:
			return j
		default:
			return -1
		}
	}
	return -1
}

// effect is how many values an instruction takes from the stack and puts there; known is false for what leads elsewhere.
func (in instruction) effect() (pops, pushes int, known bool) {
	switch op := in.op; {
	case op == opConst32, op == opConst64, op == opConstF32, op == opConstF64, op == opLocalGet, op == opGlobalGet:
		return 0, 1, true
	case op == opLocalSet, op == opGlobalSet, op == opDrop:
		return 1, 0, true
	case op == opLocalTee, op >= opFirstLoad && op < opFirstStore:
		return 1, 1, true
	case op >= opFirstStore && op <= opLastStore:
		return 2, 0, true
	case op == opSelect:
		return 3, 1, true
	case op == opZero32, op == opZero64, op >= 0x67 && op <= 0x69, op >= 0x79 && op <= 0x7b, op >= 0x8b && op <= 0x91, op >= 0x99 && op <= 0x9f, op >= opWrap && op <= opLast:
		return 1, 1, true
	case op > opZero32 && op < opWrap:
		return 2, 1, true
	}
	return 0, 0, false
}
