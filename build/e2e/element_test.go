package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// fallback is what a page has in the element.
const fallback = `<article id="kept"><p>Kept in the page</p><a id="kept-link" href="https://social.example/@town/2">22. Nov.</a></article>`

// TestElement tries <vitrine-feed> on the pages of a site of its own. It needs no built site.
func TestElement(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser: not among the short tests")
	}
	browser := chrome(t)
	for _, j := range []struct {
		name string
		run  func(*testing.T, context.Context)
	}{
		{"without JavaScript", elementWithoutScript},
		{"drawn below a strict policy", elementDrawn},
		{"as a module, with its hash", elementModule},
		{"made and moved", elementMoved},
		{"what fails leaves what was there", elementFailures},
		{"an empty element has a link", elementEmpty},
		{"a copy without posts", elementNoPosts},
		{"nobody is asked before the click", elementClick},
		{"a click that fails", elementClickFails},
		{"nobody is asked while it is far", elementBelowScreen},
		{"limit and theme", elementLimit},
		{"refreshed while somebody looks", elementRefresh},
		{"the focus stays", elementFocus},
		{"a footnote", elementFootnote},
		{"hostile trees", elementHostileTree},
		{"live posts", elementLive},
		{"hostile live posts", elementHostileLive},
		{"a server's limit", elementRateLimit},
	} {
		t.Run(j.name, func(t *testing.T) { j.run(t, browser) })
	}
}

func elementWithoutScript(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	p := newTab(t, browser, emulation.SetScriptExecutionDisabled(true))
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
	if got := p.text("#kept"); !strings.Contains(got, "Kept in the page") {
		t.Errorf("the page shows %q", got)
	}
}

func elementDrawn(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	p := newTab(t, browser)
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(3)
	p.waitForEvent("load")
	p.wait("its pictures", `[...`+inShadow("img")+`].every((i) => i.naturalWidth)`)
	for what, expression := range map[string]string{
		"the copy in the page is hidden":        `document.querySelector("#kept").checkVisibility() === false`,
		"the style is there":                    `getComputedStyle(` + inShadow("section") + `[0]).borderTopStyle === "solid"`,
		"addresses are those of the folder":     inShadow(".v-foot a") + `[0].href === location.origin + "/feeds/town/feed.atom"`,
		"the parts can be styled":               `[...` + inShadow("[part]") + `].map((e) => e.getAttribute("part")).filter((x, i, a) => a.indexOf(x) === i).sort().join() === "avatar,byline,content,feed,foot,head,media,name,post,time"`,
		"the list is a feed":                    inShadow(`[role=feed][aria-busy=false]`) + `.length === 1`,
		"drawings are drawings":                 inShadow("path") + `[0] instanceof SVGPathElement`,
		"the element is a block":                `getComputedStyle(document.querySelector("vitrine-feed")).display === "block"`,
		"nothing was written with styles":       inShadow("[style]") + `.length === 0`,
		"the element is not busy":               `document.querySelector("vitrine-feed").ariaBusy !== "true"`,
		"each size of a picture has an address": inShadow("[srcset]") + `[0].srcset === location.origin + "/feeds/town/media/dot.gif 400w, " + location.origin + "/feeds/town/media/dot.gif 800w"`,
	} {
		if !eval[bool](p, expression) {
			t.Errorf("it is not true that %s", what)
		}
	}
	if got := p.hosts(); !slices.Equal(got, []string{strings.TrimPrefix(w.url, "http://")}) {
		t.Errorf("the page asked %v", got)
	}
	p.checkNothingLogged()
	p.checkNoErrors()
	p.screenshot("element")
}

