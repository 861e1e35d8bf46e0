package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// stroke moves a finger over the page.
func (p *tab) stroke(fromX, fromY, toX, toY float64) {
	p.t.Helper()
	const steps = 8
	touch := func(kind input.TouchType, points ...*input.TouchPoint) chromedp.Action {
		return chromedp.ActionFunc(func(ctx context.Context) error { return input.DispatchTouchEvent(kind, points).Do(ctx) })
	}
	p.run(touch(input.TouchStart, &input.TouchPoint{X: fromX, Y: fromY}))
	for i := 1.0; i <= steps; i++ {
		p.run(touch(input.TouchMove, &input.TouchPoint{X: fromX + (toX-fromX)*i/steps, Y: fromY + (toY-fromY)*i/steps}))
	}
	p.run(touch(input.TouchEnd))
}

// sweep moves a finger sideways, in one task of the page's: a slow finger sweeps nothing.
func (p *tab) sweep(fromX, toX int) {
	p.t.Helper()
	p.run(chromedp.Evaluate(fmt.Sprintf(`(() => {
		const target = document.querySelector("main [role=feed] article");
		const touch = (type, x, ended) => {
			const at = new Touch({identifier: 1, target, clientX: x, clientY: 500});
			target.dispatchEvent(new TouchEvent(type, {bubbles: true, touches: ended ? [] : [at], changedTouches: [at]}));
		};
		touch("touchstart", %d);
		touch("touchmove", %d);
		touch("touchend", %[2]d, true);
	})()`, fromX, toX), nil))
}

// testGestures does by fingers and keys what buttons do too, and loses pictures.
func testGestures(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.setSize(phone())
	profile, home := "#/@marta@"+s.host("hafenlicht"), "#/i/"+s.host("hafenlicht")
	p.open(s.site + profile)
	p.waitForView(profile)
	p.wait("the gestures and posts", `document.querySelector("button.pull") && document.querySelector("main [role=feed] article")`)
	p.run(chromedp.Evaluate(`window.turns = 0; { const turn = document.startViewTransition; document.startViewTransition = function (draw) { window.turns++; return turn.call(document, draw); }; }`, nil))
	p.sweep(300, 100)
	p.waitForView(profile + "/replies")
	p.sweep(100, 300)
	p.waitForView(profile)
	if n := eval[int](p, `window.turns`); n != 2 {
		t.Errorf("%d turns from a view to the next, want 2", n)
	}

	p.goTo(home)
	p.run(chromedp.Evaluate(`window.pulled = 0; document.addEventListener("click", (e) => { window.pulled += e.target.closest(".pull") ? 1 : 0; });`, nil))
	p.wait("the top of the page", `scrollY === 0 && document.querySelector("main [role=feed] article")`)
	p.stroke(200, 300, 200, 330)
	p.stroke(200, 300, 205, 480)
	p.wait("one request for what is new", `window.pulled === 1 && !document.querySelector(".pull.asks")`)

	p.scrollUntil("article [data-action=view] > img")
	p.run(chromedp.Evaluate(`window.picture = document.querySelector("article [data-action=view] > img"); picture.loading = "eager"; picture.src = "data:image/png;base64,AAAA"`, nil))
	p.wait("the file that the link names, in place of a preview that is lost", `picture.src === picture.closest("a").href && picture.naturalWidth > 0`)
	p.run(chromedp.Evaluate(`picture.closest("a").click()`, nil))
	p.wait("the viewer", `document.querySelector("#viewer").open && document.querySelector("#viewer img").naturalWidth > 0`)
	p.run(chromedp.KeyEvent("+"))
	p.wait("the picture nearer", `document.querySelector("#viewer .slide.near > img").style.transform.includes("scale(1.5)")`)
	p.run(chromedp.KeyEvent("0"))
	p.wait("all of the picture", `!document.querySelector("#viewer .slide.near")`)
	p.stroke(200, 200, 200, 440)
	p.wait("the viewer to be gone", `!document.querySelector("#viewer").open`)
	p.run(chromedp.Evaluate(`picture.removeAttribute("data-original"); picture.closest("a").href = "data:,"; picture.src = "data:image/png;base64,AAAB"`, nil))
	p.wait("its words in place of a picture that is lost", `picture.classList.contains("broken")`)
}
