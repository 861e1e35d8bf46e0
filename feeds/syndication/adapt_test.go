package syndication

import (
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

func TestTitlesArePlainText(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"AT&amp;T", "AT&T"},
		{"Q&amp;amp;A", "Q&A"},
		{"It&amp;#8217;s", "It’s"},
		{"<![CDATA[Q&amp;A]]>", "Q&A"},
		{"<![CDATA[<em>Very</em> good]]>", "Very good"},
		{"&lt;b&gt;Bold&lt;/b&gt; &amp;amp; loud", "Bold & loud"},
		{"&amp;lt;i&amp;gt;Twice&amp;lt;/i&amp;gt;", "<i>Twice</i>"},
		{"<![CDATA[How should &lt;wbr&gt; work?]]>", "How should <wbr> work?"},
		{"Images: &amp;lt;img&amp;gt; or &amp;lt;picture&amp;gt;?", "Images: <img> or <picture>?"},
		{"The &amp;lt;/p&amp;gt; you may leave out", "The </p> you may leave out"},
		{"The &lt;/p&gt; you may leave out", "The </p> you may leave out"},
		{"When to use &lt;br&gt; and when &lt;hr&gt;", "When to use <br> and when <hr>"},
		{"Images: &lt;img&gt; or &lt;picture&gt;?", "Images: <img> or <picture>?"},
		{"&lt;p&gt; and &lt;/p&gt;: which is needed?", "<p> and </p>: which is needed?"},
		{"One line&lt;br&gt;and another", "One line and another"},
		{"Search ?line=4&amp;region=north&amp;copy=1", "Search ?line=4&region=north&copy=1"},
		{"Search ?line=4&region=north&copy=1", "Search ?line=4&region=north&copy=1"},
		{"One &amp;semi; two; &amp;notin; three; &amp;nothing; four", "One ; two; ∉ three; &nothing; four"},
		{"The &lt;p&gt; element", "The <p> element"},
		{"1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2"},
		{"<i>Not</i> escaped", "Not escaped"},
		{"two\n\tlines&nbsp;and&eacute;", "two lines andé"},
		{"&", "&"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := readOne(t, "<title>"+tt.in+"</title><description>words</description>").Title; got != tt.want {
			t.Errorf("%q is %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTitlesOfAtomAreDecodedOnce(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<title type="html">When to use &amp;lt;br&amp;gt; and when &amp;lt;hr&amp;gt;</title>`:                           "When to use <br> and when <hr>",
		`<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">When to use <code>&lt;br&gt;</code></div></title>`: "When to use <br>",
		`<title type="html">&amp;amp;lt; is written for &amp;lt;</title>`:                                                 "&lt; is written for <",
		`<title>Use &lt;b&gt;this&lt;/b&gt;</title>`:                                                                      "Use <b>this</b>",
		`<title type="html">&lt;b&gt;Bold&lt;/b&gt;</title>`:                                                              "Bold",
	} {
		_, posts := readAll(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id>`+in+`<summary>words</summary></entry></feed>`)
		if posts[0].Title != want {
			t.Errorf("%s is %q, want %q", in, posts[0].Title, want)
		}
	}
}

func TestAddressesKeepTheirAmpersands(t *testing.T) {
	t.Parallel()
	_, posts := readAll(t, rss("<item><title>x</title><link>https://blog.example/list?line=4&region=north&copy=1</link></item>"))
	if got := posts[0].URL; got != "https://blog.example/list?line=4&region=north&copy=1" {
		t.Error(got)
	}
	_, posts = readAll(t, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Films</title><entry><id>urn:1</id><title>A film</title>`+
		`<link href="https://film.example/watch?v=1&region=2"/><media:group><media:description>Map: https://film.example/map?a=1&amp;region=north</media:description></media:group></entry></feed>`)
	if got := content.HTML(posts[0].Body); !strings.Contains(got, `href="https://film.example/map?a=1&amp;region=north"`) || posts[0].URL != "https://film.example/watch?v=1&region=2" {
		t.Error(got, posts[0].URL)
	}
}

func TestATitleThatTheSoftwareMadeIsLeftOut(t *testing.T) {
	t.Parallel()
	tests := []struct{ title, body, want string }{
		{"The long way ho…", "The long way home is long.", ""},
		{"The long way...", "The long way home is long.", ""},
		{"The same", "The same", ""},
		{"Home", "Home is far away.", "Home"},
		{"Wait…", "Another text", "Wait…"},
	}
	for _, tt := range tests {
		if got := readOne(t, "<title>"+tt.title+"</title><description>"+tt.body+"</description>").Title; got != tt.want {
			t.Errorf("%q: %q, want %q", tt.title, got, tt.want)
		}
	}
}

func TestContentWarningsOfGoToSocialAreTitles(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, title, summary, body, warning, text string }{
		{"none", "Hello ever...", `made a new post: "Hello everyone!"`, "<p>Hello everyone!</p>", "", "Hello everyone!"},
		{"one", "fish & chips", `posted 1 attachment: "Hello everyone!"`, "<p>Hello everyone!</p>", "fish & chips", "Hello everyone!"},
		{"pictures alone", "", `posted [3] attachments`, "", "", ""},
		{"pictures with one", "fish", `posted [3] attachments`, "", "fish", ""},
	}
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;")
	for _, tt := range tests {
		_, posts := readAll(t, rss("<item><guid>https://blog.example/@ada/statuses/01HX</guid><title>"+escape.Replace(tt.title)+"</title><description>@ada@blog.example "+
			tt.summary+"</description><content:encoded>"+escape.Replace(tt.body)+"</content:encoded></item>"))
		p := posts[0]
		if text := content.PlainText(p.Body); p.Title != "" || p.Warning != tt.warning || text != tt.text || p.Author.User != "ada" {
			t.Errorf("%s: %q, %q, %q", tt.name, p.Title, p.Warning, text)
		}
	}
}

func TestTextsAreReadAsTheyAreMeant(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, parts, want string }{
		{"escaped HTML", `<description>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</description>`, "<p>A &amp; B</p>"},
		{"CDATA", `<description><![CDATA[<p>A &amp; B</p>]]></description>`, "<p>A &amp; B</p>"},
		{"HTML that isn't escaped", `<description><p>A<br>B</p></description>`, "<p>A<br/>B</p>"},
		{"HTML escaped twice", `<description>&amp;lt;p&amp;gt;A&amp;lt;/p&amp;gt;</description>`, "<p>A</p>"},
		{"plain text with lines", "<description>A\nB\n\nC</description>", "<p>A<br/>B</p><p>C</p>"},
		{"plain text with entities", `<description>A &amp;amp; B&amp;#8230;</description>`, "<p>A &amp; B…</p>"},
		{"a text about HTML", `<description>&lt;p&gt;Use &amp;lt;b&amp;gt;.&lt;/p&gt;</description>`, "<p>Use &lt;b&gt;.</p>"},
		{"a plain text about HTML", `<description>Use &amp;lt;p&amp;gt; well</description>`, "<p>Use &lt;p&gt; well</p>"},
		{"a plain text about HTML that begins with it", `<description>&amp;lt;br&amp;gt; ends a line, &amp;lt;/p&amp;gt; a paragraph</description>`, "<p>&lt;br&gt; ends a line, &lt;/p&gt; a paragraph</p>"},
		{"HTML of one piece that speaks of HTML", `<content:encoded>&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;</content:encoded>`, "<p>&lt;b&gt;bold&lt;/b&gt;</p>"},
		{"an address with a name of HTML in it", `<description>http://blog.example/list?line=4&amp;region=north&amp;copy=1</description>`,
			`<p><a href="http://blog.example/list?line=4&amp;region=north&amp;copy=1" rel="nofollow noopener noreferrer">http://blog.example/list?line=4&amp;region=north&amp;copy=1</a></p>`},
		{"an address that isn't escaped", `<description>http://blog.example/?a=1&section=2</description>`,
			`<p><a href="http://blog.example/?a=1&amp;section=2" rel="nofollow noopener noreferrer">http://blog.example/?a=1&amp;section=2</a></p>`},
		{"an address in HTML", `<description>&lt;a href="/?a=1&amp;region=2&amp;copy=3"&gt;A&lt;/a&gt;</description>`, `<p><a href="https://blog.example/?a=1&amp;region=2&amp;copy=3" rel="nofollow noopener noreferrer">A</a></p>`},
		{"all before a part", `<description>Part</description><content:encoded>&lt;p&gt;All&lt;/p&gt;</content:encoded>`, "<p>All</p>"},
		{"all, wherever it stands", `<content:encoded>&lt;p&gt;All&lt;/p&gt;</content:encoded><description>Part</description>`, "<p>All</p>"},
		{"an empty whole", `<description>Part</description><content:encoded/>`, "<p>Part</p>"},
		{"a relative address", `<description>&lt;a href="2"&gt;2&lt;/a&gt;</description>`, `<p><a href="https://blog.example/2" rel="nofollow noopener noreferrer">2</a></p>`},
		{"a script", `<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href="javascript:x()"&gt;A&lt;/a&gt;</description>`, "<p>A</p>"},
		{"nothing", ``, ""},
	}
	for _, tt := range tests {
		if got := content.HTML(readOne(t, "<title>x</title>"+tt.parts).Body); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, item, key, uri, id string
	}{
		{"a link", "<link>/1</link><guid isPermaLink='false'>x</guid>", "https://blog.example/1", "", "https://blog.example/1"},
		{"a guid that is the address", "<guid>https://blog.example/2</guid>", "https://blog.example/2", "", "https://blog.example/2"},
		{"a guid alone", "<title>x</title><guid>tag:2</guid>", feedAddress + "#tag:2", "", feedAddress + "#tag:2"},
		{"the link of the site", "<link>https://blog.example/</link><guid>3</guid>", feedAddress + "#3", "", feedAddress + "#3"},
		{"a post of Mastodon", "<link>/@ada/7</link><guid>https://blog.example/@ada/7</guid>", "https://blog.example/@ada/7", "https://blog.example/@ada/7", "7"},
		{"its id", "<link>/@ada/7</link><guid>https://blog.example/users/ada/statuses/7</guid>",
			"https://blog.example/users/ada/statuses/7", "https://blog.example/users/ada/statuses/7", "7"},
		{"a copy of it", "<guid>https://other.example/@ada/7</guid>", "https://other.example/@ada/7", "https://other.example/@ada/7", "https://other.example/@ada/7"},
		{"a post of GoToSocial", "<guid>https://blog.example/@ada/statuses/01HX</guid>",
			"https://blog.example/@ada/statuses/01HX", "https://blog.example/@ada/statuses/01HX", "01HX"},
		{"a post of Misskey", "<guid>https://blog.example/notes/9x0000000a</guid>", "https://blog.example/notes/9x0000000a", "https://blog.example/notes/9x0000000a", "9x0000000a"},
		{"a note of a blog", "<guid>https://blog.example/notes/on-tides-2</guid>", "https://blog.example/notes/on-tides-2", "", "https://blog.example/notes/on-tides-2"},
		{"a post of Pleroma", "<guid>https://blog.example/objects/3b241101-e2bb-4255-8caf-4136c566a962</guid>",
			"https://blog.example/objects/3b241101-e2bb-4255-8caf-4136c566a962", "https://blog.example/objects/3b241101-e2bb-4255-8caf-4136c566a962", "https://blog.example/objects/3b241101-e2bb-4255-8caf-4136c566a962"},
		{"a post of Lemmy", "<link>https://blog.example/pictrs/1.png</link><guid>https://blog.example/post/7</guid>", "https://blog.example/post/7", "", "7"},
		{"an address like it", "<guid>https://blog.example/@ada/7?x</guid>", "https://blog.example/@ada/7?x", "", "https://blog.example/@ada/7?x"},
		{"a file alone", "<enclosure url='/a.mp3'/>", "https://blog.example/a.mp3", "", "https://blog.example/a.mp3"},
		{"a script", "<link>javascript:1</link><guid>javascript:2</guid><title>x</title>", feedAddress + "#javascript:2", "", feedAddress + "#javascript:2"},
	}
	for _, tt := range tests {
		_, posts := readAll(t, rss("<item>"+tt.item+"</item>"))
		if p := posts[0]; string(p.Key) != tt.key || p.URI != tt.uri || p.Sightings[0].ID != tt.id {
			t.Errorf("%s: %q, %q, %q", tt.name, p.Key, p.URI, p.Sightings[0].ID)
		}
	}
}

func TestItemsAreParted(t *testing.T) {
	t.Parallel()
	item := func(link, guid, title string) string {
		return "<item><link>" + link + "</link><guid isPermaLink='false'>" + guid + "</guid><title>" + title + "</title></item>"
	}
	_, posts := readAll(t, rss(item("/a", "1", "A"), item("/b", "2", "B"), item("/b", "3", "C"), item("/b", "3", "C again")))
	var titles []string
	for _, p := range posts {
		titles = append(titles, p.Title)
	}
	if got := strings.Join(titles, " "); got != "A B C C again" {
		t.Error(got)
	}
	_, posts = readAll(t, rss("<item><title>A</title></item>", "<item><title>A</title></item>", "<item><title>B</title></item>"))
	if len(posts) != 2 {
		t.Errorf("%d posts without any address", len(posts))
	}
}

func TestWhatSeveralItemsShareIdentifiesNone(t *testing.T) {
	t.Parallel()
	numbered := func(parts string) (items []string) {
		for _, n := range []string{"1", "2", "3"} {
			items = append(items, "<item>"+strings.ReplaceAll(parts, "%", n)+"</item>")
		}
		return items
	}
	tests := []struct {
		name  string
		items []string
		want  int
	}{
		{"the link of the site", numbered("<title>%</title><link>https://blog.example/</link>"), 3},
		{"the link of the site, written otherwise", numbered("<title>%</title><link>https://blog.example</link>"), 3},
		{"another link", numbered("<title>%</title><link>https://blog.example/news</link>"), 3},
		{"a link, with different texts", numbered("<description>%</description><link>https://blog.example/news</link>"), 3},
		{"a link, with different dates", numbered("<title>x</title><pubDate>0% Mar 2026 10:00:00 GMT</pubDate><link>https://blog.example/news</link>"), 3},
		{"a guid that is no address", numbered("<title>%</title><guid isPermaLink='false'>N/A</guid>"), 3},
		{"a guid that is an address", numbered("<title>%</title><guid>https://blog.example/all</guid>"), 3},
		{"the address of a post", numbered("<description>%</description><guid>https://blog.example/@ada/7</guid>"), 3},
		{"a file", numbered("<title>%</title><enclosure url='/jingle.mp3' type='audio/mpeg'/>"), 3},
		{"a guid and a link", numbered("<title>%</title><guid isPermaLink='false'>x</guid><link>https://blog.example/news</link>"), 3},
		{"a guid with links of their own", numbered("<title>Photo</title><guid isPermaLink='false'>x</guid><link>https://blog.example/%</link>"), 3},
		{"everything", numbered("<title>x</title><link>https://blog.example/news</link><guid>x</guid>"), 1},
	}
	for _, tt := range tests {
		if _, posts := readAll(t, rss(tt.items...)); len(posts) != tt.want {
			t.Errorf("%s: %d posts, want %d", tt.name, len(posts), tt.want)
		}
	}
	read := func(body string) int {
		_, page, err := Read([]byte(body), "", feedAddress, feedstest.Epoch())
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Posts)
	}
	if n := read(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x</id><title>1</title></entry><entry><id>urn:x</id><title>2</title></entry></feed>`); n != 2 {
		t.Errorf("Atom: %d posts", n)
	}
	if n := read(`{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","content_text":"a"},{"id":"1","content_text":"b"}]}`); n != 2 {
		t.Errorf("JSON Feed: %d posts", n)
	}
}

func TestDatesOfItems(t *testing.T) {
	t.Parallel()
	day := func(s string) string { return "<pubDate>" + s + " Nov 2026 10:00:00 GMT</pubDate>" }
	_, posts := readAll(t, rss(
		"<item><title>2</title>"+day("2")+"</item>", "<item><title>2b</title></item>", "<item><title>9</title>"+day("9")+"</item>", "<item><title>9b</title></item>"))
	var order []string
	for _, p := range posts {
		order = append(order, p.Title)
	}
	if got := strings.Join(order, " "); got != "2b 9b 9 2" {
		t.Error(got)
	}
	_, posts = readAll(t, rss("<item><title>A</title></item>", "<item><title>B</title></item>"))
	if !posts[0].Undated || posts[0].Title != "A" || !posts[0].Published.Equal(feedstest.Epoch()) || !posts[1].Undated || feedstest.Epoch().Sub(posts[1].Published) > time.Second {
		t.Error(posts[0].Published, posts[1].Published)
	}
	for name, parts := range map[string]string{
		"no date, in a feed that has one": "",
		"a date that can't be read":       "<pubDate>soon</pubDate>",
		"a date that is to come":          "<pubDate>Mon, 02 Mar 2099 18:55:00 GMT</pubDate>",
	} {
		author, posts := readAll(t, rss("<lastBuildDate>Mon, 02 Mar 2026 18:55:00 GMT</lastBuildDate>", "<item><title>A</title>"+parts+"</item>"))
		if p := posts[0]; !p.Undated || !p.Published.Equal(feedstest.Epoch()) || !p.Edited.IsZero() || !author.LastPost.IsZero() {
			t.Errorf("%s: %+v", name, p)
		}
	}
	p := readOne(t, `<dc:date>2026-11-01T10:00:00Z</dc:date><a:updated xmlns:a="http://www.w3.org/2005/Atom">2026-11-01T10:00:59Z</a:updated>`)
	if !p.Edited.IsZero() {
		t.Errorf("edited within a minute: %s", p.Edited)
	}
}

func TestMediaOfItems(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, parts, want string }{
		{"an enclosure by its type", `<enclosure url="/a" type="audio/mpeg" length="5"/>`, "audio /a"},
		{"an enclosure by its name", `<enclosure url="/a.MP4?x=.mp3"/>`, "video /a.MP4?x=.mp3"},
		{"a document", `<enclosure url="/a.pdf" type="application/pdf"/>`, "unknown /a.pdf"},
		{"a torrent", `<enclosure url="/a.torrent" type="application/x-bittorrent"/>`, "unknown /a.torrent"},
		{"a torrent of a film", `<enclosure url="/a.mp4" type="video/mp4"/><enclosure url="/a.torrent" type="application/x-bittorrent"/>`, "video /a.mp4"},
		{"a page", `<enclosure url="/a" type="text/html"/>`, "unknown /a"},
		{"an enclosure of no type and no name", `<enclosure url="/download?id=5"/>`, "unknown /download?id=5"},
		{"a player", `<media:content url="/player" type="text/html"/>`, ""},
		{"an episode's own picture", `<enclosure url="/a.mp3" type="audio/mpeg"/><itunes:image href="/a.jpg"/>`, "audio /a.mp3 (/a.jpg)"},
		{"an episode's pictures in several sizes", `<enclosure url="/a.mp3" type="audio/mpeg"/><podcast:images srcset="/s.jpg 100w, /l.jpg 1500w"/>`, "audio /a.mp3 (/l.jpg)"},
		{"pictures by query", `<description>&lt;img src="/file.php?id=1"&gt;&lt;img src="/file.php?id=2"&gt;</description>`, "image /file.php?id=1; image /file.php?id=2"},
		{"pictures behind a resizer", `<description>&lt;img src="/_next/image?url=%2Fa.jpg&amp;amp;w=640"&gt;&lt;img src="/_next/image?url=%2Fb.jpg&amp;amp;w=640"&gt;&lt;img src="/_next/image?url=%2Fa.jpg&amp;amp;w=1200"&gt;</description>`,
			"image /_next/image?url=%2Fa.jpg&w=640; image /_next/image?url=%2Fb.jpg&w=640"},
		{"pictures that are asked for in a size", `<description>&lt;img src="/a.jpg?w=300&amp;amp;ssl=1"&gt;&lt;img src="/a.jpg?w=1024"&gt;</description>`, "image /a.jpg?w=300&ssl=1"},
		{"an enclosure whose query differs in the text", `<enclosure url="/a.jpg?v=2" type="image/jpeg"/><description>&lt;img src="/a.jpg?itok=x"&gt;</description>`, "image /a.jpg?v=2"},
		{"a picture that a script loads", `<description>&lt;img src="/blank.gif" data-src="/a.jpg"&gt;&lt;img src="data:image/gif;base64,x" data-lazy-src="/b.jpg"&gt;&lt;img data-srcset="/c.jpg 300w, /d.jpg 900w"&gt;</description>`,
			"image /a.jpg; image /b.jpg; image /d.jpg"},
		{"pictures in sets", `<description>&lt;img srcset="/a.jpg, /b.jpg 2x"&gt;&lt;picture&gt;&lt;source srcset="/c.webp 600w"&gt;&lt;img src="data:x" alt="C"&gt;&lt;/picture&gt;&lt;img src="data:x"&gt;</description>`, "image /b.jpg; image /c.webp C"},
		{"a picture for those without scripts", `<description>&lt;img src="data:x" data-src="/a.jpg"&gt;&lt;noscript&gt;&lt;img src="/a.jpg" alt="A"&gt;&lt;/noscript&gt;&lt;noscript&gt;&lt;img src="/b.jpg" alt="B"&gt;&lt;/noscript&gt;</description>`, "image /a.jpg; image /b.jpg B"},
		{"a script", `<enclosure url="javascript:1" type="image/png"/>`, ""},
		{"the same twice", `<enclosure url="/a.png" type="image/png"/><media:content url="/a.png" medium="image"><media:description>A</media:description></media:content>`, "image /a.png A"},
		{"a thumbnail alone", `<media:thumbnail url="/a.jpg"/>`, "image /a.jpg"},
		{"a thumbnail of a film", `<media:thumbnail url="/a.jpg"/><enclosure url="/a.mp4"/>`, "video /a.mp4 (/a.jpg)"},
		{"a face", `<media:thumbnail url="/a.jpg" width="30" height="30"/>`, ""},
		{"a picture in the text", `<description>&lt;img src="/a-300x200.png?w=1" alt="A &amp;amp; B"&gt;</description>`, "image /a-300x200.png?w=1 A & B"},
		{"a picture in the text too", `<media:content url="/a.png" medium="image"/><description>&lt;img src="/a-300x200.png"&gt;</description>`, "image /a.png"},
		{"a pixel in the text", `<description>&lt;img src="/a.gif" width="1" height="1"&gt;&lt;img src="data:image/gif;base64,x"&gt;</description>`, ""},
		{"a film with a link for those that play none", `<description>Watch &lt;video src="/a.mp4" title="The harbour"&gt;&lt;source src="/b.mp4"&gt;&lt;a href="/a.mp4"&gt;Get it&lt;/a&gt;&lt;/video&gt; it</description>`, "video /a.mp4 The harbour"},
		{"a film in the text", `<description>&lt;video poster="/p.png"&gt;&lt;source src="/a.webm" type="video/webm"&gt;&lt;source src="/a.mp4"&gt;&lt;/video&gt;</description>`, "video /a.webm (/p.png)"},
		{"a smiley", `<description>&lt;img class="wp-smiley" alt=":)" src="/smile.png"&gt;</description>`, ""},
	}
	for _, tt := range tests {
		p := readOne(t, "<title>x</title>"+tt.parts)
		if s := mediaIn(p); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}

// mediaIn writes the media of a post as "kind address alt (preview)".
func mediaIn(p *feeds.Post) string {
	var got []string
	for _, m := range p.Media {
		s := string(m.Kind) + " " + strings.TrimPrefix(m.URL, "https://blog.example")
		if m.Alt != "" {
			s += " " + m.Alt
		}
		if m.Preview != "" {
			s += " (" + strings.TrimPrefix(m.Preview, "https://blog.example") + ")"
		}
		got = append(got, s)
	}
	return strings.Join(got, "; ")
}

func TestSensitiveItems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, channel, item string
		want                bool
	}{
		{"nothing said", "", "", false},
		{"the feed", "<itunes:explicit>yes</itunes:explicit>", "", true},
		{"the item before the feed", "<itunes:explicit>true</itunes:explicit>", "<itunes:explicit>clean</itunes:explicit>", false},
		{"an item", "", "<itunes:explicit>Explicit</itunes:explicit>", true},
		{"one of its pictures", "", `<media:content url="/a.png"><media:rating>nonadult</media:rating></media:content><media:content url="/b.png"><media:rating scheme="urn:simple">adult</media:rating></media:content>`, true},
		{"another scheme", "", `<media:rating scheme="urn:mpaa">adult</media:rating>`, false},
	}
	for _, tt := range tests {
		_, posts := readAll(t, rss(tt.channel, "<item><title>x</title>"+tt.item+"</item>"))
		if posts[0].Sensitive != tt.want {
			t.Errorf("%s: %t", tt.name, posts[0].Sensitive)
		}
	}
}

