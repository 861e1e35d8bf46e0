package e2e

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// bringing has functions that a page is brought something by: as a browser says it, but for whether a person did it.
const bringing = `(() => {
	const data = (given) => { const d = new DataTransfer(); for (const g of given) typeof g === "string" ? d.setData("text/plain", g) : d.items.add(g); return d };
	const send = (made) => document.querySelector("main h1").dispatchEvent(made);
	const options = { bubbles: true, cancelable: true };
	window.__drag = (name, ...given) => send(new DragEvent(name, { ...options, dataTransfer: data(given) }));
	window.__paste = (...given) => send(new ClipboardEvent("paste", { ...options, clipboardData: data(given) }));
	return true;
})()`

// What is dropped, pasted, shared or opened from elsewhere; and what the frame says without a network.
func testBrought(t *testing.T, s *fixture) {
	host := s.host("norderau")
	profile := "#/@bibliothek@" + host
	p := s.tab(t)
	p.open(s.site + "#/settings")
	p.waitForView("#/settings")
	p.wait("what comes beside the program", `typeof vitrine.turn === "function" && `+bringing)
	p.waitForWorker()
	do := func(script string) { p.run(chromedp.Evaluate(script+"; true", nil)) }
	const said, away = `document.querySelector(".said[role=status]:not(#coming)").textContent`, `document.querySelector("p.away[role=status]").textContent`

	if got, can := p.count("#badge"), eval[bool](p, "typeof navigator.setAppBadge === 'function'"); got == 1 != can {
		t.Errorf("the browser can show a number on the icon: %v, and %d settings offer it", can, got)
	}
	p.run(network.EmulateNetworkConditions(true, 0, 0, 0))
	p.wait("the word that there is no network", away+` === "Offline"`)
	p.screenshot("brought-offline")
	p.run(network.EmulateNetworkConditions(false, 0, -1, -1))
	p.wait("its end", away+` === ""`)

	do(`__drag("dragenter", "x")`)
	p.wait("the word that it can be dropped", `document.querySelector("html.dropping") && document.querySelector("#coming").textContent === vitrine.sentences["boot.drop"]`)
	p.screenshot("brought-dragged")
	do(`__drag("dragleave", "x")`)
	p.wait("its end", `!document.querySelector("html.dropping") && document.querySelector("#coming").textContent === ""`)
	do(`__drag("drop", new File(["x"], "picture.png", { type: "image/png" }))`)
	p.wait("the word that it is no list", said+".includes('OPML')")
	do(`__paste("nothing of that kind")`)
	p.wait("the word that there is no address", said+".includes('address')")
	do(`__drag("drop", new File(["@bibliothek@` + host + `\n"], "list.csv"), new File(["x"], "other.csv"))`)
	p.waitForView("#/following")
	p.wait("what it would bring, and of which file", `document.querySelector("[data-part=import] .care") && document.querySelector("[data-part=import] [data-action=confirm]")`)
	p.screenshot("brought-list")
	do(`__drag("drop", new File([new Uint8Array(100 << 20)], "huge.opml"))`)
	p.wait("the word that it is too large", `document.querySelector("main [role=alert][data-kind=TooLarge]")`)
	do(`__paste("Look: http://` + host + `/@bibliothek")`)
	p.waitForView(profile)

	// Another app shares by a form, which the service worker answers.
	share := func(entries string) {
		p.open("about:blank")
		do(`{
			const form = document.createElement("form");
			Object.assign(form, { method: "POST", enctype: "multipart/form-data", action: ` + js(s.site) + ` });
			for (const [name, value] of ` + entries + `) {
				const input = document.createElement("input");
				input.name = name;
				if (typeof value === "string") input.value = value;
				else {
					const d = new DataTransfer();
					d.items.add(value);
					input.type = "file";
					input.files = d.files;
				}
				form.append(input);
			}
			document.body.append(form);
			form.submit();
		}`)
	}
	share(`[["title", "The library"], ["text", "Look here: http://` + host + `/@bibliothek !"], ["url", ""]]`)
	p.waitForView(profile)
	share(`[["title", ""], ["files", new File(["@bibliothek@` + host + `\n"], "shared.csv")]]`)
	p.waitForView("#/following")
	p.wait("what it would bring", `document.querySelector("[data-part=import] [data-action=confirm]")`)
	if got := eval[string](p, "location.search"); got != "" {
		t.Errorf("the query %q is left", got)
	}
	if kept := await[[]string](p, "caches.keys()"); slices.ContainsFunc(kept, func(name string) bool { return name == "vitrine:/:shared" }) {
		t.Errorf("what was shared is kept: %v", kept)
	}
	p.run(storage.OverrideQuotaForOrigin(s.site).WithQuotaSize(1))
	share(`[["title", ""], ["files", new File([new Uint8Array(10 << 20)], "archive.zip")]]`)
	p.waitForView("#/following")
	p.wait("the word that there is no room for it", said+`.includes("save")`)
	p.run(storage.OverrideQuotaForOrigin(s.site))
}
