package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// inFeed are the posts in time order, without the pinned ones.
const inFeed = `main [role=feed] article[data-uri]`

// timesFall is true when the feed's posts stand newest first. A boost's own time isn't on the page, so boosts are left out.
const timesFall = `(() => {
	const times = [...document.querySelectorAll('main [role=feed] article[data-uri]')].filter(a => !a.querySelector('.ctx')).map(a => a.querySelector('time[datetime]').dateTime);
	return times.length > 5 && times.every((t, i) => i === 0 || times[i - 1] >= t);
})()`

func testServer(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site)
	p.waitForView("#/")
	p.click(fmt.Sprintf(`a[href=%q]`, "#/i/"+s.host("hafenlicht")))
	p.waitForView("#/i/" + s.host("hafenlicht"))
	if n := p.count(inFeed); n < 20 {
		t.Errorf("%d posts at first", n)
	}
	if !eval[bool](p, timesFall) {
		t.Error("the posts are not in the order of time")
	}
	if got := p.count("main h1"); got != 1 {
		t.Errorf("%d h1", got)
	}
	p.screenshot("server-desktop")
	first := p.count(inFeed)
	p.run(scrollDown())
	p.wait("older posts without a tap", fmt.Sprintf("document.querySelectorAll(%s).length > %d", js(inFeed), first))
	if uris := eval[[]string](p, `[...document.querySelectorAll('main [role=feed] article')].map(a => a.dataset.uri)`); len(uris) != len(unique(uris)) {
		t.Error("a post stands twice")
	}
	p.checkNothingLogged()
	p.checkRequestedHosts(s)
}

func testTabs(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("norderau")
	p.open(s.site + "#/i/" + host + "/federated")
	p.waitForView("#/i/" + host + "/federated")
	p.goTo("#/i/" + host + "/trending")
	p.wait("what is trending", `document.querySelector(".spark")`)
	if p.count(inFeed) == 0 {
		t.Error("no trending posts")
	}
	p.screenshot("trending-desktop")
	p.goTo("#/i/" + host + "/about")
	p.wait("the house rules", `document.querySelector(".rules li")`)
	p.screenshot("about-desktop")
	p.checkNothingLogged()
}

func testProfile(t *testing.T, s *fixture) {
	p := s.tab(t)
	base := "#/@bibliothek@" + s.host("norderau")
	p.open(s.site + base)
	p.waitForView(base)
	if p.count(inFeed) < 10 {
		t.Errorf("%d posts", p.count(inFeed))
	}
	if p.count(".pins article[data-uri]") == 0 {
		t.Error("no pinned posts")
	}
	if p.count("[role=feed] .pins, .pins [role=feed]") > 0 {
		t.Error("pinned posts stand in the feed")
	}
	if p.count(".fields .ok") == 0 {
		t.Error("no verified field")
	}
	p.screenshot("profile-desktop")
	for _, tab := range []string{"/replies", "/media", "/about"} {
		p.goTo(base + tab)
	}
	p.wait("the date of joining", `document.querySelector("main .lines .line")`)
	p.goTo(base + "/media")
	if p.count(inFeed) == 0 || p.count(inFeed) != eval[int](p, `[...document.querySelectorAll('main [role=feed] article')].filter(a => a.querySelector('.media, .audio, .veil, .load')).length`) {
		t.Error("the media tab shows posts without media")
	}
	p.checkNothingLogged()
	p.checkRequestedHosts(s)
}

