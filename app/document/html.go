package document

import (
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/app/words"
)

// pageStyle is the style of a page that stands alone. Its policy names it by its hash, which pagePolicy has: nothing else is allowed.
const pageStyle = `:root{color-scheme:light dark}
body{max-width:42rem;margin:0 auto;padding:1rem;font:1rem/1.5 system-ui,sans-serif}
nav ol{columns:12rem;padding-inline-start:1.4rem}nav li{break-inside:avoid}
@media print{nav{display:none}article{break-inside:avoid}}
` + bookStyle

// bookStyle is what pages and books share. Books are read in the colours of their readers.
const bookStyle = `h1,h2,h3{line-height:1.25}
body{overflow-wrap:anywhere}
article{border-block-start:1px solid #8886;padding-block:.75rem}
.by,.acts,.counts,.lines,.audio{display:flex;flex-wrap:wrap;gap:.15rem .6rem;align-items:baseline}
.by,.counts,.acts,.ctx{margin:.25rem 0}
.who{display:flex;flex-wrap:wrap;gap:0 .5rem;flex:1}
.name,.headline,.win{font-weight:600}
.badge{font-weight:400;font-size:.85em;border:1px solid #8886;border-radius:.4em;padding:0 .35em;margin-inline-start:.4em}
.quiet,.handle,.acts,.ctx,.full,.when{font-size:.9em;opacity:.8}
.name,.when,.acts a,.headline a{color:inherit;text-decoration:none}
.s1{margin-inline-start:1rem}.s2{margin-inline-start:2rem}.s3{margin-inline-start:3rem}.s4{margin-inline-start:4rem}
.focus{border-inline-start:3px solid;padding-inline-start:.75rem}
img{max-width:100%;height:auto}
.emoji{width:1.25em;height:1.25em;vertical-align:-.2em}
figure,.media{margin:.5rem 0}
.grid4{display:flex;flex-wrap:wrap;gap:.5rem}
.cell{flex:1 1 40%}
.film img{display:block}
.card,.quote,.cw,.veil,.fold{border:1px solid #8886;border-radius:.4rem;padding:.5rem .75rem;margin:.5rem 0}
.card,.card span{display:block}
.card img{float:inline-end;max-width:8rem;margin-inline-start:.75rem}
.card::after{content:"";display:block;clear:both}
.poll,.lines,.plain{list-style:none;padding:0}
.poll li{display:flex;flex-wrap:wrap;justify-content:space-between}
.poll progress{width:100%}
.full>*+*::before{content:" · "}
pre{white-space:pre-wrap}
table{border-collapse:collapse}
td,th{border:1px solid #8886;padding:.2rem .5rem}
.center{text-align:center}
.right{text-align:end}
.ellipsis::after{content:"…"}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`

// styleHash is that of pageStyle (Content Security Policy Level 3, section 2.3.1). A test keeps it.
const styleHash = "sha256-Ajgmj4vMDRwM1kIBUIElUpvDkL/k4bgjWq2xCqTWMN4="

func (b *book) html() error {
	b.level = 1
	sections := b.sections()
	w := words.Direction(b.Words.Lang())
	robots := ""
	if b.unlisted() {
		robots = `<meta name="robots" content="noindex">` + "\n"
	}
	head := `<!DOCTYPE html>
<html` + b.attributes("lang", b.Words.Lang(), "dir", w) + `>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '` + styleHash + `'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
` + robots + `<title>` + b.text(b.title()) + `</title>
<style>` + pageStyle + `</style>
</head>
<body>
<main>
`
	if err := b.put(head); err != nil {
		return err
	}
	if err := b.nodes(b.head(1)...); err != nil {
		return err
	}
	if len(sections) > 1 {
		items := make([]markup.Node, 0, len(sections))
		for i, s := range sections {
			items = append(items, markup.El("li", nil, markup.El("a", markup.At("href", "#s"+strconv.Itoa(i+1)), isolated(s.title))))
		}
		open := markup.Attrs(nil).When(len(items) <= 12, "open", "")
		if err := b.nodes(markup.El("nav", markup.At("aria-label", b.Words.T("file.contents")), markup.El("details", open, markup.El("summary", nil, markup.Text(b.Words.T("file.contents"))), markup.El("ol", nil, items...)))); err != nil {
			return err
		}
	}
	open := -1
	err := b.each(sections, func(s int, a article) error {
		if s != open {
			start := ""
			if open >= 0 {
				start = "</section>\n"
			}
			id := "s" + strconv.Itoa(s+1)
			start += "<section" + b.attributes("aria-labelledby", id) + ">\n"
			if err := b.put(start); err != nil {
				return err
			}
			if err := b.nodes(markup.El("h2", markup.At("id", id, "dir", "auto"), markup.Text(sections[s].title))); err != nil {
				return err
			}
			open = s
		}
		return b.nodes(a.node)
	})
	if err != nil {
		return err
	}
	end := "</main>\n</body>\n</html>\n"
	if open >= 0 {
		end = "</section>\n" + end
	}
	if b.Lost > 0 {
		if err := b.nodes(markup.El("p", markup.At("class", "quiet"), markup.Text(b.Words.N("file.lost", b.Lost)))); err != nil {
			return err
		}
	}
	return b.put(end)
}

