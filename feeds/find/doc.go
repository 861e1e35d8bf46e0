// Package find asks several servers for a word: for people, communities, channels and hashtags of that name. What they answer is merged by
// identity, with the servers that each came from, and bounded, however much a server sends.
//
//	hosts := find.Choose(candidates, "de", false, find.Handful)
//	find.New(resolver, store, blocked).Find(ctx, find.Words("  cats "), hosts, func(r *find.Result) { ... })
//
// People who don't wish to be suggested are left out; so is what the site doesn't open. Posts are found by reader.SearchPlace.
package find
