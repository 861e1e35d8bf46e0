// Package route is the addresses of views: the fragments of the one page, as "#/@user@host/media". The server that delivers
// the page never sees them. It is plain Go and imports feeds and feeds/address only.
//
//	r, err := route.Parse("#/t/social.example/caf%C3%A9?via=far.example")
//	// r.View == route.Tag, r.Host == "social.example", r.Tag == "café", r.Via == "far.example"
//
// Parts are percent-encoded: the escaped fragment is split first, each part is decoded after. What String writes is what a
// browser then shows as location.hash.
package route
