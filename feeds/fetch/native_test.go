//go:build !js

package fetch_test

import (
	"net/http/httptest"
	"testing"

	"vitrine/feeds/feedstest/wasmtest"
	"vitrine/feeds/fetch/internal/fetchserver"
)

// start runs a test server and returns its root.
func start(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(fetchserver.New())
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	return server.URL
}

// TestInChromium runs contract_test.go and browser_js_test.go in a browser.
func TestInChromium(t *testing.T) {
	wasmtest.Run(t, ".", "FETCH_SERVER="+start(t))
}
