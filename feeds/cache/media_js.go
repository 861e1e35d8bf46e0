package cache

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"

	"vitrine/feeds"
)

// OpenMedia keeps bytes in the Cache of this name, where the service worker finds them by their addresses; the notes of them are among
// records. Where the browser has no Cache (a page that isn't a secure context), nothing can be kept.
func OpenMedia(name string, records feeds.Records, fetcher feeds.FileFetcher, clock feeds.Clock, tabs feeds.Tabs) *Media {
	return &Media{files: cacheFiles(name), records: records, fetcher: fetcher, clock: clock, tabs: tabs, name: name}
}

// cacheFiles are files in a Cache.
// Source: https://w3c.github.io/ServiceWorker/#cache-interface
type cacheFiles string

// name implements files: a Cache forgets fragments.
func (cacheFiles) name(url string) (name string) {
	defer func() {
		if recover() != nil { // new URL throws
			name = ascii(url)
		}
	}()
	href, _, _ := strings.Cut(js.Global().Get("URL").New(url).Get("href").String(), "#")
	return href
}

func (cacheFiles) usable() error {
	if !js.Global().Get("caches").Truthy() {
		return &feeds.Error{Kind: feeds.Unsupported, Op: "keep media", Err: errors.New("this browser has no Cache")}
	}
	return nil
}

// on calls a method of the Cache and waits for its outcome.
func (c cacheFiles) on(ctx context.Context, op, method string, args ...any) (v js.Value, err error) {
	if err := c.usable(); err != nil {
		return js.Undefined(), err
	}
	cache, err := settled(ctx, js.Global().Get("caches"), "open", string(c))
	if err == nil {
		v, err = settled(ctx, cache, method, args...)
	}
	return v, failure(ctx, op, err)
}

func (c cacheFiles) put(ctx context.Context, url, mime string, b feeds.FileBody) error {
	var body js.Value
	switch b := b.(type) {
	case interface{ JSValue() js.Value }:
		body = b.JSValue()
	case interface{ Bytes() []byte }:
		body = js.Global().Get("Uint8Array").New(len(b.Bytes()))
		js.CopyBytesToJS(body, b.Bytes())
	}
	// The type is ours: nothing of what the server said may make a page of it.
	response := js.Global().Get("Response").New(body, map[string]any{"headers": map[string]any{
		"Content-Type": mime, "Content-Length": fmt.Sprint(b.Size()), "X-Content-Type-Options": "nosniff",
	}})
	_, err := c.on(ctx, "store media", "put", url, response)
	return err
}

func (c cacheFiles) match(ctx context.Context, url string) (js.Value, error) {
	return c.on(ctx, "read media", "match", url, map[string]any{"ignoreVary": true})
}

func (c cacheFiles) get(ctx context.Context, url string) ([]byte, string, error) {
	response, err := c.match(ctx, url)
	if err != nil || !response.Truthy() {
		return nil, "", err
	}
	buffer, err := settled(ctx, response, "arrayBuffer")
	if err != nil {
		return nil, "", failure(ctx, "read media", err)
	}
	array := js.Global().Get("Uint8Array").New(buffer)
	data := make([]byte, array.Get("length").Int())
	js.CopyBytesToGo(data, array)
	return data, response.Get("headers").Call("get", "Content-Type").String(), nil
}

func (c cacheFiles) has(ctx context.Context, url string) (bool, error) {
	response, err := c.match(ctx, url)
	return response.Truthy(), err
}

func (c cacheFiles) urls(ctx context.Context) ([]string, error) {
	if c.usable() != nil {
		return nil, ctx.Err()
	}
	requests, err := c.on(ctx, "list media", "keys")
	if err != nil {
		return nil, err
	}
	urls := make([]string, requests.Length())
	for i := range urls {
		urls[i] = requests.Index(i).Get("url").String()
	}
	return urls, nil
}

func (c cacheFiles) remove(ctx context.Context, urls []string) error {
	for _, u := range urls {
		if _, err := c.on(ctx, "remove media", "delete", u); err != nil {
			return err
		}
	}
	return nil
}

// settled calls a method that returns a promise, and waits for what becomes of it, or for ctx.
func settled(ctx context.Context, object js.Value, method string, args ...any) (v js.Value, err error) {
	type outcome struct {
		value js.Value
		err   error
	}
	result := make(chan outcome, 1)
	var good, bad js.Func
	settle := func(o func(js.Value) outcome) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			good.Release()
			bad.Release()
			result <- o(args[0])
			return nil
		})
	}
	good = settle(func(v js.Value) outcome { return outcome{value: v} })
	bad = settle(func(reason js.Value) outcome { return outcome{err: js.Error{Value: reason}} })
	promise, err := called(object, method, args...)
	if err != nil {
		good.Release()
		bad.Release()
		return js.Undefined(), err
	}
	promise.Call("then", good, bad)
	select {
	case o := <-result:
		return o.value, o.err
	case <-ctx.Done():
		return js.Undefined(), ctx.Err()
	}
}

// called calls a method that may throw.
func called(object js.Value, method string, args ...any) (v js.Value, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: %v", method, p)
		}
	}()
	return object.Call(method, args...), nil
}
