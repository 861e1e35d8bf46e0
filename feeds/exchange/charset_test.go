package exchange

import (
	"strings"
	"testing"
	"unicode/utf16"

	"vitrine/feeds"
	"vitrine/feeds/fetch"
)

// read reads a file with the charsets that there are natively.
func read(file []byte) (Result, error) { return Read(file, fetch.Charsets{}) }

// opmlIn is a list of subscriptions whose XML declaration names a charset.
func opmlIn(charset, title string) string {
	declaration := ""
	if charset != "" {
		declaration = `<?xml version="1.0" encoding="` + charset + `"?>` + "\n"
	}
	return declaration + `<opml version="2.0"><body><outline text="` + title + `" xmlUrl="https://a.example/feed.xml"/></body></opml>`
}

// utf16Of is a text in UTF-16, with the low byte first.
func utf16Of(text string) string {
	var s strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		s.WriteString(string([]byte{byte(u), byte(u >> 8)}))
	}
	return s.String()
}

func TestTitlesAreReadInTheCharsetThatAFileNames(t *testing.T) {
	t.Parallel()
	for _, g := range []struct{ name, file, want string }{
		{"windows-1252", opmlIn("windows-1252", "Caf\xe9 \x80 \x84M\xfcnchen\x93"), "Café € „München“"},
		{"ISO-8859-15", opmlIn("ISO-8859-15", "Caf\xe9 \xa4 \xbduvre"), "Café € œuvre"},
		{"ISO-8859-2", opmlIn("iso-8859-2", "\xa3\xf3d\xbc"), "Łódź"},
		{"windows-1251", opmlIn("windows-1251", "\xcd\xee\xe2\xee\xf1\xf2\xe8"), "Новости"},
		{"KOI8-R", opmlIn("koi8-r", "\xee\xcf\xd7\xcf\xd3\xd4\xc9"), "Новости"},
		{"Shift JIS", opmlIn("Shift_JIS", "\x93\xfa\x96{"), "日本"},
		{"GBK", opmlIn("GBK", "\xd6\xd0\xce\xc4"), "中文"},
		{"UTF-16, marked", "\xff\xfe" + utf16Of(opmlIn("UTF-16", "Łódź 日本 𝄞")), "Łódź 日本 𝄞"},
		{"UTF-16, unmarked", utf16Of(opmlIn("utf-16", "Łódź")), "Łódź"},
		{"UTF-8, marked", "\ufeff" + opmlIn("UTF-8", "Łódź"), "Łódź"},
		{"UTF-8 that names something else", opmlIn("ISO-8859-1", "Łódź"), "Łódź"},
		{"a mark that says otherwise", "\ufeff" + opmlIn("windows-1252", "Łódź"), "Łódź"},
		{"no name", opmlIn("", "Caf\xe9 \x80"), "Café €"},
		{"UTF-8 that was cut within a letter", opmlIn("UTF-8", "Łódź \xc5"), "Łódź"},
	} {
		r, err := read([]byte(g.file))
		if err != nil || len(r.Entries) != 1 || r.Entries[0].Title != g.want {
			t.Errorf("%s: %+v, %v, want %s", g.name, r.Entries, err, g.want)
		}
	}
}

func TestAFileInACharsetThatIsNotKnownIsRefusedAndNotReadWrongly(t *testing.T) {
	t.Parallel()
	file := []byte(opmlIn("klingon", "\xd6\xd0"))
	if r, err := read(file); feeds.KindOf(err) != feeds.BadData {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := Read([]byte(opmlIn("koi8-r", "\xee")), nil); feeds.KindOf(err) != feeds.BadData {
		t.Errorf("without charsets: %+v, %v", r, err)
	}
}
