package state

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/exchange"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// maxPages is how many parts of a list are asked for at most.
const maxPages = 40

// Bring is what servers are asked for before it can be followed: whom somebody follows, a list at an address, or the pages of an import.
type Bring struct {
	Who      *feeds.Author // whose list it is; nil for anything else
	Host     string        // who is asked; "" for several
	Requests int           // about how many it takes; 0 when unknown
	Done     int           // how many were answered
	Read     int           // how many accounts were read
	Running  bool
	Err      *feeds.Error // why nothing came; nil for no failure

	stop context.CancelFunc
}

// begin begins to ask. f runs on a goroutine of its own, with a context that ends when it is stopped.
func (m *FollowingModel) begin(ctx context.Context, b *Bring, f func(context.Context, *Bring)) {
	m.endBring()
	m.Bring = b
	b.Running, b.Err = true, nil
	ctx, b.stop = context.WithCancel(ctx)
	go f(ctx, b)
}

// endBring lets go of what is asked for.
func (m *FollowingModel) endBring() {
	if b := m.Bring; b != nil && b.stop != nil {
		b.stop()
	}
	m.Bring = nil
}

// ended draws how asking ended. Nothing is drawn that was let go meanwhile.
func (m *FollowingModel) ended(b *Bring, f func()) {
	m.app.later(func() {
		if m.Bring != b {
			return
		}
		b.Running = false
		f()
		m.app.changed(m)
	})
}

// bring looks for what a text names: somebody who follows others, or a list.
func (m *FollowingModel) bring(ctx context.Context, text string) {
	m.endImport()
	target, host := listURL(text)
	a, err := address.Parse(text)
	switch {
	case target != "":
		m.begin(ctx, &Bring{Host: host}, func(ctx context.Context, b *Bring) { m.gather(ctx, b, m.listAt(target)) })
	case err == nil && a.Kind == address.Profile:
		r, _ := route.FromAddress(a)
		b := &Bring{Host: a.Domain}
		if m.app.refuses(r) {
			m.Bring, b.Err = b, &feeds.Error{Kind: feeds.Refused, Host: a.Domain}
			return
		}
		m.begin(ctx, b, func(ctx context.Context, b *Bring) { m.lookUp(ctx, b, a) })
	default:
		m.app.Note = m.app.Words.T("following.bring.what")
	}
}

