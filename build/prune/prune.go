// Package prune makes a copy of go-app without its server half, for the compilation of the WebAssembly program only.
//
// go-app is one package for both sides. Its Handler is exported, so the linker has to keep everything that the package's
// initialisation reaches from it: net/http, crypto/tls, text/template, about a fifth of the program's download. The file http.go
// declares the Handler and three small functions that the browser side uses as well; resource.go and wasm.go are used by the Handler
// alone. The copy keeps those functions, leaves out the rest of the three files, has stubs instead of package regexp (route.go), package
// uuid (context.go, state.go) and encryption (crypto.go), and is otherwise go-app as it was published.
//
// The module itself isn't changed: a workspace (go.work) beside the copy joins the two, and `go build` is given it by
// GOWORK. Tests, vet and every native program use go-app as it is. A release of go-app whose files differ makes Prepare
// fail, and with it the build: an upgrade of go-app may need changes here.
package prune

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

// module is the module that is copied.
const module = "github.com/maxence-charriere/go-app/v9"

// keptFunctions are the functions of http.go that the browser side uses.
func keptFunctions() []string {
	return []string{"isRemoteLocation", "isStaticResourcePath", "parseSrc"}
}

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
	copyDir := filepath.Join(dir, "go-app")
	for _, pkg := range []string{"pkg/app", "pkg/errors"} {
		if err := copyPackage(filepath.Join(source, filepath.FromSlash(pkg)), filepath.Join(copyDir, filepath.FromSlash(pkg))); err != nil {
			return "", err
		}
	}
	for name, text := range map[string]string{"regexp": regexpStub, "uuid": uuidStub} {
		if err := write(filepath.Join(copyDir, "pkg", name, name+".go"), []byte(text)); err != nil {
			return "", err
		}
	}
	if err := copyFile(filepath.Join(source, "go.mod"), filepath.Join(copyDir, "go.mod")); err != nil {
		return "", err
	}
	return writeWorkspace(mod, dir, copyDir)
}

// writeWorkspace joins the module and the copy. A `replace` would do as well, but Go writes its folder into the program, which
// would then differ from build to build.
func writeWorkspace(mod, dir, copyDir string) (string, error) {
	text, err := os.ReadFile(mod)
	if err != nil {
		return "", err
	}
	version := regexp.MustCompile(`(?m)^go .+$`).Find(text)
	if version == nil {
		return "", fmt.Errorf("%s names no version of Go", mod)
	}
	file := filepath.Join(dir, "go.work")
	work := fmt.Appendf(nil, "%s\n\nuse (\n\t%q\n\t%q\n)\n", version, filepath.ToSlash(filepath.Dir(mod)), filepath.ToSlash(copyDir))
	if err := write(file, work); err != nil {
		return "", err
	}
	return file, copyFile(strings.TrimSuffix(mod, ".mod")+".sum", file+".sum")
}

// copyPackage copies the Go files of a folder, without tests, and replaces those that depend on what the program doesn't need.
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
			text, err = keepFunctions(name, keptFunctions())
		case "route.go":
			text, err = replaceImport(name, "regexp", "regexp")
		case "context.go", "state.go":
			text, err = replaceImport(name, "github.com/google/uuid", "uuid")
		case "crypto.go":
			text = []byte(cryptoStub)
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

// regexpStub replaces package regexp in the copy: a program with one page never routes by a pattern, but the linker can't
// know that, and package regexp is a twentieth of the download.
const regexpStub = `package regexp

type Regexp struct{}

func MustCompile(string) *Regexp { panic("routes with patterns are not in this copy of go-app") }

func (*Regexp) MatchString(string) bool { return false }
`

// cryptoStub replaces crypto.go: the program stores nothing through go-app. Besides uuid it was the only user of
// cryptography, which is a fortieth of the download.
const cryptoStub = `package app

func encrypt(string, []byte) ([]byte, error) { panic("encryption is not in this copy of go-app") }

func decrypt(string, []byte) ([]byte, error) { panic("encryption is not in this copy of go-app") }
`

// uuidStub replaces package uuid: go-app only uses the ids to distinguish its own messages between tabs.
const uuidStub = `package uuid

import (
	"math/rand/v2"
	"strconv"
)

func NewString() string {
	return strconv.FormatUint(rand.Uint64(), 16) + strconv.FormatUint(rand.Uint64(), 16)
}
`

// replaceImport returns a file of go-app that imports the stub of that name instead of a package.
func replaceImport(name, imported, stub string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if bytes.Count(text, []byte(strconv.Quote(imported))) != 1 {
		return nil, fmt.Errorf("go-app's %s has changed: adapt build/prune to this release", filepath.Base(name))
	}
	return bytes.Replace(text, []byte(strconv.Quote(imported)), []byte(strconv.Quote(module+"/pkg/"+stub)), 1), nil
}

// keepFunctions returns a Go file with only the named functions and the imports that they need.
func keepFunctions(name string, keep []string) ([]byte, error) {
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
		return nil, errors.New("go-app's http.go has changed: adapt build/prune to this release")
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
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return strings.TrimSpace(string(out)), nil
}
