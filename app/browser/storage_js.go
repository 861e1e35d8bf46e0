//go:build js && wasm

package browser

import (
	"errors"
	"strings"
	"syscall/js"

	"vitrine/feeds/jsontext"
)

// LocalItem reads a value of local storage; "" where there is none or storage is closed.
func (*Window) LocalItem(key string) string {
	value := ""
	attempt(func() {
		if v := global("localStorage").Call("getItem", key); v.Type() == js.TypeString {
			value = v.String()
		}
	})
	return value
}

// SetLocalItem writes a value of local storage, and reports whether it was kept.
func (*Window) SetLocalItem(key, value string) bool {
	return attempt(func() { global("localStorage").Call("setItem", key, value) })
}

// SessionPosition reads a position of session storage.
func (*Window) SessionPosition(key string) Position {
	var p Position
	attempt(func() {
		if v := global("sessionStorage").Call("getItem", key); v.Type() == js.TypeString {
			if err := jsontext.Unmarshal([]byte(v.String()), &p); err != nil {
				p = Position{}
			}
		}
	})
	return p
}

// KeepSessionPosition writes a position to session storage; it outlives a reload.
func (*Window) KeepSessionPosition(key string, p Position) {
	data, err := jsontext.Marshal(p)
	if err != nil {
		return
	}
	attempt(func() { global("sessionStorage").Call("setItem", key, string(data)) })
}

// Estimate returns how many bytes this origin stores and may store; 0 where the browser doesn't say. It waits for the browser.
// Source: https://storage.spec.whatwg.org/#dom-storagemanager-estimate
func (*Window) Estimate() (used, quota int64) {
	v, err := await(ofStorage("estimate"))
	if err != nil || v.Type() != js.TypeObject {
		return 0, 0
	}
	number := func(name string) int64 {
		if n := v.Get(name); n.Type() == js.TypeNumber {
			return int64(n.Float())
		}
		return 0
	}
	return number("usage"), number("quota")
}

// Persisted reports that the browser promised not to clear what is stored by itself. It waits for the browser.
func (*Window) Persisted() bool {
	v, err := await(ofStorage("persisted"))
	return err == nil && v.Truthy()
}

// Persist asks the browser to keep what is stored, which may ask the reader. It waits for the answer.
func (*Window) Persist() bool {
	v, err := await(ofStorage("persist"))
	return err == nil && v.Truthy()
}

// ofStorage calls a method of navigator.storage, where there is one.
func ofStorage(method string) js.Value {
	manager := global("navigator").Get("storage")
	if !manager.Truthy() || manager.Get(method).Type() != js.TypeFunction {
		return js.Undefined()
	}
	return manager.Call(method)
}

// WorkerUsage asks the service worker what it keeps: pictures, and the bytes of the site's own files. Without a worker it is nothing.
func (*Window) WorkerUsage() (m Media, program int64) {
	v, err := await(tellWorker("usage"))
	if err != nil || v.Type() != js.TypeObject {
		return Media{}, 0
	}
	if kept := v.Get("media"); kept.Type() == js.TypeObject {
		m = Media{Count: kept.Get("count").Int(), Bytes: int64(kept.Get("bytes").Float())}
	}
	if n := v.Get("bytes"); n.Type() == js.TypeNumber {
		program = int64(n.Float())
	}
	return m, program
}

// ForgetMedia has the service worker throw away the pictures it keeps. It waits until they are gone.
func (*Window) ForgetMedia() {
	_, _ = await(tellWorker("forget-media"))
}

// Sync tells whether what is followed is refreshed while no page is open, and whether the browser can do that. wish is "on" or "off" for who
// wants it changed, else "". It waits for the browser, which may refuse.
// Source: https://wicg.github.io/periodic-background-sync/
func (*Window) Sync(wish string) (on, can bool) {
	v := global("vitrine")
	if !v.Truthy() || v.Get("sync").Type() != js.TypeFunction {
		return false, false
	}
	answer, err := await(v.Call("sync", wish))
	can = err == nil && answer.Type() == js.TypeBoolean
	return can && answer.Bool(), can
}

// UpdateSite starts the new version of the site, which loads this page anew.
func (*Window) UpdateSite() {
	if v := global("vitrine"); v.Truthy() && v.Get("update").Type() == js.TypeFunction {
		v.Call("update")
	}
}

// tellWorker returns a promise of the service worker's answer.
func tellWorker(kind string) js.Value {
	v := global("vitrine")
	if !v.Truthy() || v.Get("tellWorker").Type() != js.TypeFunction {
		return js.Undefined()
	}
	return v.Call("tellWorker", kind)
}

// Confirm asks a question that is answered by yes or no.
func (*Window) Confirm(question string) bool {
	return js.Global().Call("confirm", question).Bool()
}

// Download gives the reader a file.
func (*Window) Download(name string, data []byte) {
	kind := "application/json"
	if strings.HasSuffix(name, ".ics") { // what opens calendars is chosen by it
		kind = "text/calendar"
	}
	downloadBlob(name, js.Global().Get("Blob").New([]any{bytesToJS(data)}, map[string]any{"type": kind}))
}

// await waits for a promise. It must not be called from a callback, which would wait for itself. An error's text is the name of the exception.
func await(promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	result := make(chan outcome, 1)
	first := func(args []js.Value) js.Value {
		if len(args) == 0 {
			return js.Undefined()
		}
		return args[0]
	}
	good := js.FuncOf(func(_ js.Value, args []js.Value) any { result <- outcome{value: first(args)}; return nil })
	bad := js.FuncOf(func(_ js.Value, args []js.Value) any {
		name := "refused"
		if e := first(args); e.Type() == js.TypeObject && e.Get("name").Type() == js.TypeString {
			name = e.Get("name").String()
		}
		result <- outcome{err: errors.New(name)}
		return nil
	})
	defer good.Release()
	defer bad.Release()
	js.Global().Get("Promise").Call("resolve", promise).Call("then", good, bad)
	o := <-result
	return o.value, o.err
}
