package e2e

import (
	"net/url"
	"slices"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// surrounding is how a reader's system and browser show a page.
type surrounding struct {
	name   string
	size   size
	scheme string // "light" or "dark"
	forced bool   // the system's few colours in place of the page's own
	still  bool   // reduced motion
	text   string // the size of the root's text, "" for the browser's own
}

// surroundings are all in which a view is looked at: light, dark and forced colours, text twice as large, 320 px, reduced motion.
func surroundings() []surrounding {
	narrow := size{"320 px", 320, 800}
	return []surrounding{
		{name: "light, desktop", size: desktop(), scheme: "light"},
		{name: "dark, phone", size: phone(), scheme: "dark"},
		{name: "forced colours, desktop", size: desktop(), scheme: "dark", forced: true},
		{name: "320 px", size: narrow, scheme: "light"},
		{name: "200 % text, phone", size: phone(), scheme: "light", text: "200%"},
		{name: "light, phone, reduced motion", size: phone(), scheme: "light", still: true},
		{name: "dark, desktop", size: desktop(), scheme: "dark"},
		{name: "forced colours, phone", size: phone(), scheme: "light", forced: true},
	}
}

// setSurrounding shows the page as the surrounding does.
func (p *tab) setSurrounding(s surrounding) {
	p.t.Helper()
	forced, motion := "none", "no-preference"
	if s.forced {
		forced = "active"
	}
	if s.still {
		motion = "reduce"
	}
	p.setSize(s.size)
	p.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: s.scheme}, {Name: "forced-colors", Value: forced}, {Name: "prefers-reduced-motion", Value: motion},
	}), chromedp.Evaluate("document.documentElement.style.fontSize = "+js(s.text), nil))
	p.wait("colours to stand still", `document.getAnimations().every(a => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity)`)
}

// misplaced are targets smaller than 24 px that don't stand in a sentence (WCAG 2.2, 2.5.8), and what makes the page scroll sideways (1.4.10).
const misplaced = `(() => {
	const found = [], room = document.documentElement.scrollWidth - innerWidth;
	if (room > 0) found.push(room + " px stick out: " + [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".tabs ul, .chips, pre")).slice(0, 3).map((e) => e.outerHTML.slice(0, 100)).join(" | "));
	for (const e of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), [role=option]")) {
		const box = (e.closest("label") ?? e).getBoundingClientRect();
		if (!e.checkVisibility({ visibilityProperty: true }) || box.width < 2 || getComputedStyle(e).display === "inline" || getComputedStyle(e).clipPath !== "none" || e.matches(".skip")) continue;
		if (Math.min(box.width, box.height) < 23.5) found.push("a target of " + Math.round(box.width) + " x " + Math.round(box.height) + " px: " + e.outerHTML.slice(0, 120));
	}
	return found.slice(0, 6);
})()`

// namedView is an address that is looked at, and what it is called in reports.
type namedView struct{ name, fragment string }

// crooked are titles that are cut or don't begin where the page's lines do, and signs that stand on the wrong side of the name that they begin, in
// either direction of writing.
const crooked = `(() => {
	const found = [], rtl = document.documentElement.dir === "rtl", range = document.createRange();
	for (const e of document.querySelectorAll("main :is(.bar, .head) :is(h1, h1 + *)")) {
		for (const part of [e, ...e.querySelectorAll("*")]) if (getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1) found.push("it is cut: " + part.outerHTML.slice(0, 120));
		const box = e.getBoundingClientRect(), parts = [], inside = document.createTreeWalker(e, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
		for (let n; (n = inside.nextNode()); ) {
			if (n.nodeType === 1 ? !n.matches("img, .i") : getComputedStyle(n.parentElement).clipPath !== "none") continue;
			range.selectNode(n);
			const part = range.getBoundingClientRect();
			if (part.width) parts.push(rtl ? box.right - part.right : part.left - box.left);
		}
		const away = Math.min(...parts); // a badge has a border around its words
		if (parts.length && Math.abs(away) > 8) found.push("it begins " + Math.round(away) + " px away: " + e.outerHTML.slice(0, 120));
	}
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; (n = texts.nextNode()); ) {
		if (!/^[@#!]\p{Script=Latin}/u.test(n.data)) continue;
		const [sign, letter] = [0, 1].map((at) => (range.setStart(n, at), range.setEnd(n, at + 1), range.getBoundingClientRect()));
		if (letter.width && sign.top === letter.top && sign.left > letter.left) found.push("its sign is at the end: " + n.parentElement.outerHTML.slice(0, 120));
	}
	return found;
})()`

