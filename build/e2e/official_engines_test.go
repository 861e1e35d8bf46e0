package e2e

import (
	"path/filepath"
	"testing"

	"vitrine/build/demo"
)

// TestOfficialEngines looks at an official feed in each engine: on the web, from a disk, and in a frame that has
// neither scripts nor an origin.
func TestOfficialEngines(t *testing.T) {
	engines := chosenEngines(t)
	o := newOfficial(t, feedsOfTown, demo.Options{})
	framed := o.host("engines.html", `<iframe src="/feeds/town/embed.html#dark" title="Aus dem Rathaus" sandbox="allow-popups"></iframe><iframe id="same" src="/feeds/town/embed.html#dark" title="Aus dem Rathaus"></iframe>`)
	const drawn = `document.querySelectorAll('.vitrine article').length > 5 && getComputedStyle(document.querySelector('.vitrine .by')).display === 'grid' && document.querySelector('.vitrine .avatar').naturalWidth > 0`
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			v := visitor{t, e.start(t)}
			for _, page := range []string{"feeds/town/index.html", "feeds/town/embed.html", "feeds/town/2026.html"} {
				v.visit(o.url + page)
				v.wait(page, drawn)
				v.visit("file://" + filepath.ToSlash(filepath.Join(o.dir, filepath.FromSlash(page))))
				v.wait(page+" from a disk", drawn)
			}
			v.visit(framed)
			v.wait("the colours that the frame's address asks for", `getComputedStyle(document.getElementById('same').contentDocument?.documentElement ?? document.body).colorScheme === 'dark'`)
			v.visit(o.url + "feeds/town/report.html")
			v.wait("the report", `document.querySelector('h1') && document.querySelectorAll('table tr').length > 5`)
		})
	}
}
