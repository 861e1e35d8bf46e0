package exchange

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// seed adds the fixtures with an ending, and more.
func seed(f *testing.F, ending string, more ...string) {
	files, err := filepath.Glob("testdata/*." + ending)
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range more {
		f.Add([]byte(text))
	}
}

// check checks what holds for every result: addresses that can be read again, no control characters, each thing once, and that it can be
// carried out and in again.
func check(t *testing.T, r Result, err error) {
	t.Helper()
	if err != nil {
		if kind := feeds.KindOf(err); kind != feeds.BadData && kind != feeds.TooLarge && kind != feeds.Unsupported {
			t.Fatal(err)
		}
		return
	}
	known := map[string]bool{}
	for _, e := range r.Entries {
		a, err := address.Parse(e.Address)
		if err != nil || a.String() != e.Address || e.Line < 1 {
			t.Fatalf("%+v: %v", e, err)
		}
		key, ok := Key(e.Address)
		if !ok || known[key] {
			t.Fatalf("%+v: %q, %v", e, key, ok)
		}
		known[key] = true
		for _, s := range append(e.Lists, e.Title, e.Address, e.FeedURL) {
			if strings.ContainsFunc(s, unicode.IsControl) || len(s) > 5000 {
				t.Fatalf("%q", s)
			}
		}
		if strings.ContainsFunc(e.Address, isDirection) {
			t.Fatalf("%q", e.Address)
		}
	}
	follows, lists := WriteSections(r.Entries, r.Lists)
	own, err := EncodeFile(File{Follows: follows, Lists: lists})
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"OPML": WriteOPML("x", r.Entries, r.Lists), "JSON": own} {
		again, err := read(file)
		if err != nil || len(again.Entries) != len(r.Entries) || len(again.Unread) > 0 || len(again.Lists) != len(r.Lists) {
			t.Fatalf("%s: %v\n%+v\nbecame\n%+v\nof\n%s", name, err, r, again, file)
		}
		for _, e := range again.Entries {
			if key, ok := Key(e.Address); !ok || !known[key] {
				t.Fatalf("%s: %+v", name, e)
			}
		}
	}
}

// FuzzRead: whatever file somebody picks, it becomes a sound result or an error.
func FuzzRead(f *testing.F) {
	seed(f, "*", "\xff\xfea\x00", "\x00<\x00o", "PK\x03\x04", "sep=;\na;b")
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := read(file)
		check(t, r, err)
	})
}

// The readers themselves are fuzzed too, since not every text gets to them.

func FuzzCSV(f *testing.F) {
	seed(f, "csv", "a;b\n\"c", "Account address\n")
	f.Fuzz(func(t *testing.T, file []byte) {
		text := strings.ToValidUTF8(string(file), "x")
		for _, comma := range []byte{',', ';'} {
			r, err := readFollowing(text, comma, 0)
			check(t, r, err)
			r, err = readLists(text, comma, 0)
			check(t, r, err)
		}
	})
}

func FuzzOPML(f *testing.F) {
	seed(f, "opml", `<opml><outline xmlUrl="feed:feed://a.example/@b.rss"/>`)
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := readOPML(strings.ToValidUTF8(string(file), "x"))
		check(t, r, err)
	})
}

func FuzzText(f *testing.F) {
	seed(f, "md", "a@b.example,c@d.example", "#/following?add=@a@b.example")
	f.Fuzz(func(t *testing.T, file []byte) {
		text := strings.ToValidUTF8(string(file), "x")
		r, err := readText(text)
		check(t, r, err)
		r, err = readHTML(text)
		check(t, r, err)
	})
}

func FuzzJSON(f *testing.F) {
	seed(f, "json", `{"vitrine":1,"follows":{"a.example":{}}}`, `{"items":[{"featuredObject":{"featuredObject":{}}}]}`)
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := readJSON(string(file))
		check(t, r, err)
	})
}

func FuzzDecodeLink(f *testing.F) {
	for _, s := range []string{"#/following?add=@ada@a.example,b.example", "~1c40ba39dTown~.ada~-a.example", "%7E1", "~.~~~2"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, signed bool) {
		if signed {
			text = linkMark + checksum([]byte(text)) + text
		}
		l, err := DecodeLink(text)
		if err != nil {
			var e *feeds.Error
			if !errors.As(err, &e) || e.Kind != feeds.BadData {
				t.Fatal(err)
			}
			return
		}
		link, err := EncodeLink(l)
		if err != nil && feeds.KindOf(err) != feeds.TooLarge {
			t.Fatalf("%+v: %v", l, err)
		}
		if err != nil {
			return
		}
		if again, err := DecodeLink(link); err != nil || again.Name != l.Name || strings.Join(again.Addresses, " ") != strings.Join(l.Addresses, " ") {
			t.Fatalf("%+v became %+v, %v", l, again, err)
		}
	})
}
