package e2e

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/build/site"
)

func testStarts(t *testing.T, s *fixture) {
	for _, w := range waysToStart() {
		t.Run(w.name, func(t *testing.T) { w.start(t, s, func(t testing.TB) engine { return chromium{s.tab(t)} }) })
	}
}

// TestStartEngines starts the program in each engine, in each of the ways in which it can be started.
func TestStartEngines(t *testing.T) {
	engines := chosenEngines(t)
	s := newFixture(t)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			for _, w := range waysToStart() {
				// A browser of its own: WebKitGTK stops answering now and then once one process has compiled several programs.
				t.Run(w.name, func(t *testing.T) { w.start(t, s, e.start) })
			}
		})
	}
}

// wayToStart is a site on which the program is compiled beside the page or in it.
type wayToStart struct {
	name   string
	beside bool   // a worker stays
	worker string // what stands in the worker's place; "" for itself
	before string // a script that runs before the loader; "" for none
	policy string // one more Content-Security-Policy; "" for none
}

func waysToStart() []wayToStart {
	return []wayToStart{
		{name: "beside the page", beside: true},
		{name: "a worker that breaks", worker: `throw new Error("broken on purpose")`},
		{name: "a worker that ends without a word", worker: `navigator.locks.request("gone", () => { postMessage({alive: "gone"}); return new Promise(() => {}) }); setTimeout(() => close(), 200)`},
		{name: "a module that can't be shared", worker: `postMessage({failed: "DataCloneError"})`},
		{name: "a policy that forbids workers", policy: "worker-src 'none'"},
		{name: "no workers", before: "delete globalThis.Worker"},
		{name: "little memory", before: `Object.defineProperty(navigator, "deviceMemory", {value: 2})`},
	}
}

func (w wayToStart) start(t *testing.T, s *fixture, start func(testing.TB) engine) {
	address := w.serve(t, s)
	server := "#/i/" + s.host("hafenlicht")
	const drawn = `document.querySelectorAll("main[data-view]:not([data-front]) [role=feed] article").length >= 20`
	v := visitor{t, start(t)}
	v.visit(address + server)
	for again := 0; again < 2 && !v.answersUntil(drawn); again++ {
		t.Log("the engine stopped answering while it compiled the program: once more, in a new one")
		v = visitor{t, start(t)}
		v.visit(address + server)
	}
	v.wait("the program's own screen", drawn)
	v.waitForView(server)
	if beside := v.text("String(Boolean(vitrine.background))"); beside != map[bool]string{true: "true", false: "false"}[w.beside] {
		t.Errorf("a worker beside the page: %s", beside)
	}
	v.follow("#/settings")
}

// serve serves the site as the way wants it, and returns the address of its start page.
func (w wayToStart) serve(t *testing.T, s *fixture) string {
	t.Helper()
	files := s.render(t, "/")
	for name, data := range files {
		switch {
		case w.worker != "" && strings.HasPrefix(name, "assets/background.") && strings.HasSuffix(name, ".js"):
			files[name] = []byte(w.worker)
		case w.before != "" && name == "index.html":
			files[name] = bytes.Replace(data, []byte("<script "), []byte(`<script src="/before.js"></script><script `), 1)
		}
	}
	files["before.js"] = []byte(w.before)
	return serveFiles(t, files, w.policy)
}

// withoutProgram takes the program out of a site.
func withoutProgram(files site.Files) site.Files {
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasSuffix(name, ".wasm") })
	return files
}

// serveFiles serves a site for "/" on a port of its own, with one more Content-Security-Policy unless that is "", and returns the address of
// its start page.
func serveFiles(t *testing.T, files site.Files, policy string) string {
	t.Helper()
	tree := fstest.MapFS{}
	for name, data := range files {
		tree[name] = &fstest.MapFile{Data: data}
	}
	handler := http.FileServerFS(tree)
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if policy != "" {
			out.Header().Set("Content-Security-Policy", policy)
		}
		handler.ServeHTTP(out, r)
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/"
}
