package publish

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func TestMemory(t *testing.T) { contract(t, "mem://") }

func TestFolder(t *testing.T) { contract(t, t.TempDir()) }

func TestBucket(t *testing.T) { contract(t, newStore(t).address("town hall/site")) }

func open(t *testing.T, out string) Target {
	t.Helper()
	target, err := Open(context.Background(), out) // t's own context ends before what is cleaned up
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := target.Close(); err != nil {
			t.Error(err)
		}
	})
	return target
}

// contract is what everybody may rely on, whatever the target is.
func contract(t *testing.T, out string) {
	ctx := t.Context()
	target := open(t, out)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	want := func(name, data string) {
		t.Helper()
		if got, err := target.Read(ctx, name); err != nil || string(got) != data {
			t.Fatalf("%s holds %.40q, %v instead of %.40q", name, got, err, data)
		}
	}
	missing := func(name string) {
		t.Helper()
		if _, err := target.Read(ctx, name); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), name) {
			t.Fatalf("%s: err = %v", name, err)
		}
	}
	list := func(prefix string, names ...string) {
		t.Helper()
		if got, err := target.List(ctx, prefix); err != nil || !slices.Equal(got, names) {
			t.Fatalf("below %q are %q, %v instead of %q", prefix, got, err, names)
		}
	}

	list("")
	list("feeds/town/")
	missing("index.html")
	missing("feeds/town/index.html")
	must(target.Write(ctx, "feeds/town/index.html", []byte("<p>one")))
	want("feeds/town/index.html", "<p>one")
	must(target.Write(ctx, "feeds/town/index.html", []byte("<p>two, which is longer")))
	want("feeds/town/index.html", "<p>two, which is longer")
	must(target.Write(ctx, "feeds/town/index.html", []byte("3")))
	want("feeds/town/index.html", "3")
	missing("feeds/town/index.html/below")

	film := strings.Repeat("0123456789abcdef", 1_100_000)[:17_000_001] // above what goes to a store in one request
	long := map[string]string{"media/ä b+c%20&d=e.webp": "picture", "empty.txt": "", "media/film.mp4": film, ".vitrine-files": "x\n", "feeds/townhall.json": "{}"}
	for name, data := range long {
		must(target.Write(ctx, name, []byte(data)))
	}
	for name, data := range long {
		want(name, data)
	}
	list("", ".vitrine-files", "empty.txt", "feeds/town/index.html", "feeds/townhall.json", "media/film.mp4", "media/ä b+c%20&d=e.webp")
	list("feeds/town", "feeds/town/index.html", "feeds/townhall.json")
	list("feeds/town/", "feeds/town/index.html")
	list("media/f", "media/film.mp4")
	list("nowhere/at/all")

	must(target.Remove(ctx, "media/film.mp4"))
	missing("media/film.mp4")
	must(target.Remove(ctx, "media/film.mp4"))
	must(target.Remove(ctx, "nowhere/at/all.html"))
	must(target.Remove(ctx, "feeds/town"))
	want("feeds/town/index.html", "3")

	for _, name := range []string{"", ".", "..", "../x", "a/../../x", "/x", "a//b", "a/", "./a", "a\\b", "a\nb", "feeds/" + tempPrefix + "1"} {
		if _, err := target.Read(ctx, name); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("reading %q: %v", name, err)
		}
		if err := target.Write(ctx, name, nil); err == nil {
			t.Errorf("%q was written", name)
		}
		if err := target.Remove(ctx, name); err == nil {
			t.Errorf("%q was removed", name)
		}
		if _, err := Put(ctx, target, map[string][]byte{"a.css": nil, name: nil}); err == nil {
			t.Errorf("%q was put", name)
		}
	}
	missing("a.css")

	files := map[string][]byte{"feeds/town/index.html": []byte("3"), "feeds/town/embed.html": bytes.Repeat([]byte("x"), 200_000), "media/1.webp": {0, 255, 10, 13}}
	for i, n := range []int{2, 0} {
		if written, err := Put(ctx, target, files); err != nil || written != n {
			t.Fatalf("put %d: %d written, %v", i, written, err)
		}
	}
	want("media/1.webp", "\x00\xff\n\r")

	ended, end := context.WithCancel(ctx)
	end()
	if err := target.Write(ended, "late.html", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled write: %v", err)
	}
	if _, err := Put(ended, target, map[string][]byte{"late.html": nil}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled put: %v", err)
	}
	missing("late.html")
}
