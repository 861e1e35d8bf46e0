//go:build js && wasm

package browser

import "syscall/js"

// While a dialog is open, the history has an entry of its own for it, with the address of the view below, so that going back closes the
// dialog and nothing else. HTML's close watcher does that for the back gesture of Android alone.
// Source: https://html.spec.whatwg.org/multipage/interaction.html#close-requests-and-close-watchers

// OpenDialog shows the dialog with an id above everything else, in place of one that is open.
func (w *Window) OpenDialog(id string) {
	d := document().Call("getElementById", id)
	if !d.Truthy() || d.Get("open").Bool() {
		return
	}
	closeDialogs()
	// Safari doesn't focus the button that is clicked, and the browser gives the focus back to where it was.
	if w.clicked.Truthy() && document().Get("activeElement").Equal(document().Get("body")) {
		w.clicked.Call("focus", map[string]any{"preventScroll": true})
	}
	if attempt(func() { d.Call("showModal") }) && !w.leaving && !onDialogEntry() {
		w.addDialogEntry()
	}
}

// CloseDialog closes a dialog; the browser gives the focus back to where it was.
func (*Window) CloseDialog(id string) {
	if d := document().Call("getElementById", id); d.Truthy() && d.Get("open").Bool() {
		d.Call("close")
	}
}

func (w *Window) addDialogEntry() {
	state := map[string]any{"vitrine": w.HistoryID(), "dialog": true, "aside": w.Aside()}
	attempt(func() { global("history").Call("pushState", state, "") }) // Safari refuses the hundredth within half a minute
}

// onDialogEntry reports that the current entry of the history is a dialog's.
func onDialogEntry() bool {
	state := global("history").Get("state")
	return state.Type() == js.TypeObject && state.Get("dialog").Truthy()
}

func openDialog() js.Value { return document().Call("querySelector", "dialog[open]") }

func closeDialogs() {
	for d := openDialog(); d.Truthy(); d = openDialog() {
		d.Call("close")
	}
}

// dialogClosed leaves the entry of a dialog that was closed by other means than by going back.
func (w *Window) dialogClosed(e js.Value, handle func(Event)) {
	handle(DialogClosed{Dialog: e.Get("target").Get("id").String()})
	w.leaveDialogEntry()
}

// leaveDialogEntry goes back from the entry of a dialog that isn't open any more.
func (w *Window) leaveDialogEntry() {
	if !w.leaving && onDialogEntry() && !openDialog().Truthy() {
		w.leaving = true
		global("history").Call("back")
	}
}

// onceLeft runs f as soon as the entry of the last dialog is left: to go elsewhere before would leave it in the history. A second f
// doesn't wait, for a browser that never leaves it.
func (w *Window) onceLeft(f func()) {
	if w.leaving && w.then == nil {
		w.then = f
		return
	}
	w.leaving, w.then = false, nil
	f()
}

// traversed follows the history. No dialog outlives its entry, and an entry whose dialog isn't open is left at once: the reader went
// forward to it.
func (w *Window) traversed() {
	left, then := w.leaving, w.then
	w.leaving, w.then = false, nil
	if left && openDialog().Truthy() { // it was opened while the entry of the one before it was being left
		w.addDialogEntry()
	} else {
		closeDialogs()
		w.leaveDialogEntry()
	}
	if then != nil {
		w.onceLeft(then)
	}
}

// followed goes to the view of a link in a dialog in place of the dialog. It reports that the click was on such a link.
func (w *Window) followed(e, target js.Value) bool {
	if !w.leaving && !onDialogEntry() {
		return false
	}
	link := target.Call("closest", "a[href^='#/']:not([target])")
	if !link.Truthy() || modified(e) {
		return false
	}
	e.Call("preventDefault")
	w.Go(link.Get("hash").String(), false)
	return true
}
