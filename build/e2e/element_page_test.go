package e2e

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/build/embedding"
	"vitrine/web"
)

// strictPolicy is the policy of a host page that lets in nothing but what an official feed needs.
const strictPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

// townHall is the website of a public body, with what feeds load and one feed, made by hand.
type townHall struct {
	url    string
	assets *embedding.Assets

	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	asked   []string // paths, in order
}

// answer is what a path answers from now on.
func (w *townHall) answer(path string, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[path] = h
}

// times is how often a path was asked for.
func (w *townHall) times(path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, p := range w.asked {
		if p == path {
			n++
		}
	}
	return n
}

func (w *townHall) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	w.asked = append(w.asked, r.URL.Path)
	h := w.answers[r.URL.Path]
	w.mu.Unlock()
	if h == nil {
		h = http.NotFound
	}
	h(rw, r)
}

// answerWith answers with data of a media type.
func answerWith(name, data string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", name)
		_, _ = w.Write([]byte(data))
	}
}

// failing answers with a status and headers, given as names and values in turn.
func failing(status int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
	}
}

// recordEvents records the element's events in window.reported, and what the policy refused in window.refused.
const recordEvents = `window.reported = []; window.refused = [];
addEventListener("vitrine-load", (e) => reported.push("load"));
addEventListener("vitrine-error", (e) => reported.push(e.detail.kind));
addEventListener("securitypolicyviolation", (e) => refused.push(e.violatedDirective + " " + e.blockedURI));`

func newTownHall(t *testing.T) *townHall {
	t.Helper()
	k, err := embedding.Make(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	w := &townHall{assets: k, answers: map[string]http.HandlerFunc{}}
	for name, data := range k.Files() {
		media := "text/javascript"
		if strings.HasSuffix(name, ".css") {
			media = "text/css"
		}
		w.answers["/"+name] = answerWith(media, string(data))
	}
	dot, err := base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
	if err != nil {
		t.Fatal(err)
	}
	w.answers["/feeds/town/media/dot.gif"] = answerWith("image/gif", string(dot))
	w.answers["/feeds/town/tree.json"] = answerWith("application/json", copyOf(asOf, "1", "2", "3"))
	w.answers["/favicon.ico"] = answerWith("image/gif", string(dot))
	w.answers["/watch.js"] = answerWith("text/javascript", recordEvents)
	server := httptest.NewServer(w)
	t.Cleanup(func() {
		server.CloseClientConnections() // a request without an answer would block Close
		server.Close()
	})
	w.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	return w
}

// asOf is the age of the feed's copy.
const asOf = "2026-11-22T18:15:00Z"

// copyOf is a tree.json with posts of some numbers.
func copyOf(asOf string, posts ...string) string {
	var articles strings.Builder
	list := `{"role":"feed","aria-label":"Aus dem Rathaus","aria-busy":"false"}`
	if len(posts) == 0 {
		list = `0,["p",{"class":"quiet v-empty"},"Noch keine Beiträge."]`
	}
	for _, n := range posts {
		fmt.Fprintf(&articles, `,["article",{"class":"post","data-uri":"https://social.example/%[1]s","aria-labelledby":"n%[1]s t%[1]s"},
			["header",{"class":"by"},["img",{"class":"avatar","src":"media/dot.gif","alt":"","width":"44","height":"44"}],
				["div",{"class":"who"},["a",{"class":"name","id":"n%[1]s","href":"https://social.example/@town"},["bdi",0,"Stadt Norderau"]]],
				["a",{"class":"when","href":"https://social.example/@town/%[1]s"},["time",{"id":"t%[1]s","datetime":"2026-11-22T16:55:00Z"},"22. Nov. 2026, 17:55"]]],
			["div",{"class":"body"},["div",{"data-part":"content","lang":"de","dir":"auto"},["p",0,"Drawn post %[1]s"]],
				["figure",{"class":"media ratio-32"},["img",{"src":"media/dot.gif","srcset":"media/dot.gif 400w, media/dot.gif 800w","alt":"A dot","width":"800","height":"600"}]]]]`, n)
	}
	return fmt.Sprintf(`{"version":1,"title":"Aus dem Rathaus","lang":"de","dir":"ltr","asOf":%q,"page":"index.html","tree":
		["section",{"class":"vitrine","lang":"de","dir":"ltr","aria-labelledby":"v-town"},
			["header",{"class":"v-head"},["h2",{"id":"v-town"},"Aus dem Rathaus"],["a",{"href":"https://social.example/@town"},"@town@social.example"]],
			["div",%s%s],
			["footer",{"class":"v-foot"},["a",{"href":"feed.atom"},"Feed abonnieren"],["svg",{"viewBox":"0 0 24 24"},["path",{"d":"M0 0h24v24z"}]]]]}`, asOf, list, articles.String())
}

// setPage makes a page at / with a policy and the element's script, and returns its address.
func (w *townHall) setPage(policy, body string) string {
	return w.setPageWithScripts(policy, `<script src="/embed.js" defer></script>`, body)
}

func (w *townHall) setPageWithScripts(policy, scripts, body string) string {
	w.answer("/", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		if policy != "" {
			rw.Header().Set("Content-Security-Policy", policy)
		}
		_, _ = fmt.Fprintf(rw, `<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Rathaus</title><script src="/watch.js"></script>%s</head><body><h1>Rathaus</h1>%s</body></html>`, scripts, body)
	})
	return w.url + "/"
}

