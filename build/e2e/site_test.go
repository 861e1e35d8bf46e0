package e2e

import (
	"context"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"vitrine/build/config"
	"vitrine/build/demo"
	"vitrine/build/site"
	"vitrine/web"
)

// fixture is the built site, served as any static host would, beside the demo fediverse, and a browser.
type fixture struct {
	site     string // URL of the start page
	program  string // the build command, for `read`
	compiled site.Program
	demo     *demo.Demo
	port     string // of the demo
	referred *referrers
	browser  context.Context
}

// TestJourneys builds the site once and runs all journeys.
func TestJourneys(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser: not among the short tests")
	}
	s := newFixture(t)
	for _, j := range []struct {
		name string
		run  func(*testing.T, *fixture)
	}{
		{"a server is read to the second page", testServer},
		{"a server's tabs", testTabs},
		{"a profile, its pinned posts and tabs", testProfile},
		{"a month of a profile and back", testMonth},
		{"a thread with nested answers", testThread},
		{"a thread at the side of its list", testAside},
		{"a reply at the side, after another post", testAsideBegins},
		{"a hashtag", testTag},
		{"a server that is closed to guests", testClosedServer},
		{"what is followed is one feed", testHome},
		{"gaps, the reading line and a catch-up", testCatchUp},
		{"back and forward keep the place", testBackAndForward},
		{"new posts are offered, never pushed", testNewPosts},
		{"a long list mounts few posts", testLongList},
		{"the address box takes what people have", testAddressBox},
		{"what was read is searched", testSearch},
		{"a malformed address opens the start with a note", testMalformedAddress},
		{"the keyboard", testKeyboard},
		{"by keyboard alone", testKeyboardAlone},
		{"what a screen reader speaks", testSpoken},
		{"settings take effect and stay", testSettings},
		{"dates and numbers are those of the browser's Intl", testIntl},
		{"what hangs on a post", testPost},
		{"fingers and keys", testGestures},
		{"what stands in a post outlives its redrawing", testRedraw},
		{"what makes room slides", testGlide},
		{"a reply stays where it is when what it answers comes in above it", testReplyStays},
		{"the builder of embeds", testBuilder},
		{"the builder of a site without feeds", testBuilderAlone},
		{"each way of failing has words", testFailures},
		{"a view shows nothing of the one before", testNothingLeaks},
		{"a hostile server", testHostileServer},
		{"videos", testVideos},
		{"notes with reactions", testReactions},
		{"a forum", testForum},
		{"a podcast", testPodcast},
		{"a long article, an event and a gallery", testArticle},
		{"photographs", testPhotographs},
		{"photographs by the addresses of their pages", testPermalink},
		{"copies and originals", testCopies},
		{"recorded answers of real servers", beside(testRecorded)},
		{"what doctor says is what the app shows", beside(testDoctor)},
		{"without JavaScript", testWithoutScript},
		{"below another path", testSubPath},
		{"first content before the program", testFront},
		{"the program starts in every way", testStarts},
		{"posts without the program", testWithoutProgram},
		{"what is tapped and typed before the program", testTapsBeforeTheProgram},
		{"nothing is asked twice", testNoDuplicateRequests},
		{"two tabs that start at once", testTwoTabsAtOnce},
		{"about a server in two tabs", testAboutInTwoTabs},
		{"what a site doesn't open", testBlocked},
		{"what a site doesn't open, without the program", testBlockedWithoutProgram},
		{"a page that is loaded again stands where it stood", testScrollPositionStays},
		{"what was read stays without a network", testOffline},
		{"large films go on loading when the page is closed", testLastingFilms},
		{"a storage that gets full loses nothing", testFullStorage},
		{"what was read stays while its server fails", testStoredUnderAlerts},
		{"what is stored, and the own data", testStorage},
		{"a browser that keeps nothing", testWithoutStorage},
		{"without a network", testWithoutNetwork},
		{"pictures that were seen", testPicturesSeen},
		{"pictures make room", testPicturesMakeRoom},
		{"no server learns the page", testNoReferrer},
		{"back closes what is open", testBackClosesDialogs},
		{"a new version", testNewVersion},
		{"two sites on one origin", testTwoSites},
		{"a site that is worked on is not kept", testUncachedSite},
		{"what other apps share", testShared},
		{"what is dropped, pasted and shared", testBrought},
		{"no view scrolls sideways", beside(testNarrow)},
		{"what crowds stays within its box", beside(testCrowded)},
		{"what crowds stays within its box, in static pages", beside(testCrowdedPages)},
		{"what is followed, brought and carried away", testFollowing},
		{"what is saved", testSaved},
		{"an archive of an account", testArchive},
		{"what is filtered", testFilters},
		{"what is followed is refreshed while no page is open", testBackgroundSync},
		{"posts as files", testFiles},
		{"accessible", beside(testAccessible)},
	} {
		t.Run(j.name, func(t *testing.T) { j.run(t, s) })
	}
}

