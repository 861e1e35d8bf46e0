package document_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"vitrine/app/document"
	"vitrine/app/markup"
	"vitrine/feeds/content"
)

// FuzzBooksAreWellFormed writes hostile text of posts, names, titles and warnings as a book, and reads all of its documents.
func FuzzBooksAreWellFormed(f *testing.F) {
	for _, s := range []string{
		"", "<p>a<b>c", "<p>&nbsp;&#0;&#1;\x00\x0b\ufffe\uffff</p>", "]]>", "<!-- -- -->", "<?xml?>", "<table><td colspan=9><details>", "<ruby>x<rt>y", "<a href='https://a.example/?a=1&b=2'>&amp;</a>",
		"<ul><li value=-3><ol type=i reversed><li>", "\xff\xfe", "<pre>\r\n</pre>", "<blockquote><h1><h6>", "\\(x < y\\) $$a & b$$",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ada := author("ada", s)
		p := post(1, ada, 1, s)
		p.Title, p.Warning, p.Language = s, s, s
		from := feed(t, item(p))
		from.Title = s
		data, _ := write(t, document.Document{Feed: from, Format: document.EPUB})
		for name, text := range unzipped(t, data).each() {
			if strings.HasSuffix(name, "ml") || strings.HasSuffix(name, ".opf") {
				wellFormed(t, name, text)
			}
		}
	})
}

func TestXHTMLIsWhatHTMLIs(t *testing.T) {
	tree := markup.El("div", markup.At("lang", "de"), markup.El("br", nil), markup.Text("a\x00\x01\ufffe & <b>"), markup.El("img", markup.At("src", "x.png", "alt", `"&<`)),
		markup.El("p", nil, markup.Text(content.PlainText(content.ParsePlain("x\ny", content.Options{})))))
	var b strings.Builder
	if err := (markup.Dialect{XML: true}).Write(&b, tree); err != nil {
		t.Fatal(err)
	}
	if want := `<div lang="de" xml:lang="de"><br/>a &amp; &lt;b&gt;<img src="x.png" alt="&#34;&amp;&lt;"/><p>x` + "\n" + `y</p></div>`; b.String() != want {
		t.Errorf("%s\nand not\n%s", b.String(), want)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
