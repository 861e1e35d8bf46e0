// Package servers holds the demo's servers that don't run Mastodon: videos (PeerTube's API), notes with reactions (Misskey's), a forum
// (Lemmy's), a podcast (an RSS feed), photographs (Pixelfed, whose API is a variant of Mastodon's), a blog (WriteFreely), and events (Mobilizon). Each answers
// what a guest's client asks, as the real software does, with CORS where that has it.
//
// Sources: https://docs.joinpeertube.org/api-rest-reference.html, https://misskey-hub.net/en/docs/for-developers/api/,
// https://join-lemmy.org/api, https://podcasting2.org/docs/podcast-namespace.
package servers

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Host is a server as the start page lists it.
type Host struct {
	Label                        string // its name is LABEL.localhost
	Title, Topic, Text, Software string
	Languages                    []string
	Feed                         string // path of the feed that it is read by; "" for a server with an API
}

// Hosts are the servers of this package.
func Hosts() []Host {
	return []Host{
		{Label: "filmdose", Title: "Filmdose", Topic: "Other windows", Text: "Short films of the harbour, with chapters and captions (PeerTube)", Software: "peertube", Languages: []string{"en", "de"}},
		{Label: "bucht", Title: "bucht", Topic: "Other windows", Text: "Small talk with far too many reactions (Misskey)", Software: "misskey", Languages: []string{"ja", "en"}},
		{Label: "tresen", Title: "Tresen", Topic: "Other windows", Text: "The town's forum: bicycles, bread and complaints (Lemmy)", Software: "lemmy", Languages: []string{"en"}},
		{Label: "lichtbild", Title: "Lichtbild", Topic: "Other windows", Text: "Photographs, squared (Pixelfed)", Software: "pixelfed", Languages: []string{"en"}},
		{Label: "funk", Title: "Hafenfunk", Topic: "Other windows", Text: "A podcast from the pier, to be read and heard as a web feed", Software: "castopod", Languages: []string{"en"}, Feed: "/@hafenfunk/feed.xml"},
		{Label: "pult", Title: "Schreibtisch", Topic: "Other windows", Text: "Letters from a desk, on a blog that is half open (WriteFreely)", Software: "writefreely", Languages: []string{"en"}, Feed: "/feder/feed/"},
		{Label: "termine", Title: "Termine", Topic: "Other windows", Text: "What happens in town, and when (Mobilizon)", Software: "mobilizon", Languages: []string{"de", "en"}, Feed: "/@kulturhaus/feed/atom"},
	}
}

// Options say how the servers are reached and what they serve.
type Options struct {
	Now   func() time.Time     // called once; all posts are dated back from it
	Port  string               // with its colon
	Media func(*http.ServeMux) // adds the demo's pictures, clips and sounds
	Files string               // path of the media: "/system/files"
}

// Servers makes the handlers, by host without port.
func Servers(o Options) map[string]http.Handler {
	all := map[string]http.Handler{}
	start := o.Now()
	o.Now = func() time.Time { return start } // a post's date must be the same in every answer
	for _, h := range Hosts() {
		s := &server{Options: o, host: h.Label + ".localhost" + o.Port, about: h, mux: http.NewServeMux()}
		o.Media(s.mux)
		s.nodeinfo()
		switch h.Software {
		case "peertube":
			s.peertube()
		case "misskey":
			s.misskey()
		case "lemmy":
			s.lemmy()
		case "pixelfed":
			s.pixelfed()
		case "castopod":
			s.podcast()
		case "writefreely":
			s.writefreely()
		case "mobilizon":
			s.mobilizon()
		}
		s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
			send(w, http.StatusNotFound, object{"error": "not_found"})
		})
		all[h.Label+".localhost"] = s
	}
	return all
}

type server struct {
	Options
	host  string
	about Host
	mux   *http.ServeMux

	closed func(path string) bool // reports paths that no page of another site may read; nil for none
}

type object = map[string]any

// ServeHTTP allows all origins (CORS), where the software does.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.closed != nil && s.closed(r.URL.Path) {
		s.mux.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if r.Method == http.MethodOptions {
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type, Accept")
		w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.mux.ServeHTTP(w, r)
}

func send(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // fails only when the client has disconnected
}

func (s *server) get(path string, answer func(r *http.Request) any) { s.handle("GET "+path, answer) }

func (s *server) handle(pattern string, answer func(r *http.Request) any) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if body := answer(r); body != nil {
			send(w, http.StatusOK, body)
			return
		}
		send(w, http.StatusNotFound, object{"error": "couldnt_find"})
	})
}

func (s *server) origin() string { return "http://" + s.host }

// ago is a time before the start, in RFC 3339 with milliseconds.
func (s *server) ago(d time.Duration) string {
	return s.Now().UTC().Add(-d).Format("2006-01-02T15:04:05.000Z")
}

// picture is the path of a drawn scene.
func (s *server) picture(scene, light, seed, size string) string {
	return s.Files + "/" + strings.Join([]string{scene, light, seed, size + ".jpg"}, "/")
}

func (s *server) nodeinfo() {
	versions := map[string]string{"peertube": "7.2.1", "misskey": "2026.10.0", "lemmy": "0.19.11", "pixelfed": "0.12.5", "castopod": "1.13.4", "writefreely": "0.15.1", "mobilizon": "5.1.5"}
	s.get("/.well-known/nodeinfo", func(*http.Request) any {
		return object{"links": []object{{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": s.origin() + "/nodeinfo/2.0"}}}
	})
	s.get("/nodeinfo/2.0", func(*http.Request) any {
		return object{"version": "2.0", "software": object{"name": s.about.Software, "version": versions[s.about.Software]}, "protocols": []string{"activitypub"},
			"usage": object{"users": object{"total": 12}}, "metadata": object{"nodeName": s.about.Title}}
	})
}
