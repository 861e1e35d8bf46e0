package e2e

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/build/site"
)

// testBlocked checks that neither the loader nor the program shows or requests what a site doesn't open.
func testBlocked(t *testing.T, s *fixture) {
	harbour, town := s.host("hafenlicht"), s.host("norderau")
	thread := s.thread(t)
	id := thread[strings.LastIndexByte(thread, '/')+1:]
	o := s.options(t, "/")
	o.Config.Blocked = []string{town, "*." + s.host("klippe"), "@Lumen@" + harbour, "http://" + harbour + "/statuses/" + id}
	h := newWebHost(t)
	h.publish(t, o)
	refused := `document.querySelector('main [role=alert][data-kind=Refused]')`

	for view, names := range map[string]string{
		"#/i/" + town: town, "#/i/" + town + "/about": town, "#/t/" + town + "/lesesaal": town, "#/@bibliothek@" + town: town, "#/p/" + town + "/1": town,
		"#/@bibliothek@" + town + "?via=" + harbour: town, "#/i/" + s.host("500.klippe"): s.host("500.klippe"),
		"#/@lumen@" + harbour: "@lumen@" + harbour, "#/@lumen@" + harbour + "/media": "@lumen@" + harbour, thread: "",
		"#/open?u=" + town: town,
	} {
		before := s.demo.Hits(town) + s.demo.Hits(harbour)
		p := s.tab(t)
		p.open(h.url + "/" + view)
		p.wait("the alert of "+view, refused)
		if !strings.HasPrefix(view, "#/open") {
			p.waitForView(view)
		}
		if got := p.text("main [role=alert]"); !strings.Contains(got, names) || !strings.Contains(got, "does not open") {
			t.Errorf("%s: the alert says %q", view, got)
		}
		if p.count("main h1") != 1 || p.count("main [role=alert]") != 1 || p.count("main article") > 0 {
			t.Errorf("%s: %s", view, p.text("main"))
		}
		if n := s.demo.Hits(town) + s.demo.Hits(harbour) - before; n > 0 {
			t.Errorf("%s: %d requests", view, n)
		}
		for _, host := range p.hosts() {
			if strings.HasSuffix(host, ":"+s.port) {
				t.Errorf("%s: %s was asked", view, host)
			}
		}
		if view == "#/i/"+town {
			p.screenshot("blocked-desktop")
			p.setSize(phone())
			p.setColorScheme("dark")
			p.screenshot("blocked-phone-dark")
		}
		p.checkNothingLogged()
	}

	p := s.tab(t)
	p.open(h.url)
	p.waitForView("#/")
	if p.count(fmt.Sprintf(`a[href=%q]`, "#/i/"+town)) > 0 || p.count(fmt.Sprintf(`a[href=%q]`, "#/i/"+harbour)) == 0 {
		t.Error("the start page suggests a blocked server, or none at all")
	}
	blockedIn := func(site, view string) int {
		p.open(site + view)
		p.waitForView(view)
		return p.count(fmt.Sprintf(`main article:has(a.name[href=%q]), main article:has(a.name[href$=%q])`, "#/@lumen@"+harbour, "@"+town))
	}
	for _, view := range []string{"#/@ines@" + harbour, "#/i/" + harbour, "#/i/" + harbour + "/federated"} {
		if blockedIn(s.site, view) == 0 {
			t.Errorf("%s of a site that blocks nothing has nobody to leave out", view)
		}
		if n := blockedIn(h.url+"/", view); n > 0 {
			t.Errorf("%s: %d posts of blocked accounts", view, n)
		}
	}
	p.goTo("#/@marta@" + harbour)
	p.wait("the quote of a blocked account, without what it says", `[...document.querySelectorAll('main article')].some((a) => a.innerText.includes('I work opposite') && a.querySelector('[data-part=quote]')?.innerText === 'The quoted post is not shown here.')`)
}

// testBlockedWithoutProgram checks that the loader leaves the same out of what it draws itself.
func testBlockedWithoutProgram(t *testing.T, s *fixture) {
	harbour := s.host("hafenlicht")
	o := s.options(t, "/")
	o.Config.Blocked = []string{"@lumen@" + harbour}
	files, err := site.Render(o)
	if err != nil {
		t.Fatal(err)
	}
	p := s.tab(t)
	p.open(serveFiles(t, withoutProgram(files), "") + "#/i/" + harbour)
	p.wait("posts without the program", `document.querySelectorAll('#front article[data-uri]').length > 10`)
	if n := p.count(fmt.Sprintf(`#front a.name[href=%q]`, "#/@lumen@"+harbour)); n > 0 {
		t.Errorf("%d posts of a blocked account", n)
	}
}
