package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// feedTitle is what a feed of the fixture is called; it is escaped wherever it stands.
const feedTitle = `Rathaus "A&B" <em>`

// serveFeeds serves the site for a path with official feeds beside it, and returns the address of the start page.
func (s *fixture) serveFeeds(t testing.TB, base string) string {
	t.Helper()
	files, tree := s.render(t, base), fstest.MapFS{}
	for name, data := range files {
		if strings.HasPrefix(name, "assets/site.") {
			var about map[string]any
			if err := json.Unmarshal(data, &about); err != nil {
				t.Fatal(err)
			}
			about["feeds"] = []map[string]any{
				{"name": "town", "title": feedTitle, "language": "de", "addresses": []string{"@rathaus@" + s.host("norderau")}},
				{"name": "port", "title": "Port", "language": "en", "addresses": []string{s.host("hafenlicht")}},
			}
			var err error
			if data, err = json.Marshal(about); err != nil {
				t.Fatal(err)
			}
		}
		tree[name] = &fstest.MapFile{Data: data}
	}
	tree["feeds/town/embed.html"] = &fstest.MapFile{Data: []byte(`<!doctype html><html lang="de"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Rathaus</title><p>Glatteis auf der Uferstraße.</p></html>`)}
	tree["feeds/town/report.json"] = &fstest.MapFile{Data: []byte(`{"version":1,"name":"town","csp":{"include":"style-src 'self'; img-src 'self'","element":"script-src 'self'; connect-src 'self'"},
		"kit":{"embed.js":{"file":"embed.0123456789ab.js","integrity":"sha384-ELEMENT"},"embed-height.js":{"file":"embed-height.0123456789ab.js","integrity":"sha384-HEIGHT"}}}`)}
	server := httptest.NewServer(http.StripPrefix(strings.TrimSuffix(base, "/"), http.FileServerFS(tree)))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + base
}

// snippet is the text of a box.
func (p *tab) snippet(name string) string {
	p.t.Helper()
	return p.text(`[data-part="` + name + `"] code`)
}

func (p *tab) checkSnippet(name string, parts ...string) {
	p.t.Helper()
	for _, part := range parts {
		if got := p.snippet(name); !strings.Contains(got, part) {
			p.t.Errorf("%s: %q is not in %s", name, part, got)
		}
	}
}

