package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// left is how many bytes a browser's storage has in testFullStorage beside what is stored: enough for posts, too little for their pictures.
const left = 200e3

// testFullStorage saves a post, and takes a server offline in full pictures while the browser's storage has no room for them. That is said and nothing
// saved is lost; with room again it goes on.
func testFullStorage(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	p := i.tab(t)
	view := "#/i/" + i.host("hafenlicht")
	p.open(i.site + view)
	p.waitForView(view)
	p.waitForWorker()
	p.wait("its posts, read and kept", frontStored(view))
	p.click("main article [data-action=save]")
	p.wait("a saved post", "document.querySelector('main article [data-action=save][aria-pressed=true]')")
	saved := eval[string](p, "document.querySelector('main article:has([data-action=save][aria-pressed=true])').dataset.uri")
	p.goTo("#/saved")
	p.wait("it", "document.querySelector('main article[data-uri="+js(saved)+"]')")

	limit := func(to *storage.OverrideQuotaForOriginParams) {
		t.Helper()
		p.run(chromedp.ActionFunc(to.Do))
	}
	p.waitAsync("what is stored to settle", `await (async () => {
		const usage = async () => (await navigator.storage.estimate()).usage;
		const before = await usage();
		await new Promise((resolve) => setTimeout(resolve, 2500));
		return before === await usage();
	})()`)
	used := await[float64](p, "navigator.storage.estimate().then((e) => e.usage)")
	limit(storage.OverrideQuotaForOrigin(i.site).WithQuotaSize(used + left))
	p.goTo(view)
	eval[any](p, "void document.querySelector('[data-action=take-offline]').click()")
	p.wait("the choice", "document.querySelector('#take[open] select[name=take-pictures]')")
	eval[any](p, `void (e => (e.value = "full", e.dispatchEvent(new Event("change", {bubbles: true}))))(document.querySelector("#take select[name=take-pictures]"))`)
	p.wait("the size before", `/\d\s?(B|kB|MB|GB)\b/.test(document.querySelector('#take [data-part=size]').textContent)`)
	eval[any](p, "void document.querySelector('#take button[type=submit]').click()")
	p.wait("the word that there is no room", "document.querySelector('main [data-part=taking]')?.textContent.includes('no room left')")
	p.screenshot("full")

	p.run(chromedp.Reload())
	p.waitForView(view)
	p.wait("that word after a reload", "document.querySelector('main [data-part=taking]')?.textContent.includes('no room left')")
	p.goTo("#/saved")
	p.wait("what was saved", "document.querySelector('main article[data-uri="+js(saved)+"]')")

	limit(storage.OverrideQuotaForOrigin(i.site))
	p.goTo(view)
	p.click("main [data-part=taking] [data-action=taken-resume]")
	p.wait("what is kept", "document.querySelector('main [data-part=offline] time')")
	p.wait("what was saved", "document.querySelector('main article[data-uri="+js(saved)+"] [data-action=save][aria-pressed=true]')")
}
