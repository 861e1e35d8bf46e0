package strip

import (
	"fmt"
	"strings"
	"testing"
)

// The instructions that tests write, by name. A number behind a name is its value: an index, a constant, how far to branch, or the offset of a load or
// store.
var mnemonics = map[string]byte{
	"block": opBlock, "loop": opLoop, "if": opIf, "else": opElse, "end": opEnd, "br": opBranch, "br_if": opBranchIf, "br_table": opBranchTable, "return": opReturn,
	"call": opCall, "get": opLocalGet, "set": opLocalSet, "tee": opLocalTee, "global": opGlobalGet, "global=": opGlobalSet, "load": 0x29, "load32": 0x28, "store": 0x37,
	"c32": opConst32, "c64": opConst64, "eqz": opZero32, "eqz64": opZero64, "add": opAdd32, "sub": 0x6b, "add64": opAdd64, "wrap": opWrap, "extend": opExtend,
	"unreachable": 0, "call_indirect": opCallThrough, "clear": opPrefix,
}

// assemble makes a function of a text, with five local variables.
func assemble(t *testing.T, text string) []byte {
	t.Helper()
	body := []byte{1, 5, 0x7e}
	for _, word := range strings.Fields(text) {
		name, number, _ := strings.Cut(word, ":")
		op, ok := mnemonics[name]
		if !ok {
			t.Fatalf("there is no %q", name)
		}
		value := int64(0)
		if number != "" {
			if _, err := fmt.Sscan(strings.Split(number, ",")[0], &value); err != nil {
				t.Fatal(err)
			}
		}
		body = append(body, op)
		switch {
		case op == opBlock, op == opLoop, op == opIf:
			body = append(body, noResult)
		case op == opConst32, op == opConst64, op == opBranch, op == opBranchIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
			body = appendVarint(body, value)
		case isLoad(op), isStore(op):
			body = append(body, 3, byte(value))
		case op == opBranchTable:
			labels := strings.Split(number, ",")
			body = append(body, byte(len(labels)))
			for _, l := range append(labels, "0") {
				body = append(body, l[0]-'0')
			}
		case op == opCallThrough:
			body = append(body, 0, 0)
		case op == opPrefix:
			body = append(body, 11, 0) // memory.fill
		}
	}
	return body
}

