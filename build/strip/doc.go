// Package strip empties what only stack traces need in a WebAssembly program that Go has linked: the names of functions and
// their file and line tables, a twentieth of the compressed program.
//
// The linker's -s and -w leave these tables in place, because the runtime prints them when a program panics. They are a part of
// pclntab, which also has what the runtime can't do without: frame sizes, stack maps and the names that it compares. Those stay.
// A stripped program panics, recovers, grows stacks and collects garbage as before; its stack traces name the runtime's functions
// only.
//
// The layout of pclntab isn't covered by Go's compatibility promise. What differs from the layout known here is an error.
// Source: cmd/link/internal/ld/pcln.go and runtime/symtab.go of Go 1.26.
package strip
