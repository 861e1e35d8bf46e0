package read

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/app/syndicate"
	"vitrine/build/command"
	"vitrine/feeds"
	"vitrine/feeds/reader"
	"vitrine/web"
)

func TestReadWritesFilesToCarryAway(t *testing.T) {
	port := town(t)
	folder := t.TempDir()
	for format, begins := range map[string]string{"html": "<!DOCTYPE html>", "epub": "PK", "markdown": "PK", "jsonfeed": "{", "text": "Stadtbibliothek", "atom": "<?xml"} {
		file := filepath.Join(folder, "posts."+format)
		if err := os.WriteFile(file, []byte("what was there"), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := read(t, "-limit", "5", "-format", format, "-out", file, "@bibliothek@norderau.localhost"+port)
		if err != nil || out != "" {
			t.Errorf("%s: %v, printed %.50q", format, err, out)
		}
		data, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(data), begins) {
			t.Errorf("%s: %v, it begins with %.50q", format, err, data)
		}
		if format == "epub" || format == "markdown" {
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(format, err)
			}
			pictures := 0
			for _, f := range z.File {
				if strings.Contains(f.Name, "media/") {
					pictures++
				}
			}
			if pictures == 0 {
				t.Errorf("%s has no pictures", format)
			}
		}
	}
	all, err := os.ReadDir(folder)
	if err != nil || len(all) != 6 {
		t.Errorf("%d files are there: %v", len(all), err)
	}
	if out, err := read(t, "-limit", "2", "-format", "html", "-pictures", "none", "-out", "-", "http://filmdose.localhost"+port+"/w/harbourDusk1"); err != nil || !strings.Contains(out, "</html>") || strings.Contains(out, "<img") {
		t.Errorf("%v, printed %.200q", err, out)
	}
}

func TestNothingHalfIsLeftWhereAFileIsNotWritten(t *testing.T) {
	port := town(t)
	file := filepath.Join(t.TempDir(), "posts.html")
	ctx, cancel := context.WithCancel(t.Context())
	q, err := parse([]string{"-format", "html", "-out", file, "@bibliothek@norderau.localhost" + port}, made())
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := q.print(ctx, feedForTest(t), nil); err == nil {
		t.Error("an ended context wrote a file")
	}
	if all, err := os.ReadDir(filepath.Dir(file)); err != nil || len(all) != 0 {
		t.Errorf("%v are left: %v", all, err)
	}
	if _, err := read(t, "-out", filepath.Join(t.TempDir(), "no", "folder"), "@bibliothek@norderau.localhost"+port); err == nil {
		t.Error("a folder that isn't there was written to")
	}
}

func TestFilesAreAskedForInFormatsThatThereAre(t *testing.T) {
	for _, args := range [][]string{{"-format", "pdf", "a.example"}, {"-format", "html", "-pictures", "huge", "a.example"}} {
		_, err := read(t, args...)
		if _, usage := err.(*command.UsageError); !usage {
			t.Errorf("%v: %v", args, err)
		}
	}
}

func made() time.Time { return time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC) }

func feedForTest(t *testing.T) *syndicate.Feed {
	t.Helper()
	w, err := command.English(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	ada := &feeds.Author{User: "ada", Domain: "a.example"}
	return &syndicate.Feed{Title: "Ada", Words: w, Items: []reader.Item{{Post: &feeds.Post{Key: "https://a.example/1", Author: ada, Published: made()}}}}
}