func elementModule(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	file := w.assets.Element.Hashed
	for _, kind := range []string{"module", "text/javascript"} {
		p := newTab(t, browser)
		script := fmt.Sprintf(`<script type="%s" src="/%s" integrity="%s" defer></script>`, kind, file.Name, file.Integrity)
		p.open(w.setPageWithScripts(strictPolicy, script+script, `<vitrine-feed src="/feeds/town/"></vitrine-feed>`))
		p.waitForPosts(3)
		p.checkNothingLogged()
	}
	// imported, its address stands nowhere in the page
	w.answer("/elsewhere/own.js", answerWith("text/javascript", `import "/embed.js";`))
	p := newTab(t, browser)
	p.open(w.setPageWithScripts(strictPolicy, `<script type="module" src="/elsewhere/own.js"></script>`, `<vitrine-feed src="/feeds/town/"></vitrine-feed>`))
	p.waitForPosts(3)
	p.checkNothingLogged()
}

// An element may be created before its content was parsed, be made by a script, and be moved.
func elementMoved(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	p := newTab(t, browser)
	p.open(w.setPageWithScripts(strictPolicy, `<script src="/embed.js"></script>`, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed><main></main>`))
	p.waitForPosts(3)
	if eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
		t.Error("the copy in the page is shown beside the feed")
	}
	p.run(chromedp.Evaluate(`document.querySelector("main").append(document.querySelector("vitrine-feed"))`, nil))
	p.waitForPosts(3)
	p.run(chromedp.Evaluate(`{
		const other = document.createElement("vitrine-feed");
		other.setAttribute("src", "feeds/town");
		document.body.prepend(other);
	}`, nil))
	p.waitForPosts(3)
	if n := w.times("/feeds/town/tree.json"); n != 2 {
		t.Errorf("two elements asked %d times", n)
	}
	p.checkNothingLogged()
	p.checkNoErrors()
}

func elementClick(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	server := newTownServer(t, answerWith("application/json", townAccount), answerWith("application/json", "["+townStatus("9", "2026-11-23T09:00:00Z", "Fresh from the server")+"]"))
	p := newTab(t, browser)
	policy := strings.Replace(strictPolicy, "connect-src", "connect-src http://"+server.host, 1)
	p.open(w.setPage(policy, fmt.Sprintf(`<vitrine-feed src="/feeds/town/" live="@town@%s" refresh="click">%s</vitrine-feed>`, server.host, fallback)))
	p.wait("a button", inShadow("button[part=button]")+".length")
	p.run(chromedp.Evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`, nil, awaitPromise))
	for _, path := range []string{"/embed.css", "/feeds/town/tree.json"} {
		if w.times(path) > 0 {
			t.Errorf("%s was asked for before the click", path)
		}
	}
	if got := p.hosts(); len(got) != 1 || len(server.log()) > 0 {
		t.Errorf("before the click the page asked %v", got)
	}
	if says := eval[string](p, inShadow("p")+"[0].innerText"); !strings.Contains(says, server.host) {
		t.Errorf("it doesn't say whom it asks: %q", says)
	}
	if !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
		t.Error("before the click its own content is hidden")
	}
	p.run(chromedp.Evaluate(inShadow("button")+"[0].focus()", nil), chromedp.KeyEvent("\r"))
	p.waitForPosts(4)
	if !eval[bool](p, `document.querySelector("vitrine-feed").shadowRoot.activeElement?.matches("section")`) {
		t.Error("the focus is lost with the button")
	}
	if n := eval[int](p, inShadow("button")+".length"); n != 0 {
		t.Error("the button stays")
	}
	p.checkNothingLogged()
	p.checkNoErrors()
}

