//go:build js && wasm

package browser

import (
	"context"
	"syscall/js"

	"vitrine/feeds"
)

// Tabs joins the tabs of a site and the workers beside them: locks are Web Locks, messages go over a BroadcastChannel. A browser that lacks
// one of them (or a page that isn't a secure context) leaves each alone.
// Sources: https://www.w3.org/TR/web-locks/, https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts
type Tabs struct {
	channels map[string]js.Value // undefined where there are none
}

var _ feeds.Tabs = (*Tabs)(nil)

// NewTabs joins this program to the others.
func NewTabs() *Tabs { return &Tabs{channels: map[string]js.Value{}} }

// Lock implements feeds.Tabs.
func (*Tabs) Lock(ctx context.Context, name string, ifFree bool) (func(), error) {
	locks := global("navigator").Get("locks")
	if !locks.Truthy() {
		return func() {}, ctx.Err()
	}
	var release func()
	granted := make(chan bool, 1)
	hold := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if args[0].IsNull() {
			granted <- false
			return nil
		}
		// The lock is held until the promise that is returned here is settled.
		var done js.Value
		executor := js.FuncOf(func(_ js.Value, args []js.Value) any { done = args[0]; return nil })
		defer executor.Release()
		promise := global("Promise").New(executor)
		release = func() { done.Invoke() }
		granted <- true
		return promise
	})
	options := map[string]any{"ifAvailable": ifFree}
	if !ifFree {
		controller := global("AbortController").New()
		stop := context.AfterFunc(ctx, func() { controller.Call("abort") })
		defer stop()
		options = map[string]any{"signal": controller.Get("signal")}
	}
	ended := make(chan bool, 1)
	settle(locks.Call("request", name, options, hold), func(ok bool) { ended <- ok })
	end := func() { <-ended; hold.Release() }
	select {
	case free := <-granted:
		if !free {
			go end()
			return nil, nil
		}
		return func() { release(); go end() }, nil
	case <-ended:
		hold.Release()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &feeds.Error{Kind: feeds.Internal, Op: "lock " + name}
	}
}

// OnNetwork calls f whenever the browser says that there is a network again, in a page and in a worker, for as long as the program lives. f must not wait.
// Source: https://html.spec.whatwg.org/multipage/system-state.html#browser-state
func OnNetwork(f func()) {
	js.Global().Call("addEventListener", "online", js.FuncOf(func(js.Value, []js.Value) any {
		defer recoverTo("online")
		f()
		return nil
	}))
}

func (t *Tabs) channel(name string) js.Value {
	if _, open := t.channels[name]; !open {
		t.channels[name] = js.Undefined()
		if ctor := global("BroadcastChannel"); ctor.Truthy() {
			t.channels[name] = ctor.New(name)
		}
	}
	return t.channels[name]
}

// Send implements feeds.Tabs.
func (t *Tabs) Send(channel, text string) {
	if c := t.channel(channel); c.Truthy() {
		c.Call("postMessage", text)
	}
}

// Listen implements feeds.Tabs.
func (t *Tabs) Listen(channel string, hear func(text string)) {
	c := t.channel(channel)
	if !c.Truthy() {
		return
	}
	c.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		defer recoverTo(channel)
		if data := args[0].Get("data"); data.Type() == js.TypeString {
			hear(data.String())
		}
		return nil
	}))
}
