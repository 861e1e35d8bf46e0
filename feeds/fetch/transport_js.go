package fetch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"syscall/js"

	"vitrine/feeds"
)

// browser asks through the page's fetch(). What the browser would add by itself (cookies, a referrer, a preflight) is turned
// off; its HTTP cache, which revalidates with ETags, stays on.
//
// The loader may have asked already: globalThis.vitrine.early is an object or a Map from a URL, as URL.href writes it, to a
// Promise of a Response whose body nobody has read (the loader reads a clone). It serves a request for JSON once and is
// deleted then: nothing is asked twice.
type browser struct {
	maxBody int64
	private bool
}

func newTransport(o Options) asker { return browser{maxBody: o.MaxBody, private: o.Private} }

// canonicalURL is raw as this browser understands it: "https://127.1\@x.example" is not what net/url makes of it.
func canonicalURL(raw string) (href string, err error) {
	defer func() {
		if p := recover(); p != nil { // new URL throws a TypeError
			err = fmt.Errorf("no URL: %q", raw)
		}
	}()
	return js.Global().Get("URL").New(raw).Get("href").String(), nil
}

func (b browser) ask(ctx context.Context, t target, accept string) (*feeds.Response, error) {
	controller := js.Global().Get("AbortController").New()
	stop := context.AfterFunc(ctx, func() { controller.Call("abort") })
	defer stop()
	res, err := await(ctx, started(t, accept, controller.Get("signal")))
	if err != nil {
		return nil, failure(err)
	}
	answer := &feeds.Response{Status: res.Get("status").Int(), URL: finalURL(res, t), Header: headers(res)}
	if err := t.redirect(answer.URL, b.private); err != nil {
		// The browser followed it before we could say no; at least nobody reads what came.
		discard(res.Get("body"))
		return nil, &feeds.Error{Kind: feeds.Unreachable, Err: err}
	}
	answer.Body, err = b.read(ctx, res, answer.Header["content-length"])
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// started returns a Promise of a Response.
func started(t target, accept string, signal js.Value) js.Value {
	if early := takeEarly(t, accept); early.Truthy() {
		return early
	}
	options := map[string]any{
		"method":         t.method(),
		"mode":           "cors",
		"credentials":    "omit",
		"referrerPolicy": "no-referrer",
		"redirect":       "follow",
		"cache":          "default",
		"headers":        map[string]any{"Accept": accept},
		"signal":         signal,
	}
	if t.body != "" {
		options["body"] = t.body
		options["headers"] = map[string]any{"Accept": accept, "Content-Type": "application/json"}
	}
	return js.Global().Call("fetch", t.url, options)
}

// takeEarly returns the loader's Promise for a GET and forgets it, or undefined.
func takeEarly(t target, accept string) js.Value {
	loader := js.Global().Get("vitrine")
	if !loader.Truthy() || accept != "application/json" || t.body != "" {
		return js.Undefined()
	}
	early := loader.Get("early")
	if !early.Truthy() {
		return js.Undefined()
	}
	if early.InstanceOf(js.Global().Get("Map")) {
		found := early.Call("get", t.url)
		early.Call("delete", t.url)
		return found
	}
	found := early.Get(t.url)
	early.Delete(t.url)
	return found
}

// finalURL is where the answer came from. A Response that the loader made itself has none.
func finalURL(res js.Value, t target) string {
	if u := res.Get("url").String(); u != "" {
		return u
	}
	return t.url
}

// headers returns those that CORS exposes. The browser has already put their names in lower case.
func headers(res js.Value) map[string]string {
	entries := js.Global().Get("Array").Call("from", res.Get("headers").Call("entries"))
	h := make(map[string]string, entries.Length())
	for i := range entries.Length() {
		h[entries.Index(i).Index(0).String()] = entries.Index(i).Index(1).String()
	}
	return h
}

// read returns the decoded body. length is the Content-Length, which counts the encoded one: over the cap, so is the other.
func (b browser) read(ctx context.Context, res js.Value, length string) ([]byte, error) {
	stream := res.Get("body")
	if !stream.Truthy() { // as with status 204
		return nil, nil
	}
	if n, err := strconv.ParseInt(length, 10, 64); err == nil && n > b.maxBody {
		discard(stream)
		return nil, tooLarge(b.maxBody)
	}
	reader := stream.Call("getReader")
	var body []byte
	for {
		chunk, err := await(ctx, reader.Call("read"))
		if err != nil {
			discard(reader)
			return nil, failure(err)
		}
		if chunk.Get("done").Bool() {
			return body, nil
		}
		bytes := chunk.Get("value")
		start, n := len(body), bytes.Length()
		if int64(start+n) > b.maxBody {
			discard(reader)
			return nil, tooLarge(b.maxBody)
		}
		body = slices.Grow(body, n)[:start+n]
		js.CopyBytesToGo(body[start:], bytes)
	}
}

// discard cancels a stream or its reader. Waiting for the outcome keeps its failure off the console.
func discard(stream js.Value) {
	if stream.Truthy() {
		settled(stream.Call("cancel"))
	}
}

// failure gives a rejected fetch its kind. A TypeError says no more than that nothing came: no network, no such host, no CORS.
func failure(err error) error {
	if nav := js.Global().Get("navigator"); nav.Truthy() && nav.Get("onLine").Equal(js.ValueOf(false)) {
		return &feeds.Error{Kind: feeds.Offline, Err: err}
	}
	return &feeds.Error{Kind: feeds.Unreachable, Err: err}
}

// outcome is what a Promise came to.
type outcome struct {
	value js.Value
	err   error
}

// await waits for a Promise, or for ctx.
func await(ctx context.Context, promise js.Value) (js.Value, error) {
	select {
	case o := <-settled(promise):
		return o.value, o.err
	case <-ctx.Done():
		return js.Undefined(), ctx.Err()
	}
}

// settled delivers a Promise's outcome once. The callbacks never block, and release themselves: a Promise that settles after
// its awaiter has gone finds them still there.
func settled(promise js.Value) <-chan outcome {
	result := make(chan outcome, 1)
	var fulfilled, rejected js.Func
	settle := func(o func(arg js.Value) outcome) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			defer func() {
				if p := recover(); p != nil {
					result <- outcome{err: fmt.Errorf("panic: %v", p)}
				}
			}()
			fulfilled.Release()
			rejected.Release()
			result <- o(args[0])
			return nil
		})
	}
	fulfilled = settle(func(v js.Value) outcome { return outcome{value: v} })
	rejected = settle(func(reason js.Value) outcome { return outcome{err: reasonError(reason)} })
	js.Global().Get("Promise").Call("resolve", promise).Call("then", fulfilled, rejected)
	return result
}

// reasonError is why a Promise was rejected; scripts may reject with anything.
func reasonError(reason js.Value) error {
	if reason.Type() == js.TypeObject {
		return errors.New(reason.Get("name").String() + ": " + reason.Get("message").String())
	}
	return errors.New(reason.String())
}
