package e2e

import (
	"context"
	"math"
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

// testReplyStays opens replies whose server doesn't know what they answer. Other servers bring it, above the reply: that stays where it is,
// however little comes after it, and the next visit begins at it.
func testReplyStays(t *testing.T, s *fixture) {
	for name, reply := range map[string][2]string{"with replies": {"ufer", "34130"}, "nearly lone": {"gasse", "22380"}} {
		goOn := make(chan struct{})
		i := s.behind(t, func(servers http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasPrefix(r.Host, reply[0]+".") {
					select {
					case <-goOn:
					case <-r.Context().Done():
					}
				}
				servers.ServeHTTP(w, r)
			})
		})
		p := i.tab(t)
		p.setSize(phone())
		p.run(chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(shiftRecorder).Do(ctx)
			return err
		}))
		view := "#/p/" + i.host(reply[0]) + "/" + reply[1]
		p.open(i.site + view)
		p.waitForView(view)
		p.wait("replies that are being asked for", "vitrine.glide && document.querySelector('main [data-part=replies][aria-busy=true]')")
		const top = "document.querySelector('main .focus').getBoundingClientRect().top"
		before := eval[float64](p, top)
		close(goOn)
		p.wait("what it answers, all replies, and nothing that slides", "document.querySelector('main .anc ~ .focus') && document.querySelector('main [data-part=replies][aria-busy=false]') && !document.getAnimations().length")
		if after := eval[float64](p, top); before < 50 || math.Abs(after-before) > 2 {
			t.Errorf("%s: the post went from %v to %v", name, before, after)
		}
		if most := eval[float64](p, "__shifts.most"); most >= mostShift {
			t.Errorf("%s: %.3f moved: %q", name, most, eval[[]string](p, "__shifts.moved"))
		}
		p.open("about:blank")
		p.open(i.site + view)
		p.waitForView(view)
		p.wait("what it answers, out of sight, and nothing that slides", "document.querySelector('main .anc ~ .focus') && document.querySelector('main [data-part=replies][aria-busy=false]') && !document.getAnimations().length")
		if again := eval[float64](p, top); math.Abs(again) > 2 {
			t.Errorf("%s: the next visit begins %v pixels from the post", name, again)
		}
		p.checkNothingLogged()
	}
}
