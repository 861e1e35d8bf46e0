package state

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// mostImport is how many bytes a file may have that brings what is to be followed.
const mostImport = 5 << 20

// FollowingModel is what is followed: in lists, with what is known of it.
type FollowingModel struct {
	static
	suggester
	Learned   map[follows.Address]follows.Learned // never changed
	ByServer  bool                                // it is shown by server rather than by list
	Picked    map[follows.Address]bool            // what is selected; only true
	Into      string                              // id of the list that it is to be moved to; "" for none
	Import    *Import                             // what a file or link brings; nil for none
	ImportErr *feeds.Error                        // why the last one couldn't be read
	Made      int                                 // how many lists were made: the field for the next one is another
	Bring     *Bring                              // what servers are asked for to import it; nil for nothing
	Code      *Code                               // the QR code of a list; nil while none is shown
	MergeInto map[string]string                   // by list: the list that it is to be merged into

	add     string // the shared list that the address brings
	learned bool   // what is known was read
	making  string // the name of a list that is being made: the field for the next one gets the focus then
	refocus string // what gets the focus once what is followed has changed, as a selector; "" for what has it
}

// NewFollowing makes the model of what is followed.
func NewFollowing(a *App, r route.Route) *FollowingModel {
	return &FollowingModel{suggester: suggester{app: a}, add: r.Add, Picked: map[follows.Address]bool{}, MergeInto: map[string]string{}}
}

// Shared reports that what is brought comes from a link.
func (m *FollowingModel) Shared() bool { return m.add != "" }

// Ready implements Model.
func (m *FollowingModel) Ready() bool {
	return m.learned && (m.app.FollowsKnown || m.app.FollowsErr != nil) && (m.add == "" || m.Import != nil || m.ImportErr != nil)
}

// Open implements Model.
func (m *FollowingModel) Open(ctx context.Context) {
	m.readLearned(ctx)
	m.app.readCounts()
	m.readAdded()
	if file := m.app.brought; file != nil {
		m.app.brought = nil
		m.readFile(ctx, *file)
	}
	m.lookAround(ctx, mostSuggested, m)
}

// readLearned reads what is known of the sources.
func (m *FollowingModel) readLearned(ctx context.Context) {
	a := m.app
	go func() {
		known, err := a.book.Learned(ctx)
		a.later(func() {
			if err == nil {
				m.Learned = known
			}
			m.learned = true
			a.changed(m)
		})
	}()
}

// readAdded reads the list that the address brings, once it is known what is followed.
func (m *FollowingModel) readAdded() {
	if m.add == "" || m.Import != nil || m.ImportErr != nil || !m.app.FollowsKnown && m.app.FollowsErr == nil {
		return
	}
	in, err := readLink(m.add, m.app.Follows, m.app.clock.Now())
	if err != nil {
		m.ImportErr = feeds.AsError(err)
		return
	}
	m.Import = in
}

// followsChanged implements followsWatcher.
func (m *FollowingModel) followsChanged(ctx context.Context, r follows.Record) {
	switch r {
	case follows.RecordFollows:
		making := m.making
		if m.making = ""; making != "" && m.app.listNamed(making) != "" {
			m.Made++
			m.app.afterDraw(func() { m.app.browser.FocusOn("form[data-action=list-new] input") })
		}
		if next := m.refocus; next != "" {
			m.refocus = ""
			m.app.afterDraw(func() { m.app.browser.FocusOn(next) })
		}
		m.readAdded()
		m.Code = nil // it would be that of the list as it was
		m.lookAround(ctx, mostSuggested, m)
		if m.Import != nil {
			m.Import.compare(m.app.Follows)
		}
		maps.DeleteFunc(m.Picked, func(a follows.Address, _ bool) bool {
			_, ok := m.app.Follows.Find(a)
			return !ok
		})
		m.app.changed(m)
	case follows.RecordLearned:
		m.readLearned(ctx)
		m.app.readCounts()
	}
}

// Handle implements Model.
func (m *FollowingModel) Handle(ctx context.Context, e browser.Event) bool {
	switch e := e.(type) {
	case browser.FileChosen:
		m.readFile(ctx, e)
	case browser.FilterChange:
		m.ByServer = e.Value == "server"
	case browser.SettingChange:
		return m.set(e)
	case browser.Submit:
		return m.submit(ctx, e)
	case browser.Click:
		return m.click(ctx, e)
	default:
		return false
	}
	return true
}

// readFile reads a file, and shows what it would bring.
func (m *FollowingModel) readFile(ctx context.Context, file browser.FileChosen) {
	a, d, now := m.app, m.app.Follows, m.app.clock.Now()
	m.endLink()
	m.endBring()
	go func() {
		in, err := (*Import)(nil), error(&feeds.Error{Kind: feeds.TooLarge, Op: "import"})
		if !file.TooLarge && len(file.Data) <= mostImport {
			in, err = readImport(file.Data, a.charsets, d, now)
		}
		a.later(func() {
			if ctx.Err() != nil {
				return
			}
			m.Import, m.ImportErr = in, nil
			if err != nil {
				m.ImportErr = feeds.AsError(err)
			} else {
				in.First = file.More
				in.compare(a.Follows)
			}
			a.changed(m)
			a.afterDraw(func() { a.browser.FocusOn("#import-preview") })
		})
	}()
}

