// Package demo is a small fediverse on one loopback port: the servers of a fictional harbour town, a large server that
// closes its live feeds to guests, one that fails on purpose and one whose content is hostile. `make run` shows it to a
// person who looks for the first time; the end-to-end tests read it as they would read real servers.
//
// The servers are distinguished by their Host header ("hafenlicht.localhost:8081"), speak the API of Mastodon 4.5 as an
// anonymous visitor meets it (limits, Link headers, CORS, closed feeds, errors), and each gives the others' posts ids of
// its own. The world is data (people.go, posts_*.go, thread.go), its times are relative to Options.Now, its pictures are
// drawn when asked for (package pictures).
//
// A conversation of a thousand replies stands on six further servers (package crowd): "#/p/markt.localhost:8081/10000" opens it on one that has
// a copy, "#/p/leinwand.localhost:8081/kVcrowd0film" where it began.
//
// Source of the API: https://docs.joinmastodon.org/api/
//
// The two clips under clip/ were made once of the pictures: 36 crops of 384 by 240 pixels, sliding over a scene of 480 by
// 240, were encoded with "ffmpeg -framerate 12 -c:v libvpx -pix_fmt yuv420p -b:v 40k -crf 45 -quality best -an".
package demo