// everyView are the kinds of views and of what they show. thread is the address of some thread.
func (s *fixture) everyView(thread string) []namedView {
	harbour, town, films, bar := s.host("hafenlicht"), s.host("norderau"), s.host("filmdose"), s.host("tresen")
	return []namedView{
		{"start", "#/"}, {"settings", "#/settings"}, {"unreadable", "#/open?u=%21%21"}, {"find", "#/find?q=marta"}, {"search", "#/search?q=the"}, {"search help", "#/search"}, {"malformed", "#/nowhere/at/all"},
		{"server", "#/i/" + harbour}, {"federated", "#/i/" + harbour + "/federated"}, {"trending", "#/i/" + harbour + "/trending"}, {"about", "#/i/" + harbour + "/about"},
		{"closed server", "#/i/" + s.host("teich")},
		{"profile", "#/@bibliothek@" + town}, {"profile replies", "#/@bibliothek@" + town + "/replies"}, {"profile media", "#/@bibliothek@" + town + "/media"},
		{"profile about", "#/@bibliothek@" + town + "/about"},
		{"hashtag", "#/t/" + town + "/lesesaal"}, {"no such hashtag", "#/t/" + harbour + "/nosuchtag"}, {"nobody", "#/@nobody@" + harbour}, {"thread", thread},
		{"server fails", "#/i/" + s.host("500.klippe")}, {"server limits", "#/i/" + s.host("429.klippe")}, {"server for members", "#/i/" + s.host("login.klippe")},
		{"directory", "#/i/" + harbour + "/directory"}, {"hashtag everywhere", "#/find?q=%23geese"}, {"home", "#/home"}, {"following", "#/following"},
		{"embed", "#/embed?u=%40marta%40" + url.QueryEscape(harbour)}, {"month", "#/@lumen@" + harbour + "?month=2024-05"},
		{"conversation of servers", "#/p/" + s.host("markt") + "/10000"}, {"reply", "#/p/" + s.host("ufer") + "/34130"}, {"lone reply", "#/p/" + s.host("gasse") + "/22380"},
		{"videos", "#/i/" + films}, {"video", "#/p/" + films + "/harbourDusk1"}, {"playlist", "#/l/" + films + "/tinOfFilms"},
		{"notes", "#/i/" + s.host("bucht")}, {"note", "#/p/" + s.host("bucht") + "/a3"}, {"forum", "#/i/" + bar}, {"discussion", "#/p/" + bar + "/1"}, {"community", "#/!bikes@" + bar},
		{"photographs", "#/i/" + s.host("lichtbild")}, {"podcast", "#/f/" + url.PathEscape("http://"+s.host("funk")+"/@hafenfunk/feed.xml")}, {"hostile", "#/i/" + s.host("hostile.klippe")},
		{"article", "#/p/" + s.host("pult") + "/" + url.PathEscape("/api/posts/letter00")}, {"event", "#/@kulturhaus@" + s.host("termine")},
		{"saved", "#/saved"}, {"search", "#/search?q=harbour"}, {"search without hits", "#/search?q=nosuchword+has%3Apoll"},
	}
}

// show opens a view in a document of its own, and waits for it.
func (p *tab) show(s *fixture, v namedView) {
	p.t.Helper()
	p.open("about:blank")
	p.open(s.site + v.fragment)
	p.wait("the view "+v.name, `document.querySelector('main:not([data-front])')?.dataset.view`)
}

// speak chooses the language of the interface, as a reader does.
func (p *tab) speak(s *fixture, language string) {
	p.t.Helper()
	p.open(s.site + "#/settings")
	p.waitForView("#/settings")
	p.run(chromedp.SetValue("#lang", language, chromedp.ByQuery))
	p.wait("the language "+language, "document.documentElement.lang === "+js(language))
}

// wrongIn is what axe and our own measure of targets and of width find, in a surrounding.
func (p *tab) wrongIn(s surrounding, checker string) []string {
	p.t.Helper()
	p.setSurrounding(s)
	return slices.Concat(violations(p, checker), eval[[]string](p, misplaced))
}