// head is what a file says about itself: what it is, where it comes from, what isn't in it.
func (b *book) head(level int) []markup.Node {
	w := b.Words
	out := []markup.Node{markup.El("h"+strconv.Itoa(level), markup.At("dir", "auto"), markup.Text(b.title()))}
	if b.Summary != "" {
		out = append(out, markup.El("p", markup.At("dir", "auto"), markup.Text(b.Summary)))
	}
	line := func(nodes ...markup.Node) { out = append(out, markup.El("p", markup.At("class", "quiet"), nodes...)) }
	count := w.N("count.posts", len(b.Items))
	if from, to := b.span(); !from.IsZero() {
		count += ", " + w.Date(b.local(from))
		if last := w.Date(b.local(to)); last != w.Date(b.local(from)) {
			count += " – " + last
		}
	}
	line(markup.Text(count))
	if b.Home != "" {
		line(phrase(w.T("file.from"), link(b.Home, markup.Text(b.Home)))...)
	}
	line(phrase(w.T("file.made"), markup.El("time", markup.At("datetime", stamp(b.Made)), markup.Text(w.Full(b.local(b.Made)))))...)
	line(markup.Text(w.T("file.rights")))
	if b.LeftOut > 0 {
		line(markup.Text(w.N("file.left", b.LeftOut)))
	}
	if shy := b.shy(); shy != "" {
		line(markup.Text(w.T("file.shy", shy)))
	}
	return out
}

// shy names the authors who don't want their posts to be found by searching.
func (b *book) shy() string {
	var names []string
	for _, a := range b.authors() {
		if a.Wishes.NoIndex || a.Wishes.NotIndexable {
			names = append(names, "@"+a.Handle())
		}
	}
	return b.Words.List(names)
}

func (b *book) unlisted() bool { return b.shy() != "" }

// phrase puts a node in the place of {0}.
func phrase(sentence string, n markup.Node) []markup.Node {
	before, after, _ := strings.Cut(sentence, "{0}")
	return []markup.Node{markup.Text(before), n, markup.Text(after)}
}

// link makes a link, or its words where its address can't be followed.
func link(href string, nodes ...markup.Node) markup.Node {
	if !strings.HasPrefix(href, "https://") && !strings.HasPrefix(href, "http://") || markup.SafeURL(href) == "" {
		return markup.El("span", nil, nodes...)
	}
	return markup.El("a", markup.At("href", href), nodes...)
}

func isolated(s string) markup.Node { return markup.El("bdi", nil, markup.Text(s)) }

// nodes writes trees, a line each.
func (b *book) nodes(nodes ...markup.Node) error {
	for _, n := range nodes {
		if err := (markup.Dialect{Embed: b.embedded}).Write(b.out, n); err != nil {
			return err
		}
		if err := b.put("\n"); err != nil {
			return err
		}
	}
	return nil
}

// put writes what is no foreign text.
func (b *book) put(s string) error {
	_, err := b.out.Write([]byte(s))
	return err
}

// text is a text as HTML and XML have it.
func (b *book) text(s string) string { return written(markup.Text(s)) }

// attributes are attributes as they are written, with a space before each.
func (b *book) attributes(pairs ...string) string {
	s := written(markup.El("p", markup.At(pairs...)))
	return s[len("<p") : len(s)-len("></p>")]
}

// written is a small tree of ours as it is written in XML, which HTML reads as well.
func written(n markup.Node) string {
	var s strings.Builder
	_ = markup.Dialect{XML: true}.Write(&s, n) // a Builder has no errors, and all of it is in the closed set
	return s.String()
}
