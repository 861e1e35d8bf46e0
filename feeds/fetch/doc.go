// Package fetch is the feeds.Fetcher: it asks servers, in a browser through fetch() and natively through net/http, and reports
// every way in which that fails as one kind of feeds.Error.
//
// The way of a request: target.go decides whether the host may be asked at all, flight.go joins it with the same request under
// way, limit.go lets it wait for its turn at the host, and a transport asks. Nothing here knows what the answers mean.
//
// In the browser the loader (web/js) asks for a view's first page before this program runs. It leaves what it asked in
// globalThis.vitrine.early, and feeds/fetch takes over the loader's response: nothing is asked twice. See transport_js.go.
package fetch