func testBuilder(t *testing.T, s *fixture) {
	p := s.tab(t)
	base := s.serveFeeds(t, "/reader/")
	origin := strings.TrimSuffix(base, "/reader/")
	p.open(base + "#/settings")
	p.waitForView("#/settings")
	p.run(clickElement(`document.querySelector('main a[href="#/embed"]')`))
	p.waitForView("#/embed")
	p.checkSnippet("page", `<!--#include virtual="/reader/feeds/town/fragment.html" -->`, `<link rel="stylesheet" href="`+base+`embed.css">`)
	p.wait("the build's own policy", `document.querySelector('[data-part=policy] code')?.innerText === "style-src 'self'; img-src 'self'"`)
	p.wait("the preview", `document.querySelector('iframe.preview')?.getAttribute('src') === '/reader/feeds/town/embed.html'`)
	if p.count("main h1") != 1 || p.count("main :is(input, select):not([type=radio])") != eval[int](p, `[...document.querySelectorAll('main :is(input, select):not([type=radio])')].filter((c) => c.labels.length).length`) {
		t.Error("a control has no label, or the page not one title")
	}
	source := axe(t)
	look := func(name string) {
		for _, screen := range []size{phone(), desktop()} {
			for _, scheme := range []string{"light", "dark"} {
				p.setSize(screen)
				p.setColorScheme(scheme)
				p.wait("colours to stand still", `document.getAnimations().every((a) => a.playState !== 'running')`)
				p.fullScreenshot("builder-" + name + "-" + screen.name + "-" + scheme)
				for _, v := range violations(p, source) {
					t.Errorf("%s (%s, %s): %s", name, scheme, screen.name, v)
				}
			}
		}
		p.setColorScheme("light")
	}
	look("include")

	steps := eval[int](p, "history.length")
	p.click(`input[name=way][value=iframe]`)
	p.click(`input[name=theme][value=dark]`)
	p.wait("the frame's code", `document.querySelector('[data-part=page] code')?.innerText.includes('#dark"')`)
	p.checkSnippet("page", `<iframe data-vitrine src="`+base+`feeds/town/embed.html#dark"`, `title="Rathaus &#34;A&amp;B&#34; &lt;em&gt;"`,
		`<script src="`+base+`embed-height.0123456789ab.js" integrity="sha384-HEIGHT" crossorigin="anonymous" defer></script>`)
	p.checkSnippet("policy", "frame-src "+origin)
	p.wait("the preview in the dark", `document.querySelector('iframe.preview')?.src.endsWith('/feeds/town/embed.html#dark')`)
	if got := eval[int](p, "history.length"); got != steps {
		t.Errorf("the preview left %d steps in the history", got-steps)
	}

	p.click(`input[name=way][value=element]`)
	p.click(`input[name=theme][value=light]`)
	p.run(chromedp.SetValue("#limit", "5", chromedp.ByQuery), chromedp.SetValue("#load", "live", chromedp.ByQuery))
	p.wait("the element's code", `document.querySelector('[data-part=page] code')?.innerText.includes('live=')`)
	p.checkSnippet("page", `<vitrine-feed src="`+base+`feeds/town/" live="@rathaus@`+s.host("norderau")+`" theme="light" limit="5">`, `>Rathaus "A&amp;B" &lt;em&gt;</a>`, `integrity="sha384-ELEMENT"`)
	p.checkSnippet("policy", "connect-src http://"+s.host("norderau")+" "+origin)
	if p.count(`[data-part=live]`) != 1 {
		t.Error("nothing says what it means to be live")
	}

	p.wait("a contrast that will do", `document.querySelector('[data-part=contrast] [data-kind=pass]')?.innerText.includes('9.6 to 1')`)
	p.run(chromedp.Evaluate(`(() => { const c = document.querySelector('#accent'); c.value = '#ffd700'; c.dispatchEvent(new Event('change', {bubbles: true})); })()`, nil))
	p.wait("a contrast that won't", `document.querySelector('[data-part=contrast] [data-kind=fail]')?.innerText.includes('1.3 to 1')`)
	p.checkSnippet("style", ":root { --v-accent: #ffd700; }")
	look("element")

	p.run(chromedp.Evaluate(`navigator.clipboard.writeText = async (text) => { window.copied = text; }`, nil)) // reading the clipboard needs a permission
	p.click(`[data-part=page] button`)
	p.wait("the word that it was copied", `document.querySelector('.said').innerText !== ''`)
	if got := eval[string](p, "window.copied"); got != p.snippet("page") {
		t.Errorf("copied: %s", got)
	}

	p.run(chromedp.SetValue("#feed", "port", chromedp.ByQuery))
	p.wait("the word that there is no report", `document.querySelector('main [role=alert]')?.innerText.includes('report')`)
	p.checkSnippet("page", `<script src="`+base+`embed.js" defer></script>`)
	for _, host := range p.hosts() {
		if strings.HasSuffix(host, ":"+s.port) {
			t.Errorf("%s was asked", host)
		}
	}
}

// testBuilderAlone is the builder for an address that is none of the site's feeds.
func testBuilderAlone(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site + "#/embed")
	p.waitForView("#/embed")
	if got := p.text("main"); !strings.Contains(got, "no feed of its own") || p.count("main pre") > 0 {
		t.Errorf("a site without feeds: %s", got)
	}
	p.run(chromedp.SendKeys("#e", "@marta@"+s.host("hafenlicht")+kb.Enter, chromedp.ByQuery))
	view := "#/embed?u=%40marta%40" + strings.ReplaceAll(s.host("hafenlicht"), ":", "%3A")
	p.waitForView(view)
	p.wait("the code", `document.querySelector('[data-part=page] code')`)
	p.checkSnippet("page", `<vitrine-feed live="@marta@`+s.host("hafenlicht")+`"><a href="http://`+s.host("hafenlicht")+`/@marta">@marta@`+s.host("hafenlicht")+`</a></vitrine-feed>`, `embed.js" defer></script>`)
	p.checkSnippet("policy", "connect-src http://"+s.host("hafenlicht"))
	if p.count(`[data-part=live]`) != 1 || p.count("iframe") > 0 {
		t.Error("nothing says what it means to be live, or there is a preview of nothing")
	}
	p.setSize(phone())
	p.setColorScheme("dark")
	p.wait("colours to stand still", `document.getAnimations().every((a) => a.playState !== 'running')`)
	p.fullScreenshot("builder-live-phone-dark")
	p.open(s.site + "#/embed?u=nothing")
	p.wait("what is wanted", `document.querySelector('main [role=alert][data-kind=NotFound]')`)
	p.open("about:blank")
	p.open(s.site + "#/@marta@" + s.host("hafenlicht") + "/about")
	p.waitForView("#/@marta@" + s.host("hafenlicht") + "/about")
	p.run(clickElement(`document.querySelector('main a[href="` + view + `"]')`))
	p.waitForView(view)
}

// fullScreenshot writes a picture of the whole page where SHOTS names a folder.
func (p *tab) fullScreenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	p.run(chromedp.FullScreenshot(&png, 100))
	if err := os.WriteFile(dir+"/"+name+".png", png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
