package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// learned is what refreshing has found out, as it is kept.
const learned = `new Promise((done, failed) => {
	const open = indexedDB.open("vitrine:/:own");
	open.onerror = failed;
	open.onsuccess = () => {
		const ago = (days) => new Date(Date.now() - days * 864e5).toISOString();
		const all = [...document.querySelectorAll("[data-follow]")].map((row) => row.dataset.follow);
		const sources = Object.fromEntries(all.map((address, i) => [address, {asked: ago(0), lastPost: ago([0.1, 2, 0.4, 130, 9][i % 5]), perWeek: [21, 3, 1, 0.2, 5][i % 5]}]));
		Object.assign(sources[all[1]], {moved: "#/@kapitaen@" + all[1].split("@")[2], movedHandle: "kapitaen@" + all[1].split("@")[2]});
		Object.assign(sources[all[2]], {failsSince: ago(3), failKind: "ServerError"});
		const store = open.result.transaction("records", "readwrite").objectStore("records");
		store.put('{"v":1,"j":' + JSON.stringify({sources}) + "}", "learned").onsuccess = done;
	};
}).then(() => true)`

// testFollowing follows from a head, brings more from a file, finds all of it in every form in which it is carried away, and takes it back.
func testFollowing(t *testing.T, s *fixture) {
	source, town, harbour := axe(t), s.host("norderau"), s.host("hafenlicht")
	p := s.tab(t)
	library := "#/@bibliothek@" + town
	p.open(s.site + library)
	p.waitForView(library)
	p.wait("a button that isn't pressed", `document.querySelector('main .head [data-action=follow][aria-pressed=false]')`)
	p.click("main [data-action=follow]")
	p.wait("the button to be pressed, and to keep the focus", `document.activeElement.matches('main .head [data-action=follow][aria-pressed=true]')`)
	p.shots("followed")
	p.click("main [data-action=follow-options]")
	p.wait("the options", `document.querySelector('#follow[open] input[name=follow-boosts]')`)
	p.screenshot("follow-options")
	for _, v := range violations(p, source) {
		t.Errorf("options: %s", v)
	}
	p.run(chromedp.Evaluate(`document.querySelector('#follow [name=follow-boosts]').click()`, nil))
	p.click("#follow [data-action=close]")
	p.click(".nav .brand")
	p.waitForView("#/")
	p.wait("what is followed on the start", `document.querySelector('main a[href="#/following"]')`)
	p.wait("the lists to start with", `document.querySelector('main a[href^="#/following?add="]')`)

	p.goTo("#/following")
	p.wait("the row", fmt.Sprintf(`document.querySelectorAll('[data-follow]').length === 1 && document.querySelector('[data-follow=%s]')`, js(library)))
	file := filepath.Join(t.TempDir(), "lists.csv")
	rows := []string{
		"Harbour,hafenmeister@" + harbour, "Harbour,faehre@" + harbour, "Harbour,lotse@" + harbour, "Town,bibliothek@" + town, "Town,rathaus@" + town,
		"Town,hafenamt@" + town, "Far away,frosch@" + s.host("teich"), "Far away,marta@" + s.host("bucht"), "Far away,film@" + s.host("filmdose"), "Town,hafenmeister@" + harbour, "Harbour,nothing at all",
	}
	if err := os.WriteFile(file, []byte(strings.Join(rows, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.SetUploadFiles("[data-action=import]", []string{file}, chromedp.ByQuery))
	p.wait("what the file brings", `document.querySelector('[data-part=import] [data-part=new]')?.innerText === '8' && document.querySelector('[data-part=known]').innerText === '1' && document.querySelector('[data-part=unreadable]').innerText === '1'`)
	p.shots("import")
	for _, v := range violations(p, source) {
		t.Errorf("import: %s", v)
	}
	if n := p.count("[data-follow]"); n != 1 {
		t.Errorf("%d rows before it was confirmed", n)
	}
	p.click("[data-part=import] [data-action=confirm]")
	p.wait("all rows", `document.querySelectorAll('[data-follow]').length === 9 && !document.querySelector('[data-part=import]')`)
	p.click("[data-action=undo]")
	p.wait("the rows to go", `document.querySelectorAll('[data-follow]').length === 1`)
	p.run(chromedp.SetUploadFiles("[data-action=import]", []string{file}, chromedp.ByQuery))
	p.wait("the file again", `document.querySelector('[data-part=import]')`)
	p.click("[data-part=import] [data-action=confirm]")
	p.wait("all rows again", `document.querySelectorAll('[data-follow]').length === 9`)
	p.click("[data-action=undone]")
	p.goTo("#/t/" + harbour + "/faehre")
	p.click("main [data-action=follow]")
	p.wait("a pressed button", `document.querySelector('main [data-action=follow][aria-pressed=true]')`)
	p.goTo("#/i/" + s.host("500.klippe"))
	p.wait("an alert with a button", `document.querySelector('main [role=alert]') && document.querySelector('main [data-action=follow][aria-pressed=false]')`)
	p.click("main [data-action=follow]")
	p.wait("what fails to be followed", `document.querySelector('main [data-action=follow][aria-pressed=true]')`)
	p.goTo("#/following")
	p.wait("all rows", `document.querySelectorAll('[data-follow]').length === 11`)
	if os.Getenv("SHOTS") != "" {
		p.waitAsync("what is known to be stored", "await "+learned)
		p.goTo("#/")
		p.waitForView("#/")
		p.shots("start-following")
		p.goTo("#/following")
	}
	for _, scheme := range []string{"light", "dark"} {
		p.setColorScheme(scheme)
		for _, v := range violations(p, source) {
			t.Errorf("%s: %s", scheme, v)
		}
	}
	p.shots("following")
	p.run(chromedp.Evaluate(`document.querySelector('[data-follow] [name=pick]').click(); document.querySelector('details.edit').open = true`, nil))
	p.wait("what can be done with what is selected", `document.querySelector('[data-action=picked-remove]')`)
	p.shots("picked")
	for _, v := range violations(p, source) {
		t.Errorf("picked: %s", v)
	}

	testFocusOfLists(p)
	p.run(chromedp.Evaluate(`document.querySelector("details.edit [data-action=list-code]").click()`, nil))
	p.wait("the list as a QR code", `document.querySelector("details.edit [data-part=code] svg[role=img] path[d]")`)
	p.run(chromedp.Evaluate(`(window.saved = [], URL.createObjectURL = ((make) => (b) => { b.text().then((t) => saved.push(t)); return make(b); })(URL.createObjectURL.bind(URL)))`, nil))
	for i, format := range []string{"opml", "csv", "json"} {
		p.click("[data-action=export][data-format=" + format + "]")
		p.wait("the file", fmt.Sprintf("saved.length === %d", i+1))
		if text := eval[string](p, fmt.Sprintf("saved[%d]", i)); !strings.Contains(text, "bibliothek") {
			t.Errorf("%s: %s", format, text)
		}
	}
	q := p.newTabWithSameStorage(s.browser)
	q.open(s.site + library)
	q.waitForView(library)
	q.click("main [data-action=follow]")
	p.wait("the other tab's row to go", fmt.Sprintf(`document.querySelectorAll('[data-follow]').length === 10 && !document.querySelector('[data-follow=%s]')`, js(library)))
}

// testFocusOfLists moves the first of the lists by keyboard and takes that back: the focus stays with it, and isn't covered.
func testFocusOfLists(p *tab) {
	p.wait("what moves the focus", `performance.getEntriesByType("resource").some((r) => r.name.includes("/extras."))`)
	p.setSize(phone())
	list := eval[string](p, `document.querySelector("details[open] [data-action=list-down]").dataset.key`)
	has := func(action string) string {
		return fmt.Sprintf(`document.activeElement.matches("[data-action=%s]:enabled") && document.activeElement.dataset.key === %s && document.activeElement.closest("details[open]")`, action, js(list))
	}
	p.run(chromedp.Evaluate(`document.querySelector("details[open] [data-action=list-down]").focus()`, nil), chromedp.KeyEvent(kb.Enter))
	p.wait("the list to be the second, and the focus on the same button", `document.querySelectorAll("[data-action=list-down]")[1].dataset.key === `+js(list)+` && `+has("list-down"))
	p.run(chromedp.KeyEvent(kb.Enter))
	p.wait("the list to be the last, and the focus on the way back", has("list-up"))
	p.wait("the way back to be seen beside the offer to undo", `document.querySelector(".fresh [data-action=undo]") && document.activeElement.getBoundingClientRect().bottom <= document.querySelector(".fresh:not(:empty)").getBoundingClientRect().top`)
	for range 2 {
		p.run(chromedp.KeyEvent(kb.Enter))
	}
	p.wait("the list to be the first again", has("list-down")+` && document.querySelector("[data-action=list-up]").disabled`)
	p.run(chromedp.Evaluate(`document.querySelector(".fresh [data-action=undo]").focus()`, nil), chromedp.KeyEvent(kb.Enter))
	p.wait("the list to be the second again, and the focus in the view", `!document.querySelector(".fresh [data-action=undo]") && document.activeElement.closest("main") && document.querySelectorAll("[data-action=list-down]")[1].dataset.key === `+js(list))
	p.setSize(desktop())
}

// shots writes pictures on a phone and on a desktop, light and dark.
func (p *tab) shots(name string) {
	if os.Getenv("SHOTS") == "" {
		return
	}
	for _, screen := range []size{phone(), desktop()} {
		for _, scheme := range []string{"light", "dark"} {
			p.setSize(screen)
			p.setColorScheme(scheme)
			p.screenshot(name + "-" + screen.name + "-" + scheme)
		}
	}
}
