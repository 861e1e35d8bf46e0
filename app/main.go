//go:build js && wasm

// The app is Vitrine in the browser: it registers the one page and starts go-app. Everything else is in the packages below it.
package main

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/page"
)

func main() {
	page.Register()
	app.RunWhenOnBrowser()
}
