package e2e

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// testBackgroundSync has the browser refresh what is followed while no page is open.
func testBackgroundSync(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	p := i.tab(t)
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		whole := cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		info, err := target.GetTargetInfo().WithTargetID(chromedp.FromContext(ctx).Target.TargetID).Do(whole)
		if err != nil {
			return err
		}
		allowed := []browser.PermissionType{browser.PermissionTypePeriodicBackgroundSync, browser.PermissionTypeBackgroundSync}
		return browser.GrantPermissions(allowed).WithOrigin(strings.TrimSuffix(i.site, "/")).WithBrowserContextID(info.BrowserContextID).Do(whole)
	}))
	list := "#/i/" + i.host("hafenlicht")
	p.open(i.site + list)
	p.waitForView(list)
	p.waitForWorker()
	p.click("main [data-action=follow]")
	p.wait("a followed server", "document.querySelector('main [data-action=follow][aria-pressed=true]')")
	p.goTo("#/settings")
	p.wait("the choice", "document.querySelector('main input[name=sync]')")
	p.click("main input[name=sync]")
	p.waitAsync("the browser to have noted it", "await vitrine.sync() === true")

	later := p.newTabWithSameStorage(i.browser)
	workers := make(chan serviceworker.RegistrationID, 10)
	chromedp.ListenTarget(later.ctx, func(e any) {
		if e, ok := e.(*serviceworker.EventWorkerRegistrationUpdated); ok {
			for _, r := range e.Registrations {
				if r.ScopeURL == i.site {
					select {
					case workers <- r.RegistrationID:
					default:
					}
				}
			}
		}
	})
	later.run(serviceworker.Enable())
	var worker serviceworker.RegistrationID
	select {
	case worker = <-workers:
	case <-time.After(timeout):
		t.Fatal("no service worker")
	}
	p.close(i.browser)
	before := i.demo.Hits("hafenlicht.localhost")
	later.run(serviceworker.DispatchPeriodicSyncEvent(strings.TrimSuffix(i.site, "/"), worker, "follows"))
	for end := time.Now().Add(timeout); i.demo.Hits("hafenlicht.localhost") == before; time.Sleep(time.Second / 20) {
		if time.Now().After(end) {
			t.Fatal("nothing was asked for")
		}
	}
}
