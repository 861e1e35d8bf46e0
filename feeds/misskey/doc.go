// Package misskey reads Misskey and its forks: Sharkey, Firefish, Iceshrimp, Catodon, CherryPick, FoundKey. Every question is a POST
// of JSON. What differs between versions (10 to 2026) shows in the answers, so nobody has to be told the fork.
//
// Sources: https://misskey-hub.net/en/docs/for-developers/api/ and the endpoints' own descriptions at /api-doc of any server.
package misskey
