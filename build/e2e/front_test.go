package e2e

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// recordScreens records, from the beginning of each page, what a reader sees in each frame: the position of the first post, what
// stands above it, and whether the front is shown.
const recordScreens = `
window.__seen = [];
(function look() {
  const posts = !document.querySelector('main [role=feed] article') ? [] : [...document.querySelectorAll('main article[data-uri]')].filter((a) => a.getClientRects().length);
  const main = [...document.querySelectorAll('main')].find((m) => m.getClientRects().length);
  if (main && posts.length) {
    const head = main.querySelector('.head')?.cloneNode(true);
    head?.querySelectorAll('button, .vh').forEach((e) => e.remove());
    const now = {front: main.hasAttribute('data-front'), top: Math.round(posts[0].getBoundingClientRect().top), scroll: Math.round(scrollY), uri: posts[0].dataset.uri,
      view: main.dataset.view, age: Boolean(main.querySelector('[data-asof]')), posts: posts.length, text: posts[0].querySelector('[data-part=content]')?.innerText ?? '',
      time: posts[0].querySelector('.when time')?.textContent ?? '', head: head?.querySelector('.bone') ? '' : head?.textContent ?? '', above: above(main, posts[0])};
    const last = window.__seen.at(-1);
    if (!last || JSON.stringify(last) !== JSON.stringify(now)) window.__seen.push(now);
  }
  requestAnimationFrame(look);
})();
function above(main, post) {
  const names = ['class', 'dir', 'lang', 'role', 'src', 'width', 'height', 'href'];
  return [...main.querySelectorAll('*')].filter((e) => e.contains(post) || e.compareDocumentPosition(post) & Node.DOCUMENT_POSITION_FOLLOWING)
    .map((e) => [e.localName, ...names.filter((n) => e.hasAttribute(n)).map((n) => n + '=' + e.getAttribute(n)), e.closest('[data-asof], article') ? '' :
      [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data).join('')].join(' ').trim());
}`

// screenState is what was on the screen in one or more frames.
type screenState struct {
	Front  bool     `json:"front"`
	Top    int      `json:"top"`
	Scroll int      `json:"scroll"`
	URI    string   `json:"uri"`
	View   string   `json:"view"`
	Age    bool     `json:"age"`
	Posts  int      `json:"posts"`
	Text   string   `json:"text"`
	Time   string   `json:"time"`
	Head   string   `json:"head"`  // the words above the posts of a profile or a server; "" while some of them aren't known
	Above  []string `json:"above"` // the elements before the first post and around it, in order
}

// recordingScreens makes a tab of a phone's size that records its screens.
func recordingScreens(p *tab) *tab {
	p.t.Helper()
	p.setSize(phone())
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(recordScreens).Do(ctx)
		return err
	}))
	return p
}

// recordedScreens waits until the program has drawn its own screen, and returns what was shown before and after.
func (p *tab) recordedScreens() (front, program []screenState) {
	p.t.Helper()
	p.wait("the program's screen after the front", `__seen.length && !__seen.at(-1).front && document.querySelector('main [role=feed]')?.getAttribute('aria-busy') === 'false'`)
	for _, s := range eval[[]screenState](p, "__seen") {
		if s.Front {
			front = append(front, s)
		} else {
			program = append(program, s)
		}
	}
	return front, program
}

// testFront checks that what the program draws is, above the first post, what stood there before, in any font.
func testFront(t *testing.T, s *fixture) {
	thread := s.thread(t)
	for _, set := range fontSets() {
		t.Run(set.name, func(t *testing.T) {
			p := recordingScreens(firstTab(t, set.chrome(t))) // the profile on disk keeps the compiled program
			for _, v := range []struct {
				name, view string
				early      bool // its first answer is drawn before the program
				head       bool // its head has lines that wrap; the others are looked at in one set only
			}{
				{"server", "#/i/" + s.host("hafenlicht"), true, true},
				{"profile", "#/@bibliothek@" + s.host("norderau"), true, true},
				{"person", "#/@marta@" + s.host("hafenlicht"), true, true},
				{"hashtag", "#/t/" + s.host("norderau") + "/lesesaal", true, false},
				{"thread", thread, true, false},
				{"community", "#/!bikes@" + s.host("tresen"), false, false},
				{"feed", "#/f/" + url.PathEscape("http://"+s.host("funk")+"/@hafenfunk/feed.xml"), false, false},
			} {
				if v.head || set.all {
					t.Run(v.name, func(t *testing.T) { checkFront(t, s, p, v.view, v.early) })
				}
			}
		})
	}
}

