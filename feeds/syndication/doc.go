// Package syndication reads web feeds, as somebody without an account: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed
// 1.0 and 1.1. Blogs, podcasts and most softwares of the fediverse publish them, and some let a browser read nothing else.
// Sources: https://www.rssboard.org/rss-specification, RFC 4287, https://www.jsonfeed.org/version/1.1/
//
//	source := syndication.New(fetcher, clock)
//	author, page, err := source.Feed(ctx, "https://blog.example/feed.xml", "")
//
// Beside the formats themselves these extensions are understood:
//
//   - Media RSS: https://www.rssboard.org/media-rss
//   - podcasts: https://podcasters.apple.com/support/823-podcast-requirements,
//     https://podcasting2.org/docs/podcast-namespace and https://podlove.org/simple-chapters/
//   - threads (RFC 4685), paged and archived feeds (RFC 5005)
//   - licences: RFC 4946, https://www.rssboard.org/creative-commons
//   - Dublin Core, content:encoded, source:markdown, webfeeds
//
// An answer takes four steps: source.go asks; package charset makes UTF-8 of it; tree.go (XML) or read_json.go decode it tolerantly,
// and read_xml.go and read_media.go find what is needed in the tree; adapt*.go make immutable values of the domain. One reader of
// XML serves all dialects, since real feeds mix them. It is not encoding/xml, which would refuse every third feed for an "&" and
// be one more parser in the program.
//
// It imports feeds, feeds/apiclient, feeds/charset, feeds/content and feeds/address.
package syndication
