package e2e

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"vitrine/build/config"
	"vitrine/build/demo"
	"vitrine/build/publish"
	"vitrine/build/snapshot"
	"vitrine/web"
)

// official is a public body's website with official feeds of the demo's town, as `snapshot` writes them.
type official struct {
	t      testing.TB
	demo   *demo.Demo
	port   string
	config string
	dir    string
	url    string // with a slash at its end
	policy string // of pages that aren't the feed's own
}

// feedsOfTown are feeds of every shape: one account, several softwares in one, a single post, an author who is hostile, right to left.
const feedsOfTown = `title = "Stadt Norderau"
base_url = "https://www.norderau.example/"
languages = ["de"]
timezone = "Europe/Berlin"
[[feed]]
name = "town"
title = "Aus dem Rathaus"
addresses = ["@rathaus@norderau.localhost:PORT"]
[[feed]]
name = "harbour"
language = "en"
limit = 60
addresses = ["@marta@hafenlicht.localhost:PORT", "@bibliothek@norderau.localhost:PORT", "@harbour@filmdose.localhost:PORT", "@umi@bucht.localhost:PORT", "!bikes@tresen.localhost:PORT", "http://funk.localhost:PORT/@hafenfunk/feed.xml"]
[[feed]]
name = "hostile"
language = "en"
addresses = ["@mallory@hostile.localhost:PORT"]
[[feed]]
name = "linked"
language = "en"
media = "link"
addresses = ["@marta@hafenlicht.localhost:PORT"]
`

func newOfficial(t testing.TB, feeds string, options demo.Options) *official {
	t.Helper()
	options.Budget = 1 << 20
	d, err := demo.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err := net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	o := &official{t: t, demo: d, port: port, dir: t.TempDir(), config: strings.ReplaceAll(feeds, "PORT", port)}
	o.snapshot()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/host-") {
			w.Header().Set("Content-Security-Policy", o.policy)
		}
		http.FileServer(http.Dir(o.dir)).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	o.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/"
	o.policy = strictPolicy
	return o
}

func (o *official) snapshot() *snapshot.Result {
	o.t.Helper()
	c, err := config.Parse("site.toml", []byte(o.config))
	if err != nil {
		o.t.Fatal(err)
	}
	target, err := publish.Open(o.t.Context(), o.dir)
	if err != nil {
		o.t.Fatal(err)
	}
	defer target.Close()
	r, err := snapshot.Run(o.t.Context(), snapshot.Options{Config: c, Target: target, Web: web.Files, Base: "/", Wait: time.Second})
	if err != nil || r.Failed > 0 {
		o.t.Fatalf("%v %+v", err, r)
	}
	return r
}

func (o *official) read(name string) string {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.dir, filepath.FromSlash(name)))
	if err != nil {
		o.t.Fatal(err)
	}
	return string(data)
}

// host adds a page of the public body's own website.
func (o *official) host(name, body string) string {
	o.t.Helper()
	page := `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Stadt Norderau</title><link rel="icon" href="/media/none.ico"></head><body><main><h1>Neuer Platz</h1>` + body + `</main></body></html>`
	if err := os.WriteFile(filepath.Join(o.dir, name), []byte(page), 0o644); err != nil {
		o.t.Fatal(err)
	}
	return o.url + name
}

// checkRequestedHosts checks that a page requested nothing but its own site.
func (o *official) checkRequestedHosts(p *tab) {
	o.t.Helper()
	for _, h := range p.hosts() {
		if "http://"+h+"/" != o.url {
			o.t.Errorf("%s was asked", h)
		}
	}
}

// checkNothingLogged checks that the page logged neither errors nor violations of a policy.
func (o *official) checkNothingLogged(p *tab) {
	o.t.Helper()
	for _, l := range p.logged() {
		// The framed page has a script also where the sandbox forbids it.
		if !strings.Contains(l, ".ico") && !strings.Contains(l, "Blocked script execution") {
			o.t.Errorf("the page logged: %s", l)
		}
	}
}

func TestOfficialFeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser: not among the short tests")
	}
	o, browser := newOfficial(t, feedsOfTown, demo.Options{}), chrome(t)
	for _, j := range []struct {
		name string
		run  func(*testing.T, *official, *tab)
	}{
		{"pages that contact nobody", pagesContactNobody},
		{"accessible in every theme and width", feedsAccessible},
		{"from a disk", feedsFromDisk},
		{"included into a page", feedIncluded},
		{"in a frame", feedFramed},
		{"as an element", feedAsElement},
		{"pictures are made anew", feedPictures},
		{"pictures that are gone leave their words", feedPicturesGone},
		{"linked media say so", feedLinked},
		{"what folds opens without a program", feedFolds},
	} {
		t.Run(j.name, func(t *testing.T) {
			was := o.t
			o.t = t
			defer func() { o.t = was }()
			j.run(t, o, newTab(t, browser))
		})
	}
	t.Run("conformant", func(t *testing.T) { o.t = t; feedsConformant(t, o) })
}

func feedPages() []string {
	return []string{"feeds/index.html", "feeds/town/index.html", "feeds/town/embed.html", "feeds/town/report.html", "feeds/harbour/index.html", "feeds/harbour/embed.html", "feeds/hostile/index.html", "feeds/hostile/embed.html"}
}

// setTallSize makes the window as high as a long page, so that pictures with lazy loading are loaded.
func (p *tab) setTallSize() {
	p.t.Helper()
	p.setSize(size{"whole", 1280, 30000})
}

func pagesContactNobody(t *testing.T, o *official, p *tab) {
	p.run(emulation.SetScriptExecutionDisabled(true))
	p.setTallSize()
	for _, name := range feedPages() {
		p.open(o.url + name)
		p.wait("all pictures of "+name, "document.readyState === 'complete' && [...document.images].filter(i => !i.closest('details:not([open])')).every(i => i.complete && i.naturalWidth > 0)")
		if strings.HasSuffix(name, "town/index.html") {
			p.wait("the text of a post", `document.querySelector('article[data-uri] [data-part=content]').innerText.length > 20`)
		}
	}
	o.checkRequestedHosts(p)
	o.checkNothingLogged(p)
	if n := o.demo.Hits("evil.localhost"); n > 0 {
		t.Errorf("a host that nobody chose was asked %d times", n)
	}
}

func feedsAccessible(t *testing.T, o *official, p *tab) {
	source := axe(t)
	for _, name := range feedPages() {
		p.open(o.url + name)
		for _, scheme := range []string{"light", "dark"} {
			for _, screen := range []size{{"narrow", 320, 800}, phone(), desktop()} {
				p.setColorScheme(scheme)
				p.setSize(screen)
				if screen.name != "narrow" {
					for _, v := range violations(p, source) {
						t.Errorf("%s (%s, %s): %s", name, scheme, screen.name, v)
					}
				}
				if wide := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
					t.Errorf("%s scrolls sideways by %d at %d: %s", name, wide, screen.width, eval[string](p, "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 120)).slice(-3).join(' | ')"))
				}
				p.screenshot(fmt.Sprintf("official-%s-%s-%s", strings.NewReplacer("/", "-", ".html", "").Replace(name), screen.name, scheme))
			}
		}
	}
}

// feedsFromDisk opens pages without a web server.
func feedsFromDisk(t *testing.T, o *official, p *tab) {
	p.setTallSize()
	for _, name := range []string{"feeds/town/index.html", "feeds/harbour/embed.html"} {
		p.open("file://" + filepath.ToSlash(filepath.Join(o.dir, filepath.FromSlash(name))))
		p.wait("the style of "+name, "getComputedStyle(document.querySelector('.vitrine .by')).display === 'grid'")
		p.wait("all pictures of "+name, "document.images.length > 3 && [...document.images].filter(i => !i.closest('details:not([open])')).every(i => i.complete && i.naturalWidth > 0)")
	}
	if hosts := p.hosts(); len(hosts) > 0 {
		t.Errorf("asked %v", hosts)
	}
}