// beside is a long journey that changes nothing that others share, and so runs beside one of its kind once the rest is done.
func beside(journey func(*testing.T, *fixture)) func(*testing.T, *fixture) {
	return func(t *testing.T, s *fixture) {
		t.Parallel()
		journey(t, s)
	}
}

func (s *fixture) tab(t testing.TB, actions ...chromedp.Action) *tab {
	t.Helper()
	return newTab(t, s.browser, actions...)
}

// host is a demo server with its port; "" is the bare name of the machine.
func (s *fixture) host(name string) string {
	if name == "" {
		return "localhost:" + s.port
	}
	return name + ".localhost:" + s.port
}

// thread returns the address of some thread.
func (s *fixture) thread(t testing.TB) string {
	t.Helper()
	p := s.tab(t)
	p.open(s.site + "#/i/" + s.host("hafenlicht") + "/trending")
	p.waitForView("#/i/" + s.host("hafenlicht") + "/trending")
	return eval[string](p, `document.querySelector('main article a.when').getAttribute('href')`)
}

// checkNothingLogged checks that the page logged nothing.
func (p *tab) checkNothingLogged() {
	p.t.Helper()
	for _, l := range p.logged() {
		p.t.Errorf("the page logged: %s", l)
	}
}

// checkRequestedHosts checks that the page requested its own site and the demo's servers only.
func (p *tab) checkRequestedHosts(s *fixture) {
	p.t.Helper()
	for _, h := range p.hosts() {
		if !strings.HasPrefix(s.site, "http://"+h+"/") && !strings.HasSuffix(h, ":"+s.port) {
			p.t.Errorf("%s was asked; all: %v", h, p.hosts())
		}
	}
	if slices.Contains(p.hosts(), "evil."+s.host("")) {
		p.t.Error("a host that nobody chose was asked")
	}
}

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// newFixture builds the site as `site` does, with the demo's servers allowed, and serves it.
func newFixture(t testing.TB) *fixture {
	t.Helper()
	referred := &referrers{}
	d, err := demo.Start(t.Context(), demo.Options{Addr: "127.0.0.1:0", Budget: 1 << 20, NoStore: true, Middleware: referred.record})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err := net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	program, err := site.Compile(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := &fixture{demo: d, port: port, referred: referred, compiled: program, browser: chrome(t), program: buildCommand(t)}
	s.site = s.serve(t, "/")
	return s
}

// options are those of the site for a base path, with the demo's servers.
func (s *fixture) options(t testing.TB, base string) site.Options {
	t.Helper()
	data, err := fs.ReadFile(web.Files, "site.toml")
	if err != nil {
		t.Fatal(err)
	}
	settings, err := config.Parse("site.toml", data)
	if err != nil {
		t.Fatal(err)
	}
	var servers []site.Server
	for _, h := range s.demo.Hosts() {
		servers = append(servers, site.Server{Host: h.Name, Topic: "demo", Languages: h.Languages, Software: h.Software, Feed: h.Feed, Text: h.Text})
	}
	for _, l := range s.demo.Lists() {
		settings.Lists = append(settings.Lists, config.List(l))
	}
	return site.Options{Web: web.Files, Base: base, Config: settings, Program: s.compiled, Demo: servers, Loopback: true}
}

// render makes the files of the site for a base path.
func (s *fixture) render(t testing.TB, base string) site.Files {
	t.Helper()
	files, err := site.Render(s.options(t, base))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// serve serves the site for a base path on a port of its own, and returns the address of the start page.
func (s *fixture) serve(t testing.TB, base string) string {
	t.Helper()
	files, tree := s.render(t, base), fstest.MapFS{}
	for name, data := range files {
		tree[name] = &fstest.MapFile{Data: data}
	}
	server := httptest.NewServer(s.referred.record(http.StripPrefix(strings.TrimSuffix(base, "/"), http.FileServerFS(tree))))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + base
}

// buildCommand compiles the build program, for what is tested as a command.
func buildCommand(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "build")
	if out, err := exec.Command("go", "build", "-o", file, "vitrine/build").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}

func testWithoutScript(t *testing.T, s *fixture) {
	p := s.tab(t, emulation.SetScriptExecutionDisabled(true))
	p.open(s.site)
	var html string
	p.run(chromedp.OuterHTML("html", &html))
	if !strings.Contains(html, "<noscript") || !strings.Contains(html, "JavaScript") {
		t.Error("nothing explains why there is nothing")
	}
	p.screenshot("noscript")
}

func testSubPath(t *testing.T, s *fixture) {
	p := s.tab(t)
	base := s.serve(t, "/reader/below/")
	p.open(base)
	p.waitForView("#/")
	p.goTo("#/i/" + s.host("hafenlicht"))
	if p.count(inFeed) < 20 {
		t.Errorf("%d posts", p.count(inFeed))
	}
	p.checkNothingLogged()
	if missing := eval[[]string](p, `performance.getEntriesByType('resource').filter(r => r.responseStatus >= 400).map(r => r.name)`); len(missing) > 0 {
		t.Errorf("missing: %v", missing)
	}
}
