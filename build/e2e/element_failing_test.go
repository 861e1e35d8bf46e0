package e2e

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// Whatever goes wrong, a reader sees what stood there before, and no exception ends in the console.
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
		"a web page":       {kind("text/html", "<!doctype html><title>Wartung</title><h1>Wartung</h1>"), "BadData"},
		"cut off":          {kind("application/json", whole[:len(whole)/2]), "BadData"},
		"nothing":          {kind("application/json", ""), "BadData"},
		"null":             {kind("application/json", "null"), "BadData"},
		"another version":  {kind("application/json", strings.Replace(whole, `"version":1`, `"version":2`, 1)), "BadData"},
		"another tree":     {kind("application/json", `{"version":1,"tree":["section",{"class":"vitrine"},["p",["p",[]]],[[]],{"a":1}]}`), "BadData"},
		"no tree":          {kind("application/json", `{"version":1,"tree":"section"}`), "BadData"},
		"too deep":         {kind("application/json", `{"version":1,"tree":["section",0,`+strings.Repeat(`["b",0,`, 20000)+`"x"`+strings.Repeat("]", 20000)+`]}`), "BadData"},
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
			p := newTab(t, browser, before(`{
				const timeout = AbortSignal.timeout;
				AbortSignal.timeout = (ms) => { window.patience = ms; return timeout.call(AbortSignal, `+patienceFor(c.kind)+`); };
			}`))
			p.open(w.put(strict, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
			p.told(c.kind)
			if got := p.text("vitrine-feed"); !strings.Contains(got, "Kept in the page") || !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
				t.Errorf("the page shows %q", got)
			}
			if got := eval[string](p, `document.querySelector("vitrine-feed").shadowRoot.textContent`); strings.TrimSpace(got) != "" {
				t.Errorf("the element says %q beside it", got)
			}
			if got := eval[float64](p, "window.patience"); got != 15000 {
				t.Errorf("it waits %v ms", got)
			}
			if n := w.times("/feeds/town/tree.json"); n != 1 && c.kind != "Unreachable" { // browsers try a broken line again
				t.Errorf("it asked %d times", n)
			}
			p.threw()
		})
	}
	t.Run("no style", func(t *testing.T) {
		w := newTownHall(t)
		w.answer("/embed.css", http.NotFound)
		p := newTab(t, browser)
		p.open(w.put(strict, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
		p.told("Unreachable")
		if !eval[bool](p, `document.querySelector("#kept").checkVisibility()`) {
			t.Error("a feed without its style is shown")
		}
		p.threw()
	})
}

// patienceFor is how long requests may take where a test waits for that, in ms.
func patienceFor(kind string) string {
	if kind == "Timeout" {
		return "300"
	}
	return "ms"
}

func elementEmpty(t *testing.T, browser context.Context) {
	w := newTownHall(t)
	w.answer("/feeds/town/tree.json", http.NotFound)
	p := newTab(t, browser)
	p.open(w.put(strict, "<vitrine-feed src=\"/feeds/town/\">\n</vitrine-feed>"))
	p.told("NotFound")
	says := eval[string](p, `document.querySelector("vitrine-feed").shadowRoot.querySelector("div").innerText`)
	if !strings.Contains(says, "lassen sich gerade nicht laden") || !strings.Contains(says, "auf ihrer eigenen Seite") {
		t.Errorf("it says %q", says)
	}
	if got := eval[string](p, inside("a")+"[0].href"); got != w.url+"/feeds/town/index.html" {
		t.Errorf("it leads to %s", got)
	}
	p.threw()
	server := newTownServer(t, failing(401), failing(401))
	p.open(w.put(strings.Replace(strict, "connect-src", "connect-src http://"+server.host, 1), `<div lang="en"><vitrine-feed live="@town@`+server.host+`"></vitrine-feed></div>`))
	p.told("NeedsLogin")
	if got := eval[string](p, inside("a")+"[0].href"); got != "http://"+server.host+"/@town" {
		t.Errorf("it leads to %s", got)
	}
	if says := eval[string](p, inside("div")+"[0].innerText"); !strings.Contains(says, "can’t be loaded") {
		t.Errorf("it says %q", says)
	}
	p.threw()
}
