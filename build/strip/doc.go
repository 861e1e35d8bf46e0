// Package strip rewrites the table of functions of a WebAssembly program that Go has linked, so that it has only what a running program
// needs and compresses well: a seventh of the compressed program.
//
// The table is pclntab. The linker's -s and -w leave in it what the runtime prints when a program panics: names of functions, their
// file and line tables. Those are emptied; frame sizes, stack maps and the names that the runtime compares stay. The functions'
// records get one size, similar tables stand together, and what counts up from function to function is filled in by a loop that
// runs when the module is instantiated.
//
// A stripped program panics, recovers, grows stacks and collects garbage as before; its stack traces name nothing. (With
// GODEBUG=inittrace=1, which needs names, it doesn't start.)
//
// The functions themselves are rewritten with fewer instructions that do the same, by what is known of the code that Go's assembler writes
// (cmd/internal/obj/wasm/wasmobj.go): another tenth of the compressed program.
//
// The layout of pclntab isn't covered by Go's compatibility promise. What differs from the layout known here is an error.
// Source: cmd/link/internal/ld/pcln.go and runtime/symtab.go of Go 1.26.
package strip
