package e2e

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testVideos: a server of videos, its channel, a video that plays, its chapters and comments, a playlist.
func testVideos(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("filmdose")
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("four videos", `document.querySelectorAll('main [role=feed] article').length === 4`)
	if tabs := p.text("main nav, main [role=navigation], main .tabs"); tabs == "" {
		t.Error("no tabs")
	}
	p.screenshot("filmdose")
	before := len(p.logged()) // the software is known by now, so no failed requests follow
	p.open("about:blank")
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("four videos", `document.querySelectorAll('main [role=feed] article').length === 4`)
	for _, l := range p.logged()[before:] {
		t.Errorf("the second visit logged: %s", l)
	}
	film := eval[string](p, `document.querySelector('main article figure a').getAttribute('href')`)
	if film != "#/p/"+host+"/harbourDusk1" {
		t.Fatalf("its picture leads to %s", film)
	}
	p.goTo(film)
	p.wait("the video's page", `document.querySelector('main[data-view*="/p/"] video')`)
	p.wait("its captions", `document.querySelectorAll('main article.focus video track').length === 2`)
	p.wait("four remarks", `document.querySelectorAll('main article.r').length === 4`)
	p.screenshot("film")
	p.wait("all that was said of it", `document.querySelector("main [data-part=replies][aria-busy=false]")`)
	unfold := func(part string) { // by itself: while the film is loaded what stands below it moves
		eval[any](p, `void document.querySelector("main [data-part=`+part+`] summary").click()`)
	}
	if gaps := eval[[]float64](p, `[...document.querySelectorAll("main article.focus .body > *")].map((e) => e.getBoundingClientRect()).flatMap((box, i, all) => (i ? [box.top - all[i - 1].bottom] : []))`); slices.Max(gaps) > 20 {
		t.Errorf("the parts of the film stand %v px apart", gaps)
	}
	unfold("chapters")
	p.wait("the chapters to open", `document.querySelector("main [data-part=chapters]").open`)
	eval[any](p, `void document.querySelector("main [data-action=chapter][data-index='1']").click()`)
	p.wait("the chapter to play", `document.querySelector('main article.focus video').currentTime >= 1`)
	unfold("said")
	said := `[...document.querySelectorAll("main [data-part=said] p[lang]")]`
	p.wait("what is said, to be read", said+`.some((line) => line.querySelector("[data-action=chapter]"))`)
	language := eval[string](p, said+`[0].lang`)
	eval[any](p, `void document.querySelector("main [data-action=said][aria-pressed=false]").click()`)
	p.wait("it in the other language", said+`.length && `+said+`.every((line) => line.lang !== `+js(language)+`)`)
	if n := p.count("main iframe"); n != 0 {
		t.Errorf("%d foreign players without being asked for", n)
	}
	p.click("main [data-action=player]")
	p.wait("the server's own player", `document.querySelector('main iframe')?.src.endsWith('?p2p=0')`)
	for _, l := range p.logged() {
		if strings.Contains(l, "Security Policy") {
			t.Errorf("the page logged: %s", l)
		}
	}
	for _, view := range []string{"#/@harbour@" + host, "#/t/" + host + "/geese", "#/i/" + host + "/about", "#/i/" + host + "/trending"} {
		p.goTo(view)
		p.wait("no alert", `!document.querySelector('main [role=alert]')`)
	}
	p.goTo("#/p/" + host + "/crane000003x") // a film in pieces, in a browser that knows nothing of such
	p.wait("what starts the film", `document.querySelector('main article.focus [data-action=stream]')`)
	if n := eval[int](p, `performance.getEntriesByType('resource').filter(r => r.name.includes('/assets/stream.')).length`); n != 0 {
		t.Error("what plays films in pieces is loaded before it is wanted")
	}
	eval[any](p, `void (HTMLMediaElement.prototype.canPlayType = () => '')`)
	eval[any](p, `void document.querySelector('main article.focus [data-action=stream]').click()`)
	p.wait("the film to play", `document.querySelector('main article.focus video')?.src.startsWith('blob:') && document.querySelector('main article.focus video').currentTime > 0`)
	list := "#/l/" + host + "/tinOfFilms"
	p.goTo("#/@harbour@" + host + "/about")
	p.wait("its playlist", `document.querySelector('main a[href="`+list+`"]')`)
	p.goTo(list)
	p.wait("its three videos, newest first, and what is missing", `document.querySelectorAll('main [role=feed] article').length === 3 && document.querySelector('main [data-part=missing]') &&
		(times => times.every((t, i) => i === 0 || t < times[i-1]))([...document.querySelectorAll('main [role=feed] time')].map(t => t.dateTime))`)
	p.wait("the button that follows it", `document.querySelector('main h1').innerText === 'A tin of three' && document.querySelectorAll('main button[data-action=follow]').length === 1`)
}

// testReactions: notes with Misskey's markup, reactions, a quote, a thread.
func testReactions(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("bucht")
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("its notes", `document.querySelectorAll('main [role=feed] article').length === 6`)
	p.screenshot("bucht")
	p.wait("reactions with the server's emoji", `document.querySelector('main article .counts img.emoji')`)
	p.wait("a channel", `[...document.querySelectorAll('main article .ctx')].some(c => c.innerText.includes('Sounds of the bay'))`)
	p.wait("a ruby", `document.querySelector('main article ruby rt')?.innerText === 'kani'`)
	p.goTo("#/p/" + host + "/a3")
	p.wait("what it answers, and its answer", `document.querySelectorAll('main article.anc').length === 1 && document.querySelectorAll('main article.r').length === 1`)
	p.goTo("#/@umi@" + host)
	p.wait("her notes", `document.querySelectorAll('main [role=feed] article').length >= 3`)
	p.screenshot("umi")
}

