//go:build js && wasm

package browser

import (
	"strconv"
	"syscall/js"
)

// Fragment returns location.hash with "#", "#/" without one.
func (*Window) Fragment() string {
	if h := global("location").Get("hash").String(); h != "" && h != "#" {
		return h
	}
	return "#/"
}

// Go moves to a view; replace leaves no trace in the history. The view takes the place of an open dialog.
func (w *Window) Go(fragment string, replace bool) {
	w.onceLeft(func() {
		switch dialog := onDialogEntry(); {
		case dialog && fragment == w.Fragment():
			closeDialogs()
		case dialog || replace:
			attempt(func() { global("history").Call("replaceState", js.Null(), "") }) // WebKit would hand the state on to the new view
			global("location").Call("replace", fragment)
		default:
			global("location").Set("hash", fragment)
		}
	})
}

// Rename gives the current entry of the history another address: what is shown stays.
func (*Window) Rename(fragment string) {
	h := global("history")
	attempt(func() { h.Call("replaceState", h.Get("state"), "", fragment) })
}

// Back closes what is open, else it goes back in the history, or to the start where there is nothing to go back to.
func (w *Window) Back() {
	w.onceLeft(func() {
		if isFirst() {
			w.Go("#/", true)
			return
		}
		global("history").Call("back")
	})
}

// HistoryID names the current entry of the history, also after a reload.
func (*Window) HistoryID() string {
	if id := currentID(); id != "" {
		return id
	}
	id := strconv.FormatInt(int64(js.Global().Get("Date").Call("now").Float()), 36) + strconv.FormatInt(int64(js.Global().Get("Math").Call("random").Float()*1e9), 36)
	state := map[string]any{"vitrine": id, "first": isFirst()}
	attempt(func() { global("history").Call("replaceState", state, "") })
	return id
}

// isFirst reports that there is nothing to go back to. The length of the history alone doesn't say so: there may be later entries.
func isFirst() bool {
	state := global("history").Get("state")
	return global("history").Get("length").Int() == 1 || state.Type() == js.TypeObject && state.Get("first").Truthy()
}

// currentID returns the name that HistoryID gave the entry before, "" for a new one.
func currentID() string {
	state := global("history").Get("state")
	if state.Type() != js.TypeObject || state.Get("vitrine").Type() != js.TypeString {
		return ""
	}
	return state.Get("vitrine").String()
}

// Path returns the path of the page.
func (*Window) Path() string { return global("location").Get("pathname").String() }
