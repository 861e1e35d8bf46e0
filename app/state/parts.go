package state

import (
	"context"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/fetch"
	"vitrine/feeds/follows"
	"vitrine/feeds/jobs"
	"vitrine/feeds/software"
)

// RealParts joins what the program reads with: servers are asked, what they answer is stored in this browser. Renderer and Views are left to
// the caller.
func RealParts(b Browser, config browser.Config) Deps {
	d := lasting(b.OnLoopback(), b, config)
	d.Browser = b
	return d
}

// WorkerParts joins what a worker of the page does jobs with: the page's own parts, but for what needs a page. private: the page comes
// from this machine.
func WorkerParts(private bool, config browser.Config) Deps {
	return lasting(private, noStorage{}, config)
}

// noStorage is local storage for a worker, which has none.
type noStorage struct{ Storage }

func (noStorage) LocalItem(string) string          { return "" }
func (noStorage) SetLocalItem(string, string) bool { return false }

// lasting joins parts that store in this browser.
func lasting(private bool, storage Storage, config browser.Config) Deps {
	storeFailure := make(chan *feeds.Error, 1) // the store fails once
	clock, tabs := fetch.SystemClock(), browser.NewTabs()
	failed := make(chan struct{})
	store := cache.OpenResilient("vitrine:"+config.Base+":cache", clock, func(err *feeds.Error) { storeFailure <- err; close(failed) })
	d := join(private, storage, config, clock, store, tabs)
	d.storeFailed = failed
	d.StoreFailure, d.Shelf = storeFailure, cache.OpenShelf("vitrine:"+config.Base+":own")
	d.Kept, d.Index = cache.OpenRecords("vitrine:"+config.Base+":kept", true), cache.OpenRecords("vitrine:"+config.Base+":search", false)
	d.Media = cache.OpenMedia("vitrine:"+config.Base+":kept", d.Kept, gatedFiles(d), clock, tabs)
	d.Tabs, d.OnNetwork = tabs, browser.OnNetwork
	d.Jobs = jobs.New(config.Base, d.Shelf, tabs)
	d.Follows = follows.Open(d.Shelf, tabs, config.Base)
	return d
}

// RehearsalParts joins what a rehearsal of the start reads with (page.Rehearse): servers are asked as RealParts has them asked, what they
// answer is stored in memory. Renderer and Views are left to the caller.
func RehearsalParts(b Browser, config browser.Config) Deps {
	tabs := browser.NewTabs()
	d := join(false, b, config, fetch.SystemClock(), cache.NewMemory(), tabs)
	d.Browser, d.Shelf = b, cache.NewMemoryShelf()
	d.Kept, d.Index = cache.NewMemoryRecords(), cache.NewMemoryRecords()
	d.Media = cache.NewMemoryMedia(d.Kept, gatedFiles(d), d.Clock, tabs)
	d.Follows = follows.Open(d.Shelf, tabs, config.Base+"rehearsal")
	return d
}

// join joins what reads servers with a store.
func join(private bool, storage Storage, config browser.Config, clock feeds.Clock, store storeWithUpkeep, tabs feeds.Tabs) Deps {
	site := ReadSite(config.Site)
	blocked, _ := blocklist.New(site.Blocked) // the build has said what is wrong with it
	fetcher := fetch.New(fetch.Options{Clock: clock, Private: private, Pace: fetch.SharedPace(clock, fetch.MaxWait, tabs)})
	hosts := NewHostMemory(store, storage, config.Base)
	return Deps{
		Config: config, Site: site, Clock: clock, Store: store, Upkeep: store, Notes: store, Fetcher: fetcher, files: fetcher, Charsets: fetch.Charsets{}, Hosts: hosts,
		Resolver: software.New(gate{fetcher, blocked}, clock, software.Options{Private: private, Browser: true, Memory: hosts}),
	}
}

type storeWithUpkeep interface {
	feeds.Store
	feeds.Upkeep
	feeds.PostNotes
}

// gate lets no request through to what the site doesn't open, whatever leads there: WebFinger, a copy's origin, an outbox.
type gate struct {
	feeds.Fetcher
	blocked blocklist.List
}

// Fetch implements feeds.Fetcher.
func (g gate) Fetch(ctx context.Context, r feeds.Request) (*feeds.Response, error) {
	if g.blocked.Page(r.URL) {
		return nil, &feeds.Error{Kind: feeds.Refused, Op: "blocked"}
	}
	return g.Fetcher.Fetch(ctx, r)
}

// gatedFiles asks for files, but for those of what the site doesn't open.
func gatedFiles(d Deps) feeds.FileFetcher {
	blocked, _ := blocklist.New(d.Site.Blocked)
	return fileGate{d.files, blocked}
}

type fileGate struct {
	feeds.FileFetcher
	blocked blocklist.List
}

// File implements feeds.FileFetcher.
func (g fileGate) File(ctx context.Context, url string, most int64) (*feeds.FileAnswer, error) {
	if g.blocked.Page(url) {
		return nil, &feeds.Error{Kind: feeds.Refused, Op: "blocked"}
	}
	return g.FileFetcher.File(ctx, url, most)
}
