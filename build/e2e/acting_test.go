package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// toTheEnd scrolls to the end of the document as it is now; rows that are drawn then make it longer.
const toTheEnd = "scrollTo(0, document.documentElement.scrollHeight)"

func scrollDown() chromedp.Action { return chromedp.Evaluate(toTheEnd, nil) }

func scrollTo(y int) chromedp.Action {
	return chromedp.Evaluate(fmt.Sprintf("scrollTo(0, %d)", y), nil)
}

func historyGo(n int) chromedp.Action {
	return chromedp.Evaluate(fmt.Sprintf("history.go(%d)", n), nil)
}

// clickElement clicks the element that an expression finds.
func clickElement(expression string) chromedp.Action {
	return chromedp.Evaluate("("+expression+").click()", nil)
}

// becomeVisible sends the event of a tab that becomes visible: the page then asks for new posts without waiting for the next minute.
func becomeVisible() chromedp.Action {
	return chromedp.Evaluate("document.dispatchEvent(new Event('visibilitychange'))", nil)
}

// scrollUntil scrolls down until an element matches.
func (p *tab) scrollUntil(selector string) {
	p.t.Helper()
	for p.count(selector) == 0 {
		seen := p.text("main")
		if p.count(".feedend:not(:has(button))") > 0 && p.count(".feedend[role=status]") == 0 {
			p.t.Fatalf("%s is nowhere in the list", selector)
		}
		p.wait("the list to go on", toTheEnd+", document.querySelector('main').innerText !== "+js(seen))
	}
}

func testAddressBox(t *testing.T, s *fixture) {
	p := s.tab(t)
	harbour, town := s.host("hafenlicht"), s.host("norderau")
	for _, c := range []struct{ given, view string }{
		{"@marta@" + harbour, "#/@marta@" + harbour},
		{"  acct:bibliothek@" + town + " ", "#/@bibliothek@" + town},
		{harbour, "#/i/" + harbour},
		{"http://" + town + "/@bibliothek", "#/@bibliothek@" + town},
		{"http://" + harbour + "/tags/hafen", "#/t/" + harbour + "/hafen"},
	} {
		p.open(s.site)
		p.waitForView("#/")
		p.run(chromedp.SendKeys("#u", c.given+kb.Enter, chromedp.ByQuery))
		p.waitForView(c.view)
	}
	p.wait("the focus on what was opened", `document.activeElement === document.querySelector('main')`)
	p.open(s.site)
	p.waitForView("#/")
	p.run(chromedp.SendKeys("#u", kb.Enter, chromedp.ByQuery))
	p.wait("a word about the empty box", `document.querySelector('.said').innerText !== '' && document.activeElement?.id === 'u'`)
	p.run(chromedp.SendKeys("#u", "marta"+kb.Enter, chromedp.ByQuery))
	p.waitForView("#/find?q=marta")
	p.wait("whom the servers named", fmt.Sprintf("document.querySelector('section[data-part=people]')?.querySelector(%s)", js(`a[href="#/@marta@`+harbour+`"]`)))
	p.run(chromedp.Evaluate(`location.hash = "#/open?u=%23geese"`, nil))
	p.waitForView("#/find?q=%23geese")
	p.wait("posts with the hashtag as one list", `document.querySelector('section[data-part=posts] [role=feed] article[data-uri]')`)
	p.run(chromedp.Evaluate(`document.querySelector("#u").value = ""`, nil), chromedp.SendKeys("#u", "geese"+kb.Enter, chromedp.ByQuery))
	p.waitForView("#/find?q=geese")
	p.wait("what was read first, and the way to all of it", `document.querySelector('section[data-part=posts] h3') && document.querySelector('section[data-part=posts] a[href="#/search?q=geese"]') && document.querySelector('section[data-part=posts] article[data-uri]')`)
	p.wait("each post once", `(all => new Set(all).size === all.length)([...document.querySelectorAll('section[data-part=posts] article')].map((a) => a.dataset.uri))`)
	suggestions(p, s)
}

