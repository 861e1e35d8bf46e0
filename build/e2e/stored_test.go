package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
)

// testStoredUnderAlerts checks that stored posts stay on the screen in every way in which a server fails.
func testStoredUnderAlerts(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	p := i.tab(t)
	host := i.host("norderau")
	view, profile := "#/t/"+host+"/lesesaal", "#/@bibliothek@"+host
	for _, v := range []string{profile, view} {
		p.open(i.site + v)
		p.waitForView(v)
		p.wait("its front to be kept", frontStored(v))
	}
	posts := p.count("main article[data-uri]")
	fails := func(f demo.Failure) {
		i.demo.ClearFailures()
		i.demo.Fail("norderau.localhost", "/api/v1/", f)
		p.run(chromedp.Reload())
	}
	for _, c := range []struct {
		failure demo.Failure
		kind    string
	}{
		{demo.ServerError, "ServerError"}, {demo.Login, "NeedsLogin"}, {demo.NeedsUser, "NeedsLogin"}, {demo.BotWall, "Unreachable"},
		{demo.WebPage, "BadData"}, {demo.CutOff, "BadData"}, {demo.Huge, "TooLarge"}, {demo.Gone, "Gone"}, {demo.ConnectionClosed, "Unreachable"},
		{demo.NoAnswer, "Timeout"}, {demo.TooManyRequests, "RateLimited"},
	} {
		fails(c.failure)
		p.wait(string(c.failure)+" as "+c.kind, fmt.Sprintf(`document.querySelector('main:not([data-front]) [role=alert][data-kind=%s]')`, c.kind))
		p.waitForView(view)
		if n := p.count("main article[data-uri]"); n < posts {
			t.Errorf("%s: %d posts are left of %d", c.failure, n, posts)
		}
		if p.count("main [data-asof]") == 0 {
			t.Errorf("%s: nothing says how old the posts are", c.failure)
		}
	}
	if when := eval[string](p, `document.querySelector('main [role=alert] time')?.dateTime ?? ''`); when == "" {
		t.Error("nothing says when the server is asked again")
	}

	// What is gone or refused is not shown from the store either, not even for a moment.
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(recordScreens).Do(ctx)
		return err
	}))
	for _, f := range []demo.Failure{demo.Gone, demo.Refused} {
		i.demo.ClearFailures()
		q := i.tab(t)
		q.open(i.site + profile)
		q.waitForView(profile)
		q.wait("its front to be kept", frontStored(profile))
		i.demo.Fail("norderau.localhost", "/api/v1/accounts", f)
		q.run(chromedp.Reload())
		q.wait("the alert in place of the front", `document.querySelector('main:not([data-front]) [role=alert]') && !document.querySelector('main article')`)
		q.run(chromedp.Reload())
		q.wait("the alert again", `document.querySelector('main:not([data-front]) [role=alert]') && !document.querySelector('main article')`)
	}
}

// testStorage checks that a reader sees what is stored, can delete it, and can export their own data.
func testStorage(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	p := i.tab(t)
	for _, view := range []string{"#/i/" + i.host("hafenlicht"), "#/@bibliothek@" + i.host("norderau")} {
		p.open(i.site + view)
		p.waitForView(view)
		p.wait("its front to be kept", frontStored(view))
	}
	p.waitForWorker()
	p.goTo("#/settings")
	row := func(host string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('[data-part=hosts] li')].find((l) => l.innerText.includes(%s))`, js(i.host(host)))
	}
	p.wait("both servers", row("hafenlicht")+" && "+row("norderau"))
	if text := eval[string](p, row("hafenlicht")+".innerText"); !strings.Contains(text, "posts") || !strings.Contains(text, "B") {
		t.Errorf("the row says %q", text)
	}
	p.wait("how big the reader itself is", `/MB/.test(document.querySelector('[data-part=kinds]').innerText)`)
	for _, screen := range []size{phone(), desktop()} {
		for _, scheme := range []string{"light", "dark"} {
			p.setSize(screen)
			p.setColorScheme(scheme)
			p.run(chromedp.Evaluate(`document.querySelector('#g3').scrollIntoView()`, nil))
			p.screenshot("storage-" + screen.name + "-" + scheme)
		}
	}
	p.run(chromedp.Evaluate(row("hafenlicht")+".querySelector('button').click()", nil))
	p.wait("one server less", "!"+row("hafenlicht")+" && "+row("norderau"))

	p.run(chromedp.Evaluate(`(document.querySelector('#saver').click(), window.saved = [], URL.createObjectURL = ((make) => (b) => { b.text().then((t) => saved.push(t)); return make(b); })(URL.createObjectURL.bind(URL)))`, nil))
	p.click("[data-action=export]")
	p.wait("the file", "saved.length === 1")
	file := filepath.Join(t.TempDir(), "vitrine.json")
	text := eval[string](p, "saved[0]")
	if !strings.Contains(text, `"dataSaver": true`) || !strings.Contains(text, `"vitrine": 1`) {
		t.Errorf("the file is %s", text)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(text, `"dataSaver": true`, `"serif": true, "theme": "pink"`, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.SetUploadFiles("#import", []string{file}, chromedp.ByQuery))
	p.wait("the settings of the file", `document.documentElement.dataset.face === 'serif' && !document.querySelector('#saver').checked && !document.documentElement.dataset.theme`)
	if err := os.WriteFile(file, []byte("something else"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.SetUploadFiles("#import", []string{file}, chromedp.ByQuery))
	p.wait("a word that this is no such file", `/Nothing was changed/.test(document.querySelector('.said').innerText) && document.documentElement.dataset.face === 'serif'`)

	p.run(chromedp.Evaluate("window.confirm = () => true", nil))
	p.click("[data-action=forget][data-key='']")
	p.wait("nothing left", `!document.querySelector('[data-part=hosts]') && /0 posts/.test(document.querySelector('[data-part=kinds]').innerText)`)
	p.checkNothingLogged()
}

// testWithoutStorage checks that reading works without IndexedDB, as in some private windows, and that the reader is informed.
func testWithoutStorage(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument("delete window.indexedDB; Object.defineProperty(window, 'indexedDB', {value: undefined})").Do(ctx)
		return err
	}))
	view := "#/i/" + s.host("hafenlicht")
	p.open(s.site + view)
	p.waitForView(view)
	p.wait("the word that nothing is kept", `document.querySelector('main [role=alert][data-kind=Storage]')`)
	if p.count(inFeed) < 20 {
		t.Errorf("%d posts", p.count(inFeed))
	}
	p.screenshot("unkept")
	p.click("main [data-action=noted]")
	p.wait("the word to be gone", `!document.querySelector('main [role=alert]')`)
	p.goTo("#/settings")
	p.wait("the settings to say so still", `document.querySelector('main [role=alert][data-kind=Storage]')`)
}
