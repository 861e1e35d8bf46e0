package content_test

import (
	"testing"

	"vitrine/feeds/content"
)

func TestEveryBlockHasItsOwnDirection(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`<p>مرحبا.</p><p>English.</p>`:                   `<p dir="auto">مرحبا.</p><p dir="auto">English.</p>`,
		`<h2>שלום</h2>`:                                  `<h2 dir="auto">שלום</h2>`,
		`<ul><li>مرحبا<li>one</ul>`:                      `<ul dir="rtl"><li dir="auto">مرحبا</li><li dir="auto">one</li></ul>`,
		`<ol><li>one<ul><li>مرحبا</ul></ol>`:             `<ol dir="ltr"><li dir="auto">one<ul dir="rtl"><li dir="auto">مرحبا</li></ul></li></ol>`,
		`<blockquote>مرحبا<p>one</p></blockquote>`:       `<blockquote dir="rtl"><p dir="auto">مرحبا</p><p dir="auto">one</p></blockquote>`,
		`<blockquote>1 2 3</blockquote>`:                 `<blockquote dir="auto"><p dir="auto">1 2 3</p></blockquote>`,
		`<pre>مرحبا</pre>`:                               `<pre dir="ltr"><code>مرحبا</code></pre>`,
		`<details><summary>שלום</summary>a</details>`:    `<details dir="rtl"><summary>שלום</summary><p dir="auto">a</p></details>`,
		`<a href="https://a.example/@ada">@ada</a> 1`:    `<p dir="auto"><a href="https://a.example/@ada" class="u-url mention" rel="nofollow noopener noreferrer">@ada</a> 1</p>`,
		`<a href="https://a.example/@ada">@ada</a> שלום`: `<p dir="auto"><a href="https://a.example/@ada" class="u-url mention" rel="nofollow noopener noreferrer" dir="auto">@ada</a> שלום</p>`,
	} {
		if got := content.DirectedHTML(content.ParseHTML(src, options())); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}
