// Package misskey reads Misskey (10 to 2026) and its forks as somebody without an account: Sharkey, Firefish, Iceshrimp, Catodon,
// CherryPick, FoundKey. What differs between versions shows in the answers, so nobody has to be told which one it is.
//
//	source := misskey.New(fetcher, clock, "mk.example", misskey.Quirks{})
//	page, err := source.ServerPosts(ctx, feeds.Local, "")
//
// Every question is a POST of JSON to /api/ENDPOINT, but for the list of the server's own emoji, which is asked for at most once and
// only when a text or a reaction names one whose picture didn't come along.
//
// Lists are read in pages of 20 at first and of 40 further down, by the id of the last note.
//
// Sources: https://misskey-hub.net/en/docs/for-developers/api/ and the endpoints' own descriptions at /api-doc of any server.
package misskey
