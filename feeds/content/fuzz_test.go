package content_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func FuzzParseHTML(f *testing.F) {
	for _, c := range hostile() {
		f.Add(c.src)
	}
	for _, s := range []string{
		"<p>a<br>b</p>", `<a href="https://a.example/@ada" class="mention">@ada</a>`, "<ul><li>a<ol><li>b</ol></ul>", "<ruby>a<rt>b<rp>c</ruby>",
		"<pre><code>\n x</code></pre>", `<p class="quote-inline">RE: x</p>`, "a :lamp: b\nc", "<b><p>x</b>y", "<h1><h2>x", "<table><tr><td>x<td><p>y",
		"<blockquote>a<hr>b", `<a href=/x rel=tag>#<span class=invisible>y</span><span class=ellipsis>z</a>`, "<ul>a<ul>b<blockquote>c",
		`<span class="quote-inline"><br>a<p>b</span>c`, `<code>a<a href=x>b<br>c`, `<img class=emoji alt=lamp>:<img class=emoji alt="lamp:">`,
		"<math>a<annotation encoding=application/x-tex>b</math>",
		"<table><caption>a<thead><tr><td>b<th>c<tbody><tr><td colspan=2>d<tr><td><ul><li>e</ul><td rowspan=0>f</table>", "<table>a<tr><td>b<table><tr><th>c<td>d</table>e",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) { check(t, src, content.ParseHTML(src, options())) })
}

func FuzzParsePlain(f *testing.F) {
	for _, s := range []string{"a\nb\n\nc", "see https://a.example/x_(y), or http://b.example.", ":lamp:", "xhttps://a.example", "https://a.example/:lamp:/", "http://http://a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		doc := content.ParsePlain(src, options())
		check(t, src, doc)
		for _, b := range doc.Blocks {
			if b.Kind != content.Paragraph {
				t.Errorf("%q: %s", src, sketch(doc.Blocks))
			}
		}
		line := content.Inline(src, options().Emoji)
		if again := content.Inline(content.InlineText(line), options().Emoji); !reflect.DeepEqual(again, line) {
			t.Errorf("%q: %s, then %s", src, sketch(line), sketch(again))
		}
	})
}

func FuzzParseMarkdown(f *testing.F) {
	for _, s := range []string{"# a\n\n- b\n  > c", "::: spoiler x\n*a*\n:::", "| a |\n|-|\n| b |", "<details><summary>a</summary>\n\nb\n</details>", "[a](b) ![c](d) <https://e.example>", "~a~ ^b^ ~~c~~ @d@e.example !f@g.example", "```x\ny"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) { check(t, src, content.ParseMarkdown(src, options())) })
}

func FuzzParseMFM(f *testing.F) {
	for _, s := range []string{"**a** $[x b] @c #d", "> a\n```\nb\n```", "$[ruby a b]", "[a](https://b.example) <plain>c</plain>", "<center>a\n\nb</center>", "\\[\na\n\\]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) { check(t, src, content.ParseMFM(src, options())) })
}

// BenchmarkParseHTML reads a page of a timeline: 40 posts as Mastodon writes them.
func BenchmarkParseHTML(b *testing.B) {
	var posts []string
	for i := range 40 {
		posts = append(posts, fmt.Sprintf(`<p><span class="h-card" translate="no"><a href="https://a.example/@ada" class="u-url mention">@<span>ada</span></a></span> `+
			`A post of the usual length &amp; kind, number %d, with :lamp: and a link: <a href="https://b.example/articles/%d" rel="nofollow noopener" translate="no" target="_blank">`+
			`<span class="invisible">https://</span><span class="ellipsis">b.example/articles/</span><span class="invisible">%d</span></a></p>`+
			`<p>%s<br />It ends with <a href="https://a.example/tags/tea" class="mention hashtag" rel="tag">#<span>tea</span></a></p>`,
			i, i, i, strings.Repeat("Some more words. ", i%20)))
	}
	o := options()
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range posts {
			content.ParseHTML(src, o)
		}
	}
}
