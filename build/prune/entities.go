package prune

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"vitrine/build/prune/entity"
)

// entityTable is the edit of golang.org/x/net/html's entity.go: one text instead of two maps.
func entityTable(text []byte) ([]byte, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, 0)
	if err != nil {
		return nil, err
	}
	var entries []string
	maps, longest := 0, ""
	for _, d := range file.Decls {
		general, ok := d.(*ast.GenDecl)
		if !ok {
			return nil, fmt.Errorf("it declares a %T", d)
		}
		for _, spec := range general.Specs {
			value, ok := spec.(*ast.ValueSpec)
			if !ok || len(value.Values) != 1 {
				return nil, fmt.Errorf("it declares a %T", spec)
			}
			switch v := value.Values[0].(type) {
			case *ast.BasicLit:
				longest = v.Value
			case *ast.CompositeLit:
				maps++
				for _, e := range v.Elts {
					entry, err := entityEntry(e)
					if err != nil {
						return nil, err
					}
					entries = append(entries, entry)
				}
			}
		}
	}
	if maps != 2 || longest == "" || len(entries) < 2000 {
		return nil, fmt.Errorf("it has %d maps with %d names", maps, len(entries))
	}
	name := func(entry string) string { return entry[:strings.IndexByte(entry, entity.Separator)] }
	slices.SortFunc(entries, func(a, b string) int { return strings.Compare(name(a), name(b)) })
	return fmt.Appendf(nil, entityFile, longest, strings.Join(entries, "")), nil
}

// entityFile is what the edit writes. Names that stand for one character and for two are in one table.
const entityFile = `package html

import "golang.org/x/net/html/entity"

const longestEntityWithoutSemicolon = %s

func entityOf(name string) rune {
	if r := []rune(entity.Find(entities, name)); len(r) == 1 {
		return r[0]
	}
	return 0
}

func entity2Of(name string) (both [2]rune) {
	if r := []rune(entity.Find(entities, name)); len(r) == 2 {
		both = [2]rune(r)
	}
	return both
}

const entities = %q
`

// entityEntry is the entry of the table for one of a map: a name and one character or a list of two.
func entityEntry(e ast.Expr) (string, error) {
	pair, ok := e.(*ast.KeyValueExpr)
	if !ok {
		return "", fmt.Errorf("a map has a %T", e)
	}
	characters := []ast.Expr{pair.Value}
	if list, ok := pair.Value.(*ast.CompositeLit); ok {
		characters = list.Elts
	}
	var out strings.Builder
	for i, e := range append([]ast.Expr{pair.Key}, characters...) {
		literal, ok := e.(*ast.BasicLit)
		if !ok {
			return "", fmt.Errorf("a map has a %T", e)
		}
		s, err := strconv.Unquote(literal.Value)
		if err != nil {
			return "", err
		}
		if out.WriteString(s); i == 0 {
			out.WriteByte(entity.Separator)
		}
	}
	out.WriteByte(entity.End)
	return out.String(), nil
}

// replace is the edit that replaces texts, each of which has to be there once.
func replace(pairs ...string) func([]byte) ([]byte, error) {
	return func(text []byte) ([]byte, error) {
		for i := 0; i < len(pairs); i += 2 {
			if n := bytes.Count(text, []byte(pairs[i])); n != 1 {
				return nil, fmt.Errorf("it has %q %d times", pairs[i], n)
			}
			text = bytes.Replace(text, []byte(pairs[i]), []byte(pairs[i+1]), 1)
		}
		return text, nil
	}
}
