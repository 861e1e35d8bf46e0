package content_test

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

const (
	names = `tr(th(p("Name")) th(p("Cups")))`
	ada   = `tr(td(p("Ada")) td(p("3")))`
)

func TestTablesOfDataAreTables(t *testing.T) {
	t.Parallel()
	runHTML(t, []parseCase{
		{"headers without a thead", "<table><tr><th>Name<th>Cups<tr><td>Ada<td>3</table>", `table(` + names + ` ` + ada + `)`},
		{"a head of plain cells", "<table><thead><tr><td>Name<td>Cups<tbody><tr><td>Ada<td>3</table>", `table(` + names + ` ` + ada + `)`},
		{"a caption", "<table><caption> Tea <b>drunk</b></caption><tr><td>Ada<td>3</table>", `table(caption("Tea " strong("drunk")) ` + ada + `)`},
		{"rows and columns without headers", "<table><tr><td>Ada<td>3</tr><tr><td>Bob<td>4</tr></table>", `table(` + ada + ` tr(td(p("Bob")) td(p("4"))))`},
		{"headers of rows", "<table><tr><th>Born<td>1815</tr><tr><th>Died<td>1852</table>", `table(tr(th(p("Born")) td(p("1815"))) tr(th(p("Died")) td(p("1852"))))`},
		{"cells over several columns and rows", "<table><tr><th rowspan=2>Name<th colspan=2>Cups<tr><th>a<th>b<tr><td>Ada<td colspan=2 rowspan=9>3</table>",
			`table(tr(th(1x2 p("Name")) th(2x1 p("Cups"))) tr(th(p("a")) th(p("b"))) tr(td(p("Ada")) td(2x1 p("3"))))`},
		{"a cell down to the end", "<table><tr><th>a<td rowspan=0>b<tr><th>c</table>", `table(tr(th(p("a")) td(1x2 p("b"))) tr(th(p("c"))))`},
		{"spans that nobody means", "<table><tr><th colspan=99999999999>a<th colspan=-1>b<tr><td colspan=1000 rowspan=65534>c</table>",
			`table(tr(th(p("a")) th(p("b"))) tr(td(40x1 p("c"))))`},
		{"alignment", `<table><tr><th align=left>a<th style="color:red; text-align: Center;">b<tr><td align=RIGHT>c<td align=justify>d</table>`,
			`table(tr(th(left p("a")) th(center p("b"))) tr(td(right p("c")) td(p("d"))))`},
		{"what stands in cells", `<table><tr><th>a<th>b<tr><td>x<br>y<td><code>c</code> <a href="https://x.example/">d</a><tr><td><ul><li>e<li>f</ul><td><pre>g</pre></table>`,
			`table(tr(th(p("a")) th(p("b"))) tr(td(p("x" br "y")) td(p(code(c) " " a(https://x.example/ "d")))) tr(td(ul(li(p("e")) li(p("f")))) td(pre(g))))`},
		{"empty cells and rows", "<table><tr><th>a<th><tr><tr><td> <td>&nbsp;<tr><td><td>b</table>", `table(tr(th(p("a")) td) tr(td td(p("b"))))`},
		{"in a list and a quote", "<ul><li>a<table><tr><th>b<td>c</table></ul><blockquote><table><tr><th>b<td>c</table></blockquote>",
			`ul(li(p("a") table(tr(th(p("b")) td(p("c")))))) quote(table(tr(th(p("b")) td(p("c")))))`},
		{"text outside of cells stands before it", "<table>a<tr>b<td>c<td>d</tr>e<tr><td>f<td>g</table>h", `p("a") p("b") p("e") table(tr(td(p("c")) td(p("d"))) tr(td(p("f")) td(p("g")))) p("h")`},
		{"end tags of what is outside", "<div><b>x<table><tr><th>a</div></b></li><td>b</table>y", `p(strong("x")) table(tr(th(p(strong("a"))) td(p(strong("b"))))) p(strong("y"))`},
		{"marks that don't end", "<table><tr><th><b>a<td>b<tr><td><i>c<td>d</table>e", `table(tr(th(p(strong("a"))) td(p("b"))) tr(td(p(em("c"))) td(p("d")))) p("e")`},
		{"a table that doesn't end", "<table><tr><th>a<td>b", `table(tr(th(p("a")) td(p("b"))))`},
		{"a table in newsletters' tables", "<table><tr><td><table><tr><td><h2>a</h2><table><tr><th>b<td>c</table></td></tr></table></td></tr><tr><td>d</table>",
			`h2("a") table(tr(th(p("b")) td(p("c")))) p("d")`},
		{"a table in a cell of data", "<table><tr><th>a<th>b<tr><td>c<td><table><tr><th>d<td>e</table></table>", `table(tr(th(p("a")) th(p("b"))) tr(td(p("c")) td(p("d") p("e"))))`},
	})
}

