package prune

import (
	"embed"
	"maps"
)

// moduleCopy says what is copied of a module, and how.
type moduleCopy struct {
	module, folder string
	packages       []string
	edits          map[string]func([]byte) ([]byte, error) // of files by path; nil for a file that is left out
	only           []string                                // packages of which only the files with edits are copied
	imports        map[string]string                       // what is imported instead, wherever a package is
	added          map[string][]byte
}

//go:embed pattern/pattern.go pattern/parse.go entity/entity.go
var sources embed.FS

// copies are go-app without its server half, goldmark without its writer of HTML, and x/net/html without its maps.
//
// go-app is one package for both sides. Its Handler is exported, so the linker has to keep everything that the package's
// initialisation reaches from it: net/http, crypto/tls, text/template, about a fifth of the program's download. The file http.go
// declares the Handler and three small functions that the browser side uses as well; resource.go and wasm.go are used by the Handler
// alone. Its errors compare their tags by reflection: all that this reaches in package reflect is kept for it.
//
// goldmark's package extension makes a whole converter to HTML when it is initialised; the program reads tables with it. Its regular
// expressions are the only ones in the program. They were compiled at each start and bring unicode's tables with them.
//
// The named characters of HTML are in x/net/html, goldmark and package html, as maps. The program has them once, as a text that is
// searched.
func copies() []moduleCopy {
	const goApp, goldmark, net = "github.com/maxence-charriere/go-app/v9", "github.com/yuin/goldmark", "golang.org/x/net"
	return []moduleCopy{
		{
			module: goApp, folder: "go-app", packages: []string{"pkg/app", "pkg/errors"},
			edits: map[string]func([]byte) ([]byte, error){
				"pkg/app/http.go":      keep("isRemoteLocation", "isStaticResourcePath", "parseSrc"),
				"pkg/app/resource.go":  leaveOut,
				"pkg/app/wasm.go":      leaveOut,
				"pkg/app/crypto.go":    leaveOut,
				"pkg/errors/errors.go": replace("reflect.DeepEqual(rerr.Tags, e.Tags)", "maps.EqualFunc(rerr.Tags, e.Tags, func(a, b any) bool { return a == b })", "\"reflect\"", "\"maps\"\n\t\"reflect\""),
			},
			imports: map[string]string{
				"encoding/json": goApp + "/pkg/json", "regexp": goApp + "/pkg/regexp", "github.com/google/uuid": goApp + "/pkg/uuid", "html": net + "/html",
			},
			added: map[string][]byte{
				"pkg/app/crypto.go":    []byte(cryptoStub),
				"pkg/json/json.go":     []byte(jsonStub),
				"pkg/regexp/regexp.go": []byte(regexpStub),
				"pkg/uuid/uuid.go":     []byte(uuidStub),
			},
		},
		{
			module: goldmark, folder: "goldmark", packages: []string{"ast", "extension", "extension/ast", "parser", "text", "util"},
			edits: map[string]func([]byte) ([]byte, error){
				"extension/table.go":           keep("NewTableParagraphTransformer", "NewTableASTTransformer"),
				"util/html5entities.gen.go":    leaveOut,
				"util/html5entities.go":        leaveOut,
				"util/unicode_case_folding.go": replace("func init() {", "func fillFoldings() {\n\tif unicodeCaseFoldings != nil {\n\t\treturn\n\t}"),
				"util/util.go":                 replace("folded, ok := unicodeCaseFoldings[r]", "fillFoldings()\n\t\tfolded, ok := unicodeCaseFoldings[r]"),
			},
			only:    []string{"extension"},
			imports: map[string]string{"regexp": goldmark + "/pattern"},
			added:   join(embedded("", "pattern/pattern.go", "pattern/parse.go"), map[string][]byte{"util/html5entities.go": []byte(entityStub)}),
		},
		{
			module: net, folder: "net", packages: []string{"html", "html/atom"},
			edits: map[string]func([]byte) ([]byte, error){
				"html/entity.go": entityTable,
				"html/escape.go": replace("entity[entityName];", "entityOf(entityName);", "entity2[entityName];", "entity2Of(entityName);",
					"entity[entityName[:j]];", "entityOf(entityName[:j]);"),
			},
			added: embedded("html/", "entity/entity.go"),
		},
	}
}

// embedded are files of this package's folder, below another one.
func embedded(folder string, names ...string) map[string][]byte {
	files := map[string][]byte{}
	for _, name := range names {
		files[folder+name], _ = sources.ReadFile(name) // what is embedded can be read
	}
	return files
}

func join(a, b map[string][]byte) map[string][]byte {
	maps.Copy(a, b)
	return a
}

// entityStub replaces html5entities.go of goldmark by the table of golang.org/x/net/html.
const entityStub = `package util

import (
	"strings"

	"golang.org/x/net/html"
)

type HTML5Entity struct {
	Name       string
	Characters []byte
}

func LookUpHTML5EntityByName(name string) (*HTML5Entity, bool) {
	reference := "&" + name + ";"
	characters := html.UnescapeString(reference)
	if characters == reference || strings.HasSuffix(characters, ";") && characters != ";" { // a name may begin with another one
		return nil, false
	}
	return &HTML5Entity{name, []byte(characters)}, true
}
`

// regexpStub replaces package regexp in go-app: a program with one page never routes by a pattern, but the linker can't know that.
const regexpStub = `package regexp

type Regexp struct{}

func MustCompile(string) *Regexp { panic("routes with patterns are not in this copy of go-app") }

func (*Regexp) MatchString(string) bool { return false }
`

// jsonStub replaces encoding/json in go-app, which writes its errors with it, and could keep states.
const jsonStub = `package json

import "vitrine/feeds/jsontext"

type RawMessage = jsontext.Raw

func Marshal(v any) ([]byte, error) {
	if m, ok := v.(interface{ MarshalJSON() ([]byte, error) }); ok {
		return m.MarshalJSON()
	}
	return jsontext.Marshal(v)
}

func MarshalIndent(v any, _, _ string) ([]byte, error) {
	data, err := Marshal(v)
	return jsontext.Indent(data), err
}

func Unmarshal(data []byte, v any) error { return jsontext.Unmarshal(data, v) }
`

// cryptoStub replaces crypto.go of go-app: the program stores nothing through it. Besides uuid it was the only user of
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
