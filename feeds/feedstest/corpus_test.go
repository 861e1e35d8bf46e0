package feedstest

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// outcome is a testing.TB that records how a test ended.
type outcome struct {
	testing.TB
	failed, skipped []string
}

func (o *outcome) Helper()             {}
func (o *outcome) Logf(string, ...any) {}
func (o *outcome) Errorf(format string, args ...any) {
	o.failed = append(o.failed, format)
}
func (o *outcome) Fatalf(format string, args ...any) {
	o.failed = append(o.failed, format)
	runtime.Goexit()
}
func (o *outcome) Skipf(format string, args ...any) {
	o.skipped = append(o.skipped, format)
	runtime.Goexit()
}

// try runs a part of a test by itself.
func try(t *testing.T, part func(t testing.TB)) *outcome {
	o := &outcome{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		part(o)
	}()
	<-done
	return o
}

func recordings(t *testing.T) {
	t.Helper()
	root := t.TempDir()
	for name, body := range map[string]string{
		"MANIFEST.tsv": "file\tsoftware\tkind\tlicence\n" +
			"a/post/1.json\ta\tpost\tMIT\na/post/1.headers.json\ta\tpost\tMIT\na/post/2.json\ta\tpost\tMIT\nb/error/1.json\tb\terror\tMIT\n",
		"a/post/1.json": "1", "a/post/1.headers.json": `{"headers":{"content-type":"text/xml"}}`, "a/post/2.json": "2", "b/error/1.json": "3",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("CORPUS", root)
}

func TestCorpusFollowsTheManifest(t *testing.T) {
	recordings(t)
	got := Corpus(t, []string{"a"}, "post")
	if len(got) != 2 || got[0] != (Recording{Name: "a/post/1.json", Software: "a", Kind: "post", Body: "1", ContentType: "text/xml"}) || got[1].Body != "2" {
		t.Errorf("%+v", got)
	}
	if all := Corpus(t, nil, "post", "error"); len(all) != 3 {
		t.Errorf("%+v", all)
	}
}

func TestCorpusFailsWhereNothingWasRecorded(t *testing.T) {
	recordings(t)
	for name, part := range map[string]func(testing.TB){
		"a kind":                    func(t testing.TB) { Corpus(t, []string{"a"}, "post", "poll") },
		"a kind of no software":     func(t testing.TB) { Corpus(t, nil, "poll") },
		"a software":                func(t testing.TB) { Corpus(t, []string{"a", "c"}, "post") },
		"a software without a kind": func(t testing.TB) { Corpus(t, []string{"a", "b"}, "post") },
	} {
		if o := try(t, part); len(o.failed) != 1 || len(o.skipped) > 0 {
			t.Errorf("%s that isn't recorded: failed %q, skipped %q", name, o.failed, o.skipped)
		}
	}
}

func TestCorpusIsSkippedWithAReasonWithoutRecordings(t *testing.T) {
	t.Setenv("CORPUS", filepath.Join(t.TempDir(), "none"))
	o := try(t, func(t testing.TB) { Corpus(t, []string{"a"}, "post") })
	if len(o.failed) > 0 || len(o.skipped) != 1 || !strings.Contains(o.skipped[0], "no recorded answers") {
		t.Errorf("failed %q, skipped %q", o.failed, o.skipped)
	}
	if seeds := CorpusSeeds(t, nil, "post"); seeds != nil {
		t.Errorf("%q", seeds)
	}
}

func TestCheckCorpusHoldsExceptionsToTheirReason(t *testing.T) {
	t.Parallel()
	all := []Recording{{Name: "a/post/1.json"}, {Name: "a/post/2.json"}}
	broken := func(r Recording) error {
		if r.Name == "a/post/2.json" {
			return errors.New("broken")
		}
		return nil
	}
	for name, c := range map[string]struct {
		exceptions map[string]string
		faults     int
	}{
		"none":                     {nil, 1},
		"the broken one":           {map[string]string{"a/post/2.json": "it is broken"}, 0},
		"by the beginning":         {map[string]string{"a/post/2": "it is broken"}, 0},
		"one that can be read":     {map[string]string{"a/post/1.json": "it isn't", "a/post/2.json": "it is broken"}, 1},
		"one that isn't there":     {map[string]string{"a/post/3.json": "it isn't", "a/post/2.json": "it is broken"}, 1},
		"all, one of them soundly": {map[string]string{"a/": "it is"}, 1},
	} {
		if o := try(t, func(t testing.TB) { CheckCorpus(t, all, c.exceptions, broken) }); len(o.failed) != c.faults {
			t.Errorf("exceptions: %s: %q", name, o.failed)
		}
	}
}
