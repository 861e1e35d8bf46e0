//go:build js && wasm

// The app is Vitrine in the browser: it registers the one page and starts go-app. Everything else is in the packages below it.
package main

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/browser"
	"vitrine/app/page"
	"vitrine/app/state"
)

func main() {
	window := &browser.Window{}
	page.Register(window, state.RealParts(window, window.Config()))
	app.RunWhenOnBrowser()
}
