package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"time"

	"vitrine/app/words"
	"vitrine/build/command"
	"vitrine/build/config"
	"vitrine/build/publish"
	"vitrine/build/site"
	"vitrine/build/snapshot/pages"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/fetch"
)

// Options say what is to be refreshed.
type Options struct {
	Config config.Site
	Target publish.Target
	Web    fs.FS         // package web's Files
	Base   string        // path of the site, with slashes around
	Wait   time.Duration // a longer pause that a server asks for isn't waited for

	Clock    feeds.Clock   // nil: the machine's
	Answers  fetch.Answers // nil: none are kept
	Log      io.Writer     // warnings, a line each; nil: nowhere
	Compress *site.Compressor

	pacedAll bool // for measuring: hosts on this machine are left alone between two questions as others are
}

// atOnce is how many feeds are worked on at the same time.
const atOnce = 8

// Result is how a run went.
type Result struct {
	Feeds, Failed int
	Written       int            // files that changed
	Requests      map[string]int // by host
}

// run is one refreshing of all feeds.
type run struct {
	Options
	site         *pages.Site
	words        *words.Words // of messages
	blocked      blocklist.List
	turns        *turns
	clock        feeds.Clock
	wait         time.Duration
	jitter       func(time.Duration) time.Duration
	status       *Status
	memory       *memory
	public       *client
	private      *client
	pictureSlots chan struct{} // one is taken while a picture is decoded and encoded

	mu      sync.Mutex // guards what follows, and Log
	written int
	shown   map[string]*pages.Feed
}

// Run refreshes all official feeds. A source that fails leaves what was kept of it, and is reported in the log and in Result; the error
// is for what stops everything.
func Run(ctx context.Context, o Options) (*Result, error) {
	r := &run{Options: o, clock: o.Clock, wait: o.Wait, shown: map[string]*pages.Feed{}, pictureSlots: make(chan struct{}, runtime.GOMAXPROCS(0))}
	if r.clock == nil {
		r.clock = fetch.SystemClock()
	}
	if r.Log == nil {
		r.Log = io.Discard
	}
	r.jitter = func(limit time.Duration) time.Duration { return rand.N(limit) }
	r.turns = r.newTurns(1)
	if err := r.prepare(ctx); err != nil {
		return nil, err
	}
	if err := r.refreshFeeds(ctx); err != nil {
		return nil, err
	}
	if err := r.finish(ctx); err != nil {
		return nil, err
	}
	result := &Result{Feeds: len(o.Config.Feeds), Written: r.written, Requests: map[string]int{}}
	for _, a := range []*client{r.public, r.private} {
		for _, c := range a.counts {
			c.add(result.Requests)
		}
	}
	for _, f := range o.Config.Feeds {
		if !r.status.Feeds[f.Name].OK {
			result.Failed++
		}
	}
	return result, nil
}

func (r *run) newTurns(tries int) *turns {
	return newTurns(r.clock, r.jitter, func(host string) bool { return r.pacedAll || !address.IsLoopback(host) }, tries)
}

func (r *run) prepare(ctx context.Context) error {
	var err error
	if r.site, err = pages.New(r.Web, r.Config, r.Base); err != nil {
		return err
	}
	if r.words, err = command.English(r.Web); err != nil {
		return err
	}
	if r.blocked, err = blocklist.New(r.Config.Blocked); err != nil {
		return err
	}
	data, err := r.read(ctx, statusFile)
	if err != nil {
		return err
	}
	if r.status, err = readStatus(data); err != nil {
		return err
	}
	r.memory = &memory{hosts: r.status.Hosts}
	for _, f := range r.Config.Feeds {
		r.status.feed(f.Name)
	}
	r.public, r.private = r.newClient(false), r.newClient(true)
	assets := r.site.Assets()
	if len(r.Config.Feeds) == 0 {
		delete(assets, pages.IconFile)
	}
	return r.put(ctx, assets)
}

// refreshFeeds works on all feeds, a few at a time.
func (r *run) refreshFeeds(ctx context.Context) error {
	next := make(chan config.Feed)
	var wg sync.WaitGroup
	var failed error
	for range min(atOnce, len(r.Config.Feeds)) {
		wg.Go(func() {
			for f := range next {
				if err := r.refreshFeed(ctx, f); err != nil {
					r.mu.Lock()
					failed = errors.Join(failed, err)
					r.mu.Unlock()
				}
			}
		})
	}
	for _, f := range r.Config.Feeds {
		if ctx.Err() != nil {
			break
		}
		next <- f
	}
	close(next)
	wg.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return failed
}

// warn logs one thing that the site's operator should know.
func (r *run) warn(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.Log, format+"\n", args...)
}

// describe says a failure in a sentence.
func (r *run) describe(err error) string {
	p := r.words.Problem(err, words.Problems{Now: r.clock.Now()})
	return strings.TrimSuffix(p.Title, ".") + " (" + err.Error() + ")"
}
