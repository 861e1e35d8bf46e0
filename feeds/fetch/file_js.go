package fetch

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"syscall/js"

	"vitrine/feeds"
)

// blobBody is a feeds.FileBody outside of the program's memory, which never shrinks again.
type blobBody struct{ js.Value }

// Size implements feeds.FileBody.
func (b blobBody) Size() int64 { return int64(b.Get("size").Float()) }

// JSValue is a Blob.
func (b blobBody) JSValue() js.Value { return b.Value }

// blobStep is how many bytes are held as pieces before the browser gets them as a Blob, which it may write to the disk.
const blobStep = 4 << 20

func (b browser) file(ctx context.Context, t target, most int64, moved func()) (*feeds.FileAnswer, error) {
	controller := js.Global().Get("AbortController").New()
	stop := context.AfterFunc(ctx, func() { controller.Call("abort") })
	defer stop()
	signal := controller.Get("signal")
	res, err := await(ctx, askFile(t, "cors", "default", signal))
	if kind := feeds.KindOf(failureOf(err)); err != nil && kind == feeds.Unreachable && ctx.Err() == nil {
		// The browser may have the file from a page that showed it, without the header that lets it be read.
		res, err = await(ctx, askFile(t, "cors", "reload", signal))
		if err != nil && ctx.Err() == nil {
			err = b.whyNot(ctx, t, signal, err)
		}
	}
	if err != nil {
		return nil, failureOf(err)
	}
	answer := &feeds.FileAnswer{Status: res.Get("status").Int(), URL: finalURL(res, t), Header: headers(res)}
	if err := t.redirect(answer.URL, b.private); err != nil {
		discard(res.Get("body"))
		return nil, &feeds.Error{Kind: feeds.Unreachable, Err: err}
	}
	said, _ := strconv.ParseInt(answer.Header["content-length"], 10, 64)
	if said > most {
		discard(res.Get("body"))
		return nil, tooLarge(most)
	}
	moved()
	blob, head, err := readBlob(ctx, res, most, moved)
	if err != nil {
		return nil, err
	}
	answer.Head, answer.Body = head, blob
	return answer, whole(blob.Size(), said)
}

func askFile(t target, mode, cache string, signal js.Value) js.Value {
	return js.Global().Call("fetch", t.url, map[string]any{
		"mode": mode, "cache": cache, "credentials": "omit", "referrerPolicy": "no-referrer", "priority": "low", "signal": signal,
		"toKeep": true, // not the browser's: web/js/large.js may have it go on when the page is closed
	})
}

// whyNot distinguishes a host that doesn't answer from one that lets no page read its files: the latter answers who doesn't want to read. A
// browser doesn't follow the body of a HEAD.
func (b browser) whyNot(ctx context.Context, t target, signal js.Value, err error) error {
	_, refused := await(ctx, js.Global().Call("fetch", t.url, map[string]any{
		"method": "HEAD", "mode": "no-cors", "cache": "no-store", "credentials": "omit", "referrerPolicy": "no-referrer", "signal": signal,
	}))
	if refused != nil {
		return err
	}
	return &feeds.Error{Kind: feeds.Unreachable, Err: fmt.Errorf("%w: %w", feeds.ErrClosed, err)}
}

// failureOf gives a rejected promise its kind, unless it has one.
func failureOf(err error) error {
	var known *feeds.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return failure(err)
}

// readBlob reads a body of at most most bytes. What breaks off ends early; a device that lost its network is Offline.
func readBlob(ctx context.Context, res js.Value, most int64, moved func()) (blob blobBody, head []byte, err error) {
	object := js.Global().Get("Blob")
	stream := res.Get("body")
	if !stream.Truthy() {
		return blobBody{object.New()}, nil, nil
	}
	reader := stream.Call("getReader")
	blobs, pieces := js.Global().Get("Array").New(), js.Global().Get("Array").New()
	var size, held int64
	for {
		chunk, err := await(ctx, reader.Call("read"))
		if err != nil {
			discard(reader)
			if e := failure(err); feeds.KindOf(e) == feeds.Offline {
				return blobBody{}, nil, e
			}
			return blobBody{}, nil, &feeds.Error{Kind: feeds.BadData, Err: fmt.Errorf("%w: %w", errEndsEarly, err)}
		}
		done := chunk.Get("done").Bool()
		if !done {
			piece := chunk.Get("value")
			n := piece.Get("length").Int()
			if len(head) < feeds.FileHead {
				first := make([]byte, min(n, feeds.FileHead-len(head)))
				js.CopyBytesToGo(first, piece)
				head = append(head, first...)
			}
			pieces.Call("push", piece)
			size, held = size+int64(n), held+int64(n)
			moved()
		}
		if size > most {
			discard(reader)
			return blobBody{}, nil, tooLarge(most)
		}
		if done || held > blobStep {
			blobs.Call("push", object.New(pieces))
			pieces, held = js.Global().Get("Array").New(), 0
		}
		if done {
			return blobBody{object.New(blobs)}, head, nil
		}
	}
}