// townServer is a server with a Mastodon API and one account.
type townServer struct {
	host string // with its port

	mu    sync.Mutex
	asked []string // paths with queries
}

func newTownServer(t *testing.T, account, statuses http.HandlerFunc) *townServer {
	t.Helper()
	s := &townServer{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.String())
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.Method != http.MethodGet {
			s.asked = append(s.asked, "with a cookie, a referrer or a preflight")
		}
		s.mu.Unlock()
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Expose-Headers", "X-RateLimit-Reset")
		if strings.HasSuffix(r.URL.Path, "/lookup") {
			account(w, r)
		} else {
			statuses(w, r)
		}
	}))
	t.Cleanup(server.Close)
	s.host = strings.Replace(strings.TrimPrefix(server.URL, "http://"), "127.0.0.1", "social.localhost", 1)
	return s
}

func (s *townServer) log() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// injectScript runs a script in each page before its own ones.
func injectScript(script string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	})
}

// fakeClock lets a page's long timers advance by later(ms) only, and makes its random numbers constant.
const fakeClock = `{
	let ahead = 0, n = 0;
	const timers = new Map(), now = Date.now, start = setTimeout, end = clearTimeout;
	Math.random = () => 0;
	Date.now = () => now.call(Date) + ahead;
	window.setTimeout = (f, ms, ...rest) => {
		if (!(ms > 5000)) return start(f, ms, ...rest);
		timers.set(--n, [Date.now() + ms, f]);
		return n;
	};
	window.clearTimeout = (id) => timers.delete(id) || end(id);
	window.later = (ms) => {
		ahead += ms;
		for (const [id, [at, f]] of [...timers]) if (at <= Date.now() && timers.delete(id)) f();
	};
}`

// inShadow is an expression for what matches in the shadow root of the page's first element.
func inShadow(selector string) string {
	return fmt.Sprintf(`document.querySelector("vitrine-feed").shadowRoot.querySelectorAll(%s)`, js(selector))
}

// waitForPosts waits until the element shows as many drawn posts.
func (p *tab) waitForPosts(n int) {
	p.t.Helper()
	p.wait(fmt.Sprintf("%d drawn posts", n), fmt.Sprintf("%s.length === %d", inShadow("article"), n))
}

// waitForEvent waits until the element has sent an event: "load" or the kind of an error.
func (p *tab) waitForEvent(what string) {
	p.t.Helper()
	p.wait("the event "+what, "reported.includes("+js(what)+") && document.querySelector('vitrine-feed').ariaBusy !== 'true'")
}

// checkNoErrors reports exceptions and what the policy refused.
func (p *tab) checkNoErrors() {
	p.t.Helper()
	for _, l := range p.logged() {
		if strings.HasPrefix(l, "exception:") || strings.Contains(l, "Content Security Policy") {
			p.t.Errorf("the page logged: %s", l)
		}
	}
	if refused := eval[[]string](p, "window.refused ?? []"); len(refused) > 0 {
		p.t.Errorf("the policy refused %v", refused)
	}
}
