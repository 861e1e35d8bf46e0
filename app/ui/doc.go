// Package ui draws markup trees with go-app: the third of the thin writers beside HTML and JSON, and the list that mounts only
// the rows near the screen. It knows no views.
//
// go-app compares children by position and handlers by their code's address, and writes attributes of prerendered pages
// unescaped. So no handler is ever given to an element (events are found by attributes, once for the document), no page is
// prerendered, and rows stand in chunks that only grow at the end.
package ui
