// Package content turns foreign text (HTML as the fediverse sends it, plain text; Markdown and MFM follow) into Doc, our own
// closed tree, and a Doc into HTML or plain text. It is the only place where foreign HTML is parsed; nothing is ever
// injected elsewhere. It imports nothing of ours.
//
//	doc := content.ParseHTML(`<p>Hello <a href="https://a.example">there</a></p>`, content.Options{})
//	content.PlainText(doc) // "Hello there"
package content
