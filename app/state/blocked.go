package state

import (
	"vitrine/app/route"
	"vitrine/feeds/address"
)

// BlockedModel stands for what the site doesn't open. Nobody is asked.
type BlockedModel struct {
	static
	What string // the server or handle; "" for a post or a page
}

// isBlocked reports the view of something that the site doesn't open, and what that is.
func (a *App) isBlocked(r route.Route) (what string, blocked bool) {
	if r.View == route.Embed {
		if addr, err := address.Parse(r.Query); err == nil {
			r, _ = route.FromAddress(addr)
		}
	}
	b := a.blocked
	for _, host := range []string{r.Host, r.Domain, r.Via} {
		if b.Host(host) {
			return host, true
		}
	}
	if b.Handle(r.User, r.Domain) {
		return "@" + r.User + "@" + r.Domain, true
	}
	return "", b.At(r.Host, r.ID) || b.Page(r.URL)
}

// refuses reports a view that isBlocked.
func (a *App) refuses(r route.Route) bool {
	_, blocked := a.isBlocked(r)
	return blocked
}

// refuse ends a view that has turned out to be of something that the site doesn't open.
func (a *App) refuse(m Model, what string) {
	all := append([]*Visit{a.next, a.shown}, a.visits...)
	if a.shown != nil {
		all = append(all, a.shown.Aside)
	}
	for _, v := range all {
		if v != nil && v.Model == m {
			v.cancel()
			v.Model = &BlockedModel{What: what}
			a.changed(v.Model)
			return
		}
	}
}
