package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vitrine/build/site"
)

// heldProgram is the site on a host that sends the program only while it is let.
type heldProgram struct {
	site string

	mu   sync.Mutex
	sent chan struct{} // closed while the program is sent
}

func (s *fixture) holdProgram(t testing.TB) *heldProgram {
	t.Helper()
	o := s.options(t, "/")
	o.NoWorker = true // it would send the program itself
	rendered, err := site.Render(o)
	if err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{}
	for name, data := range rendered {
		tree[name] = &fstest.MapFile{Data: data}
	}
	h := &heldProgram{sent: make(chan struct{})}
	files := http.FileServerFS(tree)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".wasm") {
			h.mu.Lock()
			sent := h.sent
			h.mu.Unlock()
			select {
			case <-sent:
			case <-r.Context().Done():
				return
			}
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	h.site = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/"
	return h
}

// release sends the program, now and later.
func (h *heldProgram) release() { close(h.sent) }

// hold doesn't send it any more.
func (h *heldProgram) hold() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sent = make(chan struct{})
}

// waitForFront waits until the loader shows a view.
func (p *tab) waitForFront(fragment string) {
	p.t.Helper()
	p.wait("the view "+fragment+" before the program", `document.querySelector("main[data-front]")?.dataset.view === `+js(fragment))
}

const isComing = `document.querySelector("#coming[role=status]").textContent.trim() !== ""`

// testTapsBeforeTheProgram does what a reader may do before the program is there, and looks that nothing of it is lost.
func testTapsBeforeTheProgram(t *testing.T, s *fixture) {
	server, tag := "#/i/"+s.host("hafenlicht"), "#/t/"+s.host("norderau")+"/lesesaal"

	// begin opens a view before the program is there, after a visit that kept the view's front where kept is set.
	begin := func(t *testing.T, view string, kept bool) (*tab, func()) {
		t.Helper()
		h := s.holdProgram(t)
		p := s.tab(t)
		if kept {
			h.release()
			p.open(h.site + view)
			p.waitForView(view)
			p.wait("the front to be kept", frontStored(view))
			p.open("about:blank")
			h.hold()
		}
		p.open(h.site + view)
		p.waitForFront(view)
		return p, h.release
	}

	t.Run("what is typed", func(t *testing.T) {
		p, release := begin(t, "#/", false)
		p.run(chromedp.SendKeys("#u", "@marta@hafen", chromedp.ByQuery), chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowLeft))
		release()
		p.waitForView("#/")
		p.wait("what was typed, with its caret", `((f) => f.value === "@marta@hafen" && document.activeElement === f && f.selectionStart === 10 && f.selectionEnd === 10)(document.querySelector("#page #u"))`)
		if p.count("#u") != 1 {
			t.Error("the box stands there twice")
		}
		p.checkNothingLogged()
	})
	t.Run("what is opened", func(t *testing.T) {
		p, release := begin(t, "#/", false)
		p.run(chromedp.SendKeys("#u", "@marta@"+s.host("hafenlicht")+kb.Enter, chromedp.ByQuery))
		p.wait("the word that it is loading", `location.hash.startsWith("#/open?u=") && document.querySelector("#asking[role=status]")`)
		release()
		p.waitForView("#/@marta@" + s.host("hafenlicht"))
		p.checkNothingLogged()
	})
	t.Run("links and back", func(t *testing.T) {
		p, release := begin(t, server, false)
		p.run(chromedp.Evaluate(`scrollTo(0, 600)`, nil))
		p.wait("a place in the list", "scrollY === 600")
		before := eval[scrollPosition](p, readScrollPosition)
		asked := len(p.requests())
		p.run(chromedp.Evaluate("location.hash = "+js(tag), nil))
		p.waitForFront(tag)
		p.run(chromedp.Evaluate("history.back()", nil))
		p.waitForFront(server)
		p.wait("the same place", `((now) => now && now.uri === `+js(before.URI)+`)(`+readScrollPosition+`)`)
		for _, url := range p.requests()[asked:] {
			if strings.Contains(url, "/timelines/public") {
				t.Errorf("asked again: %s", url)
			}
		}
		release()
		p.waitForView(server)
		p.wait("the same place in the program's page", `((now) => now && now.uri === `+js(before.URI)+`)(`+readScrollPosition+`)`)
		p.run(chromedp.Evaluate("history.forward()", nil))
		p.waitForView(tag)
		p.run(chromedp.Evaluate("history.back()", nil))
		p.waitForView(server)
		p.wait("the same place once more", `((now) => now && now.uri === `+js(before.URI)+`)(`+readScrollPosition+`)`)
		p.checkNothingLogged()
	})
	t.Run("a key", func(t *testing.T) {
		p, release := begin(t, server, false)
		p.run(chromedp.KeyEvent("?"))
		p.wait("the word that it comes", isComing)
		release()
		p.waitForView(server)
		p.wait("the help", `document.querySelector("dialog#help").open && !(`+isComing+`)`)
	})
	t.Run("a picture", func(t *testing.T) {
		p, release := begin(t, server, false)
		p.run(chromedp.Evaluate(`document.querySelector("#front article .media a").click()`, nil))
		p.wait("the word that it comes", isComing)
		release()
		p.waitForView(server)
		p.wait("the viewer", `document.querySelector("dialog#viewer").open`)
	})
	t.Run("a tab", func(t *testing.T) {
		p, release := begin(t, server, false)
		p.run(chromedp.Evaluate("location.hash = "+js(server+"/about"), nil))
		p.wait("the word that it is loading", `document.querySelector("#asking[role=status]")?.textContent.trim()`)
		release()
		p.waitForView(server + "/about")
	})
	t.Run("a menu", func(t *testing.T) {
		p, release := begin(t, server, true)
		p.run(chromedp.Evaluate(`window.post = document.querySelectorAll("#front article")[2].dataset.uri; document.querySelectorAll("#front article [data-action=more]")[0].click(); document.querySelector("#front article:nth-of-type(3) [data-action=more]").click()`, nil))
		p.wait("the word that it comes", isComing)
		release()
		p.waitForView(server)
		p.wait("the menu of the last one", `document.querySelector("dialog#menu").open && [...document.querySelectorAll("#menu a")].some((a) => a.href === document.querySelector("article[data-uri='" + post + "'] [data-action=more]").closest("article").dataset.uri || a.href.includes("/@"))`)
	})
	t.Run("a post to be saved", func(t *testing.T) {
		p, release := begin(t, server, true)
		p.run(chromedp.Evaluate(`window.post = document.querySelectorAll("#front article")[1].dataset.uri; document.querySelectorAll("#front article [data-action=save]")[1].click()`, nil))
		p.wait("the word that it comes", isComing)
		release()
		p.waitForView(server)
		p.wait("a pressed button", `document.querySelector("article[data-uri='" + post + "'] [data-action=save][aria-pressed=true]") && document.querySelectorAll("[data-action=save][aria-pressed=true]").length === 1`)
	})
	t.Run("a fold", func(t *testing.T) {
		p, release := begin(t, server, true)
		p.wait("a fold", `document.querySelector("#front details.cw")`)
		p.run(chromedp.Evaluate(`window.fold = document.querySelector("#front details.cw"); window.post = fold.closest("article").dataset.uri; fold.querySelector("summary").click()`, nil))
		p.wait("an open fold", "fold.open")
		release()
		p.waitForView(server)
		p.wait("the same fold, open", `[...document.querySelectorAll("#page article")].find((a) => a.dataset.uri === post)?.querySelector("details.cw").open`)
	})
}
