package e2e

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
)

// countRehearsals counts in a page what its workers tell of rehearsals.
const countRehearsals = `
window.__rehearsals = 0;
window.Worker = class extends Worker {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({data}) => { if (data.rehearsed) __rehearsals++; });
  }
};`

// twoTabs opens two tabs with one storage, at the same view at the same time.
func (i *stoppableFixture) twoTabs(t *testing.T, view string) (first, second *tab) {
	t.Helper()
	first = i.tab(t)
	second = first.newTabWithSameStorage(i.browser)
	var both sync.WaitGroup
	for _, p := range []*tab{first, second} {
		if err := chromedp.Run(p.ctx, page.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(countRehearsals).Do(ctx)
			return err
		})); err != nil {
			t.Fatal(err)
		}
		both.Go(func() { p.open(i.site + view) })
	}
	both.Wait()
	for _, p := range []*tab{first, second} {
		p.waitForView(view)
		p.wait("the program's own screen", `document.querySelector("main[data-view]:not([data-front])")`)
	}
	return first, second
}

// asked counts the requests to the API of one of the demo's servers, by path and query.
func (i *stoppableFixture) asked(server string) map[string]int {
	n := map[string]int{}
	for _, r := range i.demo.Requests() {
		if r.Host == server+".localhost" && strings.Contains(r.Path, "/api/") {
			n[r.Path+"?"+r.Query.Encode()]++
		}
	}
	return n
}

// testTwoTabsAtOnce checks that two tabs that start at once rehearse once each, and that nothing is asked twice but what each page's loader
// asks for before there is a program: it can't know of the other tab in time.
func testTwoTabsAtOnce(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	view := "#/i/" + i.host("hafenlicht")
	first, second := i.twoTabs(t, view)
	for _, p := range []*tab{first, second} {
		p.wait("its posts", `document.querySelectorAll("main[data-view]:not([data-front]) [role=feed] article").length >= 20`)
		p.wait("a rehearsal", "__rehearsals === 1")
		p.wait("the server's answers", quiet)
		if n := eval[int](p, "__rehearsals"); n != 1 {
			t.Errorf("%d rehearsals", n)
		}
	}
	early := map[string]int{"/api/v1/timelines/public?limit=20&local=true": 2, "/api/v2/instance?": 2} // each page sends them before it has a program
	asked := i.asked("hafenlicht")
	for url, n := range asked {
		if n > max(1, early[url]) {
			t.Errorf("%s was asked %d times", url, n)
		}
	}
	if len(asked) < len(early) {
		t.Errorf("only this was asked: %v", asked)
	}
}

// testAboutInTwoTabs checks that what a server says at length is asked for once for two tabs, by the program beside them.
func testAboutInTwoTabs(t *testing.T, s *fixture) {
	const path = "/api/v1/instance/extended_description"
	i := s.stoppable(t)
	first, second := i.twoTabs(t, "#/i/"+i.host("hafenlicht")+"/about")
	for _, p := range []*tab{first, second} {
		p.wait("the long description", `document.querySelector("main").innerText.includes("regrets on Tuesdays")`)
		p.wait("the server's answers", quiet)
		for _, u := range p.requests() {
			if strings.Contains(u, path) {
				t.Error("a page asked for it itself")
			}
		}
	}
	if n := i.asked("hafenlicht")[path+"?"]; n != 1 {
		t.Errorf("asked %d times", n)
	}

	i.demo.Fail("norderau.localhost", path, demo.NoAnswer)
	second.goTo("#/i/" + i.host("norderau") + "/about")
	first.goTo("#/settings")
	first.wait("the job in the settings", `document.querySelector("[data-part=jobs] progress")`)
	// tell tells news of a job that isn't written down until the page shows them: it may read what is written down in between.
	tell := func(what, news, shown string) {
		first.wait(what, `(new BroadcastChannel("vitrine:/:jobs").postMessage(`+js(`{"news":`+news+`}`)+`), `+shown+`)`)
	}
	first.wait("what is stored", `document.querySelector("[data-part=kinds]")`)
	for _, screen := range []size{phone(), desktop()} {
		for _, scheme := range []string{"light", "dark"} {
			first.setSize(screen)
			first.setColorScheme(scheme)
			tell("how far another one came", `{"kind": "sweep", "subject": "{}", "done": 3, "total": 10}`, `document.querySelector("[data-part=jobs] progress[max='10']")?.value === 3`)
			first.run(chromedp.Evaluate(`document.querySelector('#g3').scrollIntoView()`, nil))
			first.screenshot("jobs-" + screen.name + "-" + scheme)
		}
	}
	tell("its end", `{"kind": "sweep", "subject": "{}", "over": true}`, `document.querySelectorAll("[data-part=jobs] progress").length === 1`)
	first.click("[data-part=jobs] [data-action=stop-job]")
	first.wait("no job", `!document.querySelector("[data-part=jobs]")`)
	first.checkNothingLogged()
}
