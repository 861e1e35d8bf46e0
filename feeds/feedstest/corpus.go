package feedstest

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Recording is an answer of a real server, as it was captured.
type Recording struct {
	Name     string // "SOFTWARE/KIND/FILE"
	Software string // "mastodon"
	Kind     string // "timeline"
	Body     string
	// ContentType is the type that the answer declared; "" where its headers weren't recorded.
	ContentType string
}

// Corpus returns the recorded answers of some kinds of some softwares; nil names all softwares. The recordings aren't part of the
// repository: they are in $CORPUS, or in the folder shared/corpus beside the module's. Without that folder the test is skipped. With
// it a software without any recording of these kinds, and a kind without any of these softwares, fail the test.
func Corpus(t testing.TB, softwares []string, kinds ...string) []Recording {
	t.Helper()
	root := corpusRoot(t)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("no recorded answers of real servers in %s", root)
	}
	recordings := read(t, root, softwares, kinds)
	for _, software := range softwares {
		if !slices.ContainsFunc(recordings, func(r Recording) bool { return r.Software == software }) {
			t.Fatalf("no recorded answers of %s with kind %s in %s", software, strings.Join(kinds, ", "), root)
		}
	}
	for _, kind := range kinds {
		if !slices.ContainsFunc(recordings, func(r Recording) bool { return r.Kind == kind }) {
			t.Fatalf("no recorded answers of kind %s in %s", kind, root)
		}
	}
	return recordings
}

// CorpusSeeds returns the bodies of such recordings as seeds for fuzzing. Fuzzing goes on without them where they aren't there.
func CorpusSeeds(t testing.TB, softwares []string, kinds ...string) []string {
	t.Helper()
	root := corpusRoot(t)
	if _, err := os.Stat(root); err != nil {
		return nil
	}
	var bodies []string
	for _, r := range read(t, root, softwares, kinds) {
		bodies = append(bodies, r.Body)
	}
	return bodies
}

// CheckCorpus reads each recording with check, which says what is wrong with the outcome. Exceptions are those that mustn't be
// readable, with the reason, by their names or the beginnings of these.
func CheckCorpus(t testing.TB, recordings []Recording, exceptions map[string]string, check func(Recording) error) {
	t.Helper()
	excepted := map[string]bool{}
	for _, r := range recordings {
		err := check(r)
		exception := exceptionOf(exceptions, r.Name)
		switch {
		case exception != "":
			excepted[exception] = true
			if err == nil {
				t.Errorf("%s can be read, though %s", r.Name, exceptions[exception])
			}
		case err != nil:
			t.Errorf("%s: %v", r.Name, err)
		}
	}
	for exception := range exceptions {
		if !excepted[exception] {
			t.Errorf("the exception %s isn't among the recordings", exception)
		}
	}
	t.Logf("%d recorded answers, of which %d are exceptions", len(recordings), len(excepted))
}

func exceptionOf(exceptions map[string]string, name string) string {
	for exception := range exceptions {
		if strings.HasPrefix(name, exception) {
			return exception
		}
	}
	return ""
}

func corpusRoot(t testing.TB) string {
	t.Helper()
	if root := os.Getenv("CORPUS"); root != "" {
		return root
	}
	return filepath.Join(ModuleRoot(t), "..", "shared", "corpus")
}

// read follows MANIFEST.tsv, whose first columns are the file, the software and the kind.
func read(t testing.TB, root string, softwares, kinds []string) []Recording {
	t.Helper()
	manifest, err := os.ReadFile(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	rows := csv.NewReader(strings.NewReader(string(manifest)))
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord = '\t', true, -1
	all, err := rows.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var recordings []Recording
	for _, row := range all[min(1, len(all)):] {
		if len(row) < 3 || strings.HasSuffix(row[0], headersSuffix) || softwares != nil && !slices.Contains(softwares, row[1]) || !slices.Contains(kinds, row[2]) {
			continue
		}
		file := filepath.Join(root, filepath.FromSlash(row[0]))
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		recordings = append(recordings, Recording{Name: row[0], Software: row[1], Kind: row[2], Body: string(body), ContentType: contentType(t, file)})
	}
	return recordings
}

// headersSuffix ends the name of a file with the headers of an answer, which stands beside the body.
const headersSuffix = ".headers.json"

func contentType(t testing.TB, file string) string {
	t.Helper()
	raw, err := os.ReadFile(strings.TrimSuffix(file, filepath.Ext(file)) + headersSuffix)
	if err != nil {
		return ""
	}
	var recorded struct {
		Headers map[string]any `json:"headers"`
	}
	if err := json.Unmarshal(raw, &recorded); err != nil {
		t.Fatal(file, err)
	}
	for name, value := range recorded.Headers {
		if value, ok := value.(string); ok && strings.EqualFold(name, "Content-Type") {
			return value
		}
	}
	return ""
}

// ModuleRoot is the folder of go.mod.
func ModuleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the folder of the test")
		}
		dir = parent
	}
}
