//go:build !js

package browser

import (
	"context"

	"vitrine/feeds"
)

// Tabs stands for the tabs of a site; natively there are none.
type Tabs struct{}

var _ feeds.Tabs = Tabs{}

// NewTabs joins this program to no other.
func NewTabs() Tabs { return Tabs{} }

// Lock implements feeds.Tabs: every lock is free.
func (Tabs) Lock(ctx context.Context, _ string, _ bool) (func(), error) { return func() {}, ctx.Err() }

// Send implements feeds.Tabs.
func (Tabs) Send(string, string) {}

// Listen implements feeds.Tabs.
func (Tabs) Listen(string, func(string)) {}

// OnNetwork does nothing: there is no browser that knows.
func OnNetwork(func()) {}
