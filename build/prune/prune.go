// Package prune makes copies of modules without what the program doesn't need, for the compilation of the WebAssembly program only.
//
// What is left out is reached by accident: it is in the same package as what is needed, and initialised or exported with it, so that
// the linker has to keep it. copies says for each module what that is.
//
// A few files of Go's own library are replaced in the same way (standard).
//
// The modules themselves aren't changed: a workspace (go.work) beside the copies joins them with ours, and `go build` is given it by
// GOWORK. Tests, vet and every native program use the modules as they are. A release whose files differ makes Prepare
// fail, and with it the build: an upgrade may need changes here.
package prune

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Prepare writes the copies into dir and returns the path of a workspace, for GOWORK, that has them in the modules' places. The
// working directory must be inside the module.
func Prepare(ctx context.Context, dir string) (workspace string, err error) {
	mod, err := goTool(ctx, "env", "GOMOD")
	if err != nil {
		return "", err
	}
	folders := []string{filepath.Dir(mod)}
	for _, c := range copies() {
		folder := filepath.Join(dir, c.folder)
		if err := c.write(ctx, folder); err != nil {
			return "", err
		}
		folders = append(folders, folder)
	}
	return writeWorkspace(mod, dir, folders)
}

// write copies the module's packages into a folder.
func (c moduleCopy) write(ctx context.Context, to string) error {
	source, err := moduleFolder(ctx, c.module)
	if err != nil {
		return err
	}
	files, err := c.files(source)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := write(filepath.Join(to, filepath.FromSlash(name)), text); err != nil {
			return err
		}
	}
	version, err := goVersion(filepath.Join(source, "go.mod"))
	if err != nil {
		return err
	}
	// Without what the whole module requires: the copied packages need less.
	return write(filepath.Join(to, "go.mod"), fmt.Appendf(nil, "module %s\n\n%s\n", c.module, version))
}

// files are the copy's files by their slash-separated paths.
func (c moduleCopy) files(source string) (map[string][]byte, error) {
	out := map[string][]byte{}
	edited, replaced := 0, map[string]bool{}
	for _, pkg := range c.packages {
		names, err := filepath.Glob(filepath.Join(source, filepath.FromSlash(pkg), "*.go"))
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, c.changed(pkg)
		}
		for _, name := range names {
			file := path.Join(pkg, filepath.Base(name))
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			if edit, ok := c.edits[file]; ok {
				edited++
				if text, err = edit(text); err != nil {
					return nil, fmt.Errorf("%w: %w", c.changed(file), err)
				}
			} else if slices.Contains(c.only, pkg) {
				continue
			}
			if text == nil {
				continue
			}
			if out[file], err = replaceImports(text, c.imports, replaced); err != nil {
				return nil, fmt.Errorf("%w: %w", c.changed(file), err)
			}
		}
	}
	if edited != len(c.edits) || len(replaced) != len(c.imports) {
		return nil, c.changed("list of files and imports")
	}
	maps.Copy(out, c.added)
	return out, nil
}

// changed is the error of a release that differs.
func (c moduleCopy) changed(what string) error {
	return fmt.Errorf("%s of %s has changed: adapt build/prune to this release", what, c.module)
}

// moduleFolder is where a module's source is.
func moduleFolder(ctx context.Context, module string) (string, error) {
	source, err := goTool(ctx, "list", "-m", "-f", "{{.Dir}}", module)
	if err != nil || source != "" {
		return source, err
	}
	if _, err := goTool(ctx, "mod", "download", module); err != nil {
		return "", err
	}
	return goTool(ctx, "list", "-m", "-f", "{{.Dir}}", module)
}

// writeWorkspace joins modules. A `replace` would do as well, but Go writes its folder into the program, which would then differ from
// build to build.
func writeWorkspace(mod, dir string, folders []string) (string, error) {
	version, err := goVersion(mod)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "go.work")
	work := fmt.Appendf(nil, "%s\n\nuse (\n", version)
	for _, folder := range folders {
		work = fmt.Appendf(work, "\t%q\n", filepath.ToSlash(folder))
	}
	if err := write(file, append(work, ")\n"...)); err != nil {
		return "", err
	}
	return file, copyFile(strings.TrimSuffix(mod, ".mod")+".sum", file+".sum")
}

// goVersion is the line of a go.mod that says for which version of Go the module is written.
func goVersion(mod string) ([]byte, error) {
	text, err := os.ReadFile(mod)
	if err != nil {
		return nil, err
	}
	version := regexp.MustCompile(`(?m)^go .+$`).Find(text)
	if version == nil {
		return nil, fmt.Errorf("%s names no version of Go", mod)
	}
	return version, nil
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return write(to, data)
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

func goTool(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return strings.TrimSpace(string(out)), nil
}
