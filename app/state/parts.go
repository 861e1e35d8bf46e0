package state

import (
	"context"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/fetch"
	"vitrine/feeds/software"
)

// RealParts joins what the program reads with: servers are asked, what they answer is stored in this browser. Renderer and Views are left to
// the caller.
func RealParts(b Browser, config browser.Config) Deps {
	storeFailure := make(chan *feeds.Error, 1) // the store fails once
	clock := fetch.SystemClock()
	store := cache.OpenResilient("vitrine:"+config.Base+":cache", clock, func(err *feeds.Error) { storeFailure <- err })
	d := join(b, config, clock, store)
	d.StoreFailure, d.Shelf = storeFailure, cache.OpenShelf("vitrine:"+config.Base+":own")
	return d
}

// RehearsalParts joins what a rehearsal of the start reads with (page.Rehearse): servers are asked as RealParts has them asked, what they
// answer is stored in memory. Renderer and Views are left to the caller.
func RehearsalParts(b Browser, config browser.Config) Deps {
	d := join(b, config, fetch.SystemClock(), cache.NewMemory())
	d.Shelf = cache.NewMemoryShelf()
	return d
}

// join joins what reads servers with a store.
func join(b Browser, config browser.Config, clock feeds.Clock, store storeWithUpkeep) Deps {
	site := ReadSite(config.Site)
	blocked, _ := blocklist.New(site.Blocked) // the build has said what is wrong with it
	private := b.OnLoopback()
	fetcher := fetch.New(fetch.Options{Clock: clock, Private: private, Pace: fetch.SharedPace(clock, fetch.MaxWait)})
	hosts := NewHostMemory(store, b, config.Base)
	return Deps{
		Browser: b, Config: config, Site: site, Clock: clock, Store: store, Upkeep: store, Fetcher: fetcher, Hosts: hosts,
		Resolver: software.New(gate{fetcher, blocked}, clock, software.Options{Private: private, Browser: true, Memory: hosts}),
	}
}

type storeWithUpkeep interface {
	feeds.Store
	feeds.Upkeep
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
