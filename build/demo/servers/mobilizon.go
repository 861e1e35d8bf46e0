package servers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// happening is an event of the group.
type happening struct {
	id, name, text      string
	published           time.Duration // ago
	begins, lasts       time.Duration // from the last midnight (UTC); no end is named for 0
	place, street, town string
	scene, light, seed  string
	online              string // where to take part from elsewhere
}

func happenings() []happening {
	return []happening{
		{"2f9c1f6e-0001-4c7a-9d53-2b7a4c1d0001", "Lampen, die wir liebten", "<p>Zur Eröffnung der Ausstellung geht das Licht aus. <strong>Bitte eine Lampe mitbringen.</strong></p><p>Der Eintritt ist frei, die Steckdosen sind gezählt.</p>", 2 * day, 4*day + 18*time.Hour, 3 * time.Hour, "Kulturhaus Norderau", "Am Speicher 4", "Norderau", "street", "dusk", "61", ""},
		{"2f9c1f6e-0002-4c7a-9d53-2b7a4c1d0002", "Geese and other neighbours: a lecture", "<p>With slides. The geese are invited too.</p>", 5 * day, 9*day + 19*time.Hour, 0, "", "", "", "", "", "", "https://norderau.example/meet/geese"},
		{"2f9c1f6e-0003-4c7a-9d53-2b7a4c1d0003", "Flohmarkt auf der Fähre", "<p>Hin mit den Sachen, zurück ohne.</p>", 20 * day, -6*day + 10*time.Hour, 5 * time.Hour, "Anleger 2", "", "Norderau", "harbour", "noon", "62", ""},
	}
}

// on is a time after the last midnight.
func (s *server) on(d time.Duration) string {
	return s.Now().UTC().Truncate(day).Add(d).Format(time.RFC3339)
}

// mobilizon is a server of events: a group, whose ActivityPub documents and feed pages of other sites may read.
// Source: https://docs.mobilizon.org, https://framagit.org/kaihuri/mobilizon/-/blob/main/lib/federation/activity_stream/converter/event.ex.
func (s *server) mobilizon() {
	const everybody = "https://www.w3.org/ns/activitystreams#Public"
	actor := s.origin() + "/@kulturhaus"
	document := func(w http.ResponseWriter, body any) {
		w.Header().Set("Content-Type", "application/activity+json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(body) // fails only when the client has disconnected
	}
	page := func(w http.ResponseWriter, title string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>%s</title><link rel="alternate" type="application/atom+xml" title="Kulturhaus" href="%s/feed/atom"><h1>%[1]s</h1>`, title, actor)
	}
	s.get("/.well-known/webfinger", func(r *http.Request) any {
		if r.FormValue("resource") != "acct:kulturhaus@"+s.host {
			return nil
		}
		return object{"subject": "acct:kulturhaus@" + s.host, "links": []object{
			{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": actor}, {"rel": "self", "type": "application/activity+json", "href": actor}}}
	})
	group := object{"@context": []string{"https://www.w3.org/ns/activitystreams"}, "type": "Group", "id": actor, "preferredUsername": "kulturhaus", "name": "Kulturhaus Norderau", "summary": "<p>Was in der Stadt geschieht, und wann.</p>",
		"url": actor, "inbox": actor + "/inbox", "outbox": actor + "/outbox", "followers": actor + "/followers", "published": s.ago(500 * day), "icon": object{"type": "Image", "mediaType": "image/jpeg", "url": s.origin() + s.picture("houses", "dusk", "60", "200x200")}}
	event := func(h happening) object {
		e := object{"@context": "https://www.w3.org/ns/activitystreams", "type": "Event", "id": s.origin() + "/events/" + h.id, "url": s.origin() + "/events/" + h.id, "uuid": h.id, "name": h.name, "content": h.text, "mediaType": "text/html",
			"published": s.ago(h.published), "updated": s.ago(h.published), "startTime": s.on(h.begins), "attributedTo": actor, "actor": actor, "to": []string{everybody}, "cc": []string{actor + "/followers"}, "tag": []object{},
			"ical:status": "CONFIRMED", "category": "ARTS", "joinMode": "free", "repliesModerationOption": "allow_all", "commentsEnabled": true, "draft": false, "isOnline": h.online != "", "attachment": []object{}}
		if h.lasts > 0 {
			e["endTime"] = s.on(h.begins + h.lasts)
		}
		if h.place != "" {
			address := object{"type": "PostalAddress", "addressCountry": "Deutschland", "addressLocality": h.town}
			if h.street != "" {
				address["streetAddress"] = h.street
			}
			e["location"] = object{"type": "Place", "id": s.origin() + "/address/" + h.id, "name": h.place, "address": address}
		}
		var attached []object
		if h.scene != "" {
			attached = append(attached, object{"type": "Document", "mediaType": "image/jpeg", "name": "Banner", "url": s.origin() + s.picture(h.scene, h.light, h.seed, "1200x675"), "width": 1200, "height": 675})
		}
		if h.online != "" {
			attached = append(attached, object{"type": "Link", "mediaType": "text/html", "name": "Website", "href": h.online})
		}
		if attached != nil {
			e["attachment"] = attached
		}
		return e
	}
	asks := func(r *http.Request) bool {
		accept := r.Header.Get("Accept")
		return strings.Contains(accept, "application/activity+json") || strings.Contains(accept, "application/ld+json")
	}
	s.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { page(w, "Termine") })
	s.mux.HandleFunc("GET /@kulturhaus", func(w http.ResponseWriter, r *http.Request) {
		if !asks(r) {
			page(w, "Kulturhaus Norderau")
			return
		}
		document(w, group)
	})
	s.mux.HandleFunc("GET /@kulturhaus/outbox", func(w http.ResponseWriter, r *http.Request) {
		whole := object{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "id": actor + "/outbox", "totalItems": len(happenings()), "first": actor + "/outbox?page=1"}
		if r.FormValue("page") == "" {
			document(w, whole)
			return
		}
		var items []object
		for _, h := range happenings() {
			items = append(items, object{"type": "Create", "id": s.origin() + "/events/" + h.id + "/activity", "actor": actor, "published": s.ago(h.published), "to": []string{everybody}, "object": event(h)})
		}
		document(w, object{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollectionPage", "id": actor + "/outbox?page=1", "partOf": actor + "/outbox", "totalItems": len(items), "orderedItems": items})
	})
	s.mux.HandleFunc("GET /events/{id}", func(w http.ResponseWriter, r *http.Request) {
		for _, h := range happenings() {
			switch {
			case h.id != r.PathValue("id"):
			case asks(r):
				document(w, event(h))
				return
			default:
				page(w, h.name)
				return
			}
		}
		http.NotFound(w, r)
	})
	s.mux.HandleFunc("GET /@kulturhaus/feed/atom", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
		var entries strings.Builder
		for _, h := range happenings() {
			fmt.Fprintf(&entries, `<entry><title>%s</title><link href="%s/events/%s"/><id>%[2]s/events/%[3]s</id><published>%s</published><updated>%[4]s</updated><content type="html"><![CDATA[%s]]></content></entry>`, h.name, s.origin(), h.id, s.ago(h.published), h.text)
		}
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Kulturhaus Norderau</title><id>%s</id><link href="%[1]s"/><updated>%s</updated><author><name>Kulturhaus Norderau</name></author>%s</feed>`, actor, s.ago(day), entries.String())
	})
}
