package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/build/demo/crowd"
	"vitrine/build/demo/servers"
)

// Options say how the demo runs. The zero value is right for tests.
type Options struct {
	Addr         string           // HOST:PORT to listen on; "" is 127.0.0.1:0, any free port
	Now          func() time.Time // nil: the system's clock. The world is made as of the first call
	Log          io.Writer        // nil: nowhere
	PostInterval time.Duration    // interval at which accounts of hafenlicht write posts by themselves; 0: never
	Budget       int              // a guest's requests in five minutes and server; 0: Mastodon's 300
	Slow         time.Duration    // how long klippe's slow account takes for its posts; 0: five seconds
	NoStore      bool             // answers forbid caches to store them, as Mastodon's did before 4.2

	// Middleware, unless nil, wraps all servers, as a web server stands before Mastodon.
	Middleware func(http.Handler) http.Handler
}

// Demo is a running demo fediverse. Its methods may be called from several goroutines.
type Demo struct {
	now      func() time.Time
	slow     time.Duration
	uncached bool
	addr     string
	http     *http.Server
	servers  map[string]http.Handler // by host without port
	budgets  *budgets
	hashes   *hashCache
	files    *files

	mu      sync.RWMutex // guards world and failing
	world   *world
	failing []failRule

	log     requestLog
	closing chan struct{}
	once    sync.Once
	done    sync.WaitGroup
}

// Host is a server worth naming on a start page.
type Host struct {
	Name      string // with its port
	Title     string
	Topic     string
	Text      string // a sentence
	Languages []string
	Software  string // "" for Mastodon
	Feed      string // URL of the feed that it is read by; "" for a server with an API
}

// Start makes the world and serves it until ctx ends or Close is called.
func Start(ctx context.Context, o Options) (*Demo, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	listener, err := net.Listen("tcp", firstOf(o.Addr, "127.0.0.1:0"))
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	d, err := newDemo(o, listener.Addr().String())
	if err != nil {
		_ = listener.Close() // the first error is the one to report
		return nil, err
	}
	d.done.Go(func() {
		if err := d.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(o.Log, "demo:", err)
		}
	})
	if o.PostInterval > 0 {
		d.done.Go(func() { d.publishRegularly(o.PostInterval) })
	}
	context.AfterFunc(ctx, func() { _ = d.Close() })
	return d, nil
}

func newDemo(o Options, addr string) (*Demo, error) {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	w, err := newWorld(o.Now(), ":"+port)
	if err != nil {
		return nil, err
	}
	d := &Demo{
		now: o.Now, slow: cmp.Or(o.Slow, 5*time.Second), uncached: o.NoStore, addr: addr, world: w, closing: make(chan struct{}),
		budgets: &budgets{size: budgetSize, counts: map[budgetKey]int{}},
		hashes:  &hashCache{made: map[scene]string{}}, files: &files{made: map[string]*file{}},
		servers: map[string]http.Handler{},
	}
	if o.Budget > 0 {
		d.budgets.size = o.Budget
	}
	for _, about := range sites() {
		d.servers[about.label+".localhost"] = newServer(d, about)
	}
	for host, h := range servers.Servers(servers.Options{Now: o.Now, Port: ":" + port, Media: d.mediaRoutes, Files: mediaFolder(true)}) {
		d.servers[host] = h
	}
	for host, h := range crowd.Servers(o.Now, ":"+port) {
		d.servers[host] = h
	}
	d.servers[hostileHost] = newHostile(d)
	d.servers[evilHost] = http.HandlerFunc(beacon)
	var front http.Handler = d
	if o.Middleware != nil {
		front = o.Middleware(d)
	}
	d.http = &http.Server{Handler: front, ErrorLog: log.New(o.Log, "demo: ", 0), ReadHeaderTimeout: 10 * time.Second}
	return d, nil
}

// ServeHTTP finds the server that a request means by its Host header.
func (d *Demo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := bareHost(r.Host)
	d.log.add(Request{At: d.now(), Method: r.Method, Host: host, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone()})
	next := d.servers[host]
	if next == nil && strings.HasSuffix(host, "."+klippe+".localhost") {
		next = d.servers[klippe+".localhost"]
	}
	if next == nil {
		d.indexPage(w, r)
		return
	}
	if f := d.failureOf(host, r); f != NoFailure {
		d.fail(w, r, f, next)
		return
	}
	next.ServeHTTP(w, r)
}

// bareHost is a host in lower case without its port.
func bareHost(host string) string {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	return strings.ToLower(name)
}

// Addr is HOST:PORT that the demo listens on.
func (d *Demo) Addr() string { return d.addr }

// Hosts are the servers to show, best first.
func (d *Demo) Hosts() []Host {
	var out []Host
	for _, s := range sites() {
		out = append(out, Host{Name: d.world.host(s.label), Title: s.title, Topic: s.topic, Text: s.text, Languages: s.languages})
	}
	for _, k := range servers.Hosts() {
		h := Host{Name: d.world.host(k.Label), Title: k.Title, Topic: k.Topic, Text: k.Text, Languages: k.Languages, Software: k.Software}
		if k.Feed != "" {
			h.Feed = "http://" + h.Name + k.Feed
		}
		out = append(out, h)
	}
	return out
}

