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
	site := ReadSite(config.Site)
	blocked, _ := blocklist.New(site.Blocked) // the build has said what is wrong with it
	clock, private := fetch.SystemClock(), b.OnLoopback()
	fetcher := fetch.New(fetch.Options{Clock: clock, Private: private, Pace: fetch.SharedPace(clock, fetch.MaxWait)})
	storeFailure := make(chan *feeds.Error, 1) // the store fails once
	store := cache.OpenResilient("vitrine:"+config.Base+":cache", clock, func(err *feeds.Error) { storeFailure <- err })
	hosts := NewHostMemory(store, b, config.Base)
	return Deps{
		Browser: b, Config: config, Site: site, Clock: clock, Store: store, Upkeep: store, StoreFailure: storeFailure, Fetcher: fetcher, Hosts: hosts,
		Resolver: software.New(gate{fetcher, blocked}, clock, software.Options{Private: private, Browser: true, Memory: hosts}),
		Shelf:    cache.OpenShelf("vitrine:" + config.Base + ":own"),
	}
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
