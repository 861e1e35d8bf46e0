package snapshot

import (
	"context"
	"net/url"
	"sync"
	"time"

	"vitrine/build/listing"
	"vitrine/feeds"
	"vitrine/feeds/fetch"
	"vitrine/feeds/software"
)

// maxFailedFiles is after how many files in a row that didn't come a host isn't asked for more of them: a single one may be broken
// while its host is well.
const maxFailedFiles = 3

// client asks servers: public ones, or those on this machine.
type client struct {
	reader     *listing.Reader
	api        feeds.Fetcher
	pages      feeds.Fetcher // of the site itself
	files      feeds.Fetcher // with a larger cap
	entryPages feeds.Fetcher // pages of a web feed's entries: one that is broken says nothing of its host
	counts     []*counter
}

// userAgent names the site that asks, where it is known: whoever runs a server can look who it is.
func (r *run) userAgent() string {
	if r.Config.BaseURL == "" {
		return "Vitrine (official feeds)"
	}
	return "Vitrine (official feeds; +" + r.Config.BaseURL + ")"
}

func (r *run) newClient(private bool) *client {
	a := &client{}
	counted := func(o fetch.Options) feeds.Fetcher {
		o.Clock, o.Private, o.UserAgent = r.clock, private, r.userAgent()
		c := &counter{Fetcher: fetch.New(o), hosts: map[string]int{}}
		a.counts = append(a.counts, c)
		return c
	}
	a.api = counted(fetch.Options{Answers: r.Answers})
	a.pages = &onceEach{Fetcher: a.api}
	a.reader = listing.New(software.New(a.api, r.clock, software.Options{Private: private, NoWebFeeds: true, Memory: r.memory}), r.clock)
	a.entryPages = inTurn{a.api, r.newTurns(maxFailedFiles)}
	largest := 20
	for _, f := range r.Config.Feeds {
		largest = max(largest, f.MaxFile)
	}
	// Files are kept as such: their answers needn't be.
	a.files = inTurn{counted(fetch.Options{MaxBody: int64(largest) << 20, Deadline: 2 * time.Minute}), r.newTurns(maxFailedFiles)}
	return a
}

// counter counts requests by host.
type counter struct {
	feeds.Fetcher
	mu    sync.Mutex
	hosts map[string]int
}

// Fetch implements feeds.Fetcher.
func (c *counter) Fetch(ctx context.Context, q feeds.Request) (*feeds.Response, error) {
	if u, err := url.Parse(q.URL); err == nil {
		c.mu.Lock()
		c.hosts[u.Host]++
		c.mu.Unlock()
	}
	return c.Fetcher.Fetch(ctx, q)
}

func (c *counter) add(to map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for host, n := range c.hosts {
		to[host] += n
	}
}

// inTurn asks when a host's turn has come. It is for files, which may take long: they have turns of their own.
type inTurn struct {
	feeds.Fetcher
	turns *turns
}

// Fetch implements feeds.Fetcher.
func (f inTurn) Fetch(ctx context.Context, q feeds.Request) (*feeds.Response, error) {
	u, err := url.Parse(q.URL)
	if err != nil {
		return nil, &feeds.Error{Kind: feeds.Refused, Op: "GET", Err: err}
	}
	leave, err := f.turns.take(ctx, u.Host)
	if err != nil {
		return nil, err
	}
	r, err := f.Fetcher.Fetch(ctx, q)
	leave(err)
	return r, err
}

// onceEach asks for each page once, for all that want it: the site's own page stands in the proofs of all its feeds.
type onceEach struct {
	feeds.Fetcher
	answers sync.Map // by URL: func() (*feeds.Response, error)
}

// Fetch implements feeds.Fetcher.
func (o *onceEach) Fetch(ctx context.Context, q feeds.Request) (*feeds.Response, error) {
	answer, _ := o.answers.LoadOrStore(q.URL, sync.OnceValues(func() (*feeds.Response, error) { return o.Fetcher.Fetch(ctx, q) }))
	return answer.(func() (*feeds.Response, error))()
}
