package demo

import (
	"net/http"
	"strings"
)

// server is one of the demo's Mastodon servers.
type server struct {
	site
	demo  *Demo
	mux   *http.ServeMux // what programs read, and media
	pages *http.ServeMux // "/" and "/@..." for people; apart, for its patterns would clash with those above
}

type handler func(v view, r *http.Request) answer

func newServer(d *Demo, about site) *server {
	s := &server{site: about, demo: d, mux: http.NewServeMux(), pages: http.NewServeMux()}
	s.apiRoutes()
	s.pageRoutes()
	d.mediaRoutes(s.mux)
	return s
}

// view is the world as this server shows it now. The caller holds the demo's lock.
func (s *server) view() view {
	return view{world: s.demo.world, label: s.label, at: s.demo.now().UTC(), hashes: s.demo.hashes}
}

func (s *server) apiRoutes() {
	for pattern, h := range map[string]handler{
		"/api/v2/instance":                      s.instanceV2,
		"/api/v1/instance":                      s.instanceV1,
		"/api/v1/instance/rules":                s.rules,
		"/api/v1/instance/extended_description": s.extendedDescription,
		"/api/v1/instance/privacy_policy":       s.privacyPolicy,
		"/api/v1/instance/peers":                s.peers,
		"/api/v1/instance/activity":             s.activity,
		"/api/v1/instance/languages":            s.languageList,
		"/api/v1/timelines/public":              s.publicTimeline,
		"/api/v1/timelines/tag/{tag}":           s.tagTimeline,
		"/api/v1/timelines/link":                s.linkTimeline,
		"/api/v1/accounts":                      s.accountsByID,
		"/api/v1/accounts/lookup":               s.lookup,
		"/api/v1/accounts/{id}":                 s.accountByID,
		"/api/v1/accounts/{id}/statuses":        s.accountStatuses,
		"/api/v1/accounts/{id}/featured_tags":   s.featuredTags,
		"/api/v1/accounts/{id}/endorsements":    s.endorsements,
		"/api/v1/accounts/{id}/followers":       s.nobody,
		"/api/v1/accounts/{id}/following":       s.nobody,
		"/api/v1/statuses":                      s.statusesByID,
		"/api/v1/statuses/{id}":                 s.statusByID,
		"/api/v1/statuses/{id}/context":         s.context,
		"/api/v1/statuses/{id}/history":         s.history,
		"/api/v1/statuses/{id}/reblogged_by":    s.boostedBy,
		"/api/v1/statuses/{id}/favourited_by":   s.favouritedBy,
		"/api/v1/polls/{id}":                    s.pollByID,
		"/api/v1/trends":                        s.trendingTags,
		"/api/v1/trends/tags":                   s.trendingTags,
		"/api/v1/trends/statuses":               s.trendingStatuses,
		"/api/v1/trends/links":                  s.trendingLinks,
		"/api/v1/tags/{tag}":                    s.tagByName,
		"/api/v2/search":                        s.search,
		"/api/v1/custom_emojis":                 s.customEmojis,
		"/api/v1/directory":                     s.directory,
		"/.well-known/nodeinfo":                 s.nodeinfoLinks,
		"/.well-known/webfinger":                s.webfinger,
		"/nodeinfo/2.0":                         s.nodeinfo,
		"/users/{user}":                         s.actor,
	} {
		s.mux.HandleFunc("GET "+pattern, s.answering(h))
	}
	for _, members := range []string{"timelines/home", "timelines/list/{id}", "lists", "notifications", "bookmarks", "favourites", "accounts/search", "accounts/verify_credentials", "announcements", "preferences"} {
		s.mux.HandleFunc("GET /api/v1/"+members, s.answering(func(view, *http.Request) answer {
			return refuse(http.StatusUnauthorized, "The access token is invalid")
		}))
	}
	s.mux.HandleFunc("/api/", s.answering(func(view, *http.Request) answer { return refuse(http.StatusNotFound, "Not Found") }))
}

func (s *server) pageRoutes() {
	s.pages.HandleFunc("GET /{$}", s.frontPage)
	s.pages.HandleFunc("GET /{handle}", s.profilePage)
	s.pages.HandleFunc("GET /{handle}/{id}", s.postPage)
	s.mux.HandleFunc("GET /users/{user}/statuses/{id}", s.toPostPage)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { lostPage(w) })
}

// toPostPage leads a browser from a post's URI to its page.
func (s *server) toPostPage(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/@"+r.PathValue("user")+"/"+r.PathValue("id"), http.StatusFound)
}

// answering runs h under the world's lock and sends what it says.
func (s *server) answering(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.demo.mu.RLock()
		a := h(s.view(), r)
		s.demo.mu.RUnlock()
		a.write(w, r, s.demo.uncached)
	}
}

// ServeHTTP puts CORS and the guests' budget around the routes.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if crossOrigin(r.URL.Path) {
		allowAnyOrigin(w.Header(), r)
		if r.Method == http.MethodOptions {
			preflight(w, r)
			return
		}
	}
	if strings.HasPrefix(r.URL.Path, "/api/") && !s.withinBudget(w, r) {
		return
	}
	if r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/@") {
		s.pages.ServeHTTP(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

func (s *server) withinBudget(w http.ResponseWriter, r *http.Request) bool {
	state := s.demo.budgets.spend(s.label, r, s.demo.now())
	state.write(w.Header())
	if state.over {
		refuse(http.StatusTooManyRequests, "Too many requests").write(w, r, true)
	}
	return !state.over
}

// crossOrigin reports whether other sites' scripts may read what is there.
// Source: https://github.com/mastodon/mastodon/blob/main/config/initializers/cors.rb
func crossOrigin(path string) bool {
	for _, open := range []string{"/api/", "/.well-known/", "/nodeinfo/"} {
		if strings.HasPrefix(path, open) {
			return true
		}
	}
	user, found := strings.CutPrefix(path, "/users/")
	return found && !strings.Contains(user, "/")
}

// allowAnyOrigin answers a cross-origin request as rack-cors does; others get no such headers.
func allowAnyOrigin(h http.Header, r *http.Request) {
	if r.Header.Get("Origin") == "" {
		return
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "POST, PUT, DELETE, GET, PATCH, OPTIONS")
	h.Set("Access-Control-Expose-Headers", "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Mastodon-Async-Refresh")
	h.Set("Access-Control-Max-Age", "7200")
}

func preflight(w http.ResponseWriter, r *http.Request) {
	if asked := r.Header.Get("Access-Control-Request-Headers"); asked != "" {
		w.Header().Set("Access-Control-Allow-Headers", asked)
	}
	w.WriteHeader(http.StatusOK)
}
