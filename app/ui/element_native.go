//go:build !js

package ui

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// element returns the DOM element of a component's context; natively there is none.
func element(app.Context) any { return nil }
