// Package browser is the rest of what the program asks of the page and the browser, beside fetching and storing: events,
// scrolling, focus, dialogs, settings that the loader reads too. It alone (with feeds/fetch and feeds/cache) uses syscall/js.
// Natively every function is there and does nothing, so that views are tested without a browser.
package browser
