package browser

import (
	"syscall/js"
	"testing"
	"time"
)

func TestASheetThatDoesNotOpenIsMadeUpForByCopying(t *testing.T) {
	navigator, object := global("navigator"), js.Global().Get("Object")
	define := func(name string, value js.Value) {
		object.Call("defineProperty", navigator, name, map[string]any{"value": value, "configurable": true})
		t.Cleanup(func() { navigator.Delete(name) })
	}
	copies := make(chan string, 1)
	clip := object.New()
	writes := js.FuncOf(func(_ js.Value, args []js.Value) any {
		copies <- args[0].String()
		return js.Global().Get("Promise").Call("resolve")
	})
	t.Cleanup(writes.Release)
	clip.Set("writeText", writes)
	define("clipboard", clip)
	titled := document().Get("title")
	document().Set("title", "A server")
	t.Cleanup(func() { document().Set("title", titled) })
	for _, c := range []struct {
		name, failure string
		copied        bool
	}{
		{"shared", "", false},
		{"the reader thinks better of it", "AbortError", false},
		{"the system refuses", "NotAllowedError", true},
	} {
		var shared js.Value
		settled := make(chan struct{})
		share := js.FuncOf(func(_ js.Value, args []js.Value) any {
			shared = args[0]
			defer close(settled)
			if c.failure == "" {
				return js.Global().Get("Promise").Call("resolve")
			}
			return js.Global().Get("Promise").Call("reject", js.Global().Get("DOMException").New("no", c.failure))
		})
		t.Cleanup(share.Release)
		define("share", share.Value)
		done := make(chan bool, 1)
		(&Window{}).Share("", "#/i/a.example", func(copied bool) { done <- copied })
		<-settled
		if title, url := shared.Get("title").String(), shared.Get("url").String(); title != "A server" || url != js.Global().Get("URL").New("#/i/a.example", global("location").Get("href")).Get("href").String() {
			t.Errorf("%s: %q, %q", c.name, title, url)
		}
		if !c.copied {
			select {
			case <-done:
				t.Errorf("%s: something is said to be copied", c.name)
			default:
			}
			continue
		}
		select {
		case copied := <-done:
			if !copied || len(copies) != 1 {
				t.Errorf("%s: copied %t", c.name, copied)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%s: nothing comes of it", c.name)
		}
	}
	if len(copies) != 1 {
		t.Errorf("copied %d times", len(copies))
	}
}