// feedPicturesGone looks at a page whose pictures can't be loaded: each has its place and the words for it, in small print.
func feedPicturesGone(t *testing.T, o *official, p *tab) {
	p.run(network.SetBlockedURLs([]string{"*/media/*"}))
	for _, screen := range []size{{"narrow", 320, 800}, phone(), desktop()} {
		for _, name := range []string{"feeds/harbour/index.html", "feeds/town/embed.html"} {
			p.setSize(size{screen.name, screen.width, 9000})
			p.open(o.url + name)
			p.wait("pictures that fail", "[...document.images].every((i) => i.complete) && [...document.querySelectorAll('.media img')].some((i) => i.checkVisibility() && i.naturalWidth === 0)")
			for _, wrong := range eval[[]string](p, `[...document.querySelectorAll(".media img")].filter((i) => {
				const place = getComputedStyle(i.closest(".media")), box = i.getBoundingClientRect();
				return i.checkVisibility() && (place.backgroundColor === "rgba(0, 0, 0, 0)" || parseFloat(getComputedStyle(i).fontSize) > 15 || box.height < 40 || box.right > innerWidth);
			}).map((i) => i.outerHTML)`) {
				t.Errorf("%s (%s): %s", name, screen.name, wrong)
			}
			p.screenshot("gone-" + screen.name + "-" + name[len("feeds/"):len("feeds/town")])
		}
	}
}

func feedIncluded(t *testing.T, o *official, p *tab) {
	p.setTallSize()
	p.open(o.host("host-include.html", `<link rel="stylesheet" href="/embed.css">`+o.read("feeds/town/fragment.html")))
	p.wait("the posts, with their pictures and style", `document.querySelectorAll('.vitrine article').length > 5 && [...document.images].filter(i => !i.closest('details:not([open])')).every(i => i.complete && i.naturalWidth > 0) && getComputedStyle(document.querySelector('.vitrine .by')).display === 'grid'`)
	o.checkRequestedHosts(p)
	o.checkNothingLogged(p)
}

func feedFramed(t *testing.T, o *official, p *tab) {
	for _, c := range []struct{ name, frame string }{
		{"scripts", `sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"`},
		{"none", `sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"`},
	} {
		p.setSize(desktop())
		p.open(o.host("host-frame-"+c.name+".html", `<iframe data-vitrine src="/feeds/town/embed.html#dark" title="Aus dem Rathaus" `+c.frame+`></iframe><script src="/embed-height.js" defer></script>`))
		p.wait("the frame's height ("+c.name+")", "document.querySelector('iframe').offsetHeight > 1000")
	}
	const fits = "Math.abs(document.querySelector('iframe').clientHeight - document.querySelector('iframe').contentDocument.querySelector('.v-foot').getBoundingClientRect().bottom) < 4"
	for _, width := range []string{"280px", "800px"} { // the wider, the lower
		p.run(chromedp.Evaluate("document.querySelector('iframe').style.width = "+js(width), nil))
		p.wait("the frame to be as high as its content at "+width, "document.querySelector('iframe').offsetWidth <= 804 && "+fits)
	}
	o.checkRequestedHosts(p)
	o.checkNothingLogged(p)
}

