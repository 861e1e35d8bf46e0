//go:build js && wasm

// The app is Vitrine in the browser. In a page it registers the one page and starts go-app, in a worker it does jobs. Everything else is in the packages below it.
package main

import (
	"context"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"vitrine/app/browser"
	"vitrine/app/page"
	"vitrine/app/state"
)

func main() {
	if browser.InWorker() {
		work(browser.Worker{})
		return
	}
	window := &browser.Window{}
	window.Breathe()
	parts := state.RealParts(window, window.Config())
	window.WhenAlone(func() { state.DoJobs(context.Background(), parts) })
	page.Register(window, parts)
	window.Breathe()
	app.RunWhenOnBrowser()
}

// rehearsalTime is how long a rehearsal may take.
const rehearsalTime = 10 * time.Second

// onceTime is how long a refresh without a page may take: browsers end it soon after.
const onceTime = 2 * time.Minute

// work is the program in a worker: it rehearses a start for the page, then it does jobs. In the service worker it refreshes what is followed.
func work(w browser.Worker) {
	if w.Once() {
		ctx, cancel := context.WithTimeout(context.Background(), onceTime)
		defer cancel()
		if err := state.RefreshOnce(ctx, state.WorkerParts(w.OnLoopback(), w.Config()), w.SetBadge); err != nil {
			w.Log("refresh: " + err.Error())
		}
		return
	}
	w.Started()
	ctx, cancel := context.WithTimeout(context.Background(), rehearsalTime)
	defer cancel()
	if err := page.Rehearse(ctx, func(b state.Browser) state.Deps { return state.RehearsalParts(b, w.Config()) }); err != nil {
		w.Log("rehearsal: " + err.Error())
	}
	parts := state.WorkerParts(w.OnLoopback(), w.Config())
	w.Rehearsed()
	state.DoJobs(context.Background(), parts)
	select {} // the worker's end is the page's
}
