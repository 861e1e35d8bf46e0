// Package wasmtest runs a package's js/wasm tests in a real browser, as one native test among the others.
package wasmtest
