package e2e

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"
)

// longServer is a server with n local posts, one a minute, in the shape of a Mastodon server's answers. It returns its host.
// The demo's servers have too few posts for this.
func longServer(t testing.TB, n int) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := fmt.Sprintf("long.localhost:%d", l.Addr().(*net.TCPAddr).Port)
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			t.Log(err)
		}
	}
	mux.HandleFunc("GET /api/v2/instance", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"domain": host, "title": "Long", "version": "4.4.0", "description": "A server with many posts", "usage": map[string]any{}, "languages": []string{"en"}, "rules": []any{}})
	})
	mux.HandleFunc("GET /api/v1/timelines/public", func(w http.ResponseWriter, r *http.Request) {
		limit, below := 20, n+1
		if v, err := strconv.Atoi(r.FormValue("limit")); err == nil {
			limit = min(v, 40)
		}
		if v, err := strconv.Atoi(r.FormValue("max_id")); err == nil {
			below = v
		}
		page := []any{}
		for i := below - 1; i > 0 && len(page) < limit; i-- {
			page = append(page, longStatus(host, i, n))
		}
		answer(w, page)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return host
}

func longStatus(host string, i, n int) map[string]any {
	id := strconv.Itoa(i)
	url := "http://" + host + "/@ada/" + id
	return map[string]any{
		"id": id, "uri": "http://" + host + "/users/ada/statuses/" + id, "url": url, "visibility": "public", "language": "en",
		"created_at":   time.Now().UTC().Add(-time.Duration(n-i) * time.Minute).Format("2006-01-02T15:04:05.000Z"),
		"content":      `<p>Post ` + id + `, which says a little more than its number, so that it fills its lines. It links to <a href="https://example.org/` + id + `" rel="nofollow noopener"><span class="invisible">https://</span><span class="ellipsis">example.org/</span><span class="invisible">` + id + `</span></a> and ends.</p><p><a href="http://` + host + `/tags/long" class="mention hashtag" rel="tag">#<span>long</span></a></p>`,
		"spoiler_text": "", "sensitive": false, "replies_count": i % 7, "reblogs_count": i % 5, "favourites_count": i % 11,
		"media_attachments": []any{}, "mentions": []any{}, "emojis": []any{}, "tags": []any{map[string]any{"name": "long", "url": "http://" + host + "/tags/long"}},
		"account": map[string]any{"id": "1", "username": "ada", "acct": "ada", "display_name": "Ada", "url": "http://" + host + "/@ada", "note": "", "avatar": "", "emojis": []any{}, "fields": []any{}, "created_at": "2024-01-01T00:00:00.000Z"},
	}
}
