// Package golden compares what is made of fixtures in testdata with files that were looked at once. It defines the flag -update, which
// writes those files anew. It is imported by tests only.
package golden

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Fixture is a file testdata/SOFTWARE-VERSION-KIND.EXT.
type Fixture struct {
	Software, Version, Kind string
	Body                    string
}

// Readers say by the kind of a fixture what is made of it.
type Readers map[string]func(f Fixture) (any, error)

// Fixtures compares what is made of each fixture with testdata/SOFTWARE-VERSION-KIND.golden. A fixture whose kind nothing reads fails,
// and so does a kind without a fixture. An error is compared too, by its kind, status and host.
func Fixtures(t *testing.T, readers Readers) {
	t.Helper()
	used := map[string]bool{}
	for _, file := range files(t, "testdata/*") {
		name := strings.TrimSuffix(file, filepath.Ext(file))
		f := Fixture{}
		var versioned bool
		f.Software, f.Version, versioned = strings.Cut(filepath.Base(name), "-")
		if i := strings.LastIndexByte(f.Version, '-'); versioned && i >= 0 {
			f.Version, f.Kind = f.Version[:i], f.Version[i+1:]
		}
		used[f.Kind] = true
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			read := readers[f.Kind]
			if read == nil {
				t.Fatalf("nothing reads %s", file)
			}
			f.Body = Text(t, filepath.Base(file))
			got, err := read(f)
			if err != nil {
				got = failure(err)
			}
			Compare(t, name+".golden", View(t, got))
		})
	}
	for kind := range readers {
		if !used[kind] {
			t.Errorf("no fixture of kind %s", kind)
		}
	}
}

// failure is what is compared of an error: not its words, which nobody but a developer reads.
func failure(err error) any {
	e := feeds.AsError(err)
	return map[string]any{"Error": e.Kind, "Status": e.Status, "Host": e.Host, "RetryAt": e.RetryAt, "Detail": e.Detail}
}

// Text returns the text of a file in testdata.
func Text(t testing.TB, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Bodies returns the texts of the fixtures of a kind, as seeds for fuzzing.
func Bodies(t testing.TB, kind string) []string {
	t.Helper()
	var bodies []string
	for _, file := range files(t, "testdata/*-"+kind+".*") {
		bodies = append(bodies, Text(t, filepath.Base(file)))
	}
	return bodies
}

// files lists the fixtures of a pattern, without the golden files. Without any the test fails.
func files(t testing.TB, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var fixtures []string
	for _, file := range all {
		if info, err := os.Stat(file); err == nil && !info.IsDir() && filepath.Ext(file) != ".golden" {
			fixtures = append(fixtures, file)
		}
	}
	if len(fixtures) == 0 {
		t.Fatalf("no fixtures are called %s", pattern)
	}
	return fixtures
}

// Compare compares a view with a golden file, or writes that when -update is set.
func Compare(t testing.TB, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update and look at the difference. Got:\n%s", file, got)
	}
}

// View writes a value for people to compare: without what is empty or 0, with posts' authors by their handles, and with texts
// as plain text, since how they are parsed is tested in package content.
func View(t testing.TB, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(plain(tree)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plain returns v without empty parts, nil when nothing is left.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if _, isDoc := v["b"]; isDoc {
			return docText(v)
		}
		kept := map[string]any{}
		for name, part := range v {
			part = plain(part)
			if author, ok := part.(map[string]any); ok && (name == "Author" || name == "BoostedBy") {
				part = fmt.Sprint(author["User"], "@", author["Domain"])
			}
			if part != nil {
				kept[name] = part
			}
		}
		if len(kept) > 0 {
			return kept
		}
		return nil
	case []any:
		if len(v) == 0 {
			return nil
		}
		for i := range v {
			v[i] = plain(v[i])
		}
		return v
	case string:
		if v == "" || strings.HasPrefix(v, "0001-01-01T") {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}

func docText(v map[string]any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var doc content.Doc
	if err := json.Unmarshal(raw, &doc); err != nil {
		return err.Error()
	}
	return content.PlainText(doc)
}