// A click that loads nothing is answered with a message, and the next request waits until the server allows it.
func elementClickFails(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	w.answer("/feeds/town/tree.json", failing(429, "Retry-After", "100"))
	p := newTab(t, browser, injectScript(fakeClock))
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/" refresh="click">`+fallback+`</vitrine-feed>`))
	p.wait("a button", inShadow("button")+".length")
	says := inShadow("[role=status]") + "[0].textContent"
	for range 2 {
		p.run(chromedp.Evaluate(inShadow("button")+"[0].click()", nil))
		p.wait("words", says+`.includes("gerade nicht")`)
	}
	if n := w.times("/feeds/town/tree.json"); n != 1 {
		t.Errorf("asked %d times before the server's limit ended", n)
	}
	if !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
		t.Error("its own content is gone")
	}
	w.answer("/feeds/town/tree.json", answerWith("application/json", copyOf(asOf, "1")))
	p.run(chromedp.Evaluate("later(101000), "+inShadow("button")+"[0].click()", nil))
	p.waitForPosts(1)
	p.checkNoErrors()
}

func elementBelowScreen(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	w.answer("/space.css", answerWith("text/css", "#space { height: 5000px }"))
	w.answer("/feeds/far/media/dot.gif", w.answers["/feeds/town/media/dot.gif"])
	w.answer("/feeds/far/tree.json", answerWith("application/json", copyOf(asOf, "7")))
	p := newTab(t, browser)
	p.open(w.setPage(strictPolicy, `<link rel="stylesheet" href="/space.css"><vitrine-feed src="/feeds/town/"></vitrine-feed><div id="space"></div><vitrine-feed id="far" src="/feeds/far/">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(3)
	if n := w.times("/feeds/far/tree.json"); n > 0 {
		t.Error("a feed far below is asked for")
	}
	p.run(chromedp.Evaluate(`document.querySelector("#far").scrollIntoView()`, nil))
	p.wait("the other feed", `document.querySelector("#far").shadowRoot.querySelector("article")`)
	p.checkNothingLogged()
}

func elementLimit(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	p := newTab(t, browser)
	p.setColorScheme("light")
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/" limit="2" theme="dark"></vitrine-feed>`))
	p.waitForPosts(2)
	if got := eval[string](p, inShadow("section")+"[0].dataset.theme"); got != "dark" {
		t.Errorf("the theme is %q", got)
	}
	p.run(chromedp.Evaluate(`document.querySelector("vitrine-feed").setAttribute("limit", "many"), document.querySelector("vitrine-feed").setAttribute("theme", "auto")`, nil))
	p.waitForPosts(3)
	if eval[bool](p, inShadow("[data-theme]")+".length > 0") {
		t.Error("a theme is said where the system's holds")
	}
	w.answer("/feeds/other/media/dot.gif", w.answers["/feeds/town/media/dot.gif"])
	w.answer("/feeds/other/tree.json", answerWith("application/json", copyOf(asOf, "5")))
	p.run(chromedp.Evaluate(`document.querySelector("vitrine-feed").setAttribute("src", "/feeds/other/")`, nil))
	p.waitForPosts(1)
	p.checkNothingLogged()
}

func elementRefresh(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	p := newTab(t, browser, injectScript(fakeClock), injectScript(`Object.defineProperty(document, "hidden", { get: () => Boolean(window.away) })`))
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(3)
	w.answer("/feeds/town/tree.json", answerWith("application/json", copyOf("2026-11-22T19:00:00Z", "0", "1", "2", "3")))
	p.waitForEvent("load")
	p.run(chromedp.Evaluate("window.second = "+inShadow("article")+"[1]; undefined", nil))
	p.run(chromedp.Evaluate(`later(599000), window.away = true, later(2000), document.dispatchEvent(new Event("visibilitychange"))`, nil))
	if n := w.times("/feeds/town/tree.json"); n != 1 {
		t.Errorf("asked %d times within ten minutes, or unseen", n)
	}
	p.run(chromedp.Evaluate(`window.away = false, document.dispatchEvent(new Event("visibilitychange"))`, nil))
	p.waitForPosts(4)
	if !eval[bool](p, "window.second === "+inShadow("article")+"[2]") {
		t.Error("a post that stays is drawn anew")
	}
	w.answer("/feeds/town/tree.json", failing(500))
	p.wait("the element to rest", `document.querySelector("vitrine-feed").ariaBusy !== "true"`)
	p.run(chromedp.Evaluate(`later(601000)`, nil))
	p.waitForEvent("ServerError")
	p.waitForPosts(4)
	p.checkNoErrors()
}

