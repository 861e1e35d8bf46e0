// Package content turns foreign text (HTML as the fediverse sends it, plain text) into Doc, our own closed tree, and a Doc
// into HTML or plain text. It is the only place where foreign HTML is parsed; nothing is ever injected elsewhere. It imports
// nothing of ours.
//
//	doc := content.ParseHTML(`<p>Hello <a href="https://a.example">there</a></p>`, content.Options{})
//	content.PlainText(doc) // "Hello there"
//
// # How a text becomes a tree
//
// A parser reads its format and reports to a builder what begins, what ends and what stands between: begin, end, text, lineBreak,
// rule. It may do so in any order, however wrongly nested its source is: the builder opens and closes blocks so that the tree
// is always one that Kind describes, and everything ends in its method normalise, which the bounds and the tree's canonical
// form are owed to. Parsing what HTML writes of a Doc gives that Doc again.
//
// A further format joins as one more file parse_NAME.go with a function ParseNAME(src string, o Options) Doc that drives a
// builder in the same way and returns what normalise gives: Markdown by walking goldmark's tree (its entering and leaving are
// begin and end; its HTML nodes are text), MFM by its own scanner. None of them goes by way of HTML.
package content
