package doctor

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"vitrine/feeds"
)

type object = map[string]any

// mastodon is a server with one account, ann, whose entity and posts a test changes, and further answers by path.
type mastodon struct {
	onlyReplies bool // of the account
	host        string
	account     object
	posts       []object
	context     int // status of the conversation; 0 is 200
	more        map[string]http.HandlerFunc
}

func newMastodon(t *testing.T) *mastodon {
	t.Helper()
	m := &mastodon{more: map[string]http.HandlerFunc{}}
	s := httptest.NewServer(m)
	t.Cleanup(s.Close)
	m.host = strings.Replace(strings.TrimPrefix(s.URL, "http://"), "127.0.0.1", "localhost", 1)
	m.account = object{"id": "1", "username": "ann", "acct": "ann", "display_name": "Ann", "note": "", "url": "http://" + m.host + "/@ann", "uri": "http://" + m.host + "/users/ann", "created_at": "2022-11-04T00:00:00.000Z", "statuses_count": 1}
	m.posts = []object{{"id": "10", "created_at": "2026-11-20T12:00:00.000Z", "visibility": "public", "content": "<p>one</p>", "account": m.account, "uri": "http://" + m.host + "/users/ann/statuses/10", "url": "http://" + m.host + "/@ann/10", "replies_count": 0}}
	return m
}

func (m *mastodon) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if more := m.more[r.URL.Path]; more != nil {
		more(w, r)
		return
	}
	m.answer(w, r)
}

