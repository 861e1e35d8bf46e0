package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"
)

// webkit speaks W3C WebDriver to WebKitGTK's driver. Source: https://www.w3.org/TR/webdriver2/
type webkit struct{ session string }

func startWebKit(t testing.TB) engine {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser")
	if err != nil || len(found) == 0 {
		t.Fatal("no MiniBrowser found: install the package webkit2gtk-driver")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	_ = free.Close()
	said := run(t, "xvfb-run", "-a", "WebKitWebDriver", fmt.Sprintf("--port=%d", port))
	go func() {
		for buffer := make([]byte, 4096); ; {
			if _, err := said.Read(buffer); err != nil {
				return
			}
		}
	}()
	w := webkit{session: fmt.Sprintf("http://127.0.0.1:%d/session", port)}
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		var made struct{ SessionID string }
		err := w.call(ctx, http.MethodPost, "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
			"webkitgtk:browserOptions": map[string]any{"binary": found[0], "args": []string{"--automation"}},
		}}}, &made)
		if err == nil {
			w.session += "/" + made.SessionID
			return w
		}
		select {
		case <-again.C: // the driver needs some time until it listens
		case <-ctx.Done():
			t.Fatalf("WebKitGTK doesn't start: %v", err)
		}
	}
}

func (w webkit) call(ctx context.Context, method, path string, params, into any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, w.session+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	var out struct{ Value json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, out.Value)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(out.Value, into)
}

func (w webkit) open(ctx context.Context, address string) error {
	return w.call(ctx, http.MethodPost, "/url", map[string]string{"url": address}, nil)
}

func (w webkit) reload(ctx context.Context) error {
	return w.call(ctx, http.MethodPost, "/refresh", map[string]string{}, nil)
}

// back goes by the page's own history: the driver skips entries made without a user gesture, as WebKit's button does.
func (w webkit) back(ctx context.Context) error {
	_, err := w.eval(ctx, "history.back()")
	return err
}

func (w webkit) eval(ctx context.Context, expression string) (json.RawMessage, error) {
	var text string
	err := w.call(ctx, http.MethodPost, "/execute/sync", map[string]any{"script": "return JSON.stringify(" + expression + ") ?? 'null'", "args": []any{}}, &text)
	return json.RawMessage(text), err
}
