//go:build js && wasm

package browser

import (
	"context"
	"syscall/js"
)

// Translates reports that the browser has a translator of its own.
func (*Window) Translates() bool { return global("Translator").Truthy() }

// Detects reports that the browser can find out which language a text is in.
func (*Window) Detects() bool { return global("LanguageDetector").Truthy() }

// CanTranslate says from which languages the browser's translator can translate into one (web/js/translator.js).
func (*Window) CanTranslate(from []string, to string, done func(can []bool)) {
	go func() {
		can := make([]bool, len(from))
		if answer, err := await(global("vitrine").Call("translator", "can", list(from), to)); err == nil {
			for i := range can {
				can[i] = answer.Index(i).Truthy()
			}
		}
		done(can)
	}()
}

// Translate translates texts by the browser's translator, until ctx ends, and names the language that they are in; from is "" where that is to be
// found out. progress hears how many per cent of the way are gone.
func (*Window) Translate(ctx context.Context, from, to string, texts []string, progress func(percent int), done func(said []string, language string, err error)) {
	hear := js.FuncOf(func(_ js.Value, args []js.Value) any { progress(args[0].Int()); return ctx.Err() == nil })
	// it is called at once, while the browser still sees what the reader has pressed: what is to be loaded needs that
	promise := global("vitrine").Call("translator", "say", list(texts), to, from, hear)
	go func() {
		defer hear.Release()
		answer, err := await(promise)
		if err != nil {
			done(nil, "", err)
			return
		}
		list := answer.Get("said")
		said := make([]string, list.Length())
		for i := range said {
			said[i] = list.Index(i).String()
		}
		done(said, answer.Get("from").String(), nil)
	}()
}

// list is strings as an array.
func list(all []string) js.Value {
	array := js.Global().Get("Array").New()
	for _, s := range all {
		array.Call("push", s)
	}
	return array
}
