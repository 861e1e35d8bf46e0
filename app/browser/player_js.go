//go:build js && wasm

package browser

import (
	"strconv"
	"syscall/js"
)

// Player does something with the player of a medium of a post (web/js/film.js, which is loaded first): "start" a stream, play "from" a second,
// set the "speed" in per cent, or "float" it above other windows.
func (*Window) Player(key string, index int, act string, number int) {
	settle(global("vitrine").Call("player", key, index, act, number), func(bool) {})
}

// Floats reports that the browser shows films above other windows (picture in picture).
func (*Window) Floats() bool { return document().Get("pictureInPictureEnabled").Truthy() }

// unplayable reports a film or sound of a post whose file can't be played: "plain" where it may be played without its captions, which need
// a file that other sites may read, else "lost". A stream is tried by other means first. Without a network nothing is said of a file.
func unplayable(el js.Value, handle func(Event)) {
	if el.Get("tagName").String() == "SOURCE" {
		el = el.Get("parentElement")
	}
	index, err := strconv.Atoi(attribute(el, "data-index"))
	if err != nil || !global("navigator").Get("onLine").Truthy() {
		return
	}
	a := read(el)
	switch streamed := attribute(el, "data-stream"); {
	case streamed == "lost":
		a.action = "lost"
	case streamed != "":
		return
	case el.Call("querySelector", "source").Truthy() && attribute(el, "src") == "":
		(*Window)(nil).Player(a.key, index, "stream", 0)
		return
	case attribute(el, "crossorigin") != "":
		a.action = "plain"
	default:
		a.action = "lost"
	}
	handle(a.click())
}

// attribute returns an attribute of an element, "" where it has none.
func attribute(el js.Value, name string) string {
	if v := el.Call("getAttribute", name); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}
