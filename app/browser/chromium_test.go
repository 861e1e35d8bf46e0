//go:build !js

package browser

import (
	"testing"

	"vitrine/feeds/feedstest/wasmtest"
)

// TestInChromium runs the tests of Window in a browser.
func TestInChromium(t *testing.T) { wasmtest.Run(t, ".") }
