package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestCompressedFilesHoldTheSame(t *testing.T) {
	text := []byte(strings.Repeat("Posts stand in the order of time. ", 200))
	files := Files{"a.html": text, "icon.png": text, "short.txt": []byte("x")}
	if err := (&Compressor{dir: t.TempDir()}).Add(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	if len(files) != 5 || files["icon.png.br"] != nil || files["short.txt.gz"] != nil {
		t.Errorf("%d files", len(files))
	}
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(files["a.html.br"])))
	if err != nil || !bytes.Equal(plain, text) {
		t.Errorf("brotli: %v", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(files["a.html.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err = io.ReadAll(z); err != nil || !bytes.Equal(plain, text) {
		t.Errorf("gzip: %v", err)
	}
}

func TestCompressedFilesAreCached(t *testing.T) {
	c := &Compressor{dir: t.TempDir()}
	calls := 0
	encode := func([]byte) ([]byte, error) { calls++; return []byte("small"), nil }
	for range 3 {
		if got, err := c.cached([]byte("a long text"), ".br", encode); err != nil || string(got) != "small" {
			t.Fatalf("%q, %v", got, err)
		}
	}
	if calls != 1 {
		t.Errorf("compressed %d times", calls)
	}
	if _, err := c.cached([]byte("another text"), ".br", encode); err != nil || calls != 2 {
		t.Errorf("another content: %d calls, %v", calls, err)
	}
}

func TestACacheThatCantBeWrittenOnlyCostsTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	c := &Compressor{dir: filepath.Join(file, "below")}
	if got, err := c.cached([]byte("x"), ".gz", Gzip); err != nil || len(got) == 0 {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCompressionStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&Compressor{}).Add(ctx, Files{"a.html": []byte("x")}); err == nil {
		t.Error("no error")
	}
}
