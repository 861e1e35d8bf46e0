package prune

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
)

// leaveOut is the edit of a file that isn't copied.
func leaveOut([]byte) ([]byte, error) { return nil, nil }

// replaceImports returns a Go file that imports the stubs instead of their packages, under the same names, and notes which it found.
func replaceImports(text []byte, stubs map[string]string, found map[string]bool) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	for _, spec := range slices.Backward(file.Imports) { // the places of those before stay
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		stub, ok := stubs[imported]
		if !ok {
			continue
		}
		if spec.Name != nil {
			return nil, errors.New("it imports " + imported + " under another name")
		}
		found[imported] = true
		from, to := set.Position(spec.Path.Pos()).Offset, set.Position(spec.Path.End()).Offset
		text = slices.Concat(text[:from], []byte(path.Base(imported)+" "+strconv.Quote(stub)), text[to:])
	}
	return text, nil
}

// keep is the edit that leaves in a file the named declarations, what they use of the same file, and the imports that this needs.
func keep(names ...string) func([]byte) ([]byte, error) {
	return func(text []byte) ([]byte, error) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, "", text, 0)
		if err != nil {
			return nil, err
		}
		declared := map[string][]ast.Decl{}
		for _, d := range file.Decls {
			for _, name := range declares(d) {
				declared[name] = append(declared[name], d)
			}
		}
		for _, name := range names {
			if len(declared[name]) == 0 {
				return nil, errors.New("it doesn't declare " + name)
			}
		}
		used, imported := reached(set, file, declared, names)
		out := &ast.File{Name: file.Name}
		imports := &ast.GenDecl{Tok: token.IMPORT, Lparen: 1}
		for _, spec := range file.Imports {
			if imported[spec.Path.Value] {
				imports.Specs = append(imports.Specs, &ast.ImportSpec{Name: spec.Name, Path: &ast.BasicLit{Kind: token.STRING, Value: spec.Path.Value}})
			}
		}
		if len(imports.Specs) > 0 {
			out.Decls = append(out.Decls, imports)
		}
		for _, d := range file.Decls {
			if slices.ContainsFunc(declares(d), func(name string) bool { return used[name] }) {
				out.Decls = append(out.Decls, d)
			}
		}
		var b bytes.Buffer
		err = printer.Fprint(&b, set, out)
		return b.Bytes(), err
	}
}

// reached returns the names of a file's declarations that the roots use, they included, and the quoted paths of the imports that all
// of them use.
func reached(set *token.FileSet, file *ast.File, declared map[string][]ast.Decl, roots []string) (names, imports map[string]bool) {
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	check := types.Config{Importer: noImporter{}, Error: func(error) {}} // what other files declare is missing
	pkg, _ := check.Check(file.Name.Name, set, []*ast.File{file}, &info)
	names, imports = map[string]bool{}, map[string]bool{}
	for queue := slices.Clone(roots); len(queue) > 0; queue = queue[1:] {
		if names[queue[0]] {
			continue
		}
		names[queue[0]] = true
		for _, d := range declared[queue[0]] {
			ast.Inspect(d, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok {
					return true
				}
				switch used := info.Uses[id].(type) {
				case nil:
				case *types.PkgName:
					imports[strconv.Quote(used.Imported().Path())] = true
				default:
					if used.Parent() == pkg.Scope() {
						queue = append(queue, id.Name)
					}
				}
				return true
			})
		}
	}
	return names, imports
}

// noImporter is for types that aren't needed.
type noImporter struct{}

func (noImporter) Import(path string) (*types.Package, error) { return nil, errors.New(path) }

// declares returns the names that a declaration stands for: a method belongs to its type.
func declares(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		receiver := d.Recv.List[0].Type
		if star, ok := receiver.(*ast.StarExpr); ok {
			receiver = star.X
		}
		if name, ok := receiver.(*ast.Ident); ok {
			return []string{name.Name}
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}
