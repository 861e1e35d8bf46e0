// Package address is the grammar of what people have in hand when they want to read something: handles, hashtags, host
// names and the URLs of the fediverse's softwares and their common web clients. It is pure and imports nothing of ours.
package address