func TestTablesForLayoutAreTheirText(t *testing.T) {
	t.Parallel()
	runHTML(t, []parseCase{
		{"said by their role", "<table role=presentation><tr><th>a<td>b<tr><td>c<td>d</table><table role=NONE><tr><th>a<td>b</table>", `p("a") p("b") p("c") p("d") p("a") p("b")`},
		{"one column", "<table width=100%><tr><td><div>a</div><div>b</div><tr><td>c</table>", `p("a") p("b") p("c")`},
		{"one column under a header", "<table><tr><th>a<tr><td><p>b<p>c</table>", `p("a") p("b") p("c")`},
		{"one row", "<table><tr><td>a<td>b</table>", `p("a") p("b")`},
		{"without borders", "<table border=0><tr><td>a<td>b<tr><td>c<td>d</table><table cellspacing=0 cellpadding=0><tr><td>a<td>b<tr><td>c<td>d</table>",
			`p("a") p("b") p("c") p("d") p("a") p("b") p("c") p("d")`},
		{"pictures beside articles", `<table><tr><td><img src=a><td><h3>b</h3><p>c<tr><td><img src=d><td>e</table>`, `h3("b") p("c") p("e")`},
		{"articles side by side", `<table><tr><td><h3>a</h3>b<td><h3>c</h3>d<tr><td>e<td>f</table>`, `h3("a") p("b") h3("c") p("d") p("e") p("f")`},
		{"headers only, as mail is laid out", "<table><tr><th>a<th>b</table>", `p("a") p("b")`},
		{"a caption of nothing", "<table><caption>a</caption><tr><td><img src=b></table>", `p("a")`},
		{"highlighted code with its lines' numbers", "<table><tr><td><pre>1\n2</pre><td><pre>a\nb</pre></table>", "pre(1\n2) pre(a\nb)"},
		{"around a quote", "<table><tr><td><blockquote>a<table><tr><td>b</table></blockquote>c</table>", `quote(p("a") p("b")) p("c")`},
	})
}

func TestTablesOfMarkdownAreTables(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | **2** |":                             `table(tr(th(left p("a")) th(center p("b")) th(right p("c")) th(p("d"))) tr(td(left p("1")) td(center p(strong("2"))) td td))`,
		"Fruit|\n-|\nApple|\nPear|":                                                       `table(tr(th(p("Fruit"))) tr(td(p("Apple"))) tr(td(p("Pear"))))`,
		"- x\n\n  | a | b |\n  |-|-|\n  | `c \\| d` | <b>e</b> |\n":                       `ul(li(p("x") table(tr(th(p("a")) th(p("b"))) tr(td(p(code(c | d))) td(p(strong("e")))))))`,
		"> | a | b |\n> |-|-|\n> | c<br>d | ![e](https://x.example/f.png) |":              `quote(table(tr(th(p("a")) th(p("b"))) tr(td(p("c" br "d")) td(p(a(https://x.example/f.png "e"))))))`,
		"<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td>d</td></tr>\n</table>": `table(tr(th(p("a")) th(p("b"))) tr(td(p("c")) td(p("d"))))`,
	} {
		doc := content.ParseMarkdown(src, options())
		if got := sketch(doc.Blocks); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
		check(t, src, doc)
	}
}

