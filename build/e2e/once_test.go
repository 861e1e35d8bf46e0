package e2e

import (
	"slices"
	"strings"
	"testing"
)

// testNoDuplicateRequests checks that the program uses the answers to the loader's requests and sends no request twice.
func testNoDuplicateRequests(t *testing.T, s *fixture) {
	for _, view := range []string{"#/i/" + s.host("hafenlicht"), "#/t/" + s.host("norderau") + "/lesesaal", "#/@bibliothek@" + s.host("norderau"), s.thread(t)} {
		p := s.tab(t)
		p.open(s.site + view)
		p.waitForView(view)
		p.wait("the answer", `document.querySelector('main [role=feed]')?.getAttribute('aria-busy') !== 'true'`)
		asked := map[string]int{}
		for _, u := range p.requests() {
			if strings.Contains(u, "/api/") {
				asked[u]++
			}
		}
		if len(asked) == 0 {
			t.Errorf("%s: nothing was asked", view)
		}
		for u, n := range asked {
			if n > 1 {
				t.Errorf("%s: %s was asked %d times", view, u, n)
			}
		}
	}
}

// requests returns the addresses of all requests, in order.
func (p *tab) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.urls)
}
