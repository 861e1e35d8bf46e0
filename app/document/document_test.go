package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vitrine/app/document"
	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
	"vitrine/feeds/reader"
)

func TestEachFormatIsAsItWasLookedAt(t *testing.T) {
	for _, f := range document.Formats() {
		data, _ := write(t, document.Document{Feed: feed(t, everything()...), Format: f})
		if f == document.EPUB || f == document.Markdown {
			data = listed(t, data)
		}
		golden.Compare(t, "testdata/"+string(f)+".golden", data)
	}
}

// listed is what is in a ZIP file, as a text.
func listed(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	for name, text := range unzipped(t, data).each() {
		if strings.Contains(name, "media/") {
			text = fmt.Sprintf("%d bytes", len(text))
		}
		fmt.Fprintf(&b, "=== %s\n%s\n", name, strings.TrimRight(text, "\n"))
	}
	return b.Bytes()
}

// members are files of a ZIP in their order.
type members [][2]string

func (m members) each() func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, f := range m {
			if !yield(f[0], f[1]) {
				return
			}
		}
	}
}

func (m members) file(t *testing.T, name string) string {
	t.Helper()
	for have, text := range m.each() {
		if have == name {
			return text
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

func unzipped(t *testing.T, data []byte) members {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out members
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r) // checks the sum
		if err != nil {
			t.Fatal(f.Name, err)
		}
		out = append(out, [2]string{f.Name, string(text)})
	}
	return out
}

func TestWhatAReaderSaysOfSavedPostsIsInTheFile(t *testing.T) {
	all := everything()
	kept := map[feeds.Key]*markup.Kept{
		all[0].Post.Key: {Note: "Ask *Bob*\nand <b>Ada</b>", Tags: []string{"sea", "to read"}},
		all[1].Post.Key: {Gone: made},
	}
	for f, wants := range map[document.Format][]string{
		document.HTML:     {`<dl class="quote"><dt>Note</dt><dd dir="auto">Ask *Bob*</dd><dd dir="auto">and &lt;b&gt;Ada&lt;/b&gt;</dd><dt>Labels</dt><dd dir="auto">sea, to read</dd></dl>`, "No longer on its server. Noticed"},
		document.EPUB:     {`<dt>Note</dt><dd dir="auto">Ask *Bob*</dd>`, "No longer on its server. Noticed"},
		document.Markdown: {"**Note**\n\nAsk \\*Bob\\*\n\nand \\<b\\>Ada\\</b\\>\n\n**Labels**\n\nsea, to read", "No longer on its server. Noticed"},
	} {
		data, _ := write(t, document.Document{Feed: feed(t, all...), Kept: kept, Format: f})
		if f != document.HTML {
			data = listed(t, data)
		}
		for _, want := range wants {
			if strings.Count(string(data), want) != 1 {
				t.Errorf("%s: want %s once in\n%s", f, want, data)
			}
		}
	}
}

// A post may stand in a file twice: each has notes of its own.
func TestFootnotesStayInTheFile(t *testing.T) {
	long := post(1, author("ada", "Ada"), 1, "")
	long.Body = content.ParseHTML(`<p>One<sup><a href="#fn:1">1</a></sup> and once more<sup><a href="#fn:1">1</a></sup></p><ol><li id="fn:1">A note. <a href="#fnref:1">↩</a></li></ol>`,
		content.Options{BaseURL: "https://town.example/long"})
	item := reader.Item{Entry: feeds.Entry{Key: long.Key, At: long.Published}, Post: long}
	for _, f := range []document.Format{document.HTML, document.EPUB} {
		data, _ := write(t, document.Document{Feed: feed(t, item, item), Format: f})
		if f == document.EPUB {
			data = listed(t, data)
		}
		text := string(data)
		ways := regexp.MustCompile(`href="#(p\d+f[^"]+)"`).FindAllStringSubmatch(text, -1)
		if len(ways) != 6 {
			t.Errorf("%s: there are %d ways to notes and back in %s", f, len(ways), text)
		}
		for _, way := range ways {
			if n := strings.Count(text, ` id="`+way[1]+`"`); n != 1 {
				t.Errorf("%s: %d elements have the id %s", f, n, way[1])
			}
		}
		if strings.Contains(text, "town.example/long#") {
			t.Errorf("%s: a note is looked for at its server: %s", f, text)
		}
	}
}

func TestTheSamePostsMakeTheSameBytes(t *testing.T) {
	for _, f := range document.Formats() {
		first, _ := write(t, document.Document{Feed: feed(t, everything()...), Format: f})
		second, _ := write(t, document.Document{Feed: feed(t, everything()...), Format: f})
		if !bytes.Equal(first, second) {
			t.Errorf("%s differs", f)
		}
	}
}

func TestAPageNeedsNothingElse(t *testing.T) {
	data, report := write(t, document.Document{Feed: feed(t, everything()...), Format: document.HTML})
	if report.Posts != 6 || report.Lost != 2 || report.Shown < 6 {
		t.Errorf("%+v", report)
	}
	page := string(data)
	for _, loads := range regexp.MustCompile(`(src|poster|srcset)="([^"]{0,30})`).FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(loads[2], "data:image/png;base64,") {
			t.Errorf("it loads %s", loads[0])
		}
	}
	for _, never := range []string{"<script", "<link", "@import", "url(", "javascript:", "onload", "<svg", "<button", "data-action"} {
		if strings.Contains(page, never) {
			t.Errorf("%s is in it", never)
		}
	}
	style := page[strings.Index(page, "<style>")+len("<style>") : strings.Index(page, "</style>")]
	sum := sha256.Sum256([]byte(style))
	if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(page, hash) {
		t.Errorf("its policy doesn't allow its style, whose hash is %s", hash)
	}
	for _, said := range []string{"Picture: Lost", "Picture: Says it is a picture", "2 pictures could not be loaded", `href="https://town.example/@ada/1"`, "@bob@town.example", `lang="ar"`, `name="robots"`} {
		if !strings.Contains(page, said) {
			t.Errorf("%q isn't said", said)
		}
	}
}

