package site

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"vitrine/build/prune"
	"vitrine/build/strip"
)

// appPackage is the program's.
const appPackage = "vitrine/app"

// Program is the compiled program and what belongs to it.
type Program struct {
	Wasm    []byte
	Exec    []byte // Go's own wasm_exec.js, which must be of the release that compiled Wasm
	Notices []byte // the licences of everything linked into Wasm
}

// Compile builds the program for browsers. The working directory must be inside the module.
func Compile(ctx context.Context) (Program, error) {
	dir, err := os.MkdirTemp("", "vitrine-")
	if err != nil {
		return Program{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // the system clears its own temporary folder
	file := filepath.Join(dir, "app.wasm")
	workspace, err := prune.Prepare(ctx, filepath.Join(dir, "go-app"))
	if err != nil {
		return Program{}, err
	}
	standard, err := prune.PrepareStandard(ctx, filepath.Join(dir, "std"))
	if err != nil {
		return Program{}, err
	}
	// Without inlining (-l) the download is 15% smaller; computations take up to half as long again, which is milliseconds.
	// -trimpath, -buildvcs=false and no build ID: the same source gives the same bytes in any folder and commit.
	if _, err := goTool(ctx, []string{"GOWORK=" + workspace}, "build", "-trimpath", "-buildvcs=false", "-gcflags=all=-l", "-ldflags=-s -w -buildid=", "-overlay="+standard, "-o", file, appPackage); err != nil {
		return Program{}, fmt.Errorf("compiling the program: %w", err)
	}
	var p Program
	linked, err := os.ReadFile(file)
	if err != nil {
		return Program{}, err
	}
	if p.Wasm, err = strip.Tables(linked); err != nil {
		return Program{}, err
	}
	root, err := goTool(ctx, nil, "env", "GOROOT")
	if err != nil {
		return Program{}, err
	}
	goroot := strings.TrimSpace(string(root))
	if p.Exec, err = wasmExec(goroot); err != nil {
		return Program{}, err
	}
	p.Notices, err = notices(ctx, goroot)
	return p, err
}

// wasmExec finds the file where Go has it since 1.24, or had it before.
func wasmExec(goroot string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if os.IsNotExist(err) {
		return os.ReadFile(filepath.Join(goroot, "misc", "wasm", "wasm_exec.js"))
	}
	return data, err
}

// goTool runs go for js/wasm and returns what it prints; its standard error is the text of the error.
func goTool(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(append(os.Environ(), "GOOS=js", "GOARCH=wasm"), env...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil && complaint.Len() > 0 {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, strings.TrimSpace(complaint.String()))
	}
	if err != nil {
		return nil, fmt.Errorf("go %s: %w", args[0], err)
	}
	return out, nil
}
