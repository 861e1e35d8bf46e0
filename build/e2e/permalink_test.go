package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pixelfed is what a server of photographs shows guests where its API is for members: posts by the addresses of their pages, and comments.
var pixelfed = regexp.MustCompile(`^/api/v2/(profile/\w+|comments/[\w-]+)/status/(\w+)$`)

// forMembers closes a server's API for posts, and shows guests what a real one does.
func forMembers(servers http.Handler) http.Handler {
	inner := func(r *http.Request, path string, into any) error {
		own := r.Clone(r.Context())
		own.URL.Path, own.URL.RawQuery, own.RequestURI = path, "", path
		answer := httptest.NewRecorder()
		servers.ServeHTTP(answer, own)
		return json.Unmarshal(answer.Body.Bytes(), into)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		shown := pixelfed.FindStringSubmatch(r.URL.Path)
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/pixelfed/v1/"):
			w.Header().Del("Access-Control-Allow-Origin") // the API itself says so
			own := r.Clone(r.Context())
			own.URL.Path = "/api/v1/" + strings.TrimPrefix(r.URL.Path, "/api/pixelfed/v1/")
			if user, ok := strings.CutPrefix(own.URL.Path, "/api/v1/accounts/id-"); ok && !strings.Contains(user, "/") {
				own.URL.Path, own.URL.RawQuery = "/api/v1/accounts/lookup", "acct="+user
			}
			servers.ServeHTTP(w, own)
		case strings.HasPrefix(r.URL.Path, "/api/v1/statuses/") || strings.HasPrefix(r.URL.Path, "/api/v1/accounts/"):
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, `{"error":"Unauthenticated."}`)
		case shown == nil:
			w.Header().Del("Access-Control-Allow-Origin")
			servers.ServeHTTP(w, r)
		case shown[1][0] == 'p':
			var status map[string]any
			if err := inner(r, "/api/v1/statuses/"+shown[2], &status); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			page := "http://" + r.Host + "/p/" + strings.TrimPrefix(shown[1], "profile/") + "/" + shown[2]
			status["uri"], status["url"] = page, page
			_ = json.NewEncoder(w).Encode(map[string]any{"status": status})
		default:
			_ = json.NewEncoder(w).Encode(map[string]any{"data": []any{
				map[string]any{
					"id": "900", "uri": "http://" + r.Host + "/p/kamera/900", "url": "http://" + r.Host + "/p/kamera/900", "created_at": "2026-01-01T10:00:00.000000Z",
					"content": "What a light!", "visibility": "public", "in_reply_to_id": shown[2],
					"account": map[string]any{"id": "id-kamera", "username": "kamera", "acct": "kamera", "url": "http://" + r.Host + "/kamera"},
				},
			}})
		}
	})
}

// testPermalink pastes the address of a photograph's page at a server whose API is for members.
func testPermalink(t *testing.T, s *fixture) {
	i := s.behind(t, func(servers http.Handler) http.Handler {
		closed := forMembers(servers)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.Host, "lichtbild.") {
				closed.ServeHTTP(w, r)
				return
			}
			servers.ServeHTTP(w, r)
		})
	})
	host := i.host("lichtbild")
	p := i.tab(t)
	view := "#/p/" + host + "/4"
	p.open(i.site + "#/open?u=" + url.QueryEscape("http://"+host+"/p/lumen/4"))
	p.waitForView(view)
	p.wait("the photographs, and a comment", `document.querySelectorAll('main article[aria-current=true] .grid4 img').length === 3 && [...document.querySelectorAll('main [data-parent]')].some((reply) => reply.innerText.includes('What a light!'))`)
	p.screenshot("permalink")
	p.run(chromedp.Reload())
	p.waitForView(view)
	p.wait("all of it asked again, by the address that is stored", `performance.getEntriesByType('resource').some((r) => r.name.includes('/api/v2/comments/') && r.responseEnd) &&
		document.querySelector('main:not([data-front]) [data-part=replies][aria-busy=false]') && !document.querySelector('main [role=alert]')`)
	p.goTo("#/@lumen@" + host)
	p.wait("her photographs", `document.querySelectorAll('main [role=feed] article').length === 3 && !document.querySelector('main [role=alert]')`)
	p.screenshot("permalink-profile")
}
