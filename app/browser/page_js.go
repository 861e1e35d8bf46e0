//go:build js && wasm

package browser

import (
	"strings"
	"syscall/js"
	"time"

	"vitrine/feeds"
)

// Window is the page that the program runs in, and the browser around it.
type Window struct {
	clicked js.Value // what was clicked last; undefined once a key was pressed
	leaving bool     // the entry of a closed dialog is being left
	then    func()   // what is done once it is left; nil for nothing
	aside   string   // what was last known of Aside

	seen   []feeds.Key // since InSight was called
	looked float64     // when they were noted last, on the page's own clock
}

func global(name string) js.Value { return js.Global().Get(name) }

func document() js.Value { return global("document") }

// NextTask calls f in a task of its own, on a goroutine of its own: the browser does before it what waits. A timer of Go's that has
// run out meanwhile would go on in the same task.
func (*Window) NextTask(f func()) {
	var call js.Func
	call = js.FuncOf(func(js.Value, []js.Value) any {
		call.Release()
		go f()
		return nil
	})
	js.Global().Call("setTimeout", call)
}

// Breathe lets the browser do what waits. The program goes on in a task of its own.
func (w *Window) Breathe() {
	done := make(chan struct{})
	w.NextTask(func() { close(done) })
	<-done
}

// Config returns what the loader handed over.
func (*Window) Config() Config { return handedOver() }

// handedOver is what globalThis.vitrine says.
func handedOver() Config {
	v := global("vitrine")
	if !v.Truthy() {
		return Config{Base: "/"}
	}
	text := func(name string) string {
		if f := v.Get(name); f.Type() == js.TypeString {
			return f.String()
		}
		return ""
	}
	return Config{Base: text("base"), Version: text("version"), Words: text("words"), Site: []byte(text("site")), Icons: text("icons")}
}

// SetPage gives the document its title, language and direction ("ltr" or "rtl").
func (*Window) SetPage(title, lang, direction string) {
	document().Set("title", title)
	root := document().Get("documentElement")
	if lang != "" && root.Get("lang").String() != lang {
		root.Set("lang", lang)
	}
	if root.Get("dir").String() != direction {
		root.Set("dir", direction)
	}
}

// Draw draws what stands on the page (web/js/draw.js).
func (*Window) Draw(message []byte) {
	global("vitrine").Call("draw", document().Call("getElementById", "page"), string(message))
}

// Turn has draw draw another view. The browser shows a picture of the page until draw has called drawn, and fades to what stands there then
// (web/js/turn.js); before that script is there, and where it can't, draw is called at once. draw may be called on any goroutine.
func (*Window) Turn(draw func(drawn func())) {
	if global("vitrine").Get("turn").Type() != js.TypeFunction {
		draw(func() {})
		return
	}
	var call js.Func
	call = js.FuncOf(func(_ js.Value, args []js.Value) any {
		call.Release()
		done := args[0]
		draw(func() { done.Invoke() })
		return nil
	})
	global("vitrine").Call("turn", call)
}

// Code makes the QR code of a text (web/js/qr.js), which is loaded first. done gets the data of an SVG path in a square of size modules, ""
// for a text that is too long, or why it couldn't be loaded; on any goroutine.
func (*Window) Code(text string, done func(size int, path string, err error)) {
	go func() {
		made, err := await(global("vitrine").Call("qr", text))
		if err != nil {
			done(0, "", err)
			return
		}
		done(made.Get("size").Int(), made.Get("path").String(), nil)
	}()
}

// Speak turns what the build has written on the page into a language, "" for the browser's, and has it spoken from now on (web/js/speak.js,
// which is loaded first). done gets its table of words, or why there is none; on any goroutine.
func (*Window) Speak(language string, done func(table string, err error)) {
	go func() {
		table, err := await(global("vitrine").Call("speak", language))
		if err != nil {
			done("", err)
			return
		}
		done(table.String(), nil)
	}()
}

// Online reports that the browser knows of no lack of a network.
func (*Window) Online() bool { return !global("navigator").Get("onLine").Equal(js.ValueOf(false)) }

