package e2e

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
)

// marked are the elements whose own text has stacked marks, and may be where a box of theirs is.
const marked = `[...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.includes("\u0323")))`

// boxes are the boxes that the marked texts may be painted in: that of the block which holds the text, or of all that its author wrote
// in one piece, and a margin for the scripts that need more than a line is high.
const boxes = marked + `.map((e) => {
	let box = e;
	while (/^(inline|contents)/.test(getComputedStyle(box).display)) box = box.parentElement;
	box = box.closest("[data-part=content], .bio, .text, .v-text") ?? box;
	const {left, top, right, bottom} = box.getBoundingClientRect(), margin = parseFloat(getComputedStyle(box).fontSize) / 2 + 1;
	return [left - margin, top + scrollY - margin, right + margin, bottom + scrollY + margin].map(Math.round);
})`

// layout is what stands where on the page: it tells whether the page moved between two pictures of it.
const layout = `[...document.querySelectorAll("body *")].map((e) => {
	const {left, top, width, height} = e.getBoundingClientRect();
	return [left, top + scrollY, width, height].map(Math.round).join();
}).join(" ") + document.body.innerText`

// outside are elements that are drawn outside of their post, or outside of the screen.
const outside = `[...document.querySelectorAll("body *")].flatMap((e) => {
	if (!e.checkVisibility()) return [];
	const room = (e.parentElement.closest("article") ?? document.documentElement).getBoundingClientRect(), box = e.getBoundingClientRect();
	for (let around = e.parentElement; around && around.tagName !== "ARTICLE"; around = around.parentElement)
		if (getComputedStyle(around).overflowX !== "visible") return []; // it is cut, or scrolls, in its own box
	return box.left < room.left - 1 || box.right > room.right + 1 ? [e.outerHTML.slice(0, 100) + " " + Math.round(box.left) + "…" + Math.round(box.right)] : [];
})`

// cut are elements that cut words off at their edge without a sign. The head of a quote has room for one line.
const cut = `[...document.querySelectorAll("body *")].filter((e) => {
	const style = getComputedStyle(e);
	return !e.matches("img, .quote .who, .quote .who *") && e.checkVisibility() && /^(clip|hidden)/.test(style.overflowX) && e.clientWidth > 4 && e.scrollWidth > e.clientWidth + 2 && style.textOverflow !== "ellipsis" && style.webkitLineClamp === "none";
}).map((e) => e.outerHTML.slice(0, 100) + " " + e.scrollWidth + " in " + e.clientWidth)`

func testCrowded(t *testing.T, s *fixture) {
	host, user := crowdedServer(t)
	p := s.tab(t)
	p.setSize(size{"narrow", 320, 800})
	account := "#/@" + user + "@" + host
	for _, view := range []string{"#/i/" + host, "#/i/" + host + "/about", "#/i/" + host + "/trending", account, account + "/about", "#/t/" + host + "/" + strings.ToLower(endlessWord()), "#/p/" + host + "/1"} {
		p.open(s.site + view)
		p.waitForView(view)
		p.wait("what was written", `document.querySelector("main").innerText.includes("\u0323")`)
		p.checkCrowded(view)
	}
	p.open(s.site + account)
	p.waitForView(account)
	p.click("main article [data-action=more]")
	p.wait("the menu", `document.querySelector("#menu").open`)
	p.checkCrowded("the menu")
	p.run(historyGo(-1))
	p.wait("no menu", noDialog)
	p.wait("a picture that isn't lost", `document.querySelector("main article [data-action=view] img[src$='whole.png']")`)
	p.run(chromedp.Evaluate(`document.querySelector("main article [data-action=view]:has(img[src$='whole.png'])").click()`, nil))
	p.wait("a picture", `document.querySelector("#viewer").open`)
	p.checkCrowded("the viewer")
}

