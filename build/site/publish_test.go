package site

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/build/publish"
)

// tree lists the files below a folder, without the list of them.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != listFile {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func build(t *testing.T, dir string, names ...string) {
	t.Helper()
	files := Files{}
	for _, n := range names {
		files[n] = []byte(n)
	}
	if err := Publish(dir, files); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func TestPublishRemovesOnlyWhatFormerBuildsWrote(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, "index.html", "assets/app.1.wasm", "embed.js", "embed.1.js", "embed.1.js.br", "old/page.html")
	put(t, dir, "CNAME", "the owner's")
	put(t, dir, "feeds/town/index.html", "a feed")
	build(t, dir, "index.html", "assets/app.2.wasm", "embed.js", "embed.2.js")
	want := []string{"CNAME", "assets/app.2.wasm", "embed.1.js", "embed.1.js.br", "embed.2.js", "embed.js", "feeds/town/index.html", "index.html"}
	if got := tree(t, dir); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "old")); !os.IsNotExist(err) {
		t.Error("an empty folder is left")
	}
	build(t, dir, "index.html")
	if got := tree(t, dir); !slices.Contains(got, "embed.1.js") || slices.Contains(got, "assets/app.2.wasm") {
		t.Errorf("a build later: %q", got)
	}
}

func TestPublishNeverOverwritesForeignFiles(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "index.html", "somebody's home page")
	err := Publish(dir, Files{"index.html": []byte("ours"), "assets/a.css": []byte("x")})
	if err == nil || !strings.Contains(err.Error(), "index.html is there already") {
		t.Errorf("err = %v", err)
	}
	if got := tree(t, dir); !slices.Equal(got, []string{"index.html"}) {
		t.Errorf("something was written: %q", got)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "index.html")); string(data) != "somebody's home page" {
		t.Error("it was overwritten")
	}
}

func TestAPublishThatFailsLeavesTheOldSite(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, "index.html", "about.html")
	before := tree(t, dir)
	// A name that is a file in one place and a folder in the other can't be written.
	if err := Publish(dir, Files{"index.html": []byte("new"), "x": nil, "x/y": nil}); err == nil {
		t.Fatal("no error")
	}
	if got := tree(t, dir); !slices.Equal(got, before) {
		t.Errorf("%q instead of %q", got, before)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "index.html")); string(data) != "index.html" {
		t.Errorf("index.html is %q", data)
	}
}

func TestAListThatNamesFilesOutsideIsRefused(t *testing.T) {
	for _, name := range []string{"../secret", "/etc/passwd", "a/../../b"} {
		dir := t.TempDir()
		put(t, dir, listFile, name+"\n")
		if err := Publish(dir, Files{"index.html": nil}); err == nil || !strings.Contains(err.Error(), "outside") {
			t.Errorf("%s: err = %v", name, err)
		}
	}
}

func TestPagesComeAfterWhatTheyName(t *testing.T) {
	names := []string{"sw.js", "index.html.br", "index.html", "about.html", "assets/z.js", "assets/a.css"}
	slices.SortFunc(names, publish.Order)
	if want := []string{"assets/a.css", "assets/z.js", "about.html", "index.html.br", "index.html", "sw.js"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}

func TestABucketKeepsTheListToo(t *testing.T) {
	target, err := publish.Open(t.Context(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	if err := target.Write(t.Context(), "feeds/town/index.html", []byte("a feed")); err != nil {
		t.Fatal(err)
	}
	for _, files := range []Files{{"index.html": nil, "embed.1.js": nil, "old.css": nil}, {"index.html": nil, "embed.2.js": nil}} {
		if err := PublishTo(t.Context(), target, "the bucket", files); err != nil {
			t.Fatal(err)
		}
	}
	names, err := target.List(t.Context(), "")
	if want := []string{listFile, "embed.1.js", "embed.2.js", "feeds/town/index.html", "index.html"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, %v", names, err)
	}
	if list, err := target.Read(t.Context(), listFile); string(list) != "embed.1.js\nembed.2.js\nindex.html\n" {
		t.Errorf("%q, %v", list, err)
	}
	err = PublishTo(t.Context(), target, "the bucket", Files{"feeds/town/index.html": nil})
	if err == nil || !strings.Contains(err.Error(), "is there already in the bucket") {
		t.Errorf("err = %v", err)
	}
}