// disassemble is the other way.
func disassemble(t *testing.T, body []byte) string {
	t.Helper()
	r := reader{body, 3}
	var words []string
	for r.at < len(body) {
		in, err := readInstruction(&r)
		if err != nil {
			t.Fatal(err)
		}
		word := ""
		for name, op := range mnemonics {
			if op == in.op {
				word = name
			}
		}
		switch op := in.op; {
		case op == opConst32, op == opConst64, op == opBranch, op == opBranchIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
			word += fmt.Sprint(":", in.value)
		case isLoad(op), isStore(op):
			word += fmt.Sprint(":", in.offset)
		case op == opBranchTable:
			word += ":" + strings.ReplaceAll(strings.Trim(fmt.Sprint(in.labels), "[]"), " ", ",")
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

const (
	goCall = " c32:0 call:7 global:0 set:1 " // as Go calls a function and learns where its stack ends
	place  = " extend c64:8 add64 wrap "     // 8 bytes above a variable
)

func TestAFunctionHasFewerInstructionsThatDoTheSame(t *testing.T) {
	for name, c := range map[string]struct{ before, after string }{
		"the address of a load is folded":                     {"get:1" + place + "load:8 set:2 get:3", "get:1 load:16 set:2 get:3"},
		"the address of a store is folded":                    {"get:1" + place + "get:2 c64:1 add64 store:0 end", "get:1 get:2 c64:1 add64 store:8 end"},
		"an address that is stored isn't":                     {"get:1 get:1" + place + "store:0 end", "get:1 get:1 c32:8 add store:0 end"},
		"an address that something else takes isn't":          {"get:1" + place + "c32:0 c32:16 clear end", "get:1 c32:8 add c32:0 c32:16 clear end"},
		"an address across a branch isn't":                    {"get:1" + place + "get:2 if end get:3 store:0 end", "get:1 c32:8 add get:2 if end get:3 store:0 end"},
		"an address below isn't":                              {"get:1 extend c64:-8 add64 wrap load:0 set:2 get:3", "get:1 extend c64:-8 add64 wrap load:0 set:2 get:3"},
		"a constant address":                                  {"c64:4294967297 wrap load:0 set:2 get:3", "c32:1 load:0 set:2 get:3"},
		"a truth":                                             {"get:1 extend eqz64 eqz if end end", "get:1 if end end"},
		"what is read at once":                                {"get:3 set:2 get:2 if get:2 end end", "get:3 tee:2 if get:2 end end"},
		"the end of the stack moves once":                     {"get:1 c32:24 add tee:1 global=:0 get:1 c32:8 add tee:1 global=:0 c32:0 return end", "get:1 c32:32 add global=:0 c32:0 return end"},
		"what is read once is moved there":                    {"get:1 load:8 set:2 get:1 get:2 store:0 return end", "get:1 get:1 load:8 store:0 return end"},
		"across stores beside it":                             {"get:1 load:8 set:2 get:1 c64:0 store:0 get:1 c64:0 store:16 get:1 get:2 store:24" + goCall + "end", "get:1 c64:0 store:0 get:1 c64:0 store:16 get:1 get:1 load:8 store:24" + goCall + "end"},
		"not across a store where it was":                     {"get:1 load:8 set:2 get:1 c64:0 store:4 get:1 get:2 store:24 return end", "get:1 load:8 set:2 get:1 c64:0 store:4 get:1 get:2 store:24 return end"},
		"not across a store somewhere":                        {"get:1 load:8 set:2 get:3 wrap c64:0 store:64 get:1 get:2 store:24 return end", "get:1 load:8 set:2 get:3 wrap c64:0 store:64 get:1 get:2 store:24 return end"},
		"not where the stack has moved":                       {"get:1 load:8 set:2 get:1 c32:8 sub tee:1 get:2 store:24 return end", "get:1 load:8 set:2 get:1 c32:8 sub tee:1 get:2 store:24 return end"},
		"not across a call":                                   {"get:1 load:8 set:2" + goCall + "get:3 get:2 store:24 return end", "get:1 load:8 set:2" + goCall + "get:3 get:2 store:24 return end"},
		"not where it is read twice":                          {"get:1 load:8 set:2 get:1 get:2 store:0 get:1 get:2 store:24 return end", "get:1 load:8 set:2 get:1 get:2 store:0 get:1 get:2 store:24 return end"},
		"not where it may be read later":                      {"get:1 load:8 set:2 get:1 get:2 store:0 end", "get:1 load:8 set:2 get:1 get:2 store:0 end"},
		"a register isn't copied where the other has changed": {"get:3 set:2 c64:0 set:3 get:1 get:2 store:0 get:1 get:3 store:8 return end", "get:3 set:2 get:1 get:2 store:0 get:1 c64:0 store:8 return end"},
		"not where it is read as an address":                  {"get:3 wrap load:0 set:2 get:1 get:2 store:0 return end", "get:3 wrap load:0 set:2 get:1 get:2 store:0 return end"},
		"what unwinds returns": {
			"block loop block block get:0 br_table:0,1 end" + goCall + "br_if:2 end" + goCall + "br_if:1 end unreachable end c32:1 end",
			"block loop block block get:0 br_table:0,1 end" + goCall + "if c32:1 return end end" + goCall + "if c32:1 return end end unreachable end c32:1 end",
		},
		"a later block is gone to": {
			"block loop block block block get:0 br_table:0,1,2 end get:2 wrap if c32:2 set:0 br:3 end end get:2 wrap if c32:0 set:0 br:2 end c32:2 set:0 br:1 end end unreachable end c32:1 end",
			"block loop block block block get:0 br_table:0,1,2 end get:2 wrap br_if:1 end get:2 wrap if c32:0 set:0 br:2 end br:0 end end unreachable end c32:1 end",
		},
		"not where the number is read otherwise": {
			"block loop block block get:0 br_table:0,1 end c32:1 set:0 br:1 end get:0 if end end unreachable end c32:1 end",
			"block loop block block get:0 br_table:0,1 end c32:1 set:0 br:1 end get:0 if end end unreachable end c32:1 end",
		},
	} {
		got, err := shortenFunction(assemble(t, c.before))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := disassemble(t, got); got != strings.Join(strings.Fields(c.after), " ") {
			t.Errorf("%s:\n%s\nbecame\n%s, not\n%s", name, c.before, got, c.after)
		}
	}
}

func TestOtherInstructionsAreRefused(t *testing.T) {
	for _, code := range []string{"\x06", "\x12\x00", "\xfc\x0c", "\xfd\x00", "\xfe\x00", "\x20", "\x44\x00", "\x0e\xff\xff\xff\xff\x0f"} {
		if _, err := shortenFunction([]byte("\x00" + code)); err == nil {
			t.Errorf("%q is taken", code)
		}
	}
}

func FuzzShorten(f *testing.F) {
	f.Add([]byte("\x00\x02\x40\x03\x40\x02\x40\x20\x00\x0e\x01\x00\x00\x0b\x41\x01\x21\x00\x0c\x00\x0b\x00\x0b\x41\x01\x0b"))
	f.Add([]byte("\x01\x02\x7e\x20\x01\xad\x42\x08\x7c\xa7\x29\x03\x00\x21\x02\x20\x02\x0b"))
	f.Fuzz(func(t *testing.T, body []byte) {
		short, err := shortenFunction(body)
		if err != nil {
			return
		}
		if _, err := shortenFunction(short); err != nil {
			t.Errorf("%x became %x: %v", body, short, err)
		}
	})
}
