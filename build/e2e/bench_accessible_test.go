package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// BenchmarkAccessible runs axe on every view in every surrounding, in a language that is written from the left and in one that is written from
// the right, and reports what it finds in each view, surrounding and language.
func BenchmarkAccessible(b *testing.B) {
	s := newFixture(b)
	for b.Loop() {
		source, found, pages := axe(b), map[string]int{}, 0
		for _, language := range []string{"en", "ar"} {
			p := s.tab(b)
			p.speak(s, language)
			for _, view := range s.everyView(s.thread(b)) {
				p.show(s, view)
				in := 0
				for _, at := range surroundings() {
					wrong := p.wrongIn(at, source)
					pages++
					in += len(wrong)
					found[language+" "+at.name] += len(wrong)
					for _, v := range wrong {
						b.Logf("%s (%s, %s): %s", view.name, at.name, language, v)
					}
				}
				b.Logf("%s, %s: %d", view.name, language, in)
			}
			for _, at := range surroundings() {
				b.Logf("all views, %s, %s: %d", at.name, language, found[language+" "+at.name])
			}
		}
		all := 0
		for _, n := range found {
			all += n
		}
		b.ReportMetric(float64(pages), "pages")
		b.ReportMetric(float64(all), "violations")
	}
	b.ReportMetric(0, "ns/op")
}

// shiftRecorder adds up what moves on a page without its reader's doing, as the metric Cumulative Layout Shift does: the largest sum of a session
// of shifts, which are less than a second apart and within five (https://web.dev/articles/cls).
const shiftRecorder = `
window.__shifts = { most: 0, sum: 0, first: 0, last: 0, moved: [] };
new PerformanceObserver((list) => list.getEntries().forEach(({ value, startTime: at, hadRecentInput, sources }) => {
	const s = __shifts;
	if (hadRecentInput) return;
	if (at - s.last > 1000 || at - s.first > 5000) Object.assign(s, { sum: 0, first: at });
	s.sum += value;
	s.last = at;
	s.most = Math.max(s.most, s.sum);
	s.moved.push(value.toFixed(4) + " " + sources.slice(0, 2).map(({ node, previousRect: from, currentRect: to }) => (node?.tagName ?? node?.nodeName) + "." + (node?.getAttribute?.("class") ?? "") + " " + from.y + " to " + to.y).join(", "));
})).observe({ type: "layout-shift", buffered: true });
`

// mostShift is how much may move while a view is loaded.
const mostShift = 0.02

// BenchmarkShifts names each view in which too much moves while it is loaded, at the first visit and at the second, on a phone and on a desktop.
func BenchmarkShifts(b *testing.B) {
	s := newFixture(b)
	for b.Loop() {
		loads, over := 0, 0
		for _, screen := range []size{phone(), desktop()} {
			for _, view := range s.everyView(s.thread(b)) {
				p := s.tab(b)
				p.run(chromedp.ActionFunc(func(ctx context.Context) error {
					_, err := page.AddScriptToEvaluateOnNewDocument(shiftRecorder).Do(ctx)
					return err
				}))
				p.setSize(screen)
				for _, visit := range []string{"cold", "warm"} {
					shift := p.shiftOf(s, view)
					loads++
					if shift >= mostShift {
						over++
						b.Logf("%s, %s, %s: %.4f: %v", view.name, screen.name, visit, shift, eval[[]string](p, "__shifts.moved"))
					}
				}
				p.run(chromedp.Navigate("about:blank"))
			}
		}
		b.ReportMetric(float64(loads), "loads")
		b.ReportMetric(float64(over), "loads-over")
	}
	b.ReportMetric(0, "ns/op")
}

// shiftOf loads a view until nothing on the page changes any more, and returns how much moved.
func (p *tab) shiftOf(s *fixture, v namedView) float64 {
	p.t.Helper()
	p.show(s, v)
	p.wait("a page that stands still", `(() => {
		const now = document.body.innerHTML.length;
		if (window.__length !== now) Object.assign(window, { __length: now, __since: performance.now() });
		return performance.now() - __since > 1000;
	})()`)
	return eval[float64](p, "__shifts.most")
}

// BenchmarkLanguage reports how long the interface takes to speak another language once that is chosen, in the settings and beside a list of posts:
// from the choice until a heading in the language is painted.
func BenchmarkLanguage(b *testing.B) {
	s := newFixture(b)
	for b.Loop() {
		p := s.tab(b)
		p.open(s.site + "#/settings")
		p.waitForView("#/settings")
		var all, most time.Duration
		languages := eval[[]string](p, `[...document.querySelector("#lang").options].map((o) => o.value).filter(Boolean)`)
		for _, language := range languages {
			took := time.Duration(await[float64](p, fmt.Sprintf(`new Promise((resolve) => {
				const began = performance.now(), lang = document.querySelector("#lang");
				const look = () => document.documentElement.lang === %[1]s ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began))) : requestAnimationFrame(look);
				lang.value = %[1]s;
				lang.dispatchEvent(new Event("change", { bubbles: true }));
				look();
			})`, js(language))) * float64(time.Millisecond))
			b.Logf("%s: %.0f ms", language, milliseconds(took))
			all, most = all+took, max(most, took)
		}
		b.ReportMetric(milliseconds(all)/float64(len(languages)), "ms")
		b.ReportMetric(milliseconds(most), "most-ms")
	}
	b.ReportMetric(0, "ns/op")
}
