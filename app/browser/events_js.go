//go:build js && wasm

package browser

import (
	"math"
	"strconv"
	"syscall/js"
)

// Listen begins to report events to handle, for as long as the page lives: the callbacks are never released. They stand on
// the document, once, and find what was meant by the attributes of the element. handle must not block. leave is called while the
// page goes: what it starts is not ended.
func (w *Window) Listen(handle func(Event), leave func()) {
	on := func(target js.Value, name string, capture bool, f func(e js.Value)) {
		target.Call("addEventListener", name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			defer recoverTo(name)
			f(args[0])
			return nil
		}), map[string]any{"capture": capture})
	}
	doc, win := document(), js.Global()
	on(doc, "click", false, func(e js.Value) { w.click(e, handle) })
	on(doc, "change", false, func(e js.Value) { change(e, handle) })
	on(doc, "submit", false, func(e js.Value) { submit(e, handle) })
	on(doc, "keydown", false, func(e js.Value) {
		w.clicked = js.Undefined()
		key(e, handle)
	})
	for _, name := range []string{"input", "focusout", "mousedown"} {
		on(doc, name, false, func(e js.Value) { aroundBox(e, name, handle) })
	}
	on(doc, "toggle", true, func(e js.Value) { toggle(e, handle) })
	on(doc, "close", true, func(e js.Value) { w.dialogClosed(e, handle) })
	on(win, "popstate", false, func(js.Value) {
		w.traversed()
		if aside := w.Aside(); aside != w.aside {
			w.aside = aside
			handle(AsideChange{Link: aside})
		}
	})
	w.aside = w.Aside()
	w.leaveDialogEntry() // the page was loaded again while a dialog was open
	slide := -1
	on(doc, "scroll", true, func(e js.Value) {
		w.scrolled(e)
		slide = slid(e, slide, handle)
	})
	on(doc, "error", true, func(e js.Value) { markBroken(e, handle) })
	on(doc, "visibilitychange", false, func(js.Value) {
		w.look() // what was in sight until now
		handle(VisibilityChange{Visible: w.Visible()})
	})
	on(win, "pagehide", false, func(js.Value) { leave() })
	on(win, "hashchange", false, func(js.Value) { handle(HashChange{Fragment: w.Fragment(), Traversed: currentID() != ""}) })
	on(doc, "vitrine:update", false, func(js.Value) { handle(UpdateReady{}) })
	on(doc, "vitrine:brought", false, func(js.Value) { takeBrought(handle) })
	on(win, "online", false, func(js.Value) { handle(NetworkChange{Online: true}) })
	on(win, "offline", false, func(js.Value) { handle(NetworkChange{}) })
	observeLists(handle)
	takeBrought(handle)
}

// recoverTo keeps a mistake in a callback from ending the program; it is logged where a developer looks.
func recoverTo(where string) {
	if r := recover(); r != nil {
		global("console").Call("error", "vitrine: "+where, js.ValueOf(errorText(r)))
	}
}

func errorText(r any) string {
	switch r := r.(type) {
	case error:
		return r.Error()
	case string:
		return r
	}
	return "panic"
}

// actionElement returns the nearest element around an event's target that says what it does.
func actionElement(e js.Value) js.Value {
	t := e.Get("target")
	if !t.Truthy() || t.Get("closest").Type() != js.TypeFunction {
		return js.Null()
	}
	return t.Call("closest", "[data-action]")
}

// read returns an element's attributes.
func read(el js.Value) attributes {
	data := el.Get("dataset")
	text := func(name string) string {
		if v := data.Get(name); v.Type() == js.TypeString {
			return v.String()
		}
		return ""
	}
	a := attributes{action: text("action"), key: text("key"), part: text("part"), format: text("format")}
	a.index, _ = strconv.Atoi(text("index"))
	if a.key == "" {
		if post := el.Call("closest", "article[data-key]"); post.Truthy() {
			a.key = post.Get("dataset").Get("key").String()
		}
	}
	return a
}

func (w *Window) click(e js.Value, handle func(Event)) {
	el := actionElement(e)
	if !el.Truthy() {
		w.clickElsewhere(e, handle)
		return
	}
	w.clicked = el
	switch el.Get("tagName").String() {
	case "FORM", "DETAILS", "INPUT", "SELECT":
		return // submit, toggle and change speak for them
	case "A":
		if modified(e) {
			return // the browser opens the link as asked
		}
	}
	e.Call("preventDefault")
	click := read(el).click()
	click.Aside = el.Call("closest", "#aside").Truthy()
	handle(click)
}

// modified reports a click that asks the browser for another tab or window.
func modified(e js.Value) bool {
	return e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("shiftKey").Bool() || e.Get("button").Int() != 0
}

