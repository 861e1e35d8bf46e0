package e2e

import (
	"fmt"
	"testing"
)

// TestElementEngines draws a feed and frames one in each engine.
func TestElementEngines(t *testing.T) {
	for _, e := range chosenEngines(t) {
		t.Run(e.name, func(t *testing.T) {
			v := visitor{t, e.start(t)}
			for _, kind := range []string{"text/javascript", "module"} {
				w := newTownHall(t)
				script := fmt.Sprintf(`<script type="%s" src="/%s" integrity="%s" defer></script>`, kind, w.assets.Element.Hashed.Name, w.assets.Element.Hashed.Integrity)
				v.visit(w.setPageWithScripts(strictPolicy, script, `<vitrine-feed src="/feeds/town/">`+fallback+`</vitrine-feed>`))
				v.wait("the drawn feed with its style, by "+kind, inShadow("article")+`.length === 3 && getComputedStyle(`+inShadow("section")+`[0]).borderTopStyle === "solid" && getComputedStyle(document.querySelector("vitrine-feed")).display === "block"`)
				if refused := v.text(`window.refused.join()`); refused != "" {
					t.Errorf("the policy refused %s", refused)
				}
			}
			for _, sandbox := range []string{`sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"`, `sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"`} {
				w := newTownHall(t)
				// In a sandboxed frame of no origin WebKit lets 'self' match nothing, so that the policy must name the origin too.
				w.frame("'self' " + w.url)
				v.visit(w.setPageWithScripts(strictPolicy, `<script src="/embed-height.js" defer></script>`, `<iframe data-vitrine `+sandbox+` width="600" src="/feeds/town/embed.html" title="Aus dem Rathaus"></iframe>`))
				v.wait("the height of "+sandbox, `document.querySelector("iframe").clientHeight === 1235`)
				v.visit(w.setPageWithScripts(strictPolicy, `<script src="/embed-height.js" defer></script>`, `<iframe data-vitrine `+sandbox+` width="400" src="/feeds/town/embed.html" title="Aus dem Rathaus"></iframe>`))
				v.wait("the height of a narrow one with "+sandbox, `document.querySelector("iframe").clientHeight === 2235`)
				v.wait("the height after it became wider", `(document.querySelector("iframe").width = 600, document.querySelector("iframe").clientHeight === 1235)`)
			}
		})
	}
}
