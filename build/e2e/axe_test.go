package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeVersion is the pinned release of axe-core, the checker of WCAG rules.
const axeVersion = "4.11.0"

// axe returns the checker's source, from the npm registry the first time.
func axe(t testing.TB) string {
	t.Helper()
	file := filepath.Join(npm(t, "axe-core", axeVersion), "axe.min.js")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// npm returns the folder of a package of npm's registry, which is asked the first time.
func npm(t testing.TB, name, version string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "vitrine", path.Base(name)+"-"+version)
	folder := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
	if _, err := os.Stat(filepath.Join(folder, "package.json")); err == nil {
		return folder
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("npm", "install", "--prefix", dir, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", name+"@"+version).CombinedOutput()
	if err != nil {
		t.Fatalf("%s could not be installed with npm: %v\n%s", name, err, out)
	}
	return folder
}

// testAccessible runs axe on the kinds of views: each in one or two of the surroundings, and some in Arabic, so that views of every kind
// are seen in each, and looks at their titles. The whole matrix is a benchmark.
func testAccessible(t *testing.T, s *fixture) {
	source, all := axe(t), surroundings()
	p, arabic := s.tab(t), s.tab(t)
	p.open(s.site + "#/")
	p.waitForView("#/")
	arabic.speak(s, "ar")
	for i, view := range s.everyView(s.thread(t))[:24] { // the further ones show other kinds of the same
		look := func(p *tab, n int) {
			at := all[n%len(all)]
			p.setSurrounding(at)
			for _, v := range append(violations(p, source), eval[[]string](p, crooked)...) {
				t.Errorf("%s (%s): %s", view.name, at.name, v)
			}
			p.screenshot(strings.NewReplacer(" ", "-", "%", "", ",", "").Replace("view-" + view.name + "-" + at.name))
		}
		p.goTo(view.fragment)
		look(p, i+i/8)
		if i%2 == 0 {
			look(p, i+i/8+3)
		}
		if i%4 == 1 {
			arabic.goTo(view.fragment)
			look(arabic, i/4)
		}
	}
	for _, name := range []string{"about.html", "help.html", "privacy.html", "imprint.html", "404.html"} {
		p.open(s.site + name)
		for _, v := range violations(p, source) {
			t.Errorf("%s: %s", name, v)
		}
	}
}

// violations returns what axe finds against WCAG 2.0 to 2.2 A and AA and against best practice.
func violations(p *tab, source string) []string {
	p.t.Helper()
	p.run(chromedp.Evaluate(source, nil))
	var found []byte
	p.run(chromedp.Evaluate(`axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: {'target-size': {enabled: true}}})
		.then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.help + ' — ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))))`, &found, chromedp.EvalAsValue, awaitPromise))
	var text string
	var list []string
	if err := json.Unmarshal(found, &text); err != nil {
		text = string(found)
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		p.t.Fatalf("axe answered %q: %v", found, err)
	}
	return list
}
