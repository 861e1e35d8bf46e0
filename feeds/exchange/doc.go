// Package exchange reads and writes the files by which follows are carried in and out. It knows no database and asks no server.
//
//	result, err := exchange.Read(file, fetch.Charsets{})
//	// result.Entries are what can be followed, result.Unread the lines that name nothing, each with the reason
//
// What a file is shows in its content, never in its name. These are read:
//
//   - Mastodon's export of follows and of lists as CSV, and others' that look like them (RFC 4180; also separated by semicolons or tabs)
//   - OPML 1 and 2, http://opml.org/spec2.opml, whose folders are lists
//   - the file of a reader's own data that Vitrine writes, see File
//   - collections of ActivityPub, among them starter packs (FEP-7aa9), and JSON lists of accounts as APIs send them
//   - handles and addresses in any text, in Markdown or HTML
//
// OPML, Mastodon's two kinds of CSV and Vitrine's own file are also written, always in the same way for the same follows. A list as a
// link is EncodeLink and DecodeLink.
//
// Foreign files are never trusted: entities that an XML document defines are not expanded, and an address is only what package
// address reads.
//
// It imports feeds, feeds/address, feeds/charset, feeds/content and feeds/jsontext.
package exchange