// set does what the controls of the view mean.
func (m *FollowingModel) set(e browser.SettingChange) bool {
	switch name, id, _ := strings.Cut(e.Name, ":"); name {
	case "pick":
		address := follows.Address(e.Value)
		if _, ok := m.app.Follows.Find(address); ok && e.On {
			m.Picked[address] = true
		} else {
			delete(m.Picked, address)
		}
	case "into":
		m.Into = e.Value
	case "merge":
		m.MergeInto[id] = e.Value
	default:
		return false
	}
	return true
}

// submit makes and renames lists.
func (m *FollowingModel) submit(ctx context.Context, s browser.Submit) bool {
	name := strings.TrimSpace(s.Text)
	switch s.Form {
	case "bring":
		m.bring(ctx, name)
	case "list-new", "list-rename":
		var renamed string
		if s.Form == "list-rename" {
			renamed = s.Key
		}
		switch said := m.app.badListName(name, renamed); {
		case said != "":
			m.app.Note = said
		case s.Form == "list-rename":
			m.change("following.list.renamed", name, func(d *follows.Data) { d.UpdateList(s.Key, func(l *follows.List) { l.Name = name }) })
		default:
			picked := m.picked()
			m.Picked = map[follows.Address]bool{}
			m.making = name
			m.change("following.list.made", name, func(d *follows.Data) { d.Put(d.MakeList(name), true, picked...) })
		}
	default:
		return false
	}
	return true
}

// badListName says why a list can't have a name; "" where it can. renamed is the list that gets it, "" for a new one.
func (a *App) badListName(name, renamed string) string {
	switch other := a.listNamed(name); {
	case name == "" || utf8.RuneCountInString(name) > follows.MaxName:
		return a.Words.T("following.list.badName", a.Words.Number(follows.MaxName))
	case other != "" && other != renamed:
		return a.Words.T("following.list.taken", name)
	}
	return ""
}

// listNamed is the list with a name, however that is capitalised; "" where there is none.
func (a *App) listNamed(name string) (id string) {
	i := slices.IndexFunc(a.Follows.Lists, func(l follows.List) bool { return strings.EqualFold(l.Name, name) })
	if i < 0 {
		return ""
	}
	return a.Follows.Lists[i].ID
}

// picked are the addresses that are selected, in the order in which they were followed.
func (m *FollowingModel) picked() []follows.Address {
	var all []follows.Address
	for _, f := range m.app.Follows.Follows {
		if m.Picked[f.Address] {
			all = append(all, f.Address)
		}
	}
	return all
}

// change changes what is followed; key and name say what was done.
func (m *FollowingModel) change(key, name string, f func(*follows.Data)) {
	m.app.changeFollows(m.app.Words.T(key, name), func(d *follows.Data) error { f(d); return nil })
}

// changePicked changes what is selected, which is then no longer so; key says what was done, for one and for several.
func (m *FollowingModel) changePicked(key string, f func(*follows.Data, []follows.Address)) {
	picked := m.picked()
	m.Picked = map[follows.Address]bool{}
	m.app.changeFollows(m.app.Words.N(key, len(picked)), func(d *follows.Data) error { f(d, picked); return nil })
}

func (m *FollowingModel) click(ctx context.Context, p browser.Click) bool {
	if m.clickPicked(p.Action) || m.clickList(p) {
		return true
	}
	switch p.Action {
	case "confirm":
		if m.Import != nil {
			m.app.takeImport(m.Import)
			m.endImport()
			m.focusOnView()
		}
	case "import-cancel":
		m.endImport()
		m.focusOnView()
	case "import-ask":
		m.askPages(ctx)
	case "bring-read":
		if b := m.Bring; b != nil && b.Who != nil && !b.Running {
			m.begin(ctx, b, func(ctx context.Context, b *Bring) { m.gather(ctx, b, m.peopleOf(b.Who)) })
		}
	case "bring-stop":
		if b := m.Bring; b != nil && b.Done > 0 {
			b.stop() // what was read is shown
		} else {
			m.endBring()
		}
	case "export":
		m.app.exportFollows(p.Format)
	case "follow-author":
		all := m.Suggested
		if m.Import != nil {
			all = append(all[:len(all):len(all)], m.Import.People...)
		}
		return m.pressSuggested(follows.Address(p.Post), all)
	case "list-code":
		m.showCode(p.Key)
	case "take-move":
		m.takeMove(follows.Address(p.Key))
	default:
		return false
	}
	return true
}

// SilentAfter is how long a source has to be silent until that is said.
const SilentAfter = 90 * 24 * time.Hour