// Close stops serving at once, open requests too.
func (d *Demo) Close() error {
	d.once.Do(func() { close(d.closing) })
	err := d.http.Close()
	d.done.Wait()
	return err
}

// Wait returns after the demo was closed.
func (d *Demo) Wait() { d.done.Wait() }

// Publish lets user, at home on host ("hafenlicht" or "hafenlicht.localhost", with or without port), write a public post
// now. Mentions, hashtags and addresses in text become what Mastodon makes of them.
func (d *Demo) Publish(host, user, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.world.people[user]
	label := strings.TrimSuffix(bareHost(host), ".localhost")
	if p == nil || p.home != label {
		return fmt.Errorf("demo: nobody is called %s@%s", user, host)
	}
	at := d.now().UTC().Truncate(time.Millisecond)                       // as exact as ids are
	if last := d.world.posts[len(d.world.posts)-1].at; !at.After(last) { // ids need an order
		at = last.Add(time.Millisecond)
	}
	d.world.insert(&post{key: fmt.Sprintf("live-%d", len(d.world.posts)), author: p, at: at, lang: "en", text: text})
	return nil
}

// DeletePosts deletes the posts of a user that contain a text, and boosts of them; it returns how many.
func (d *Demo) DeletePosts(user, text string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.world.remove(func(p *post) bool { return p.author.user == user && p.boostOf == nil && strings.Contains(p.text, text) })
}

// Unboost takes back all boosts by a user; it returns how many.
func (d *Demo) Unboost(user string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.world.remove(func(p *post) bool { return p.author.user == user && p.boostOf != nil })
}

// Edit replaces a text in the posts of a user; it returns the number of posts that changed.
func (d *Demo) Edit(user, from, to string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	edited := 0
	for i, p := range d.world.posts {
		if p.author.user != user || !strings.Contains(p.text, from) {
			continue
		}
		q := *p
		q.earlier, q.text, q.edited = p.text, strings.ReplaceAll(p.text, from, to), d.now().UTC()
		*d.world.posts[i] = q
		edited++
	}
	return edited
}

// ResetBudgets gives every client its full number of requests again.
func (d *Demo) ResetBudgets() { d.budgets.reset() }

// publishRegularly publishes one post after the other, so that new posts arrive while somebody reads.
func (d *Demo) publishRegularly(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-d.closing:
			return
		case <-ticker.C:
			line := regularPosts()[n%len(regularPosts())]
			if err := d.Publish(hafenlicht, line.user, line.text); err != nil {
				d.http.ErrorLog.Print(err)
			}
		}
	}
}

type regularPost struct{ user, text string }

func regularPosts() []regularPost {
	return []regularPost{
		{"marta", "The vending machine has changed key. It hums in E flat now. I have written it down."},
		{"jo", "Goose at the front door, goose at the back door. Departing. #geese"},
		{"backstube", "Blech 2 ist fertig. Wer es riecht, darf kommen."},
		{"deniz", "Motor ısındı, çay da. Kalkıyoruz."},
		{"marta", "A man is asleep on an accordion. Every time he breathes it agrees with him."},
		{"wetterwarte", "Special report: rainbow over pier two, one end in the bakery."},
		{"ines", "Encontrei a palavra. Fugiu. Deixou o chapéu."},
		{"nachtzug", "Kurz vor Norderau. Die Tassen wissen es schon. #nachtzug"},
		{"tilda", "The gull has learned to press the reset button. I am impressed and I am not."},
		{"lumen", "Four minutes of good light left. I am not using them, I am looking at them. #photography"},
		{"yusuf", "القهوة جاهزة والكرسيّ الأخير ما زال خاليًا."},
		{"crew", "The server is fine. Just saying."},
	}
}

// Request is a request that the demo received.
type Request struct {
	At     time.Time
	Method string
	Host   string // without port
	Path   string
	Query  url.Values
	Header http.Header
}

// maxLoggedRequests is how many the log keeps; a demo may run for days.
const maxLoggedRequests = 20_000

type requestLog struct {
	mu   sync.Mutex
	all  []Request
	hits map[string]int
}

func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hits == nil {
		l.hits = map[string]int{}
	}
	l.hits[r.Host]++
	if len(l.all) == maxLoggedRequests {
		l.all = slices.Delete(l.all, 0, maxLoggedRequests/2)
	}
	l.all = append(l.all, r)
}

// Requests returns the latest requests, oldest first: at most some ten thousand.
func (d *Demo) Requests() []Request {
	d.log.mu.Lock()
	defer d.log.mu.Unlock()
	return slices.Clone(d.log.all)
}

// Hits counts all requests to a host ("evil.localhost", with or without port).
func (d *Demo) Hits(host string) int {
	d.log.mu.Lock()
	defer d.log.mu.Unlock()
	return d.log.hits[bareHost(host)]
}
