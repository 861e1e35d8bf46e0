package words_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/app/words"
)

// texts returns a locale's sentences by key.
func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	var fields map[string]json.RawMessage
	for _, part := range []string{"", "static"} { // static: of pages that the build makes, which the program doesn't need
		data, err := os.ReadFile(filepath.Join("..", "..", "web", "locales", part, lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &fields); err != nil {
			t.Fatal(err)
		}
	}
	out := map[string]string{}
	for key, raw := range fields {
		var s string
		if key != "lang" && json.Unmarshal(raw, &s) == nil {
			out[key] = s
		}
	}
	return out
}

// uses is what the program says of keys: the literal arguments of T and N, the beginnings and ends of computed ones, and every
// other literal, which may be a key that is handed on.
type uses struct {
	t, n             map[string]token.Position
	prefix, suffixes map[string]bool
	literal          map[string]bool
}

// program reads the Go sources that speak to people, without their tests.
func program(t *testing.T) uses {
	t.Helper()
	u := uses{t: map[string]token.Position{}, n: map[string]token.Position{}, prefix: map[string]bool{}, suffixes: map[string]bool{}, literal: map[string]bool{}}
	files := token.NewFileSet()
	for _, root := range []string{"..", "../../build"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool { u.note(files, n); return true })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return u
}

func (u uses) note(files *token.FileSet, n ast.Node) {
	if s, ok := literal(n); ok {
		u.literal[s] = true
	}
	if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		if s, ok := literal(b.X); ok && strings.HasSuffix(s, ".") {
			u.prefix[s] = true
		}
		if s, ok := literal(b.Y); ok && strings.HasPrefix(s, ".") {
			u.suffixes[s] = true
		}
	}
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	key, ok := literal(call.Args[0])
	switch {
	case !ok:
	case method.Sel.Name == "T":
		u.t[key] = files.Position(call.Pos())
	case method.Sel.Name == "N":
		u.n[key] = files.Position(call.Pos())
	}
}

func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func TestEveryKeyTheProgramUsesIsThere(t *testing.T) {
	have := texts(t, "en")
	u := program(t)
	for key, at := range u.t {
		if _, ok := have[key]; !ok {
			t.Errorf("%s: T(%q) has no sentence", at, key)
		}
	}
	for key, at := range u.n {
		for _, form := range []string{".one", ".other"} {
			if _, ok := have[key+form]; !ok {
				t.Errorf("%s: N(%q) has no %q", at, key, key+form)
			}
		}
	}
}

func TestNoSentenceIsUnused(t *testing.T) {
	u := program(t)
	u.prefix["boot."] = true // said by the shell and the loader (web/shell, web/js)
	for _, pattern := range []string{"*.html", "feed/*.html"} {
		templates, err := filepath.Glob(filepath.Join("..", "..", "web", "shell", pattern))
		if err != nil || len(templates) == 0 {
			t.Fatalf("no templates: %v", err)
		}
		for _, file := range templates {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, said := range regexp.MustCompile(`T "([a-zA-Z.]+)"`).FindAllSubmatch(text, -1) {
				u.literal[string(said[1])] = true
			}
		}
	}
	for key := range texts(t, "en") {
		if !u.knows(key) && !u.knows(strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")) {
			t.Errorf("%q is in the locales and nothing says it", key)
		}
	}
}

func (u uses) knows(key string) bool {
	if u.literal[key] {
		return true
	}
	for p := range u.prefix {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	for s := range u.suffixes {
		if u.literal[strings.TrimSuffix(key, s)] && strings.HasSuffix(key, s) {
			return true
		}
	}
	return false
}

func TestLocalesSayTheSameThings(t *testing.T) {
	en := texts(t, "en")
	for _, lang := range languages(t) {
		texts := texts(t, lang)
		for key, s := range en {
			base, form := group(en, key)
			forms := []string{key}
			if form == "one" {
				continue // it is told with "other"
			}
			if form != "" {
				forms = forms[:0]
				for _, form := range plurals(lang) {
					forms = append(forms, base+"."+form)
				}
			}
			for _, key := range forms {
				other, ok := texts[key]
				if !ok {
					t.Errorf("%s: %q is missing", lang, key)
					continue
				}
				a, b := placeholders(s), placeholders(other)
				if strings.HasSuffix(key, ".one") || strings.HasSuffix(key, ".two") || strings.HasSuffix(key, ".zero") { // the word says how many
					a, b = strings.TrimSuffix(a, "{n}"), strings.TrimSuffix(b, "{n}")
				}
				if a != b {
					t.Errorf("%s: %q has the placeholders %s in English and %s here", lang, key, a, b)
				}
				if strings.TrimSpace(other) == "" {
					t.Errorf("%s: %q is empty", lang, key)
				}
			}
		}
		for key := range texts {
			base, form := group(texts, key)
			if _, ok := en[key]; !ok && (form == "" || en[base+".other"] == "" || !slices.Contains(plurals(lang), form)) {
				t.Errorf("%s: %q is missing in English", lang, key)
			}
		}
	}
}

// group returns what the forms of a message for numbers have in common, and which form a key is; "" for other keys.
func group(texts map[string]string, key string) (base, form string) {
	i := strings.LastIndex(key, ".")
	if i < 0 || !slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, key[i+1:]) {
		return key, ""
	}
	if _, ok := texts[key[:i]+".other"]; !ok || texts[key[:i]+".one"] == "" {
		return key, ""
	}
	return key[:i], key[i+1:]
}

// plurals are the categories of whole numbers that each message for numbers has a form for. In Romance languages the one for whole millions
// is told by "other".
func plurals(lang string) []string {
	switch lang {
	case "ar":
		return []string{"zero", "one", "two", "few", "many", "other"}
	case "cs":
		return []string{"one", "few", "other"}
	case "pl":
		return []string{"one", "few", "many", "other"}
	}
	return []string{"one", "other"}
}

// languages are those that there are messages in.
func languages(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "web", "locales", "*.json"))
	if err != nil || len(files) < 12 {
		t.Fatalf("%v, %v", files, err)
	}
	var all []string
	for _, file := range files {
		all = append(all, strings.TrimSuffix(filepath.Base(file), ".json"))
	}
	return all
}

func TestEveryLanguageIsNamed(t *testing.T) {
	for _, lang := range languages(t) {
		w := load(t, lang)
		if w.Lang() != lang || w.LanguageName(lang) == lang {
			t.Errorf("%s: %q, %q", lang, w.Lang(), w.LanguageName(lang))
		}
		if want := map[bool]string{true: "rtl", false: "ltr"}[lang == "ar"]; words.Direction(lang) != want {
			t.Errorf("%s runs %s", lang, words.Direction(lang))
		}
	}
}

func placeholders(s string) string {
	var out string
	for _, p := range []string{"{0}", "{1}", "{2}", "{n}"} {
		if strings.Contains(s, p) {
			out += p
		}
	}
	return out
}

func TestSentencesSpeakToPeople(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		for key, s := range texts(t, lang) {
			for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0x80 }) {
				switch word {
				case "401", "403", "404", "429", "auth", "cache", "http", "json", "cors", "du", "dein", "deine", "dich", "dir":
					t.Errorf("%s %q says %q: %s", lang, key, word, s)
				}
			}
		}
	}
}
