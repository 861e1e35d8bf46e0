package e2e

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo/crowd"
)

// slideRecorder notes what slides.
const slideRecorder = `
window.__slid = [];
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, timing) {
	if (frames.transform) __slid.push(this.localName);
	return animate.call(this, frames, timing);
};
`

// testGlide opens a film's copy. What its own server says of it makes it longer while replies are read below.
func testGlide(t *testing.T, s *fixture) {
	goOn := make(chan struct{})
	i := s.behind(t, func(servers http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.Host, "leinwand.") {
				select {
				case <-goOn:
				case <-r.Context().Done():
				}
			}
			servers.ServeHTTP(w, r)
		})
	})
	film := "#/p/" + i.host("markt") + "/" + crowd.FilmCopy
	for _, motion := range []string{"no-preference", "reduce"} {
		p := i.tab(t)
		p.setSize(phone())
		p.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: motion}}), chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(shiftRecorder + slideRecorder).Do(ctx)
			return err
		}))
		p.open(i.site + film)
		p.waitForView(film)
		if motion == "no-preference" {
			p.wait("what slides, and replies that are being asked for", "vitrine.glide && document.querySelector('main [data-part=replies][aria-busy=true]')")
			p.run(chromedp.Evaluate("Object.assign(__shifts, { most: 0, sum: 0 })", nil))
			close(goOn)
		}
		p.wait("the film", "document.querySelector('main article[aria-current=true]').innerText.includes('The square, filmed')")
		p.wait("all replies, and nothing that slides", "document.querySelector('main [data-part=replies][aria-busy=false]') && !document.getAnimations().length")
		slid := eval[[]string](p, "__slid")
		if moves := motion == "no-preference"; (len(slid) > 0) != moves {
			t.Errorf("%s: %q slid", motion, slid)
		}
		if most := eval[float64](p, "__shifts.most"); motion == "no-preference" && most >= 0.05 {
			t.Errorf("%.3f moved: %q", most, eval[[]string](p, "__shifts.moved"))
		}
		p.checkNothingLogged()
		p.run(chromedp.Evaluate(`(window.first = document.querySelector('main article[data-depth="1"]')).focus({ preventScroll: true })`, nil))
		p.run(chromedp.KeyEvent("n"))
		p.wait("the next reply on the level, which was far away", `document.activeElement !== first && document.activeElement.matches('main article[data-depth="1"]')`)
	}
}
