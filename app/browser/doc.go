// Package browser is the rest of what the program asks of the page and the browser, beside fetching and storing: events,
// scrolling, focus, dialogs, storage that the loader reads too. It alone (with feeds/fetch and feeds/cache) uses syscall/js.
// Natively only its types are there; package browsertest has a window for tests.
package browser
