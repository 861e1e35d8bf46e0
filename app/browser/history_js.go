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

// Go moves to a view; replace leaves no trace in the history.
func (*Window) Go(fragment string, replace bool) {
	if replace {
		global("location").Call("replace", fragment)
		return
	}
	global("location").Set("hash", fragment)
}

// Back goes back in the history, or to the start where there is nothing to go back to.
func (w *Window) Back() {
	if global("history").Get("length").Int() > 1 {
		global("history").Call("back")
		return
	}
	w.Go("#/", true)
}

// HistoryID names the current entry of the history, also after a reload.
func (*Window) HistoryID() string {
	if id := currentID(); id != "" {
		return id
	}
	id := strconv.FormatInt(int64(js.Global().Get("Date").Call("now").Float()), 36) + strconv.FormatInt(int64(js.Global().Get("Math").Call("random").Float()*1e9), 36)
	attempt(func() { global("history").Call("replaceState", map[string]any{"vitrine": id}, "") })
	return id
}

// currentID returns the name that HistoryID gave the entry before, "" for a new one.
func currentID() string {
	state := global("history").Get("state")
	if state.Type() != js.TypeObject || state.Get("vitrine").Type() != js.TypeString {
		return ""
	}
	return state.Get("vitrine").String()
}

// ReloadPage loads the page anew.
func (*Window) ReloadPage() { global("location").Call("reload") }

// Path returns the path of the page.
func (*Window) Path() string { return global("location").Get("pathname").String() }