// testForum: a forum's posts, a community, a discussion with scores and a spoiler, a member.
func testForum(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("tresen")
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("four posts with their communities", `document.querySelectorAll('main [role=feed] article').length === 4 && [...document.querySelectorAll('main article .ctx a')].every(a => a.getAttribute('href').startsWith('#/!'))`)
	p.screenshot("tresen")
	p.goTo("#/p/" + host + "/1")
	p.wait("its answers, one taken back", `document.querySelectorAll('main article.r').length === 6`)
	p.wait("a spoiler", `document.querySelector('main article.focus details.fold summary')?.innerText === 'What I tried'`)
	p.wait("scores", `document.querySelector('main article.focus .acts use[href$="#score"]')`)
	p.screenshot("discussion")
	p.goTo("#/!bikes@" + host)
	p.wait("the community's posts", `document.querySelectorAll('main [role=feed] article').length === 2`)
	p.screenshot("community")
	p.goTo("#/p/" + host + "/comment:102")
	p.wait("the comment among others", `document.querySelectorAll('main article.anc').length === 2`)
	p.goTo("#/@jo@" + host)
	p.wait("what jo posted", `document.querySelectorAll('main [role=feed] article').length === 1`)
	p.goTo("#/@jo@" + host + "/replies")
	p.wait("what jo said", `document.querySelectorAll('main [role=feed] article').length === 3`)
}

// testPodcast: a web feed by its address and by its site's, with sounds.
func testPodcast(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("funk")
	feed := "#/f/" + url.PathEscape("http://"+host+"/@hafenfunk/feed.xml")
	p.open(s.site + feed)
	p.waitForView(feed)
	p.wait("three episodes to hear", `document.querySelectorAll('main [role=feed] article audio').length === 3`)
	p.wait("its name", `document.querySelector('main h1').innerText === 'Hafenfunk'`)
	p.screenshot("podcast")
	p.checkNothingLogged()
	p.open(s.site + "#/")
	p.waitForView("#/")
	if eval[string](p, `document.querySelector('a.line[href^="#/f/"][href*="%2Ffeed.xml"]')?.getAttribute('href') ?? ''`) != feed {
		t.Error("the start page doesn't lead to the feed")
	}
}

// testPhotographs: a server of photographs, some of them without a word.
func testPhotographs(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("lichtbild")
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("seven posts with pictures", `document.querySelectorAll('main [role=feed] article').length === 7 && [...document.querySelectorAll('main [role=feed] article')].every(a => a.querySelector('figure.media img, .grid4 img'))`)
	p.screenshot("lichtbild")
	p.goTo("#/p/" + host + "/4")
	p.wait("three pictures", `document.querySelectorAll('main article.focus .grid4 img').length === 3`)
	p.goTo("#/@lumen@" + host)
	p.wait("hers", `document.querySelectorAll('main [role=feed] article').length === 3`)
}

// testCopies: the address of a copy leads to the post where it was written; a copy that is read all the same is marked.
func testCopies(t *testing.T, s *fixture) {
	p := s.tab(t)
	near, far := s.host("hafenlicht"), s.host("norderau")
	p.open(s.site + "#/i/" + near + "/federated")
	p.waitForView("#/i/" + near + "/federated")
	copied := eval[string](p, `[...document.querySelectorAll('main article')].find(a => a.dataset.uri.includes('//norderau'))?.querySelector('a.when').getAttribute('href') ?? ''`)
	id, ok := strings.CutPrefix(copied, "#/p/"+near+"/")
	if !ok {
		t.Fatalf("no copy among the federated posts: %q", copied)
	}
	// The post's own server is asked too: a copy is marked only where that doesn't answer.
	p.run(chromedp.Evaluate(`new MutationObserver(() => { window.marked ||= Boolean(document.querySelector('main [data-part=copy]')); }).observe(document, {subtree: true, childList: true, attributes: true})`, nil))
	p.goTo(copied)
	p.wait("its own server to have been asked", `document.querySelector('main [data-part=replies]')?.getAttribute('aria-busy') === 'false'`)
	if eval[bool](p, `Boolean(window.marked)`) {
		t.Error("it was marked for a moment")
	}
	p.run(chromedp.Evaluate("location.hash = "+js("#/open?u="+url.QueryEscape("http://"+near+"/@rathaus@"+far+"/"+id)), nil))
	p.wait("the original", `document.querySelector('main')?.dataset.view?.startsWith('#/p/`+far+`/')`)
	if n := p.count("main [data-part=copy]"); n != 0 {
		t.Error("the original is marked as a copy")
	}
	// An article of which only the address is known.
	p.run(chromedp.Evaluate("location.hash = "+js("#/open?u="+url.QueryEscape("http://"+s.host("funk")+"/episodes/3")), nil))
	p.wait("an alert with words", `document.querySelector('main [role=alert]')?.innerText.length > 20`)
}
