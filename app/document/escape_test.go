package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"vitrine/app/markup"
)

// hostile are texts that Markdown would make something of.
var hostile = []string{
	"# Head", "#tag", "Head\n===", "Head\n---", "- item", "+ item", "* item", "1. item", "12) item", "> quote", "    code", "```\ncode\n```", "~~~\ncode", "`code`", "``a`b``",
	"*em* _em_ **st** __st__ ~~del~~ ~x~", "[link](https://a.example)", "![img](https://a.example/x.png)", "[ref]: https://a.example", "[^1]: note", "[x] done", "- [ ] task",
	"<script>alert(1)</script>", "<a href=\"javascript:alert(1)\">x</a>", "<https://a.example>", "https://a.example www.a.example WWW.a.example ftp://a.example ada@a.example mailto:ada@a.example",
	"&amp; &lt;b&gt; &#35; &copy", "| a | b |\n| - | - |\n| 1 | 2 |", "a\n:-:\nb", "term\n: meaning", "***", "* * *", "___", "\\*not\\*", "ends with \\", "a\\\nb", "$x^2$ $$y$$", "{#id .class}",
	"---\ntitle: x\n---", "\t# tab", "a  \nb", "\u00a0# nbsp", "a\r\nb", "\u2028# line", "\x00\x07", "# #", "=", "-", "+", "1.", "[[wiki]]", ":smile:", "!\\[x](y)", "\u202e# bidi",
}

func parser() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
}

// liveIn names what isn't plain text in a paragraph of Markdown.
func liveIn(source string) string {
	live := ""
	src := []byte(source)
	_ = ast.Walk(parser().Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindDocument, ast.KindParagraph, ast.KindText, ast.KindString:
		default:
			if entering {
				live += " " + n.Kind().String()
			}
		}
		return ast.WalkContinue, nil
	})
	return live
}

func checkEscaped(t *testing.T, foreign string) {
	t.Helper()
	tree := markup.El("p", nil, markup.Text(foreign))
	written := markdown{}.block(tree)
	if live := liveIn(written); live != "" {
		t.Fatalf("%q is written as %q, in which live:%s", foreign, written, live)
	}
	heading := "## " + oneLine(escaped(foreign))
	if live := strings.TrimSpace(strings.Replace(liveIn(heading), " Heading", "", 1)); live != "" && strings.TrimSpace(oneLine(escaped(foreign))) != "" {
		t.Fatalf("%q is written as %q, in which live: %s", foreign, heading, live)
	}
	for _, holder := range []markup.Node{
		markup.El("blockquote", nil, tree), markup.El("ul", nil, markup.El("li", nil, tree)), markup.El("p", nil, markup.El("a", markup.At("href", "https://a.example/"), markup.Text(foreign))),
		markup.El("table", nil, markup.El("tr", nil, markup.El("td", nil, markup.Text(foreign)), markup.El("td", nil, markup.Text("x")))),
	} {
		live := liveIn(markdown{}.block(holder))
		for _, kind := range []string{"RawHTML", "HTMLBlock", "AutoLink", "Image", "CodeSpan", "FencedCodeBlock", "Emphasis", "Strikethrough", "Heading", "Footnote", "ThematicBreak"} {
			if strings.Contains(live, kind) {
				t.Fatalf("%q in %s is written as %q, in which live:%s", foreign, holder.Tag, markdown{}.block(holder), live)
			}
		}
		if holder.Tag == "p" && strings.Count(live, "Link") > 1 || holder.Tag == "table" && strings.Count(live, "TableCell") != 2 {
			t.Fatalf("%q is written as %q, in which live:%s", foreign, markdown{}.block(holder), live)
		}
	}
}

func TestNothingOfForeignTextIsMarkupInMarkdown(t *testing.T) {
	for _, s := range hostile {
		checkEscaped(t, s)
	}
	checkEscaped(t, strings.Join(hostile, "\n"))
}

func FuzzForeignTextInMarkdown(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) {
			checkEscaped(t, s)
		}
	})
}

func TestCodeKeepsItsTabs(t *testing.T) {
	const want = "```\nif x {\n\treturn\n}\n```"
	if got := fenced(markup.El("pre", nil, markup.El("code", nil, markup.Text("if x {\n\treturn\x07\n}\n")))); got != want {
		t.Errorf("%q", got)
	}
}

func TestCodeIsCodeWhateverItHolds(t *testing.T) {
	for _, s := range []string{"`", "``", "a`b", "```\n", "~~~", "<b>", "a | b", "\\"} {
		if s := strings.TrimSpace(s); code(s) != "" {
			if live := liveIn(code(s)); live != " CodeSpan" {
				t.Errorf("%q is written as %q, in which live:%s", s, code(s), live)
			}
		}
		block := fenced(markup.El("pre", markup.At("title", "go`x\n<"), markup.El("code", nil, markup.Text(s+"\n# not a head"))))
		if live := liveIn(block); live != " FencedCodeBlock" {
			t.Errorf("%q is written as %q, in which live:%s", s, block, live)
		}
	}
}