// clickElsewhere is a click on what has no action of its own: beside an open dialog it closes that, on the text of a post it opens
// the post. Links in the text are the browser's, and who selects words isn't taken away from them.
func (w *Window) clickElsewhere(e js.Value, handle func(Event)) {
	t := e.Get("target")
	if !t.Truthy() || t.Get("closest").Type() != js.TypeFunction {
		return
	}
	w.clicked = t
	if w.followed(e, t) {
		return
	}
	if t.Get("tagName").String() == "DIALOG" {
		box := t.Call("getBoundingClientRect")
		x, y := e.Get("clientX").Float(), e.Get("clientY").Float()
		if x < box.Get("left").Float() || x > box.Get("right").Float() || y < box.Get("top").Float() || y > box.Get("bottom").Float() {
			t.Call("close")
		}
		return
	}
	text := t.Call("closest", "article[data-uri]:not(.focus) [data-part=content]")
	if !text.Truthy() || t.Call("closest", "a, button, summary, video, audio").Truthy() || js.Global().Call("getSelection").Call("toString").String() != "" {
		return
	}
	if link := text.Call("closest", "article").Call("querySelector", "a.when"); link.Truthy() {
		handle(PostClick{Link: link.Call("getAttribute", "href").String()})
	}
}

func change(e js.Value, handle func(Event)) {
	el := actionElement(e)
	if !el.Truthy() {
		return
	}
	control := e.Get("target")
	if control.Get("type").String() == "file" {
		if read(el).action == "archive" {
			if files := filesOf(control); len(files) > 0 {
				handle(ArchiveChosen{Files: files})
			}
			control.Set("value", "")
			return
		}
		readFile(control, handle)
		return
	}
	if ev := read(el).change(control.Get("name").String(), control.Get("value").String(), control.Get("checked").Truthy()); ev != nil {
		handle(ev)
	}
}

// readFile reports the content of a chosen file. The same file may be chosen again.
func readFile(control js.Value, handle func(Event)) {
	file := control.Get("files").Index(0)
	if !file.Truthy() || file.Get("size").Float() > MaxFile {
		control.Set("value", "")
		handle(FileChosen{TooLarge: file.Truthy()})
		return
	}
	go func() {
		chosen := FileChosen{}
		if content, err := await(file.Call("arrayBuffer")); err == nil {
			bytes := global("Uint8Array").New(content)
			chosen.Data = make([]byte, bytes.Length())
			js.CopyBytesToGo(chosen.Data, bytes)
		}
		control.Set("value", "")
		handle(chosen)
	}()
}

// takeBrought reports what web/js/brought.js has handed over since the last time.
func takeBrought(handle func(Event)) {
	v := global("vitrine")
	if !v.Truthy() {
		return
	}
	for all := v.Get("brought"); all.Truthy() && all.Length() > 0; {
		handle(brought(all.Call("shift")))
	}
}

// brought reads what came from outside.
func brought(what js.Value) Brought {
	b := Brought{Text: what.Get("text").String(), Name: what.Get("name").String(), Lost: what.Get("lost").Truthy()}
	files := what.Get("files").Int()
	if files == 0 {
		return b
	}
	if f := what.Get("file"); f.Truthy() {
		b.Blob = file{f, b.Name}
	}
	b.File = &FileChosen{TooLarge: what.Get("large").Bool(), More: files > 1}
	if data := what.Get("data"); data.Truthy() {
		b.File.Data = make([]byte, data.Length())
		js.CopyBytesToGo(b.File.Data, data)
	}
	return b
}

func submit(e js.Value, handle func(Event)) {
	el := actionElement(e)
	if !el.Truthy() {
		return
	}
	e.Call("preventDefault")
	sent := Submit{Form: read(el).action, Key: read(el).key}
	fields := el.Call("querySelectorAll", "input, textarea")
	for i, text := range []*string{&sent.Text, &sent.More} {
		if i < fields.Length() {
			*text = fields.Index(i).Get("value").String()
		}
	}
	handle(sent)
}

func toggle(e js.Value, handle func(Event)) {
	el := e.Get("target")
	if !el.Truthy() || el.Get("tagName").String() != "DETAILS" || !el.Get("dataset").Get("action").Truthy() {
		return
	}
	handle(read(el).toggle(el.Get("open").Bool()))
}

// markBroken has the style hide a picture that could not be loaded, and say so in its place where it is one of a post's. Films and sounds
// are reported.
func markBroken(e js.Value, handle func(Event)) {
	el := e.Get("target")
	if !el.Truthy() || el.Get("tagName").Type() != js.TypeString {
		return
	}
	switch el.Get("tagName").String() {
	case "IMG":
	case "VIDEO", "AUDIO", "SOURCE":
		unplayable(el, handle)
		return
	default:
		return
	}
	el.Get("classList").Call("add", "broken")
	place, words := el.Call("closest", ".cell, .media, .slide"), document().Call("querySelector", "#page[data-lost]")
	if place.Truthy() && words.Truthy() {
		place.Get("dataset").Set("lost", words.Get("dataset").Get("lost"))
	}
}

