//go:build js && wasm

package ui

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// element returns the DOM element of a component's context.
func element(ctx app.Context) any { return app.JSValue(ctx.JSSrc()) }