// Silent are the sources that have fallen silent.
func (m *FollowingModel) Silent() (all []follows.Address) {
	since := m.app.clock.Now().Add(-SilentAfter)
	for _, f := range m.app.Follows.Follows {
		if l := m.Learned[f.Address]; !l.LastPost.IsZero() && l.LastPost.Before(since) {
			all = append(all, f.Address)
		}
	}
	return all
}

// Failing are the sources that can't be read.
func (m *FollowingModel) Failing() (all []follows.Address) {
	for _, f := range m.app.Follows.Follows {
		if !m.Learned[f.Address].FailsSince.IsZero() {
			all = append(all, f.Address)
		}
	}
	return all
}

// Copies are HomeModel.Copies of a source that fails.
func (m *FollowingModel) Copies(f *follows.Follow) []route.Route {
	var not []string
	for _, o := range m.app.Follows.Follows {
		if !m.Learned[o.Address].FailsSince.IsZero() {
			not = append(not, o.Host)
		}
	}
	return m.app.copies(f, m.Learned[f.Address].FailKind, not)
}

// endImport lets go of what a file or link brings.
func (m *FollowingModel) endImport() {
	m.endBring()
	m.endLink()
	m.Import, m.ImportErr = nil, nil
}

// endLink takes what a link brought out of the address: loaded again, it would be offered again.
func (m *FollowingModel) endLink() {
	if m.add != "" {
		m.add = ""
		m.app.rename(m, route.Route{View: route.Following})
	}
}

// takeMove follows somebody where they have moved to, in place of where they were.
func (m *FollowingModel) takeMove(address follows.Address) {
	to := m.Known(address).Moved
	r, err := route.Parse(string(to))
	if to == "" || err != nil {
		return
	}
	moved, ok := followOfRoute(r, m.app.clock.Now())
	if !ok {
		return
	}
	m.focusOnView()
	m.change("follow.added", moved.Handle, func(d *follows.Data) {
		if own, ok := d.Find(moved.Address); ok { // both are followed: the new one joins the old one's lists
			old, _ := d.Find(address)
			own.Lists = old.Lists
			d.Add(own)
			d.Remove(address)
			return
		}
		d.Update(func(f *follows.Follow) {
			f.Address, f.Host, f.Handle, f.ID, f.URL, f.Software = moved.Address, moved.Host, moved.Handle, "", "", ""
		}, address)
	})
}

// clickPicked does something with what is selected.
func (m *FollowingModel) clickPicked(action string) bool {
	switch action {
	case "pick-all":
		for _, f := range m.app.Follows.Follows {
			m.Picked[f.Address] = true
		}
	case "pick-silent":
		for _, address := range m.Silent() {
			m.Picked[address] = true
		}
	case "pick-failing":
		for _, address := range m.Failing() {
			m.Picked[address] = true
		}
	case "pick-none":
		m.Picked = map[follows.Address]bool{}
	case "picked-put":
		into := m.Into
		m.changePicked("following.moved", func(d *follows.Data, picked []follows.Address) {
			d.Update(func(f *follows.Follow) { f.Lists = nil }, picked...)
			if into != "" {
				d.Put(into, true, picked...)
			}
		})
	case "picked-mute", "picked-unmute":
		mute, did := action == "picked-mute", "following.muted"
		if !mute {
			did = "following.unmuted"
		}
		m.changePicked(did, func(d *follows.Data, picked []follows.Address) {
			d.Update(func(f *follows.Follow) { f.Muted = mute }, picked...)
		})
	case "picked-remove":
		m.changePicked("following.removed", func(d *follows.Data, picked []follows.Address) { d.Remove(picked...) })
		m.focusOnView()
	default:
		return false
	}
	return true
}

// focusOnView moves the focus to the view: the button that had it goes with what it was about.
func (m *FollowingModel) focusOnView() { m.app.afterDraw(func() { m.app.browser.FocusOn("main") }) }

// clickList does something with a list.
func (m *FollowingModel) clickList(p browser.Click) bool {
	lists := m.app.Follows.Lists
	at := slices.IndexFunc(lists, func(l follows.List) bool { return l.ID == p.Key })
	if at < 0 {
		return false
	}
	id, name := p.Key, lists[at].Name
	switch p.Action {
	case "list-up", "list-down": // the button keeps the focus (web/js/focus.js)
		by := 1
		if p.Action == "list-up" {
			by = -1
		}
		m.change("following.list.order", name, func(d *follows.Data) { // a press before this one may still be under way
			now := slices.IndexFunc(d.Lists, func(l follows.List) bool { return l.ID == id })
			d.MoveList(id, max(now+by, 0))
		})
	case "list-delete":
		m.change("following.list.deleted", name, func(d *follows.Data) { d.DeleteList(id) })
	case "list-merge":
		into := m.MergeInto[id]
		if _, ok := m.app.Follows.List(into); ok && into != id {
			m.refocus = "[id=" + strconv.Quote("edit-"+into) + "]"
			m.change("following.list.merged", name, func(d *follows.Data) { d.MergeLists(id, into) })
		}
	default:
		return false
	}
	return true
}