// Badges reports that the icon of an installed app can show a number.
func (*Window) Badges() bool { return global("navigator").Get("setAppBadge").Type() == js.TypeFunction }

// SetBadge shows a number on it; 0 for none.
func (*Window) SetBadge(n int) { setBadge(n) }

// setBadge does so in a page and in a worker.
// Source: https://w3c.github.io/badging/
func setBadge(n int) {
	if v := global("navigator"); v.Get("setAppBadge").Type() == js.TypeFunction {
		v.Call("setAppBadge", n).Call("catch", global("Boolean")) // the system may refuse; the program may have ended by then
	}
}

// SetLook applies the reader's look: theme "", "light" or "dark", text size in per cent, serif face. The loader does the same
// before the first paint.
func (*Window) SetLook(theme string, size int, serif bool) {
	root := document().Get("documentElement")
	set := func(name, value string) {
		if value == "" {
			root.Call("removeAttribute", name)
			return
		}
		root.Call("setAttribute", name, value)
	}
	face := ""
	if serif {
		face = "serif"
	}
	set("data-theme", theme)
	set("data-face", face)
	if size == 0 {
		size = 100
	}
	root.Get("style").Call("setProperty", "--text-scale", float64(size)/100)
}

// attempt runs what a browser may refuse with an exception, and reports whether it went well.
func attempt(f func()) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	f()
	return true
}

// Local returns t on the clock of the reader's wall. Go's own zone in a browser is today's offset for all dates; the
// browser knows summer from winter.
func (*Window) Local(t time.Time) time.Time {
	minutes := js.Global().Get("Date").New(float64(t.UnixMilli())).Call("getTimezoneOffset")
	if minutes.Type() != js.TypeNumber {
		return t
	}
	return t.In(time.FixedZone("", -int(minutes.Float())*60))
}

// Visible reports that the page is visible.
func (*Window) Visible() bool { return document().Get("visibilityState").String() != "hidden" }

// OnLoopback reports that the page itself comes from this machine.
func (*Window) OnLoopback() bool { return onLoopback() }

func onLoopback() bool {
	h := global("location").Get("hostname").String()
	return h == "localhost" || strings.HasSuffix(h, ".localhost") || strings.HasPrefix(h, "127.") || h == "[::1]"
}

// Share offers an address, which may be a fragment of this page, to the system's share sheet, or copies it where there is none that opens;
// done then hears whether it was copied. Without a title it is the page's.
func (w *Window) Share(title, url string, done func(copied bool)) {
	url = global("URL").New(url, global("location").Get("href")).Get("href").String()
	if !w.CanShare() {
		w.Copy(url, done)
		return
	}
	if title == "" {
		title = document().Get("title").String()
	}
	sheet := global("navigator").Call("share", map[string]any{"title": title, "url": url})
	go func() {
		if _, err := await(sheet); err != nil && err.Error() != "AbortError" { // it isn't that the reader thought better of it
			w.Copy(url, done)
		}
	}()
}

// CanShare reports that there is a share sheet.
func (*Window) CanShare() bool { return global("navigator").Get("share").Type() == js.TypeFunction }

// Copy puts text on the clipboard, where the browser lets it; done hears whether it did.
func (*Window) Copy(text string, done func(copied bool)) {
	clip := global("navigator").Get("clipboard")
	if !clip.Truthy() {
		done(false)
		return
	}
	settle(clip.Call("writeText", text), done)
}

// Origin is the scheme and host of the page's address.
func (*Window) Origin() string { return global("location").Get("origin").String() }

// settle calls done with the fate of a promise.
func settle(promise js.Value, done func(ok bool)) {
	var good, bad js.Func
	release := func() { good.Release(); bad.Release() }
	good = js.FuncOf(func(js.Value, []js.Value) any { defer release(); done(true); return nil })
	bad = js.FuncOf(func(js.Value, []js.Value) any { defer release(); done(false); return nil })
	promise.Call("then", good, bad)
}