func feedAsElement(t *testing.T, o *official, p *tab) {
	p.setTallSize()
	p.open(o.host("host-element.html", `<vitrine-feed src="/feeds/town/"><a href="/feeds/town/">Aus dem Rathaus</a></vitrine-feed><script src="/embed.js" defer></script>`))
	const inside = "document.querySelector('vitrine-feed').shadowRoot"
	p.wait("the posts", inside+"?.querySelectorAll('article').length > 5")
	p.wait("their pictures", "[..."+inside+".querySelectorAll('img')].filter(i => !i.closest('details:not([open])')).every(i => i.complete && i.naturalWidth > 0)")
	var same bool
	p.run(chromedp.Evaluate("fetch('/feeds/town/fragment.html').then(r => r.text()).then(html => [...html.matchAll(/data-uri=\"([^\"]*)\"/g)].map(m => m[1]).join() === [..."+inside+".querySelectorAll('article')].map(a => a.dataset.uri).join())", &same, awaitPromise))
	if !same {
		t.Error("the element shows other posts than the page that is included")
	}
	p.screenshot("official-element")
	o.checkRequestedHosts(p)
	o.checkNothingLogged(p)
}

func feedPictures(t *testing.T, o *official, p *tab) {
	p.open(o.url + "feeds/harbour/index.html")
	type picture struct {
		Src, Srcset   string
		Width, Height int
		Large, High   int
	}
	var all []picture
	p.run(chromedp.Evaluate(`Promise.all([...document.querySelectorAll('.media:not(:has(.playmark)) img')].map(async i => { const b = new Image(); b.src = i.src; await b.decode(); return {Src: i.getAttribute('src'), Srcset: i.srcset, Width: Number(i.getAttribute('width')), Height: Number(i.getAttribute('height')), Large: b.naturalWidth, High: b.naturalHeight} }))`, &all, awaitPromise))
	if len(all) < 5 {
		t.Errorf("%d pictures", len(all))
	}
	for _, i := range all {
		if i.Width != i.Large || i.Height != i.High || i.Width > 1280 || i.Height > 1280 || !strings.HasPrefix(i.Src, "media/") {
			t.Errorf("%+v", i)
		}
	}
}

func feedLinked(t *testing.T, o *official, p *tab) {
	p.setTallSize()
	p.open(o.url + "feeds/linked/index.html")
	p.wait("all pictures", "[...document.images].filter(i => !i.closest('details:not([open])')).every(i => i.complete && i.naturalWidth > 0)")
	said := o.read("feeds/linked/report.json")
	asked := 0
	for _, h := range p.hosts() {
		if "http://"+h+"/" == o.url {
			continue
		}
		asked++
		if !strings.Contains(said, `"`+h+`"`) {
			t.Errorf("%s was asked and the report doesn't say so", h)
		}
	}
	if asked == 0 {
		t.Error("nobody was asked: this test sees nothing")
	}
	o.checkNothingLogged(p)
}

func feedFolds(t *testing.T, o *official, p *tab) {
	p.run(emulation.SetScriptExecutionDisabled(true))
	p.open(o.url + "feeds/town/index.html")
	p.wait("a warning", "document.querySelector('details.cw:not([open])')")
	p.click("details.cw summary")
	p.wait("what is behind it", "document.querySelector('details.cw[open] [data-part=content]').getBoundingClientRect().height > 10")
}

// checkerVersion is the pinned release of the Nu Html Checker, as its maintainers publish it for npm.
const checkerVersion = "26.9.27"

// feedsConformant runs the HTML conformance checker on every page.
func feedsConformant(t *testing.T, o *official) {
	jar := filepath.Join(npm(t, "vnu-jar", checkerVersion), "build", "dist", "vnu.jar")
	var files []string
	for _, name := range append(feedPages(), "feeds/linked/index.html", "feeds/town/fragment.html") {
		if strings.HasSuffix(name, "fragment.html") { // a part of a page is checked in one
			o.host("host-conformant.html", o.read(name))
			name = "host-conformant.html"
		}
		files = append(files, filepath.Join(o.dir, filepath.FromSlash(name)))
	}
	out, err := exec.Command("java", append([]string{"-jar", jar, "--errors-only", "--skip-non-html"}, files...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%.6000s", err, strings.ReplaceAll(string(out), o.dir, ""))
	}
}