func TestWhatAuthorsDontWantArchivedIsLeftOutAndCounted(t *testing.T) {
	shy, hidden, ada := author("shy", "Shy"), author("hidden", "Hidden"), author("ada", "Ada")
	shy.Wishes.NoArchive, hidden.Wishes.SignInToView = true, true
	quoting := post(3, ada, 3, "<p>Kept</p>")
	quoting.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: post(4, shy, 4, "<p>Secret quote</p>")}
	quoting.ReplyTo = &feeds.ReplyTo{ID: "1"}
	boosted := item(post(5, ada, 5, "<p>Secret boost</p>"))
	boosted.Entry.BoostedBy = shy
	items := []reader.Item{item(post(1, shy, 1, "<p>Secret one</p>")), item(post(2, hidden, 2, "<p>Secret two</p>")), item(quoting), boosted}
	tree := reader.BuildTree(items[0].Post, nil, []*feeds.Post{items[2].Post})
	for _, f := range document.Formats() {
		for _, thread := range []*reader.Tree{nil, tree} {
			from := feed(t, items...)
			from.Thread = thread
			data, report := write(t, document.Document{Feed: from, Format: f})
			if report.Posts != 1 || report.LeftOut != 4 {
				t.Errorf("%s: %+v", f, report)
			}
			if bytes.Contains(data, []byte("Secret")) || bytes.Contains(data, []byte("Shy")) || !bytes.Contains(data, []byte("Kept")) {
				t.Errorf("%s: %s", f, data)
			}
			if f != document.JSONFeed && !bytes.Contains(data, []byte("4 posts are left out")) {
				t.Errorf("%s doesn't say that posts are left out", f)
			}
		}
		if len(items) != 4 || items[2].Post.Quote.Post == nil {
			t.Fatal("the caller's posts were changed")
		}
	}
}

func TestAPostThatIsNoPartOfAChainHasNoNumber(t *testing.T) {
	tree := conversation(1)
	from := feed(t, itemsOf(tree)...)
	from.Thread = tree
	if data, _ := write(t, document.Document{Feed: from, Format: document.HTML}); bytes.Contains(data, []byte(">1/1<")) {
		t.Errorf("%s", data)
	}
}

// conversation is one of n replies, in branches of seven.
func conversation(n int) *reader.Tree {
	focus := post(0, author("ada", "Ada"), 0, "<p>The beginning</p>")
	var below []*feeds.Post
	for i := 1; i <= n; i++ {
		p := post(i, author(fmt.Sprint("user", i%9), fmt.Sprint("User ", i%9)), -i, fmt.Sprintf("<p>Reply %d</p>", i))
		parent := focus
		if i%7 != 0 && len(below) > 0 {
			parent = below[len(below)-1]
		}
		p.ReplyTo = &feeds.ReplyTo{ID: parent.Sightings[0].ID, Key: parent.Key, Handle: parent.Author.Handle()}
		p.Sightings[0].ParentID = parent.Sightings[0].ID
		below = append(below, p)
	}
	return reader.BuildTree(focus, nil, below)
}

func itemsOf(tree *reader.Tree) []reader.Item {
	var out []reader.Item
	for _, p := range tree.Posts() {
		out = append(out, item(p))
	}
	return out
}

