//go:build js && wasm

package browser

import (
	"math"
	"strconv"
	"strings"
	"syscall/js"
)

// Fronted reports that the loader shows a front, or what it drew of a first answer: the program's page is not seen yet.
func (*Window) Fronted() bool {
	return document().Get("documentElement").Get("dataset").Get("front").Type() == js.TypeString
}

// HandOver reports to the loader that the program has drawn its first screen, which ends the front. What the reader saw stays where it was
// on the screen; without a front the page goes to stored. At the top, what moved by nearly a screen is let go: a page that opens
// far below its head would be worse than one step; but not in a conversation, whose post stays when what it answers comes in above it.
// What would move up there is held in its place by a space above the list, as long as the view is open.
func (w *Window) HandOver(stored Position) {
	at, fronted := stored, w.Fronted()
	if fronted {
		at = w.ReadPosition()
		if _, has := topOf(stored.URI); stored.URI != "" && !has {
			at = stored // the front ends before it
		}
	}
	if v := global("vitrine"); v.Truthy() && v.Get("ready").Type() == js.TypeFunction {
		v.Call("ready")
	}
	if fronted && at.Y == 0 && at.URI != "" {
		top, found := topOf(at.URI)
		opened := document().Call("querySelector", "main .focus") // what a conversation was opened for stays
		if kept := opened.Truthy() && opened.Get("dataset").Get("uri").String() == at.URI; !found || !kept && math.Abs(top-float64(at.Off)) > js.Global().Get("innerHeight").Float()*0.8 {
			at = Position{}
		}
	}
	w.ScrollTo(at)
	if fronted && at.URI != "" {
		hold(at)
	}
}

// hold puts a space above the list where a post stands higher than it did and the page can't be scrolled further up.
func hold(at Position) {
	top, found := topOf(at.URI)
	if missing := at.Off - int(math.Round(top)); found && missing > 0 && float64(missing) < js.Global().Get("innerHeight").Float()/4 {
		document().Get("documentElement").Get("style").Call("setProperty", "--held", strconv.Itoa(missing)+"px")
	}
}

// KeepFront hands the loader the first screen of a view as a tree in JSON; "" forgets the view's front. host is the server whose
// view it is.
func (*Window) KeepFront(view, host, tree string) {
	if strings.Contains(tree, `?archived"`) {
		tree = "" // the loader would ask servers for files of an archive where no service worker has them
	}
	if v := global("vitrine"); v.Truthy() && v.Get("keepFront").Type() == js.TypeFunction {
		v.Call("keepFront", view, host, tree)
	}
}

// ClearFronts forgets the fronts of a server's views; "" of all.
func (*Window) ClearFronts(host string) {
	if v := global("vitrine"); v.Truthy() && v.Get("clearFronts").Type() == js.TypeFunction {
		v.Call("clearFronts", host)
	}
}

// Idle runs f when the browser has nothing better to do, or soon.
func (*Window) Idle(f func()) {
	var call js.Func
	call = js.FuncOf(func(js.Value, []js.Value) any {
		defer recoverTo("idle")
		call.Release()
		f()
		return nil
	})
	if global("requestIdleCallback").Type() == js.TypeFunction {
		js.Global().Call("requestIdleCallback", call, map[string]any{"timeout": 2000})
		return
	}
	js.Global().Call("setTimeout", call, 200)
}
