// Package mastodon reads servers that speak Mastodon's REST API, as somebody without an account: Mastodon and its forks, and
// the softwares that answer the same requests (Pleroma, Akkoma, GoToSocial, Friendica, Takahe, Hollo, Mitra and others).
// Source: https://docs.joinmastodon.org/methods/
//
//	source := mastodon.New(fetcher, clock, "social.example", mastodon.Quirks{})
//	page, err := source.ServerPosts(ctx, feeds.Local, "")
//
// An answer takes three steps: the client of feeds/apiclient asks and turns everything that isn't the JSON expected into an
// error; wire.go decodes tolerantly, so that a field of the wrong type costs that field and nothing else; adapt*.go make immutable
// values of the domain. What a guest may not read (private and direct posts) is dropped here.
//
// Lists are read in pages of 20 at first and of 40 further down, which is the most that Mastodon gives.
//
// It imports feeds, feeds/apiclient and feeds/content.
package mastodon
