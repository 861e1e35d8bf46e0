package e2e

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
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
	var closed atomic.Bool // the page is
	asked := make(chan struct{}, 1)
	i := s.behind(t, func(servers http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if closed.Load() {
				select {
				case asked <- struct{}{}:
				default:
				}
			}
			servers.ServeHTTP(w, r)
		})
	})
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
	p.click("main article [data-action=more]") // whose list wasn't just read: that wouldn't be asked for again so soon
	p.click("#menu [data-action=follow-author]")
	p.wait("somebody followed", "document.querySelector('#menu [data-action=follow-author][aria-pressed=true]')")
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
	closed.Store(true)
	later.run(serviceworker.DispatchPeriodicSyncEvent(strings.TrimSuffix(i.site, "/"), worker, "follows"))
	select {
	case <-asked:
	case <-time.After(timeout):
		t.Fatal("nothing was asked for")
	}
}
