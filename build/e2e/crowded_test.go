package e2e

import (
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What somebody may write into any field: marks that are stacked far above and below their letter, and a word of 300 letters.
func stackedMarks() string {
	var b strings.Builder
	for range 4 {
		b.WriteString("H" + strings.Repeat("\u0300\u0301\u0302\u0303\u0308\u0323\u0331\u0330", 15))
	}
	return b.String()
}

func endlessWord() string { return strings.Repeat("Donaudampfschiff", 300/16+1)[:300] }

// crowdedServer is a server in the shape of Mastodon's API that has stacked marks and an endless word in each plain field. It returns its
// host, and the name of its account.
func crowdedServer(t testing.TB) (host, user string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host = fmt.Sprintf("crowded.localhost:%d", l.Addr().(*net.TCPAddr).Port)
	base, text := "http://"+host, stackedMarks()+" "+endlessWord()
	user = strings.ToLower(endlessWord()[:190])
	type object = map[string]any
	account := object{
		"id": "1", "username": user, "acct": user, "display_name": text, "url": base + "/@" + user, "uri": base + "/users/" + user, "note": "<p>" + text + "</p>",
		"avatar": base + "/a.png", "header": base + "/h.png", "created_at": "2024-01-01T00:00:00.000Z", "followers_count": 1, "following_count": 1, "statuses_count": 9,
		"emojis": []any{}, "roles": []any{object{"id": "1", "name": text, "color": ""}},
		"fields": []any{object{"name": text, "value": text}, object{"name": "short", "value": "<a href=\"" + base + "/x\">" + text + "</a>", "verified_at": "2024-01-01T00:00:00.000Z"}},
	}
	status := func(id int, more object) object {
		s := object{
			"id": fmt.Sprint(id), "uri": fmt.Sprint(base, "/s/", id), "url": fmt.Sprint(base, "/@", user, "/", id), "visibility": "public", "language": "en", "account": account,
			"created_at": time.Now().UTC().Add(-time.Duration(id) * time.Minute).Format(time.RFC3339), "content": fmt.Sprintf("<p>Post %d</p>", id), "spoiler_text": "",
			"media_attachments": []any{}, "mentions": []any{}, "emojis": []any{}, "tags": []any{}, "replies_count": 1, "reblogs_count": 1, "favourites_count": 1,
		}
		maps.Copy(s, more)
		return s
	}
	media := func(kind string) object {
		return object{"id": kind, "type": kind, "url": base + "/media/" + endlessWord() + "." + kind, "preview_url": base + "/media/none.png", "description": text}
	}
	poll := object{"id": "1", "expires_at": "2099-01-01T00:00:00.000Z", "expired": false, "votes_count": 3, "options": []any{object{"title": text, "votes_count": 2}, object{"title": text, "votes_count": 1}}}
	card := object{"url": base + "/article", "title": text, "description": text, "type": "link", "provider_name": text, "author_name": text, "authors": []any{object{"name": text, "url": base + "/author"}}}
	posts := []any{
		status(1, object{"content": "<p>" + text + "</p><blockquote>" + text + "</blockquote><pre><code>" + text + "</code></pre><ul><li>" + text + "</li></ul>"}),
		status(2, object{"content": `<p><a href="` + base + `/tags/x" class="mention hashtag" rel="tag">#<span>` + text + `</span></a> <a href="` + base + "/@" + user + `" class="u-url mention">@<span>` + text + `</span></a> <a href="https://` + strings.Repeat("example-", 7) + ".example/" + endlessWord() + `">` + text + `</a></p>`,
			"tags": []any{object{"name": endlessWord(), "url": base + "/tags/" + endlessWord()}}}),
		status(3, object{"spoiler_text": text, "sensitive": true, "poll": poll}),
		status(4, object{"poll": poll, "application": object{"name": text}}),
		status(5, object{"card": card}),
		status(6, object{"media_attachments": []any{media("image"), media("image"), media("image")}}),
		status(7, object{"media_attachments": []any{media("audio")}}),
		status(8, object{"media_attachments": []any{media("unknown")}}),
		status(9, object{"media_attachments": []any{media("video")}, "sensitive": true}),
		status(10, object{"quote": object{"state": "accepted", "quoted_status": status(11, object{"content": "<p>" + text + "</p>", "spoiler_text": text})}}),
		status(12, object{"reblog": status(13, object{"content": "<p>" + text + "</p>"})}),
		status(15, object{"media_attachments": []any{object{"id": "1", "type": "image", "url": base + "/whole.png", "preview_url": base + "/whole.png", "description": text}}}),
		status(14, object{"in_reply_to_id": "1", "in_reply_to_account_id": "1", "media_attachments": []any{media("image")}}),
	}
	instance := object{
		"domain": host, "title": text, "version": "4.4.0", "description": text, "usage": object{"users": object{"active_month": 1}}, "languages": []string{"en"},
		"rules": []any{object{"id": "1", "text": text, "hint": text}}, "contact": object{"email": endlessWord() + "@crowded.example", "account": account},
	}
	mux := http.NewServeMux()
	for path, v := range map[string]any{
		"/api/v2/instance": instance, "/api/v1/instance/rules": instance["rules"], "/api/v1/instance/extended_description": object{"content": "<p>" + text + "</p>"},
		"/api/v1/timelines/public": posts, "/api/v1/timelines/tag/{tag}": posts, "/api/v1/accounts/lookup": account, "/api/v1/accounts/1": account, "/api/v1/accounts/1/statuses": posts,
		"/api/v1/accounts/1/featured_tags": []any{object{"name": endlessWord(), "statuses_count": "3"}},
		"/api/v1/statuses/1":               posts[0], "/api/v1/statuses/1/context": object{"ancestors": []any{}, "descendants": []any{status(15, object{"in_reply_to_id": "1", "content": "<p>" + text + "</p>"})}},
		"/api/v1/trends/statuses": posts, "/api/v1/trends/tags": []any{object{"name": endlessWord(), "history": []any{}}}, "/api/v1/trends/links": []any{card},
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			answer := v
			if r.FormValue("max_id") != "" || r.FormValue("pinned") == "true" {
				answer = []any{}
			}
			if err := json.NewEncoder(w).Encode(answer); err != nil {
				t.Log(err)
			}
		})
	}
	mux.HandleFunc("GET /whole.png", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		if err := png.Encode(w, image.NewGray(image.Rect(0, 0, 64, 48))); err != nil {
			t.Log(err)
		}
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return host, user
}
