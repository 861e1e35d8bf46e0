package fetch

import (
	"fmt"
	"syscall/js"
)

// Charsets implements feeds.Charsets by the browser's TextDecoder.
type Charsets struct{}

// Decode implements feeds.Charsets.
func (Charsets) Decode(label string, text []byte) (decoded string, err error) {
	defer func() {
		if p := recover(); p != nil { // it throws a RangeError
			err = fmt.Errorf("no charset that is known: %q", label)
		}
	}()
	decoder := js.Global().Get("TextDecoder").New(label)
	bytes := js.Global().Get("Uint8Array").New(len(text))
	js.CopyBytesToJS(bytes, text)
	return decoder.Call("decode", bytes).String(), nil
}