// slid reports the picture that a finger moved into sight.
func slid(e js.Value, last int, handle func(Event)) int {
	el := e.Get("target")
	if el.Equal(document()) || !el.Call("matches", ".slides").Bool() || el.Get("clientWidth").Int() == 0 {
		return last
	}
	at := int(math.Round(math.Abs(el.Get("scrollLeft").Float()) / el.Get("clientWidth").Float()))
	if at != last {
		handle(SlideChange{Index: at})
	}
	return at
}

func key(e js.Value, handle func(Event)) {
	if e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() || e.Get("isComposing").Truthy() || e.Get("defaultPrevented").Bool() {
		return
	}
	name, t := e.Get("key").String(), e.Get("target")
	if isBox(t) {
		boxKey(e, name, handle)
		return
	}
	if t.Truthy() && t.Get("closest").Type() == js.TypeFunction && t.Call("closest", "input:not([type=radio],[type=checkbox]), select, textarea, [contenteditable]").Truthy() {
		return
	}
	onPost := t.Truthy() && t.Get("tagName").Type() == js.TypeString && t.Get("tagName").String() == "ARTICLE"
	switch name {
	case "Enter":
		if !onPost {
			return // on a link or button it is the browser's
		}
	case "PageDown", "PageUp":
		if !onPost {
			return
		}
	case "Escape":
		if scope() == "main " || openDialog().Truthy() {
			return
		}
	case "j", "k", "o", "b", "?", "/", "ArrowLeft", "ArrowRight", "u", "n", "w", "x", "r", "s", "f":
	default:
		return
	}
	if name != "ArrowLeft" && name != "ArrowRight" {
		e.Call("preventDefault")
	}
	handle(KeyDown{Key: name})
}

// isBox reports the address box.
func isBox(t js.Value) bool { return t.Truthy() && t.Equal(document().Call("getElementById", "u")) }

// aroundBox reports that another text stands in the address box, or that it lost the focus. A press on one of its suggestions leaves it there.
func aroundBox(e js.Value, name string, handle func(Event)) {
	t := e.Get("target")
	switch {
	case name == "mousedown":
		if el := actionElement(e); el.Truthy() && read(el).action == "choose-option" {
			e.Call("preventDefault")
		}
	case !isBox(t):
	case name == "input":
		handle(BoxChange{Text: t.Get("value").String()})
	default:
		handle(BoxChange{Key: "Tab"})
	}
}

// boxKey reports a key that moves through what the address box suggests. Enter and Escape are the browser's while nothing is suggested.
func boxKey(e js.Value, key string, handle func(Event)) {
	t := e.Get("target")
	switch key {
	case "ArrowDown", "ArrowUp":
	case "Enter", "Escape":
		if t.Call("getAttribute", "aria-expanded").String() != "true" {
			return
		}
	default:
		return
	}
	e.Call("preventDefault")
	handle(BoxChange{Text: t.Get("value").String(), Key: key})
}

// observe makes an observer of elements that come near the screen or leave it, and hangs it on vitrine under a name. margin is how
// near, as CSS writes margins.
func observe(name, margin string, seen func(entry js.Value)) {
	ctor, v := global("IntersectionObserver"), global("vitrine")
	if !ctor.Truthy() || !v.Truthy() {
		return
	}
	callback := js.FuncOf(func(_ js.Value, args []js.Value) any {
		defer recoverTo(name)
		for i := range args[0].Length() {
			seen(args[0].Index(i))
		}
		return nil
	})
	v.Set(name, ctor.New(callback, map[string]any{"rootMargin": margin}))
}

// observeLists reports what comes near the screen: rows, which are drawn while they are within two screens or so, the end of a list, and places
// that are filled only then.
func observeLists(handle func(Event)) {
	observe("chunks", "2000px 0px", func(entry js.Value) {
		name := entry.Get("target").Get("dataset").Get("chunk").String()
		if move, ok := chunkMove(name, entry.Get("isIntersecting").Bool(), int(entry.Get("boundingClientRect").Get("height").Float())); ok {
			handle(move)
		}
	})
	observe("places", "100% 0px", func(entry js.Value) {
		if place := entry.Get("target"); entry.Get("isIntersecting").Bool() {
			global("vitrine").Get("places").Call("unobserve", place)
			handle(PlaceNear{Key: place.Get("dataset").Get("key").String()})
		}
	})
	observe("end", "0px 0px 1600px 0px", func(entry js.Value) {
		if entry.Get("isIntersecting").Bool() {
			handle(NearEnd{})
		}
	})
}
