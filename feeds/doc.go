// Package feeds is the domain: what a post, an author, a server and a timeline are, whatever software they come from, and the
// ports through which the rest of the program is handed its parts (Source, Store, Shelf, Fetcher, Clock, Resolver).
//
// Values are immutable once made: a *Post may be shared by goroutines, components and stores. Times are UTC. URLs have
// passed content.SafeURL. Posts, authors, servers, entries and ranges are stored as JSON without what is zero, so a field's name
// stays: feeds/cache has a version of that form. It imports feeds/content and the standard library only.
package feeds
