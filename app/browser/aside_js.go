//go:build js && wasm

package browser

import "syscall/js"

// While a thread stands at the side of a list, the history has an entry of its own for it, with the address of the list, so that going
// back closes the thread and leaves the list where it is.

// Wide reports that the screen has room for a thread at the side of a list.
func (*Window) Wide() bool {
	return js.Global().Call("matchMedia", "(min-width: 80rem)").Get("matches").Bool()
}

// Aside returns the address of the thread at the side that the current entry of the history has, "" for none.
func (*Window) Aside() string {
	state := global("history").Get("state")
	if state.Type() != js.TypeObject || state.Get("aside").Type() != js.TypeString {
		return ""
	}
	return state.Get("aside").String()
}

// OpenAside gives the history an entry for the thread at the side, in place of that of another one.
func (w *Window) OpenAside(link string) {
	w.onceLeft(func() {
		change := "pushState"
		if w.Aside() != "" {
			change = "replaceState"
		}
		w.aside = link
		state := map[string]any{"vitrine": w.HistoryID(), "aside": link}
		attempt(func() { global("history").Call(change, state, "") })
	})
}

// Bring scrolls so that the first element that matches a selector begins at the top of what it scrolls in, and gives it the focus.
func (*Window) Bring(selector string) {
	if el := document().Call("querySelector", selector); el.Truthy() {
		el.Call("scrollIntoView", map[string]any{"block": "start"})
		el.Call("focus", map[string]any{"preventScroll": true})
	}
}

// scope is a selector of the column in which the focus is: that at the side, or the page.
func scope() string {
	if active := document().Get("activeElement"); active.Truthy() && active.Call("closest", "#aside").Truthy() {
		return "#aside "
	}
	return "main "
}
