// Package address is the grammar of what people have in hand when they want to read something: handles, hashtags, host
// names and the URLs of the fediverse's softwares and their common web clients. It is pure and imports nothing of ours.
//
//	a, err := address.Parse("https://social.example/@ada@far.example/media")
//	// a.Kind == address.Profile, a.User == "ada", a.Domain == "far.example", a.Tab == "media"
//
// A host is always written the same way, so that it can be compared and used as a key: lower case, international names in
// Punycode, IPv6 in brackets, with its port unless that is the usual one.
package address
