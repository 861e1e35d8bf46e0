package prune

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// standard are the files of Go's own library that the program has in place of some of them, by their paths there; "" leaves a file out.
//
// internal/godebug lets a variable of the environment bring back what earlier releases did, and counts where that makes a difference, by all
// metrics of package runtime. A page has no such environment.
//
// unique is reached from net/netip, which keeps the zones of IPv6 addresses by it: no address of a server has one.
//
// log is used for two lines of go-indexeddb, for which it brings files, buffers and formats of times.
func standard() map[string]string {
	return map[string]string{
		"internal/godebug/godebug.go": godebugStub,
		"unique/handle.go":            uniqueStub,
		"unique/canonmap.go":          "",
		"unique/clone.go":             "",
		"log/log.go":                  logStub,
	}
}

// PrepareStandard writes these files into dir, and returns the path of the file for `go build -overlay` that says which they replace. A file
// that Go's library doesn't have any more is an error; what a release needs of one beyond what stands here fails the build.
// Source: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies, "-overlay"
func PrepareStandard(ctx context.Context, dir string) (overlay string, err error) {
	root, err := goTool(ctx, "env", "GOROOT")
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for name, text := range standard() {
		replaced := filepath.Join(root, "src", filepath.FromSlash(name))
		if _, err := os.Stat(replaced); err != nil {
			return "", fmt.Errorf("a file of Go's library is gone: adapt build/prune to this release: %w", err)
		}
		stub := ""
		if text != "" {
			stub = filepath.Join(dir, filepath.FromSlash(name))
			if err := write(stub, []byte(text)); err != nil {
				return "", err
			}
		}
		replace[replaced] = stub
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, write(overlay, list)
}

// godebugStub: all settings have the values that this release has by itself.
const godebugStub = `package godebug

type Setting struct{ name string }

func New(name string) *Setting { return &Setting{name} }

func (s *Setting) Name() string { return s.name }

func (s *Setting) Undocumented() bool { return false }

func (s *Setting) String() string { return s.name + "=" }

func (s *Setting) IncNonDefault() {}

func (s *Setting) Value() string { return "" }
`

// uniqueStub keeps its few values for good.
const uniqueStub = `package unique

import "sync"

type Handle[T comparable] struct{ value *T }

func (h Handle[T]) Value() T { return *h.value }

var (
	mu     sync.Mutex
	values map[any]any
)

func Make[T comparable](value T) Handle[T] {
	mu.Lock()
	defer mu.Unlock()
	known, ok := values[value].(*T)
	if !ok {
		if values == nil {
			values = map[any]any{}
		}
		known = &value
		values[value] = known
	}
	return Handle[T]{known}
}
`

// logStub writes to the console.
const logStub = `package log

import (
	"fmt"
	"os"
)

func Println(v ...any) { fmt.Fprintln(os.Stderr, v...) }
`
