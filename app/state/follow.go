package state

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/follows"
)

// Followable is a Model of what can be followed.
type Followable interface {
	Model
	// Follow is the source as it is followed from now on, with what is known of it; false while it can't be told what it is. A source
	// that fails can be followed too.
	Follow(now time.Time) (follows.Follow, bool)
}

// Undo is a change of what is followed or saved that can be taken back.
type Undo struct {
	Text string // says what was done

	undo follows.Undo
	back func(context.Context) error // takes it back; nil for what is followed
}

// followsWatcher is a Model that shows what is followed, or what is known of it.
type followsWatcher interface {
	// followsChanged is called when a record of what is followed has changed. What the reader chose is App.Follows by then.
	followsChanged(ctx context.Context, r follows.Record)
}

// watchFollows loads what is followed, now and whenever it changes, in whichever tab.
func (a *App) watchFollows() {
	a.book.Watch(func(r follows.Record) {
		a.later(func() {
			if r == follows.RecordFollows {
				a.loadFollows()
				return
			}
			a.tellFollows(r)
		})
	})
	a.loadFollows()
}

// loadFollows loads what the reader chose. Of several loads at once the last begun counts.
func (a *App) loadFollows() {
	a.loads++
	n := a.loads
	a.background(func(ctx context.Context) {
		data, err := a.book.Load(ctx)
		a.later(func() {
			switch {
			case n < a.loaded || ctx.Err() != nil:
				return
			case err != nil:
				a.loaded, a.FollowsErr = n, feeds.AsError(err)
			default:
				a.noticeWiped(data)
				a.loaded = n
				a.takeFollows(data)
			}
			a.filtersKnown()
			a.tellFollows(follows.RecordFollows)
			if v := a.shown; v != nil { // its front says whether it is followed
				v.fronted = time.Time{}
				a.keepFront(v)
			}
		})
	})
}

// followsKey names the mark in local storage which says that something is followed.
func (a *App) followsKey() string { return "vitrine:" + a.base + ":following" }

// noticeWiped notices that nothing is followed where something was: browsers that need room delete databases and leave local storage. data
// was just loaded.
func (a *App) noticeWiped(data *follows.Data) {
	marked := a.browser.LocalItem(a.followsKey()) != ""
	switch something := len(data.Follows)+len(data.Lists) > 0; {
	case something && !marked:
		a.browser.SetLocalItem(a.followsKey(), "1")
	case !something && !a.FollowsKnown:
		a.Wiped = marked
	case !something && marked && !a.Wiped: // the reader's own doing
		a.browser.SetLocalItem(a.followsKey(), "")
	}
	if len(data.Follows) > 0 {
		a.Wiped = false
	}
}

// knowWiped says no more that what was followed is gone.
func (a *App) knowWiped() {
	a.Wiped = false
	a.browser.SetLocalItem(a.followsKey(), "")
}

// filtersKnown lets lists open: no filter will be known that isn't yet.
func (a *App) filtersKnown() {
	select {
	case <-a.filters:
	default:
		close(a.filters)
	}
}

// tellFollows tells all views that are kept what has changed.
func (a *App) tellFollows(r follows.Record) {
	for _, v := range a.everyVisit() {
		if m, ok := v.Model.(followsWatcher); ok {
			m.followsChanged(v.ctx, r)
		}
		if l, ok := v.Model.(lister); ok && r == follows.RecordFollows {
			for _, m := range l.lists() {
				if m != nil {
					a.learnFrom(m)
				}
			}
		}
	}
}

