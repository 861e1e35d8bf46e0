package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// timeout is how long a condition may take to become true. It is long for slow machines; the tests don't measure speed.
const timeout = 40 * time.Second

// chrome starts one browser for all journeys of a test.
func chrome(t testing.TB, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	if _, bench := t.(*testing.B); !bench {
		// Optimising the program for each page takes more processor time than all else together; only benchmarks gain by it.
		more = append(more, chromedp.Flag("js-flags", "--liftoff-only"))
	}
	ctx, _ := startChrome(t, more...)
	return ctx
}

// startChrome starts a browser; stop ends it before the test does.
func startChrome(t testing.TB, more ...chromedp.ExecAllocatorOption) (ctx context.Context, stop func()) {
	t.Helper()
	path := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path != "" {
			break
		}
		path, _ = exec.LookPath(name)
	}
	if path == "" {
		t.Fatal("no Chromium found: install the package chromium, or name one with CHROMIUM")
	}
	// Not t.TempDir: Chromium's child processes may write files after it has ended, which must not fail the test.
	profile, err := os.MkdirTemp("", "vitrine-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true), chromedp.Flag("lang", "en"), chromedp.UserDataDir(profile))
	ctx, stop = chromedp.NewExecAllocator(t.Context(), append(options, more...)...)
	t.Cleanup(stop)
	quiet := chromedp.WithErrorf(func(string, ...any) {}) // events newer than the protocol library are ignored
	ctx, cancel := chromedp.NewContext(ctx, quiet)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("Chromium doesn't start: %v", err)
	}
	return ctx, stop
}

// tab is one page, with its console messages and the addresses that it requested.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu   sync.Mutex
	logs []string
	urls []string
}

// size is a screen.
type size struct {
	name          string
	width, height int64
}

func phone() size   { return size{"phone", 412, 915} }
func desktop() size { return size{"desktop", 1280, 900} }

// newTab opens an empty page of its own: no storage is shared with other tabs.
func newTab(t testing.TB, browser context.Context, actions ...chromedp.Action) *tab {
	t.Helper()
	return listen(t, browser, newWindow(t, browser), actions...)
}

// firstTab is the browser's own first page. Unlike newTab's it has the browser's profile, and with it the code cache.
func firstTab(t testing.TB, browser context.Context, actions ...chromedp.Action) *tab {
	t.Helper()
	return listen(t, browser, chromedp.FromContext(browser).Target.TargetID, actions...)
}

// listen begins to drive a page.
func listen(t testing.TB, browser context.Context, id target.ID, actions ...chromedp.Action) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	t.Cleanup(cancel)
	p := &tab{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, func(e any) {
		p.mu.Lock()
		defer p.mu.Unlock()
		switch e := e.(type) {
		case *runtime.EventConsoleAPICalled:
			var words []string
			for _, a := range e.Args {
				words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
			}
			p.logs = append(p.logs, string(e.Type)+": "+strings.Join(words, " "))
		case *runtime.EventExceptionThrown:
			p.logs = append(p.logs, "exception: "+e.ExceptionDetails.Error())
		case *cdplog.EventEntryAdded:
			p.logs = append(p.logs, string(e.Entry.Level)+": "+e.Entry.Text+" "+e.Entry.URL)
		case *network.EventRequestWillBeSent:
			p.urls = append(p.urls, e.Request.URL)
		}
	})
	if err := chromedp.Run(ctx); err != nil { // without a deadline: the page lives as long as the context of its first run
		t.Fatal(err)
	}
	s := desktop()
	base := []chromedp.Action{network.Enable(), runtime.Enable(), cdplog.Enable(), emulation.SetDeviceMetricsOverride(s.width, s.height, 1, false)}
	p.run(append(base, actions...)...)
	return p
}

// newWindow opens a window with a storage of its own. Chromium needs the window option, which chromedp doesn't set.
func newWindow(t testing.TB, browser context.Context) target.ID {
	t.Helper()
	var id target.ID
	err := chromedp.Run(browser, chromedp.ActionFunc(func(ctx context.Context) error {
		whole := cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		profile, err := target.CreateBrowserContext().Do(whole)
		if err != nil {
			return err
		}
		id, err = target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(whole)
		return err
	}))
	if err != nil {
		t.Fatalf("no window: %v", err)
	}
	return id
}

func (p *tab) run(actions ...chromedp.Action) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, timeout)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		p.t.Fatalf("%v\n%s", err, p.state())
	}
}

// open goes to an address and waits for the load event.
func (p *tab) open(address string) {
	p.t.Helper()
	p.run(chromedp.Navigate(address))
}

// wait waits until a JavaScript expression is true.
func (p *tab) wait(what, expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, timeout)
	defer cancel()
	var ok bool
	for {
		err := chromedp.Run(ctx, chromedp.Poll("Boolean(("+expression+"))", &ok, chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(timeout)))
		if err == nil {
			return
		}
		if ctx.Err() != nil || errors.Is(err, chromedp.ErrPollingTimeout) {
			p.t.Fatalf("waited in vain for: %s\n(%s)\n%s", what, expression, p.state())
		}
		// the page navigated meanwhile: the condition may become true on the next one
	}
}

