package e2e

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// heavy bytes are what each film of heavyFilms weighs: enough for the browser to load it by itself (web/js/large.js).
const heavy = 21e6

// heavyFilms makes the films of a demo heavy. Of the first one that is asked for a second time, which the browser does by itself, all but the
// beginning is held back until it is let go.
type heavyFilms struct {
	begun, letGo chan struct{}

	mu    sync.Mutex
	asked map[string]int // requests for whole films
	held  bool
}

func (h *heavyFilms) before(servers http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || !strings.HasSuffix(r.URL.Path, ".webm") || r.Header.Get("Range") != "" {
			servers.ServeHTTP(w, r)
			return
		}
		h.mu.Lock()
		h.asked[r.URL.Path]++
		hold := h.asked[r.URL.Path] == 2 && !h.held
		h.held = h.held || hold
		h.mu.Unlock()
		whole := httptest.NewRecorder()
		servers.ServeHTTP(whole, r)
		for name, values := range whole.Header() {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Length", strconv.Itoa(heavy))
		w.WriteHeader(whole.Code)
		film := whole.Body.Bytes()
		_, _ = w.Write(film)
		if hold {
			w.(http.Flusher).Flush()
			close(h.begun)
			select {
			case <-h.letGo:
			case <-r.Context().Done():
			}
		}
		_, _ = w.Write(make([]byte, heavy-len(film)))
	})
}

// testLastingFilms takes films offline and closes the page while the browser loads one: it goes on, and isn't asked for again.
func testLastingFilms(t *testing.T, s *fixture) {
	films := &heavyFilms{begun: make(chan struct{}), letGo: make(chan struct{}), asked: map[string]int{}}
	i := s.behind(t, films.before)
	p := i.tab(t)
	p.open(i.site)
	p.waitForView("#/")
	p.waitForWorker()
	i.beginToTakeFilms(p, "200000000")
	select {
	case <-films.begun:
	case <-p.ctx.Done():
		t.Fatal("the browser has loaded no film by itself")
	}
	later := p.newTabWithSameStorage(i.browser)
	p.close(i.browser)
	close(films.letGo)

	p = later
	list := "#/i/" + i.host("filmdose")
	p.open(i.site + list)
	p.waitForView(list)
	p.wait("what is kept", filmsTaken)
	if said := p.text("main [data-part=offline]"); strings.Contains(said, "could not") {
		t.Errorf("it says: %s", said)
	}
	p.waitAsync("all films, as they were sent", `(async () => {
		const kept = await caches.open("vitrine:/:kept");
		const films = await Promise.all((await kept.keys()).filter((r) => r.url.endsWith(".webm")).map(async (r) => (await (await kept.match(r)).blob()).size));
		return films.length > 0 && films.every((size) => size === `+strconv.Itoa(heavy)+`);
	})()`)
	if left := await[int](p, `caches.open("vitrine:/:come").then((c) => c.keys()).then((k) => k.length)`); left != 0 {
		t.Errorf("%d films are left where the browser puts them", left)
	}
	films.mu.Lock()
	defer films.mu.Unlock()
	for path, n := range films.asked {
		if n > 2 { // a browser may want to be asked before it loads a second file by itself: then the page loads it
			t.Errorf("%s was asked for %d times, not once by the page and once by the browser", path, n)
		}
	}
}
