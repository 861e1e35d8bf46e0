package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// module is a module as `go list` prints it.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// notices are the licence texts of Go and of every module that is linked into the program, as their licences ask for.
func notices(ctx context.Context, goroot string) ([]byte, error) {
	listed, err := goTool(ctx, nil, "list", "-deps", "-json=Module", appPackage)
	if err != nil {
		return nil, err
	}
	modules, err := linked(listed)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("The program of this site contains the software below, by other people, under these licences.\n")
	for _, m := range append([]module{{Path: "Go, its standard library and wasm_exec.js", Dir: goroot}}, modules...) {
		texts, err := licences(m.Dir)
		if err != nil {
			return nil, fmt.Errorf("the licence of %s: %w", m.Path, err)
		}
		fmt.Fprintf(&b, "\n%s\n%s\n", strings.Repeat("=", 80), strings.TrimSpace(m.Path+" "+m.Version))
		for _, text := range texts {
			b.WriteString("\n" + strings.TrimSpace(text) + "\n")
		}
	}
	return b.Bytes(), nil
}

// scriptNotice is the licence text of other people's script, which stands in the comment that it begins with.
func scriptNotice(script []byte) []byte {
	text, _, _ := bytes.Cut(bytes.TrimPrefix(script, []byte("/*! ")), []byte("*/"))
	return notice(text)
}

// notice is a licence text among others.
func notice(text []byte) []byte {
	return []byte("\n" + strings.Repeat("=", 80) + "\n" + strings.TrimSpace(string(text)) + "\n")
}

// linked reads what `go list` prints: each module once, by path, without our own.
func linked(listed []byte) ([]module, error) {
	var modules []module
	for d := json.NewDecoder(bytes.NewReader(listed)); ; {
		var p struct{ Module *module }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("reading go list: %w", err)
		}
		if p.Module != nil && !p.Module.Main && !slices.Contains(modules, *p.Module) {
			modules = append(modules, *p.Module)
		}
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return modules, nil
}

// licences are the licence files of a folder. Without one nobody may pass the module on, so that is an error.
func licences(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	name := regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-.].*)?$`)
	var texts []string
	for _, e := range entries {
		if e.IsDir() || !name.MatchString(e.Name()) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(data))
	}
	if len(texts) == 0 {
		return nil, errors.New("no licence file")
	}
	return texts, nil
}
