package e2e

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// On every failure a reader sees the earlier content, and no exception is logged.
func elementFailures(t *testing.T, browser context.Context) {
	whole := copyOf(asOf, "1", "2")
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		kind   string
	}{
		"404":              {http.NotFound, "NotFound"},
		"410":              {failing(410), "Gone"},
		"403":              {failing(403), "Refused"},
		"500":              {failing(500), "ServerError"},
		"429":              {failing(429, "Retry-After", "7"), "RateLimited"},
		"a web page":       {answerWith("text/html", "<!doctype html><title>Wartung</title><h1>Wartung</h1>"), "BadData"},
		"cut off":          {answerWith("application/json", whole[:len(whole)/2]), "BadData"},
		"nothing":          {answerWith("application/json", ""), "BadData"},
		"null":             {answerWith("application/json", "null"), "BadData"},
		"another version":  {answerWith("application/json", strings.Replace(whole, `"version":1`, `"version":2`, 1)), "BadData"},
		"another tree":     {answerWith("application/json", `{"version":1,"tree":["section",{"class":"vitrine"},["p",["p",[]]],[[]],{"a":1}]}`), "BadData"},
		"no tree":          {answerWith("application/json", `{"version":1,"tree":"section"}`), "BadData"},
		"too deep":         {answerWith("application/json", `{"version":1,"tree":["section",0,`+strings.Repeat(`["b",0,`, 20000)+`"x"`+strings.Repeat("]", 20000)+`]}`), "BadData"},
		"the line broke":   {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "Unreachable"},
		"it never answers": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "Timeout"},
		"it never ends": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte(whole[:100]))
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "Timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTownHall(t)
			w.answer("/feeds/town/tree.json", c.answer)
			p := newTab(t, browser, injectScript(`{
				const timeout = AbortSignal.timeout;
				AbortSignal.timeout = (ms) => { window.requestTimeout = ms; return timeout.call(AbortSignal, `+requestTimeout(c.kind)+`); };
			}`))
			p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
			p.waitForEvent(c.kind)
			if got := p.text("vitrine-feed"); !strings.Contains(got, "Kept in the page") || !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
				t.Errorf("the page shows %q", got)
			}
			if got := eval[string](p, `document.querySelector("vitrine-feed").shadowRoot.textContent`); strings.TrimSpace(got) != "" {
				t.Errorf("the element says %q beside it", got)
			}
			if got := eval[float64](p, "window.requestTimeout"); got != 15000 {
				t.Errorf("it waits %v ms", got)
			}
			if n := w.times("/feeds/town/tree.json"); n != 1 && c.kind != "Unreachable" { // browsers retry a broken connection
				t.Errorf("it asked %d times", n)
			}
			p.checkNoErrors()
		})
	}
	t.Run("no style", func(t *testing.T) {
		w := newTownHall(t)
		w.answer("/embed.css", http.NotFound)
		p := newTab(t, browser)
		p.open(w.setPage(strictPolicy, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
		p.waitForEvent("Unreachable")
		if !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
			t.Error("a feed without its style is shown")
		}
		p.checkNoErrors()
	})
}

// requestTimeout is the script's expression for the time limit of a request in ms, short where the test waits for it.
func requestTimeout(kind string) string {
	if kind == "Timeout" {
		return "300"
	}
	return "ms"
}

func elementEmpty(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	w.answer("/feeds/town/tree.json", http.NotFound)
	p := newTab(t, browser)
	p.open(w.setPage(strictPolicy, "<vitrine-feed src=\"/feeds/town/\">\n</vitrine-feed>"))
	p.waitForEvent("NotFound")
	says := eval[string](p, `document.querySelector("vitrine-feed").shadowRoot.querySelector("div").innerText`)
	if !strings.Contains(says, "lassen sich gerade nicht laden") || !strings.Contains(says, "auf ihrer eigenen Seite") {
		t.Errorf("it says %q", says)
	}
	if got := eval[string](p, inShadow("a")+"[0].href"); got != w.url+"/feeds/town/index.html" {
		t.Errorf("it leads to %s", got)
	}
	p.checkNoErrors()
	server := newTownServer(t, failing(401), failing(401))
	p.open(w.setPage(strings.Replace(strictPolicy, "connect-src", "connect-src http://"+server.host, 1), `<div lang="en"><vitrine-feed live="@town@`+server.host+`"></vitrine-feed></div>`))
	p.waitForEvent("NeedsLogin")
	if got := eval[string](p, inShadow("a")+"[0].href"); got != "http://"+server.host+"/@town" {
		t.Errorf("it leads to %s", got)
	}
	if says := eval[string](p, inShadow("div")+"[0].innerText"); !strings.Contains(says, "can’t be loaded") {
		t.Errorf("it says %q", says)
	}
	p.checkNoErrors()
}
