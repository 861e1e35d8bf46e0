//go:build js && wasm

package browser

import (
	"errors"
	"strings"
	"syscall/js"
	"time"
)

// notAnswered is how fast nobody closes a dialog: a browser that refuses sooner has shown none.
const notAnswered = 400 * time.Millisecond

// CreateFile begins a file with a suggested name. It is written straight to where the reader wants it where the browser has a dialog for that,
// else gathered, outside of the program's memory, and downloaded when it is whole. It waits for the reader's choice; the error is ErrNotChosen
// where there is none.
// Source: https://wicg.github.io/file-system-access/#api-showsavefilepicker
func (*Window) CreateFile(name, mime string) (File, error) {
	gathered := &blobFile{name: name, mime: mime}
	if js.Global().Get("showSaveFilePicker").Type() != js.TypeFunction {
		return gathered, nil
	}
	begun := time.Now()
	var picker js.Value
	if !attempt(func() {
		ending := name[strings.LastIndexByte(name, '.'):]
		kind := map[string]any{"accept": map[string]any{mime: []any{ending}}}
		picker = js.Global().Call("showSaveFilePicker", map[string]any{"suggestedName": name, "types": []any{kind}})
	}) {
		return gathered, nil
	}
	handle, err := await(picker)
	if err == nil {
		writable, err := await(handle.Call("createWritable"))
		if err != nil {
			return gathered, nil
		}
		return &streamedFile{writable, handle}, nil
	}
	if err.Error() == "AbortError" && time.Since(begun) > notAnswered {
		return nil, ErrNotChosen
	}
	return gathered, nil
}

// bytesToJS is a copy of bytes for the browser.
func bytesToJS(data []byte) js.Value {
	bytes := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(bytes, data)
	return bytes
}

// streamedFile is written to the disk. What is written is at the file's own place only once it is closed.
type streamedFile struct{ writable, handle js.Value }

func (f *streamedFile) Write(p []byte) (int, error) {
	if _, err := await(f.writable.Call("write", bytesToJS(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (f *streamedFile) Close() error {
	_, err := await(f.writable.Call("close"))
	return err
}

// Abort leaves what was there before. A browser makes an empty file once its place is chosen: that goes again, where the browser can.
// Source: https://github.com/whatwg/fs/blob/main/proposals/Remove.md
func (f *streamedFile) Abort() {
	_, _ = await(f.writable.Call("abort"))
	if now, err := await(f.handle.Call("getFile")); err == nil && now.Get("size").Int() == 0 && f.handle.Get("remove").Truthy() {
		_, _ = await(f.handle.Call("remove"))
	}
}

// blobFile is gathered in blobs, which browsers keep outside of the program's memory, large ones on the disk.
type blobFile struct {
	name, mime string
	parts      []any
}

func (f *blobFile) Write(p []byte) (int, error) {
	ok := attempt(func() { f.parts = append(f.parts, js.Global().Get("Blob").New([]any{bytesToJS(p)})) })
	if !ok {
		return 0, errors.New("no room for a part of the file")
	}
	return len(p), nil
}

func (f *blobFile) Close() error {
	if !attempt(func() { downloadBlob(f.name, js.Global().Get("Blob").New(f.parts, map[string]any{"type": f.mime})) }) {
		return errors.New("no room for the file")
	}
	f.parts = nil
	return nil
}

func (f *blobFile) Abort() { f.parts = nil }

// downloadBlob gives the reader a file.
func downloadBlob(name string, blob js.Value) {
	url := js.Global().Get("URL").Call("createObjectURL", blob)
	link := document().Call("createElement", "a")
	link.Set("href", url)
	link.Set("download", name)
	link.Call("click")
	time.AfterFunc(time.Minute, func() { js.Global().Get("URL").Call("revokeObjectURL", url) })
}

// Redraw makes a JPEG of a picture, in no larger a size than side pixels; 0 for its own. What shines through becomes white. It waits for the browser,
// whose error says that it is no picture that it knows.
func (*Window) Redraw(data []byte, side int) ([]byte, error) {
	const most = 8192 // pixels: what canvases of all browsers hold
	bitmap, err := await(promised(func() js.Value {
		return js.Global().Call("createImageBitmap", js.Global().Get("Blob").New([]any{bytesToJS(data)}))
	}))
	if err != nil || bitmap.Type() != js.TypeObject {
		return nil, errors.New("no picture that the browser knows")
	}
	defer bitmap.Call("close")
	width, height := bitmap.Get("width").Int(), bitmap.Get("height").Int()
	if side == 0 || side > most {
		side = most
	}
	if longer := max(width, height); longer > side {
		width, height = max(width*side/longer, 1), max(height*side/longer, 1)
	}
	blob, err := await(promised(func() js.Value {
		canvas := js.Global().Get("OffscreenCanvas").New(width, height)
		c := canvas.Call("getContext", "2d")
		c.Set("fillStyle", "#fff")
		c.Call("fillRect", 0, 0, width, height)
		c.Call("drawImage", bitmap, 0, 0, width, height)
		return canvas.Call("convertToBlob", map[string]any{"type": "image/jpeg", "quality": 0.85})
	}))
	if err != nil || blob.Type() != js.TypeObject {
		return nil, errors.New("the picture can't be drawn")
	}
	buffer, err := await(blob.Call("arrayBuffer"))
	if err != nil {
		return nil, err
	}
	bytes := js.Global().Get("Uint8Array").New(buffer)
	out := make([]byte, bytes.Get("length").Int())
	js.CopyBytesToGo(out, bytes)
	return out, nil
}

// promised is the promise that f makes; undefined where it throws.
func promised(f func() js.Value) js.Value {
	v := js.Undefined()
	attempt(func() { v = f() })
	return v
}
