// Package state is the program's state: it knows which view is open and what it shows, and turns what a reader does into the next state. It
// is handed the browser, the store and who asks servers (Deps; RealParts joins the real ones), so that it is tested without any of
// them. Everything in it runs on the one goroutine that draws; what waits for servers runs elsewhere and comes back through App.later.
//
// A view is a Model in a file of its own, and a row in the table of app/page. What surrounds the views (menu, viewer, keys) is the App's.
package state
