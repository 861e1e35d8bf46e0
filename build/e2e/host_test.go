package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"vitrine/build/site"
)

// webHost is a static host whose files can be replaced and which can be stopped.
type webHost struct {
	url   string // without a path
	stop  func()
	sites atomic.Pointer[http.ServeMux]
	files map[string]site.Files // by base path
}

func newWebHost(t testing.TB) *webHost {
	t.Helper()
	h := &webHost{files: map[string]site.Files{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.sites.Load().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	h.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	h.stop = func() {
		server.CloseClientConnections()
		server.Close()
	}
	return h
}

// publish renders a site, puts it in the place of the one at its path, and returns the version of its start page.
func (h *webHost) publish(t testing.TB, o site.Options) string {
	t.Helper()
	files, err := site.Render(o)
	if err != nil {
		t.Fatal(err)
	}
	h.files[o.Base] = files
	mux := http.NewServeMux()
	for base, files := range h.files {
		tree := fstest.MapFS{}
		for name, data := range files {
			tree[name] = &fstest.MapFile{Data: data}
		}
		mux.Handle(base, http.StripPrefix(strings.TrimSuffix(base, "/"), http.FileServerFS(tree)))
	}
	h.sites.Store(mux)
	_, after, _ := strings.Cut(string(files["index.html"]), `data-version="`)
	version, _, _ := strings.Cut(after, `"`)
	return version
}

// newTabWithSameStorage opens a tab with the storage of another one.
func (p *tab) newTabWithSameStorage(browser context.Context) *tab {
	p.t.Helper()
	var id target.ID
	err := chromedp.Run(browser, chromedp.ActionFunc(func(ctx context.Context) error {
		whole := cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		info, err := target.GetTargetInfo().WithTargetID(chromedp.FromContext(p.ctx).Target.TargetID).Do(whole)
		if err != nil {
			return err
		}
		id, err = target.CreateTarget("about:blank").WithBrowserContextID(info.BrowserContextID).WithNewWindow(true).Do(whole)
		return err
	}))
	if err != nil {
		p.t.Fatalf("no tab: %v", err)
	}
	return listen(p.t, browser, id)
}

// close closes a tab, and waits until it is gone.
func (p *tab) close(browser context.Context) {
	p.t.Helper()
	id := chromedp.FromContext(p.ctx).Target.TargetID
	err := chromedp.Run(browser, chromedp.ActionFunc(func(ctx context.Context) error {
		whole := cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		if err := target.CloseTarget(id).Do(whole); err != nil {
			return err
		}
		for {
			all, err := target.GetTargets().Do(whole)
			if err != nil || !slices.ContainsFunc(all, func(t *target.Info) bool { return t.TargetID == id }) {
				return err
			}
		}
	}))
	if err != nil {
		p.t.Fatalf("the tab stays: %v", err)
	}
}

// await returns the value of a promise.
func await[T any](p *tab, expression string) T {
	p.t.Helper()
	var v T
	p.run(chromedp.Evaluate(expression, &v, awaitPromise))
	return v
}

// waitAsync waits until a JavaScript expression with `await` in it is true.
func (p *tab) waitAsync(what, expression string) {
	p.t.Helper()
	if !await[bool](p, fmt.Sprintf(`(async () => {
		for (const end = Date.now() + %d; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) if (%s) return true;
		return false;
	})()`, timeout.Milliseconds()/2, expression)) {
		p.t.Fatalf("waited in vain for: %s\n(%s)\n%s", what, expression, p.state())
	}
}

// waitForWorker waits until the service worker controls the tab. By then it has stored the whole site.
func (p *tab) waitForWorker() {
	p.t.Helper()
	p.wait("the worker in control", `navigator.serviceWorker.controller?.state === "activated"`)
}

// askWorker returns the service worker's answer to a message.
func askWorker[T any](p *tab, kind string) T {
	p.t.Helper()
	return await[T](p, workerAnswer(kind))
}

// workerAnswer is an expression for the promise of the worker's answer to a message.
func workerAnswer(kind string) string {
	return fmt.Sprintf(`new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => resolve(data);
		navigator.serviceWorker.controller.postMessage({ type: %s }, [port2]);
	})`, js(kind))
}
