package publish

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pageSize is that of the page that is rewritten while the process is killed.
const pageSize = 200_000

// TestRewrites is the process that is killed: it rewrites a page and its picture for ever.
func TestRewrites(t *testing.T) {
	dir := os.Getenv("VITRINE_REWRITES")
	if dir == "" {
		t.Skip("only run by TestAKilledRunLeavesWholePages")
	}
	target := open(t, dir)
	fmt.Println("ready")
	for i := 0; ; i++ {
		page := bytes.Repeat([]byte{byte('a' + i%26)}, pageSize)
		files := map[string][]byte{"feeds/town/index.html": page, "feeds/town/media/1.webp": page[:pageSize/2], "feeds/town/feed.json": page}
		if i%2 == 0 {
			if err := target.Write(context.Background(), "feeds/town/index.html", page); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Put(context.Background(), target, files); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAKilledRunLeavesWholePages(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a few seconds")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "feeds", "town", "index.html")
	reads, left := 0, 0
	whole := func() {
		t.Helper()
		data, err := os.ReadFile(page)
		if errors.Is(err, fs.ErrNotExist) && reads == 0 {
			return
		}
		if err != nil || len(data) != pageSize || bytes.Count(data, data[:1]) != pageSize {
			t.Fatalf("after %d reads the page has %d bytes: %v", reads, len(data), err)
		}
		reads++
	}
	for range 20 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRewrites$")
		child.Env = append(os.Environ(), "VITRINE_REWRITES="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
			t.Fatalf("%q, %v", line, err)
		}
		for end := time.Now().Add(time.Duration(rand.IntN(60_000)) * time.Microsecond); time.Now().Before(end); {
			whole()
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
		whole()
		left += len(temps(t, dir))
		target := open(t, dir)
		if found := temps(t, dir); len(found) > 0 {
			t.Fatalf("left are %q", found)
		}
		whole()
		_ = target.Close()
	}
	t.Logf("%d whole pages read, %d unfinished files swept", reads, left)
	if reads == 0 {
		t.Error("the page was never there")
	}
}

// temps lists files that were being written.
func temps(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if strings.HasPrefix(filepath.Base(name), tempPrefix) {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func save(t *testing.T, file, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyWhatNobodyWritesAnyMoreIsSwept(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "feeds", tempPrefix+"X")
	theirs := filepath.Join(dir, "feeds", ".new-X")
	save(t, mine, "half")
	save(t, theirs, "the owner's")
	first := open(t, dir)
	if found := temps(t, dir); len(found) > 0 {
		t.Errorf("left are %q", found)
	}
	w, err := first.(stager).stage(t.Context(), "feeds/town/index.html", []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	if names, err := first.List(t.Context(), ""); err != nil || len(names) != 1 || names[0] != "feeds/.new-X" {
		t.Errorf("%q, %v", names, err)
	}
	second := open(t, dir)
	if err := second.Write(t.Context(), "about.html", nil); err != nil {
		t.Error(err)
	}
	if err := w.commit(); err != nil {
		t.Errorf("another run swept what this one was writing: %v", err)
	}
	if data, err := second.Read(t.Context(), "feeds/town/index.html"); string(data) != "new" {
		t.Error(err)
	}
}

func TestAFolderIsNotLeft(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	save(t, filepath.Join(outside, "secret.html"), "secret")
	for link, to := range map[string]string{"feeds": outside, "up": "..", "page.html": filepath.Join(outside, "secret.html")} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	target := open(t, dir)
	for _, name := range []string{"feeds/secret.html", "feeds/new.html", "up/x.html"} {
		if _, err := target.Read(t.Context(), name); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: err = %v", name, err)
		}
		if err := target.Write(t.Context(), name, []byte("x")); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: err = %v", name, err)
		}
		if err := target.Remove(t.Context(), name); err == nil {
			t.Errorf("%s was removed", name)
		}
	}
	if _, err := target.Read(t.Context(), "page.html"); err == nil {
		t.Error("a link was followed")
	}
	if err := target.Write(t.Context(), "page.html", []byte("ours")); err != nil {
		t.Error(err)
	}
	if data, _ := os.ReadFile(filepath.Join(outside, "secret.html")); string(data) != "secret" {
		t.Error("a file outside was written")
	}
	if names, err := os.ReadDir(outside); len(names) != 1 {
		t.Errorf("outside are %v, %v", names, err)
	}
}

func TestAPutIntoAFolderThatFailsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	target := open(t, dir)
	if _, err := Put(t.Context(), target, town("old ")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "zoo.html", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	files := town("new ")
	files["zoo.html"] = nil
	files["fresh/page.html"] = nil
	if n, err := Put(t.Context(), target, files); err == nil || n != 0 || !strings.Contains(err.Error(), "zoo.html is a folder") {
		t.Errorf("%d written, %v", n, err)
	}
	for name := range town("") {
		if data, err := target.Read(t.Context(), name); string(data) != "old "+name {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "fresh")); err == nil {
		t.Error("an empty folder is left")
	}
	if found := temps(t, dir); len(found) > 0 {
		t.Errorf("left are %q", found)
	}
	for _, files := range []map[string][]byte{{"x": nil, "x/y": nil}, {"x/y/z.html": nil, "x": nil}} {
		if _, err := Put(t.Context(), target, files); err == nil {
			t.Errorf("%v was put", files)
		}
	}
}

func TestFilesAreReadableForAWebServer(t *testing.T) {
	dir := t.TempDir()
	save(t, filepath.Join(dir, "index.html"), "private")
	target := open(t, dir)
	if _, err := Put(t.Context(), target, map[string][]byte{"index.html": nil, "feeds/a.html": nil}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "feeds/a.html"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}
