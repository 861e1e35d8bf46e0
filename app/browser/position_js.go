//go:build js && wasm

package browser

import (
	"encoding/json"
	"syscall/js"
)

// SessionPosition reads a position of session storage.
func SessionPosition(key string) Position {
	var p Position
	attempt(func() {
		if v := global("sessionStorage").Call("getItem", key); v.Type() == js.TypeString {
			if err := json.Unmarshal([]byte(v.String()), &p); err != nil {
				p = Position{}
			}
		}
	})
	return p
}

// KeepSessionPosition writes a position to session storage; it outlives a reload.
func KeepSessionPosition(key string, p Position) {
	data, err := json.Marshal(p)
	if err != nil {
		return
	}
	attempt(func() { global("sessionStorage").Call("setItem", key, string(data)) })
}
