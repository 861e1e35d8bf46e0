package strip

import "slices"

// sink moves what is put into a register for one use to that use.
func sink(code []instruction) []instruction {
	for i := 0; i < len(code); i++ {
		in := code[i]
		if in.value == blockLocal || in.value == stackLocal {
			continue
		}
		switch in.op {
		case opLocalTee:
			if unread(code, i+1, in.value) {
				code = slices.Delete(code, i, i+1)
				i--
			}
		case opLocalSet:
			start := expression(code, i)
			if start < 0 {
				continue
			}
			if use := onlyUse(code, start, i); use >= 0 {
				moved := slices.Clone(code[start:i])
				code = slices.Replace(code, use, use+1, moved...)
				code = slices.Delete(code, start, i+1)
				i = start - 1
			}
		}
	}
	return code
}

// expression is where what ends before the instruction at end begins; -1 for anything but a constant, a variable, a place on Go's stack, and what is
// read from there.
func expression(code []instruction, end int) int {
	op := func(back int) byte {
		if back > end {
			return 0
		}
		return code[end-back].op
	}
	switch {
	case op(1) == opConst32, op(1) == opConst64, op(1) == opConstF64, op(1) == opConstF32, op(1) == opLocalGet:
		return end - 1
	case isLoad(op(1)) && op(2) == opLocalGet && code[end-2].value == stackLocal:
		return end - 2
	}
	return -1
}

// onlyUse finds where the value of code[start:set], which is put into a register at set, is read for the only time; -1 where it can't be moved there.
func onlyUse(code []instruction, start, set int) int {
	register := code[set].value
	first, last := code[start], code[set-1]
	for k := set + 1; k < len(code); k++ {
		in := code[k]
		if _, _, known := in.effect(); !known {
			return -1
		}
		switch {
		case in.op == opLocalGet && in.value == register:
			if unread(code, k+1, register) {
				return k
			}
			return -1
		case (in.op == opLocalSet || in.op == opLocalTee) && (in.value == register || first.op == opLocalGet && in.value == first.value):
			return -1
		case isStore(in.op) && isLoad(last.op) && !apart(code, k, last):
			return -1
		}
	}
	return -1
}

// apart reports that a store on Go's stack is beside what a load reads there.
func apart(code []instruction, store int, load instruction) bool {
	above := 2 // values that the store takes
	at := store
	for above > 1 || at == store {
		at--
		if at < 0 {
			return false
		}
		pops, pushes, known := code[at].effect()
		if !known || pushes > 1 {
			return false
		}
		above += pops - pushes
	}
	// What is before at is the address.
	if at < 1 || code[at-1].op != opLocalGet || code[at-1].value != stackLocal {
		return false
	}
	const widest = 8
	to, from := code[store].offset, load.offset
	return to+widest <= from || from+widest <= to
}

// unread reports that a register isn't read any more before it is written again. A call ends all registers: the function may go on in another run
// of it.
func unread(code []instruction, from int, register int64) bool {
	for k := from; k < len(code); k++ {
		in := code[k]
		switch {
		case in.op == opLocalGet && in.value == register:
			return false
		case (in.op == opLocalSet || in.op == opLocalTee) && in.value == register, in.op == opReturn:
			return true
		case in.op == opCall && k+2 < len(code) && code[k+1].op == opGlobalGet && code[k+1].value == stackGlobal && (code[k+2].op == opLocalSet || code[k+2].op == opLocalTee) && code[k+2].value == stackLocal:
			return true
		}
		if _, _, known := in.effect(); !known && in.op != opPrefix {
			return false
		}
	}
	return false
}

func isLoad(op byte) bool  { return op >= opFirstLoad && op < opFirstStore }
func isStore(op byte) bool { return op >= opFirstStore && op <= opLastStore }
