// Package statetest runs the program's state without a browser, a network and a real clock: with a window of browsertest, a store in memory and
// servers made of functions.
package statetest

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"vitrine/app/browser"
	"vitrine/app/browser/browsertest"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/app/state"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/fetch"
	"vitrine/feeds/follows"
	"vitrine/feeds/jobs"
)

// Options are what a test wants to be different.
type Options struct {
	Fetcher  state.Fetcher                                            // asks for files; nil for Driver.Network
	Language string                                                   // of the words; "" is English
	Site     string                                                   // its JSON; "" is a site without anything
	Hash     string                                                   // of the first view; "" is the start
	Views    map[route.View]func(*state.App, route.Route) state.Model // nil for all models of app/state
	Resolver func(*feedstest.Resolver) feeds.Resolver                 // goes before the usual one; nil for that alone
	Before   func(*Driver)                                            // is called before the program starts; nil for nothing
	Front    func(*state.App) string                                  // nil for a front that only says whose it is
	Jobs     bool                                                     // long work is done by a program beside this one
	Asleep   bool                                                     // that program was suspended: it does nothing
	Kept     func(feeds.Records) feeds.Records                        // stands before what is kept; nil for that alone
	Index    func(feeds.Records) feeds.Records                        // stands before the index; nil for that alone
	Tabs     *feedstest.Tabs                                          // joins the programs, and the tabs of Another; nil: each is alone
}

// Driver drives a running program in a test: it does what a reader does, and holds the fakes that the program was made with.
type Driver struct {
	*state.App
	Window       *browsertest.Window
	Store        *cache.Memory
	Shelf        *feedstest.Shelf
	Kept, Index  *cache.MemoryRecords
	Media        *feedstest.MediaStore
	Resolver     *feedstest.Resolver
	Network      *feedstest.Network
	StoreFailure chan *feeds.Error // takes why the store failed
	Book         *follows.Book     // what is followed, as the program has it

	network []func() // are called when there is a network again
	queue   *state.Queue
	ctx     context.Context
	options Options
}

// Run starts the program in a bubble of testing/synctest, so that time passes only when everybody waits, and calls f. When f returns the
// program ends; a goroutine that doesn't is a failure.
func Run(t *testing.T, o Options, f func(t *testing.T, d *Driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer func() {
			cancel()
			synctest.Wait()
		}()
		d := open(ctx, t, o, nil, browser.Position{})
		f(t, d)
	})
}

// Another opens another tab of the same site, on the same store, and asks the same servers. Options.Tabs joins both.
func (d *Driver) Another(t *testing.T) *Driver {
	t.Helper()
	return open(d.ctx, t, d.options, d, browser.Position{})
}

// Reload loads the page again: another program, at the same view, with what was noted of it.
func (d *Driver) Reload(t *testing.T) *Driver {
	t.Helper()
	d.Window.Leave()
	o := d.options
	o.Hash = d.Window.Fragment()
	return open(d.ctx, t, o, d, d.Window.SessionPosition(positionKey(d)))
}

// open starts a program, beside a first one unless that is nil. at is what is noted of the view that it starts with.
func open(ctx context.Context, t *testing.T, o Options, first *Driver, at browser.Position) *Driver {
	t.Helper()
	if o.Language == "" {
		o.Language = "en"
	}
	if o.Hash == "" {
		o.Hash = "#/"
	}
	if o.Views == nil {
		o.Views = models()
	}
	if o.Front == nil {
		o.Front = func(a *state.App) string { return a.Shown().Hash }
	}
	d := &Driver{
		Window: browsertest.New(o.Hash), Store: cache.NewMemory(), Shelf: feedstest.NewShelf(),
		Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{}, Homes: map[string]string{}, Pages: map[string]feeds.Found{}},
		Network:  &feedstest.Network{Replies: map[string]feedstest.Answered{}}, StoreFailure: make(chan *feeds.Error, 1),
		Kept: cache.NewMemoryRecords(), Index: cache.NewMemoryRecords(), Media: feedstest.NewMediaStore(),
		queue: state.NewQueue(ctx), ctx: ctx, options: o,
	}
	d.Window.KeepSessionPosition(positionKey(d), at)
	if first != nil {
		d.Kept, d.Index, d.Media = first.Kept, first.Index, first.Media
		d.Store, d.Shelf, d.Resolver, d.Network = first.Store, first.Shelf, first.Resolver, first.Network
	}
	join := func() feeds.Tabs { return browser.NewTabs() }
	if o.Tabs != nil {
		join = o.Tabs.Open
	}
	tabs := join()
	if o.Tabs != nil {
		d.Book = follows.Open(d.Shelf, tabs, "/")
	} else {
		d.Book = follows.Open(d.Shelf, feedstest.NewTabs().Open(), "/")
	}
	if o.Before != nil && first == nil {
		o.Before(d)
	}
	var resolver feeds.Resolver = d.Resolver
	if o.Resolver != nil {
		resolver = o.Resolver(d.Resolver)
	}
	parts := state.Deps{
		Browser: d.Window, Config: browser.Config{Base: "/", Words: table(t, o.Language), Icons: "/icons.svg"}, Site: state.ReadSite([]byte(o.Site)),
		Clock: clock{}, Store: d.Store, Upkeep: d.Store, Notes: d.Store, StoreFailure: d.StoreFailure, Resolver: resolver, Fetcher: network{d.Network}, Charsets: fetch.Charsets{},
		Hosts: state.NewHostMemory(d.Store, d.Window, "/"), Shelf: d.Shelf, Views: o.Views,
		Kept: d.Kept, Index: d.Index, Media: d.Media,
		Follows: d.Book, Tabs: tabs, OnNetwork: func(f func()) { d.network = append(d.network, f) },
		Renderer: state.Renderer{Later: d.queue.Post, AfterDraw: d.queue.Post, Front: o.Front},
	}
	if o.Fetcher != nil {
		parts.Fetcher = o.Fetcher
	}
	if o.Kept != nil {
		parts.Kept = o.Kept(d.Kept)
	}
	if o.Index != nil {
		parts.Index = o.Index(d.Index)
	}
	if o.Jobs {
		parts.Jobs = jobs.New("/", d.Shelf, tabs)
		worker := parts
		if o.Tabs != nil {
			worker.Tabs = join()
			worker.Jobs, worker.Follows = jobs.New("/", d.Shelf, worker.Tabs), follows.Open(d.Shelf, worker.Tabs, "/")
		}
		if !o.Asleep && first == nil {
			go state.DoJobs(ctx, worker)
		}
	}
	app, err := state.New(parts)
	if err != nil {
		t.Fatal(err)
	}
	d.App = app
	d.Window.Listen(func(e browser.Event) { d.queue.Post(func() { app.Handle(e) }) }, app.Leave)
	d.queue.Post(func() { app.Start(ctx) })
	synctest.Wait()
	return d
}

