package e2e

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/chromedp/chromedp"
)

type chromium struct{ tab *tab }

// startChromium starts one in which films play without a gesture of a person, as the journeys' clicks are none.
func startChromium(t testing.TB) engine {
	return chromium{newTab(t, chrome(t, chromedp.Flag("autoplay-policy", "no-user-gesture-required")))}
}

// run acts on the tab, for as long as ctx lives.
func (c chromium) run(ctx context.Context, action chromedp.Action) error {
	own, cancel := context.WithCancel(c.tab.ctx)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	return chromedp.Run(own, action)
}

func (c chromium) open(ctx context.Context, address string) error {
	return c.run(ctx, chromedp.Navigate(address))
}
func (c chromium) reload(ctx context.Context) error { return c.run(ctx, chromedp.Reload()) }
func (c chromium) back(ctx context.Context) error   { return c.run(ctx, chromedp.NavigateBack()) }

func (c chromium) eval(ctx context.Context, expression string) (json.RawMessage, error) {
	var text string
	err := c.run(ctx, chromedp.Evaluate("JSON.stringify("+expression+") ?? 'null'", &text))
	return json.RawMessage(text), err
}
