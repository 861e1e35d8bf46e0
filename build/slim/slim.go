package slim

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// module is what is copied.
const module = "github.com/maxence-charriere/go-app/v9"

// kept are the declarations of http.go that the browser side uses.
func kept() []string { return []string{"isRemoteLocation", "isStaticResourcePath", "parseSrc"} }

// Prepare writes the copy into dir and returns the path of a workspace, for GOWORK, that has it in go-app's place. The working
// directory must be inside the module.
func Prepare(ctx context.Context, dir string) (workspace string, err error) {
	source, err := goTool(ctx, "list", "-m", "-f", "{{.Dir}}", module)
	if err != nil {
		return "", err
	}
	if source == "" {
		if _, err := goTool(ctx, "mod", "download", module); err != nil {
			return "", err
		}
		if source, err = goTool(ctx, "list", "-m", "-f", "{{.Dir}}", module); err != nil {
			return "", err
		}
	}
	mod, err := goTool(ctx, "env", "GOMOD")
	if err != nil {
		return "", err
	}
	copied := filepath.Join(dir, "go-app")
	for _, pkg := range []string{"pkg/app", "pkg/errors"} {
		if err := copyPackage(filepath.Join(source, filepath.FromSlash(pkg)), filepath.Join(copied, filepath.FromSlash(pkg))); err != nil {
			return "", err
		}
	}
	for name, text := range map[string]string{"regexp": patterns, "uuid": names} {
		if err := write(filepath.Join(copied, "pkg", name, name+".go"), []byte(text)); err != nil {
			return "", err
		}
	}
	if err := copyFile(filepath.Join(source, "go.mod"), filepath.Join(copied, "go.mod")); err != nil {
		return "", err
	}
	return writeWorkspace(mod, dir, copied)
}

// writeWorkspace joins the module and the copy. A `replace` would do as well, but Go writes its folder into the program, which
// would then differ from build to build.
func writeWorkspace(mod, dir, copied string) (string, error) {
	text, err := os.ReadFile(mod)
	if err != nil {
		return "", err
	}
	version := regexp.MustCompile(`(?m)^go .+$`).Find(text)
	if version == nil {
		return "", fmt.Errorf("%s names no version of Go", mod)
	}
	file := filepath.Join(dir, "go.work")
	work := fmt.Appendf(nil, "%s\n\nuse (\n\t%q\n\t%q\n)\n", version, filepath.ToSlash(filepath.Dir(mod)), filepath.ToSlash(copied))
	if err := write(file, work); err != nil {
		return "", err
	}
	return file, copyFile(strings.TrimSuffix(mod, ".mod")+".sum", file+".sum")
}

// copyPackage copies the Go files of a folder, without tests, with those changed that reach what the program doesn't need.
func copyPackage(from, to string) error {
	names, err := filepath.Glob(filepath.Join(from, "*.go"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no Go files in %s", from)
	}
	for _, name := range names {
		base := filepath.Base(name)
		if strings.HasSuffix(base, "_test.go") || base == "resource.go" || base == "wasm.go" {
			continue
		}
		var text []byte
		switch base {
		case "http.go":
			text, err = cut(name, kept())
		case "route.go":
			text, err = with(name, "regexp", "regexp")
		case "context.go", "state.go":
			text, err = with(name, "github.com/google/uuid", "uuid")
		case "crypto.go":
			text = []byte(encryption)
		default:
			text, err = os.ReadFile(name)
		}
		if err != nil {
			return err
		}
		if err := write(filepath.Join(to, base), text); err != nil {
			return err
		}
	}
	return nil
}

// patterns takes the place of package regexp in the copy: a program with one page never asks for a pattern, but the linker can't
// know that, and an engine for regular expressions is a twentieth of the download.
const patterns = `package regexp

type Regexp struct{}

func MustCompile(string) *Regexp { panic("routes with patterns are not in this copy of go-app") }

func (*Regexp) MatchString(string) bool { return false }
`

// encryption takes the place of crypto.go: the program keeps nothing by go-app's means. With uuid it was all that asked for
// cryptography, a fortieth of the download.
const encryption = `package app

func encrypt(string, []byte) ([]byte, error) { panic("encryption is not in this copy of go-app") }

func decrypt(string, []byte) ([]byte, error) { panic("encryption is not in this copy of go-app") }
`

// names take the place of package uuid: they tell go-app's own messages to other tabs apart, and nobody else sees them.
const names = `package uuid

import (
	"math/rand/v2"
	"strconv"
)

func NewString() string {
	return strconv.FormatUint(rand.Uint64(), 16) + strconv.FormatUint(rand.Uint64(), 16)
}
`

// with returns a file of go-app with a stub of that name in the place of a package that it imports.
func with(name, imported, stub string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if bytes.Count(text, []byte(strconv.Quote(imported))) != 1 {
		return nil, fmt.Errorf("go-app's %s is not the file it was", filepath.Base(name))
	}
	return bytes.Replace(text, []byte(strconv.Quote(imported)), []byte(strconv.Quote(module+"/pkg/"+stub)), 1), nil
}

// cut returns a Go file with only the named functions and the imports that they need.
func cut(name string, keep []string) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, nil, 0)
	if err != nil {
		return nil, err
	}
	var decls []ast.Decl
	used := map[string]bool{}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil || !slices.Contains(keep, f.Name.Name) {
			continue
		}
		decls = append(decls, f)
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok {
					used[x.Name] = true
				}
			}
			return true
		})
	}
	if len(decls) != len(keep) {
		return nil, errors.New("go-app's http.go is not the file it was")
	}
	imports := &ast.GenDecl{Tok: token.IMPORT, Lparen: 1}
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if used[path.Base(p)] && spec.Name == nil {
			imports.Specs = append(imports.Specs, &ast.ImportSpec{Path: &ast.BasicLit{Kind: token.STRING, Value: spec.Path.Value}})
		}
	}
	if len(imports.Specs) > 0 {
		decls = append([]ast.Decl{imports}, decls...)
	}
	var out bytes.Buffer
	if err := printer.Fprint(&out, set, &ast.File{Name: file.Name, Decls: decls}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
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
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, strings.TrimSpace(complaint.String()))
	}
	return strings.TrimSpace(string(out)), nil
}
