package strip

import "slices"

// leave has a function that unwinds return where it notices that, in place of going to its end: how far away that is differs each time, and
// doesn't compress.
func leave(code []instruction) []instruction {
	n := len(code)
	if n < 3 || code[n-1].op != opEnd || code[n-2].op != opConst32 || code[n-2].value != 1 || code[n-3].op != opEnd {
		return code
	}
	out := make([]instruction, 0, n)
	depth := 0
	for i, in := range code {
		switch in.op {
		case opBlock, opLoop, opIf:
			if depth++; depth == 1 && in.op != opBlock {
				return code
			}
		case opEnd:
			if depth--; depth <= 0 && i < n-3 {
				return code // there is something behind the outermost block
			}
		case opBranchIf:
			if in.value == int64(depth-1) {
				out = append(out, instruction{op: opIf, value: emptyType}, instruction{op: opConst32, value: 1}, instruction{op: opReturn}, instruction{op: opEnd})
				continue
			}
		}
		out = append(out, in)
	}
	return out
}

// jump has branches to a later block go there. Go's compiler notes the block's number and goes through the table of all blocks at the function's
// beginning.
func jump(code []instruction) []instruction {
	if !dispatches(code) {
		return code
	}
	out := make([]instruction, 0, len(code))
	var frames []int // where what is open began
	var blocks []int // the beginnings of the blocks by number
	table := -1      // the beginning of the loop around the table
	for i := 0; i < len(code); i++ {
		in := code[i]
		switch in.op {
		case opBlock, opLoop, opIf:
			if depth, ok := jumps(code[i+1:], append(frames, i), blocks, table); in.op == opIf && in.value == emptyType && ok && i+4 < len(code) && code[i+4].op == opEnd && depth > 0 {
				out = append(out, instruction{op: opBranchIf, value: int64(depth - 1)})
				i += 4
				continue
			}
			frames = append(frames, i)
		case opEnd:
			if len(frames) > 0 {
				frames = frames[:len(frames)-1]
			}
		case opBranchTable:
			at := slices.IndexFunc(frames, func(f int) bool { return code[f].op == opLoop })
			if at < 0 || table >= 0 || slices.Max(in.labels) >= len(frames) {
				break
			}
			table = frames[at]
			for _, l := range in.labels {
				blocks = append(blocks, frames[len(frames)-1-l])
			}
		case opConst32:
			if depth, ok := jumps(code[i:], frames, blocks, table); ok {
				out = append(out, instruction{op: opBranch, value: int64(depth)})
				i += 2
				continue
			}
		}
		out = append(out, in)
	}
	return out
}

// dispatches reports that the number of the block is read by the table of blocks alone; before a call through a pointer the variable holds another
// value for a moment.
func dispatches(code []instruction) bool {
	tables := 0
	for i, in := range code {
		if in.op != opLocalGet || in.value != blockLocal {
			continue
		}
		switch {
		case i+1 == len(code):
			return false
		case code[i+1].op == opBranchTable && len(code[i+1].labels) > 0:
			tables++
		case code[i+1].op != opCallThrough:
			return false
		}
	}
	return tables == 1
}

// jumps reports that code begins with a branch to a block that is open, by the table, and how deep that is.
func jumps(code []instruction, frames, blocks []int, table int) (depth int, ok bool) {
	if table < 0 || len(code) < 3 || code[0].op != opConst32 || code[1].op != opLocalSet || code[1].value != blockLocal || code[2].op != opBranch {
		return 0, false
	}
	n := len(frames)
	if d := int(code[2].value); d < 0 || d >= n || frames[n-1-d] != table {
		return 0, false
	}
	k := code[0].value
	if k < 0 || k >= int64(len(blocks)) {
		return 0, false
	}
	at := slices.Index(frames, blocks[k])
	return n - 1 - at, at >= 0
}
