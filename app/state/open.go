package state

import (
	"context"
	"errors"
	"strings"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/find"
)

// OpenModel resolves whatever was pasted or shared, and moves on to its view. It stays only when it must ask or can't tell.
type OpenModel struct {
	static
	Text   string
	Reason address.Reason // why it is no address
	Near   string         // the server that the text named, to be offered instead
	Page   string         // a page whose server was asked what it is
	Err    *feeds.Error   // why the page can't be opened
	Bridge address.Bridge // the copies that an address of another network may have; without a Network for none

	app    *App
	addr   address.Address
	target string // the fragment of the view that was found; "" until then
}

// NewOpen makes the model of what was pasted or shared.
func NewOpen(a *App, r route.Route) *OpenModel { return &OpenModel{Text: r.Query, app: a} }

// Ready implements Model: while it moves on nothing of it is shown.
func (m *OpenModel) Ready() bool { return m.target == "" && (m.Page == "" || m.Err != nil) }

// Host implements Model.
func (m *OpenModel) Host() string { return m.Near }

// Open implements Model.
func (m *OpenModel) Open(ctx context.Context) {
	var bridged bool
	if m.Bridge, bridged = address.Bridged(m.Text); bridged { // which copy is read is the reader's to say
		return
	}
	addr, err := address.Parse(m.Text)
	if err != nil {
		var why *address.Error
		m.Reason = address.NotAnAddress
		if errors.As(err, &why) {
			m.Reason, m.Near = why.Reason, why.Host
		}
		if q := find.Words(m.Text); q.Name != "" && m.Near == "" && m.Reason != address.UnknownPath && !strings.Contains(m.Text, "://") { // words, or half a handle
			m.search(q)
		}
		return
	}
	m.addr = addr
	r, ok := route.FromAddress(addr)
	if addr.Kind == address.Post && !addr.Copy {
		m.app.page = postPage{r.String(), addr.URL}
	}
	page, doubtful := addr, addr.Kind == address.Page
	if !doubtful && ok && !addr.Copy {
		page, doubtful = addr.Otherwise()
	}
	switch {
	case doubtful && m.app.blocked.Page(page.URL):
		m.app.refuse(m, "")
	case doubtful && (!ok || !m.app.refuses(r)):
		m.Page, m.Near = page.URL, addr.Host
		go m.settle(ctx)
	case ok && addr.Copy:
		m.Page, m.Near = addr.URL, addr.Host
		go m.hop(ctx, r)
	case ok:
		m.found(r)
	default:
		m.search(find.Words("#" + addr.Tag))
	}
}

// search looks for what is no address at servers that answer guests.
func (m *OpenModel) search(q find.Query) { m.found(route.Route{View: route.Find, Query: q.Text}) }

// Copies are the views of the copies that an address of another network may have, with the server that has each: the likeliest first.
func (m *OpenModel) Copies() (views []route.Route, hosts []string) {
	b := m.Bridge
	add := func(r route.Route, host string) { views, hosts = append(views, r), append(hosts, host) }
	if b.Post != "" {
		add(route.Route{View: route.Open, Query: b.Post}, b.Domain)
	}
	if b.User == "" {
		return views, hosts
	}
	who := route.Route{View: route.Profile, User: b.User, Domain: b.Domain}
	if b.Asked {
		add(who, b.Domain)
	}
	for _, s := range m.app.Site.Servers {
		if s.Software == "mastodon" && len(views) < mostCopies {
			who.Via = s.Host
			add(who, s.Host)
		}
	}
	return views, hosts
}

// mostCopies is how many copies are offered.
const mostCopies = 5

// found notes the view that was found, and moves on to it.
func (m *OpenModel) found(r route.Route) {
	m.target = r.String()
	m.moveOn()
}

// moveOn opens the view that was found in place of this one. A reader who left meanwhile is left where they are, and moves on when
// they come back.
func (m *OpenModel) moveOn() {
	m.app.afterDraw(func() {
		if v := m.app.current(); v != nil && v.Model == m {
			m.app.browser.Go(m.target, true)
		}
	})
}

// hop finds a post at its origin, or where that doesn't answer the copy that was named.
func (m *OpenModel) hop(ctx context.Context, to route.Route) {
	host, id, ok := m.app.reader.Origin(ctx, to.Host, to.ID)
	if ok {
		to.Host, to.ID = host, id
	}
	m.app.later(func() {
		if ctx.Err() == nil {
			m.found(to)
		}
	})
}

// settle asks what the address stands for.
func (m *OpenModel) settle(ctx context.Context) {
	found, to, err := m.app.reader.Settle(ctx, m.addr)
	m.app.later(func() {
		switch {
		case ctx.Err() != nil:
		case err != nil:
			m.Err = feeds.AsError(err)
			m.app.changed(m)
		case found != nil:
			m.found(route.FromFound(*found))
		default:
			r, _ := route.FromAddress(to)
			m.found(r)
		}
	})
}

// Refresh implements Model: the page is asked for again.
func (m *OpenModel) Refresh(ctx context.Context, quiet bool) {
	switch {
	case m.target != "":
		m.moveOn()
	case !quiet && m.Err != nil:
		m.Err = nil
		m.app.changed(m)
		go m.settle(ctx)
	}
}
