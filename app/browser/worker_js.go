//go:build js && wasm

package browser

import "syscall/js"

// Worker is a worker that the program runs in: a tab without a page (web/js/background.js).
type Worker struct{}

// InWorker reports that the program runs in a worker, not in a page.
func InWorker() bool { return document().IsUndefined() }

// Config returns what the page handed over.
func (Worker) Config() Config { return handedOver() }

// Once reports that what is followed is to be refreshed once, without any page, in the service worker (web/sw/sw.js).
func (Worker) Once() bool { return global("vitrine").Get("once").Truthy() }

// Started tells the page that the program's own start was compiled here.
func (Worker) Started() { global("vitrine").Call("tell", "started") }

// Rehearsed tells the page that what a start calls was called here.
func (Worker) Rehearsed() { global("vitrine").Call("tell", "rehearsed") }

// OnLoopback reports that the page itself comes from this machine.
func (Worker) OnLoopback() bool { return onLoopback() }

// SetBadge shows a number on the icon of an installed app; 0 for none.
func (Worker) SetBadge(n int) { setBadge(n) }

// Log writes where a developer looks.
func (Worker) Log(text string) { js.Global().Get("console").Call("error", "vitrine: "+text) }

// WhenAlone calls f, on a goroutine of its own, once no worker runs beside the page: at once where there is none.
func (*Window) WhenAlone(f func()) { when("alone", f) }

// WhenRehearsed calls f, on a goroutine of its own, once a worker has rehearsed a start, or where there is none.
func (*Window) WhenRehearsed(f func()) { when("rehearsed", f) }

// when waits for a promise of the loader.
func when(name string, f func()) {
	promise := global("vitrine").Get(name)
	if !promise.Truthy() {
		go f()
		return
	}
	settle(promise, func(bool) { go f() })
}
