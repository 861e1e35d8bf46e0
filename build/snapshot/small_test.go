package snapshot

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// smallServer is one account on a server with Mastodon's API, and a website with a web feed: both say just what a test wants.
// Source: https://docs.joinmastodon.org/methods/
type smallServer struct {
	host    string
	status  int      // of all answers of the API; 0 is 200
	note    string   // the account's bio
	posts   []object // newest first
	size    int      // posts of a page of the list; 0 lists all
	pinned  []string // ids of posts that stand above the list
	kept    []object // those that are there though they aren't listed
	gone    []string // ids of posts that are there no more
	entries []string // of the web feed
	lost    []string // pages that are there no more
	asked   []string
}

func newSmallServer(t *testing.T) *smallServer {
	t.Helper()
	m := &smallServer{}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	m.host = strings.Replace(strings.TrimPrefix(server.URL, "http://"), "127.0.0.1", "localhost", 1)
	return m
}

func (m *smallServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.asked = append(m.asked, r.URL.Path)
	id, isPost := strings.CutPrefix(r.URL.Path, "/api/v1/statuses/")
	page, isPage := strings.CutPrefix(r.URL.Path, "/news/")
	all := slices.Concat(m.posts, m.kept)
	at := slices.IndexFunc(all, func(p object) bool { return p["id"] == id })
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/") && m.status != 0:
		w.WriteHeader(m.status)
	case r.URL.Path == "/.well-known/nodeinfo":
		m.say(w, object{"links": []object{{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": "http://" + m.host + "/nodeinfo/2.0"}}})
	case r.URL.Path == "/nodeinfo/2.0":
		m.say(w, object{"version": "2.0", "software": object{"name": "mastodon", "version": "4.5.0"}, "protocols": []string{"activitypub"}})
	case r.URL.Path == "/api/v1/accounts/lookup":
		m.say(w, m.account("town"))
	case r.URL.Path == "/api/v1/accounts/town/statuses":
		onlyPinned := r.URL.Query().Get("pinned") == "true"
		listed := slices.DeleteFunc(append([]object{}, m.posts...), func(p object) bool {
			before := r.URL.Query().Get("max_id")
			return before != "" && p["id"].(string) >= before || onlyPinned && !slices.Contains(m.pinned, p["id"].(string)) || slices.Contains(m.gone, p["id"].(string))
		})
		if m.size > 0 {
			listed = listed[:min(len(listed), m.size)]
		}
		m.say(w, listed)
	case isPost && at >= 0 && !slices.Contains(m.gone, id):
		m.say(w, all[at])
	case r.URL.Path == "/feed.xml" || r.URL.Path == "/@town.rss":
		fmt.Fprint(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://`+m.host+`/</link>`)
		for _, name := range m.entries {
			fmt.Fprintf(w, "<item><title>%s</title><link>http://%s/news/%s</link><pubDate>%s</pubDate></item>", name, m.host, name, day(1+slices.Index(strings.Fields("one two three four five six"), name)).Format(time.RFC1123Z))
		}
		fmt.Fprint(w, "</channel></rss>")
	case isPage && !slices.Contains(m.lost, page):
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>News</title>")
	default:
		http.NotFound(w, r)
	}
}

func (m *smallServer) say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the run sees what is wrong
}

func day(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }

func (m *smallServer) account(user string) object {
	return object{
		"id": user, "username": user, "acct": user, "display_name": strings.ToUpper(user), "url": "http://" + m.host + "/@" + user, "uri": "http://" + m.host + "/users/" + user,
		"note": "<p>" + m.note + "</p>", "created_at": "2022-11-04T00:00:00.000Z", "emojis": []object{}, "fields": []object{},
	}
}

// write adds posts, the last one the newest; "+" before the text makes it a boost of somebody else's, "re " an answer to somebody.
func (m *smallServer) write(texts ...string) {
	for _, text := range texts {
		id := fmt.Sprint(100 + len(m.posts))
		said, boosted := strings.CutPrefix(text, "+")
		author := m.account("town")
		if boosted {
			author = m.account("library")
		}
		at := day(1).Add(time.Duration(len(m.posts)) * time.Hour).Format("2006-01-02T15:04:05.000Z")
		p := object{
			"id": id, "created_at": at, "visibility": "public", "language": "de", "spoiler_text": "", "content": "<p>" + said + "</p>", "account": author,
			"uri": "http://" + m.host + "/users/" + author["username"].(string) + "/statuses/" + id, "url": "http://" + m.host + "/@" + author["username"].(string) + "/" + id,
			"media_attachments": []object{}, "mentions": []object{}, "tags": []object{}, "emojis": []object{},
		}
		if strings.HasPrefix(said, "re ") {
			p["in_reply_to_id"], p["in_reply_to_account_id"] = "1", "somebody"
		}
		if boosted {
			p = object{"id": id, "created_at": at, "visibility": "public", "account": m.account("town"), "uri": p["uri"].(string) + "/activity", "reblog": p, "content": "", "media_attachments": []object{}, "mentions": []object{}, "tags": []object{}, "emojis": []object{}}
		}
		m.posts = slices.Insert(m.posts, 0, p)
	}
}

// feed is the account as a feed, with more lines of its configuration.
func (m *smallServer) feed(lines ...string) string {
	return "[[feed]]\nname = \"town\"\naddresses = [\"@town@" + m.host + "\"]\nlanguage = \"de\"\n" + strings.Join(lines, "\n") + "\n"
}

// after runs the feed once more when some time has passed.
func (s *testSite) after(d time.Duration, text string) *Result {
	s.t.Helper()
	s.now = s.now.Add(d)
	return s.run(text)
}

// shows lists what of some texts stands in the feed, in its pages of all years.
func (s *testSite) shows(texts ...string) string {
	s.t.Helper()
	var found []string
	files := s.files()
	pages := files["feeds/town/index.html"] + files["feeds/town/2026.html"]
	for _, text := range texts {
		if strings.Contains(pages, ">"+text+"<") {
			found = append(found, text)
		}
	}
	return strings.Join(found, " ")
}

func (s *testSite) expect(when, want string, texts ...string) {
	s.t.Helper()
	if got := s.shows(texts...); got != want {
		s.t.Errorf("%s: %q, not %q", when, got, want)
	}
}