// testMonth jumps to a month of a profile of several years, and back.
func testMonth(t *testing.T, s *fixture) {
	p := s.tab(t)
	base := "#/@lumen@" + s.host("hafenlicht")
	p.open(s.site + base)
	p.waitForView(base)
	now := time.Now().UTC()
	then := time.Date(now.Year(), now.Month()-41, 1, 0, 0, 0, 0, time.UTC)
	p.click(`main [data-action=months]`)
	p.wait("the choice", `document.querySelector('#month')`)
	month := base + "?month=" + then.Format("2006-01")
	p.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelector('#month').value = %q`, then.Format("2006-01")), nil))
	p.click(`main [data-action=months] [type=submit]`)
	p.waitForView(month)
	p.wait("the month's newest post", fmt.Sprintf(`document.querySelector(%q)?.querySelector('time[datetime]').dateTime.startsWith(%q)`, inFeed, then.Format("2006-01")+"-27"))
	p.run(chromedp.NavigateBack())
	p.waitForView(base)
	p.wait("the newest posts", fmt.Sprintf(`document.querySelector(%q)?.querySelector('time[datetime]').dateTime > %q`, inFeed, now.AddDate(0, -2, 0).Format("2006-01")))
	p.checkNothingLogged()
}

func testThread(t *testing.T, s *fixture) {
	p := s.tab(t)
	tag := "#/t/" + s.host("norderau") + "/lesesaal"
	p.open(s.site + tag)
	p.waitForView(tag)
	link := eval[string](p, `[...document.querySelectorAll('main article')].find(a => a.innerText.includes('Ein kurzer Rundgang')).querySelector('a.when').getAttribute('href')`)
	p.goTo(link)
	p.wait("the post itself", `document.querySelector("article.focus time[datetime]")`)
	p.wait("answers", `document.querySelectorAll("main article.r[data-uri]").length > 5`)
	if p.count(`article.r[data-depth="1"]`) == 0 || p.count(`article.r[data-depth="2"]`) == 0 {
		t.Error("the answers don't nest")
	}
	if !strings.Contains(p.text(".tally strong"), "repl") {
		t.Errorf("tally: %q", p.text(".tally strong"))
	}
	p.screenshot("thread-desktop")
	p.click("main [data-action=order][data-key=newest]")
	p.wait("the newest first", `document.querySelector("main [data-action=order][data-key=newest][aria-pressed=true]") &&
		((times) => times.every((t, i) => i === 0 || t <= times[i-1]))([...document.querySelectorAll("main article.r time[datetime]")].map((t) => t.dateTime))`)
	p.click("main [data-action=order][data-key='']")
	p.wait("the tree again", `document.querySelector("main [data-action=order][data-key=''][aria-pressed=true]")`)
	p.setSize(phone())
	p.screenshot("thread-phone")
	p.checkNothingLogged()
}

func testTag(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site + "#/i/" + s.host("hafenlicht"))
	p.waitForView("#/i/" + s.host("hafenlicht"))
	href := eval[string](p, `document.querySelector('[data-part=content] a[href^="#/t/"]').getAttribute('href')`)
	p.goTo(href)
	if p.count(inFeed) == 0 {
		t.Error("no posts")
	}
	if got := p.text("h1"); !strings.HasPrefix(got, "#") {
		t.Errorf("h1 = %q", got)
	}
	p.checkNothingLogged()
}

func testClosedServer(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site + "#/i/" + s.host("teich"))
	p.waitForView("#/i/" + s.host("teich"))
	p.wait("the reason", `document.querySelector('main [role=alert][data-kind=NeedsLogin]')`)
	p.wait("what is open", fmt.Sprintf("document.querySelectorAll(%s).length > 0", js(inFeed)))
	p.wait("what is trending", `document.querySelector('main a[href^="#/t/"]')`)
	p.screenshot("closed-desktop")
	// The loader knows nothing of an unknown server yet and asks it for posts at once; the browser logs the refusal by itself.
	for _, l := range p.logged() {
		if !strings.Contains(l, "status of 422") {
			t.Errorf("the page logged: %s", l)
		}
	}
}

func testBackAndForward(t *testing.T, s *fixture) {
	p := s.tab(t)
	home := "#/i/" + s.host("hafenlicht")
	p.open(s.site + home)
	p.waitForView(home)
	p.run(scrollDown())
	p.wait("a second page", fmt.Sprintf("document.querySelectorAll(%s).length > 30", js(inFeed)))
	const place = `(() => { const a = [...document.querySelectorAll('main article[data-uri]')].find(a => a.getBoundingClientRect().bottom > 0); return a.dataset.uri + ' ' + Math.round(a.getBoundingClientRect().top / 4) })()`
	p.run(scrollTo(3000))
	before := eval[string](p, place)
	p.run(clickElement(`[...document.querySelectorAll('main article a.when')].find(a => a.getBoundingClientRect().top > 100)`))
	p.wait("the thread", `document.querySelector('article.focus')`)
	thread := eval[string](p, "location.hash")
	p.wait("the focus on the new view", `document.activeElement === document.querySelector('main')`)
	p.run(historyGo(-1))
	p.waitForView(home)
	p.wait("the place where the reader was", place+" === "+js(before))
	p.wait("the focus on the post that was left", `document.activeElement.matches("article[data-uri]") && document.activeElement.querySelector("a.when[href='`+thread+`']")`)
	p.run(historyGo(1))
	p.waitForView(thread)
	p.checkNothingLogged()
}

func testNewPosts(t *testing.T, s *fixture) {
	p := s.tab(t)
	home := "#/i/" + s.host("hafenlicht")
	p.open(s.site + home)
	p.waitForView(home)
	top := eval[string](p, `document.querySelector('main [role=feed] article').dataset.uri`)
	if err := s.demo.Publish("hafenlicht", "marta", "The lamp on the quay is lit again."); err != nil {
		t.Fatal(err)
	}
	p.run(becomeVisible())
	p.wait("the offer", `document.querySelector('.newbar button')`)
	if now := eval[string](p, `document.querySelector('main [role=feed] article').dataset.uri`); now != top {
		t.Error("the page moved by itself")
	}
	p.click(".newbar button")
	p.wait("the new post", `document.querySelector('main [role=feed] article').innerText.includes('The lamp on the quay is lit again.')`)
	if p.count(".newbar") != 0 {
		t.Error("the offer stays")
	}
}

func testLongList(t *testing.T, s *fixture) {
	host := longServer(t, 1000)
	p := s.tab(t)
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	top := fmt.Sprintf(`[...document.querySelectorAll(%s)].slice(0, 20).map(a => a.dataset.uri + " " + Math.round(a.getBoundingClientRect().height)).join("\n")`, js(inFeed))
	before := eval[string](p, top)
	for seen := 0; seen < 900; {
		p.wait("more posts", toTheEnd+", "+fmt.Sprintf(`(() => { const last = [...document.querySelectorAll(%s)].at(-1); return last && 1000 - Number(last.dataset.uri.split('/').at(-1)) > %d })()`, js(inFeed), seen))
		seen = eval[int](p, fmt.Sprintf(`1000 - Number([...document.querySelectorAll(%s)].at(-1).dataset.uri.split('/').at(-1))`, js(inFeed)))
	}
	p.wait("rows far away to be folded", fmt.Sprintf("document.querySelectorAll(%s).length <= 200", js(inFeed)))
	for _, id := range []int{700, 800} { // they were let go of, and are read again
		p.wait("a post in the middle again", fmt.Sprintf(`document.querySelector('[data-chunk="feed:%d"]').scrollIntoView(), %s`, (1000-id)/20, shown(id)))
	}
	p.run(scrollTo(0))
	p.wait("the first post again", shown(1000))
	p.wait("the first screen as it was", top+" === "+js(before))
}

// shown finds a post of longServer that is drawn.
func shown(id int) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].some(a => a.dataset.uri.endsWith('/%d') && a.getBoundingClientRect().height > 20)`, js(inFeed), id)
}

func unique(list []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[s] = true
	}
	return set
}
