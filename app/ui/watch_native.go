//go:build !js

package ui

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// Outside of a browser components have no elements.

func watch(app.Context, int) {}

func setMinHeight(app.Context, int) {}