// everyVisit are the views that are kept, each once.
func (a *App) everyVisit() (all []*Visit) {
	for _, v := range append([]*Visit{a.next, a.shown}, a.visits...) {
		if v != nil && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// changeFollows changes what is followed, in the background, and offers to take it back; said says what was done. change is handed a copy
// that it may change, and runs on any goroutine.
func (a *App) changeFollows(said string, change func(*follows.Data) error) {
	a.background(func(ctx context.Context) {
		undo, err := a.changeBook(ctx, change)
		a.later(func() {
			switch {
			case err != nil:
				a.Note = a.problem(err)
			case !undo.Empty():
				a.LastUndo = &Undo{Text: said, undo: undo}
			}
		})
	})
}

// changeBook changes what is followed.
func (a *App) changeBook(ctx context.Context, change func(*follows.Data) error) (follows.Undo, error) {
	var undo follows.Undo
	err := a.makingRoom(ctx, func() (err error) {
		undo, err = a.book.Change(ctx, change)
		return err
	})
	return undo, err
}

// giveWay forgets half of what was read, or all of it.
func (a *App) giveWay(ctx context.Context, all bool) error {
	if all {
		a.forgetIndexed(ctx, "")
		return a.upkeep.Forget(ctx, "")
	}
	usage, err := a.upkeep.Usage(ctx)
	if err != nil {
		return err
	}
	var bytes int64
	for _, u := range usage {
		bytes += u.Bytes
	}
	return a.upkeep.Sweep(ctx, feeds.SweepOptions{Budget: max(bytes/2, 1)})
}

// undoFollows takes the last change back.
func (a *App) undoFollows() {
	last := a.LastUndo
	if last == nil {
		return
	}
	a.LastUndo = nil
	back := last.back
	if back == nil {
		back = func(ctx context.Context) error {
			_, err := a.changeBook(ctx, func(d *follows.Data) error { d.Undo(last.undo); return nil })
			return err
		}
	}
	a.background(func(ctx context.Context) {
		err := back(ctx)
		a.later(func() {
			a.Note = a.Words.T("follow.undone")
			if err != nil {
				a.Note = a.problem(err)
			}
		})
	})
}

// Followed returns how a source is followed, and whether it is. The same source may have been followed by another writing of its address.
func (a *App) Followed(f follows.Follow) (follows.Follow, bool) {
	if own, ok := a.Follows.Find(f.Address); ok {
		return own, true
	}
	i := slices.IndexFunc(a.Follows.Follows, func(o follows.Follow) bool {
		return strings.EqualFold(string(o.Address), string(f.Address)) && f.Kind != follows.WebFeed && f.Kind != follows.Playlist || f.ID != "" && o.ID == f.ID && o.Host == f.Host && o.Kind == f.Kind ||
			f.Kind == follows.Hashtag && o.Kind == f.Kind && strings.EqualFold(o.Tag, f.Tag) && slices.Contains(o.Hosts, f.Host)
	})
	if i < 0 {
		return follows.Follow{}, false
	}
	return a.Follows.Follows[i], true
}

// pressFollow follows what the open view shows, or no longer.
func (a *App) pressFollow() {
	if a.shown == nil {
		return
	}
	m, ok := a.shown.Model.(Followable)
	if !ok {
		return
	}
	f, ok := m.Follow(a.clock.Now())
	if !ok {
		return
	}
	group := false
	if p, ok := m.(*ProfileModel); ok && p.Author != nil {
		group = p.Author.Group
	}
	a.toggleFollow(f, group)
}

// toggleFollow follows a source, which may be a group's, or no longer.
func (a *App) toggleFollow(f follows.Follow, group bool) {
	if own, ok := a.Followed(f); ok {
		a.changeFollows(a.Words.T("follow.removed", FollowName(own)), func(d *follows.Data) error { d.Remove(own.Address); return nil })
		return
	}
	a.background(func(ctx context.Context) {
		info, _ := a.hosts.Recall(ctx, f.Host)
		if f.Software == "" {
			f.Software = info.Software
		}
		if f.Software == "peertube" && f.Kind == follows.Profile && group {
			f.Kind = follows.Channel
			f.Filter.NoReplies = follows.New("", f.Kind, time.Time{}).Filter.NoReplies
		}
		a.later(func() {
			a.changeFollows(a.Words.T("follow.added", FollowName(f)), func(d *follows.Data) error { d.Add(f); return nil })
		})
	})
}

// FollowName is what a source is called where there is room for one name.
func FollowName(f follows.Follow) string {
	switch {
	case f.Kind == follows.Hashtag:
		return "#" + f.Tag
	case f.Kind == follows.Server:
		return f.Host
	case f.Title != "":
		return f.Title
	case f.Handle != "":
		return f.Handle
	case f.URL != "":
		return f.URL
	}
	return string(f.Address)
}

// PlainName is an author's name where only text can stand: without custom emoji.
func PlainName(a *feeds.Author) string { return cmp.Or(chosenName(a), a.User) }

// chosenName is a name that an author chose, without custom emoji; "" for none.
func chosenName(a *feeds.Author) string {
	var b strings.Builder
	for _, n := range content.Inline(a.Name, a.Emoji) {
		b.WriteString(n.Text)
	}
	return strings.TrimSpace(b.String())
}

// Follow implements Followable.
func (m *ProfileModel) Follow(now time.Time) (follows.Follow, bool) {
	r := route.Route{View: m.Route.View, User: m.Route.User, Domain: m.Route.Domain}
	f := follows.Follow{Host: m.Host()}
	if a := m.Author; a != nil {
		if r.View == route.Profile {
			r = route.OfAuthor(a)
		}
		f = follows.Follow{Title: chosenName(a), Host: a.Host, ID: a.ID, URL: a.URL}
	}
	made := follows.New(follows.Address(r.String()), follows.Profile, now)
	if r.View == route.Community {
		made = follows.New(made.Address, follows.Community, now)
	}
	made.Handle, made.Title, made.Host, made.ID, made.URL = r.User+"@"+r.Domain, f.Title, f.Host, f.ID, f.URL
	return made, true
}

// Follow implements Followable.
func (m *ServerModel) Follow(now time.Time) (follows.Follow, bool) {
	f := follows.New(follows.Address(route.Route{View: route.Server, Host: m.Route.Host}.String()), follows.Server, now)
	f.Host = m.Route.Host
	if i := m.Instance; i != nil {
		f.Title, f.Software = i.Title, i.Software
	}
	return f, true
}

// Follow implements Followable.
func (m *TagModel) Follow(now time.Time) (follows.Follow, bool) {
	f := follows.New(follows.Address(route.Route{View: route.Tag, Host: m.Route.Host, Tag: m.Route.Tag}.String()), follows.Hashtag, now)
	f.Host, f.Tag = m.Route.Host, m.Route.Tag
	return f, true
}

// Follow implements Followable.
func (m *WebFeedModel) Follow(now time.Time) (follows.Follow, bool) {
	r := m.Route
	r.Via = ""
	f, _ := followOfRoute(r, now)
	if a := m.Publisher(); a != nil {
		f.Title = chosenName(a)
		if f.Kind == follows.Playlist {
			f.ID = a.ID // the shorter of the two that it has
		}
	}
	return f, true
}

var (
	_ Followable = (*ProfileModel)(nil)
	_ Followable = (*ServerModel)(nil)
	_ Followable = (*TagModel)(nil)
	_ Followable = (*WebFeedModel)(nil)
)