// suggestions chooses a profile that was read before by the keyboard. Nobody is asked until then.
func suggestions(p *tab, s *fixture) {
	p.open(s.site)
	p.waitForView("#/")
	asked := fmt.Sprintf("performance.getEntriesByType('resource').filter((r) => new URL(r.name).port === %s).length", js(s.port))
	before := eval[int](p, asked)
	p.run(chromedp.SendKeys("#u", "biblio", chromedp.ByQuery))
	p.wait("who was read before, and the offer to ask", `document.querySelector('#options')?.innerText.includes('bibliothek@') && document.querySelector('#options > :last-child .i')`)
	p.run(chromedp.KeyEvent(kb.ArrowDown))
	p.wait("the first one", `document.querySelector('#u[aria-expanded=true][aria-activedescendant=option-0]') && document.activeElement?.id === 'u' && document.querySelector('#option-0[aria-selected=true]')`)
	if n := eval[int](p, asked); n != before {
		p.t.Errorf("%d requests while something was typed", n-before)
	}
	enter := func(kind input.KeyType) *input.DispatchKeyEventParams { // as a keyboard does it: what a key types doesn't come if its press was taken
		return input.DispatchKeyEvent(kind).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13)
	}
	p.run(enter(input.KeyDown).WithText("\r"), enter(input.KeyUp))
	p.waitForView("#/@bibliothek@" + s.host("norderau"))
}

func testMalformedAddress(t *testing.T, s *fixture) {
	for _, hash := range []string{"#/100%", "#/%zz", "#/@@@", "#/p/" + s.host("hafenlicht"), "#main", "#/i/", "#/nowhere/at/all"} {
		p := s.tab(t)
		p.open(s.site + hash)
		p.wait("the start with a note for "+hash, `document.querySelector('main .note[role=alert]') && document.querySelector('#u')`)
		for _, l := range p.logged() {
			if strings.HasPrefix(l, "exception") || strings.HasPrefix(l, "error") {
				t.Errorf("%s: %s", hash, l)
			}
		}
	}
}

func testKeyboard(t *testing.T, s *fixture) {
	p := s.tab(t)
	home := "#/i/" + s.host("hafenlicht")
	p.open(s.site + home)
	p.waitForView(home)
	press := func(key string) { p.run(chromedp.KeyEvent(key)) }
	focused := func() string { return eval[string](p, "document.activeElement?.dataset?.uri ?? ''") }
	press("j")
	p.wait("a post in focus", `document.activeElement?.matches('article[data-uri]')`)
	first := focused()
	press("j")
	p.wait("the next post in focus", "document.activeElement?.dataset.uri !== "+js(first))
	press("k")
	p.wait("the first post again", "document.activeElement?.dataset.uri === "+js(first))
	press("o")
	p.wait("its thread", `document.querySelector('article.focus')?.dataset.uri === `+js(first))
	press("b")
	p.waitForView(home)
	press("?")
	p.wait("the list of keys", `document.querySelector('#help').open`)
	press(kb.Escape)
	p.wait("the list to be gone", `!document.querySelector('#help').open`)
	press("/")
	p.waitForView("#/")
	p.wait("the address box in focus", `document.activeElement?.id === 'u'`)
	p.checkNothingLogged()
}

func testSettings(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site + "#/settings")
	p.waitForView("#/settings")
	p.screenshot("settings-desktop")
	p.click(`input[name=theme][value=dark]`)
	p.wait("the dark theme", `document.documentElement.dataset.theme === 'dark'`)
	p.click("#cw")
	p.click("#nsfw")
	p.open(s.site + "#/i/" + s.host("hafenlicht"))
	p.run(chromedp.Reload())
	p.waitForView("#/i/" + s.host("hafenlicht"))
	if eval[string](p, "document.documentElement.dataset.theme") != "dark" {
		t.Error("the theme is forgotten after a reload")
	}
	p.scrollUntil("details.cw")
	if n := p.count("details.cw:not([open])"); n > 0 {
		t.Errorf("%d content warnings are closed", n)
	}
	p.goTo("#/settings")
	p.run(chromedp.Evaluate("window.stays = true", nil))
	p.run(chromedp.SetValue("#lang", "ar", chromedp.ByQuery)) // as a reader does it: with a change event
	p.wait("Arabic", `document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl' && document.querySelector('h1')?.innerText === 'الإعدادات'`)
	p.screenshot("settings-arabic")
	if !eval[bool](p, "window.stays === true") {
		t.Error("the page was loaded anew for another language")
	}
	p.goTo("#/i/" + s.host("hafenlicht"))
	p.run(chromedp.Reload())
	p.waitForView("#/i/" + s.host("hafenlicht"))
	p.wait("Arabic after a reload", `document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl'`)
	p.goTo("#/settings")
	p.run(chromedp.SetValue("#lang", "de", chromedp.ByQuery))
	p.wait("German", `document.documentElement.lang === 'de' && document.documentElement.dir === 'ltr' && document.querySelector('h1')?.innerText === 'Einstellungen'`)
	p.goTo("#/")
	if got := p.text("h1"); !strings.Contains(got, "Fediverse") {
		t.Errorf("h1 = %q", got)
	}
	p.screenshot("start-german")
}