func positionKey(d *Driver) string { return "vitrine:/:at:" + d.Window.HistoryID() }

// Do reports events, and waits until all that they began is done or waits for time to pass.
func (d *Driver) Do(events ...browser.Event) {
	for _, e := range events {
		d.Window.Send(e)
		synctest.Wait()
	}
}

// Click reports a click on a button without attributes.
func (d *Driver) Click(action string) { d.Do(browser.Click{Action: action}) }

// Visit opens a view as if its address had been typed.
func (d *Driver) Visit(hash string) {
	d.Window.Go(hash, false)
	synctest.Wait()
}

// Back goes back in the history.
func (d *Driver) Back() {
	d.Window.Back()
	synctest.Wait()
}

// Follow changes what is followed, as the program would.
func (d *Driver) Follow(t *testing.T, change func(*follows.Data)) {
	t.Helper()
	if _, err := d.Book.Change(t.Context(), func(data *follows.Data) error { change(data); return nil }); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

// Pass lets time pass. What the test changed before is seen by what happens meanwhile.
func (d *Driver) Pass(t time.Duration) {
	d.queue.Post(func() {})
	synctest.Wait()
	time.Sleep(t)
	synctest.Wait()
}

// Linked returns the posts that a post links to, as it does when the page is drawn: where the program runs, for a server that isn't known
// yet is looked up.
func (d *Driver) Linked(p *feeds.Post) (out [markup.MostLinked]*markup.Linked) {
	d.queue.Post(func() { out = d.App.Linked(p) })
	synctest.Wait()
	return out
}

// models makes the models of all views of app/state.
func models() map[route.View]func(*state.App, route.Route) state.Model {
	profile := func(a *state.App, r route.Route) state.Model { return state.NewProfile(a, r) }
	return map[route.View]func(*state.App, route.Route) state.Model{
		route.Start:     func(a *state.App, r route.Route) state.Model { return state.NewStart(a, r) },
		route.Profile:   profile,
		route.Community: profile,
		route.Server:    func(a *state.App, r route.Route) state.Model { return state.NewServer(a, r) },
		route.Tag:       func(a *state.App, r route.Route) state.Model { return state.NewTag(a, r) },
		route.Post:      func(a *state.App, r route.Route) state.Model { return state.NewThread(a, r) },
		route.Home:      func(a *state.App, r route.Route) state.Model { return state.NewHome(a, r) },
		route.Playlist:  func(a *state.App, r route.Route) state.Model { return state.NewWebFeed(a, r) },
		route.Find:      func(a *state.App, r route.Route) state.Model { return state.NewFind(a, r) },
		route.Feed:      func(a *state.App, r route.Route) state.Model { return state.NewWebFeed(a, r) },
		route.Following: func(a *state.App, r route.Route) state.Model { return state.NewFollowing(a, r) },
		route.Search:    func(a *state.App, r route.Route) state.Model { return state.NewSearch(a, r) },
		route.Saved:     func(a *state.App, r route.Route) state.Model { return state.NewSaved(a, r) },
		route.Settings:  func(a *state.App, r route.Route) state.Model { return state.NewSettings(a, r) },
		route.Embed:     func(a *state.App, r route.Route) state.Model { return state.NewEmbed(a, r) },
		route.Open:      func(a *state.App, r route.Route) state.Model { return state.NewOpen(a, r) },
	}
}

// table has the sentences of a language, as the build writes them.
func table(t *testing.T, language string) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../../web/locales", language+".json"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return w.Table()
}

// clock is the bubble's.
type clock struct{}

func (clock) Now() time.Time                         { return time.Now() }
func (clock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// network is a Fetcher without budgets.
type network struct{ *feedstest.Network }

func (network) Budget(string) (feeds.Budget, bool) {
	return feeds.Budget{Limit: 300, Remaining: 299}, true
}

// Waiting are the jobs that aren't over.
func (d *Driver) Waiting(t *testing.T) ([]feeds.Job, error) {
	t.Helper()
	return jobs.New("/", d.Shelf, browser.NewTabs()).Waiting(t.Context())
}

// Clock is the bubble's.
func (*Driver) Clock() feeds.Clock { return clock{} }

// NetworkBack says, as a browser does, that there is a network again, to the page and to what works beside it.
func (d *Driver) NetworkBack() {
	for _, f := range d.network {
		f()
	}
	d.Do(browser.NetworkChange{Online: true})
}
