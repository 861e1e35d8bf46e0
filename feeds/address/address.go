package address

// Kind says what an Address names.
type Kind string

// The kinds of address.
const (
	Profile   Kind = "profile"   // User at Domain; a person, group or channel
	Community Kind = "community" // User at Domain, written with "!"
	Tag       Kind = "tag"       // Tag at Host; Host is "" when only "#word" was given: ask which server
	Server    Kind = "server"    // Host
	Post      Kind = "post"      // ID at Host
	Feed      Kind = "feed"      // URL of an RSS, Atom or JSON feed
)

// Address is a thing of the fediverse that somebody named. Which fields are set depends on Kind.
type Address struct {
	Kind   Kind
	Host   string // where to ask, lower case, with its port; for a Profile the same as Domain unless a URL on another server named it
	User   string // name part of a handle, as written
	Domain string // host part of a handle, lower case, with its port
	Tag    string // without "#", as written
	ID     string // a post's id at Host
	URL    string // what was given, when it was a URL
	Tab    string // "", "replies", "media", "about", "federated", "trending": when the URL named one
}