func elementNoPosts(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	w.answer("/feeds/town/tree.json", answerWith("application/json", copyOf(asOf)))
	p := newTab(t, browser, injectScript(fakeClock))
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
	p.waitForEvent("load")
	if text := eval[string](p, inShadow(".v-empty")+"[0]?.textContent ?? ''"); text != "Noch keine Beiträge." {
		t.Errorf("it says %q", text)
	}
	w.answer("/feeds/town/tree.json", answerWith("application/json", copyOf("2026-11-22T19:00:00Z", "1", "2")))
	p.wait("the element to rest", `document.querySelector("vitrine-feed").ariaBusy !== "true"`)
	p.run(chromedp.Evaluate(`later(601000)`, nil))
	p.waitForPosts(2)
	w.answer("/feeds/town/tree.json", answerWith("application/json", copyOf("2026-11-22T20:00:00Z")))
	p.wait("the element to rest", `document.querySelector("vitrine-feed").ariaBusy !== "true"`)
	p.run(chromedp.Evaluate(`later(601000)`, nil))
	p.waitForPosts(0)
	p.checkNothingLogged()
	p.checkNoErrors()

	server := newTownServer(t, answerWith("application/json", `{"id":"1","username":"town","acct":"town","display_name":"Town","url":"https://social.example/@town"}`),
		answerWith("application/json", `[{"id":"9","uri":"https://social.example/9","url":"https://social.example/@town/9","created_at":"2026-11-22T21:00:00Z","content":"<p>Live.</p>","visibility":"public","spoiler_text":"","media_attachments":[],"account":{"display_name":"Town","username":"town","acct":"town","url":"https://social.example/@town"}}]`))
	p = newTab(t, browser)
	p.open(w.setPage(strings.NewReplacer("connect-src", "connect-src http://"+server.host).Replace(strictPolicy), `<vitrine-feed src="/feeds/town/" live="@town@`+server.host+`">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(1)
	if n := eval[int](p, inShadow("[role=feed][aria-labelledby=v-town]")+".length"); n != 1 {
		t.Error("the live post stands in no list")
	}
	p.checkNoErrors()
}

func elementFocus(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	ready := make(chan struct{})
	w.answer("/feeds/town/tree.json", func(rw http.ResponseWriter, r *http.Request) {
		select {
		case <-ready:
			answerWith("application/json", copyOf(asOf, "1", "2", "3"))(rw, r)
		case <-r.Context().Done():
		}
	})
	p := newTab(t, browser)
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
	p.run(chromedp.Focus("#kept-link", chromedp.ByQuery))
	if !eval[bool](p, `document.activeElement.id === "kept-link"`) {
		t.Fatal("the link in the page can't have the focus")
	}
	close(ready)
	p.waitForPosts(3)
	if got := eval[string](p, `document.querySelector("vitrine-feed").shadowRoot.activeElement?.href ?? ""`); got != "https://social.example/@town/2" {
		t.Errorf("the focus is on %q", got)
	}
	p.checkNothingLogged()
}

// The fragment of an address leads to nothing in a shadow tree: the element does.
func elementFootnote(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	const noted = `"One ",["a",{"href":"#f3-n0","id":"f3-r0"},"1"],["p",{"id":"f3-n0"},"A note ",["a",{"href":"#f3-r0"},"↩"]]`
	w.answer("/feeds/town/tree.json", answerWith("application/json", strings.Replace(copyOf(asOf, "1", "2", "3"), `"Drawn post 3"`, noted, 1)))
	p := newTab(t, browser)
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(3)
	for from, to := range map[string]string{"#f3-r0": "f3-n0", "#f3-n0 a": "f3-r0"} {
		p.run(chromedp.Evaluate(inShadow(from)+`[0].click()`, nil))
		if got := eval[string](p, `document.querySelector("vitrine-feed").shadowRoot.activeElement?.id + location.pathname + location.hash`); got != to+"/" {
			t.Errorf("%s leads to %s", from, got)
		}
	}
	p.checkNothingLogged()
}

// A tree that somebody tampered with draws nothing that is not in the lists.
func elementHostileTree(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	w.answer("/feeds/town/tree.json", answerWith("application/json", `{"version":1,"asOf":"2026-11-22T18:15:00Z","tree":["section",{"class":"vitrine constructor __proto__","onclick":"hit()","style":"position:fixed"},
		["script",0,"hit()"],["script",{"src":"//evil.localhost/x.js"}],["iframe",{"src":"https://evil.localhost/","srcdoc":"<script>hit()</script>"}],["style",0,"*{display:none}"],["link",{"rel":"stylesheet","href":"/x.css"}],
		["object",{"data":"x"}],["form",{"action":"x"},["input",0]],["base",{"href":"https://evil.localhost/"}],["meta",{"http-equiv":"refresh","content":"0;url=/"}],["template",0,["p",0,"t"]],["math",0],["foreignObject",0],
		["svg",{"onload":"hit()"},["script",0,"hit()"],["use",{"href":"data:image/svg+xml,x"}],["a",{"href":"javascript:hit()"},"svg link"],["animate",{"attributeName":"href","to":"javascript:hit()"}],["path",{"d":"M0 0","onload":"hit()"}]],
		["div",{"role":"feed"},["article",{"class":"post","data-uri":"u"},["a",{"href":"javascript:hit()"},"one"],["a",{"href":" \u0001java\nscript:hit()"},"two"],["a",{"href":"data:text/html,<script>hit()</script>"},"three"],
			["a",{"href":"vbscript:x"},"four"],["a",{"href":"blob:x"},"five"],["a",{"href":"MAILTO:a@b.example"},"six"],["img",{"src":"data:image/png,x","onerror":"hit()","alt":"a"}],["img",{"srcset":"javascript:hit() 2x","alt":"b"}],
			["p",{"part":"x","slot":"y","is":"z","nonce":"n","id":"<b>"},"<img src=x onerror=hit()>"],["video",{"autoplay":"","controls":""}]]]]}`))
	p := newTab(t, browser, injectScript("window.hit = () => { window.pwned = true; };"))
	p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
	p.waitForPosts(1)
	p.run(chromedp.Evaluate(`for (const a of [...`+inShadow("a")+`].slice(0, -1)) a.dispatchEvent(new MouseEvent("click"))`, nil))
	if got := eval[[]string](p, `[...`+inShadow("a")+`].map((a) => a.getAttribute("href") ?? "-")`); !slices.Equal(got, []string{"-", "-", "-", "-", "-", "-", "mailto:a@b.example"}) {
		t.Errorf("links: %q", got)
	}
	tags := eval[string](p, `[...new Set([...`+inShadow("section, section *")+`].map((e) => e.localName))].sort().join()`)
	if tags != "a,article,div,img,p,path,section,svg,use,video" {
		t.Errorf("elements: %s", tags)
	}
	if eval[bool](p, inShadow("use")+`[0].hasAttribute("href")`) {
		t.Error("a drawing shows what the tree names")
	}
	attributes := eval[string](p, `[...new Set([...`+inShadow("section, section *")+`].flatMap((e) => e.getAttributeNames()))].sort().join()`)
	if attributes != "alt,class,controls,d,data-uri,href,id,part,role" {
		t.Errorf("attributes: %s", attributes)
	}
	if got := eval[string](p, inShadow("section p")+"[0].textContent"); got != "<img src=x onerror=hit()>" {
		t.Errorf("text: %q", got)
	}
	if eval[bool](p, "Boolean(window.pwned)") {
		t.Error("a script ran")
	}
	p.checkNothingLogged()
	p.checkNoErrors()
}
