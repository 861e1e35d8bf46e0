package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// firefox speaks WebDriver BiDi. Source: https://w3c.github.io/webdriver-bidi/
type firefox struct {
	conn    net.Conn
	context string // of its one tab

	mu      sync.Mutex
	id      int
	waiting map[int]chan reply
	failed  error
}

type reply struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
	Result  json.RawMessage `json:"result"`
}

// quietPrefs keep Firefox from sending requests of its own and from waiting for their answers.
const quietPrefs = `user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("captivedetect.canonicalURL", "");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.update.enabled", false);
user_pref("intl.accept_languages", "en");
user_pref("media.autoplay.default", 0); // 0: allowed; no gesture of a person starts a film here
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.disablePrefetch", true);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.enabled", false);
`

func startFirefox(t testing.TB) engine {
	t.Helper()
	dir := profile(t)
	if err := os.WriteFile(filepath.Join(dir, "user.js"), []byte(quietPrefs), 0o644); err != nil {
		t.Fatal(err)
	}
	output := bufio.NewScanner(run(t, "firefox-esr", "--headless", "--no-remote", "--profile", dir, "--remote-debugging-port", "0", "about:blank"))
	address := ""
	for address == "" && output.Scan() {
		_, address, _ = strings.Cut(output.Text(), "WebDriver BiDi listening on ")
	}
	if address == "" {
		t.Fatalf("Firefox doesn't say where it listens: %v", output.Err())
	}
	go func() { // Firefox blocks when the pipe is full
		for output.Scan() {
			continue
		}
	}()
	conn, _, _, err := ws.Dial(t.Context(), address+"/session")
	if err != nil {
		t.Fatal(err)
	}
	f := &firefox{conn: conn, waiting: map[int]chan reply{}}
	t.Cleanup(func() { _ = conn.Close() })
	go f.listen()
	var tree struct{ Contexts []struct{ Context string } }
	for _, step := range []struct {
		method string
		params map[string]any
		into   any
	}{{"session.new", map[string]any{"capabilities": map[string]any{}}, nil}, {"browsingContext.getTree", map[string]any{}, &tree}} {
		if err := f.call(t.Context(), step.method, step.params, step.into); err != nil {
			t.Fatal(err)
		}
	}
	f.context = tree.Contexts[0].Context
	return f
}

// listen hands replies to the waiting calls. Events are ignored.
func (f *firefox) listen() {
	for {
		data, err := wsutil.ReadServerText(f.conn)
		f.mu.Lock()
		if err != nil {
			f.failed = err
			for _, c := range f.waiting {
				close(c)
			}
			f.mu.Unlock()
			return
		}
		var r reply
		if json.Unmarshal(data, &r) == nil && f.waiting[r.ID] != nil {
			f.waiting[r.ID] <- r
			delete(f.waiting, r.ID)
		}
		f.mu.Unlock()
	}
}

func (f *firefox) call(ctx context.Context, method string, params map[string]any, into any) error {
	answer := make(chan reply, 1)
	f.mu.Lock()
	if f.failed != nil {
		f.mu.Unlock()
		return f.failed
	}
	f.id++
	f.waiting[f.id] = answer
	data, err := json.Marshal(map[string]any{"id": f.id, "method": method, "params": params})
	if err == nil {
		err = wsutil.WriteClientText(f.conn, data)
	}
	f.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case r, ok := <-answer:
		switch {
		case !ok:
			return io.ErrUnexpectedEOF
		case r.Type == "error":
			return fmt.Errorf("%s: %s: %s", method, r.Error, r.Message)
		case into == nil:
			return nil
		}
		return json.Unmarshal(r.Result, into)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *firefox) open(ctx context.Context, address string) error {
	return f.call(ctx, "browsingContext.navigate", map[string]any{"context": f.context, "url": address, "wait": "complete"}, nil)
}

func (f *firefox) reload(ctx context.Context) error {
	return f.call(ctx, "browsingContext.reload", map[string]any{"context": f.context, "wait": "complete"}, nil)
}

func (f *firefox) back(ctx context.Context) error {
	return f.call(ctx, "browsingContext.traverseHistory", map[string]any{"context": f.context, "delta": -1}, nil)
}

func (f *firefox) eval(ctx context.Context, expression string) (json.RawMessage, error) {
	var out struct {
		Type   string
		Result struct{ Value string }
		Raised struct{ Text string } `json:"exceptionDetails"`
	}
	err := f.call(ctx, "script.evaluate", map[string]any{
		"expression": "JSON.stringify(" + expression + ") ?? 'null'", "awaitPromise": false, "target": map[string]any{"context": f.context},
	}, &out)
	if err == nil && out.Type == "exception" {
		err = errors.New(out.Raised.Text)
	}
	return json.RawMessage(out.Result.Value), err
}
