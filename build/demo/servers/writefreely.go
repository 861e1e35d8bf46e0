package servers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// letter is a post of the blog.
type letter struct {
	id, slug, title, text string
	age                   time.Duration
}

func letters() []letter {
	return []letter{
		{"letter03", "the-drawer", "The drawer", "<p>It holds <strong>eleven</strong> keys and no lock.</p>", 26 * time.Hour},
		{"letter02", "on-handwriting", "On handwriting", "<p>Mine leans towards the harbour. So does the desk.</p>", 8 * day},
		{"letter00", "a-desk-in-five-parts", "A desk in five parts", longLetter(), 3 * day},
		{"letter01", "ink", "Ink", "<p>The first bottle is always the wrong blue.</p>", 21 * day},
	}
}

// longLetter has what only long texts have: headings, footnotes as Markdown's tools write them, a list of terms.
func longLetter() string {
	note := func(n string) string {
		return `<sup id="fnref:` + n + `"><a href="#fn:` + n + `" rel="footnote">` + n + `</a></sup>`
	}
	return `<p>Nobody asked how the desk came to stand by the window. Here is the answer.</p>` +
		`<h2>The top</h2><p>Oak, one plank, found under the pier in the winter of the long frost.` + note("1") + ` It had been a door before, and before that perhaps a boat; on one side there are hinges, on the other there is tar. ` +
		`It took two people and a borrowed cart to bring it up the hill, and a third person to say that it would never fit through the door.</p>` +
		`<h2>The legs</h2><p>There are five. The fifth was meant to be a spare, but the floor decided otherwise.` + note("2") + ` Whoever visits counts them twice, then looks at the floor, then counts again. ` +
		`None of them is as long as another, and so the desk stands straight.</p>` +
		`<h2>The drawer</h2><h3>What is in it</h3><p>Eleven keys. A list of what they don’t open. A pencil that is too short to be used and too good to be thrown away.</p>` +
		`<h3>What isn’t</h3><p>The lock. It was never there, as far as anybody remembers, and yet the drawer opens only to those who knock.</p>` +
		`<h2>The view</h2><p>The harbour, from above, so that the ferry arrives twice: first without a sound, then, a little later, with one. ` +
		`In the evening the lamps go on one by one, and number four has opinions.` + note("1") + `</p>` +
		`<h2>Words that are used here</h2><dl><dt>Blotter</dt><dd>What is under the letter.</dd><dt>Tar</dt><dt>Pitch</dt><dd>What is under the desk.</dd><dd>Also the sound of the foghorn, on some days.</dd><dt>Post</dt><dd>What becomes of it.</dd></dl>` +
		`<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>Ask the harbour master, who has written it down. <a href="#fnref:1" rev="footnote">↩︎</a></p></li>` +
		`<li id="fn:2"><p>A floor is a slow boat. <a href="#fnref:2" rev="footnote">↩︎</a></p></li></ol></section>`
}

// writefreely is a blog whose ActivityPub documents, WebFinger and feed may be read by pages of other sites, while NodeInfo, its own pages and
// what it says of unknown paths may not.
// Source: https://github.com/writefreely/writefreely, routes.go and activitypub.go.
func (s *server) writefreely() {
	s.closed = func(path string) bool {
		return !strings.HasPrefix(path, "/.well-known/webfinger") && !strings.HasPrefix(path, "/api/") && !strings.HasSuffix(path, "/feed/") && !strings.HasPrefix(path, s.Files)
	}
	actor := s.origin() + "/api/collections/feder"
	document := func(pattern string, answer func(*http.Request) any) {
		s.mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
			body := answer(r)
			if body == nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/activity+json; charset=utf-8")
			_ = json.NewEncoder(w).Encode(body) // fails only when the client has disconnected
		})
	}
	s.get("/.well-known/webfinger", func(r *http.Request) any {
		if r.FormValue("resource") != "acct:feder@"+s.host {
			return nil
		}
		return object{"subject": "acct:feder@" + s.host, "links": []object{
			{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": s.origin() + "/feder/"},
			{"rel": "self", "type": "application/activity+json", "href": actor}}}
	})
	person := object{"@context": []string{"https://www.w3.org/ns/activitystreams"}, "type": "Person", "id": actor, "preferredUsername": "feder", "name": "Feder", "summary": "Letters from a desk with a view.",
		"url": s.origin() + "/feder/", "inbox": actor + "/inbox", "outbox": actor + "/outbox", "followers": actor + "/followers", "published": s.ago(300 * day)}
	document("/api/collections/feder", func(*http.Request) any { return person })
	article := func(l letter) object {
		return object{"@context": "https://www.w3.org/ns/activitystreams", "type": "Article", "id": s.origin() + "/api/posts/" + l.id, "url": s.origin() + "/feder/" + l.slug, "name": l.title, "content": l.text,
			"published": s.ago(l.age), "attributedTo": actor, "to": []string{"https://www.w3.org/ns/activitystreams#Public"}, "tag": []object{}}
	}
	document("/api/collections/feder/outbox", func(r *http.Request) any {
		whole := object{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "id": actor + "/outbox", "totalItems": len(letters()), "first": actor + "/outbox?page=1"}
		if r.FormValue("page") == "" {
			return whole
		}
		var items []object
		for _, l := range letters() {
			items = append(items, object{"type": "Create", "id": s.origin() + "/api/posts/" + l.id + "/activity", "actor": actor, "published": s.ago(l.age), "to": []string{"https://www.w3.org/ns/activitystreams#Public"}, "object": article(l)})
		}
		return object{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollectionPage", "id": actor + "/outbox?page=1", "partOf": actor + "/outbox", "totalItems": len(items), "orderedItems": items}
	})
	document("/api/posts/{id}", func(r *http.Request) any {
		for _, l := range letters() {
			if l.id == r.PathValue("id") {
				return article(l)
			}
		}
		return nil
	})
	page := func(w http.ResponseWriter, r *http.Request, title string, object any) {
		if strings.Contains(r.Header.Get("Accept"), "application/activity+json") {
			w.Header().Set("Content-Type", "application/activity+json; charset=utf-8")
			_ = json.NewEncoder(w).Encode(object) // fails only when the client has disconnected
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>%s</title><link rel="alternate" type="application/rss+xml" title="Feder" href="%s/feder/feed/"><h1>%[1]s</h1>`, title, s.origin())
	}
	s.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { page(w, r, "Schreibtisch", object{}) })
	s.mux.HandleFunc("GET /feder/{$}", func(w http.ResponseWriter, r *http.Request) { page(w, r, "Feder", person) })
	s.mux.HandleFunc("GET /feder/{slug}", func(w http.ResponseWriter, r *http.Request) {
		for _, l := range letters() {
			if l.slug == r.PathValue("slug") {
				page(w, r, l.title, article(l))
				return
			}
		}
		http.NotFound(w, r)
	})
	s.mux.HandleFunc("GET /feder/feed/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		var items strings.Builder
		for _, l := range letters() {
			fmt.Fprintf(&items, `<item><title>%s</title><link>%s/feder/%s</link><guid>%[2]s/api/posts/%[4]s</guid><pubDate>%[5]s</pubDate><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[%[6]s]]></content:encoded></item>`,
				l.title, s.origin(), l.slug, l.id, s.Now().UTC().Add(-l.age).Format(time.RFC1123Z), l.text)
		}
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feder</title><link>%s/feder/</link><description>Letters from a desk with a view.</description>%s</channel></rss>`, s.origin(), items.String())
	})
}
