// Package mbin reads communities of links and talk, as somebody without an account: Mbin, and kbin where it has an API.
// Source: https://fedia.io/api/docs and https://github.com/MbinOrg/mbin/tree/main/src/DTO
//
//	source := mbin.New(fetcher, clock, "mbin.example")
//	author, err := source.Profile(ctx, "!cats", "mbin.example")
//
// There are two kinds of posts: entries, which have a title, and microblog posts; each has comments of its own. All four have
// their own numbers: an entry has the id "12", its comments "comment:34", a microblog post "post:5", what answers it
// "post-comment:6". An author's id is "c:" and the id of a magazine, or "u:" and that of a user. A handle that begins with "!" is
// a magazine's.
//
// An answer takes three steps: the client of feeds/apiclient asks and turns everything that isn't the JSON expected into an
// error; wire.go decodes tolerantly; adapt*.go make immutable values of the domain.
//
// It imports feeds, feeds/apiclient, feeds/content and feeds/forum.
package mbin