func TestLicencesOfItemsAndFeeds(t *testing.T) {
	t.Parallel()
	by := feeds.License{Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/"}
	for name, c := range map[string]struct {
		channel, item string
		want          *feeds.License
	}{
		"nothing said":               {"", "", nil},
		"the feed's rights":          {"<copyright>© The\n paper</copyright>", "", &feeds.License{Name: "© The paper"}},
		"a licence beside rights":    {"<copyright>© The paper</copyright><creativeCommons:license>" + by.URL + "</creativeCommons:license><copyright>x</copyright>", "", &by},
		"the item before the feed":   {"<copyright>© The paper</copyright>", `<cc:license rdf:resource="` + by.URL + `"/>`, &by},
		"a link (RFC 4946)":          {"", `<atom:link rel="license" href="` + by.URL + `"/>`, &by},
		"a podcast's":                {"", `<podcast:license url="https://a.example/terms">our own</podcast:license>`, &feeds.License{Name: "our own", URL: "https://a.example/terms"}},
		"of Media RSS":               {"", `<media:license href="/terms">ours</media:license>`, &feeds.License{Name: "ours", URL: "https://blog.example/terms"}},
		"an address that is no link": {"", `<cc:license rdf:resource="javascript:alert(1)"/>`, nil},
		"markup in it":               {"", `<dc:rights>&lt;b&gt;Mine&lt;/b&gt;</dc:rights>`, &feeds.License{Name: "Mine"}},
	} {
		_, posts := readAll(t, rss(c.channel, "<item><title>x</title>"+c.item+"</item>"))
		if got := posts[0].License; (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestALinkBlogKeepsItsOwnPage(t *testing.T) {
	t.Parallel()
	p := readOne(t, "<title>x</title>")
	if p.Card != nil {
		t.Errorf("%+v", p.Card)
	}
	_, posts := readAll(t, rss("<item><title>x</title><link>https://news.example/a</link><guid>https://blog.example/7</guid></item>"))
	p = posts[0]
	if p.URL != "https://blog.example/7" || p.Card == nil || p.Card.URL != "https://news.example/a" || p.Card.Title != "x" || p.Card.Provider != "news.example" {
		t.Errorf("%+v %+v", p, p.Card)
	}
}

func TestEntriesOfOStatusThatAreNoPosts(t *testing.T) {
	t.Parallel()
	entry := func(parts string) string {
		return "<entry><id>" + parts + "</id><title>New note by ada</title><content type='html'>&lt;p&gt;A&lt;/p&gt;</content>" + parts + "</entry>"
	}
	_, posts := readAll(t, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:ac="http://activitystrea.ms/spec/1.0/" xmlns:mastodon="http://mastodon.social/schema/1.0">`+
		entry(`<ac:verb>http://activitystrea.ms/schema/1.0/post</ac:verb><ac:object-type>http://activitystrea.ms/schema/1.0/note</ac:object-type>`)+
		entry(`<ac:verb>http://activitystrea.ms/schema/1.0/follow</ac:verb>`)+entry(`<mastodon:scope>private</mastodon:scope>`)+`</feed>`)
	if len(posts) != 1 || posts[0].Title != "" {
		t.Errorf("%d posts", len(posts))
	}
}

func TestCostIsBounded(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<a>", 10_000)
	_, posts := readAll(t, rss("<item><title>x</title><description>"+deep+"deep"+"</description></item>", "<item><title>y</title></item>"))
	if len(posts) == 0 {
		t.Error("no posts")
	}
	_, posts = readAll(t, rss(strings.Repeat("<item><title>x</title><guid>1</guid></item>", 10), strings.Repeat("<item/>", 100_000)))
	if len(posts) != 1 {
		t.Errorf("%d posts", len(posts))
	}
	for _, open := range []string{"&lt;a ", "&amp;lt;a ", "&lt;b", "&lt;b>&lt;", "<a ", "<![CDATA[", "<!--", "&", "<a>"} { // what has no end must not be looked for again and again
		_, _, _ = Read([]byte(rss("<item><title>"+strings.Repeat(open, 300_000)+"</title></item>")), "", feedAddress, feedstest.Epoch())
		_, _, _ = Read([]byte(rss("<item><description>"+strings.Repeat(open, 300_000)+"</description></item>")), "", feedAddress, feedstest.Epoch())
		Discover([]byte(strings.Repeat(open, 300_000)), feedAddress)
	}
	var many strings.Builder
	for i := range maxItems + 10 {
		many.WriteString("<item><guid>" + strings.Repeat("i", i+1) + "</guid><title>x</title></item>")
	}
	if _, posts = readAll(t, rss(many.String())); len(posts) != maxItems {
		t.Errorf("%d posts", len(posts))
	}
}

var _ feeds.Syndicated = (*Source)(nil)

func TestSpacesStayInATextThatIsDeclaredPlain(t *testing.T) {
	t.Parallel()
	_, posts := readAll(t, `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","content_text":"a   b\n  c"}]}`)
	if got, want := content.PlainText(posts[0].Body), "a   b\n  c"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestThePicturesOfAJSONFeedsItemAreShownOnce(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]string{
		`"image":"/i.jpg"`:                                                                                   "image /i.jpg",
		`"image":"/i.jpg","banner_image":"/b.jpg"`:                                                           "image /i.jpg; image /b.jpg",
		`"image":"/i.jpg","banner_image":"/i.jpg"`:                                                           "image /i.jpg",
		`"image":"/i.jpg","content_html":"<img src='/t.png'>"`:                                               "image /t.png; image /i.jpg",
		`"image":"/i.jpg","content_html":"<img src='/i-300x200.jpg' alt='I'>"`:                               "image /i-300x200.jpg I",
		`"banner_image":"/b.jpg","attachments":[{"url":"/a.png","mime_type":"image/png"}]`:                   "image /a.png; image /b.jpg",
		`"image":"/a.png","attachments":[{"url":"/a.png","mime_type":"image/png","title":"A"}]`:              "image /a.png A",
		`"image":"/i.jpg","banner_image":"/b.jpg","attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg"}]`: "audio /a.mp3 (/i.jpg); image /b.jpg",
		`"image":"javascript:1","banner_image":null`:                                                         "",
	} {
		_, posts := readAll(t, `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","content_text":"x",`+fields+`}]}`)
		if got := mediaIn(posts[0]); got != want {
			t.Errorf("%s: %q, want %q", fields, got, want)
		}
	}
}
