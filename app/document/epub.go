package document

import (
	"strconv"
	"strings"
	"time"

	"vitrine/app/markup"
	"vitrine/app/words"
)

// chapter is a document of a book.
type chapter struct {
	name, title string
	pages       []page
}

// page is where the first post of a day stands.
type page struct{ id, day string }

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

// stamp is a time as XML has it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// epub writes a book. The same posts and the same time make the same bytes. Source: https://www.w3.org/TR/epub-33/
func (b *book) epub() error {
	b.zip, b.folder = newArchive(b.out, b.Made), "EPUB/"
	for _, f := range [...][2]string{{"mimetype", EPUB.MIME()}, {"META-INF/container.xml", container}, {"EPUB/style.css", bookStyle}} {
		if err := b.zip.add(f[0], []byte(f[1])); err != nil {
			return err
		}
	}
	sections := b.sections()
	chapters := []chapter{{name: "about.xhtml", title: b.title()}}
	var body strings.Builder
	open := -1
	end := func() error {
		if open < 0 {
			return nil
		}
		c := chapters[len(chapters)-1]
		err := b.zip.add("EPUB/"+c.name, b.xhtml(c.title, "<h1 dir=\"auto\">"+b.text(c.title)+"</h1>\n"+body.String()))
		body.Reset()
		return err
	}
	err := b.each(sections, func(s int, a article) error {
		if s != open {
			if err := end(); err != nil {
				return err
			}
			open = s
			chapters = append(chapters, chapter{name: "chapter" + strconv.Itoa(s+1) + ".xhtml", title: sections[s].title})
		}
		c := &chapters[len(chapters)-1]
		if a.row.day != "" {
			p := page{id: "d" + strconv.Itoa(b.nextPage()), day: a.row.day}
			c.pages = append(c.pages, p)
			body.WriteString("<span epub:type=\"pagebreak\" role=\"doc-pagebreak\"" + b.attributes("id", p.id, "aria-label", p.day) + "></span>\n")
		}
		err := markup.Dialect{XML: true}.Write(&body, a.node)
		body.WriteByte('\n')
		return err
	})
	if err != nil {
		return err
	}
	if err := end(); err != nil {
		return err
	}
	var about strings.Builder
	for _, n := range b.head(1) {
		about.WriteString(written(n) + "\n")
	}
	if b.Lost > 0 {
		about.WriteString(written(markup.El("p", markup.At("class", "quiet"), markup.Text(b.Words.N("file.lost", b.Lost)))))
	}
	for _, f := range [...]struct {
		name string
		data []byte
	}{
		{"about.xhtml", b.xhtml(b.title(), about.String())},
		{"nav.xhtml", b.navigation(chapters)},
		{"package.opf", b.packageFile(chapters)},
	} {
		if err := b.zip.add("EPUB/"+f.name, f.data); err != nil {
			return err
		}
	}
	return b.zip.close()
}

// nextPage numbers the days.
func (b *book) nextPage() int {
	b.pages++
	return b.pages
}

// xhtml is a document of the book.
func (b *book) xhtml(title, body string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"` + b.attributes("lang", b.Words.Lang(), "dir", words.Direction(b.Words.Lang())) + `>
<head>
<meta charset="utf-8"/>
<title>` + b.text(title) + `</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
` + body + `</body>
</html>
`)
}

// navigation is the table of contents, and that of the days.
func (b *book) navigation(chapters []chapter) []byte {
	w := b.Words
	var contents, pages strings.Builder
	for _, c := range chapters {
		contents.WriteString("<li><a" + b.attributes("href", c.name) + ">" + b.text(c.title) + "</a></li>\n")
		for _, p := range c.pages {
			pages.WriteString("<li><a" + b.attributes("href", c.name+"#"+p.id) + ">" + b.text(p.day) + "</a></li>\n")
		}
	}
	body := "<nav epub:type=\"toc\" role=\"doc-toc\">\n<h1>" + b.text(w.T("file.contents")) + "</h1>\n<ol>\n" + contents.String() + "</ol>\n</nav>\n"
	if pages.Len() > 0 {
		body += "<nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\">\n<h2>" + b.text(w.T("file.days")) + "</h2>\n<ol>\n" + pages.String() + "</ol>\n</nav>\n"
	}
	return b.xhtml(b.title(), body)
}

// mostCreators is how many authors the package names; the posts name all.
const mostCreators = 20

// packageFile is the package document: what the book is, how people can read it, and what is in it.
func (b *book) packageFile(chapters []chapter) []byte {
	var s strings.Builder
	s.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="` + b.Words.Lang() + `" dir="` + words.Direction(b.Words.Lang()) + `">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
`)
	tag := func(name, attributes, text string) {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			s.WriteString("<" + name + attributes + ">" + b.text(text) + "</" + name + ">\n")
		}
	}
	meta := func(property, text string) { tag("meta", ` property="`+property+`"`, text) }
	tag("dc:identifier", ` id="id"`, "urn:vitrine:"+b.ID+"#"+stamp(b.Made))
	tag("dc:title", "", b.title())
	for _, tagged := range b.languages() {
		tag("dc:language", "", tagged)
	}
	authors := b.authors()
	for _, a := range authors[:min(len(authors), mostCreators)] {
		tag("dc:creator", "", without(a.DisplayName(), a.Emoji)+" (@"+a.Handle()+")")
	}
	tag("dc:source", "", b.Home)
	tag("dc:date", "", stamp(b.Made))
	tag("dc:description", "", b.Summary)
	tag("dc:rights", "", b.Words.T("file.rights"))
	meta("dcterms:modified", stamp(b.Made))
	meta("schema:accessMode", "textual")
	if b.Shown > 0 {
		meta("schema:accessMode", "visual")
		meta("schema:accessModeSufficient", "textual,visual")
	}
	if !b.noAlt {
		meta("schema:accessModeSufficient", "textual")
	}
	features := []string{"tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"}
	if b.pages > 0 {
		features = append(features, "pageBreakMarkers", "pageNavigation")
	}
	if b.Shown > 0 && !b.noAlt {
		features = append(features, "alternativeText")
	}
	for _, f := range features {
		meta("schema:accessibilityFeature", f)
	}
	if b.moves {
		meta("schema:accessibilityHazard", "unknown")
	} else {
		meta("schema:accessibilityHazard", "none")
	}
	summary := b.Words.T("file.access")
	if b.noAlt {
		summary = b.Words.T("file.access.alt")
	}
	meta("schema:accessibilitySummary", summary)
	s.WriteString("</metadata>\n<manifest>\n" +
		`<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>` + "\n" + `<item id="css" href="style.css" media-type="text/css"/>` + "\n")
	for i, c := range chapters {
		s.WriteString("<item id=\"c" + strconv.Itoa(i) + "\" href=\"" + c.name + "\" media-type=\"application/xhtml+xml\"/>\n")
	}
	for i, m := range b.zip.members {
		if name, ok := strings.CutPrefix(m.name, "EPUB/media/"); ok {
			ending := name[strings.LastIndexByte(name, '.')+1:]
			s.WriteString("<item id=\"m" + strconv.Itoa(i) + "\" href=\"media/" + name + "\" media-type=\"image/" + ending + "\"/>\n")
		}
	}
	s.WriteString("</manifest>\n<spine>\n")
	for i := range chapters {
		s.WriteString("<itemref idref=\"c" + strconv.Itoa(i) + "\"/>\n")
	}
	s.WriteString("</spine>\n</package>\n")
	return []byte(s.String())
}