func (m *mastodon) answer(w http.ResponseWriter, r *http.Request) {
	say := func(v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	switch r.URL.Path {
	case "/.well-known/nodeinfo":
		say(object{"links": []object{{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": "http://" + m.host + "/nodeinfo/2.0"}}})
	case "/nodeinfo/2.0":
		say(object{"version": "2.0", "software": object{"name": "mastodon", "version": "4.5.0"}})
	case "/api/v2/instance":
		say(object{"domain": m.host, "title": "Small", "version": "4.5.0"})
	case "/api/v1/accounts/lookup":
		say(m.account)
	case "/api/v1/accounts/1/statuses":
		if m.onlyReplies && r.FormValue("exclude_replies") == "true" {
			say([]object{})
			return
		}
		if r.FormValue("pinned") == "true" {
			say([]object{})
			return
		}
		say(m.posts)
	case "/api/v1/statuses/10":
		say(m.posts[0])
	case "/api/v1/statuses/10/context":
		if m.context != 0 {
			w.WriteHeader(m.context)
			return
		}
		say(object{"ancestors": []object{}, "descendants": []object{}})
	case "/api/v1/timelines/public", "/api/v1/trends/statuses", "/api/v1/timelines/tag/fediverse":
		say(m.posts)
	default:
		http.NotFound(w, r)
	}
}

func TestDoctorSaysWhatAServerSaysOfAnAccount(t *testing.T) {
	for name, c := range map[string]struct {
		change func(m *mastodon)
		wants  []string
	}{
		"moved": {func(m *mastodon) {
			m.account["moved"] = object{"id": "9", "username": "ann2", "acct": "ann2@far.example", "url": "https://far.example/@ann2"}
		}, []string{"moved to @ann2@far.example", "the account has moved to @ann2@far.example, and new posts appear there"}},
		"suspended": {func(m *mastodon) { m.account["suspended"] = true }, []string{"Suspended by the moderators", "the moderators of its server have suspended the account"}},
		"limited":   {func(m *mastodon) { m.account["limited"] = true }, []string{"limited by the moderators"}},
		"memorial":  {func(m *mastodon) { m.account["memorial"] = true }, []string{"in memoriam"}},
		"locked":    {func(m *mastodon) { m.account["locked"] = true }, []string{"new followers are approved manually"}},
		"none shown of 500": {func(m *mastodon) { m.account["statuses_count"], m.posts = 500, []object{} },
			[]string{"counts 500 posts and shows none to guests", "Not possible as it stands: "}},
		"only replies": {func(m *mastodon) { m.account["statuses_count"], m.onlyReplies = 500, true },
			[]string{"has only replied to others or boosted"}},
		"replies that aren't there": {func(m *mastodon) { m.posts[0]["replies_count"] = 5 }, []string{"5 replies are counted, 0 shown"}},
		"closed replies": {func(m *mastodon) { m.posts[0]["replies_count"], m.context = 5, 401 },
			[]string{"replies can't be read (NeedsLogin); 5 are counted"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMastodon(t)
			c.change(m)
			out, _ := examine(t, "@ann@"+m.host)
			for _, want := range c.wants {
				if !strings.Contains(out, want) {
					t.Errorf("%q is missing in\n%s", want, out)
				}
			}
		})
	}
}

func TestDoctorFindsTheWebFeedsOfAnAccount(t *testing.T) {
	rss := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Ann</title><item><title>One</title><link>http://a.example/1</link></item></channel></rss>`)
	}
	for name, c := range map[string]struct {
		feed string
		more func(m *mastodon) map[string]http.HandlerFunc
	}{
		"a link of the page": {"/blog/feed/", func(m *mastodon) map[string]http.HandlerFunc {
			return map[string]http.HandlerFunc{"/@ann": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				fmt.Fprint(w, `<!doctype html><link rel="alternate" type="application/rss+xml" href="/blog/feed/"/><link rel="alternate" type="application/activity+json" href="/ann">`)
			}}
		}},
		"a Link header": {"/posts.xml", func(m *mastodon) map[string]http.HandlerFunc {
			return map[string]http.HandlerFunc{"/@ann": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Link", `</users/ann>; rel="alternate"; type="application/activity+json", </posts.xml>; rel="alternate"; type="application/rss+xml"`)
				fmt.Fprint(w, "<!doctype html>")
			}}
		}},
		"the actor": {"/a/feed.atom", func(m *mastodon) map[string]http.HandlerFunc {
			return map[string]http.HandlerFunc{"/users/ann": func(w http.ResponseWriter, _ *http.Request) {
				_ = json.NewEncoder(w).Encode(object{"type": "Person", "url": []any{"http://" + m.host + "/@ann", object{"type": "Link", "mediaType": "application/atom+xml", "href": "http://" + m.host + "/a/feed.atom"}}})
			}}
		}},
		"where its software has it": {"/@ann.rss", func(*mastodon) map[string]http.HandlerFunc { return nil }},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMastodon(t)
			for path, h := range c.more(m) {
				m.more[path] = h
			}
			m.more[c.feed] = rss
			out, err := examine(t, "@ann@"+m.host)
			said := strings.Join(strings.Fields(out), " ")
			if err != nil || !strings.Contains(said, "web feed http://"+m.host+c.feed+" public no: ") || !strings.Contains(said, "web feed http://"+m.host+c.feed+" wall") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	out, _ := examine(t, "@ann@"+newMastodon(t).host)
	if !strings.Contains(out, "none was found") {
		t.Errorf("without any:\n%s", out)
	}
}

// The parts of servers as browsers may read them: what of each is open natively and in a browser.
func TestDoctorSaysPerPartWhatABrowserMayRead(t *testing.T) {
	closed := func(paths ...string) func(*mastodon) {
		return func(m *mastodon) {
			for _, p := range paths {
				m.more[p] = func(w http.ResponseWriter, r *http.Request) {
					answer := httptest.NewRecorder()
					m.answer(answer, r)
					w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
					w.WriteHeader(answer.Code)
					_, _ = w.Write(answer.Body.Bytes())
				}
			}
		}
	}
	for name, c := range map[string]struct {
		change  func(*mastodon)
		browser map[string]feeds.Kind // of parts that are open to guests
	}{
		"open":           {closed(), map[string]feeds.Kind{"about": "", "local posts": "", "posts of ann": "", "conversation 10": ""}},
		"local timeline": {closed("/api/v1/timelines/public"), map[string]feeds.Kind{"about": "", "local posts": feeds.Unreachable, "posts of ann": "", "conversation 10": ""}},
		"description":    {closed("/api/v2/instance"), map[string]feeds.Kind{"about": feeds.Unreachable, "local posts": "", "posts of ann": ""}},
		"profile":        {closed("/api/v1/accounts/lookup"), map[string]feeds.Kind{"about": "", "local posts": "", "profile of ann": feeds.Unreachable, "posts of ann": feeds.Unreachable}},
		"posts":          {closed("/api/v1/accounts/1/statuses"), map[string]feeds.Kind{"profile of ann": "", "posts of ann": feeds.Unreachable}},
		"a single post":  {closed("/api/v1/statuses/10"), map[string]feeds.Kind{"posts of ann": "", "conversation 10": feeds.Unreachable}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMastodon(t)
			c.change(m)
			r := Examine(t.Context(), parse(t, "@ann@"+m.host), "")
			for part, want := range c.browser {
				at := slices.IndexFunc(r.Views, func(v View) bool { return v.Name == part })
				if at < 0 || r.Views[at].Err != nil || feeds.KindOf(r.Views[at].Browser) != want {
					t.Errorf("%s: %d %+v, want %q", part, at, r.Views[max(at, 0)], want)
				}
			}
		})
	}
}