func TestAConversationOfAThousandIsWholeInEachFormat(t *testing.T) {
	tree := conversation(1000)
	for _, f := range document.Formats() {
		from := feed(t, itemsOf(tree)...)
		from.Thread = tree
		told := 0
		data, report := write(t, document.Document{Feed: from, Format: f, Progress: func(n int) { told = n }})
		if report.Posts != 1001 || told != 1001 {
			t.Errorf("%s: %+v, %d were told", f, report, told)
		}
		for _, said := range []string{"Reply 1<", "Reply 500<", "Reply 1000<"} {
			if f != document.HTML && f != document.EPUB {
				said = strings.TrimSuffix(said, "<")
			}
			if !bytes.Contains(data, []byte(said)) {
				t.Errorf("%s lacks %q", f, said)
			}
		}
		if f == document.HTML && !bytes.Contains(data, []byte("replied to")) {
			t.Error("nothing says what is answered")
		}
	}
}

// Readers of books take well-formed documents only.
func TestABookIsWellFormed(t *testing.T) {
	data, _ := write(t, document.Document{Feed: feed(t, everything()...), Format: document.EPUB})
	files := unzipped(t, data)
	if files[0] != [2]string{"mimetype", "application/epub+zip"} || !bytes.Equal(data[30:38], []byte("mimetype")) {
		t.Errorf("it begins with %q", files[0])
	}
	ids := map[string]bool{}
	for name, text := range files.each() {
		if !strings.HasSuffix(name, "ml") && !strings.HasSuffix(name, ".opf") {
			continue
		}
		wellFormed(t, name, text)
		for _, id := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(text, -1) {
			if ids[name+id[1]] {
				t.Errorf("%s has %s twice", name, id[1])
			}
			ids[name+id[1]] = true
		}
	}
	opf := files.file(t, "EPUB/package.opf")
	for _, said := range []string{"<dc:language>en</dc:language>", "<dc:language>ar</dc:language>", "schema:accessMode", "schema:accessibilitySummary", "pageNavigation", "Ada &amp; friends", "dcterms:modified"} {
		if !strings.Contains(opf, said) {
			t.Errorf("the package lacks %s", said)
		}
	}
	nav := files.file(t, "EPUB/nav.xhtml")
	if !strings.Contains(nav, "page-list") || !strings.Contains(nav, "29 November 2026") {
		t.Errorf("%s", nav)
	}
}

func wellFormed(t testing.TB, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = map[string]string{}
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v\n%.2000s", name, err, text)
		}
	}
}

// EPUBCheck is the conformance checker of those who make the format.
func TestEPUBCheckFindsNothingWrong(t *testing.T) {
	checker, err := exec.LookPath("epubcheck")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	tree := conversation(90)
	thread := feed(t, itemsOf(tree)...)
	thread.Thread = tree
	for name, d := range map[string]document.Document{
		"list": {Feed: feed(t, everything()...)}, "thread": {Feed: thread}, "empty": {Feed: feed(t)},
	} {
		d.Format = document.EPUB
		data, _ := write(t, d)
		file := filepath.Join(t.TempDir(), name+".epub")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), checker, file)
		if real, err := filepath.EvalSymlinks(checker); err == nil && strings.HasSuffix(real, ".jar") { // Debian has the program itself
			cmd = exec.CommandContext(t.Context(), "java", "-jar", real, file)
		}
		if out, err := cmd.CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("%s: %v\n%.5000s", name, err, out)
		}
	}
}

func TestWritingEndsWithItsContext(t *testing.T) {
	for _, f := range document.Formats() {
		ctx, cancel := context.WithCancel(t.Context())
		d := document.Document{
			Feed: feed(t, itemsOf(conversation(100))...), Format: f, Made: made, Pictures: document.Small, Media: media(t), Progress: func(n int) {
				if n == 10 {
					cancel()
				}
			},
		}
		_, err := document.Write(ctx, io.Discard, d)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", f, err)
		}
		cancel()
	}
}

// full fails once so many bytes were written.
type full int

