package snapshot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"vitrine/app/words"
	"vitrine/build/config"
	"vitrine/build/listing"
	"vitrine/build/publish"
	"vitrine/build/relme"
	"vitrine/build/site"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/mirror"
	"vitrine/build/snapshot/pages"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/fetch"
	"vitrine/feeds/software"
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
	site    *pages.Site
	words   *words.Words // of messages
	blocked blocklist.List
	turns   *turns
	clock   feeds.Clock
	wait    time.Duration
	chance  func(time.Duration) time.Duration
	status  *Status
	memory  *memory
	public  *asker
	private *asker
	making  chan struct{} // places for the making of pictures

	mu      sync.Mutex // guards what follows, and Log
	written int
	shown   map[string]*pages.Feed
}

// asker asks servers: public ones, or those on this machine.
type asker struct {
	reader *listing.Reader
	files  feeds.Fetcher // with a larger cap
	pages  feeds.Fetcher
	counts []*counter
}

// Run refreshes all official feeds. A source that fails leaves what was kept of it, and is told in the log and in Result; the error
// is for what stops everything.
func Run(ctx context.Context, o Options) (*Result, error) {
	r := &run{Options: o, clock: o.Clock, wait: o.Wait, shown: map[string]*pages.Feed{}, making: make(chan struct{}, runtime.GOMAXPROCS(0))}
	if r.clock == nil {
		r.clock = fetch.SystemClock()
	}
	if r.Log == nil {
		r.Log = io.Discard
	}
	r.chance = func(limit time.Duration) time.Duration { return rand.N(limit) }
	r.turns = newTurns(r.clock, r.chance)
	if err := r.prepare(ctx); err != nil {
		return nil, err
	}
	if err := r.each(ctx); err != nil {
		return nil, err
	}
	if err := r.finish(ctx); err != nil {
		return nil, err
	}
	result := &Result{Feeds: len(o.Config.Feeds), Written: r.written, Requests: map[string]int{}}
	for _, a := range []*asker{r.public, r.private} {
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

func (r *run) prepare(ctx context.Context) error {
	var err error
	if r.site, err = pages.New(r.Web, r.Config, r.Base); err != nil {
		return err
	}
	if r.words, err = english(r.Web); err != nil {
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
	r.public, r.private = r.newAsker(false), r.newAsker(true)
	return r.put(ctx, r.site.Kit())
}

func english(web fs.FS) (*words.Words, error) {
	data, err := fs.ReadFile(web, "locales/en.json")
	if err != nil {
		return nil, err
	}
	return words.Load(data)
}

// userAgent names the site that asks, where it is known: whoever runs a server can look who it is.
func (r *run) userAgent() string {
	if r.Config.BaseURL == "" {
		return "Vitrine (official feeds)"
	}
	return "Vitrine (official feeds; +" + r.Config.BaseURL + ")"
}

func (r *run) newAsker(private bool) *asker {
	a := &asker{}
	client := func(o fetch.Options) feeds.Fetcher {
		o.Clock, o.Private, o.UserAgent, o.Answers = r.clock, private, r.userAgent(), r.Answers
		c := &counter{Fetcher: fetch.New(o), hosts: map[string]int{}}
		a.counts = append(a.counts, c)
		return c
	}
	api := client(fetch.Options{})
	a.pages = api
	largest := 20
	for _, f := range r.Config.Feeds {
		largest = max(largest, f.MaxFile)
	}
	o := fetch.Options{Clock: r.clock, Private: private, UserAgent: r.userAgent(), MaxBody: int64(largest) << 20, Deadline: 2 * time.Minute}
	c := &counter{Fetcher: fetch.New(o), hosts: map[string]int{}} // files are kept as such: their answers needn't be
	a.counts = append(a.counts, c)
	a.files = c
	a.reader = listing.New(software.New(api, r.clock, software.Options{Private: private, Memory: r.memory}), r.clock)
	return a
}

// each works on all feeds, a few at a time.
func (r *run) each(ctx context.Context) error {
	next := make(chan config.Feed)
	var wg sync.WaitGroup
	var failed error
	for range min(atOnce, len(r.Config.Feeds)) {
		wg.Go(func() {
			for f := range next {
				if err := r.feed(ctx, f); err != nil {
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

// feed refreshes one feed. The error is for what can't be written; all else stands in the feed's status.
func (r *run) feed(ctx context.Context, f config.Feed) error {
	folder := "feeds/" + f.Name + "/"
	r.mu.Lock()
	status := r.status.feed(f.Name)
	r.mu.Unlock()
	before, err := r.read(ctx, folder+ledger.File)
	if err != nil {
		return err
	}
	kept, err := ledger.Read(before)
	if err != nil {
		status.OK, status.Problem = false, err.Error()
		r.warn("%s: %v (move %s away to begin anew)", f.Name, err, folder+ledger.File)
		return nil
	}
	g := &gathering{run: r, asker: r.public, feed: f, ledger: kept, status: status, now: r.clock.Now(), shown: map[feeds.Key]bool{}}
	if loopback(f) {
		g.asker = r.private
	}
	kept.Drop(func(k ledger.Kept) bool { return !slices.Contains(f.Addresses, k.Source) })
	maps.DeleteFunc(kept.Sources, func(address string, _ ledger.Source) bool { return !slices.Contains(f.Addresses, address) })
	maps.DeleteFunc(status.Sources, func(address string, _ *SourceStatus) bool { return !slices.Contains(f.Addresses, address) })
	if err := g.all(ctx); err != nil {
		return err
	}
	proven := g.proofs(ctx)
	left := filter{feed: f, proven: proven, blocked: r.blocks}
	kept.Drop(left.leavesOut)
	kept.Sort()
	if err := g.recheckOlder(ctx); err != nil {
		return err
	}
	kept.Drop(left.leavesOut)
	if err := r.mirror(ctx, g, folder, before); err != nil {
		return err
	}
	if err := r.publish(ctx, g, folder, before); err != nil {
		return err
	}
	status.Asked, status.OK, status.Problem = g.now, true, ""
	for address, s := range status.Sources {
		s.Posts = len(kept.Of(address))
		status.OK = status.OK && s.Kind == ""
	}
	return nil
}

// loopback reports a feed all of whose sources are on this machine. Only then are private hosts asked, so that no server's answer
// leads there.
func loopback(f config.Feed) bool {
	return !slices.ContainsFunc(f.Addresses, func(given string) bool {
		a, err := address.Parse(given)
		return err != nil || !address.IsLoopback(a.Host)
	})
}

func (r *run) blocks(p *feeds.Post, by *feeds.Author) bool {
	return r.blocked.Post(p) || by != nil && r.blocked.Author(by)
}

// proofs looks, once a day, how the site and its accounts name each other, and tells what broke.
func (g *gathering) proofs(ctx context.Context) map[string]bool {
	proven := map[string]bool{}
	for _, given := range g.feed.Addresses {
		src, ok := g.ledger.Sources[given]
		if !ok || src.Author == nil {
			continue
		}
		s := g.status.source(given)
		if day := g.now.UTC().Format(time.DateOnly); s.Proved != day && s.Kind == "" {
			now := relme.Prove(ctx, g.asker.pages, g.Config.BaseURL, src.Author)
			if now != relme.NotLookedAt || src.RelMe == "" {
				if src.RelMe == string(relme.Both) && now != relme.Both {
					g.warn("%s: %s and the site named each other (rel=me); now that is %q", g.feed.Name, given, now)
				}
				src.RelMe = string(now)
				g.ledger.Sources[given] = src
			}
			s.Proved = day
		}
		if src.RelMe == string(relme.Both) {
			proven[src.Author.URI] = true
		} else if src.Author.Wishes.NoIndex {
			g.warn("%s: %s asks not to be in search engines, and nothing proves that it is the site's own (rel=me): is this feed meant?", g.feed.Name, given)
		}
		if w := src.Author.Wishes; (w.NoBot || w.NoArchive) && src.RelMe != string(relme.Both) {
			g.warn("%s: %s asks not to be copied (#nobot, #noarchive), and nothing proves that it is the site's own (rel=me): its posts are left out", g.feed.Name, given)
		}
	}
	return proven
}

// mirror makes the files that the posts show a part of the site.
func (r *run) mirror(ctx context.Context, g *gathering, folder string, before []byte) error {
	if mirror.Mode(g.feed.Media) != mirror.Mirrored {
		clear(g.ledger.Files)
		return nil
	}
	m := mirror.Mirror{
		Fetcher: g.asker.files, MaxFile: int64(g.feed.MaxFile) << 20, Making: r.making,
		Write: func(ctx context.Context, name string, data []byte) error {
			return r.put(ctx, map[string][]byte{folder + name: data})
		},
		// What was mirrored is noted beside the posts that were there before: those of this run aren't published yet.
		Save: func(ctx context.Context) error {
			half, err := ledger.Read(before)
			if err != nil {
				return err
			}
			half.Files = g.ledger.Files
			data, err := half.Bytes()
			if err != nil {
				return err
			}
			return r.put(ctx, map[string][]byte{folder + ledger.File: data})
		},
	}
	return m.Fill(ctx, g.ledger)
}

// publish writes the feed's pages, and takes away files that nothing names any more.
func (r *run) publish(ctx context.Context, g *gathering, folder string, before []byte) error {
	state, err := g.ledger.Settle(before, g.now)
	if err != nil {
		return err
	}
	f := &pages.Feed{Feed: g.feed, Ledger: g.ledger, Posts: g.ledger.Posts, NoIndex: noIndex(g.ledger)}
	if conversation(g.feed) {
		f.Order = pages.OldestFirst
	}
	made, err := r.site.Feed(f)
	if err != nil {
		return err
	}
	files := map[string][]byte{folder + ledger.File: state}
	for name, data := range made {
		files[folder+name] = data
	}
	if err := r.put(ctx, files); err != nil {
		return err
	}
	r.mu.Lock()
	r.shown[g.feed.Name] = f
	r.mu.Unlock()
	// What the pages of the last run showed stays for this one: caches may still hold them.
	last, err := ledger.Read(before)
	if err != nil {
		return err
	}
	for _, l := range []*ledger.Ledger{g.ledger, last} {
		for _, m := range l.Files {
			for _, c := range m.Copies() {
				files[folder+c.Name] = nil
			}
		}
	}
	there, err := r.Target.List(ctx, folder)
	if err != nil {
		return err
	}
	for _, name := range there {
		bare := strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz")
		if _, current := files[bare]; !current {
			if err := r.Target.Remove(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// noIndex reports that somebody whose posts are shown wants to be in no search engine.
func noIndex(l *ledger.Ledger) bool {
	return slices.ContainsFunc(l.Posts, func(k ledger.Kept) bool { return k.Post.Author.Wishes.NoIndex })
}

// put writes files that differ from what stands there, compressed ones beside them.
func (r *run) put(ctx context.Context, files map[string][]byte) error {
	if r.Compress == nil {
		return r.write(ctx, files)
	}
	changed := map[string][]byte{}
	for name, data := range files {
		old, err := r.read(ctx, name)
		if err != nil {
			return err
		}
		if old == nil || !bytes.Equal(old, data) {
			changed[name] = data
		}
	}
	if len(changed) == 0 {
		return nil
	}
	small := site.Files{}
	for name, data := range changed {
		if name != statusFile && !strings.HasSuffix(name, "/"+ledger.File) { // nobody's browser asks for these
			small[name] = data
		}
	}
	if err := r.Compress.Add(ctx, small); err != nil {
		return err
	}
	maps.Copy(changed, small)
	return r.write(ctx, changed)
}

func (r *run) write(ctx context.Context, files map[string][]byte) error {
	n, err := publish.Put(ctx, r.Target, files)
	r.mu.Lock()
	r.written += n
	r.mu.Unlock()
	return err
}

// read returns a file of the target; nil for none.
func (r *run) read(ctx context.Context, name string) ([]byte, error) {
	data, err := r.Target.Read(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// finish writes what all feeds share, and takes away feeds that are no more.
func (r *run) finish(ctx context.Context) error {
	var all []*pages.Feed
	for _, f := range r.Config.Feeds {
		if shown := r.shown[f.Name]; shown != nil {
			all = append(all, shown)
		}
	}
	files := map[string][]byte{}
	if len(all) > 0 {
		data, err := r.site.Directory(all)
		if err != nil {
			return err
		}
		files["feeds/index.html"] = data
	}
	sitemap, err := r.site.Sitemap(all)
	if err != nil {
		return err
	}
	if sitemap != nil {
		files["sitemap.xml"] = sitemap
	}
	files["robots.txt"] = r.site.Robots(all)
	if err := r.removeFormer(ctx); err != nil {
		return err
	}
	status, err := r.status.bytes()
	if err != nil {
		return err
	}
	files[statusFile] = status
	return r.put(ctx, files)
}

// removeFormer takes away feeds that are not configured any more. Only folders with a ledger are ours.
func (r *run) removeFormer(ctx context.Context) error {
	there, err := r.Target.List(ctx, "feeds/")
	if err != nil {
		return err
	}
	former := map[string]bool{}
	for _, file := range there {
		name, rest, _ := strings.Cut(strings.TrimPrefix(file, "feeds/"), "/")
		if rest == ledger.File && !slices.ContainsFunc(r.Config.Feeds, func(f config.Feed) bool { return f.Name == name }) {
			former[name] = true
		}
	}
	for _, file := range there {
		name, _, below := strings.Cut(strings.TrimPrefix(file, "feeds/"), "/")
		if below && former[name] {
			if err := r.Target.Remove(ctx, file); err != nil {
				return err
			}
		}
	}
	for name := range former {
		delete(r.status.Feeds, name)
		r.warn("%s: is not configured any more and was taken away", name)
	}
	return nil
}

// warn tells one thing that whoever runs this should know.
func (r *run) warn(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.Log, format+"\n", args...)
}

// inWords says a failure in a sentence.
func (r *run) inWords(err error) string {
	p := r.words.Problem(err, words.Problems{Now: r.clock.Now()})
	return strings.TrimSuffix(p.Title, ".") + " (" + err.Error() + ")"
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