func checkFront(t *testing.T, s *fixture, p *tab, view string, early bool) {
	defer func(set testing.TB) { p.t = set }(p.t)
	p.t = t
	logged := len(p.logged())
	p.open("about:blank") // else the page would only go to another fragment
	p.open(s.site + view)
	p.waitForView(view)
	front, program := p.recordedScreens()
	check := func(visit string) (before, after screenState) {
		t.Helper()
		if len(front) == 0 {
			t.Fatalf("%s: nothing was drawn before the program", visit)
		}
		before, after = front[len(front)-1], program[0]
		if before.View != view || !before.Age || before.Text == "" || before.Time == "" {
			t.Errorf("%s: the front is %+v", visit, before)
		}
		if before.URI != after.URI {
			t.Errorf("%s: the first post was %s, and is %s", visit, before.URI, after.URI)
		}
		for _, then := range program {
			if then.Top != before.Top {
				t.Errorf("%s: the first post was at %d, and is at %d", visit, before.Top, then.Top)
			}
		}
		if before.Head != "" && before.Head != after.Head {
			t.Errorf("%s: the head said %q, and says %q", visit, before.Head, after.Head)
		}
		return before, after
	}
	if early {
		if _, after := check("first visit"); after.Scroll > 0 {
			t.Errorf("first visit: the page was scrolled by %d", after.Scroll)
		}
	}
	p.wait("the front to be kept", frontStored(view))
	p.run(chromedp.Reload())
	p.waitForView(view)
	front, program = p.recordedScreens()
	before, after := check("next visit")
	withoutFigures := func(time string) string { // a minute may have passed
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return -1
			}
			return r
		}, time)
	}
	if before.Text != after.Text || withoutFigures(before.Time) != withoutFigures(after.Time) {
		t.Errorf("the front says %q, %q; the program %q, %q", before.Time, before.Text, after.Time, after.Text)
	}
	for _, then := range program {
		if !slices.Equal(before.Above, then.Above) {
			t.Errorf("above the first post stood\n%s\nand now\n%s", strings.Join(before.Above, "\n"), strings.Join(then.Above, "\n"))
		}
	}
	for _, l := range p.logged()[logged:] {
		if early { // another server is asked a question first that it doesn't know
			t.Errorf("the page logged: %s", l)
		}
	}
}

// frontStored is a promise that waits for the front of a view to be stored.
func frontStored(view string) string {
	return fmt.Sprintf(`(() => {
  const name = "vitrine:" + document.documentElement.dataset.base + ":fronts";
  if (!localStorage.getItem(name)) return false; // who opens a database first makes it
  if (window.__front) return window.__front.found;
  window.__front = {};
  const look = () => {
    const request = indexedDB.open(name, 1);
    request.onsuccess = () => {
      const get = request.result.transaction("fronts").objectStore("fronts").get(%s);
      get.onsuccess = () => { request.result.close(); window.__front.found = Boolean(get.result?.tree); if (!get.result) setTimeout(look, 100); };
    };
  };
  look();
})()`, js(view))
}

// testWithoutProgram checks that a visitor whose browser never gets the program still reads what was asked for.
func testWithoutProgram(t *testing.T, s *fixture) {
	address := serveFiles(t, withoutProgram(s.render(t, "/")), "")
	for _, screen := range []size{phone(), desktop()} {
		p := s.tab(t)
		p.setSize(screen)
		for name, view := range map[string]string{
			"server": "#/i/" + s.host("hafenlicht"), "hashtag": "#/t/" + s.host("norderau") + "/lesesaal",
			"profile": "#/@bibliothek@" + s.host("norderau"), "thread": s.thread(t),
		} {
			p.open("about:blank")
			p.open(address + view)
			p.wait("posts without the program", `document.querySelectorAll('main[data-front] article[data-uri] [data-part=content]').length > 0`)
			p.wait("the word that there is no program", `document.querySelector('#trouble [role=alert]')`)
			p.screenshot("front-" + name + "-" + screen.name)
		}
		p.run(chromedp.Evaluate("location.hash = '#/t/"+s.host("norderau")+"/lesesaal'", nil))
		p.wait("the posts of the next view", fmt.Sprintf(`document.querySelector('main[data-front]')?.dataset.view === %s`, js("#/t/"+s.host("norderau")+"/lesesaal")))
	}
}

// testScrollPositionStays checks that a reload keeps the scroll position, far down too.
func testScrollPositionStays(t *testing.T, s *fixture) {
	p := s.tab(t)
	view := "#/i/" + longServer(t, 400)
	p.open(s.site + view)
	p.waitForView(view)
	p.wait("more than three pages", fmt.Sprintf("(%s, document.querySelectorAll('[data-chunk]').length > 8)", toTheEnd))
	p.run(chromedp.Evaluate("scrollBy(0, -3000)", nil))
	// A chunk whose rows are not drawn yet leaves the top of the screen empty; the post that is read crosses the top edge.
	p.wait("posts around here", "((place) => place && place.top < 0)("+readScrollPosition+")")
	before := eval[scrollPosition](p, readScrollPosition)
	p.run(chromedp.Reload())
	p.waitForView(view)
	p.wait("the same post in the same place", fmt.Sprintf("((now) => now && now.uri === %s && Math.abs(now.top - %d) < 4)(%s)", js(before.URI), before.Top, readScrollPosition))
}

// scrollPosition is the first post on the screen and its distance from the top.
type scrollPosition struct {
	URI string `json:"uri"`
	Top int    `json:"top"`
}

const readScrollPosition = `(() => { const a = [...document.querySelectorAll('main article[data-uri]')].find((a) => a.getBoundingClientRect().bottom > 0); return a ? {uri: a.dataset.uri, top: Math.round(a.getBoundingClientRect().top)} : null; })()`