func testPost(t *testing.T, s *fixture) {
	p := s.tab(t)
	home := "#/i/" + s.host("hafenlicht")
	p.open(s.site + home)
	p.waitForView(home)
	p.scrollUntil("details.cw")
	p.click("details.cw > summary")
	p.wait("what it hides", `[...document.querySelectorAll('details.cw')].some(d => d.open && d.querySelector('[data-part=content]').offsetHeight > 0)`)
	p.wait("a picture", `document.querySelector('article [data-action=view] img')`)
	p.click("article [data-action=view]")
	p.wait("the viewer", `document.querySelector('#viewer').open && document.querySelector('#viewer img')`)
	p.screenshot("viewer-desktop")
	p.run(chromedp.KeyEvent(kb.Escape))
	p.wait("the viewer to be gone", `!document.querySelector('#viewer').open`)
	p.click("article [data-action=more]")
	p.wait("the menu", `document.querySelector('#menu').open && document.querySelector('#menu a[target=_blank]')`)
	if !eval[bool](p, `[...document.querySelectorAll('#menu a[target=_blank]')].some((a) => a.innerText.startsWith('Report on its server') && /Report this on \S+, where it was written/.test(a.innerText) && new URL(a.href).host && a.rel.includes('noopener'))`) {
		t.Errorf("the menu has no way to report: %s", p.text("#menu"))
	}
	p.screenshot("menu-desktop")
	p.run(chromedp.KeyEvent(kb.Escape))
	p.wait("the menu to be gone", `!document.querySelector('#menu').open`)
	p.click("article [data-action=more]")
	p.wait("the menu again", `document.querySelector('#menu').open`)
	p.run(chromedp.MouseClickXY(5, 5))
	p.wait("the menu to be gone by a click beside it", `!document.querySelector('#menu').open`)
	if n := eval[int](p, `[...document.querySelectorAll('main video, main audio')].filter(v => !v.paused).length`); n > 0 {
		t.Errorf("%d films or sounds play by themselves", n)
	}
	if n := eval[int](p, `[...document.querySelectorAll('main article img:not([alt])')].length`); n > 0 {
		t.Errorf("%d pictures without alt", n)
	}
	p.run(clickElement(`document.querySelector('main article [data-part=content] p')`))
	p.wait("the thread of the post whose text was clicked", `document.querySelector('article.focus')`)
}

// testNarrow checks that no view scrolls sideways: at 320 px, and on a phone with text twice as large.
func testNarrow(t *testing.T, s *fixture) {
	p := s.tab(t)
	views := []string{"#/", "#/settings", "#/i/" + s.host("hafenlicht"), "#/i/" + s.host("teich"), "#/i/" + s.host("hafenlicht") + "/about", "#/@bibliothek@" + s.host("norderau"), s.thread(t), "#/i/" + s.host("500.klippe"), "#/embed?u=%40marta%40" + s.host("hafenlicht")}
	for _, view := range views {
		p.open(s.site + view)
		p.waitForView(view)
		for _, c := range []struct {
			name  string
			width int64
			root  string
		}{{"320 px", 320, ""}, {"200 % text", 412, "200%"}} {
			p.setSize(size{"narrow", c.width, 800})
			p.run(chromedp.Evaluate("document.documentElement.style.fontSize = "+js(c.root), nil))
			if over := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("%s at %s: %d px stick out: %v", view, c.name, over, eval[[]string](p, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.tabs ul, .chips, pre')).slice(0, 4).map(e => e.outerHTML.slice(0, 120))`))
			}
			if c.root == "" && eval[bool](p, `[...document.querySelectorAll('main .bar')].some(bar => {
				const rows = [...bar.querySelectorAll(':scope > .ib')].map(b => b.offsetTop);
				return rows.length > 2 && rows.filter(row => row === rows.at(-1)).length === 1;
			})`) {
				t.Errorf("%s at %s: the last button of its bar stands alone", view, c.name)
			}
		}
	}
}
