// Package lemmy reads communities of links and talk, as somebody without an account: Lemmy by its API v3 (0.17 to 0.19) and v4
// (1.0), and PieFed, whose API is modelled on Lemmy's.
// Sources: https://join-lemmy.org/api/v3, https://join-lemmy.org/api/v4 and https://piefed.social/api/alpha/swagger
//
//	source := lemmy.New(fetcher, clock, "lemmy.example", lemmy.Quirks{})
//	author, err := source.Profile(ctx, "!cats", "lemmy.example")
//
// A post has the id that Lemmy gives it, "12"; a comment is named by "comment:34". An author's id is "c:" and the id of a
// community, or "u:" and that of a person: both have their own numbers, and may share a name. A handle that begins with "!" is a
// community's.
//
// An answer takes three steps: the client of feeds/apiclient asks and turns everything that isn't the JSON expected into an
// error; wire.go decodes tolerantly, one set of types for all three APIs; adapt*.go make immutable values of the domain.
//
// It imports feeds, feeds/apiclient, feeds/content and feeds/forum.
package lemmy
