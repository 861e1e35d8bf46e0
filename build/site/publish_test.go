package site

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

func publish(t *testing.T, dir string, names ...string) {
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
	if err := write(filepath.Join(dir, name), []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func TestPublishRemovesOnlyWhatFormerBuildsWrote(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	publish(t, dir, "index.html", "assets/app.1.wasm", "embed.js", "embed.1.js", "embed.1.js.br", "old/page.html")
	put(t, dir, "CNAME", "the owner's")
	put(t, dir, "feeds/town/index.html", "a feed")
	publish(t, dir, "index.html", "assets/app.2.wasm", "embed.js", "embed.2.js")
	want := []string{"CNAME", "assets/app.2.wasm", "embed.1.js", "embed.1.js.br", "embed.2.js", "embed.js", "feeds/town/index.html", "index.html"}
	if got := tree(t, dir); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "old")); !os.IsNotExist(err) {
		t.Error("an empty folder is left")
	}
	publish(t, dir, "index.html")
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
	publish(t, dir, "index.html", "about.html")
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
	slices.SortFunc(names, pagesLast)
	if want := []string{"assets/a.css", "assets/z.js", "about.html", "index.html", "index.html.br", "sw.js"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}
