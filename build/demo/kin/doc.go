// Package kin is the demo's servers that don't speak Mastodon's API: one with videos (PeerTube's API), one with reactions (Misskey's),
// a forum (Lemmy's) and a podcast (an RSS feed), and one that speaks Mastodon's in another voice, with photographs (Pixelfed). Each answers what a guest's reader asks, as the real software does, with CORS.
//
// Sources: https://docs.joinpeertube.org/api-rest-reference.html, https://misskey-hub.net/en/docs/for-developers/api/,
// https://join-lemmy.org/api, https://podcasting2.org/docs/podcast-namespace.
package kin
