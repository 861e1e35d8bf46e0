//go:build js && wasm

package browser

import (
	"math"
	"syscall/js"

	"vitrine/feeds"
)

// ReadPosition says where the page is scrolled to. Near the post that a conversation was opened for it is told by that post, since what
// that answers may become higher.
func (*Window) ReadPosition() Position {
	p := Position{Y: int(js.Global().Get("scrollY").Float())}
	posts := document().Call("querySelectorAll", "main article[data-uri]")
	for i := range posts.Length() {
		post := posts.Index(i)
		if post.Call("getBoundingClientRect").Get("bottom").Float() < 1 { // a part of a pixel is no sight of it
			continue
		}
		if next := posts.Index(i + 1); next.Truthy() && next.Call("matches", ".focus").Bool() && topIn(next) < js.Global().Get("innerHeight").Float()/2 {
			post = next
		}
		p.URI, p.Off = post.Get("dataset").Get("uri").String(), int(math.Round(topIn(post)))
		break
	}
	return p
}

// lookEvery is how often what is in sight is noted while the page is scrolled, in milliseconds.
const lookEvery = 200

// least is how many pixels of a post have to be in sight for its beginning to count.
const least = 40

// mostSeen is how many posts are noted at most until somebody asks: a list without a reading line asks when it is left.
const mostSeen = 2000

// scrolled notes what comes into sight.
func (w *Window) scrolled(e js.Value) {
	if at := e.Get("timeStamp").Float(); e.Get("target").Equal(document()) && at-w.looked >= lookEvery {
		w.looked = at
		w.look()
	}
}

// look notes the posts whose beginning is in sight.
func (w *Window) look() {
	height := js.Global().Get("innerHeight").Float()
	posts := document().Call("querySelectorAll", "main article[data-key]")
	for i := range posts.Length() {
		switch top := topIn(posts.Index(i)); {
		case top > height-least:
			return
		case top >= 0 && len(w.seen) < mostSeen:
			w.seen = append(w.seen, feeds.Key(posts.Index(i).Get("dataset").Get("key").String()))
		}
	}
}

// InSight returns the posts whose beginning was in sight since it was last called; those that still are come last, from the top on.
func (w *Window) InSight() []feeds.Key {
	if w.Visible() {
		w.look()
	}
	seen := w.seen
	w.seen = nil
	return seen
}

func topIn(post js.Value) float64 { return post.Call("getBoundingClientRect").Get("top").Float() }

// ScrollTo goes to a position; the post it names is put where it was. The space that HandOver held above a list is gone.
func (*Window) ScrollTo(p Position) {
	document().Get("documentElement").Get("style").Call("removeProperty", "--held")
	opened := js.Null()
	if v, main := global("vitrine"), document().Call("querySelector", "main"); v.Truthy() && v.Get("room").Type() == js.TypeFunction && main.Truthy() {
		opened = v.Call("room", main)
	}
	js.Global().Call("scrollTo", 0, p.Y)
	if p.URI == "" {
		if p.Y == 0 && opened.Truthy() {
			opened.Call("scrollIntoView")
		}
		return
	}
	if top, found := topOf(p.URI); found && int(math.Round(top)) != p.Off {
		js.Global().Call("scrollBy", 0, int(math.Round(top))-p.Off)
	}
}

// topOf returns how many pixels below the screen's top a post begins. What isn't shown has no place.
func topOf(uri string) (top float64, found bool) {
	posts := document().Call("querySelectorAll", "main article[data-uri]")
	for i := range posts.Length() {
		if post := posts.Index(i); post.Get("dataset").Get("uri").String() == uri && post.Get("offsetHeight").Float() > 0 {
			return topIn(post), true
		}
	}
	return 0, false
}

// WatchEnd reports a NearEnd if the end of the list is near the screen, and whenever it comes near. An observer speaks once of what it
// begins to observe, and then when something changes: nothing reads the layout while the page is being drawn.
func (*Window) WatchEnd() {
	observer := global("vitrine").Get("end")
	if !observer.Truthy() {
		return
	}
	observer.Call("disconnect")
	if end := document().Call("querySelector", "main .feedend"); end.Truthy() {
		observer.Call("observe", end)
	}
}

// SlideTo shows the slide with a number in a strip that scrolls sideways.
func (*Window) SlideTo(selector string, index int) {
	strip := document().Call("querySelector", selector)
	if !strip.Truthy() || index < 0 || index >= strip.Get("children").Length() {
		return
	}
	strip.Get("children").Index(index).Call("scrollIntoView", map[string]any{"block": "nearest", "inline": "start"})
}

// Reveal scrolls a strip sideways so far that the first element that matches is in sight. The page itself stays where it is.
func (*Window) Reveal(selector string) {
	el := document().Call("querySelector", selector)
	if !el.Truthy() {
		return
	}
	strip := el.Call("closest", "ul")
	if !strip.Truthy() {
		return
	}
	box, frame := el.Call("getBoundingClientRect"), strip.Call("getBoundingClientRect")
	if over := box.Get("right").Float() - frame.Get("right").Float(); over > 0 {
		strip.Call("scrollBy", over+16, 0)
	}
	if under := frame.Get("left").Float() - box.Get("left").Float(); under > 0 {
		strip.Call("scrollBy", -under-16, 0)
	}
}

// Anchors reports that the browser itself keeps what is read in its place when something is put in above it.
func (*Window) Anchors() bool {
	return js.Global().Get("CSS").Call("supports", "overflow-anchor", "auto").Bool()
}

// AtTop reports that nothing was scrolled: what comes in above moves no text from under a reader's eyes.
func (*Window) AtTop() bool { return js.Global().Get("scrollY").Float() < 8 }