func TestTablesAreWrittenAsHTML(t *testing.T) {
	t.Parallel()
	doc := content.ParseHTML(`<table><caption>a</caption><tr><th>b<th align=right colspan=2>c<tr><th>שם<td><p>d<p>e<td rowspan=2>@f<tr><th colspan=2>g</table>`, options())
	const want = `<table><caption>a</caption><thead><tr><th scope="col">b</th><th scope="col" align="right" colspan="2">c</th></tr></thead>` +
		`<tbody><tr><th scope="row">שם</th><td><p>d</p><p>e</p></td><td rowspan="2">@f</td></tr><tr><th colspan="2">g</th></tr></tbody></table>`
	if got := content.HTML(doc); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	const directed = `<table dir="ltr"><caption dir="auto">a</caption><thead><tr><th scope="col" dir="auto">b</th><th scope="col" align="right" colspan="2" dir="auto">c</th></tr></thead>` +
		`<tbody><tr><th scope="row" dir="auto">שם</th><td dir="ltr"><p dir="auto">d</p><p dir="auto">e</p></td><td rowspan="2" dir="auto">@f</td></tr><tr><th colspan="2" dir="auto">g</th></tr></tbody></table>`
	if got := content.DirectedHTML(doc); got != directed {
		t.Errorf("got %s\nwant %s", got, directed)
	}
}

func TestTablesAreWrittenAsText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 16)
	for src, want := range map[string]string{
		`<table><tr><th>Name<th align=right>Cups<tr><td>Ada<td align=right>3<tr><td>日本<td align=right>12</table>`: "" +
			"Name  Cups\n────  ────\nAda      3\n日本    12",
		`<table><caption>Tea</caption><tr><td>a<td align=center>b<td>c<tr><td>long<td align=center>long<td></table>`: "Tea\na      b    c\nlong  long",
		`<table><tr><th colspan=2>a wide header<th>b<tr><td>c<td rowspan=2>d<td>e<tr><td>f<td>g</table>`: "" +
			"a wide header  b\n─  ──────────  ─\nc  d           e\nf              g",
		`<table><tr><th>Name<th>Text<tr><td>Ada<td>` + long + `<tr><td>Bob<td>x<br>y</table>`:           "Name: Ada\nText: " + strings.TrimSpace(long) + "\n\nName: Bob\nText: x\n  y",
		`<table><tr><th colspan=2>A<th rowspan=2>B<tr><th>C<th>D<tr><td>c<td>` + long + `<td>b</table>`: "A, C: c\nA, D: " + strings.TrimSpace(long) + "\nB: b",
		`<table><tr><th>a<th>b<tr><td>c<br>long<td><ul><li>e</ul><tr><td>f<td>g</table>`:                "a     b\n────  ───\nc     • e\nlong\nf     g",
		`<table><tr><th>a<th>b<th>c<tr><td colspan=2>` + long + `<td>d</table>`:                         "a, b: " + strings.TrimSpace(long) + "\nc: d",
		`<table><tr><td>a<td>` + long + `<tr><td>b<td>c<br>d</table>`:                                   "a | " + strings.TrimSpace(long) + "\nb | c d",
		`<table><tr><th>Born<td>` + long + `<tr><th>Died<td>1852</table>`:                               "Born: " + strings.TrimSpace(long) + "\nDied: 1852",
	} {
		if got := content.PlainText(content.ParseHTML(src, options())); got != want {
			t.Errorf("%s\n got %q\nwant %q", src, got, want)
		}
	}
	doc := content.ParseHTML(`<table><caption>Tea</caption><tr><th>Name<th>Cups<tr><td>Ada<td>3</table>`, options())
	if got, want := content.Title(doc, 80), "Tea | Name | Cups | Ada | 3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTablesAreBounded(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"many cells":    "<table><tr><th>a<td>b<tr>" + strings.Repeat("<td>x", 20000),
		"many empties":  "<table><tr><th>a<td>b<tr>" + strings.Repeat("<td>", 120000),
		"many rows":     "<table><tr><th>a<td>b" + strings.Repeat("<tr><td>x<td>y", 20000),
		"many spans":    "<table>" + strings.Repeat("<tr><td rowspan=65534 colspan=1000>x", 9000),
		"many tables":   strings.Repeat("<table><tr><th>a<td>", 9000),
		"many heads":    "<table><tr><td>a" + strings.Repeat("<thead><tr><th>b", 20000),
		"cut in a row":  strings.Repeat("<p>a", 1994) + "<table><tr><th>a<th>b<tr><td>c<td>d</table>",
		"cut in a head": strings.Repeat("<p>a", 1995) + "<table><tr><th>a<th>b<tr><td>c<td>d</table>",
	} {
		check(t, name, content.ParseHTML(src, options()))
	}
	check(t, "Markdown", content.ParseMarkdown(strings.Repeat("|a", 39)+"\n"+strings.Repeat("|-", 39)+strings.Repeat("\n|b", 20000), options()))
}
