package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/browser"
)

// watch has the browser report when a component's element comes near the screen or leaves it, and gives it the height it had.
func watch(ctx app.Context, height int) { browser.Watch(app.JSValue(ctx.JSSrc()), height) }

// setMinHeight gives a component's element a least height in pixels; 0 takes it away.
func setMinHeight(ctx app.Context, height int) {
	browser.SetMinHeight(app.JSValue(ctx.JSSrc()), height)
}