// waitForView waits until the program shows the view of a fragment.
func (p *tab) waitForView(fragment string) {
	p.t.Helper()
	p.wait("the view "+fragment, fmt.Sprintf("document.querySelector('main:not([data-front])')?.dataset.view === %s", js(fragment)))
}

// goTo goes to a view of the open page, as a link would, and waits for it.
func (p *tab) goTo(fragment string) {
	p.t.Helper()
	p.run(chromedp.Evaluate("location.hash = "+js(fragment), nil))
	p.waitForView(fragment)
}

// eval returns the value of an expression.
func eval[T any](p *tab, expression string, options ...chromedp.EvaluateOption) T {
	p.t.Helper()
	var v T
	p.run(chromedp.Evaluate(expression, &v, options...))
	return v
}

// count returns how many elements match.
func (p *tab) count(selector string) int {
	p.t.Helper()
	return eval[int](p, "document.querySelectorAll("+js(selector)+").length")
}

// click clicks the first element that matches, as a mouse does. What moved away while it was pressed is pressed again: a press that hits
// something else is kept from it.
func (p *tab) click(selector string) {
	p.t.Helper()
	const guard = `((selector) => {
		const types = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"], pressed = { hit: false, missed: "", down: false };
		const judge = (e) => {
			const path = e.composedPath(), hit = pressed.hit || path.includes(document.querySelector(selector)) || (e.type !== "click" && pressed.down);
			if (hit) { pressed.hit ||= e.type === "click"; pressed.down ||= e.type === "pointerdown"; return; }
			pressed.missed ||= e.type + " on " + path[0].outerHTML?.slice(0, 200);
			e.preventDefault(); e.stopImmediatePropagation();
		};
		for (const type of types) addEventListener(type, judge, true);
		window.pressed = () => { for (const type of types) removeEventListener(type, judge, true); delete window.pressed; return pressed.hit ? "" : pressed.missed; };
	})(%s)`
	missed := ""
	for range 5 {
		p.wait("something to click: "+selector, "document.querySelector("+js(selector)+")")
		p.waitUntilStill(selector)
		p.run(chromedp.Evaluate(fmt.Sprintf(guard, js(selector)), nil), chromedp.Click(selector, chromedp.ByQuery, chromedp.NodeVisible))
		missed = ""
		// without an answer, the click has led to another page
		if err := chromedp.Run(p.ctx, chromedp.Evaluate(`window.pressed?.() ?? ""`, &missed)); err != nil || missed == "" {
			return
		}
	}
	p.t.Fatalf("%s can't be clicked: %s", selector, missed)
}

// waitUntilStill scrolls to an element and waits until it stays where it is, for a second at most: what is pressed by its place is missed
// while the page is still being drawn. It asks from outside, for pages without scripts have no frames to wait for.
func (p *tab) waitUntilStill(selector string) {
	p.t.Helper()
	const place = `((e) => { e?.scrollIntoView({block: "center"}); const b = e?.getBoundingClientRect();
		return b ? [b.x, b.y, b.width, b.height, document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime < Infinity).map((a) => a.currentTime)].join() : ""; })(document.querySelector(%s))`
	every := time.NewTicker(time.Second / 50)
	defer every.Stop()
	for n, same, last := 0, 0, ""; n < 50 && same < 3; n++ {
		at := eval[string](p, fmt.Sprintf(place, js(selector)))
		same++
		if at != last {
			same, last = 0, at
		}
		<-every.C
	}
}

// text returns the text of the first element that matches.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return eval[string](p, "(document.querySelector("+js(selector)+")?.innerText ?? '')")
}

// screenshot writes a picture of the page where SHOTS names a folder.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	p.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = page.CaptureScreenshot().Do(ctx)
		return err
	}))
	if err := os.WriteFile(dir+"/"+name+".png", png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// setSize sets the size of the window.
func (p *tab) setSize(s size) {
	p.t.Helper()
	p.run(emulation.SetDeviceMetricsOverride(s.width, s.height, 1, s.name == "phone"))
}

// setColorScheme sets the system's colour scheme, "light" or "dark".
func (p *tab) setColorScheme(name string) {
	p.t.Helper()
	p.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}))
	p.wait("the colours of "+name, `!document.getAnimations().some((a) => a instanceof CSSTransition && a.playState === 'running')`)
}

// logged returns what the page wrote to the console, all levels.
func (p *tab) logged() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.logs)
}

// hosts returns the hosts that the page requested, each once.
func (p *tab) hosts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var hosts []string
	for _, raw := range p.urls {
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" || slices.Contains(hosts, u.Host) {
			continue
		}
		hosts = append(hosts, u.Host)
	}
	slices.Sort(hosts)
	return hosts
}

// state says where the page is, for failures.
func (p *tab) state() string {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	var s string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`location.href + "\n" + (document.querySelector("main")?.outerHTML ?? document.documentElement.outerHTML).slice(0, 1500) + "\n…" + (document.querySelector("main")?.outerHTML ?? "").slice(-700)`, &s)); err != nil {
		s = err.Error()
	}
	return s + "\nconsole: " + strings.Join(p.logged(), "\n  ")
}

// js writes a Go string as a JavaScript one.
func js(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}