// listURL is the URL of what may be a list, as it is asked for, and its host; "" for a text that is none or names somebody.
// Source: https://docs.joinmastodon.org/methods/collections/#get_collection
func listURL(text string) (target, host string) {
	text = strings.TrimSpace(text)
	if a, err := address.Parse(text); err == nil && a.Kind != address.Page && a.Kind != address.Feed {
		return "", ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "", ""
	}
	host, ok := address.CleanHost(u.Host)
	if !ok {
		return "", ""
	}
	path := u.EscapedPath()
	if id, ok := strings.CutPrefix(path, "/collections/"); ok && isNumber(id) {
		path = "/api/v1" + path
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return address.Origin(host) + path, host
}

// lookUp asks for somebody, and says what their list costs.
func (m *FollowingModel) lookUp(ctx context.Context, b *Bring, a address.Address) {
	who, err := m.app.reader.Author(ctx, a.User, a.Domain, "")
	m.ended(b, func() {
		if err != nil {
			b.Err = feeds.AsError(err)
			return
		}
		b.Who, b.Host, b.Requests = who, who.Host, maxPages
		if n := who.Counts.Following; n >= 0 {
			b.Requests = min(max(1, (n+feeds.FollowingPage-1)/feeds.FollowingPage), maxPages)
		}
		m.app.afterDraw(func() { m.app.browser.FocusOn("#bring") })
	})
}

// part asks for the next part of a list; more says that there is another one. Its Import is compared with nothing yet.
type part func(ctx context.Context) (in *Import, more bool, err error)

// peopleOf reads whom somebody follows.
func (m *FollowingModel) peopleOf(who *feeds.Author) part {
	var c feeds.Cursor
	return func(ctx context.Context) (*Import, bool, error) {
		people, older, err := m.app.reader.Following(ctx, who, c)
		in := &Import{}
		for _, a := range people {
			f, _ := authorFollow(a, false, m.app.clock.Now())
			in.all = append(in.all, f)
			if reader.Suggestable(a) {
				in.People = append(in.People, Suggestion{Author: a, Follow: f})
			}
		}
		c = older
		return in, c != "", err
	}
}

// listTypes are what lists are written in. A browser asks no server first whether it may name them.
const listTypes = "application/activity+json, application/json;q=0.9, text/x-opml, text/csv, */*;q=0.1"

// listAt reads a list at a URL, and its further pages at the same host.
func (m *FollowingModel) listAt(target string) part {
	_, host := listURL(target)
	return func(ctx context.Context) (*Import, bool, error) {
		if m.app.blocked.Page(target) {
			return nil, false, &feeds.Error{Kind: feeds.Refused, Host: host}
		}
		resp, err := m.app.fetcher.Fetch(ctx, feeds.Request{URL: target, Accept: listTypes})
		if err == nil {
			err = feeds.StatusError(resp)
		}
		if err != nil {
			return nil, false, err
		}
		r, err := exchange.Read(resp.Body, m.app.charsets)
		if err != nil {
			return nil, false, err
		}
		in := &Import{}
		in.take(r, m.app.clock.Now())
		next, there := listURL(r.Next)
		target = next
		return in, next != "" && there == host, nil
	}
}

// gather reads a list part by part, and shows what it brings, also when it is stopped or fails in the middle.
func (m *FollowingModel) gather(ctx context.Context, b *Bring, next part) {
	all := &Import{}
	more, requests := true, 0
	var err error
	for ; more && requests < maxPages && ctx.Err() == nil; requests++ {
		var in *Import
		if in, more, err = next(ctx); err != nil {
			break
		}
		all.join(in)
		done, read := requests+1, len(all.all)
		m.app.later(func() { b.Done, b.Read = done, read })
	}
	if ctx.Err() != nil { // it was stopped
		err = nil
	}
	m.ended(b, func() {
		nothing := len(all.all)+len(all.pages)+all.unreadable == 0
		if nothing && err != nil {
			failed := *feeds.AsError(err)
			failed.Host = cmp.Or(failed.Host, b.Host)
			b.Err = &failed
			return
		}
		if m.Bring = nil; nothing && more {
			return
		}
		all.Cut = more || err != nil
		if err != nil {
			all.CutBy = feeds.AsError(err)
		}
		all.compare(m.app.Follows)
		m.Import, m.ImportErr = all, nil
		m.app.afterDraw(func() { m.app.browser.FocusOn("#import-preview") })
	})
}

// join adds what another part of the same list holds.
func (in *Import) join(o *Import) {
	in.all = append(in.all, o.all...)
	in.People = append(in.People, o.People...)
	in.pages = append(in.pages, o.pages...)
	in.Unread = append(in.Unread, o.Unread...)
	in.unreadable += o.unreadable
	if in.lists == nil {
		in.lists = o.lists
	}
}

// askPages asks the pages of an import what they are, one after another.
func (m *FollowingModel) askPages(ctx context.Context) {
	in := m.Import
	if in == nil || len(in.pages) == 0 {
		return
	}
	pages := in.pages
	m.begin(ctx, &Bring{Requests: len(pages)}, func(ctx context.Context, b *Bring) {
		for _, e := range pages {
			f, u, ok := m.askPage(ctx, e)
			if ctx.Err() != nil {
				break
			}
			m.app.later(func() {
				if m.Import != in {
					return
				}
				in.pages = in.pages[1:]
				if b.Done++; ok {
					in.all = append(in.all, f)
				} else {
					in.Unread = append(in.Unread, u)
					in.unreadable++
				}
				in.compare(m.app.Follows)
			})
		}
		m.ended(b, func() { m.Bring = nil })
	})
}

// askPage asks what stands at the address of an entry, as "#/open" does. What can't be followed is said with the reason.
func (m *FollowingModel) askPage(ctx context.Context, e exchange.Entry) (f follows.Follow, u Unread, ok bool) {
	u = Unread{Unread: exchange.Unread{Line: e.Line, Text: e.Address, Reason: exchange.Page}}
	a, err := address.Parse(e.Address)
	if err != nil {
		return f, u, false
	}
	found, to, err := m.app.reader.Settle(ctx, a)
	if err != nil {
		u.Kind = feeds.KindOf(err)
		return f, u, false
	}
	r, _ := route.FromAddress(to)
	if found != nil {
		r = route.FromFound(*found)
		if found.Author != nil && e.Title == "" {
			e.Title = chosenName(found.Author)
		}
	}
	if f, ok = followOfRoute(r, m.app.clock.Now()); !ok {
		u.Reason = exchange.Post
		return f, u, false
	}
	return chosen(f, e), u, true
}