func testCrowdedPages(t *testing.T, s *fixture) {
	host, user := crowdedServer(t)
	o, p := newOfficial(t, fmt.Sprintf("title = \"%[1]s\"\nbase_url = \"https://www.norderau.example/\"\nlanguages = [\"en\"]\n[[feed]]\nname = \"crowded\"\ntitle = \"%[1]s\"\naddresses = [\"@%s@%s\"]\n", stackedMarks()+" "+endlessWord(), user, host), demo.Options{}), s.tab(t)
	p.setSize(size{"narrow", 320, 800})
	for _, name := range []string{"feeds/index.html", "feeds/crowded/index.html", "feeds/crowded/embed.html", "feeds/crowded/report.html"} {
		p.open(o.url + name)
		p.checkCrowded(name)
	}
}

// checkCrowded checks that nothing of what is shown leaves its box, and that the document doesn't scroll sideways.
func (p *tab) checkCrowded(name string) {
	p.t.Helper()
	defer p.screenshot("crowded-" + strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ReplaceAll(name, strings.ToLower(endlessWord()[:190]), "")))
	p.setSize(size{"narrow", 320, 800})
	if over := eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		p.t.Errorf("%s scrolls sideways by %d px", name, over)
	}
	for _, e := range eval[[]string](p, outside) {
		p.t.Errorf("%s: outside of its post: %s", name, e)
	}
	for _, e := range eval[[]string](p, cut) {
		p.t.Errorf("%s: words are cut: %s", name, e)
	}
	p.setSize(size{"narrow", 320, eval[int64](p, "Math.min(12000, Math.max(800, document.documentElement.scrollHeight))")})
	p.run(chromedp.Evaluate("scrollTo(0, 0)", nil))
	stands := eval[string](p, layout)
	painted := p.paintedBy(marked)
	for now := eval[string](p, layout); now != stands; now = eval[string](p, layout) { // the page moved meanwhile
		stands, painted = now, p.paintedBy(marked)
	}
	may := eval[[][]int](p, boxes)
	if len(may) == 0 {
		p.t.Errorf("%s shows none of it", name)
	}
	var away image.Rectangle
	n := 0
	for _, at := range painted {
		inside := false
		for _, b := range may {
			inside = inside || at.In(image.Rect(b[0], b[1], b[2], b[3]))
		}
		if !inside {
			n++
			away = away.Union(image.Rectangle{Min: at, Max: at.Add(image.Pt(1, 1))})
		}
	}
	if n > 0 {
		p.t.Errorf("%s: %d pixels of marks are painted over others, in %v: %s", name, n, away, eval[string](p, fmt.Sprintf("document.elementsFromPoint(%d, %d).map((e) => e.outerHTML.slice(0, 80)).join(' | ')", away.Min.X+away.Dx()/2, away.Min.Y+1)))
	}
}

// paintedBy returns the pixels that differ whenever the text of elements isn't painted. Both are looked at twice: what comes or goes
// meanwhile, such as an icon that is only now drawn, isn't of that text.
func (p *tab) paintedBy(elements string) []image.Point {
	p.t.Helper()
	var with, without [2]image.Image
	for i := range with {
		with[i] = p.picture()
		p.run(chromedp.Evaluate(elements+`.forEach((e) => e.style.setProperty("color", "transparent", "important"))`, nil))
		without[i] = p.picture()
		p.run(chromedp.Evaluate(elements+`.forEach((e) => e.style.removeProperty("color"))`, nil))
	}
	var differ []image.Point
	for y := with[0].Bounds().Min.Y; y < with[0].Bounds().Max.Y; y++ {
		for x := with[0].Bounds().Min.X; x < with[0].Bounds().Max.X; x++ {
			if unlike(with[0], without[0], x, y) && unlike(with[1], without[1], x, y) && !unlike(with[0], with[1], x, y) {
				differ = append(differ, image.Pt(x, y))
			}
		}
	}
	return differ
}

// unlike reports whether a pixel of two pictures differs by more than how edges are smoothed.
func unlike(a, b image.Image, x, y int) bool {
	one, _, _, _ := a.At(x, y).RGBA()
	other, _, _, _ := b.At(x, y).RGBA()
	return max(one, other)-min(one, other) > 0x4000
}

func (p *tab) picture() image.Image {
	p.t.Helper()
	var data []byte
	p.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		data, err = page.CaptureScreenshot().Do(ctx)
		return err
	}))
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return img
}
