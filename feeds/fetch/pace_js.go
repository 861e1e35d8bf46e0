//go:build js && wasm

package fetch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"syscall/js"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// SharedPace returns one pace for all tabs of this origin: places at a host are Web Locks, and what a host says goes round over
// a BroadcastChannel. A browser that lacks one of them (or a page that isn't a secure context) keeps that to each tab.
// Sources: https://www.w3.org/TR/web-locks/, https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts
func SharedPace(clock feeds.Clock, maxWait time.Duration) Pace {
	return newSharedPace(newLimiter(clock, maxWait), newTabs())
}

const paceName = "vitrine:pace"

type tabs struct {
	locks   js.Value // undefined where there are none
	channel js.Value
}

func newTabs() tabs {
	t := tabs{locks: js.Global().Get("navigator").Get("locks")}
	if ctor := js.Global().Get("BroadcastChannel"); ctor.Truthy() {
		t.channel = ctor.New(paceName)
	}
	return t
}

// take asks for each place in turn, and stands in the queue of one when none is free.
func (t tabs) take(ctx context.Context, host string) (func(), error) {
	if !t.locks.Truthy() {
		return func() {}, nil
	}
	for i := range maxUnderWay {
		if release, err := t.lock(ctx, lockName(host, i), true); release != nil || err != nil {
			return release, err
		}
	}
	return t.lock(ctx, lockName(host, rand.IntN(maxUnderWay)), false)
}

func lockName(host string, place int) string { return fmt.Sprintf("%s:%s:%d", paceName, host, place) }

// lock takes a lock and returns what gives it back; nil when it isn't free and only a free one is wanted.
func (t tabs) lock(ctx context.Context, name string, ifFree bool) (func(), error) {
	var release func()
	granted := make(chan bool, 1)
	hold := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if args[0].IsNull() {
			granted <- false
			return nil
		}
		// The lock is held until the promise that is returned here is settled.
		var settle js.Value
		executor := js.FuncOf(func(_ js.Value, args []js.Value) any { settle = args[0]; return nil })
		defer executor.Release()
		promise := js.Global().Get("Promise").New(executor)
		release = func() { settle.Invoke() }
		granted <- true
		return promise
	})
	options := map[string]any{"ifAvailable": ifFree}
	if !ifFree {
		controller := js.Global().Get("AbortController").New()
		stop := context.AfterFunc(ctx, func() { controller.Call("abort") })
		defer stop()
		options = map[string]any{"signal": controller.Get("signal")}
	}
	done := settled(t.locks.Call("request", name, options, hold))
	end := func() { <-done; hold.Release() }
	select {
	case free := <-granted:
		if !free {
			go end()
			return nil, nil
		}
		return func() { release(); go end() }, nil
	case o := <-done:
		hold.Release()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &feeds.Error{Kind: feeds.Internal, Err: o.err}
	}
}

func (t tabs) send(n notice) {
	data, err := jsontext.Marshal(n)
	if err != nil || !t.channel.Truthy() {
		return
	}
	t.channel.Call("postMessage", string(data))
}

func (t tabs) listen(hear func(notice)) {
	if !t.channel.Truthy() {
		return
	}
	t.channel.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var n notice
		if data := args[0].Get("data"); data.Type() == js.TypeString && jsontext.Unmarshal([]byte(data.String()), &n) == nil && n.Host != "" {
			hear(n)
		}
		return nil
	}))
}
