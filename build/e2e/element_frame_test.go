package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A frame is as high as its content, at each width. The content has its height from a style and from a picture, so that a policy
// which kept one of them out would show.
const (
	framedPage = `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Aus dem Rathaus</title>
		<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src SELF; style-src SELF; img-src SELF">
		<link rel="stylesheet" href="../../framed.css"><script src="../../embed-height.js" defer></script></head><body><div class="v"></div><img src="media/high.svg" alt=""></body></html>`
	framedStyle   = `body { margin: 0 } .v { height: 1000.4px } img { display: block } @media (max-width: 500px) { .v { height: 2000.4px } }`
	framedPicture = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="234"/>`
)

// frame gives the feed a page to frame. Its policy lets in what self names.
func (w *townHall) frame(self string) {
	w.answer("/feeds/town/embed.html", answerWith("text/html", strings.ReplaceAll(framedPage, "SELF", self)))
	w.answer("/framed.css", answerWith("text/css", framedStyle))
	w.answer("/feeds/town/media/high.svg", answerWith("image/svg+xml", framedPicture))
}

// TestFrameHeights tries embed-height.js on both sides of the sandboxes that a snippet may have, and without one.
func TestFrameHeights(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser: not among the short tests")
	}
	browser := chrome(t)
	for name, sandbox := range map[string]string{
		"a frame that may run scripts, of no origin":             ` sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"`,
		"a frame of the page's origin that may not run scripts":  ` sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"`,
		"a frame without a sandbox":                              "",
		"a frame of no origin that may not run scripts stays so": ` sandbox`,
	} {
		t.Run(name, func(t *testing.T) {
			w := newTownHall(t)
			w.frame("'self'")
			w.answer("/host.css", answerWith("text/css", "* { box-sizing: border-box } iframe { width: 100%; border: 3px solid }"))
			p := newTab(t, browser)
			p.open(w.setPageWithScripts(strictPolicy, `<link rel="stylesheet" href="/host.css"><script src="/embed-height.js" defer></script>`,
				fmt.Sprintf(`<iframe data-vitrine%s src="/feeds/town/embed.html" title="Aus dem Rathaus"></iframe><iframe id="other" src="/feeds/town/embed.html" title="Another"></iframe>`, sandbox)))
			const height = `document.querySelector("[data-vitrine]").clientHeight`
			if sandbox == " sandbox" {
				p.wait("the frame", `document.readyState === "complete"`)
				if got := eval[int](p, height); got != 150 {
					t.Errorf("the frame has %d pixels", got)
				}
				return
			}
			p.wait("the height of the content", height+" === 1235")
			p.setSize(phone())
			p.wait("the height in a narrow window", height+" === 2235")
			p.setSize(desktop())
			p.wait("the height in a wide window", height+" === 1235")
			if eval[bool](p, `document.querySelector("#other").style.height !== ""`) {
				t.Error("a frame that is no feed has another height")
			}
			// messages of others and invalid heights change nothing; the last message shows that the earlier ones were read
			p.run(chromedp.Evaluate(`new Promise((done) => {
				const frame = document.querySelector("[data-vitrine]").contentWindow;
				const say = (data, source) => dispatchEvent(new MessageEvent("message", { data, source }));
				for (const data of [1e9, -5, "77", NaN, Infinity, null, {}]) say({ vitrine: data }, frame);
				for (const data of [null, "vitrine", 7, []]) say(data, frame);
				say({ vitrine: 77 }, window);
				say({ vitrine: 77 }, document.querySelector("#other").contentWindow);
				addEventListener("message", (e) => e.data === "end" && done());
				postMessage("end", "*");
			})`, nil, awaitPromise))
			if got := eval[int](p, height); got != 1235 {
				t.Errorf("after messages of others the frame has %d pixels", got)
			}
			for _, l := range p.logged() {
				// the page's own script can't look into a frame of no origin, and gets no error
				if !strings.Contains(l, "Blocked script execution") {
					t.Errorf("the page logged: %s", l)
				}
			}
		})
	}
}