func (f *full) Write(p []byte) (int, error) {
	if *f -= full(len(p)); *f < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestAFullDiskEndsWriting(t *testing.T) {
	for _, f := range document.Formats() {
		room := full(3000)
		_, err := document.Write(t.Context(), &room, document.Document{Feed: feed(t, everything()...), Format: f, Made: made, Pictures: document.Small, Media: media(t)})
		if !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestFilesHaveNamesThatEverySystemTakes(t *testing.T) {
	for title, want := range map[string]string{
		"Ada's posts": "Ada's posts.epub", "a/b\\c:d*e?f\"g<h>i|j": "a b c d e f g h i j.epub", " .. ": "posts.epub", "": "posts.epub",
		"\u202egpj.exe": "gpj.exe.epub", "نور": "نور.epub", strings.Repeat("x", 200): strings.Repeat("x", 60) + ".epub",
	} {
		if got := document.Name(title, document.EPUB); got != want {
			t.Errorf("%q became %q and not %q", title, got, want)
		}
	}
}

func TestAPictureIsWhatItsFirstBytesSay(t *testing.T) {
	for data, want := range map[string]string{
		"\xff\xd8\xff\xe0": "image/jpeg", "GIF89a": "image/gif", "RIFF\x00\x00\x00\x00WEBPVP8 ": "image/webp", "\x00\x00\x00 ftypavif\x00": "image/avif",
		"": "", "<svg/>": "", "<!DOCTYPE html>": "", "RIFF": "",
	} {
		if got := document.TypeOf([]byte(data)); got != want {
			t.Errorf("%q is %q and not %q", data, got, want)
		}
	}
}

func TestASoundHasItsCoverAndItsChaptersFromAFile(t *testing.T) {
	p := feedstest.Post("town.example", "9", 9)
	p.Media = []feeds.Media{{Kind: feeds.Audio, URL: "https://files.example/9.mp3", Preview: "https://files.example/cover.png", Alt: "A song", Film: &feeds.Film{Index: "https://files.example/9.json"}}}
	other := feedstest.Post("town.example", "8", 8)
	other.Media = []feeds.Media{{Kind: feeds.Audio, URL: "https://files.example/8.mp3", Film: &feeds.Film{Index: "https://files.example/8.json"}}}
	files := &feedstest.Network{Replies: map[string]feedstest.Answered{
		"https://files.example/9.json": {Body: `{"version":"1.2.0","chapters":[{"startTime":0,"title":"Bells"},{"startTime":61,"title":"The <b>pier</b>"}]}`},
		"https://files.example/8.json": {Status: 404},
	}}
	for _, f := range []document.Format{document.HTML, document.EPUB, document.Markdown} {
		data, _ := write(t, document.Document{Feed: feed(t, item(p), item(other)), Format: f, Files: files})
		text := string(data)
		if f != document.HTML {
			text = string(listed(t, data))
		}
		if !strings.Contains(text, "Bells") || !strings.Contains(text, "1:01") || strings.Contains(text, "<b>pier") {
			t.Errorf("%s: %s", f, text)
		}
		if !strings.Contains(text, "image/png") && !strings.Contains(text, "media/1.png") {
			t.Errorf("%s has no cover: %s", f, text)
		}
	}
	if p.Media[0].Film.Chapters != nil {
		t.Error("the post itself was changed")
	}
}

// What is a footnote in a post is one in Markdown: each mark has its note, in the post that it belongs to, also where the post is quoted.
func TestFootnotesAreThoseOfMarkdown(t *testing.T) {
	options := content.Options{BaseURL: "https://town.example/long"}
	long := post(1, author("ada", "Ada"), 1, "")
	long.Body = content.ParseHTML(`<p>One<sup><a href="#fn:1">1</a></sup>, two<sup><a href="#fn:2">2</a></sup> and once more<sup><a href="#fn:1">1</a></sup></p>`+
		`<ol><li id="fn:1"><p>A note.</p><p>It goes on. <a href="#fnref:1">↩</a></p></li><li id="fn:2">[^1]: not one. <a href="#fnref:2">↩</a></li></ol><ol><li>A list.</li></ol>`, options)
	quoting := post(2, author("ada", "Ada"), 2, "")
	quoting.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: long}
	items := []reader.Item{{Entry: feeds.Entry{Key: long.Key, At: long.Published}, Post: long}, {Entry: feeds.Entry{Key: quoting.Key, At: quoting.Published}, Post: quoting}}
	data, _ := write(t, document.Document{Feed: feed(t, items...), Format: document.Markdown})
	text := string(listed(t, data))
	for n := 1; n <= 4; n++ {
		mark := "[^" + strconv.Itoa(n) + "]"
		marks := strings.Count(text, mark) - strings.Count(text, mark+": ")
		if want := 2 - (n+1)%2; strings.Count(text, mark+": ") != 1 || marks != want {
			t.Errorf("%s has %d marks, want %d, in\n%s", mark, marks, want, text)
		}
	}
	for _, want := range []string{"[^1]: A note.\n\n    It goes on.\n", "\n[^2]: \\[\\^1\\]: not one.\n", "\n1. A list.", "> [^3]: A note.\n>\n>     It goes on.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "town.example/long#") || strings.Contains(text, "↩") {
		t.Errorf("a note is looked for elsewhere:\n%s", text)
	}
}
